"""The ceiling: how many rows of one person are kept at most, beside the time of retention."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, or_, select

from bot.person import Person
from bot.tables import erasure, event, outbox, parked, unanswered
from bot.waiting import BATCH

LOOK_EVERY = 500
"""Events of one person between two looks; each brings at most one row to a table."""
KEPT = {event: 1_000, outbox: 1_000, unanswered: 100, parked: 100, erasure: 100}
"""The newest rows that stay at a look. Replies not yet sent stay whatever their number."""
CEILING = {table: kept + LOOK_EVERY + BATCH for table, kept in KEPT.items()}
"""No person ever has more rows than this."""
_AGE: Mapping[Table, tuple[Any, Any]] = {
    event: (event.c.taken_at, event.c.event),
    outbox: (outbox.c.seq, outbox.c.seq),
    unanswered: (unanswered.c.at, unanswered.c.event),
    parked: (parked.c.at, parked.c.event),
    erasure: (erasure.c.at, erasure.c.number),
}


def keep_below(connection: Connection, person: Person) -> None:
    """Every so many events: the oldest rows of a person go, however young they are.

    Of what happened until the newest id that went nobody knows any more whether it was taken
    (`known_from`): it is ignored, as what is older than retention.
    """
    if person.events < LOOK_EVERY:
        return
    person.events = 0
    for table in KEPT:
        old = _beyond(connection, table, person.conv_key)
        if old is None:
            continue
        if table is event:
            last = connection.scalar(select(func.max(event.c.taken_at)).where(old))
            person.known_from = last or person.known_from
        if table is outbox:
            old = and_(old, outbox.c.done_at != 0)
        connection.execute(delete(table).where(old))


def _beyond(connection: Connection, table: Table, key: bytes) -> ColumnElement[bool] | None:
    """Which rows of this person are too many; None where there are none."""
    mine, (at, id) = table.c.conv_key == key, _AGE[table]
    newest = select(at, id).where(mine).order_by(at.desc(), id.desc()).offset(KEPT[table])
    first = connection.execute(newest.limit(1)).first()
    if first is None:
        return None
    return and_(mine, or_(at < first[0], and_(at == first[0], id <= first[1])))
