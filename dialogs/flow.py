"""The Flow: the guided talk as read from YAML. Questions, where they lead, and the outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transitions import Machine

from dialogs.answers import Answers, Values
from dialogs.intervals import YEN, bands
from dialogs.rules import Rule
from dialogs.rules.size import capital_limit
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
class Choice:
    """A button. `values` is what it answers; its press is `question=value,value`."""

    values: Values
    label: str


@dataclass(frozen=True, slots=True)
class Form:
    """How a question is put to one kind of asker. `when` None is the usual form, and the last."""

    when: Rule | None
    ask: str
    help: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """Where an answered question leads when its rule says yes. `when` None always leads."""

    when: Rule | None
    to: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `again`: put again though answered; `keep`: kept though off the way.

    `typed` are answers no button gives; `under_over` labels the two buttons of a limit question.
    """

    id: str
    title: str
    data: str
    why: str
    multi: bool
    asked: bool
    forms: tuple[Form, ...]
    typed: tuple[Choice, ...]
    routes: tuple[Route, ...]
    again: Rule | None
    keep: Rule | None
    under_over: tuple[str, str] | None

    def form(self, answers: Answers, book: DayBook) -> Form:
        """The first form whose rule says yes; the usual one where none does."""
        special = (form for form in self.forms if form.when and form.when(answers, book))
        return next(special, self.forms[-1])

    def choices(self, answers: Answers, book: DayBook) -> tuple[Choice, ...]:
        """The buttons to show now. Capital is put as yes or no at the limit of the industry."""
        shown = self.form(answers, book).choices
        if self.under_over is None:
            return shown
        limit = capital_limit(answers, book)
        sides = bands(YEN, 0, limit), bands(YEN, limit + 1, None)
        asked = [Choice(v, label) for v, label in zip(sides, self.under_over, strict=True)]
        return (*asked, *(choice for choice in shown if choice.values[0] not in YEN))

    def allows(self, values: Values, answers: Answers, book: DayBook) -> bool:
        """Could these values answer the question as it is put to this asker?"""
        shown = (*self.form(answers, book).choices, *self.typed)
        known = {value for choice in shown for value in choice.values}
        several = self.multi or (self.under_over is not None and set(values) <= set(YEN))
        return bool(values) and known.issuperset(values) and (several or len(values) == 1)

    def knows(self, values: Values) -> bool:
        """Are these values of this question, however it is put?"""
        shown = (choice for form in self.forms for choice in (*form.choices, *self.typed))
        return {value for choice in shown for value in choice.values}.issuperset(values)

    def label(self, values: Values, answers: Answers, book: DayBook) -> str:
        """The answer in words, several side by side: 「地震、停電」."""
        shown = (*self.form(answers, book).choices, *self.typed)
        labels = {choice.values: choice.label for choice in shown}
        return labels.get(values) or "、".join(labels.get((v,), v) for v in values)


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

    def decide(self, answers: Answers, book: DayBook) -> Row:
        """The first row whose rule says yes; the last row always does."""
        return next(row for row in self.rows if row.when(answers, book))

    def settled(self, question: str, answers: Answers, book: DayBook) -> bool:
        """Has this question an answer that needs no asking again?"""
        if question not in answers:
            return False
        again = self.questions[question].again
        return again is None or not again(answers, book)
