"""Reads the questions of `consultation.yaml`."""

from typing import Any

from dialogs.flow import OUTCOME
from dialogs.load_text import QUESTIONS, Reader
from dialogs.question import Choice, Form, Question, Route
from knowledge.strict_yaml import Path_

DATA = ("role", "band", "region", "choice", "worry")
"""What a question may ask for. Nothing personal: no name, phone, mail, address or company."""
_REQUIRED = "title data ask why help choices"
_OPTIONAL = "forms next asked multi again keep typed yes_no"


def load_questions(reader: Reader, value: object) -> dict[str, Question]:
    """All questions by id, in the order of the file. Faults are kept in the sheet."""
    questions = {}
    table = reader.sheet.table(("questions",), value)
    for id in QUESTIONS:
        if id not in table:
            reader.sheet.fault(("questions",), f"「{id}」という質問がありません。")
    for id, each in table.items():
        reader.sheet.one_of(("questions", id), id, QUESTIONS)
        question = _question(reader, ("questions", id), id, each, tuple(table))
        if question:
            questions[id] = question
    return questions


def _question(
    reader: Reader, at: Path_, id: str, value: object, known: tuple[str, ...]
) -> Question | None:
    sheet = reader.sheet
    table = sheet.fields(at, value, _REQUIRED, _OPTIONAL)
    if table is None:
        return None
    usual = _form(reader, at, table, None)
    forms = sheet.items((*at, "forms"), table.get("forms", []))
    special = [_special(reader, (*at, "forms", i), form, usual) for i, form in enumerate(forms)]
    asked = "asked" not in table
    return Question(
        id,
        title=sheet.text((*at, "title"), table["title"]),
        data=sheet.one_of((*at, "data"), table["data"], DATA),
        why=reader.say((*at, "why"), table["why"]),
        multi="multi" in table,
        asked=asked,
        forms=(*(form for form in special if form), usual),
        typed=_choices(reader, (*at, "typed"), table.get("typed", {})),
        routes=_routes(reader, (*at, "next"), table.get("next", []), known) if asked else (),
        again=reader.rule_of(at, table, "again"),
        keep=reader.rule_of(at, table, "keep"),
        under_over=_yes_no(reader, (*at, "yes_no"), table.get("yes_no")),
    )


def _form(reader: Reader, at: Path_, table: dict[str, Any], usual: Form | None) -> Form:
    """How it is put to one kind of asker; what is left out is as usual."""
    help_ = table.get("help", usual.help if usual else "")
    choices = table.get("choices")
    return Form(
        when=reader.rule_of(at, table, "if"),
        ask=reader.say((*at, "ask"), table["ask"]),
        help=reader.say((*at, "help"), help_),
        choices=usual.choices
        if usual and choices is None
        else _choices(reader, (*at, "choices"), choices),
    )


def _special(reader: Reader, at: Path_, value: object, usual: Form) -> Form | None:
    table = reader.sheet.fields(at, value, "if ask", "help choices")
    return _form(reader, at, table, usual) if table else None


def _choices(reader: Reader, at: Path_, value: object) -> tuple[Choice, ...]:
    """The buttons in order. The word `prefectures` stands for the 47 of the book."""
    if value == "prefectures":
        names = {name: name for name in reader.book.offices.prefectures}
        value = {**names, "unknown": "わからない"}
    table = reader.sheet.table(at, value)
    return tuple(
        Choice(tuple(v.split(",")), reader.sheet.text((*at, v), label))
        for v, label in table.items()
    )


def _routes(reader: Reader, at: Path_, value: object, known: tuple[str, ...]) -> tuple[Route, ...]:
    """Where it leads: rules first, and at last a route that is always open."""
    routes = []
    for i, each in enumerate(reader.sheet.items(at, value)):
        table = reader.sheet.fields((*at, i), each, "go", "if")
        if table:
            to = reader.sheet.one_of((*at, i), table["go"], (*known, OUTCOME))
            routes.append(Route(reader.rule_of((*at, i), table, "if"), to))
    if not routes or routes[-1].when or any(route.when is None for route in routes[:-1]):
        reader.sheet.fault(at, "next の最後（だけ）は、if: のない行き先にしてください。")
    return tuple(routes)


def _yes_no(reader: Reader, at: Path_, value: object) -> tuple[str, str] | None:
    if value is None:
        return None
    table = reader.sheet.fields(at, value, "under over")
    return (table["under"], table["over"]) if table else None
