"""The tables: what is kept, and for how long it means something. Every key begins with conv_key.

Times are whole milliseconds since 1970 UTC: the same on SQLite and PostgreSQL. Texts that could
tell something of a person (bodies, tokens) are emptied as soon as they have served.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    literal_column,
)  # fmt: skip

LONGEST_ID = 100
"""Characters of an id a platform gave; longer ones are hashed before they get here."""
LONGEST_BODY = 300_000
"""Bytes of one drawn reply: LINE's five largest bubbles are 250 KB."""

_MS = timedelta(milliseconds=1)
_START = datetime(1970, 1, 1, tzinfo=UTC)

metadata = MetaData()
ONE_TREE: dict[str, Any] = {"sqlite_with_rowid": False}
"""SQLite keeps such a table in the order of its key, without a second tree for it."""


def ms(at: datetime) -> int:
    """An aware time as the tables keep it."""
    return (at - _START) // _MS


def time_of(at: int) -> datetime:
    """The aware UTC time of what the tables keep."""
    return _START + at * _MS


def _key() -> Column[bytes]:
    return Column("conv_key", LargeBinary(32), primary_key=True)


def _text(name: str, **more: Any) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="", **more)


def _time(name: str, **more: Any) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0", **more)


def _short(*names: str) -> tuple[CheckConstraint, ...]:
    return tuple(CheckConstraint(f"length({name}) <= {LONGEST_ID}") for name in names)


conversation = Table(
    "conversation",
    metadata,
    _key(),
    # The session as JSON; "" for somebody of whom nothing is kept.
    _text("session"),
    # {question: message id} of the answers a message gave: what unsend takes back.
    _text("givers"),
    _text("platform"),
    # The platform's address of the person, encrypted; null where nobody may be written to.
    Column("address", LargeBinary),
    # The platform's time of the newest event applied: what is older comes late.
    _time("applied_at"),
    # Our time of the last event: retention counts from it.
    _time("heard_at"),
    # The last seq given out in the outbox.
    Column("seq", BigInteger, nullable=False, server_default="0"),
    # Events since this person's rows were last held below the ceiling.
    Column("events", Integer, nullable=False, server_default="0"),
    # Our time: of what happened until then the ids are no longer all known.
    _time("known_from"),
    Column("blocked", SmallInteger, nullable=False, server_default="0"),
    **ONE_TREE,
)

event = Table(
    "event",
    metadata,
    _key(),
    Column("event", Text, primary_key=True),
    _text("message"),
    _time("at"),
    _time("taken_at"),
    *_short("event", "message"),
    Index("event_taken_at", "taken_at"),
    **ONE_TREE,
)

outbox = Table(
    "outbox",
    metadata,
    _key(),
    Column("seq", BigInteger, primary_key=True),
    _text("event_id"),
    _text("platform"),
    _text("way"),
    Column("body", LargeBinary, nullable=False),
    _text("reply_token"),
    _time("token_until"),
    _text("retry_key"),
    _text("state"),
    _text("lease_by"),
    _time("lease_until"),
    Column("tries", Integer, nullable=False, server_default="0"),
    _time("created_at"),
    _time("done_at"),
    CheckConstraint(f"length(body) <= {LONGEST_BODY}"),
    CheckConstraint("way IN ('reply', 'push', 'none')"),
    CheckConstraint(
        "state IN ('waiting', 'leased', 'sent', 'uncertain', 'parked', 'dropped')",
    ),
    Index("outbox_created_at", "created_at"),
)
# The 0 stands in the statement itself: only so a planner knows that the small indexes serve.
OPEN = outbox.c.done_at == literal_column("0")
# What is looked for at every turn and by the sweeper stays small however many rows are done.
for _name, _column in (("outbox_open", outbox.c.conv_key), ("outbox_leases", outbox.c.lease_until)):
    Index(_name, _column, sqlite_where=OPEN, postgresql_where=OPEN)

parked = Table(
    "parked",
    metadata,
    _key(),
    Column("event", Text, primary_key=True),
    _text("platform"),
    _text("kind"),
    _text("error"),
    _text("shape"),
    _time("at"),
    *_short("event"),
    Index("parked_at", "at"),
)

unanswered = Table(
    "unanswered",
    metadata,
    _key(),
    Column("event", Text, primary_key=True),
    _text("message"),
    # As the turn gives it: masked and cut.
    _text("text"),
    _time("at"),
    *_short("event", "message"),
    Index("unanswered_at", "at"),
)

erasure = Table(
    "erasure",
    metadata,
    _key(),
    Column("number", Text, primary_key=True),
    # "asked" or "left": never what was erased.
    _text("cause"),
    _time("at"),
    Index("erasure_at", "at"),
)

timer = Table(
    "timer",
    metadata,
    _key(),
    Column("kind", Text, primary_key=True),
    _time("due_at"),
    Index("timer_due_at", "due_at"),
    **ONE_TREE,
)

TABLES = (conversation, event, outbox, parked, unanswered, erasure, timer)
