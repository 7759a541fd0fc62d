"""`jigyokei understand --slot NAME --json`: what one reader makes of typed words, a line each."""

import argparse
import io
import sys
from collections.abc import Callable
from typing import Any

from bot.channels.json_out import encode
from bot.content import Content, load_content
from bot.mapped import after_message
from dialogs.understand.money import read_yen
from dialogs.understand.people import read_headcount
from dialogs.understand.readers import SLOTS
from dialogs.understand.reading import Reading, Span
from knowledge.errors import FileError

Read = Callable[[str], dict[str, Any]]
OUT_OF_SCOPE = "out_of_scope"
SHOWN = 3


def add_options(parser: argparse.ArgumentParser) -> None:
    names = (*SLOTS, "topic")
    parser.add_argument(
        "--slot",
        required=True,
        choices=names,
        metavar="NAME",
        help=f"読み取る質問。{'、'.join(names)} のどれか",
    )
    parser.add_argument("--json", action="store_true", required=True, help="1行ずつJSONで答えます")


def run(options: argparse.Namespace) -> int:
    try:
        content = load_content()
    except FileError as error:
        print(error, file=sys.stderr)
        return 1
    read = reader(content, options.slot)
    stdin = io.TextIOWrapper(sys.stdin.buffer, "utf-8", errors="replace", newline="\n")
    for line in stdin:
        sys.stdout.buffer.write(encode(read(line.rstrip("\r\n"))).encode())
        sys.stdout.buffer.flush()
        after_message()
    return 0


def reader(content: Content, slot: str) -> Read:
    """The reader of this slot, as the outside face answers."""
    if slot == "employees":
        return _employees
    if slot == "capital":
        return _capital
    if slot == "topic":
        return lambda text: _topic(content, text)
    if slot == "industry":
        return lambda text: _industry(content, text)
    readers = content.flow.readers
    many = content.flow.questions[slot].multi
    shown = None if slot == "prefecture" else SHOWN
    return lambda text: _reading(readers.read(slot, text, alone=True), many, shown)


def _line(value: Any, candidates: list[Any]) -> dict[str, Any]:
    return {"value": value, "candidates": candidates, "confident": value is not None}


def _reading(reading: Reading, many: bool, shown: int | None) -> dict[str, Any]:
    """A question of one answer gives a word, one of several a list; nothing named is `[]` there."""
    if many:
        return _line([*reading.candidates[0]] if reading.candidates else [], [])
    found = [values[0] for values in reading.candidates][:shown]
    return _line(found[0] if reading.sure else None, found)


def _spans(span: Span | None) -> dict[str, Any]:
    value = _number(span) if span else None
    return _line(value, [] if value is None else [value])


def _employees(text: str) -> dict[str, Any]:
    """The number as it was said, whoever of them is an employee."""
    found = read_headcount(text, alone=True)
    return _spans(found.said if found else None)


def _number(span: Span) -> Any:
    """One number, or both ends; an open end is null."""
    return span.low if span.low == span.high else [span.low, span.high]


def _capital(text: str) -> dict[str, Any]:
    money = read_yen(text, alone=True)
    if money.none:
        return _line(0, [0])
    if money.span:
        return _spans(money.span)
    return _line(None, list(money.doubt)[:SHOWN])


def _industry(content: Content, text: str) -> dict[str, Any]:
    asked = content.flow.questions["industry"]
    names = {choice.values[0]: choice.label for choice in asked.forms[-1].choices}
    reading = content.flow.readers.read("industry", text, alone=True)
    found = [{"id": v[0], "name": names[v[0]]} for v in reading.candidates][:SHOWN]
    return _line(found[0] if reading.sure else None, found)


def _topic(content: Content, text: str) -> dict[str, Any]:
    hit = content.flow.readers.index.search(text)
    value = hit.topic or (OUT_OF_SCOPE if hit.outside else None)
    return _line(value, [value] if value else list(hit.candidates)[:SHOWN])
