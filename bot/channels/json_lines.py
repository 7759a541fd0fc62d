"""The talk as JSON, a line in and a line out: the outside face of `protocol.md`."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.channels.json_out import VERSION, encode, turn_object
from bot.commands.options import FIRST_YEAR, LAST_YEAR
from bot.mapped import after_message
from dialogs.flow import Flow
from dialogs.heard import Form, Heard, Hello, Place, Press, Said, Text
from dialogs.session import Session
from dialogs.turn import take_turn
from knowledge.book import Book

KEYS = ("text", "press", "location", "new")


class LineError(Exception):
    """A line that cannot be taken: `code` is the protocol's, the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass
class Talk:
    """One talk over lines. `now` never goes back."""

    flow: Flow
    book: Book
    now: datetime
    at: datetime | None = None
    session: Session = field(default_factory=Session)
    count: int = 0

    def greet(self) -> dict[str, Any]:
        return self._new({})

    def answer(self, line: str) -> dict[str, Any]:
        """The object that answers this line; errors leave everything as it was."""
        try:
            return self._answer(line)
        except LineError as error:
            return {"v": VERSION, "error": {"code": error.code, "message": str(error)}}

    def _answer(self, line: str) -> dict[str, Any]:
        line = line.removeprefix("\ufeff")
        if not line.strip():
            raise LineError("blank", "空の行です。文字かJSONを送ってください。")
        if not line.lstrip().startswith("{"):
            return self._take(Text(line))
        asked = _object(line)
        at = _at(asked, self.at)
        given = [key for key in KEYS if key in asked]
        if len(given) != 1:
            raise LineError("bad_key", f"{'・'.join(KEYS)} のどれか1つを入れてください。")
        others = set(asked) - {given[0], "at"} - ({"answers"} if given[0] == "new" else set())
        if others:
            raise LineError("bad_key", f"「{'・'.join(sorted(others))}」という名前は使えません。")
        if given[0] == "new":
            answers = _answers(asked)
            self._check_lists(asked.get("answers", {}))
            return self._new(answers, at)
        said = _said(given[0], asked[given[0]])
        self.at, self.now = at or self.at, at or self.now
        return self._take(said)

    def _check_lists(self, answers: dict[str, Any]) -> None:
        """A list holds values, each of them known: none is quietly left out."""
        for question, value in answers.items():
            asked = self.flow.questions.get(question)
            if asked and isinstance(value, list) and not asked.knows(tuple(value)):
                raise LineError("bad_answer", f"「{question}」の答えが使えません。")

    def _new(self, answers: dict[str, str], at: datetime | None = None) -> dict[str, Any]:
        """Forget the person and greet a new one who has given these answers."""
        now, session = at or self.now, Session()
        if answers:
            session = self._given(answers, now)
        self.at, self.now, self.session, self.count = at or self.at, now, session, 0
        return self._take(Hello())

    def _given(self, answers: dict[str, str], now: datetime) -> Session:
        for question in answers:
            if question not in self.flow.questions:
                raise LineError("bad_answer", f"「{question}」という質問はありません。")
        turn = take_turn(self.flow, self.book, Session(), _heard(Form(answers), now, 0), now)
        for question in answers:
            if question not in turn.read:
                raise LineError("bad_answer", f"「{question}」の答えが使えません。")
        return turn.session

    def _take(self, said: Said) -> dict[str, Any]:
        self.count += 1
        heard = _heard(said, self.now, self.count)
        turn = take_turn(self.flow, self.book, self.session, heard, self.now)
        self.session = turn.session
        after_message()
        return turn_object(self.flow, turn)


def _heard(said: Said, now: datetime, count: int) -> Heard:
    return Heard("talk", str(count), now, said)


def _object(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line.strip())
    except (ValueError, RecursionError):
        raise LineError("bad_json", "JSONとして読めません。") from None
    assert isinstance(asked, dict)
    return asked


def _at(asked: dict[str, Any], last: datetime | None) -> datetime | None:
    """The time of the line, or None where it has none. Never earlier than the last one given."""
    if "at" not in asked:
        return None
    try:
        at = datetime.fromisoformat(asked["at"])
    except (TypeError, ValueError):
        raise LineError("bad_at", "at は 2026-11-22T10:00:00+09:00 の形にしてください。") from None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise LineError("bad_at", f"at は{FIRST_YEAR}年から{LAST_YEAR}年までにしてください。")
    if at.tzinfo is None or (last and at < last):
        raise LineError("bad_at", "at には時差（+09:00 など）を付け、前の行より後にしてください。")
    return at


def _answers(asked: dict[str, Any]) -> dict[str, str]:
    answers = asked.get("answers", {})
    if asked["new"] is not True or not isinstance(answers, dict):
        raise LineError("bad_key", "new は true、answers は {質問: 答え} にしてください。")
    for question, value in answers.items():
        values = value if isinstance(value, list) else [value]
        if not values or not all(isinstance(each, str) for each in values):
            raise LineError("bad_answer", f"「{question}」の答えが使えません。")
    return {q: ",".join(v) if isinstance(v, list) else v for q, v in answers.items()}


def _said(key: str, value: Any) -> Said:
    if key == "location":
        return _place(value)
    if not isinstance(value, str):
        raise LineError("bad_key", f"「{key}」は文字にしてください。")
    return Press(value) if key == "press" else Text(value)


def _place(value: Any) -> Place:
    known = {"address", "latitude", "longitude"}
    if not isinstance(value, dict) or not set(value) <= known:
        raise LineError("bad_key", "location は address, latitude, longitude だけにしてください。")
    address = value.get("address")
    degrees = [value.get("latitude"), value.get("longitude")]
    numbers = all(
        d is None or (isinstance(d, int | float) and not isinstance(d, bool)) for d in degrees
    )
    if not numbers or not isinstance(address, str | None):
        raise LineError("bad_key", "address は文字、latitude と longitude は数にしてください。")
    return Place(address, *degrees)


def answer_lines(talk: Talk, lines: Iterable[str]) -> Iterator[str]:
    """The greeting, then exactly one line for each line in."""
    yield encode(talk.greet())
    for line in lines:
        yield encode(talk.answer(line.rstrip("\r\n")))
