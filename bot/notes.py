"""The Notes: what became of rows, on its way into the store, many at a time."""

import asyncio
from contextlib import suppress

from bot.errors import Away
from bot.lines import Lines
from bot.marks import Ended, Later, Marks
from bot.reception import Reception

MOST = 500
SECONDS = 0.05
"""A little patience saves most of the commits: the notes ride with the turns of others."""


class Notes:
    """Written in the background, in their order. For one event loop."""

    def __init__(self, reception: Reception, lines: Lines) -> None:
        self._reception, self._lines = reception, lines
        self._waiting: list[Ended | Later] = []
        self._writing: asyncio.Task[None] | None = None

    def add(self, note: Ended | Later) -> None:
        self._waiting.append(note)
        if isinstance(note, Ended):
            self._lines.ends(note.row)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def written(self, seconds: float) -> None:
        """Until all are written, or the time is over."""
        if self._writing:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._writing, seconds)

    async def _write(self) -> None:
        while self._waiting:
            await asyncio.sleep(SECONDS)
            now, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            with suppress(Away):
                await self._reception.change(Marks(now))
            self._lines.marked(note.row for note in now if isinstance(note, Ended))
