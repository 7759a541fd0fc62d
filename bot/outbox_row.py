"""The OutboxRow: one reply saved and not yet known to be sent."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import RowMapping


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One reply; the fields are the columns of `outbox`, times in ms.

    `event_id` names the event it answers; `retry_key` is the same for every try.
    """

    conv_key: bytes
    seq: int
    event_id: str
    platform: str
    way: str
    body: bytes = field(repr=False)
    reply_token: str = field(repr=False)
    token_until: int
    retry_key: str
    state: str
    lease_by: str
    lease_until: int
    tries: int
    created_at: int
    done_at: int

    def values(self) -> dict[str, Any]:
        """The row as SQLAlchemy takes it."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def read(cls, row: RowMapping) -> "OutboxRow":
        """A row of `outbox` as it came from the database (`result.mappings()`)."""
        return cls(**{name: row[name] for name in cls.__slots__})
