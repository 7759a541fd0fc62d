"""A Question: how it is put to whom, what may answer it, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.answers import Answers, Values
from dialogs.intervals import YEN, bands
from dialogs.rules import Rule
from dialogs.rules.size import capital_limit
from knowledge.book import DayBook


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `values` is what it answers; its press is `question=value,value`."""

    values: Values
    label: str


Labels = Mapping[Values, str]


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
    known: frozenset[str] = field(init=False, repr=False, compare=False)
    """Every value it has, however it is put."""
    labels: tuple[Labels, ...] = field(init=False, repr=False, compare=False)
    """The labels of what answers it, by values, form by form: laid out once, asked every turn."""

    def __post_init__(self) -> None:
        labels = tuple(
            {choice.values: choice.label for choice in (*form.choices, *self.typed)}
            for form in self.forms
        )
        known = frozenset(value for each in labels for values in each for value in values)
        object.__setattr__(self, "known", known)
        object.__setattr__(self, "labels", labels)

    def form(self, answers: Answers, book: DayBook) -> Form:
        """The first form whose rule says yes; the usual one where none does."""
        return self.forms[self._put(answers, book)]

    def _put(self, answers: Answers, book: DayBook) -> int:
        for number, form in enumerate(self.forms):
            if form.when and form.when(answers, book):
                return number
        return len(self.forms) - 1

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
        labels = self.labels[self._put(answers, book)]
        if len(values) == 1 and values in labels:
            return True
        known = {value for each in labels for value in each}
        several = self.multi or (self.under_over is not None and set(values) <= set(YEN))
        return bool(values) and known.issuperset(values) and (several or len(values) == 1)

    def knows(self, values: Values) -> bool:
        """Are these values of this question, however it is put?"""
        return self.known.issuperset(values)

    def label(self, values: Values, answers: Answers, book: DayBook) -> str:
        """The answer in words, several side by side: 「地震、停電」."""
        labels = self.labels[self._put(answers, book)]
        return labels.get(values) or "、".join(labels.get((v,), v) for v in values)
