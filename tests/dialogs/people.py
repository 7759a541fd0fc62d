"""The people the tests speak for, beside the usual one: answers, and talks that stand somewhere."""

import random
from collections.abc import Iterator
from itertools import product

import pytest

from bot.content import Content
from dialogs.answers import Answers, Values
from dialogs.flow import OUTCOME
from dialogs.way import walk
from knowledge.book import DayBook
from tests.dialogs.chat import Talk, answers

ASSOCIATION = {"standing": "association", "employees": None, "partner": "all_members"}
TOO_LARGE = {"employees": "901-", "industry": "retail", "capital": "300m-"}
OPEN_SIZE = {"employees": "901-", "industry": "retail", "capital": "unknown"}

HEADQUARTERS = "03-6459-0042"
KANTO = "03-5470-1606"

LONG = answers(
    employees="101-200",
    industry="wholesale",
    capital="-50m,50m-100m",
    partner="candidate",
    concern="flood",
)
"""The way with every question; it ends at R10, where haste may be pressed."""
STATES = ["standing", "employees", "industry", "capital", "prefecture", "partner", "plan",
          "concern", "outcome"]  # fmt: skip
EVERY_STATE = pytest.mark.parametrize("state", STATES)


def upto(content: Content, day: DayBook, state: str) -> Talk:
    """Somebody on the long way, at this state."""
    return Talk(content, day.day).give(LONG, until=state)


def at(content: Content, day: DayBook, state: str, **given: str) -> Talk:
    """Somebody whose size and capital are asked, at this state; with these answers instead."""
    size = {"employees": "901-", "industry": "wholesale", "capital": "-50m,50m-100m"}
    return Talk(content, day.day).give(answers(**size, **given), until=state)


def told(**given: str) -> Answers:
    """A firm that has said only this."""
    return {"standing": ("own",), **{q: tuple(v.split(",")) for q, v in given.items()}}


def sample(content: Content, day: DayBook, count: int, **fixed: str) -> Iterator[Answers]:
    """So many people who pressed at random, always the same ones."""
    dice = random.Random(20261122)
    for _ in range(count):
        said: dict[str, tuple[str, ...]] = {}
        while (state := walk(content.flow, said, day).state) != OUTCOME:
            shown = [c.values for c in content.flow.questions[state].choices(said, day)]
            said[state] = (fixed[state],) if state in fixed else dice.choice(shown)
        yield said


def values_of(content: Content, question: str) -> list[Values]:
    asked = content.flow.questions[question]
    known = {c.values for form in asked.forms for c in form.choices} | {
        c.values for c in asked.typed
    }
    return sorted(known)


def situations(content: Content, *questions: str) -> Iterator[Answers]:
    """Every combination of these questions' answers, none among them."""
    each = [[None, *values_of(content, question)] for question in questions]
    for values in product(*each):
        pairs = zip(questions, values, strict=True)
        yield {question: value for question, value in pairs if value is not None}
