"""What waits for the writer: Entries (what people sent) and Chores (what our own code wants)."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Connection

from bot.channels.channel import Arrived, Unreadable
from bot.outbox_row import OutboxRow
from bot.shape import shape
from bot.tables import ms


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one event. `rows` are leased to this process: delivery sends them at once.

    `outcome`: answered, handoff, late, duplicate, ignored, parked, or erased (unfollow, unsend:
    nothing to say). `behind`: an earlier reply of this conversation was still open at commit.
    """

    conv_key: bytes
    event: str
    outcome: str
    rows: tuple[OutboxRow, ...] = ()
    behind: bool = False


class Change(Protocol):
    """A change another part of the program wants written."""

    @property
    def conv_keys(self) -> tuple[bytes, ...]:
        """The conversations it touches; they are locked, in key order, before it runs."""

    def run(self, connection: Connection) -> Any:
        """Do it inside the transaction that is open. It may be run again after a rollback."""


class Ticket:
    """The answer somebody in an event loop waits for: one result for each thing handed in."""

    def __init__(self, count: int) -> None:
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[list[Any]] = self.loop.create_future()
        self._results: list[Any] = [None] * count
        self._open = count
        self._error: BaseException | None = None

    def done(self, place: int, result: Any) -> bool:
        """Note one result; True when it was the last. Only the writer's thread calls this."""
        self._results[place] = result
        self._open -= 1
        return self._open == 0

    def failed(self, error: BaseException) -> None:
        """Answer with an error now; what is still open goes on without anybody waiting."""
        self._error = self._error or error

    @property
    def left(self) -> bool:
        """Was it answered with an error, or is nobody waiting any more?"""
        return self._error is not None or self.future.cancelled()

    def answer(self) -> None:
        """Wake whoever waits, unless they left or were answered. In the loop's own thread."""
        if self.future.done():
            return
        if self._error:
            self.future.set_exception(self._error)
        else:
            self.future.set_result(self._results)


@dataclass(slots=True, eq=False)
class Entry:
    """One event on its way through the writer. `came`: seconds of the monotonic clock."""

    conv_key: bytes
    arrived: Arrived | Unreadable
    came: float
    ticket: Ticket
    place: int

    @property
    def event(self) -> str:
        return str(self.arrived.event)

    @property
    def message(self) -> str:
        return self.arrived.message if isinstance(self.arrived, Arrived) else ""

    @property
    def at(self) -> int:
        """The platform's time of it; 0 where it could not be read."""
        return ms(self.arrived.at) if isinstance(self.arrived, Arrived) else 0

    @property
    def order(self) -> tuple[bytes, int, str]:
        """Persons in key order, each one's events by time."""
        return self.conv_key, self.at, self.event

    def unreadable(self, error: str) -> Unreadable:
        """This event as it is parked: its shape, nothing of what was said."""
        said = self.arrived.said if isinstance(self.arrived, Arrived) else self.arrived
        kind = type(said).__name__
        return Unreadable(self.event, self.arrived.address, kind, error, shape(said))


@dataclass(slots=True, eq=False)
class Chore:
    """One Change on its way through the writer."""

    change: Change
    ticket: Ticket
    place: int = field(default=0)


def wake(tickets: Iterable[Ticket]) -> None:
    """Wake everybody whose things are done, with one call for each event loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Ticket]] = {}
    for ticket in tickets:
        by_loop.setdefault(ticket.loop, []).append(ticket)
    for loop, found in by_loop.items():
        # A loop that has ended has nobody waiting.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_answer, found)


def _answer(tickets: list[Ticket]) -> None:
    for ticket in tickets:
        ticket.answer()
