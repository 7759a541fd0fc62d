"""Leases: who sends which rows of the outbox, so that each lies with one living process."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, and_, case, literal_column, not_, or_, select, update
from sqlalchemy.sql import Select

from bot.outbox_row import OutboxRow
from bot.sending import LEASE_MS, PATIENCE_MS
from bot.store import Store
from bot.tables import OPEN, conversation, ms, outbox

MOST_LEASED = 128
Id = tuple[bytes, int]
"""Conversation and seq: the key of a row."""


def waiting(now: int) -> Select[bytes, int]:
    """Rows anybody may take: not leased, and the first of their conversation, or behind rows
    that have held it long enough."""
    earlier = outbox.alias()
    held = select(earlier.c.seq).where(
        earlier.c.conv_key == outbox.c.conv_key,
        earlier.c.seq < outbox.c.seq,
        earlier.c.done_at == literal_column("0"),
        earlier.c.created_at > now - PATIENCE_MS,
    )
    return (
        select(outbox.c.conv_key, outbox.c.seq)
        .where(OPEN, outbox.c.lease_until <= now, not_(held.exists()))
        .order_by(outbox.c.lease_until)
        .limit(MOST_LEASED)
    )


@dataclass(frozen=True, slots=True)
class Lease:
    """Take what waits in these conversations for this process, those that others hold left out.

    Gives the rows taken, each conversation's in their order. One that lay with a process that
    died counts as tried.
    """

    store: Store
    wanted: Sequence[bytes]
    conv_keys: tuple[bytes, ...] = ()

    def run(self, connection: Connection) -> list[OutboxRow]:
        now = ms(self.store.now(connection))
        theirs = self.store.among(outbox.c.conv_key, self._locked(connection))
        columns = outbox.c.conv_key, outbox.c.seq, outbox.c.lease_until, outbox.c.created_at
        order = outbox.c.conv_key, outbox.c.seq
        still = connection.execute(select(*columns).where(theirs, OPEN).order_by(*order)).all()
        taken = _free(still, now)[:MOST_LEASED]
        if not taken:
            return []
        these = or_(*(and_(outbox.c.conv_key == k, outbox.c.seq == s) for k, s in taken))
        found = connection.execute(select(outbox).where(these).order_by(*order)).mappings().all()
        left = case((outbox.c.state == "leased", outbox.c.tries + 1), else_=outbox.c.tries)
        mine = {"state": "leased", "lease_by": self.store.name, "lease_until": now + LEASE_MS}
        connection.execute(update(outbox).where(these).values(tries=left, **mine))
        return [
            replace(row, tries=row.tries + (row.state == "leased"), **mine)  # type: ignore[arg-type]
            for row in map(OutboxRow.read, found)
        ]

    def _locked(self, connection: Connection) -> list[bytes]:
        """The conversations that are now ours to change, locked in key order."""
        among = self.store.among(conversation.c.conv_key, sorted(set(self.wanted)))
        these = select(conversation.c.conv_key).where(among).order_by(conversation.c.conv_key)
        if self.store.postgres:
            these = these.with_for_update(skip_locked=True)
        return list(connection.scalars(these))


def _free(rows: Iterable[Any], now: int) -> list[Id]:
    """The rows that may be taken: in each conversation up to one that is held and holds back."""
    found = []
    for _, theirs in groupby(rows, key=lambda row: row.conv_key):
        for row in theirs:
            if row.lease_until <= now:
                found.append((row.conv_key, row.seq))
            elif row.created_at > now - PATIENCE_MS:
                break
    return found


@dataclass(frozen=True, slots=True)
class Renew:
    """Hold on to what lies with this process in these conversations. Tells which rows, until when.

    A row that is not told is done, erased, or another's.
    """

    store: Store
    conv_keys: tuple[bytes, ...]

    def run(self, connection: Connection) -> dict[Id, int]:
        until = ms(self.store.now(connection)) + LEASE_MS
        theirs = self.store.among(outbox.c.conv_key, self.conv_keys)
        mine = update(outbox).where(theirs, OPEN, outbox.c.lease_by == self.store.name)
        kept = mine.values(lease_until=until).returning(outbox.c.conv_key, outbox.c.seq)
        return {(bytes(key), seq): until for key, seq in connection.execute(kept)}
