"""The Lines: the rows this process is to send, a line for each conversation, by seq."""

from bisect import insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.leases import Id
from bot.outbox_row import OutboxRow
from bot.sending import LEASE_MS


@dataclass(slots=True, eq=False)
class Held:
    """A row in its line. `behind`: another process may hold an earlier one. `until`: the end of
    the lease, in ms. `waited`: for others. `gone`: erased, unsent, or another's by now.
    """

    row: OutboxRow
    behind: bool
    until: int
    waited: bool = False
    gone: bool = False

    @property
    def id(self) -> Id:
        return self.row.conv_key, self.row.seq

    @property
    def came(self) -> int:
        """When it was leased, in ms: then it was certainly ours."""
        return self.row.lease_until - LEASE_MS


class Lines:
    """By conversation; a line goes when whoever serves it is done. For one thread."""

    def __init__(self) -> None:
        self._lines: dict[bytes, list[Held]] = {}
        self._ended: dict[bytes, set[int]] = {}

    def __bool__(self) -> bool:
        return bool(self._lines)

    def add(self, row: OutboxRow, behind: bool) -> bool:
        """Put a row in its place. True where nobody serves its conversation yet."""
        line = self._lines.get(row.conv_key, [])
        for held in line:
            if held.row.seq == row.seq:
                held.until, held.gone = row.lease_until, False
                return False
        # Behind what lies here, or ended here and is only not marked yet, nobody else is asked.
        here = {held.row.seq for held in line} | self.ended(row.conv_key)
        held = Held(row, behind and row.seq - 1 not in here, row.lease_until, bool(line))
        insort(line, held, key=lambda each: each.row.seq)
        new = row.conv_key not in self._lines
        self._lines[row.conv_key] = line
        return new

    def of(self, key: bytes) -> list[Held]:
        return self._lines[key]

    def close(self, key: bytes) -> None:
        del self._lines[key]

    def has(self, id: Id) -> bool:
        return any(held.id == id for held in self._lines.get(id[0], ()))

    def ends(self, row: OutboxRow) -> None:
        """This row is done, and yet to be marked."""
        self._ended.setdefault(row.conv_key, set()).add(row.seq)

    def marked(self, rows: Iterable[OutboxRow]) -> None:
        for row in rows:
            if left := self._ended.get(row.conv_key, set()) - {row.seq}:
                self._ended[row.conv_key] = left
            else:
                self._ended.pop(row.conv_key, None)

    def ended(self, key: bytes) -> set[int]:
        return self._ended.get(key, set())

    def lapsing(self, before: int) -> list[bytes]:
        """The conversations with a row whose lease ends before this time."""
        lines = self._lines.items()
        return [key for key, line in lines if any(held.until < before for held in line)]

    def held(self, keys: Iterable[bytes]) -> list[Held]:
        """All rows of these conversations."""
        return [held for key in keys for held in self._lines.get(key, ())]


def renewed(asked: Iterable[Held], kept: Mapping[Id, int]) -> None:
    """Note until when these rows are still ours; those not kept are gone."""
    for held in asked:
        held.gone = held.id not in kept
        held.until = kept.get(held.id, held.until)
