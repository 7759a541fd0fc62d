"""Labelled questions: what people typed and the topics that answer it, from the fact they name."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.book import NAME, Book
from knowledge.strict_yaml import load_sheet

_FORM = re.compile(r"株式会社|協同組合|有限会社|\s")
OUT = "out_of_scope"


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
    """Read a labelled half: `fact` and `must` name facts, `row` a row of the fact sheet."""
    by_fact, by_row = _resting(book), _carrying(book)
    found = []
    for each in load_sheet(path, path.name).data["utterances"]:
        named = [each["fact"]] if "fact" in each else []
        sets = [by_fact[name] for name in dict.fromkeys((*named, *each.get("must", [])))]
        sets += [by_row[each["row"]]] if "row" in each else []
        right = frozenset.intersection(*sets) if sets else frozenset()
        label = each.get("fact") or each.get("row") or OUT
        inside = each["topic"] != OUT
        found.append(Labelled(each["says"], label, right, inside, each.get("false") == "yes"))
    return tuple(found)


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
