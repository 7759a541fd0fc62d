"""The seam of every platform: what its events become, and what it must be able to draw.

Addresses, tokens and message ids are never logged, nor stored in clear longer than they serve.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from dialogs.heard import Said
from dialogs.reply import Reply
from dialogs.session import Session


@dataclass(frozen=True, slots=True)
class Address:
    """Who it is, as the platform names it; "" where there is none. LINE: team is the bot's id."""

    platform: str
    enterprise: str = field(repr=False)
    team: str = field(repr=False)
    channel: str = field(repr=False)
    user: str = field(repr=False)
    thread: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person left: everything kept of them is erased, nobody writes to them any more."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """The person took a message back: it, and the answers it gave, are erased."""

    message: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody wrote in a group or a room: they are pointed to the talk between two."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One readable event. `at` is the platform's time of it, aware; `message` its own id of it.

    `message` and `reply_token` are "" where there is none.
    """

    address: Address
    event: str
    at: datetime
    said: Said | Blocked | Unsent | Elsewhere = field(repr=False)
    message: str = field(default="", repr=False)
    reply_token: str = field(default="", repr=False)
    redelivered: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One event that could not be read. `shape`: each text replaced by its length."""

    event: str | None
    address: Address | None
    kind: str
    error: str
    shape: str
    reply_token: str = field(default="", repr=False)
    redelivered: bool = False


@dataclass(frozen=True, slots=True)
class Ignored:
    """One event that is none of ours (standby, verify, of an unknown type): only counted."""

    reason: str


class Channel(Protocol):
    """One platform's drawing. Both are pure; what they return goes out as it is."""

    @property
    def name(self) -> str:
        """The platform's name, as in Address."""

    def draw(self, reply: Reply, session: Session) -> bytes:
        """The reply as a JSON array of messages."""

    def apology(self, phone: str) -> bytes:
        """What is said when an event had to be parked; `phone` "" where there is none."""
