"""The talk as JSON, a line in and a line out: the outside face of `protocol.md`."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.channels.plain import texts
from bot.commands.options import FIRST_YEAR, LAST_YEAR
from dialogs.answers import plain
from dialogs.flow import Flow
from dialogs.heard import Form, Heard, Hello, Place, Press, Said, Text
from dialogs.outcome import Outcome
from dialogs.reply import Ask, Menu
from dialogs.session import Session
from dialogs.turn import Turn, take_turn
from knowledge.book import Book

VERSION = 1
KEYS = ("text", "press", "location", "new")
_SURROGATE = re.compile("[\ud800-\udfff]")


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
            return self._new(answers, at)
        said = _said(given[0], asked[given[0]])
        self.at, self.now = at or self.at, at or self.now
        return self._take(said)

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


# -- one line out ---------------------------------------------------------------------------------


def turn_object(flow: Flow, turn: Turn) -> dict[str, Any]:
    """The line of a turn: every key always present."""
    scene, voice = turn.scene, turn.scene.voice
    last = turn.reply[-1] if turn.reply else None
    buttons = last.choices if isinstance(last, Ask | Menu) else ()
    progress = last.progress if isinstance(last, Ask) else None
    return {
        "v": VERSION,
        "kind": turn.kind,
        "state": scene.state,
        "texts": texts(turn.reply),
        "choices": [{"label": button.label, "value": button.press} for button in buttons],
        "answers": {q: _value(flow, q, v) for q, v in scene.answers.items()},
        "understood": [
            {"question": q, "value": _value(flow, q, v), "text": voice.label(q)}
            for q, v in turn.understood.items()
        ],
        "topic": turn.topic,
        "outcome": _outcome(flow, turn, turn.outcome) if turn.outcome else None,
        "progress": progress and {"at": progress.at, "of": progress.of},
    }


def _value(flow: Flow, question: str, values: tuple[str, ...]) -> str | list[str]:
    return plain(values, flow.questions[question].multi)


def _outcome(flow: Flow, turn: Turn, outcome: Outcome) -> dict[str, Any]:
    def source(id: str, place: str) -> dict[str, str]:
        return {"id": id, "place": place, "title": turn.scene.book.sources[id].title}

    return {
        "plan": outcome.row.plan,
        "rule": outcome.row.id,
        "leaning": outcome.row.leaning,
        "cooperation": outcome.cooperation,
        "reasons": [
            {"text": r.text, "question": r.question, "source": source(r.source, r.place)}
            for r in outcome.reasons
        ],
        "flips": [
            {
                "question": f.question,
                "value": _value(flow, f.question, f.values),
                "plan": f.plan,
                "text": f.text,
            }
            for f in turn.scene.flips
        ],
        "benefits": [
            {"id": n.id, "text": f"{n.title}：{n.text}", "source": source(n.source, n.place)}
            for n in outcome.benefits
        ],
        "steps": [
            {
                "text": s.text,
                "by": s.by.isoformat() if s.by else None,
                "source": source(s.source, s.place),
            }
            for s in outcome.steps
        ],
        "cases": [
            {"id": n.id, "text": f"{n.title}：{n.text}", "source": source(n.source, n.place)}
            for n in outcome.cases
        ],
        "offices": [
            {
                "role": c.role,
                "id": c.id,
                "name": c.name,
                "phone": c.phone,
                "url": c.url,
                "prefecture": c.prefecture if c.role != "headquarters" else None,
                "check": c.check,
                "source": source(c.source, c.place),
            }
            for c in outcome.offices
        ],
        "notes": [note.text for note in outcome.notes],
    }


def encode(line: dict[str, Any]) -> str:
    """One line of JSON, without ASCII escaping; a lone surrogate becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", json.dumps(line, ensure_ascii=False)) + "\n"


def answer_lines(talk: Talk, lines: Iterable[str]) -> Iterator[str]:
    """The greeting, then exactly one line for each line in."""
    yield encode(talk.greet())
    for line in lines:
        yield encode(talk.answer(line.rstrip("\r\n")))
