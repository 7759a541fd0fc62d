"""The Scene: one talk on one day, with what follows from its answers."""

from dataclasses import dataclass
from functools import cached_property

from dialogs.answers import Answers, Key
from dialogs.flips import NEVER, Flip, flips
from dialogs.flow import OUTCOME, Flow
from dialogs.heard import press
from dialogs.outcome import Outcome, advise
from dialogs.question import Question
from dialogs.remember import remembered
from dialogs.reply import Ask, Button, Menu, Part, Progress
from dialogs.session import Session
from dialogs.voice import Voice, facts_in
from dialogs.way import Way, length, walk
from dialogs.words import LAST, MENU, WAYS_OUT
from knowledge.book import DayBook


@dataclass(frozen=True)
class Scene:
    """Everything a turn needs to know of a talk; all of it derived, and only when asked for."""

    flow: Flow
    book: DayBook
    session: Session
    answers: Answers

    @cached_property
    def way(self) -> Way:
        return walk(self.flow, self.answers, self.book)

    @cached_property
    def voice(self) -> Voice:
        return Voice(self.flow, self.book, self.answers)

    @cached_property
    def outcome(self) -> Outcome | None:
        """The outcome, where the answers have reached one. Raises FactError."""
        return _outcome(self.flow, self.book, self._key) if self.state == OUTCOME else None

    @cached_property
    def _key(self) -> Key:
        return self.flow.key(self.answers)

    @cached_property
    def flips(self) -> tuple[Flip, ...]:
        """What single other answers would change; nothing before an outcome."""
        return _flips(self.flow, self.book, self._key) if self.outcome else ()

    @property
    def state(self) -> str:
        return self.way.state

    @property
    def question(self) -> Question | None:
        """The open question; None at an outcome."""
        return self.flow.questions.get(self.state)

    def left(self) -> Outcome:
        """What is said to someone who leaves, or wants only the phone number (R13)."""
        return advise(self.flow, self.book, self.answers, self.flow.leave)

    def progress(self) -> Progress | None:
        """Which question of how many; only where every way still open has the same length."""
        of = length(self.flow, self.answers, self.book)
        if self.state == OUTCOME or of is None:
            return None
        return Progress(len(self.way.answered) + 1, of)

    def ask(self) -> Ask:
        """The open question, with its choices. Only to be called where one is open."""
        question = self.flow.questions[self.state]
        form = question.form(self.answers, self.book)
        choices = question.choices(self.answers, self.book)
        return Ask(
            question.id,
            self.voice.fill(form.ask),
            tuple(Button(c.label, press(question.id, c.values)) for c in choices),
            question.multi,
            self.progress(),
            self._ways_out(),
            facts_in(form.ask),
        )

    def standing_part(self) -> Part:
        """What stands open after this turn: the question, or the menu of the outcome."""
        return _standing(self.flow, self.book, self._key)

    def menu(self, outcome: Outcome) -> Menu:
        """What can be pressed at an outcome: the row's own offer first."""
        row = outcome.row
        offer = self.flow.questions[row.offers].forms[-1].choices if row.offers else ()
        names = [name for name in (*MENU, *LAST) if self._has(outcome, name)]
        buttons = [Button(c.label, press(row.offers or "", c.values)) for c in offer]
        buttons += [Button(self.voice.word(f"menu_{n}"), press("command", (n,))) for n in names]
        return Menu(tuple(buttons))

    def _has(self, outcome: Outcome, name: str) -> bool:
        """Is there anything behind this button of the menu?"""
        if not outcome.offices:
            return name in {"why", "contacts", *LAST}
        found = {
            "steps": outcome.steps,
            "benefits": outcome.benefits,
            "letter": outcome.row.letter,
            "flips": set(self.way.answered).difference(NEVER),
            "cases": outcome.steps,
        }
        return bool(found.get(name, True))

    def _ways_out(self) -> tuple[Button, ...]:
        names = WAYS_OUT if self.way.answered else WAYS_OUT[1:]
        return tuple(
            Button(
                self.voice.word(f"menu_{name}"),
                press("command", (name,), self.state, self.flow.version),
            )
            for name in names
        )


@remembered(most=512)
def _outcome(flow: Flow, book: DayBook, key: Key) -> Outcome:
    answers = flow.answers(key)
    return advise(flow, book, answers, flow.decide(answers, book))


@remembered(most=512)
def _standing(flow: Flow, book: DayBook, key: Key) -> Part:
    """Remembered whole, because every turn ends with it."""
    scene = Scene(flow, book, Session(), flow.answers(key))
    return scene.menu(scene.outcome) if scene.outcome else scene.ask()


@remembered(most=256)
def _flips(flow: Flow, book: DayBook, key: Key) -> tuple[Flip, ...]:
    answers = flow.answers(key)
    return flips(flow, book, answers, flow.decide(answers, book))
