"""What the rows say: their policy in words, and the kind of cooperation."""

import pytest

from bot.content import Content
from dialogs.outcome import advise
from knowledge.book import DayBook
from tests.dialogs.chat import Talk, answers, outcome_of, words
from tests.dialogs.test_table import ASSOCIATION, EXAMPLES, LARGE

PHRASES = [
    ("G1", "119"),
    ("G1", "110"),
    ("G1", "事業の完了までに必須"),
    ("G2", "無料で派遣"),
    ("G3", "都道府県知事が認定"),
    ("G4", "開業届"),
    ("G5", "載っていません"),
    ("G6L", "同意書"),
    ("G6L", "代表となる中小企業の本社"),
    ("G6a", "申請者にはなれない見込み"),
    ("G6a", "連携者として"),
    ("G6b", "同意書"),
    ("R1b", "2回目の申請"),
    ("R1b", "実施状況報告書"),
    ("R1", "フォローアップ"),
    ("R3", "扱い"),
    ("R4", "更新ではなく"),
    ("R4", "45日"),
    ("R4", "日本中小企業診断士協会連合会"),
    ("R5", "扱い"),
    ("R6", "相手が決まっていない段階"),
    ("R7", "訓練"),
    ("R7", "日本中小企業診断士協会連合会"),
    ("R2b", "組合だけで計画する場合は単独型"),
    ("R2b", "任意の会は載っていません"),
    ("R2c", "任意の会は載っていません"),
    ("R2", "任意の会は載っていません"),
    ("R2", "構成員の一定割合"),
    ("R8", "連携型"),
    ("R8", "代表となる会社の本社"),
    ("R9", "2週間"),
    ("R9", "間に合うとは限りません"),
    ("R10", "合意"),
    ("R11", "取り決め"),
    ("R12", "単独型"),
]


@pytest.mark.parametrize(("row", "phrase"), PHRASES)
def test_a_row_says_its_policy(content: Content, day: DayBook, row: str, phrase: str) -> None:
    given = next(given for id, given in EXAMPLES if id == row)
    talk = Talk(content, day.day).give(answers(**given))
    if row == "R9":
        talk.press("hurry=yes")
    said = talk.said + words(talk.turn.outcome)
    assert talk.row == row
    assert phrase in said


def test_staff_as_the_worry_at_r6_speaks_of_helping_hands(content: Content, day: DayBook) -> None:
    told = answers(plan="single_active", concern="staff")
    first = outcome_of(content, day, told).reasons[0]
    assert "応援" in first.text
    assert first.question == "concern"


def test_inside_worries_at_r8_can_be_written_too(content: Content, day: DayBook) -> None:
    inside = outcome_of(content, day, answers(partner="agreed", concern="cyber"))
    outside = outcome_of(content, day, answers(partner="agreed", concern="flood"))
    assert "サイバー攻撃" in words(inside.reasons)
    assert inside.reasons != outside.reasons


def test_a_bcp_can_be_copied_in(content: Content, day: DayBook) -> None:
    assert "BCP" in words(outcome_of(content, day, answers(plan="bcp")).reasons)
    assert "BCP" not in words(outcome_of(content, day, answers()).reasons)


def test_a_member_is_sent_to_the_associations_office_first(talk: Talk) -> None:
    talk.give(answers(partner="member"))
    assert "組合の事務局" in talk.said


def test_a_member_with_a_single_plan_is_asked_to_look_at_the_association(
    content: Content, day: DayBook
) -> None:
    told = answers(plan="single_active", partner="member", concern="staff")
    assert "所属の組合" in words(outcome_of(content, day, told).notes)
    told = answers(plan="single_active", partner="none", concern="staff")
    assert "所属の組合" not in words(outcome_of(content, day, told).notes)


# -- cooperation ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "cooperation"),
    [
        ({"standing": "large"}, "vertical"),
        ({"partner": "agreed", "concern": "supply_chain"}, "vertical"),
        ({"partner": "agreed", "concern": "shared_site,supply_chain"}, "vertical"),
        ({**ASSOCIATION, "partner": "all_members", "concern": "supply_chain"}, "vertical"),
        ({"partner": "agreed", "concern": "shared_site"}, "area"),
        ({**ASSOCIATION, "partner": "all_members", "concern": "shared_site"}, "area"),
        ({**ASSOCIATION, "partner": "all_members"}, "horizontal"),
        ({**ASSOCIATION, "partner": "association_only"}, "horizontal"),
        ({"partner": "member"}, "horizontal"),
        ({"partner": "agreed"}, None),
        ({"partner": "candidate"}, None),
        ({"plan": "single_active", "concern": "supply_chain"}, "vertical"),
        ({"plan": "joint_active", "partner": "member"}, "horizontal"),
        ({"plan": "single_active", "partner": "member"}, None),
        ({"plan": "single_ending", "partner": "candidate", "concern": "supply_chain"}, None),
        ({**LARGE, "partner": "member", "concern": None}, None),
        ({**LARGE, "partner": "agreed", "concern": None}, None),
        ({"concern": "supply_chain"}, "vertical"),
        ({}, None),
    ],
)
def test_the_kind_of_cooperation_is_the_first_that_fits(
    content: Content, day: DayBook, given, cooperation: str | None
) -> None:
    assert outcome_of(content, day, answers(**given)).cooperation == cooperation


def test_leaving_early_names_no_cooperation(content: Content, day: DayBook) -> None:
    told = answers(concern="supply_chain")
    assert advise(content.flow, day, told, content.flow.leave).cooperation is None
