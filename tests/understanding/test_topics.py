"""Side questions: the right topic at once, buttons when in doubt, and a polite no outside."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.tools.labelled import load_labelled
from bot.tools.scoring import score
from dialogs.understand.gate import RANKS, SIGNS, Gate, Line
from dialogs.understand.model import NO, OUTSIDE, Model
from dialogs.understand.readers import load_readers
from dialogs.understand.shelf import Shelf
from dialogs.understand.tokens import Cutter, load_cutter
from dialogs.understand.topics import Entry, Hit, TopicIndex, is_outside
from knowledge.book import Book
from knowledge.load import load_book

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "dialogs" / "understand"
FIT = ROOT / "tests" / "understanding" / "question_fit.yaml"


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book(ROOT / "knowledge")


@pytest.fixture(scope="module")
def index(book: Book) -> TopicIndex:
    return load_readers(FOLDER, book).index


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return load_cutter({"税制": ("税金", "特別償却"), "GビズID": ("gビズ",)})


def nowhere(_: str) -> None:
    """No place is ever read."""


def small_index(least: float, topics: tuple[Entry, ...] = ()) -> TopicIndex:
    """Two topics answered from this chance on; the model knows them and one outside group."""
    known = topics or (
        Entry("fee", "手数料はいくらですか", ("料金",), ""),
        Entry("logo", "ロゴ", (), ""),
    )
    ranks = dict.fromkeys(RANKS, 1.0)
    signs = dict.fromkeys(SIGNS, 0.0)
    gate = Gate(ranks, Line(0.0, signs | {"score": 1.0}, least), Line(0.0, signs, 1.0))
    labels = ("fee", "logo", f"{OUTSIDE}weather")
    model = Model(labels, (NO, NO, NO), 0.1, {"w天気": 0}, (0, 1), (2,), (20,))
    return TopicIndex(known, load_cutter({"料金": ("お代",)}), gate, model, nowhere)


def test_a_title_is_answered_at_once(index: TopicIndex) -> None:
    assert index.search("特別償却は何%ですか") == Hit(topic="tax_rate")


def test_kana_alone_finds_what_is_written_in_kanji(index: TopicIndex) -> None:
    found = index.rank("とくべつしょうきゃくは なんぱーせんと")
    assert found
    assert found.topics[0][0] == "tax_rate"


def test_a_wrong_kanji_of_the_same_sound_still_finds_it(index: TopicIndex) -> None:
    found = index.rank("特別焼却は何%ですか")
    assert found
    assert found.topics[0][0] == "tax_rate"


@pytest.mark.parametrize("says", ["明日の天気は", "しね", "マイナンバーカードを作りたい", "asdfgh"])
def test_outside_is_never_answered_as_a_topic(index: TopicIndex, says: str) -> None:
    assert index.search(says).topic is None


@pytest.mark.parametrize("says", ["", " ", "？", "\ud800", "😀", "ー", "\x00"])
def test_a_message_without_a_word_is_outside(index: TopicIndex, says: str) -> None:
    assert index.search(says) == Hit(outside=True)


def test_a_very_long_message_is_read_only_to_its_bound(index: TopicIndex) -> None:
    assert index.search("税金いくら" * 60) == index.search("税金いくら" * 10_000)


def test_a_hit_says_exactly_one_thing_and_shows_three_buttons_at_most(
    index: TopicIndex, book: Book
) -> None:
    for each in load_labelled(FIT, book):
        hit = index.search(each.says)
        assert (hit.topic is not None) + bool(hit.candidates) + hit.outside == 1
        assert len(hit.candidates) <= 3


def test_the_fit_half_does_not_get_worse(index: TopicIndex, book: Book) -> None:
    """A floor against breakage. Whether the goals are met, only the kept-apart half can say."""
    result = score([(each, index.search(each.says)) for each in load_labelled(FIT, book)])
    assert result.answered <= 1
    assert result.wrong <= 0.05 * result.inside
    assert result.shown >= 0.9 * result.inside


def test_the_same_question_has_the_same_answer_in_another_index(
    index: TopicIndex, book: Book
) -> None:
    other = load_readers(FOLDER, book).index
    for each in load_labelled(FIT, book)[::10]:
        assert other.rank(each.says) == index.rank(each.says)


def test_in_doubt_the_candidates_come_best_first() -> None:
    assert small_index(1.0).search("料金とロゴ").candidates == ("fee", "logo")


def test_a_synonym_finds_the_topic_that_never_says_it() -> None:
    assert small_index(0.0).search("お代").topic == "fee"


def test_outside_groups_are_never_named_as_candidates() -> None:
    index = small_index(1.0)
    assert index.search("天気の料金").candidates == ("fee", "logo")
    assert index.features("天気の料金").out == pytest.approx(-1 + 2 / 2**0.5)
    assert index.features("料金").out == NO
    assert is_outside(f"{OUTSIDE}weather")
    assert not is_outside("fee")


def test_a_topic_made_after_the_fitting_is_found_by_its_words() -> None:
    new = Entry("parking", "駐車場はありますか", ("車を停める所",), "")
    assert small_index(0.0, (new,)).search("駐車場ある？").topic == "parking"


def test_an_answer_is_said_only_where_the_gate_says_yes() -> None:
    index = small_index(0.0)
    never = Line(0.0, {}, 2.0)
    closed = index.with_gate(replace(index.gate, answer=never))
    assert index.search("料金").topic == "fee"
    assert closed.search("料金") == Hit(candidates=("fee", "logo"))


def test_the_office_of_the_place_that_was_said_is_found(index: TopicIndex) -> None:
    for says, topic in (
        ("秋田の相談の電話は", "advice_tohoku"),
        ("宇都宮 申請先 電話番号", "filing_kanto"),
        ("静岡の窓口はどこ", "desk_shizuoka"),
    ):
        found = index.rank(says)
        assert found
        assert found.topics[0][0] == topic


def test_a_meaning_is_found_in_every_way_of_writing_it(cutter: Cutter) -> None:
    for says in ("税金", "ぜいきん", "ゼイキン", "ｾﾞｲｷﾝ", "税制", "とくべつしょうきゃく"):
        assert cutter.cut(says).meanings == ("税制",)


def test_words_are_normalised_and_small_words_kept_apart(cutter: Cutter) -> None:
    found = cutter.cut("締切は")
    assert found.words == cutter.cut("締め切りは").words
    assert found.small == ("は",)


def test_bm25_prefers_the_text_where_the_rare_word_stands() -> None:
    shelf = Shelf([("a", "b"), ("a", "c")])
    scores = shelf.shares(["a", "c"])
    assert scores[1] > scores[0] > 0


def test_words_no_topic_knows_are_strange() -> None:
    shelf = Shelf([("a",), ("b",)])
    assert shelf.strange(["a"]) == 0.0
    assert shelf.strange(["x"]) == 1.0
    assert 0.0 < shelf.strange(["a", "x"]) < 1.0
    assert shelf.strange([]) == 0.0
