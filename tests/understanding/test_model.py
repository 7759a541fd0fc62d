"""The model: trained on wordings, packed small, read back as it was."""

from pathlib import Path

import pytest

from bot.tools.train import outside_labels, train, write_model
from dialogs.understand.load_index import load_examples
from dialogs.understand.load_model import load_model
from dialogs.understand.model import OUTSIDE, Model, features
from dialogs.understand.tokens import Cutter, load_cutter
from knowledge.book import Book

FOLDER = Path(__file__).parents[2] / "dialogs" / "understand"
WORDINGS = {
    "fee": ["手数料はいくら", "お金かかる", "料金は", "ただでできる", "費用なんぼ"],
    "logo": ["ロゴを使いたい", "マークを名刺に", "ロゴマークどこ", "名刺にのせてええ"],
    f"{OUTSIDE}weather": ["明日の天気", "雨ふる", "天気予報", "台風いつ来る"],
}


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return load_cutter({})


@pytest.fixture(scope="module")
def small(cutter: Cutter) -> Model:
    return train(WORDINGS, cutter)


@pytest.mark.parametrize(
    ("says", "label"),
    [
        ("費用はいくらかかる", "fee"),
        ("名刺にロゴ入れたい", "logo"),
        ("あしたの天気は雨かな", f"{OUTSIDE}weather"),
    ],
)
def test_it_knows_what_it_was_told_in_other_words(
    small: Model, cutter: Cutter, says: str, label: str
) -> None:
    scores = small.scores(cutter.cut(says))
    outside = scores.pop(OUTSIDE)
    assert max(scores, key=lambda each: scores[each]) == label
    assert (outside > 0) == label.startswith(OUTSIDE)


def test_without_a_known_word_every_topic_is_a_no(small: Model, cutter: Cutter) -> None:
    scores = small.scores(cutter.cut("zzz"))
    assert all(scores[label] < 0 for label in WORDINGS)


def test_what_is_written_is_read_back(small: Model, cutter: Cutter, tmp_path: Path) -> None:
    write_model(small, tmp_path / "model.json")
    read = load_model(tmp_path / "model.json")
    for says in ("手数料", "ロゴはどこ", "雨", ""):
        assert read.scores(cutter.cut(says)) == small.scores(cutter.cut(says))


def test_the_same_wordings_give_the_same_file(small: Model, cutter: Cutter, tmp_path: Path) -> None:
    write_model(small, tmp_path / "one.json")
    write_model(train(WORDINGS, cutter), tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_each_kind_of_token_has_the_same_length_however_long_the_text(cutter: Cutter) -> None:
    for says in ("料金", "料金はいくらかかりますか。手数料も教えてください"):
        words = [share for name, share in features(cutter.cut(says)) if name[0] == "w"]
        assert sum(share**2 for share in words) == pytest.approx(1.0)


def test_every_wording_is_of_a_topic_and_of_one_alone(book: Book) -> None:
    seen: dict[str, str] = {}
    for path in sorted((FOLDER / "wordings").glob("*.yaml")):
        for id, wordings in load_examples(FOLDER / "wordings", path.stem).items():
            assert id in book.topics, f"{path.name}: {id}"
            for each in wordings:
                assert seen.setdefault(each, id) == id, f"{each}: {seen[each]}, {id}"


def test_the_model_knows_every_topic_and_every_outside_group(book: Book) -> None:
    labels = set(load_model(FOLDER / "model.json").labels)
    outside = outside_labels(load_examples(FOLDER, "outside"))
    assert labels == {*book.topics, *outside, OUTSIDE}, "run: python -m bot.tools.fit_search"
