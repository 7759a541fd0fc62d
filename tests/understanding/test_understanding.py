"""The report on typed words: what it counts as right, asked, unread and silently wrong."""

from pathlib import Path
from typing import Any

import pytest

from bot.content import Content
from bot.tools import understanding
from bot.tools.labelled import Utterance
from bot.tools.understanding import GOOD, Verdict, judge, judge_all, report, score_questions

HERE = Path(__file__).resolve().parent
LEAST = {
    "standing": 110, "employees": 149, "industry": 207, "capital": 118, "prefecture": 243,
    "partner": 82, "plan": 74, "concern": 107,
}  # fmt: skip
"""Right or rightly asked in the fit set, with a little room. Floors against breakage, no goals."""
MOST_WRONG = 3


def utterance(slot: str, value: Any, *among: Any, also: tuple[Any, ...] = ()) -> Utterance:
    return Utterance(slot, "打たれた言葉", value, also, among)


def judged(each: Utterance, value: Any, *candidates: Any) -> understanding.Judged:
    """What is made of a reader that says this whatever is typed."""
    return judge(each, lambda text: {"value": value, "candidates": list(candidates)})


PLACE, SMALL = utterance("prefecture", "埼玉県"), utterance("employees", 2, also=([1, 3],))
SPAN, OPEN = utterance("employees", [20, 30]), utterance("capital", [300_000_001, None])
SILENT, SEVERAL = utterance("prefecture", None), utterance("concern", ["flood", "staff"])
ASK, CALM = utterance("prefecture", None, "東京都", "広島県"), utterance("concern", [])


@pytest.mark.parametrize(
    ("each", "value"),
    [
        (PLACE, "埼玉県"),
        (SMALL, 2),
        (SMALL, [1, 2]),
        (SMALL, 3),
        (SPAN, [20, 30]),
        (SPAN, [22, 25]),
        (SPAN, 20),
        (OPEN, [300_000_001, None]),
        (OPEN, 400_000_000),
        (SILENT, None),
        (ASK, None),
        (SEVERAL, ["staff", "flood"]),
        (CALM, []),
        (utterance("capital", 0), 0),
        (utterance("industry", None, "retail", "service", also=("retail",)), {"id": "retail"}),
    ],
)
def test_a_labelled_value_or_one_inside_a_labelled_span_is_right(each: Utterance, value: Any):
    assert judged(each, value).verdict is Verdict.RIGHT


@pytest.mark.parametrize(
    ("each", "value"),
    [
        (PLACE, "群馬県"),
        (PLACE, ""),
        (SMALL, 4),
        (SMALL, [0, 2]),
        (SMALL, [2, None]),
        (SPAN, [20, 31]),
        (SPAN, [40, 50]),
        (SPAN, 19),
        (OPEN, 300_000_000),
        (OPEN, [1, None]),
        (SILENT, "埼玉県"),
        (ASK, "東京都"),
        (SEVERAL, ["flood"]),
        (SEVERAL, ["flood", "staff", "cyber"]),
        (CALM, ["flood"]),
        (utterance("capital", 1), 0),
        (utterance("capital", None), 0),
        (utterance("industry", "retail"), {"id": "service"}),
    ],
)
def test_every_other_value_is_silently_wrong_whatever_the_candidates(each: Utterance, value: Any):
    assert judged(each, value, each.value, *each.among).verdict is Verdict.WRONG


def test_who_does_not_take_a_value_has_asked_rightly_amiss_or_not_read():
    assert judged(PLACE, None, "群馬県", "埼玉県").verdict is Verdict.ASKED
    assert judged(SPAN, None, 50, 25).verdict is Verdict.ASKED
    assert judged(PLACE, None, "群馬県").verdict is Verdict.AMISS
    assert judged(PLACE, None).verdict is Verdict.UNREAD
    assert judged(SEVERAL, []).verdict is Verdict.UNREAD


def test_a_candidate_left_out_where_it_had_to_be_offered_is_listed():
    assert judged(ASK, None, "広島県", "東京都", "福島県").short is False
    assert judged(ASK, None, "広島県").short
    assert "候補が足りない" in str(judged(ASK, None, "広島県"))
    four = utterance("plan", None, "a", "b", "c", "d")
    assert not judged(four, None, "a", "b", "d").short
    assert judged(four, None, "a", "b", "x").short


def test_an_industry_is_counted_by_its_first_candidate_and_by_three():
    trade = utterance("industry", "retail")
    asked = judged(trade, None, {"id": "service"}, {"id": "retail"})
    assert (asked.within(1), asked.within(3)) == (False, True)
    assert "1番目が違う" in str(asked)
    assert str(judged(trade, {"id": "retail"}, {"id": "retail"})) == ""


# -- the report -----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A labelled set of our own, and no other."""
    rows = ('says: "熊谷", value: 埼玉県', 'says: "府中市", ask: true, among: [東京都, 広島県]')
    lines = [f"- {{slot: prefecture, {row}}}\n" for row in rows]
    (tmp_path / "slots_fit.yaml").write_text("".join(lines), encoding="utf-8")
    return tmp_path


def test_a_set_that_is_missing_is_left_out(content: Content, folder: Path):
    lines = list(report(content, folder))
    assert lines[:2] == [
        "slots_fit.yaml（2件）",
        "  prefecture 2: 正しい 2、正しく聞いた 0、的外れに聞いた 0、読めない 0、黙って誤り 0",
    ]
    assert "slots_fit.yaml の失敗（0件）" in lines
    assert not any("test" in line or "question" in line for line in lines)


def test_a_reader_that_guesses_is_counted_and_every_failure_listed(
    content: Content, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    guess = {"value": "東京都", "candidates": ["東京都"]}
    monkeypatch.setattr(understanding, "reader", lambda content, slot: lambda text: guess)
    lines = list(report(content, folder))
    assert "読めない 0、黙って誤り 2" in lines[1]
    assert "prefecture 黙って誤り 「熊谷」 → 東京都、正解 埼玉県" in lines
    assert "prefecture 黙って誤り 「府中市」 → 東京都、正解 候補 東京都、広島県" in lines


# -- floors ---------------------------------------------------------------------------------------


def test_the_slots_of_the_fit_set_do_not_get_worse(content: Content):
    found = judge_all(content, HERE / "slots_fit.yaml")
    good = dict.fromkeys(LEAST, 0)
    for one in found:
        good[one.each.slot] += one.verdict in GOOD
    assert [slot for slot, least in LEAST.items() if good[slot] < least] == []
    assert sum(one.verdict is Verdict.WRONG for one in found) <= MOST_WRONG
    trades = [one for one in found if one.each.slot == "industry" and one.named]
    assert sum(one.within(1) for one in trades) >= 175
    assert sum(one.within(3) for one in trades) >= len(trades) - 1


def test_the_questions_of_the_fit_set_do_not_get_worse(content: Content):
    result = score_questions(content, HERE / "question_fit.yaml")
    assert result.answered <= 1
    assert result.wrong <= 8
    assert result.right >= 295
    assert result.shown >= 370
