"""Reads the fact files: one entry a fact, or a list of entries where its value changes in time."""

import re
from collections.abc import Collection
from itertools import pairwise
from typing import Any

from knowledge.book import NAME
from knowledge.facts import EVIDENCE, Fact
from knowledge.strict_yaml import Path_, Sheet

_ID = re.compile(r"[a-z][a-z0-9_]*")
_ROW = re.compile(r"\d+(\.\d+)*-[A-Za-z0-9]+")


def load_facts(sheets: list[Sheet], sources: Collection[str]) -> dict[str, tuple[Fact, ...]]:
    """All facts by id, each with its periods, oldest first. Faults are kept in the sheets."""
    facts: dict[str, tuple[Fact, ...]] = {}
    for sheet in sheets:
        for id, value in sheet.data.items():
            if id in facts:
                sheet.fault((id,), f"「{id}」という事実は、ほかのファイルにもあります。")
            if not _ID.fullmatch(id):
                sheet.fault((id,), f"「{id}」は英小文字、数字、_ で書いてください。")
            facts[id] = _periods(sheet, id, value, sources)
    for sheet in sheets:
        for id in sheet.data:
            _check_names(sheet, id, facts)
    return facts


def origin(
    sheet: Sheet, at: Path_, table: dict[str, Any], sources: Collection[str]
) -> dict[str, Any]:
    """What every entry says of where it comes from: rows, source, place, evidence, checked_on."""
    rows = sheet.texts((*at, "row"), table["row"])
    for row in rows:
        if not _ROW.fullmatch(row):
            sheet.fault((*at, "row"), f"「{row}」は行の番号（例 1.4.2-3）ではありません。")
    return {
        "rows": rows,
        "source": sheet.one_of((*at, "source"), table["source"], sources),
        "place": sheet.text((*at, "place"), table["place"]),
        "evidence": sheet.one_of((*at, "evidence"), table["evidence"], EVIDENCE),
        "checked_on": sheet.day((*at, "checked_on"), table["checked_on"]),
    }


def _periods(sheet: Sheet, id: str, value: object, sources: Collection[str]) -> tuple[Fact, ...]:
    if not isinstance(value, list):
        fact = _fact(sheet, (id,), id, value, sources)
        return (fact,) if fact else ()
    if not value:
        sheet.fault((id,), f"「{id}」に値がありません。")
    read = [_fact(sheet, (id, i), id, each, sources) for i, each in enumerate(value)]
    periods = tuple(fact for fact in read if fact)
    for before, after in pairwise(periods):
        if before.end is None or after.start is None or before.end >= after.start:
            sheet.fault((id,), f"「{id}」の期間が重なるか、順番が違います。")
    return periods


def _fact(sheet: Sheet, at: Path_, id: str, value: object, sources: Collection[str]) -> Fact | None:
    required = "row value source place evidence checked_on"
    table = sheet.fields(at, value, required, "from until ends_for")
    if table is None:
        return None
    start = sheet.day((*at, "from"), table["from"]) if "from" in table else None
    end = sheet.day((*at, "until"), table["until"]) if "until" in table else None
    if ("until" in table) != ("ends_for" in table):
        sheet.fault(at, "「until」と「ends_for」（だれにとっての終わりか）は一緒に書きます。")
    if start and end and start > end:
        sheet.fault((*at, "until"), "「until」が「from」より前です。")
    return Fact(
        id,
        value=sheet.text((*at, "value"), table["value"]),
        start=start,
        end=end,
        ends_for=sheet.maybe(at, table, "ends_for"),
        **origin(sheet, at, table, sources),
    )


def _check_names(sheet: Sheet, id: str, facts: dict[str, tuple[Fact, ...]]) -> None:
    """A value may name other facts, but only ones that name none themselves."""
    for fact in facts[id]:
        for name in NAME.findall(fact.value):
            if name not in facts:
                sheet.fault((id,), f"「{{{name}}}」という事実はありません。")
            elif any("{" in named.value for named in facts[name]):
                sheet.fault((id,), f"「{{{name}}}」は、ほかの事実を含むので引けません。")
