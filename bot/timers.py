"""Timers: rows that say when something is due; each is done once, however many machines look.

Candidates are read without a lock. What is done about them is a Change: the conversation is
locked first, and whether it is still due is asked again under the lock.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, select, update
from sqlalchemy.exc import SQLAlchemyError

from bot.entry import Change
from bot.erase import forget
from bot.errors import Away
from bot.logs import AWAY
from bot.retention import ADDRESS, FORGET, SWEPT, Retention
from bot.shape import fault
from bot.store import Store
from bot.tables import conversation, ms, timer

MOST = 100
"""Conversations taken in one transaction, so that turns never wait long."""
EVERY = 60.0
Write = Callable[[Change], Awaitable[Any]]
"""`Reception.change`: has a change written, and returns what it returned."""
log = logging.getLogger("jigyokei.timers")


@dataclass(frozen=True, slots=True)
class DueTimers:
    """Does what is due for these conversations. Returns how many timers were due."""

    store: Store
    retention: Retention
    conv_keys: tuple[bytes, ...]

    def run(self, connection: Connection) -> int:
        now = ms(self.store.now(connection))
        theirs = self.store.among(timer.c.conv_key, self.conv_keys), timer.c.due_at <= now
        due = connection.execute(select(timer).where(*theirs)).all()
        for row in due:
            _DO[row.kind](self, connection, row, now)
        return len(due)

    def forget(self, connection: Connection, row: Row[Any], now: int) -> None:
        """Forget who was silent for long; else look again when they will have been."""
        mine = conversation.c.conv_key == row.conv_key
        heard = connection.scalar(select(conversation.c.heard_at).where(mine)) or 0
        due = heard + self.retention.ms("talks")
        if due <= now:
            forget(connection, row.conv_key)
        else:
            connection.execute(update(timer).where(*_same(row)).values(due_at=due))

    def address(self, connection: Connection, row: Row[Any], now: int) -> None:
        """After an erasure nothing may be left, unless the person has begun anew."""
        nothing = conversation.c.conv_key == row.conv_key, conversation.c.session == ""
        connection.execute(update(conversation).where(*nothing).values(address=None))
        connection.execute(delete(timer).where(*_same(row)))


_DO: dict[str, Callable[[DueTimers, Connection, Row[Any], int], None]] = {
    FORGET: DueTimers.forget,
    ADDRESS: DueTimers.address,
}


@dataclass(frozen=True, slots=True)
class Sweep:
    """Deletes the rows of these conversations that are older than their time. Returns how many."""

    store: Store
    kind: str
    before: int
    conv_keys: tuple[bytes, ...]

    def run(self, connection: Connection) -> int:
        table, at = SWEPT[self.kind]
        old = self.store.among(table.c.conv_key, self.conv_keys), at < self.before
        return connection.execute(delete(table).where(*old)).rowcount


class Timers:
    """Looks for what is due, and hands it to the writer."""

    def __init__(self, store: Store, change: Write, retention: Retention) -> None:
        self._store, self._change, self._retention = store, change, retention

    async def run(self, stop: asyncio.Event) -> None:
        """Look every minute until stopped. While the database is away it waits."""
        while not stop.is_set():
            try:
                await self.once()
            except (Away, SQLAlchemyError) as error:
                log.warning("timers: %s", fault(error), extra=AWAY)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), EVERY)

    async def once(self) -> int:
        """Do everything that is due now. Returns how many timers and rows that were."""
        done = 0
        while keys := await asyncio.to_thread(self._due):
            done += await self._change(DueTimers(self._store, self._retention, keys))
        for kind, (table, at) in SWEPT.items():
            before = ms(self._store.now()) - self._retention.ms(kind)
            while keys := await asyncio.to_thread(self._old, table, at, before):
                done += await self._change(Sweep(self._store, kind, before, keys))
        return done

    def _due(self) -> tuple[bytes, ...]:
        """Conversations with a timer that is due, the longest due first."""
        with self._store.read() as connection:
            now = ms(self._store.now(connection))
            due = select(timer.c.conv_key).where(timer.c.due_at <= now)
            found = connection.scalars(due.order_by(timer.c.due_at).limit(MOST))
            return tuple(dict.fromkeys(found))

    def _old(self, table: Table, at: Any, before: int) -> tuple[bytes, ...]:
        with self._store.read() as connection:
            old = select(table.c.conv_key).where(at < before).order_by(at).limit(MOST)
            return tuple(dict.fromkeys(connection.scalars(old)))


def _same(row: Row[Any]) -> tuple[Any, Any]:
    return timer.c.conv_key == row.conv_key, timer.c.kind == row.kind
