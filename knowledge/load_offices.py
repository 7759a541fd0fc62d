"""Reads `offices.yaml`: the contacts, and the two maps of the 47 prefectures."""

import re
from collections.abc import Collection
from typing import Any

from knowledge.facts import EVIDENCE
from knowledge.load_facts import origin
from knowledge.offices import KINDS, Office, Offices, Post
from knowledge.strict_yaml import Sheet

PREFECTURES = 47
_PHONE = re.compile(r"0\d{1,4}-\d{1,4}-\d{3,4}")
_URL = re.compile(r"https://[a-z0-9.-]+(/\S*)?")


def load_offices(sheet: Sheet, sources: Collection[str]) -> Offices:
    """The offices and both maps. Faults are kept in the sheet."""
    parts = sheet.fields((), sheet.data, "offices advice filing")
    if parts is None:
        return Offices({}, {}, {})
    offices = {}
    for id, value in sheet.table(("offices",), parts["offices"]).items():
        if office := _office(sheet, id, value, sources):
            offices[id] = office
    if "headquarters" not in offices:
        sheet.fault(("offices",), "本部（headquarters）の窓口がありません。")
    advice, filing = (_posts(sheet, kind, parts, offices) for kind in ("advice", "filing"))
    for name in sorted(set(advice) ^ set(filing)):
        sheet.fault(("advice",), f"「{name}」が advice と filing の片方にしかありません。")
    if len(advice) != PREFECTURES:
        sheet.fault(("advice",), f"都道府県が{len(advice)}件です。{PREFECTURES}件にしてください。")
    for id, office in offices.items():
        for i, name in enumerate(office.serves):
            if name not in advice:
                at = ("offices", id, "serves", i)
                sheet.fault(at, f"「{name}」という都道府県はありません。")
    return Offices(offices, advice, filing)


def _office(sheet: Sheet, id: str, value: object, sources: Collection[str]) -> Office | None:
    at = ("offices", id)
    required = "kind name row source place evidence checked_on"
    table = sheet.fields(at, value, required, "phone url address mail serves")
    if table is None:
        return None
    for key, shape, hint in (("phone", _PHONE, "03-1234-5678"), ("url", _URL, "https://…")):
        if key in table and not shape.fullmatch(sheet.text((*at, key), table[key])):
            sheet.fault((*at, key), f"「{table[key]}」は {hint} の形で書いてください。")
    if "phone" not in table and "url" not in table:
        sheet.fault(at, f"「{id}」には phone か url が要ります。")
    return Office(
        id,
        kind=sheet.one_of((*at, "kind"), table["kind"], KINDS),
        name=sheet.text((*at, "name"), table["name"]),
        phone=table.get("phone"),
        url=table.get("url"),
        address=sheet.maybe(at, table, "address"),
        mail=sheet.maybe(at, table, "mail"),
        serves=sheet.texts((*at, "serves"), table["serves"]) if "serves" in table else (),
        **origin(sheet, at, table, sources),
    )


def _posts(
    sheet: Sheet, kind: str, parts: dict[str, Any], offices: dict[str, Office]
) -> dict[str, Post]:
    posts = {}
    for name, value in sheet.table((kind,), parts[kind]).items():
        at = (kind, name)
        table = sheet.fields(at, value, "office evidence verified_on", "check")
        if table is None:
            continue
        known = [id for id, office in offices.items() if office.kind == kind]
        check = sheet.one_of((*at, "check"), table.get("check", "false"), ("true", "false"))
        posts[name] = Post(
            office=sheet.one_of((*at, "office"), table["office"], known),
            evidence=sheet.one_of((*at, "evidence"), table["evidence"], EVIDENCE),
            verified_on=sheet.day((*at, "verified_on"), table["verified_on"]),
            check=check == "true",
        )
    return posts
