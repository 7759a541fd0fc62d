"""A Reply as plain bubbles: few, short, and nothing in them lost without a word."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from itertools import cycle, islice
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.plain import packed, texts
from bot.check.situations import situations, worry_groups
from bot.content import Content
from dialogs import reply
from dialogs.answers import Answers
from dialogs.heard import COMMANDS, Heard, Hello, Press, Said, Text
from dialogs.reply import (
    Answered,
    Ask,
    Button,
    Card,
    Contact,
    Copy,
    Item,
    Listing,
    Menu,
    Offices,
    Part,
    Reply,
    Result,
    Say,
)
from dialogs.session import Session
from dialogs.turn import JAPAN, Turn, take_turn

EVERY = 97
"""One situation of so many is talked through; the check walks them all."""
SAID: list[Said] = [
    Hello(),
    *(Press(f"command={command}") for command in COMMANDS),
    Press("change=standing"),
    Press("color=red"),
    Text("ほげほげ"),
    Text("6"),
    Text("わからない"),
]
MEMO = "ジギョケイ（事業継続力強化計画）の相談です。"
OFFICE = Contact(
    "advice", "smrj_kanto", "中小機構", "03-0000-0000", None, "埼玉県", False, "S0", "P1"
)
BUTTON = Button("一", "plan=none")
ROW = Answered("plan", "認定", "なし", BUTTON)
ONE_OF_EACH: dict[type, tuple[Part, list[str]]] = {
    Say: (Say("どうも。"), ["どうも。"]),
    Ask: (Ask("plan", "どれですか。", (BUTTON,)), ["どれですか。"]),
    Menu: (Menu((BUTTON,)), []),
    Listing: (Listing("次です。", (Item("題", "文", "源"),)), ["次です。\n・題：文"]),
    Offices: (Offices((OFFICE,), "ご相談：中小機構"), ["ご相談：中小機構"]),
    Result: (Result("R12", "単独型。", "理由。", "一歩。"), ["単独型。\n理由。", "一歩。"]),
    Card: (Card("答えです。", (ROW,)), ["答えです。\n・認定：なし"]),
    Copy: (Copy("題", "送る文です。"), ["送る文です。"]),
}


def fits(bubbles: list[str]) -> bool:
    """At most three bubbles, none empty, none over 120 characters or five lines (style 13)."""
    small = all(len(text) <= 120 and text.count("\n") <= 4 for text in bubbles)
    return 1 <= len(bubbles) <= 3 and small and all(text.strip() for text in bubbles)


def drawn_well(reply: Reply) -> bool:
    """Does it fit? A memo to read out is never cut: it alone may be longer than a bubble."""
    memos = [p.text for p in reply if isinstance(p, Copy) and p.text.startswith(MEMO)]
    bubbles = texts(reply)
    return fits(["（メモ）" if text in memos and len(text) <= 170 else text for text in bubbles])


# -- every part -----------------------------------------------------------------------------------


def test_every_part_there_is_has_an_example_here():
    assert set(ONE_OF_EACH) == set(get_args(reply.Part))


@pytest.mark.parametrize("part", ONE_OF_EACH, ids=lambda part: part.__name__)
def test_every_part_is_drawn_with_its_words(part: type):
    example, drawn = ONE_OF_EACH[part]
    assert texts((example,)) == drawn


def test_the_bubbles_stand_in_the_order_of_the_parts():
    assert texts((Say("一"), Copy("", "二"), Say("三"), Menu(()))) == ["一", "二", "三"]


# -- lists ----------------------------------------------------------------------------------------


def titled(count: int, length: int = 60) -> tuple[Item, ...]:
    names = islice(cycle("甲乙丙丁戊己庚辛壬癸"), count)
    return tuple(Item(f"{name}{n}号", "あ" * length, "源") for n, name in enumerate(names))


def test_a_list_that_fits_stands_whole_behind_its_lead():
    (bubble,) = texts((Listing("次です。", titled(2, 20), "ほかに："),))
    assert bubble == f"次です。\n・甲0号：{'あ' * 20}\n・乙1号：{'あ' * 20}"


def test_of_a_long_list_the_first_are_shown_and_all_the_others_named():
    *shown, rest = texts((Listing("次です。", titled(8), "ほかに："), Menu(())))
    assert [bubble.partition("：")[0] for bubble in shown] == ["次です。\n・甲0号", "・乙1号"]
    assert rest == "ほかに：丙2号、丁3号、戊4号、己5号、庚6号、辛7号"


def test_a_long_list_leaves_room_for_the_parts_beside_it():
    listing = Listing("次です。", titled(8), "ほかに：")
    assert len(texts((listing, Ask("plan", "どれですか。", ())))) == 3
    one, *rest = texts((Say("一"), listing, Say("三")))
    assert (one, rest[1]) == ("一", "三")
    assert rest[0].startswith("ほかに：甲0号、乙1号")


def test_two_long_lists_share_the_room():
    listing = Listing("次です。", titled(8), "ほかに：")
    drawn = texts((listing, listing, Menu(())))
    assert fits(drawn)
    assert "甲0号：" in drawn[0]
    assert drawn[2].startswith("ほかに：")


def test_of_untitled_entries_the_first_are_shown():
    items = tuple(Item("", f"{n}{'あ' * 80}", "") for n in range(6))
    assert [bubble[:2] for bubble in texts((Listing("", items), Menu(())))] == ["・0", "・1", "・2"]


def test_a_list_that_cites_shows_where_each_entry_is_from():
    (bubble,) = texts((Listing("理由です。", (Item("", "小さいため", "S2 P1"),), cite=True),))
    assert bubble == "理由です。\n・小さいため（S2 P1）"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    lengths=st.lists(st.integers(1, 100), min_size=1, max_size=12),
    lead=st.integers(0, 60),
    beside=st.integers(0, 2),
)
def test_whatever_the_lengths_a_list_fits_and_names_every_entry(
    lengths: list[int], lead: int, beside: int
):
    items = tuple(
        Item(f"題{chr(0x4E00 + n)}", "あ" * length, "") for n, length in enumerate(lengths)
    )
    parts = [Say("。")] * beside
    drawn = texts((Listing("い" * lead, items, "ほかに："), *parts, Menu(())))
    assert fits(drawn)
    assert [item.title for item in items if item.title not in "\n".join(drawn)] == []


@given(st.lists(st.integers(1, 118), max_size=20))
def test_packing_loses_nothing_and_keeps_the_order(lengths: list[int]):
    lines = [chr(0x4E00 + n) * length for n, length in enumerate(lengths)]
    bubbles = packed("頭", lines)
    assert "\n".join(bubbles) == "\n".join(["頭", *(f"・{line}" for line in lines)])
    assert all(len(bubble) <= 120 and bubble.count("\n") <= 4 for bubble in bubbles)


def test_what_was_understood_is_said_before_the_result_where_there_is_room():
    result = Result("R12", "単独型です。", "理由です。", "一歩です。", lead="『埼玉県』ですね。")
    assert texts((result,))[0] == "『埼玉県』ですね。\n単独型です。\n理由です。"
    assert texts((replace(result, lead="あ" * 120),))[0] == "単独型です。\n理由です。"


def test_other_offices_are_named_in_further_bubbles():
    office = Offices((OFFICE,), "ご相談：中小機構", more=("お金の相談：公庫", "保証：協会"))
    assert texts((office,)) == ["ご相談：中小機構", "・お金の相談：公庫\n・保証：協会"]


# -- every situation ------------------------------------------------------------------------------


def sample(content: Content, day: date) -> list[Answers]:
    """Some situations of every kind, in all prefectures and with all worries in turn."""
    book = content.book.on(day)
    places = cycle((*book.offices.prefectures, "unknown"))
    worries = cycle(worry for group in worry_groups(content.flow, book) for worry in group)
    found, rows = [], set[str]()
    for number, situation in enumerate(situations(content, book)):
        row = content.flow.decide(situation.answers, book).id
        if number % EVERY == 0 or row not in rows:
            rows.add(row)
            other = {"prefecture": (next(places),), "concern": next(worries)}
            known = {q: values for q, values in other.items() if q in situation.answers}
            found.append({**situation.answers, **known})
    assert len(rows) == len(content.flow.rows)
    return found


def turns(content: Content, answers: Answers, on: date) -> Iterator[tuple[Said, Turn]]:
    """Everything that can be said at this point, each as the first thing after it."""
    now = datetime.combine(on, time(12), JAPAN)
    for said in SAID:
        heard = Heard("plain", "1", now, said)
        yield said, take_turn(content.flow, content.book, Session(answers=answers), heard, now)


@pytest.mark.parametrize("on", [date(2026, 11, 22), date(2027, 3, 1), date(2027, 4, 1)])
def test_whatever_is_said_at_an_outcome_fits(content: Content, on: date):
    for answers in sample(content, on):
        for said, turn in turns(content, answers, on):
            assert drawn_well(turn.reply), (answers, said, texts(turn.reply))


def test_whatever_is_said_on_the_way_fits(content: Content, today: date):
    seen = set()
    for answers in sample(content, today)[::2]:
        for length in range(len(answers)):
            so_far = dict(islice(answers.items(), length))
            if str(so_far) not in seen:
                seen.add(str(so_far))
                for said, turn in turns(content, so_far, today):
                    assert drawn_well(turn.reply), (so_far, said, texts(turn.reply))


def test_every_topic_fits_beside_the_question(content: Content, today: date):
    now = datetime.combine(today, time(12), JAPAN)
    for answers in ({}, {"standing": ("own",)}, {"standing": ("disaster",)}):
        for topic in content.book.topics:
            heard = Heard("plain", "1", now, Press(f"topic={topic}"))
            turn = take_turn(content.flow, content.book, Session(answers=answers), heard, now)
            assert drawn_well(turn.reply), (topic, texts(turn.reply))


def test_no_benefit_is_hidden(content: Content, today: date):
    heard = Heard("plain", "1", datetime.combine(today, time(12), JAPAN), Press("command=benefits"))
    for answers in sample(content, today):
        turn = take_turn(content.flow, content.book, Session(answers=answers), heard, heard.at)
        assert turn.outcome
        bubbles = "\n".join(texts(turn.reply))
        hidden = [b.title for b in turn.outcome.benefits if b.title not in bubbles]
        assert hidden == [], (answers, hidden)
