"""Reads the YAML of this folder into a Flow, or refuses it with every fault and its line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dialogs.flow import OUTCOME, Flow, Operator, Row
from dialogs.heard import COMMANDS
from dialogs.load_advice import load_advice
from dialogs.load_questions import load_questions
from dialogs.load_text import Reader
from dialogs.question import Question
from dialogs.understand.readers import load_readers
from dialogs.way import build_machine
from dialogs.words import WORDS
from knowledge.book import Book
from knowledge.errors import Fault, FileError
from knowledge.strict_yaml import Sheet, load_sheet

PLANS = (
    "single", "joint", "both", "second", "follow_up", "consult", "not_eligible", "supporter",
    "other_scheme", "emergency",
)  # fmt: skip
LEANINGS = ("single", "joint")
FIRSTS = ("advice", "filing", "follow_up")
_ROW = "if policy plan title because step"
_ROW_MORE = "leaning first step_if steps notes warn benefits offers letter"


def load_flow(root: Path, book: Book, operator: Operator) -> Flow:
    """Read the folder of `consultation.yaml` … Raises FileError listing every fault."""
    faults: list[Fault] = []

    def sheet(name: str) -> Sheet:
        read = load_sheet(root / name, f"{root.name}/{name}")
        read.faults, collected = faults, read.faults
        faults.extend(collected)
        return read

    talk, advice_sheet = sheet("consultation.yaml"), sheet("advice.yaml")
    words = _words(Reader(sheet("words.yaml"), book))
    commands = _commands(sheet("commands.yaml"))
    advice = load_advice(Reader(advice_sheet, book))
    parts = talk.fields((), talk.data, "version start renames questions outcomes leave")
    if parts is None or advice is None:
        raise FileError(faults)
    reader = Reader(talk, book)
    questions = load_questions(reader, parts["questions"])
    rows = tuple(
        row
        for id, value in talk.table(("outcomes",), parts["outcomes"]).items()
        if (row := _row(reader, ("outcomes", id), id, value, advice))
    )
    leave = _leave(reader, parts["leave"], advice)
    version = talk.text(("version",), parts["version"])
    start = talk.one_of(("start",), parts["start"], questions)
    renames = talk.table(("renames",), parts["renames"])
    if rows and rows[-1].when.name != "always":
        talk.fault(("outcomes",), "最後の結果は「if: always」にしてください。")
    if faults or leave is None:
        raise FileError(faults)
    _check_routes(talk, questions, start)
    if faults:
        raise FileError(faults)
    machine = build_machine(questions, start)
    readers = load_readers(root / "understand", book)
    return Flow(
        version,
        start,
        renames,
        questions,
        rows,
        leave,
        advice,
        words,
        commands,
        operator,
        readers,
        machine,
    )


def _words(reader: Reader) -> Mapping[str, str]:
    sheet = reader.sheet
    for key in sheet.data:
        if key not in WORDS:
            sheet.fault((key,), f"「{key}」という決まり文句は使われていません。")
    for key, names in WORDS.items():
        if key not in sheet.data:
            sheet.fault((), f"「{key}」という決まり文句がありません。")
        else:
            reader.say((key,), sheet.data[key], names)
    return {key: value for key, value in sheet.data.items() if isinstance(value, str)}


def _commands(sheet: Sheet) -> Mapping[str, tuple[str, ...]]:
    table = sheet.fields((), sheet.data, " ".join(COMMANDS)) or {}
    found: dict[str, str] = {}
    for name, words in table.items():
        for i, word in enumerate(sheet.texts((name,), sheet.items((name,), words))):
            if word in found:
                sheet.fault((name, i), f"「{word}」は「{found[word]}」にもあります。")
            found[word] = name
    return {name: tuple(words) for name, words in table.items()}


def _row(reader: Reader, at: tuple[str, ...], id: str, value: object, advice: Any) -> Row | None:
    sheet = reader.sheet
    table = sheet.fields(at, value, _ROW, _ROW_MORE)
    if table is None:
        return None
    because = sheet.items((*at, "because"), table["because"])
    step = reader.lines_if((*at, "step_if"), table.get("step_if"))
    step += (reader.plain_line((*at, "step"), table["step"]),)
    when = reader.rule((*at, "if"), table["if"])
    if when is None:
        return None
    return Row(
        id=id,
        when=when,
        policy=reader.say((*at, "policy"), table["policy"]),
        plan=sheet.one_of((*at, "plan"), table["plan"], PLANS),
        leaning=reader.maybe(at, table, "leaning", LEANINGS),
        first=reader.maybe(at, table, "first", FIRSTS) or "advice",
        title=reader.say((*at, "title"), table["title"]),
        because=tuple(
            line
            for i, each in enumerate(because)
            if (line := reader.line((*at, "because", i), each, "question"))
        ),
        step=step,
        steps=reader.maybe(at, table, "steps", advice.steps),
        notes=reader.names((*at, "notes"), table.get("notes", []), advice.notes),
        warn=reader.maybe(at, table, "warn", advice.notes),
        benefits=reader.maybe(at, table, "benefits", advice.groups()),
        offers=reader.maybe(at, table, "offers", ("hurry",)),
        letter=reader.maybe(at, table, "letter", advice.letters),
    )


def _leave(reader: Reader, value: object, advice: Any) -> Row | None:
    """What is said to someone who leaves before an outcome: a row that no answers reach."""
    table = dict(reader.sheet.table(("leave",), value))
    row = reader.sheet.text(("leave", "row"), table.pop("row", ""))
    return _row(reader, ("leave",), row, {"if": "always", **table}, advice)


def _check_routes(sheet: Sheet, questions: Mapping[str, Question], start: str) -> None:
    """Every question is reached, leads on, and no way comes back to a question (no loops)."""
    order: dict[str, int] = {}

    def visit(id: str, above: tuple[str, ...]) -> None:
        if id in above:
            sheet.fault(("questions", id, "next"), f"「{id}」に戻る道があります（終わりません）。")
            return
        order[id] = len(order)
        for route in questions[id].routes:
            if route.to != OUTCOME:
                visit(route.to, (*above, id))

    visit(start, ())
    for id, question in questions.items():
        if question.asked and id not in order:
            sheet.fault(("questions", id), f"「{id}」に行く道がありません。")
