"""Reads synonyms.yaml, outside.yaml and gate.yaml into a TopicIndex, or refuses every fault."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dialogs.understand.gate import RANKS, SIGNS, Gate, Line
from dialogs.understand.topics import Entry, TopicIndex
from knowledge.book import NAME, DayBook
from knowledge.errors import FactError, Fault, FileError
from knowledge.strict_yaml import Path_, Sheet, load_sheet

_FILES = ("synonyms", "outside")
_NUMBER_HINT = "python -m bot.tools.fit_gate で書き直してください。"


def entries(day: DayBook) -> tuple[Entry, ...]:
    """What is searched of every topic, in the words of this day: the facts behind it too."""
    found = []
    for topic in day.book.topics.values():
        behind = [f"{{{name}}}" for name in topic.about]
        text = "\n".join(_said(each, day) for each in (*topic.answer, *behind))
        found.append(Entry(topic.id, topic.title, topic.also, text))
    return tuple(found)


def _said(text: str, day: DayBook) -> str:
    """The text with its facts; what has no value on this day is only left out of the search."""
    try:
        return day.fill(text)
    except FactError:
        return NAME.sub("", text)


@dataclass(frozen=True, slots=True)
class SearchWords:
    """synonyms.yaml: what stands for the same; outside.yaml: examples by group."""

    synonyms: Mapping[str, tuple[str, ...]]
    outside: Mapping[str, tuple[str, ...]]


def load_index(folder: Path, topics: Iterable[Entry]) -> TopicIndex:
    """The index over these topics, by the words and the gate in this folder. Raises FileError."""
    faults: list[Fault] = []
    gate = _gate(_sheet(folder, "gate.yaml", faults))
    if faults or gate is None:
        raise FileError(faults)
    words = load_search_words(folder)
    return TopicIndex(topics, words.synonyms, gate, words.outside)


def load_search_words(folder: Path) -> SearchWords:
    """Read synonyms.yaml and outside.yaml. Raises FileError listing every fault."""
    faults: list[Fault] = []
    synonyms, outside = (_lists(_sheet(folder, f"{name}.yaml", faults)) for name in _FILES)
    if faults:
        raise FileError(faults)
    return SearchWords(synonyms, outside)


def _sheet(folder: Path, name: str, faults: list[Fault]) -> Sheet:
    sheet = load_sheet(folder / name, f"{folder.parent.name}/{folder.name}/{name}")
    sheet.faults, found = faults, sheet.faults
    faults.extend(found)
    return sheet


def _lists(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    return {
        name: sheet.texts((name,), sheet.items((name,), value))
        for name, value in sheet.data.items()
    }


def _gate(sheet: Sheet) -> Gate | None:
    table = sheet.fields((), sheet.data, "answer_weight ranks answer outside")
    if table is None:
        return None
    ranks = sheet.fields(("ranks",), table["ranks"], " ".join(RANKS)) or {}
    answer, outside = (_line(sheet, name, table[name]) for name in ("answer", "outside"))
    weight = _number(sheet, ("answer_weight",), table["answer_weight"])
    weights = {name: _number(sheet, ("ranks", name), value) for name, value in ranks.items()}
    return Gate(weight, weights, answer, outside) if answer and outside else None


def _line(sheet: Sheet, name: str, value: object) -> Line | None:
    table = sheet.fields((name,), value, "constant least weights")
    if table is None:
        return None
    at = (name, "weights")
    weights: dict[str, Any] = sheet.fields(at, table["weights"], " ".join(SIGNS)) or {}
    constant, least = (_number(sheet, (name, key), table[key]) for key in ("constant", "least"))
    signs = {sign: _number(sheet, (*at, sign), value) for sign, value in weights.items()}
    return Line(constant, signs, least)


def _number(sheet: Sheet, at: Path_, value: object) -> float:
    """The value as a finite number; anything else is a fault and reads as 0."""
    try:
        number = float(sheet.text(at, value))
    except ValueError:
        number = math.nan
    if math.isfinite(number):
        return number
    sheet.fault(at, f"「{value}」は数ではありません。{_NUMBER_HINT}")
    return 0.0
