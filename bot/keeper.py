"""The Keeper: holds on to the leases of the rows that lie here, as long as this process lives."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from bot.errors import Away
from bot.leases import Renew
from bot.lines import Lines, renewed
from bot.outbox import Outbox
from bot.reception import Reception

MOST = 500
SECONDS, LEAST_MS = 1.5, 4_000
"""How often leases are looked at, and which are renewed: those with no more time than this left."""


class Keeper:
    """Works while there are rows. For one event loop."""

    def __init__(self, outbox: Outbox, reception: Reception, lines: Lines) -> None:
        self._outbox, self._reception, self._lines = outbox, reception, lines
        self._working: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, unless at work already."""
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())

    def stop(self) -> None:
        if self._working:
            self._working.cancel()

    async def renew(self, keys: Sequence[bytes]) -> None:
        """Renew these conversations' leases now; what is no longer ours is noted as gone."""
        asked, renew = self._lines.held(keys), Renew(self._outbox.store, tuple(keys))
        renewed(asked, await self._reception.change(renew))

    async def _work(self) -> None:
        while self._lines:
            await asyncio.sleep(SECONDS)
            keys = self._lines.lapsing(self._outbox.now_ms() + LEAST_MS)
            with suppress(Away):
                for at in range(0, len(keys), MOST):
                    await self.renew(keys[at : at + MOST])
