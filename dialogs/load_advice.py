"""Reads `advice.yaml`: what outcomes are made of."""

from typing import Any

from dialogs.flow import Advice, Benefit, Line, Text
from dialogs.load_text import Reader
from knowledge.strict_yaml import Path_

_LINE = ("text", "source", "place", "if")
_PARTS = "plans selves first_steps size_reason worries general_notes notes benefits steps"
_PARTS += " compare letters"


def load_advice(reader: Reader) -> Advice | None:
    """The advice, or None where a part is missing. Faults are kept in the sheet."""
    sheet = reader.sheet
    parts = sheet.fields((), sheet.data, _PARTS)
    if parts is None:
        return None
    size_reason = reader.line(("size_reason",), parts["size_reason"], "question")
    notes = _lines(reader, ("notes",), parts["notes"], "screen")
    benefits = sheet.table(("benefits",), parts["benefits"])
    steps = sheet.table(("steps",), parts["steps"])
    return Advice(
        plans=_table(reader, ("plans",), parts["plans"]),
        selves=_table(reader, ("selves",), parts["selves"]),
        first_steps=tuple(
            line
            for i, each in enumerate(sheet.items(("first_steps",), parts["first_steps"]))
            for line in reader.lines_if(("first_steps", i), each)
        ),
        size_reason=size_reason or Line("", "", ""),
        worries=_lines(reader, ("worries",), parts["worries"]),
        general_notes=reader.names(("general_notes",), parts["general_notes"], notes),
        notes=notes,
        benefits=tuple(
            found for id, each in benefits.items() if (found := _benefit(reader, id, each))
        ),
        steps={id: _steps(reader, ("steps", id), each) for id, each in steps.items()},
        compare=tuple(_texts(reader, ("compare",), parts["compare"]).values()),
        letters=_texts(reader, ("letters",), parts["letters"]),
    )


def _table(reader: Reader, at: Path_, value: object) -> dict[str, str]:
    table = reader.sheet.table(at, value)
    return {key: reader.sheet.text((*at, key), each) for key, each in table.items()}


def _lines(reader: Reader, at: Path_, value: object, more: str = "") -> dict[str, Line]:
    found = {}
    for id, each in reader.sheet.table(at, value).items():
        if line := reader.line((*at, id), each, more):
            found[id] = line
    return found


def _steps(reader: Reader, at: Path_, value: object) -> tuple[Line, ...]:
    items = reader.sheet.items(at, value)
    lines = (reader.line((*at, i), each) for i, each in enumerate(items))
    return tuple(line for line in lines if line)


def _benefit(reader: Reader, id: str, value: object) -> Benefit | None:
    sheet, at = reader.sheet, ("benefits", id)
    table = sheet.fields(at, value, "title for text source place", "if concerns")
    said = {key: each for key, each in (table or {}).items() if key in _LINE}
    if table is None or (line := reader.line(at, said)) is None:
        return None
    return Benefit(
        id,
        title=reader.say((*at, "title"), table["title"]),
        line=line,
        serves=sheet.texts((*at, "for"), sheet.items((*at, "for"), table["for"])),
        concerns=sheet.texts((*at, "concerns"), table.get("concerns", [])),
    )


def _texts(reader: Reader, at: Path_, value: object) -> dict[str, Text]:
    return {
        id: text
        for id, each in reader.sheet.table(at, value).items()
        if (text := _text(reader, (*at, id), each))
    }


def _text(reader: Reader, at: Path_, value: object) -> Text | None:
    table: dict[str, Any] | None = reader.sheet.fields(at, value, "title lines source place")
    if table is None:
        return None
    lines = reader.sheet.items((*at, "lines"), table["lines"])
    return Text(
        title=reader.sheet.text((*at, "title"), table["title"]),
        lines=tuple(reader.say((*at, "lines", i), line) for i, line in enumerate(lines)),
        source=reader.sheet.one_of((*at, "source"), table["source"], reader.book.sources),
        place=reader.sheet.text((*at, "place"), table["place"]),
    )
