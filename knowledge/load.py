"""Reads the content files into a Book, or refuses them with every fault and its line."""

import re
from pathlib import Path

from knowledge.book import Book, Case
from knowledge.errors import Fault, FileError
from knowledge.facts import Source
from knowledge.load_facts import load_facts, origin
from knowledge.load_offices import load_offices
from knowledge.load_topics import load_topics
from knowledge.places import load_places
from knowledge.strict_yaml import Sheet, load_sheet

CASE_PLANS = ("joint", "single", "unstated", "none")
_SOURCE_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ORIGIN = "row source place evidence checked_on"


def load_book(root: Path) -> Book:
    """Read the folder of `sources.yaml`, `facts/` … Raises FileError listing every fault."""
    faults: list[Fault] = []

    def sheet(name: str) -> Sheet:
        read = load_sheet(root / name, f"{root.name}/{name}")
        read.faults, collected = faults, read.faults
        faults.extend(collected)
        return read

    def folder(name: str) -> list[Sheet]:
        return [sheet(f"{name}/{path.name}") for path in sorted((root / name).glob("*.yaml"))]

    listed = sheet("sources.yaml")
    parts = listed.fields((), listed.data, "sources rows") or {"sources": {}, "rows": []}
    sources = _sources(listed, parts["sources"])
    rows = listed.texts(("rows",), listed.items(("rows",), parts["rows"]))
    facts = load_facts(folder("facts"), sources)
    offices = load_offices(sheet("offices.yaml"), sources)
    cases = _cases(sheet("cases.yaml"), sources)
    topics = load_topics(folder("topics"), facts, offices, sources)
    places = load_places(root / "municipalities.json")
    book = Book(facts, offices, cases, topics, sources, places, rows)
    _check_rows(listed, book)
    if faults:
        raise FileError(faults)
    return book


def _sources(sheet: Sheet, value: object) -> dict[str, Source]:
    sources = {}
    for id, each in sheet.table(("sources",), value).items():
        at = ("sources", id)
        if not _SOURCE_ID.fullmatch(id):
            sheet.fault(at, f"「{id}」は英字、数字、_ で書いてください。")
        if table := sheet.fields(at, each, "title", "short issued url note"):
            title = sheet.text((*at, "title"), table["title"])
            short, issued, url = (sheet.maybe(at, table, key) for key in ("short", "issued", "url"))
            sources[id] = Source(id, title, short or title, issued, url)
    return sources


def _check_rows(sheet: Sheet, book: Book) -> None:
    """Every listed row of the fact sheet is carried by a fact, an office or a case."""
    carried = {row for periods in book.facts.values() for fact in periods for row in fact.rows}
    carried.update(row for office in book.offices.by_id.values() for row in office.rows)
    carried.update(row for case in book.cases.values() for row in case.rows)
    for i, row in enumerate(book.rows):
        if row not in carried:
            sheet.fault(("rows", i), f"行「{row}」を述べる事実がありません。")


def _cases(sheet: Sheet, sources: dict[str, Source]) -> dict[str, Case]:
    cases = {}
    for id, value in sheet.data.items():
        required = f"name plan industry concerns text {_ORIGIN}"
        table = sheet.fields((id,), value, required, "prefecture")
        if table is None:
            continue
        cases[id] = Case(
            id,
            name=sheet.text((id, "name"), table["name"]),
            plan=sheet.one_of((id, "plan"), table["plan"], CASE_PLANS),
            industry=sheet.text((id, "industry"), table["industry"]),
            concerns=sheet.texts((id, "concerns"), table["concerns"]),
            prefecture=sheet.maybe((id,), table, "prefecture"),
            text=sheet.text((id, "text"), table["text"]),
            **origin(sheet, (id,), table, sources),
        )
    return cases
