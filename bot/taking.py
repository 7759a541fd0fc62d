"""Taking: what one event leads to, for the person as they stand. Touches no database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.channels.channel import Arrived, Blocked, Channel, Elsewhere, Unreadable, Unsent
from bot.content import Content
from bot.entry import Entry
from bot.erase import erasure_number
from bot.keys import Keys
from bot.outbox_row import OutboxRow
from bot.outgoing import Outgoing, person_of
from bot.person import Person
from bot.tables import ms
from bot.unsure import unsure
from dialogs.heard import Heard
from dialogs.late import take_late
from dialogs.reply import Reply, Say
from dialogs.scene import Scene
from dialogs.session import Session
from dialogs.turn import JAPAN, Turn, take_turn
from knowledge.errors import FactError

if TYPE_CHECKING:
    from bot.channels.channel import Address

FUTURE = timedelta(days=3)
"""An event this far ahead of us has no time worth believing: ours is taken instead."""
OLD = timedelta(days=29)
"""Older than the ids we keep (retention.yaml): whether it came before cannot be known."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What is to be erased beside the session: `cause` asked, left or unsent."""

    cause: str
    number: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one event led to: what has to be written, and how it ended (see Taken)."""

    outcome: str
    row: OutboxRow | None = None
    unanswered: str | None = None
    erased: Erased | None = None
    parked: Unreadable | None = None


class Taking:
    """Takes events one at a time; the person given is changed, the rest is in the Effect."""

    def __init__(
        self,
        keys: Keys,
        content: Callable[[], Content],
        channels: Mapping[str, Channel],
        phone: str,
        outgoing: Outgoing,
    ) -> None:
        self._keys, self._content, self._channels = keys, content, channels
        self._phone, self._outgoing = phone, outgoing

    def take(self, person: Person, entry: Entry, now: datetime) -> Effect:
        """One event. Raises whatever is wrong with it; the person is then not to be kept."""
        arrived = entry.arrived
        if isinstance(arrived, Unreadable):
            return self.park(person, entry, arrived, now)
        if arrived.at < now - OLD or ms(arrived.at) <= person.known_from:
            return Effect("ignored")
        at = ms(arrived.at if arrived.at < now + FUTURE else now)
        late, person.applied_at = at < person.applied_at, max(at, person.applied_at)
        match arrived.said:
            case Unsent(message):
                return _unsent(person, message)
            case _ if late and (person.blocked or isinstance(arrived.said, Blocked)):
                return Effect("late")
            case Blocked():
                person.forget()
                person.blocked, person.heard_at = True, ms(now)
                return Effect("erased", erased=Erased("left"))
        self._met(person, arrived.address, now)
        if isinstance(arrived.said, Elsewhere):
            reply = self._elsewhere(now)
            return Effect("answered", self._row(person, entry, reply, Session(), now))
        return self._talk(person, entry, arrived, late, now)

    def park(self, person: Person, entry: Entry, bad: Unreadable, now: datetime) -> Effect:
        """An event put aside: its person gets an apology with the phone, if there is a way."""
        if bad.address is None or person.blocked:
            return Effect("parked", parked=bad)
        person.platform = bad.address.platform
        person.address = person.address or self._sealed(bad.address)
        person.heard_at = person.heard_at or ms(now)
        body = self._channels[person.platform].apology(self._phone)
        return Effect("parked", self._outgoing.row(person, entry, body, ms(now)), parked=bad)

    def _talk(
        self, person: Person, entry: Entry, arrived: Arrived, late: bool, now: datetime
    ) -> Effect:
        content, session = self._content(), person.session()
        said: Heard = Heard(entry.conv_key.hex(), entry.event, arrived.at, arrived.said)  # type: ignore[arg-type]
        taking = take_late if late else take_turn
        try:
            turn = taking(content.flow, content.book, session, said, now)
        except FactError:
            row = self._row(person, entry, unsure(content), session, now)
            return Effect("late" if late else "answered", row)
        if turn.command == "erase":
            return self._erase(person, entry, turn, now)
        person.keep(session, turn.session, arrived.message)
        row = self._row(person, entry, turn.reply, turn.session, now)
        usual = "handoff" if turn.session.owner != "bot" else "answered"
        return Effect("late" if late else usual, row, turn.unanswered)

    def _erase(self, person: Person, entry: Entry, turn: Turn, now: datetime) -> Effect:
        """Everything goes; the reply names the number under which that is known."""
        number = erasure_number()
        told = turn.scene.voice.word("erasure_number", number=number)
        first, *rest = turn.reply
        said = Say(f"{first.text}\n{told}") if isinstance(first, Say) else Say(told)
        address, person.open = person.address, 0
        person.forget()
        # It serves this one reply, should it have to be pushed; a timer takes it away.
        person.address = address
        row = self._row(person, entry, (said, *rest), turn.session, now)
        return Effect("answered", row, erased=Erased("asked", number))

    def _elsewhere(self, now: datetime) -> Reply:
        content = self._content()
        day = content.book.on(now.astimezone(JAPAN).date())
        try:
            return (Scene(content.flow, day, Session(), {}).voice.say("elsewhere"),)
        except FactError:
            return unsure(content)

    def _row(
        self, person: Person, entry: Entry, reply: Reply, session: Session, now: datetime
    ) -> OutboxRow:
        body = self._channels[person.platform].draw(reply, session)
        return self._outgoing.row(person, entry, body, ms(now))

    def _met(self, person: Person, address: "Address", now: datetime) -> None:
        """The person is there: they may be written to, and are kept from now on."""
        person.platform, person.blocked, person.heard_at = address.platform, False, ms(now)
        person.address = person.address or self._sealed(address)

    def _sealed(self, address: "Address") -> bytes | None:
        user = person_of(address)
        return self._keys.seal(user) if user else None


def _unsent(person: Person, message: str) -> Effect:
    """The answers this message gave go, unless a later one gave them anew."""
    gone = {question for question, giver in person.givers.items() if giver == message}
    if gone:
        before = person.session()
        answers = {q: v for q, v in before.answers.items() if q not in gone}
        person.keep(before, replace(before, answers=answers, clarify=None), "")
    return Effect("erased", erased=Erased("unsent", message=message))
