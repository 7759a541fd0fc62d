"""Talk: one person's chat with the bot, so that a test reads like one; and usual answers."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time

from bot.channels import plain
from bot.content import Content
from dialogs.answers import Answers
from dialogs.flow import OUTCOME
from dialogs.heard import Heard, Hello, Press, Said, Text
from dialogs.outcome import Outcome, advise
from dialogs.reply import Ask, Button, Menu
from dialogs.scene import Scene
from dialogs.session import Session
from dialogs.turn import JAPAN, Turn, take_turn
from knowledge.book import DayBook

USUAL = {
    "standing": "own",
    "employees": "0-5",
    "prefecture": "埼玉県",
    "partner": "none",
    "plan": "none",
    "concern": "earthquake",
}
"""The answers a case does not name (domain §4.3), all those of the usual way."""


def answers(**given: str | None) -> dict[str, tuple[str, ...]]:
    """The usual answers with these instead; several values joined by a comma, None for none."""
    named = {**USUAL, **given}
    return {q: tuple(values.split(",")) for q, values in named.items() if values is not None}


def outcome_of(content: Content, day: DayBook, told: Answers) -> Outcome:
    return advise(content.flow, day, told, content.flow.decide(told, day))


def words(thing: object) -> str:
    """Every word a part, a reply or an outcome holds, presses and ids of facts apart."""
    return "\n".join(_words(thing))


def _words(thing: object) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Button):
        yield thing.label
    elif is_dataclass(thing):
        hidden = {"facts", "rules", "row", "screen", "source", "id", "unfolded"}
        for each in fields(thing):
            if each.name not in hidden:
                yield from _words(getattr(thing, each.name))
    elif isinstance(thing, tuple):
        for each in thing:
            yield from _words(each)


class Talk:
    """A chat on one day. Every reply fits the plain channel and leaves a known state."""

    def __init__(self, content: Content, day: date, session: Session | None = None) -> None:
        self.content = content
        self.now = datetime.combine(day, time(10), JAPAN)
        self.session = session or Session()
        self.turn: Turn = self._take(Hello())
        self.asked = 0

    def _take(self, said: Said) -> Turn:
        heard = Heard("chat", "event", self.now, said)
        turn = take_turn(self.content.flow, self.content.book, self.session, heard, self.now)
        self.session, self.turn = turn.session, turn
        bubbles = plain.texts(turn.reply)
        assert 1 <= len(bubbles) <= plain.MOST_BUBBLES, said
        assert all(bubbles), said
        assert self.state in {*self.content.flow.questions, OUTCOME}
        return turn

    def send(self, *said: Said) -> "Talk":
        for each in said:
            self._take(each)
        return self

    def press(self, *data: str) -> "Talk":
        return self.send(*map(Press, data))

    def type(self, *texts: str) -> "Talk":
        return self.send(*map(Text, texts))

    def give(self, told: Answers, until: str = OUTCOME) -> "Talk":
        """Press the button of each open question that stands for these answers.

        Of several worries at once, some of them only typed, there is no one button to see.
        """
        while self.state not in {until, OUTCOME}:
            data = f"{self.state}={','.join(told[self.state])}"
            several = self.content.flow.questions[self.state].multi
            assert several or data in self.presses, f"no button for {data}"
            self.asked += 1
            self.press(data)
        return self

    def again(self) -> "Talk":
        """Another chat that goes on from here."""
        other = object.__new__(Talk)
        other.__dict__.update(self.__dict__)
        return other

    @property
    def scene(self) -> Scene:
        return self.turn.scene

    @property
    def state(self) -> str:
        return self.scene.state

    @property
    def kind(self) -> str:
        return self.turn.kind

    @property
    def row(self) -> str | None:
        return self.turn.outcome.row.id if self.turn.outcome else None

    @property
    def answers(self) -> Answers:
        return self.session.answers

    @property
    def said(self) -> str:
        """Every word of the last reply."""
        return words(self.turn.reply)

    @property
    def buttons(self) -> tuple[Button, ...]:
        last = self.turn.reply[-1]
        return last.choices if isinstance(last, Ask | Menu) else ()

    @property
    def presses(self) -> tuple[str, ...]:
        return tuple(button.press for button in self.buttons)

    def uses(self, key: str, **given: str) -> bool:
        """Was this set phrase of `words.yaml` said?"""
        return self.scene.voice.word(key, **given) in self.said


def pressed(told: Answers, questions: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{question}={','.join(told[question])}" for question in questions)
