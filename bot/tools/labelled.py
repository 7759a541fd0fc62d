"""Labelled answers and questions: what people typed, and what it means or what answers it."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.book import NAME, Book
from knowledge.strict_yaml import load_sheet

_FORM = re.compile(r"株式会社|協同組合|有限会社|\s")
OUT = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One answer as it was typed, and its right value in the shape of `understand --slot`.

    `value` None: nothing is said about the slot, or it is to be asked with all of `among`.
    `also`: further values that are right too. A span of numbers is `[low, high]`.
    """

    slot: str
    says: str
    value: Any
    also: tuple[Any, ...]
    among: tuple[Any, ...]

    def allows(self, value: Any) -> bool:
        """Is this value right? Of a labelled span also everything inside, its ends included."""
        return any(_same(value, right) for right in (self.value, *self.also))


def load_utterances(path: Path, *slots: str) -> tuple[Utterance, ...]:
    """Read a labelled set of answers; with `slots` only those of these slots."""
    rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(
        Utterance(
            row["slot"],
            row["says"],
            None if row.get("ask") else row["value"],
            tuple(row.get("also", ())),
            tuple(row.get("among", ())),
        )
        for row in rows
        if not slots or row["slot"] in slots
    )


def _same(value: Any, right: Any) -> bool:
    within, read = _ends(right), _ends(value)
    if within and read:
        low, high = within
        return read[0] >= low and (high is None or (read[1] is not None and read[1] <= high))
    if isinstance(value, list) and isinstance(right, list):
        return sorted(value) == sorted(right)
    return bool(value == right)


def _ends(value: Any) -> tuple[int, int | None] | None:
    """The lowest and the highest number; of words nothing."""
    if isinstance(value, int):
        return value, value
    if isinstance(value, list) and any(isinstance(end, int) for end in value):
        return value[0], value[1]
    return None


@dataclass(frozen=True, slots=True)
class Labelled:
    """One question. `right`: ids of the topics that answer it; empty when none does yet.

    `inside` is False for what the bot must not answer. `corrects`: a false presupposition.
    """

    says: str
    label: str
    right: frozenset[str]
    inside: bool
    corrects: bool


def load_labelled(path: Path, book: Book) -> tuple[Labelled, ...]:
    """Read a labelled set. What tells the right topics: `fact` and `must` name facts they rest
    on, `row` a row of the fact sheet, `needs` words that every right answer holds (of those
    between | one)."""
    by_fact, by_row, answers = _resting(book), _carrying(book), _answers(book)
    found = []
    for each in load_sheet(path, path.name).data["utterances"]:
        named = [each["fact"]] if "fact" in each else []
        sets = [by_fact[name] for name in dict.fromkeys((*named, *each.get("must", [])))]
        sets += [by_row[each["row"]]] if "row" in each else []
        sets += [_holding(need.split("|"), answers) for need in each.get("needs", [])]
        right = frozenset.intersection(*sets) if sets else frozenset()
        label = each.get("fact") or each.get("row") or each["topic"]
        inside = each["topic"] != OUT
        found.append(Labelled(each["says"], label, right, inside, each.get("false") == "yes"))
    return tuple(found)


def _answers(book: Book) -> Mapping[str, str]:
    """What each topic says, on the day the facts were checked, made even."""
    checked = max(fact.checked_on for periods in book.facts.values() for fact in periods)
    day = book.on(checked)
    return {topic.id: _even("".join(map(day.fill, topic.answer))) for topic in book.topics.values()}


def _holding(ways: list[str], answers: Mapping[str, str]) -> frozenset[str]:
    """The topics whose answer holds one of these ways to say it."""
    wanted = [_even(way) for way in ways]
    return frozenset(id for id, text in answers.items() if any(way in text for way in wanted))


def _even(text: str) -> str:
    return re.sub(r"[\s,、]", "", unicodedata.normalize("NFKC", text))


def _resting(book: Book) -> Mapping[str, frozenset[str]]:
    """For each fact the topics whose answer or `about` rests on it, also through another fact."""
    found: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for topic in book.topics.values():
        for name in {deep for own in topic.facts for deep in _through(own, book)}:
            found[name] |= {topic.id}
    return found


def _through(name: str, book: Book) -> Iterator[str]:
    """The name, and the names its values are made of."""
    yield name
    for period in book.facts.get(name, ()):
        for inner in NAME.findall(period.value):
            yield from _through(inner, book)


def _carrying(book: Book) -> Mapping[str, frozenset[str]]:
    """For each row the topics that rest on a fact, an office or a case carrying it."""
    found: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for name, topics in _resting(book).items():
        office = book.offices.by_id.get(name.split(".")[1]) if name.startswith("office.") else None
        rows = {row for period in book.facts.get(name, ()) for row in period.rows}
        for row in rows | set(office.rows if office else ()):
            found[row] |= topics
    for case in book.cases.values():
        name = _FORM.sub("", case.name)
        for topic in book.topics.values():
            if name in _FORM.sub("", "".join(topic.answer)):
                for row in case.rows:
                    found[row] |= {topic.id}
    return found
