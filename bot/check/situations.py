"""All situations: the product of the answers the rules can tell apart.

Sizes are grouped by what every rule says of them, worries by what every rule that reads them
says; one of each group stands for all of it. Nothing is listed by hand: new limits, choices and
rules make new groups.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product

from bot.content import Content
from dialogs.answers import Answers, Values
from dialogs.flow import OUTCOME, Flow
from dialogs.intervals import Verdict
from dialogs.rules import RULES
from dialogs.way import walk
from knowledge.book import Book, DayBook

PLACE = ("静岡県",)
"""No rule reads the place, so one stands for all; it is one whose two offices differ."""
LATER = ("partner", "plan", "hurry", "concern")
"""The questions after the place: asked of everybody whose size was."""
SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Situation:
    """Answers that lead to an outcome, and how many situations they stand for."""

    answers: Answers
    count: int


def days(book: Book, day: date) -> tuple[date, ...]:
    """The day, and for every end day still to come: 60 days before it and the day after."""
    ends = [end for end in book.end_days() if end >= day]
    around = {each for end in ends for each in (end - SOON, end + timedelta(days=1))}
    return (day, *sorted(each for each in around if each > day))


def situations(content: Content, book: DayBook) -> Iterator[Situation]:
    """Every situation of this day, one for each group that the rules cannot tell apart."""
    worries, bases = worry_groups(content.flow, book), list(_bases(content.flow, book))
    for base in bases:
        if walk(content.flow, base, book).state == "concern":
            for group in worries:
                yield Situation({**base, "concern": group[0]}, len(group))
        else:
            yield Situation(base, 1)
    yield from _hurried(content.flow, book, bases)


def _hurried(flow: Flow, book: DayBook, bases: list[Answers]) -> Iterator[Situation]:
    """The answers of a row's offer, pressed at its outcome."""
    for base in bases:
        whole = {**base, "concern": ("unknown",)}
        row = flow.decide(whole, book)
        if row.offers and walk(flow, whole, book).state == OUTCOME:
            for choice in flow.questions[row.offers].forms[-1].choices:
                yield Situation({**whole, row.offers: choice.values}, 1)


def _bases(flow: Flow, book: DayBook) -> Iterator[Answers]:
    """Everything up to the worries: one size of each group, then every choice of the rest."""
    for start in _sizes(flow, book):
        todo: list[Answers] = [start]
        while todo:
            answers = todo.pop()
            state = walk(flow, answers, book).state
            if state in {OUTCOME, "concern"}:
                yield answers
                continue
            choices = flow.questions[state].choices(answers, book)
            values = [PLACE] if state == "prefecture" else [choice.values for choice in choices]
            todo += [{**answers, state: value} for value in values]


def _sizes(flow: Flow, book: DayBook) -> Iterator[Answers]:
    """One set of answers before the place for each group the rules can tell apart."""
    seen = set()
    for answers in _openings(flow, book):
        group = (answers["standing"], verdicts(flow, book, answers))
        if group not in seen:
            seen.add(group)
            yield answers


def _openings(flow: Flow, book: DayBook) -> Iterator[Answers]:
    """Every way to answer the questions before the place."""
    todo: list[Answers] = [{}]
    while todo:
        answers = todo.pop(0)
        state = walk(flow, answers, book).state
        if state in {"prefecture", OUTCOME}:
            yield answers
            continue
        choices = flow.questions[state].choices(answers, book)
        todo += [{**answers, state: choice.values} for choice in choices]


def verdicts(flow: Flow, book: DayBook, answers: Answers) -> tuple[Verdict, ...]:
    """What every rule says of these answers, whatever the answers after the place may be."""
    found = []
    for rule in RULES.values():
        if not rule.reads.isdisjoint(answers):
            others = sorted(rule.reads.intersection(LATER))
            for values in product(*(_values(flow, other) for other in others)):
                told = {**answers, **dict(zip(others, values, strict=True))}
                found.append(rule(told, book))
    return tuple(found)


def _values(flow: Flow, question: str) -> list[Values]:
    asked = flow.questions[question]
    single = {choice.values for form in asked.forms for choice in form.choices}
    return sorted(single)


def worry_groups(flow: Flow, book: DayBook) -> list[list[Values]]:
    """Each worry alone and every pair, grouped by what the rules that read worries say."""
    asked = flow.questions["concern"]
    named = [choice.values[0] for choice in (*asked.forms[-1].choices, *asked.typed)]
    pairs = combinations((worry for worry in named if worry != "unknown"), 2)
    groups: dict[object, list[Values]] = {}
    for values in (*((worry,) for worry in named), *pairs):
        groups.setdefault(_said_of_worries(flow, book, values), []).append(values)
    return list(groups.values())


def _said_of_worries(flow: Flow, book: DayBook, worries: Values) -> tuple[Verdict, ...]:
    """What the rules that read worries say of these, whatever the other answers may be."""
    found = []
    for rule in RULES.values():
        if "concern" in rule.reads:
            others = sorted(rule.reads - {"concern"})
            for values in product(*(_values(flow, other) for other in others)):
                told = {**dict(zip(others, values, strict=True)), "concern": worries}
                found.append(rule(told, book))
    return tuple(found)
