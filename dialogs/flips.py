"""Flips: the nearest single answers that would change the advice, found by deciding again."""

from dataclasses import dataclass

from dialogs.answers import Answers, Values
from dialogs.flow import Flow, Row
from dialogs.rules.size import NO_CAPITAL, UNKNOWN, industries, size
from dialogs.rules.support import HOLDER
from dialogs.voice import Voice
from dialogs.way import walk, ways
from knowledge.book import DayBook

MOST = 4
LIMITED = ("employees", "capital")
NEVER = ("standing", "prefecture", "hurry")
"""Who one is and where one is: nobody asks 「もし」 about these."""


@dataclass(frozen=True, slots=True)
class Flip:
    """With this one answer instead, the advice would be `plan`."""

    question: str
    values: Values
    plan: str
    text: str


def flips(flow: Flow, book: DayBook, answers: Answers, row: Row) -> tuple[Flip, ...]:
    """For each question of the way, the nearest other answer that leads to another plan."""
    found = []
    for question in walk(flow, answers, book).answered:
        if question not in NEVER and not (
            question == "capital" and answers[question] == NO_CAPITAL
        ):
            flip = _nearest(flow, book, answers, row, question)
            if flip:
                found.append(flip)
    return tuple(found[:MOST])


def _nearest(flow: Flow, book: DayBook, answers: Answers, row: Row, question: str) -> Flip | None:
    choices = [c.values for c in flow.questions[question].choices(answers, book)]
    known = answers[question] in choices and answers[question] != UNKNOWN
    here = choices.index(answers[question]) if known else 0
    others = [v for v in choices if v != answers[question] and v != UNKNOWN]
    for values in sorted(
        others, key=lambda v: _distance(answers, question, v, choices.index(v) - here)
    ):
        changed = {**answers, question: values}
        plan = _plan(flow, book, changed, row)
        if plan and plan != row.plan:
            words = _words(Voice(flow, book, changed), row, question, flow.advice.plans[plan])
            return Flip(question, values, plan, words)
    return None


def _distance(answers: Answers, question: str, values: Values, steps: int) -> tuple[bool, int]:
    """How far off another answer is: to gain or lose a certificate is farther than anything."""
    holds = [given[0] in HOLDER for given in (answers[question], values)]
    return (question == "plan" and holds[0] != holds[1], abs(steps))


def _plan(flow: Flow, book: DayBook, changed: Answers, row: Row) -> str | None:
    """The plan these answers lead to; None while they leave a question open.

    Someone too large was never asked the rest: for them, what their answers so far would give.
    """
    was_too_large = row.when.name.startswith("too_large")
    if was_too_large and size(changed, book):
        return flow.decide(changed, book).plan
    open_ways = ways(flow, changed, book)
    if any(asked not in changed for way in open_ways for asked in way):
        return None
    return flow.decide(changed, book).plan


def _words(voice: Voice, row: Row, question: str, plan: str) -> str:
    """「従業員の数が300人以下なら…」: by the limit for sizes, else by the other answer's label."""
    title = voice.flow.questions[question].title
    if question in LIMITED and row.when.name.startswith("too_large"):
        limit = _limit(voice.book, voice.answers, question)
        return voice.word("flip_small", title=title, limit=limit)
    if question == "capital":
        limit = _limit(voice.book, voice.answers, question)
        return voice.word("flip_over", title=title, limit=limit, plan=plan)
    return voice.word("flip", title=title, label=voice.label(question), plan=plan)


def _limit(book: DayBook, answers: Answers, question: str) -> str:
    """The smallest limit of the industries still possible, as the size table words it."""
    names = [f"limit_{question}_{industry}" for industry in industries(answers)]
    return book.value(min(names, key=book.amount))
