"""The report of a check: every fault with its place, what ends soon, and how much was walked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.check.contacts import check_contacts
from bot.check.days import check_days, warnings
from bot.check.links import check_links
from bot.check.protocol import check_protocol
from bot.check.sheets import TALK, Sheets, unread
from bot.check.texts import check_texts
from bot.check.values import check_cases, check_needed, check_values
from bot.check.walk import Walked, walk_all
from bot.content import Content, load_content
from knowledge.errors import Fault, FileError

Walk = Callable[[Content, date], Walked]


@dataclass(frozen=True, slots=True)
class Report:
    """`faults` stop the content; `warnings` are for a person to look at; `situations` walked."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    situations: int


def check_content(root: Path, day: date, walk: Walk = walk_all) -> Report:
    """Check the content of this folder as it will speak from this day on.

    `walk` walks the situations; another one may walk fewer of them.
    """
    if not all((root / folder).is_dir() for folder in ("knowledge", "dialogs")):
        text = "ここに knowledge/ と dialogs/ がありません。内容のある場所を指してください。"
        return Report((Fault(str(root), 0, text),), (), 0)
    try:
        content = load_content(root)
    except FileError as error:
        return Report(tuple(sorted({*error.faults, *unread(root)})), (), 0)
    sheets = Sheets(root)
    faults = [*unread(root), *check_values(sheets, content)]
    needed = check_needed(sheets, content)
    _check_sheets(sheets, content, day)
    walked = Walked() if needed else walk(content, day)
    for (name, text), first in walked.faults.items():
        kind = "questions" if name in content.flow.questions else "outcomes"
        sheets[TALK].fault((kind, name), f"{name}（{first}）: {text}")
    faults += [*needed, *sheets.faults]
    return Report(
        tuple(sorted(set(faults))), tuple(warnings(sheets, content, day)), walked.rows.total()
    )


def _check_sheets(sheets: Sheets, content: Content, day: date) -> None:
    """All checks that look at the files as they stand; the walk comes after."""
    check_texts(sheets, content)
    check_cases(sheets, content)
    check_contacts(sheets, content)
    check_protocol(sheets, content)
    check_links(sheets, content)
    check_days(sheets, content, day)
