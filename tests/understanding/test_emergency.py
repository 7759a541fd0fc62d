"""A person in a disaster is heard at once; fear, plans and the past are not taken for it."""

from pathlib import Path

import pytest

from dialogs.understand.emergency import is_emergency
from knowledge.load import load_book

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "says",
    [
        "いま被災しています",
        "助けて",
        "たすけてください",
        "店が浸水している",
        "水が入ってきた",
        "地震で従業員がけがしました",
        "川があふれて工場に水が来てる",
        "いま店が水びたしや どうしたらええ",
        "火事です",
        "たった今大きな地震があった",
        "地震で工場つぶれた",
    ],
)
def test_someone_in_danger_is_heard(says: str) -> None:
    assert is_emergency(says)


@pytest.mark.parametrize(
    "says",
    [
        "地震が心配",
        "浸水したらどうすればいい",
        "被災したときの補助金は認定ないともらえんの",
        "助けてくれる専門家いますか",
        "去年浸水しました",
        "浸水対策をしている工場です",
        "いま従業員は30人です",
        "いまの計画を変えたい",
        "火事",
        "火災保険の割引は",
        "被災していない連携先での代替生産",
        "避難訓練は毎月ですか",
    ],
)
def test_fear_plans_and_the_past_are_no_emergency(says: str) -> None:
    assert not is_emergency(says)


def test_no_wording_of_a_topic_is_an_emergency() -> None:
    for topic in load_book(ROOT / "knowledge").topics.values():
        assert not [words for words in (topic.title, *topic.also) if is_emergency(words)]
