"""Reading a trade in an owner's words: the class of the work done, and candidates when in doubt."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.tools.labelled import load_utterances
from dialogs.understand.industry import CLASSES, Industries
from dialogs.understand.load_industries import load_industries
from dialogs.understand.reading import NOTHING, Reading
from knowledge.errors import FileError

HERE = Path(__file__).resolve().parent
FILE = HERE.parent.parent / "dialogs" / "understand" / "industries.yaml"
FIT = load_utterances(HERE / "slots_fit.yaml", "industry")
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
    read = [(each, industries.read(each.says)) for each in FIT]
    sure = [(each, classes(reading)) for each, reading in read if reading.sure]
    assert [each.says for each, given in sure if not each.allows(given[0])] == []
    assert all(len(given) == 1 for _, given in sure)


def test_the_class_is_first_in_at_least_92_of_100_and_always_among_three(
    industries: Industries,
) -> None:
    named = [each for each in FIT if each.value in CLASSES]
    found = [(each.value, classes(industries.read(each.says))) for each in named]
    assert sum(means == given[0] for means, given in found) >= 0.92 * len(named)
    assert all(means in given and len(given) <= 3 for means, given in found)


def test_what_is_to_be_asked_is_asked_with_every_class_it_could_be(industries: Industries) -> None:
    for each in (each for each in FIT if each.among and not each.also):
        reading = industries.read(each.says)
        assert not reading.sure
        assert set(each.among) <= set(classes(reading)), each


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


@pytest.mark.parametrize(
    ("says", "means"),
    [
        ("鉄板を曲げる仕事 いたがね", "manufacturing_other"),
        ("家を壊す仕事", "manufacturing_other"),
        ("トイレの修理", "manufacturing_other"),
        ("部屋を貸しとる", "manufacturing_other"),
        ("バスツアーを企画", "manufacturing_other"),
        ("工業用ゴムベルトを製造", "manufacturing_other"),
        ("ゴムのホースこさえとる", "rubber"),
        ("お花の先生", "service"),
        ("車の板金", "service"),
        ("部屋の片付け", "service"),
        ("呑み屋のおかみ、立ち食い", "retail"),
        ("露天商", "retail"),
        ("魚市場の仲買", "wholesale"),
        ("プログラムを書く仕事", "software"),
    ],
)
def test_everyday_words_for_a_trade_are_known(
    industries: Industries, says: str, means: str
) -> None:
    assert industries.read(says) == Reading(((means,),), sure=True)


@pytest.mark.parametrize(
    ("says", "first"),
    [
        ("老人ホームに届ける", "service"),  # Only the customer is named.
        ("ゴムホースの販売", "wholesale"),
        ("工場に部品を納めています", "wholesale"),
        ("クッキーを焼いて売る", "retail"),
        ("パッキンの製造", "rubber"),
        ("カプセルホテル", "ryokan"),
        ("質屋", "manufacturing_other"),
    ],
)
def test_what_may_be_another_class_is_asked_the_likeliest_first(
    industries: Industries, says: str, first: str
) -> None:
    reading = industries.read(says)
    assert not reading.sure
    assert classes(reading)[0] == first
    assert len(classes(reading)) <= 3


@pytest.mark.parametrize(
    ("says", "could"),
    [
        ("バイク屋、修理もたまに", ("retail", "service", "manufacturing_other")),
        ("楽器店 修理も", ("retail", "service")),
        ("電器店で修理もちょっとやる", ("retail",)),
        ("床屋です 化粧品も少し売る", ("service",)),
        ("PC関連", ("software", "retail", "service")),
        ("味噌を造って問屋に卸して店でも売る", ("manufacturing_other", "wholesale", "retail")),
        ("ゴム手袋屋 手袋を製造", ("rubber", "retail")),
    ],
)
def test_a_sideline_gives_way_and_all_that_is_done_is_offered(
    industries: Industries, says: str, could: tuple[str, ...]
) -> None:
    reading = industries.read(says)
    assert tuple(classes(reading)) == could
    assert reading.sure == (len(could) == 1)


@pytest.mark.parametrize("says", ["小売業になります", "サービス業に入ると思います"])
def test_to_count_as_a_class_is_no_customer(industries: Industries, says: str) -> None:
    assert industries.read(says).sure


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
