"""The report of a check: every fault with its place, what ends soon, and how much was walked."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.check.situations import SOON
from bot.check.texts import check_texts
from bot.check.walk import walk_all
from bot.content import Content, load_content
from dialogs.intervals import PEOPLE, YEN
from knowledge.errors import Fault, FileError
from knowledge.facts import Fact
from knowledge.strict_yaml import load_sheet

STALE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Report:
    """`faults` stop the content; `warnings` are for a person to look at; `situations` walked."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    situations: int


def check_content(root: Path, day: date) -> Report:
    """Check the content of this folder as it will speak from this day on."""
    try:
        content = load_content(root)
    except FileError as error:
        return Report(tuple(error.faults), (), 0)
    faults = [fault for sheet in check_texts(root, content) for fault in sheet.faults]
    faults += _scale_faults(root, content, day)
    walked = walk_all(content, day)
    talk = load_sheet(root / "dialogs/consultation.yaml", "dialogs/consultation.yaml")
    for (row, text), first in walked.faults.items():
        talk.fault(("outcomes", row), f"{row}（{first}）: {text}")
    faults += talk.faults
    return Report(
        tuple(sorted(set(faults))), tuple(_warnings(root, content, day)), walked.rows.total()
    )


def _scale_faults(root: Path, content: Content, day: date) -> list[Fault]:
    """Every limit of the size table lies on an edge of the fixed scale (design, decision 4)."""
    from dialogs.intervals import PEOPLE, YEN

    faults = []
    book = content.book.on(day)
    for name, periods in content.book.facts.items():
        scale = PEOPLE if name.startswith("limit_employees_") else YEN
        if name.startswith("limit_") and book.amount(name) not in {i.high for i in scale.values()}:
            text = f"「{name}」の{periods[0].value}は、人数や資本金の区切りに合いません。"
            faults.append(_place(root, name, text))
    return faults


def _warnings(root: Path, content: Content, day: date) -> list[Fault]:
    found = []
    for name, periods in content.book.facts.items():
        for fact in periods:
            if fact.end and day <= fact.end <= day + SOON:
                text = f"「{name}」は{fact.end}で終わります（{fact.ends_for}）。"
                found.append(_place(root, name, text))
        if _stale(periods, day):
            found.append(_place(root, name, f"「{name}」は1年より長く確かめていません。"))
    return sorted(set(found))


def _stale(periods: tuple[Fact, ...], day: date) -> bool:
    return max(fact.checked_on for fact in periods) < day - STALE


def _place(root: Path, name: str, text: str) -> Fault:
    """The file and line a fact stands in."""
    for path in sorted((root / "knowledge" / "facts").glob("*.yaml")):
        file = f"knowledge/facts/{path.name}"
        sheet = load_sheet(path, file)
        if name in sheet.data:
            return Fault(file, sheet.line((name,)), text)
    raise AssertionError(name)
