"""The first tables: talks, events, replies, and what is kept beside them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_OPEN = sa.text("done_at = 0")
_INDEXES: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("event_taken_at", "event", "taken_at", {}),
    ("outbox_created_at", "outbox", "created_at", {}),
    ("outbox_open", "outbox", "conv_key", {"sqlite_where": _OPEN, "postgresql_where": _OPEN}),
    ("outbox_leases", "outbox", "lease_until", {"sqlite_where": _OPEN, "postgresql_where": _OPEN}),
    ("parked_at", "parked", "at", {}),
    ("unanswered_at", "unanswered", "at", {}),
    ("erasure_at", "erasure", "at", {}),
    ("timer_due_at", "timer", "due_at", {}),
)
_TABLES = ("conversation", "event", "outbox", "parked", "unanswered", "erasure", "timer")


def upgrade() -> None:
    _talks()
    _replies()
    _asides()
    for name, table, column, more in _INDEXES:
        op.create_index(name, table, [column], **more)


def downgrade() -> None:
    for name, table, _column, _more in _INDEXES:
        op.drop_index(name, table)
    for table in _TABLES:
        op.drop_table(table)


def _key(name: str = "", kind: Any = sa.Text) -> list[sa.Column[Any]]:
    """The conversation, and what makes the key unique in it."""
    keys = [sa.Column("conv_key", sa.LargeBinary(32), primary_key=True)]
    return [*keys, sa.Column(name, kind, primary_key=True)] if name else keys


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _numbers(*names: str, kind: Any = sa.BigInteger) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False, server_default="0") for name in names]


def _short(*names: str) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(f"length({name}) <= 100") for name in names]


def _talks() -> None:
    op.create_table(
        "conversation",
        *_key(),
        *_texts("session", "givers", "platform"),
        sa.Column("address", sa.LargeBinary),
        *_numbers("applied_at", "heard_at", "seq"),
        *_numbers("events", kind=sa.Integer),
        *_numbers("known_from"),
        *_numbers("blocked", kind=sa.SmallInteger),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event",
        *_key("event"),
        *_texts("message"),
        *_numbers("at", "taken_at"),
        *_short("event", "message"),
        sqlite_with_rowid=False,
    )


def _replies() -> None:
    op.create_table(
        "outbox",
        *_key("seq", sa.BigInteger),
        *_texts("event_id", "platform", "way"),
        sa.Column("body", sa.LargeBinary, nullable=False),
        *_texts("reply_token"),
        *_numbers("token_until"),
        *_texts("retry_key", "state", "lease_by"),
        *_numbers("lease_until"),
        *_numbers("tries", kind=sa.Integer),
        *_numbers("created_at", "done_at"),
        sa.CheckConstraint("length(body) <= 300000"),
        sa.CheckConstraint("way IN ('reply', 'push', 'none')"),
        sa.CheckConstraint(
            "state IN ('waiting', 'leased', 'sent', 'uncertain', 'parked', 'dropped')"
        ),
    )


def _asides() -> None:
    op.create_table(
        "parked",
        *_key("event"),
        *_texts("platform", "kind", "error", "shape"),
        *_numbers("at"),
        *_short("event"),
    )
    op.create_table(
        "unanswered",
        *_key("event"),
        *_texts("message", "text"),
        *_numbers("at"),
        *_short("event", "message"),
    )
    op.create_table("erasure", *_key("number"), *_texts("cause"), *_numbers("at"))
    op.create_table("timer", *_key("kind"), *_numbers("due_at"), sqlite_with_rowid=False)
