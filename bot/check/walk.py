"""Walks every situation: each reaches an outcome, says only what holds that day, and fits."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from multiprocessing import get_context

from bot.channels.plain import MOST_BUBBLES, MOST_CHARACTERS, MOST_LINES, texts
from bot.check.line import LineCheck
from bot.check.questions import question_replies
from bot.check.situations import PLACE, Situation, days, situations, worry_groups
from bot.content import Content
from dialogs.commands import SHOWING
from dialogs.flow import OUTCOME
from dialogs.replies import first_screen
from dialogs.reply import Reply
from dialogs.scene import Scene
from dialogs.session import Session
from dialogs.way import walk
from knowledge.book import DayBook
from knowledge.errors import FactError

WORKERS = 2


@dataclass(slots=True)
class Walked:
    """What the walk saw: situations counted by row, and faults as (row or question, text)."""

    rows: Counter[str] = field(default_factory=Counter)
    faults: dict[tuple[str, str], date] = field(default_factory=dict)

    def add(self, other: "Walked") -> None:
        """Take in what another walk saw, each fault with the first day it was seen on."""
        self.rows += other.rows
        for fault, day in other.faults.items():
            self.faults[fault] = min(day, self.faults.get(fault, day))

    def miss(self, content: Content, day: date) -> None:
        """Note the rows that no situation led to."""
        for row in content.flow.rows:
            if not self.rows[row.id]:
                self.faults[row.id, "どの答えからも、この結果に届きません。"] = day


_content: Content
_line: LineCheck
"""The content a worker process walks, and what it judges for LINE; set once when it starts."""


def _start(content: Content) -> None:
    global _content, _line  # a worker process is told once, by its pool
    _content, _line = content, LineCheck(content)


def walk_all(content: Content, day: date) -> Walked:
    """Every situation on every day that matters, over two processes."""
    whole = Walked()
    jobs = [(each, each == day) for each in days(content.book, day)]
    fork = get_context("fork")
    with ProcessPoolExecutor(WORKERS, fork, initializer=_start, initargs=(content,)) as pool:
        for walked in pool.map(_walk_day, *zip(*jobs, strict=True)):
            whole.add(walked)
    whole.miss(content, day)
    return whole


def walk_one(content: Content, day: date) -> Walked:
    """Every situation on this day alone, in this process, without what hangs on no day."""
    _start(content)
    walked = _walk_day(day, False)
    walked.miss(content, day)
    return walked


def _walk_day(day: date, first: bool) -> Walked:
    """The situations of one day; on the first day also what does not hang on the day."""
    walked, book = Walked(), _content.book.on(day)
    met: dict[str, Situation] = {}
    for situation in situations(_content, book):
        row = _content.flow.decide(situation.answers, book).id
        walked.rows[row] += situation.count
        met.setdefault(row, situation)
        for fault in _faults(book, situation, first):
            walked.faults[row, fault] = day
    for state, make in question_replies(_content, book):
        for fault in _made_faults(make):
            walked.faults[state, fault] = day
    for row, situation in met.items():
        for scene in _near(book, situation, first):
            for fault in _reply_faults(scene):
                walked.faults[row, fault] = day
    return walked


def _faults(book: DayBook, situation: Situation, flips: bool) -> Iterator[str]:
    """What is wrong with one situation: its way, its first screen, its flips."""
    scene = Scene(_content.flow, book, Session(), situation.answers)
    if walk(_content.flow, situation.answers, book).state != OUTCOME:
        yield "結果に届かず、質問が残ります。"
        return
    try:
        assert scene.outcome
        if not scene.outcome.reasons:
            yield "この結果になる理由が、1つも言えません。"
        yield from misfits(first_screen(scene, scene.outcome))
        if flips:
            _ = scene.flips
    except FactError as error:
        yield _no_value(error)
    except (LookupError, ValueError) as error:
        yield f"この答えで話が止まります（{error!r}）。"


def _no_value(error: FactError) -> str:
    return f"「{{{str(error).partition(' ')[0]}}}」に値のない日です。"


def _near(book: DayBook, situation: Situation, first: bool) -> Iterator[Scene]:
    """The same row with every worry; on the first day with every pair, in every prefecture."""
    yield Scene(_content.flow, book, Session(), situation.answers)
    for values in (worry for group in worry_groups(_content.flow, book) for worry in group):
        answers = {**situation.answers, "concern": values}
        same = _content.flow.decide(answers, book) is _content.flow.decide(situation.answers, book)
        if "concern" in situation.answers and same and (first or len(values) == 1):
            yield Scene(_content.flow, book, Session(), answers)
    if "prefecture" in situation.answers and first:
        for name in (*book.offices.prefectures, "unknown"):
            answers = {**situation.answers, "prefecture": (name,)}
            yield Scene(_content.flow, book, Session(), answers)


def _reply_faults(scene: Scene) -> Iterator[str]:
    """Everything that can be shown at this outcome renders and fits; its offices are right."""
    try:
        assert scene.outcome
        yield from misfits(first_screen(scene, scene.outcome))
        for command in SHOWING.values():
            yield from misfits(command(scene).reply)
    except FactError as error:
        yield _no_value(error)
        return
    except (LookupError, ValueError) as error:
        yield f"この結果で話が止まります（{error!r}）。"
        return
    roles = Counter(contact.role for contact in scene.outcome.offices)
    place = scene.answers.get("prefecture", PLACE) != ("unknown",)
    none = scene.outcome.row.plan in {"emergency", "other_scheme"}
    expected = (0, 0, 0) if none else ((1, 1, 0) if place else (0, 0, 1))
    if (roles["advice"], roles["filing"], roles["headquarters"]) != expected:
        yield "窓口の数が合いません。"


def _made_faults(make: Callable[[], Reply]) -> Iterator[str]:
    """What is wrong with one reply that is made here."""
    try:
        yield from misfits(make())
    except FactError as error:
        yield _no_value(error)
    except (LookupError, ValueError) as error:
        yield f"この質問で話が止まります（{error!r}）。"


def misfits(reply: Reply) -> Iterator[str]:
    """Bubbles that are too long or too many as plain text draws them, and what LINE refuses."""
    yield from _line.faults(reply)
    drawn = texts(reply)
    if len(drawn) > MOST_BUBBLES:
        yield f"吹き出しが{len(drawn)}個です。{MOST_BUBBLES}個までです。"
    for text in drawn:
        if len(text) > MOST_CHARACTERS or text.count("\n") >= MOST_LINES:
            shown = text.replace("\n", "／")
            yield f"吹き出しが長すぎます（{len(text)}字）。「{shown}」"
