"""A Fact: one value a person can act on, with its period and who says so."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

EVIDENCE = ("official", "official_copy", "semi", "press", "private", "inferred", "background")
"""Who stands behind a value, strongest first: see `knowledge/README.md`."""

_UNITS = {"千": 1_000, "万": 10_000, "億": 100_000_000}
_ERAS = {"令和": 2018, "平成": 1988}
_DIGITS = r"((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
_PART = re.compile(rf"{_DIGITS}([千万億]*)")
_AMOUNT = re.compile(rf"(?:{_DIGITS}[千万億]+)*{_DIGITS}[千万億]*[円人日年回社]?")
_WAREKI = re.compile(r"(令和|平成)(\d+|元)年(\d+)月(\d+)日")
_SPANS = {"日": 1, "週間": 7}


@dataclass(frozen=True, slots=True)
class Source:
    """A document. `title` and `short` are shown to people; `url` is official or None."""

    id: str
    title: str
    short: str
    issued: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One value. It holds from `start` to `end`, both days included; None means not known.

    `ends_for` says in words for whom `end` ends it. `rows` are the rows of the fact sheet.
    """

    id: str
    rows: tuple[str, ...]
    value: str
    source: str
    place: str
    evidence: str
    checked_on: date
    start: date | None
    end: date | None
    ends_for: str | None

    def holds(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def amount(text: str) -> int:
    """The whole number a value states: 「5千万円」 → 50000000, 「1,000人」 → 1000.

    Raises ValueError when the text states no whole number, or more than one.
    """
    total, plain = Decimal(0), unicodedata.normalize("NFKC", text)
    if not _AMOUNT.fullmatch(plain):
        raise ValueError(text)
    for match in _PART.finditer(plain):
        value = Decimal(match[1].replace(",", ""))
        for unit in match[2]:
            value *= _UNITS[unit]
        total += value
    if total % 1:
        raise ValueError(text)
    return int(total)


def span(text: str) -> int:
    """The days a value states: 「45日」 → 45, 「2週間」 → 14. Raises ValueError otherwise."""
    match = re.fullmatch(r"(\d+)(日|週間)", unicodedata.normalize("NFKC", text))
    if match is None:
        raise ValueError(text)
    return int(match[1]) * _SPANS[match[2]]


def day_of(text: str) -> date:
    """The day a value states: 「令和9年3月31日」 → 2027-03-31. Raises ValueError otherwise."""
    match = _WAREKI.fullmatch(unicodedata.normalize("NFKC", text))
    if match is None:
        raise ValueError(text)
    year = 1 if match[2] == "元" else int(match[2])
    return date(_ERAS[match[1]] + year, int(match[3]), int(match[4]))


def wareki(day: date) -> str:
    """The day as people here write it: 2026-12-06 → 「令和8年12月6日」."""
    year = day.year - _ERAS["令和"]
    return f"令和{'元' if year == 1 else year}年{day.month}月{day.day}日"
