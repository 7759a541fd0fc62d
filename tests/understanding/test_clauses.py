"""Cutting a message into statements and questions; dates as time left."""

from datetime import date

import pytest

from dialogs.understand.clauses import Asks, asks, cut
from dialogs.understand.until import until

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "says",
    ["パートも数えるの？", "いくらかかりますか", "どっちで出すん", "書き方がわからん",
     "期限を教えて",
     "うちでも使えるんかね", "認定って何"],
)  # fmt: skip
def test_a_question_is_heard_as_one(says: str) -> None:
    assert asks(says) is Asks.SURELY


@pytest.mark.parametrize(
    "says",
    ["いないかな", "12人ですかね", "40人くらい？", "いつ切れるか忘れた", "どこにもない",
     "地震でしょうか",
     "誰に連絡するか決まってない", "個人なんで無いです"],
)  # fmt: skip
def test_an_answer_is_heard_as_told(says: str) -> None:
    assert asks(says) is Asks.NOT


@pytest.mark.parametrize("says", ["補助金が増えるらしいね", "融資は確実やろ", "全部消えるの"])
def test_these_could_be_either(says: str) -> None:
    assert asks(says) is Asks.SOFTLY


def test_an_answer_and_a_question_come_apart() -> None:
    parts = [(each.text, each.asks) for each in cut("7人ですけど、対象ですか？よろしく")]
    assert parts == [
        ("7人ですけど", Asks.NOT),
        ("対象ですか?", Asks.SURELY),
        ("よろしく", Asks.NOT),
    ]


def test_what_follows_a_question_in_its_sentence_is_part_of_it() -> None:
    assert all(each.asks for each in cut("いくらですか、設備のほう"))


@pytest.mark.parametrize(
    ("says", "left"),
    [
        ("2028年3月まで", "あと2年"),
        ("令和9年3月で切れる", "あと4か月"),
        ("期限は来年の8月", "あと9か月"),
        ("3月まで", "あと4か月"),
        ("今年の6月まで", "期限切れ"),
        ("再来年まで", "あと2年"),
        ("R9.5まで", "あと6か月"),
    ],
)
def test_an_end_is_read_as_the_time_left(says: str, left: str) -> None:
    assert left in until(says, TODAY)


@pytest.mark.parametrize("says", ["2025年3月に取った", "来年まで", "去年の秋", "3年まで"])
def test_other_dates_stay(says: str) -> None:
    assert until(says, TODAY) == says
