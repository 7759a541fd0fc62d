"""Waiting: the queue in front of the writer. Bounded; what was let in is never withdrawn."""

from collections import deque
from collections.abc import Iterable, Sequence
from threading import Condition
from typing import TypeVar

from bot.entry import Chore, Entry
from bot.errors import Away, Full

T = TypeVar("T")
MOST = 5_000
"""Entries that may wait. Chores are not counted: each is awaited by whoever handed it in."""
BATCH = 64


class Waiting:
    """Entries and chores in the order they came. Any thread may put, the writer alone takes."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._entries, self._chores = deque[Entry](), deque[Chore]()
        self._changed = Condition()
        self._closed = False

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, entries: Sequence[Entry], chores: Sequence[Chore] = ()) -> None:
        """Let all of them in, or none. Raises Full, or Away where nothing is taken any more."""
        with self._changed:
            if self._closed:
                raise Away
            if len(self._entries) + len(entries) > self._most:
                raise Full
            self._entries.extend(entries)
            self._chores.extend(chores)
            self._changed.notify()

    def put_back(self, entries: Sequence[Entry], chores: Iterable[Chore] = ()) -> None:
        """In front again, in their order, even where there is no room or no letting in."""
        with self._changed:
            self._entries.extendleft(reversed(entries))
            self._chores.extendleft(reversed([*chores]))

    def take(self) -> tuple[list[Entry], list[Chore]] | None:
        """The next batch; waits for one. None when closed and empty."""
        with self._changed:
            while not self._entries and not self._chores:
                if self._closed:
                    return None
                self._changed.wait()
            return _first(self._entries), _first(self._chores)

    def close(self) -> None:
        """Let nothing in any more; what is in can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def pause(self, seconds: float) -> None:
        """Wait so long; or until it is closed, if it was not yet."""
        with self._changed:
            closed = self._closed
            self._changed.wait_for(lambda: self._closed > closed, seconds)

    def drop(self) -> tuple[list[Entry], list[Chore]]:
        """Give up: everything that still waits."""
        with self._changed:
            left = list(self._entries), list(self._chores)
            self._entries.clear()
            self._chores.clear()
            return left


def _first(line: "deque[T]") -> "list[T]":
    return [line.popleft() for _ in range(min(BATCH, len(line)))]
