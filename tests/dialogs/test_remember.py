"""What is remembered: once for the same answers, apart for each flow and day, and bounded."""

from dataclasses import replace
from datetime import date

from bot.content import Content
from dialogs.answers import Key
from dialogs.flow import Flow
from dialogs.remember import remembered
from dialogs.way import walk
from knowledge.book import DayBook

DAY = date(2026, 11, 22)
ANSWERS = {"standing": ("own",), "employees": ("6-20",), "prefecture": ("群馬県",)}


def test_the_same_answers_in_another_order_are_worked_out_once(content: Content) -> None:
    asked: list[Key] = []

    @remembered(most=2)
    def count(flow: Flow, book: DayBook, key: Key) -> int:
        asked.append(key)
        return len(flow.answers(key))

    flow, book = content.flow, content.book.on(DAY)
    turned = dict(reversed(ANSWERS.items()))
    assert [count(flow, book, flow.key(each)) for each in (ANSWERS, turned)] == [3, 3]
    assert len(asked) == 1
    for name in ("東京都", "大阪府", "群馬県"):
        count(flow, book, flow.key({**ANSWERS, "prefecture": (name,)}))
    assert len(asked) == 4, "only the last two are kept"


def test_a_key_holds_every_answer_and_nothing_else(content: Content) -> None:
    flow = content.flow
    assert flow.answers(flow.key(ANSWERS)) == ANSWERS
    assert flow.answers(flow.key({**ANSWERS, "shoe_size": ("42",)})) == ANSWERS


def test_another_flow_on_the_same_day_remembers_for_itself(content: Content) -> None:
    book, flow = content.book.on(DAY), content.flow
    question = flow.questions["standing"]
    asked_again = replace(question, again=flow.rows[-1].when)
    other = replace(flow, questions={**flow.questions, "standing": asked_again})
    assert walk(flow, ANSWERS, book).state != "standing"
    assert walk(other, ANSWERS, book).state == "standing"
    assert walk(flow, ANSWERS, book).state != "standing"


def test_where_one_is_does_not_make_another_way(content: Content) -> None:
    book, flow = content.book.on(DAY), content.flow
    first = walk(flow, ANSWERS, book)
    assert walk(flow, {**ANSWERS, "prefecture": ("大阪府",)}, book) is first
