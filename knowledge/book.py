"""The Book: everything the bot may say, asked by day. What does not hold on a day is refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.errors import FactError
from knowledge.facts import Fact, Source, amount, day_of, span
from knowledge.offices import Offices
from knowledge.places import Places

NAME = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
"""A name in a text: `{tax_rate}` is a fact, `{office.headquarters.phone}` an office's field."""
MOST_FILLED = 4_096
"""Texts of the content kept filled: those that hang on nobody's answers."""


@dataclass(frozen=True, slots=True)
class Case:
    """What one firm did. `plan`: joint, single, unstated or none; `concerns`: ids of worries."""

    id: str
    rows: tuple[str, ...]
    name: str
    plan: str
    industry: str
    concerns: tuple[str, ...]
    prefecture: str | None
    text: str
    source: str
    place: str
    evidence: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Topic:
    """One answerable question. `also` are other wordings, as people type them.

    `answer` are texts whose names the day's book fills in; `about` are facts it covers beside
    those, `next` the topics people ask next.
    """

    id: str
    title: str
    also: tuple[str, ...]
    answer: tuple[str, ...]
    source: str
    place: str
    evidence: str
    about: tuple[str, ...]
    next: tuple[str, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact and office field the answer rests on."""
        named = [name for text in self.answer for name in NAME.findall(text)]
        return tuple(dict.fromkeys((*named, *self.about)))


@dataclass(frozen=True, slots=True)
class Book:
    """All facts (each with its periods, oldest first), offices, cases, topics and sources."""

    facts: Mapping[str, tuple[Fact, ...]]
    offices: Offices
    cases: Mapping[str, Case]
    topics: Mapping[str, Topic]
    sources: Mapping[str, Source]
    places: Places
    rows: tuple[str, ...]
    _days: dict[date, "DayBook"] = field(default_factory=dict, repr=False, compare=False)

    def on(self, day: date) -> "DayBook":
        """What holds on this day. Remembered, because every turn of the day asks for it."""
        known = self._days.get(day)
        if known is None:
            if len(self._days) >= 16:
                self._days.clear()
            known = self._days[day] = DayBook(self, day)
        return known

    def end_days(self) -> tuple[date, ...]:
        """Every last day of a fact, soonest first."""
        return tuple(sorted({f.end for periods in self.facts.values() for f in periods if f.end}))


class DayBook:
    """The book as it holds on one day.

    `memo` is for pure functions of this book over a bounded set of keys; nothing else.
    """

    __slots__ = ("_facts", "_filled", "_read", "book", "cases", "day", "memo", "offices", "sources")

    def __init__(self, book: Book, day: date) -> None:
        self.book, self.day = book, day
        self.offices, self.cases, self.sources = book.offices, book.cases, book.sources
        self._facts = {id: f for id, all_ in book.facts.items() for f in all_ if f.holds(day)}
        self.memo: dict[object, Any] = {}
        self._filled: dict[str, str] = {}
        self._read: dict[tuple[str, Callable[[str], Any]], Any] = {}

    def holds(self, name: str) -> bool:
        """Does this fact have a value on this day?"""
        return name in self._facts

    def fact(self, name: str) -> Fact:
        """Raises FactError when the name is unknown or has no value on this day."""
        try:
            return self._facts[name]
        except KeyError:
            raise FactError(f"{name} has no value on {self.day}") from None

    def value(self, name: str) -> str:
        """What a name in a text stands for: a fact's value, or `office.ID.FIELD`."""
        if name.startswith("office."):
            return self._office_field(name)
        fact = self.fact(name)
        return self.fill(fact.value) if "{" in fact.value else fact.value

    def _office_field(self, name: str) -> str:
        _, id, *key = name.split(".")
        value = getattr(self.offices.by_id.get(id), ".".join(key), None)
        if not isinstance(value, str):
            raise FactError(f"{name} is not a field of an office")
        return value

    def fill(self, text: str, words: Mapping[str, str] | None = None) -> str:
        """The text with every `{name}` replaced: from `words` first, then from this book.

        Raises FactError when a name has no value on this day; nothing is ever left out.
        """
        if words:
            return NAME.sub(lambda m: words[m[1]] if m[1] in words else self.value(m[1]), text)
        if text not in self._filled:
            if len(self._filled) >= MOST_FILLED:
                self._filled.clear()
            self._filled[text] = NAME.sub(lambda m: self.value(m[1]), text)
        return self._filled[text]

    def amount(self, name: str) -> int:
        """The fact's number: people or yen. Raises FactError, ValueError."""
        return int(self._as(name, amount))

    def days(self, name: str) -> int:
        """The fact's length in days. Raises FactError, ValueError."""
        return int(self._as(name, span))

    def deadline(self, name: str) -> date:
        """The day the fact names. Raises FactError, ValueError."""
        day: date = self._as(name, day_of)
        return day

    def _as(self, name: str, read: Callable[[str], Any]) -> Any:
        key = (name, read)
        if key not in self._read:
            self._read[key] = read(self.fact(name).value)
        return self._read[key]
