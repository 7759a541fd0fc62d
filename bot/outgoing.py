"""Outgoing: one drawn reply as the row of the outbox it is saved as."""

from dataclasses import dataclass
from time import monotonic
from uuid import uuid4

from bot.channels.channel import Address, Unreadable
from bot.entry import Entry
from bot.outbox_row import OutboxRow
from bot.person import Person
from bot.sending import LEASE_MS
from bot.tables import ms

TOKEN_MS = 55_000
"""A reply token serves one minute; the rest is for the way there. 出典: platforms.md"""
TOKEN_EVENT_MS = 20 * 60_000
MOST_OPEN = 50
"""Replies of one conversation that may wait; a further one is dropped, and seen in its row."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Makes the rows of one process; `lease` is its name."""

    lease: str

    def row(self, person: Person, entry: Entry, body: bytes, now: int) -> OutboxRow:
        """The next row of this person, leased to this process. Reply or push is decided here."""
        until = _token_until(entry, now)
        way = "reply" if until > now else _other_way(person)
        kept = way != "none" and person.open < MOST_OPEN
        # Where nobody waits for the answer nobody would send it at once: any process may.
        leased = kept and not entry.ticket.left
        person.seq += 1
        person.open += kept
        return OutboxRow(
            conv_key=person.conv_key,
            seq=person.seq,
            event_id=entry.event,
            platform=person.platform,
            way=way,
            body=body if kept else b"",
            reply_token=entry.arrived.reply_token if kept and way == "reply" else "",
            token_until=until if way == "reply" else 0,
            retry_key=str(uuid4()),
            state="leased" if leased else "waiting" if kept else "dropped",
            lease_by=self.lease if leased else "",
            lease_until=now + LEASE_MS if leased else 0,
            tries=0,
            created_at=now,
            done_at=0 if kept else now,
        )


def _token_until(entry: Entry, now: int) -> int:
    """When the reply token stops serving; 0 without one."""
    if not entry.arrived.reply_token:
        return 0
    came = now - int((monotonic() - entry.came) * 1000)
    if isinstance(entry.arrived, Unreadable):
        return came + TOKEN_MS
    return min(came + TOKEN_MS, ms(entry.arrived.at) + TOKEN_EVENT_MS)


def _other_way(person: Person) -> str:
    return "push" if person.address and not person.blocked else "none"


def person_of(address: Address) -> str:
    """Whom a push may go to: a person in a talk between two; "" elsewhere."""
    return "" if address.channel and address.platform == "line" else address.user
