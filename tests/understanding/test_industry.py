"""Reading a trade in an owner's words: the class of the work done, and candidates when in doubt."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogs.understand.industry import CLASSES, Industries
from dialogs.understand.load_industries import load_industries
from dialogs.understand.reading import NOTHING, Reading
from knowledge.errors import FileError

HERE = Path(__file__).resolve().parent
FILE = HERE.parent.parent / "dialogs" / "understand" / "industries.yaml"
FIT: list[dict[str, Any]] = yaml.load(
    (HERE / "industry_fit.yaml").read_text("utf-8"), yaml.BaseLoader
)["utterances"]
Faults = Callable[[str], str]


@pytest.fixture(scope="module")
def industries() -> Industries:
    return load_industries(FILE)


@pytest.fixture
def faults(tmp_path: Path) -> Faults:
    """What loading this text complains about."""

    def load(text: str) -> str:
        (tmp_path / "industries.yaml").write_text(text, "utf-8")
        with pytest.raises(FileError) as refused:
            load_industries(tmp_path / "industries.yaml")
        return str(refused.value)

    return load


def classes(reading: Reading) -> list[str]:
    return [values[0] for values in reading.candidates]


def test_nothing_of_the_fit_set_is_silently_wrong(industries: Industries) -> None:
    read = {each["says"]: industries.read(each["says"]) for each in FIT}
    wrong = [
        each["says"]
        for each in FIT
        if read[each["says"]].sure and classes(read[each["says"]]) != [each.get("means")]
    ]
    assert wrong == []


def test_the_class_is_first_in_at_least_92_of_100_and_always_among_three(
    industries: Industries,
) -> None:
    named = [each for each in FIT if each.get("means") in CLASSES]
    found = [(each["means"], classes(industries.read(each["says"]))) for each in named]
    assert sum(means == given[0] for means, given in found) >= 0.92 * len(named)
    assert all(means in given and len(given) <= 3 for means, given in found)


def test_what_is_to_be_asked_is_asked_with_every_class_it_could_be(industries: Industries) -> None:
    for each in (each for each in FIT if "ask" in each):
        reading = industries.read(each["says"])
        assert not reading.sure
        assert set(each["ask"]) <= set(classes(reading)), each


@pytest.mark.parametrize(
    ("says", "means"),
    [
        ("居酒屋", "retail"),
        ("旅行会社", "manufacturing_other"),
        ("月極の駐車場", "service"),
        ("不動産の管理", "manufacturing_other"),
        ("ゴムシートのメーカー", "rubber"),
        ("自動車用タイヤの製造", "manufacturing_other"),
        ("コンベアベルト作っとる", "manufacturing_other"),
        ("みんしゅく", "ryokan"),
        ("せっこついん", "service"),
    ],
)
def test_the_law_decides_what_a_trade_counts_as(
    industries: Industries, says: str, means: str
) -> None:
    assert industries.read(says) == Reading(((means,),), sure=True)


@pytest.mark.parametrize(
    ("says", "means"),
    [
        ("美容室に化粧品を卸してます", "wholesale"),
        ("病院の清掃", "service"),
        ("ホテルの設備工事", "manufacturing_other"),
        ("旅館向けのアプリを作る会社", "software"),
        ("ラーメン製造", "manufacturing_other"),
        ("建築設計", "service"),
    ],
)
def test_for_whom_or_where_the_work_is_done_is_not_the_trade(
    industries: Industries, says: str, means: str
) -> None:
    assert industries.read(says) == Reading(((means,),), sure=True)


@pytest.mark.parametrize(
    ("says", "means"),
    [
        ("製造業ではなく卸売です", "wholesale"),
        ("昔は旅館 いまは食堂", "retail"),
        ("民宿もやるが本業は大工", "manufacturing_other"),
        ("運送が本業で旅館もある", "manufacturing_other"),
        ("メインは金属加工です", "manufacturing_other"),
    ],
)
def test_the_work_of_today_and_the_main_one_count(
    industries: Industries, says: str, means: str
) -> None:
    assert industries.read(says) == Reading(((means,),), sure=True)


@pytest.mark.parametrize("says", ["美容室と旅館", "酒屋 居酒屋に卸してます", "洋服", "店やってる"])
def test_two_trades_or_a_bare_thing_are_asked(industries: Industries, says: str) -> None:
    reading = industries.read(says)
    assert not reading.sure
    assert len(reading.candidates) in {2, 3}


def test_what_is_done_narrows_a_trade_in_doubt(industries: Industries) -> None:
    assert industries.read("豆腐屋 店で売ってます") == Reading((("retail",),), sure=True)


def test_a_misspelt_trade_is_offered_but_never_taken_for_granted(industries: Industries) -> None:
    reading = industries.read("自動車整備工城")
    assert "service" in classes(industries.read("デイサ―ビス"))
    assert not industries.read("デイサ―ビス").sure
    assert "service" in classes(reading)


@pytest.mark.parametrize(
    "says", ["", "こんにちは", "30人", "名古屋です", "わからん", "ジャパンフーズ", "そばえる"]
)
def test_words_without_a_trade_say_nothing(industries: Industries, says: str) -> None:
    assert industries.read(says) == NOTHING


def test_an_unknown_class_is_refused_with_its_line(faults: Faults) -> None:
    said = faults(
        "ignore: []\ntrades:\n  - could: fishery\n    words: [漁]\nvague: []\nthings: []\nacts: []"
    )
    assert "industries.yaml:3: 「fishery」は使えません" in said


def test_a_word_given_twice_is_refused_with_both_lines(faults: Faults) -> None:
    said = faults(
        "ignore: []\ntrades:\n  - could: retail\n    words:\n      - ラーメン\n      - らーめん\n"
        "vague: []\nthings: []\nacts: []"
    )
    assert "industries.yaml:6: 「らーめん」は5行目にもあります" in said


def test_an_unknown_act_and_a_broken_group_are_refused(faults: Faults) -> None:
    said = faults(
        "ignore: []\ntrades:\n  - could: retail\nvague: []\nthings: []\n"
        "acts:\n  - {act: sing, could: retail, words: [歌]}"
    )
    assert "「words」がありません" in said
    assert "「sing」は使えません" in said


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        load_industries(tmp_path / "none.yaml")
