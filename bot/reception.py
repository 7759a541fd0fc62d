"""Reception: where events come in, and where they are known to be kept when it answers."""

from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Any, Protocol

from bot.batch import Batches
from bot.channels.channel import Arrived, Channel, Unreadable
from bot.cleaning import clean, clean_unreadable
from bot.content import Content
from bot.entry import Change, Chore, Entry, Taken, Ticket
from bot.errors import Away
from bot.keys import Keys
from bot.outgoing import Outgoing
from bot.retention import Retention, load_retention
from bot.store import Store
from bot.taking import Taking
from bot.waiting import Waiting
from bot.writer import Writer

__all__ = ["Change", "Reception", "Taken"]
_COUNTED = {"duplicate": "duplicate", "parked": "parked", "handoff": "handed_off"}


class Counts(Protocol):
    """What Reception needs of the metrics. Called from the writer's thread."""

    def count(self, name: str, n: int = 1, /, **labels: str) -> None:
        """Add to a counter."""


def unwatched(_point: str) -> None:
    """Nobody looks on. Tests hand in what stops a process at a named point."""


class Reception:
    """One per process. It is the only way to write, for every part of the program."""

    def __init__(  # noqa: PLR0917 - what a process is made of, each once
        self,
        store: Store,
        keys: Keys,
        content: Callable[[], Content],
        channels: Mapping[str, Channel],
        phone: str,
        metrics: Counts,
        *,
        retention: Retention | None = None,
        watch: Callable[[str], None] = unwatched,
    ) -> None:
        self._keys, self._metrics = keys, metrics
        taking = Taking(keys, content, channels, phone, Outgoing(store.name))
        self.waiting = Waiting()
        self.writer = Writer(
            Batches(store, taking, retention or load_retention(), watch), self.waiting, self._count
        )

    def start(self) -> None:
        """Begin to write."""
        self.writer.start()

    def stop(self, timeout: float) -> None:
        """Let nothing in, write what waits for so many seconds, then give up. Blocks."""
        self.writer.stop(timeout)

    async def accept(self, arrived: Sequence[Arrived | Unreadable]) -> list[Taken]:
        """Take these in; returns after the commit, one Taken each. All of them, or none, is let in.

        Raises Full or Away. What was let in is written even if nobody waits any more.
        """
        if not arrived:
            return []
        if self.writer.away:
            raise Away
        ticket, came = Ticket(len(arrived)), monotonic()
        entries = []
        for place, each in enumerate(arrived):
            event = clean(each) if isinstance(each, Arrived) else clean_unreadable(each)
            entries.append(Entry(self._key(event), event, came, ticket, place))
        self.waiting.put(entries)
        return await ticket.future

    async def change(self, change: Change) -> Any:
        """Have a change written; returns what it returned, after the commit.

        It waits while the database is away. Raises what it raised, or Away at the end.
        """
        ticket = Ticket(1)
        self.waiting.put([], [Chore(change, ticket)])
        (result,) = await ticket.future
        return result

    def _key(self, event: Arrived | Unreadable) -> bytes:
        return self._keys.conv_key(event.address) if event.address else self._keys.nobody("")

    def _count(self, entry: Entry, taken: Taken) -> None:
        address = entry.arrived.address
        channel = address.platform if address else "line"
        if taken.outcome == "duplicate":
            self._metrics.count("duplicate", channel=channel)
            return
        self._metrics.count("accepted", channel=channel)
        if taken.outcome == "ignored":
            self._metrics.count("ignored", channel=channel, reason="too_old")
        elif taken.outcome in _COUNTED:
            self._metrics.count(_COUNTED[taken.outcome])
