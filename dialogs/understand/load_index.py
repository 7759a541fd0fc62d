"""Reads synonyms.yaml, gate.yaml and model.json into a TopicIndex, or refuses every fault."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dialogs.understand.gate import RANKS, SIGNS, Gate, Line
from dialogs.understand.load_model import load_model
from dialogs.understand.model import Model
from dialogs.understand.tokens import load_cutter
from dialogs.understand.topics import Entry, TopicIndex
from knowledge.book import NAME, DayBook, Topic
from knowledge.errors import FactError, Fault, FileError
from knowledge.offices import Offices
from knowledge.strict_yaml import Path_, Sheet, load_sheet

_OFFICE = re.compile(r".*?\{office\.(\w+)\.")
_HINT = "python -m bot.tools.fit_search で書き直してください。"


def entries(day: DayBook) -> tuple[Entry, ...]:
    """What is searched of every topic, in the words of this day: the facts behind it too."""
    found = []
    for topic in day.book.topics.values():
        behind = [f"{{{name}}}" for name in topic.about]
        text = "\n".join(_said(each, day) for each in (*topic.answer, *behind))
        found.append(Entry(topic.id, topic.title, topic.also, text, _serves(topic, day.offices)))
    return tuple(found)


def _serves(topic: Topic, offices: Offices) -> frozenset[str]:
    """The prefectures a topic is for: those its title names, or those of the office it names."""
    named = frozenset(p for p in offices.prefectures if p.rstrip("都府県") in topic.title)
    office = _OFFICE.match(topic.answer[0])
    if named or office is None or topic.title[:2] not in offices.by_id[office[1]].name:
        return named
    posts = (offices.advice_posts, offices.filing_posts)
    return frozenset(p for each in posts for p, post in each.items() if post.office == office[1])


def _said(text: str, day: DayBook) -> str:
    """The text with its facts; what has no value on this day is only left out of the search."""
    try:
        return day.fill(text)
    except FactError:
        return NAME.sub("", text)


@dataclass(frozen=True, slots=True)
class Searching:
    """What gate.yaml, model.json and synonyms.yaml say."""

    gate: Gate
    model: Model
    synonyms: Mapping[str, tuple[str, ...]]

    def index(self, topics: Iterable[Entry], place: Callable[[str], str | None]) -> TopicIndex:
        """The index over these topics; takes a second or two to make."""
        return TopicIndex(topics, load_cutter(self.synonyms), self.gate, self.model, place)


def load_searching(folder: Path) -> Searching:
    """Read the three files of this folder. Raises FileError."""
    faults: list[Fault] = []
    gate = _gate(_sheet(folder, "gate.yaml", faults))
    model = _model(folder, faults)
    if faults or gate is None or model is None:
        raise FileError(faults)
    return Searching(gate, model, load_examples(folder, "synonyms"))


def load_index(
    folder: Path, topics: Iterable[Entry], place: Callable[[str], str | None]
) -> TopicIndex:
    """The index over these topics, by what the files of this folder say. Raises FileError."""
    return load_searching(folder).index(topics, place)


def load_examples(folder: Path, name: str) -> dict[str, tuple[str, ...]]:
    """synonyms.yaml: what stands for the same; outside.yaml: examples by group. Raises FileError.

    Wordings, by topic, have the same shape.
    """
    faults: list[Fault] = []
    sheet = _sheet(folder, f"{name}.yaml", faults)
    found = {
        key: sheet.texts((key,), sheet.items((key,), value)) for key, value in sheet.data.items()
    }
    if faults:
        raise FileError(faults)
    return found


def _model(folder: Path, faults: list[Fault]) -> Model | None:
    path = folder / "model.json"
    try:
        return load_model(path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        name = f"{folder.parent.name}/{folder.name}/model.json"
        faults.append(Fault(name, 0, f"読めません（{type(error).__name__}）。{_HINT}"))
        return None


def _sheet(folder: Path, name: str, faults: list[Fault]) -> Sheet:
    sheet = load_sheet(folder / name, f"{folder.parent.name}/{folder.name}/{name}")
    sheet.faults, found = faults, sheet.faults
    faults.extend(found)
    return sheet


def _gate(sheet: Sheet) -> Gate | None:
    table = sheet.fields((), sheet.data, "ranks answer outside")
    if table is None:
        return None
    ranks = sheet.fields(("ranks",), table["ranks"], " ".join(RANKS)) or {}
    answer, outside = (_line(sheet, name, table[name]) for name in ("answer", "outside"))
    weights = {name: _number(sheet, ("ranks", name), value) for name, value in ranks.items()}
    return Gate(weights, answer, outside) if answer and outside else None


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
    sheet.fault(at, f"「{value}」は数ではありません。{_HINT}")
    return 0.0
