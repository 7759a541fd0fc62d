"""Transcripts: whole talks of made-up people, one YAML file each. README.md is for editors."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dialogs.heard import Hello, Place, Press, Said, Text
from knowledge.errors import FileError
from knowledge.strict_yaml import Path_, Sheet, load_sheet

FOLDER = Path(__file__).resolve().parent
KINDS = ("question", "clarify", "faq", "unknown", "outcome", "command", "handoff")
NO_RULE = "none"
"""The `rule` of someone to whom nothing is recommended, not even an office."""
SAYING: dict[str, Callable[[str], Said]] = {
    "says": Text,
    "press": Press,
    "place": lambda address: Place(address, None, None),
}
_STEP = "on told not_told state kind"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a person says, as heard and as written in the file, and what must come back."""

    said: Said
    words: str
    on: date
    line: int = 0
    told: tuple[str, ...] = ()
    not_told: tuple[str, ...] = ()
    state: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class End:
    """What the person is left with: the row of the table, and phrases heard and not heard."""

    rule: str
    told: tuple[str, ...]
    not_told: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """One made-up person: who they are, what they say, and what they must be left with."""

    file: str
    who: str
    talk: tuple[Step, ...]
    end: End


def load_transcripts(folder: Path = FOLDER) -> list[Transcript]:
    """Every transcript of the folder, by file name. Raises FileError that lists all faults."""
    sheets = [load_sheet(path, path.name) for path in sorted(folder.glob("*.yaml"))]
    found = [_transcript(sheet) for sheet in sheets]
    faults = [fault for sheet in sheets for fault in sheet.faults]
    if faults:
        raise FileError(faults)
    return [transcript for transcript in found if transcript]


def _transcript(sheet: Sheet) -> Transcript | None:
    data = sheet.fields((), sheet.data, "who on talk ends")
    if data is None:
        return None
    on = sheet.day(("on",), data["on"])
    talk = [Step(Hello(), "（あいさつ）", on)]
    for number, each in enumerate(sheet.items(("talk",), data["talk"])):
        step = _step(sheet, ("talk", number), each, on)
        talk += [step] if step else []
        on = step.on if step else on
    end = _end(sheet, data["ends"])
    return Transcript(sheet.name, sheet.text(("who",), data["who"]), tuple(talk), end)


def _step(sheet: Sheet, at: Path_, given: object, on: date) -> Step | None:
    """One entry of `talk:`. The day stands until another one is given."""
    data = sheet.fields(at, given, "", f"{' '.join(SAYING)} {_STEP}")
    if data is None:
        return None
    ways = [way for way in SAYING if way in data]
    if len(ways) != 1:
        sheet.fault(at, f"{'・'.join(SAYING)} のどれか1つを書いてください。")
        return None
    way = ways[0]
    words = sheet.text((*at, way), data[way])
    return Step(
        SAYING[way](words),
        f"{way}: {words}",
        _day(sheet, at, data, on),
        sheet.line(at),
        _phrases(sheet, at, data, "told"),
        _phrases(sheet, at, data, "not_told"),
        sheet.maybe(at, data, "state"),
        sheet.one_of((*at, "kind"), data["kind"], KINDS) if "kind" in data else None,
    )


def _day(sheet: Sheet, at: Path_, data: dict[str, Any], last: date) -> date:
    if "on" not in data:
        return last
    day = sheet.day((*at, "on"), data["on"])
    if day < last:
        sheet.fault((*at, "on"), "前の日付より後にしてください。")
    return day


def _phrases(sheet: Sheet, at: Path_, data: dict[str, Any], key: str) -> tuple[str, ...]:
    return sheet.texts((*at, key), data[key]) if key in data else ()


def _end(sheet: Sheet, given: object) -> End:
    """Everybody must be told something, and must be spared something: neither may be empty."""
    at = ("ends",)
    data = sheet.fields(at, given, "rule told not_told") or {}
    told, not_told = _phrases(sheet, at, data, "told"), _phrases(sheet, at, data, "not_told")
    if data and not (told and not_told):
        sheet.fault(at, "told と not_told には、言葉が1つずつは要ります。")
    return End(sheet.maybe(at, data, "rule") or "", told, not_told, sheet.line(at))
