"""The Flow: the guided talk as read from YAML. Questions, where they lead, and the outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transitions import Machine

from dialogs.answers import Answers, Key
from dialogs.question import Question
from dialogs.rules import Rule
from knowledge.book import DayBook

if TYPE_CHECKING:
    from dialogs.understand.readers import Readers

OUTCOME = "outcome"
"""The one state that is not a question."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs this bot. Never an official body; `phone` None where there is nobody to call."""

    name: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or two of advice with its source. `question` is the answer it quotes.

    `by` names the day it is to be done by (see `dates.py`); `screen` where a note is shown.
    """

    text: str
    source: str
    place: str
    when: Rule | None = None
    question: str = ""
    by: str = ""
    screen: str = ""


@dataclass(frozen=True, slots=True)
class Benefit:
    """A support measure, on its condition. `serves`: groups of rows; `concerns` raise its rank."""

    id: str
    title: str
    line: Line
    serves: tuple[str, ...]
    concerns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A titled text: a side of the comparison (`lines`), or a letter to copy."""

    title: str
    lines: tuple[str, ...]
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What outcomes are made of: everything in `advice.yaml`."""

    plans: Mapping[str, str]
    selves: Mapping[str, str]
    first_steps: tuple[Line, ...]
    size_reason: Line
    worries: Mapping[str, Line]
    general_notes: tuple[str, ...]
    notes: Mapping[str, Line]
    benefits: tuple[Benefit, ...]
    steps: Mapping[str, tuple[Line, ...]]
    compare: tuple[Text, ...]
    letters: Mapping[str, Text]

    def groups(self) -> set[str]:
        """The groups of rows that some benefit serves, and `none`."""
        return {"none", *(group for benefit in self.benefits for group in benefit.serves)}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the decision table: when it applies and what it says. 出典: domain §4.2"""

    id: str
    when: Rule
    policy: str
    plan: str
    leaning: str | None
    first: str
    title: str
    because: tuple[Line, ...]
    step: tuple[Line, ...]
    steps: str | None
    notes: tuple[str, ...]
    warn: str | None
    benefits: str | None
    offers: str | None
    letter: str | None


@dataclass(frozen=True, slots=True)
class Flow:
    """The compiled dialogue: one per process, shared by everybody who talks."""

    version: str
    start: str
    renames: Mapping[str, str]
    questions: Mapping[str, Question]
    rows: tuple[Row, ...]
    leave: Row
    advice: Advice
    words: Mapping[str, str]
    commands: Mapping[str, tuple[str, ...]]
    operator: Operator
    readers: "Readers" = field(repr=False, compare=False)
    machine: Machine = field(repr=False, compare=False)
    mark: object = field(init=False, repr=False, compare=False, default_factory=object)
    """This very flow, where what follows from it is remembered: see `remember.py`."""
    leading: tuple[bool, ...] = field(init=False, repr=False, compare=False)
    """Which questions' answers some rule of the way reads, in their order; of the others it only
    counts whether they are answered."""

    def __post_init__(self) -> None:
        rules = [
            rule
            for question in self.questions.values()
            for rule in (*(r.when for r in question.routes), question.again, question.keep)
        ]
        read = {name for rule in rules if rule for name in rule.reads}
        object.__setattr__(self, "leading", tuple(id in read for id in self.questions))

    def key(self, answers: Answers) -> Key:
        """The answers as a key, question by question: a finite set, with nothing as typed."""
        return tuple(map(answers.get, self.questions))

    def answers(self, key: Key) -> Answers:
        """The answers of a key."""
        pairs = zip(self.questions, key, strict=True)
        return {question: values for question, values in pairs if values is not None}

    def decide(self, answers: Answers, book: DayBook) -> Row:
        """The first row whose rule says yes; the last row always does."""
        return next(row for row in self.rows if row.when(answers, book))

    def settled(self, question: str, answers: Answers, book: DayBook) -> bool:
        """Has this question an answer that needs no asking again?"""
        if question not in answers:
            return False
        again = self.questions[question].again
        return again is None or not again(answers, book)
