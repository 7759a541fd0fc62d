"""Marks: what delivery has the writer note in the outbox. Each is a Change; none adds a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, update

from bot.outbox_row import OutboxRow
from bot.tables import OPEN, outbox

_THIS = and_(
    outbox.c.conv_key == bindparam("key"),
    outbox.c.seq == bindparam("number"),
    OPEN,
)
_OURS = and_(_THIS, outbox.c.lease_by == bindparam("mine"))
_END = (
    update(outbox)
    .where(_THIS)
    .values(state=bindparam("ends"), done_at=bindparam("at"), body=b"", reply_token="", lease_by="")
)
_LATER = (
    update(outbox)
    .where(_OURS)
    .values(
        state="waiting",
        lease_by="",
        lease_until=bindparam("until"),
        tries=bindparam("tried"),
    )
)
_PUSH = update(outbox).where(_OURS).values(way="push", reply_token="")


@dataclass(frozen=True, slots=True)
class Ended:
    """A row that is done, as sent, uncertain, parked or dropped. Time in ms."""

    row: OutboxRow
    state: str
    at: int


@dataclass(frozen=True, slots=True)
class Later:
    """A row given back: anybody may take it from `until` on (ms)."""

    row: OutboxRow
    until: int
    tries: int


@dataclass(frozen=True, slots=True)
class Marks:
    """Many rows marked at once. A row erased meanwhile is left alone."""

    notes: Sequence[Ended | Later]

    @property
    def conv_keys(self) -> tuple[bytes, ...]:
        return tuple(dict.fromkeys(note.row.conv_key for note in self.notes))

    def run(self, connection: Connection) -> None:
        ended = [
            {"key": n.row.conv_key, "number": n.row.seq, "ends": n.state, "at": n.at}
            for n in self.notes
            if isinstance(n, Ended)
        ]
        later = [
            {**_ours(n.row), "until": n.until, "tried": n.tries}
            for n in self.notes
            if isinstance(n, Later)
        ]
        for statement, rows in ((_END, ended), (_LATER, later)):
            if rows:
                connection.execute(statement, rows)


@dataclass(frozen=True, slots=True)
class ToPush:
    """A reply never tried becomes a push: written before it is sent, so that a crash knows.

    Tells whether the row was still there and lay with this process.
    """

    row: OutboxRow

    @property
    def conv_keys(self) -> tuple[bytes, ...]:
        return (self.row.conv_key,)

    def run(self, connection: Connection) -> bool:
        return connection.execute(_PUSH, _ours(self.row)).rowcount > 0


def _ours(row: OutboxRow) -> dict[str, Any]:
    return {"key": row.conv_key, "number": row.seq, "mine": row.lease_by}
