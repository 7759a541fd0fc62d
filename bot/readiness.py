"""Readiness: can something be taken in just now? Read at every call, written now and then."""

import asyncio
import hashlib
import logging
from dataclasses import dataclass
from time import monotonic

from sqlalchemy import Connection, delete, insert

from bot.logs import AWAY
from bot.reception import Reception
from bot.shape import fault
from bot.store import Store
from bot.tables import event

EVERY_SECONDS = 10.0
ANSWER_SECONDS = 2.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trace:
    """A row written and taken away again: what cannot be kept now fails. `key` is no person's."""

    key: bytes
    conv_keys: tuple[bytes, ...] = ()

    def run(self, connection: Connection) -> None:
        connection.execute(delete(event).where(event.c.conv_key == self.key))
        connection.execute(insert(event), [{"conv_key": self.key, "event": "readyz"}])
        connection.execute(delete(event).where(event.c.conv_key == self.key))


class Readiness:
    """For one event loop."""

    def __init__(self, store: Store, reception: Reception) -> None:
        self._store, self._reception = store, reception
        self._trace = Trace(hashlib.sha256(store.name.encode()).digest())
        self._writing: asyncio.Task[None] | None = None
        self._next = 0.0

    async def now(self) -> bool:
        """Both a look and a write are possible, as far as anybody knows. Never raises."""
        if self._reception.writer.away:
            return False
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await asyncio.to_thread(self._store.now)
                await asyncio.shield(self._written())
        except Exception as error:
            log.warning("not_ready error=%s", fault(error), extra=AWAY)
            return False
        return True

    def _written(self) -> "asyncio.Task[None]":
        """The last trace, or a new one when its time has come. While it waits no other is made."""
        over = self._writing is None or self._writing.done()
        if self._writing is None or (over and monotonic() >= self._next):
            self._next = monotonic() + EVERY_SECONDS
            self._writing = asyncio.create_task(self._reception.change(self._trace))
        return self._writing

    def stop(self) -> None:
        """Nobody asks any more."""
        if self._writing:
            self._writing.cancel()
