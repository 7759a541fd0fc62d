"""The gate: fitted by the script, read strictly."""

from pathlib import Path

import pytest

from bot.tools.fitting import fit_line, fit_ranks
from dialogs.understand.load_index import load_examples, load_index
from knowledge.errors import FileError

FOLDER = Path(__file__).parents[2] / "dialogs" / "understand"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    for name in ("synonyms.yaml", "outside.yaml", "gate.yaml", "model.json"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    return tmp_path


def test_a_gate_with_a_word_for_a_number_is_refused_with_its_line(broken: Path) -> None:
    text = (broken / "gate.yaml").read_text(encoding="utf-8")
    (broken / "gate.yaml").write_text(text.replace("constant: ", "constant: x", 1), "utf-8")
    with pytest.raises(FileError, match=r"gate\.yaml:\d+: .*は数ではありません"):
        load_index(broken, (), lambda _: None)


def test_a_gate_without_a_sign_is_refused(broken: Path) -> None:
    text = (broken / "gate.yaml").read_text(encoding="utf-8")
    (broken / "gate.yaml").write_text(text.replace("    strange: ", "    odd: ", 1), "utf-8")
    with pytest.raises(FileError, match="strange"):
        load_index(broken, (), lambda _: None)


def test_synonyms_that_are_no_list_are_refused(broken: Path) -> None:
    (broken / "synonyms.yaml").write_text("税制: 税金\n", "utf-8")
    with pytest.raises(FileError, match=r"synonyms\.yaml:1"):
        load_examples(broken, "synonyms")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"labels": []}'])
def test_a_model_that_cannot_be_read_is_refused_with_what_to_do(broken: Path, text: str) -> None:
    (broken / "model.json").write_text(text, "utf-8")
    with pytest.raises(FileError, match=r"model\.json: 読めません.*fit_search"):
        load_index(broken, (), lambda _: None)


def test_a_missing_model_is_refused(broken: Path) -> None:
    (broken / "model.json").unlink()
    with pytest.raises(FileError, match=r"model\.json"):
        load_index(broken, (), lambda _: None)


def test_ranks_are_fitted_to_what_sets_the_right_one_apart() -> None:
    cases = [[((1.0, 0.0), True), ((0.0, 1.0), False)]] * 4
    first, second = fit_ranks(cases)
    assert first > 0.0 > second


def test_a_line_is_fitted_so_that_it_parts_yes_from_no() -> None:
    constant, (weight,) = fit_line([(0.0,), (1.0,), (4.0,), (5.0,)], [False, False, True, True])
    assert constant + weight * 1.0 < 0 < constant + weight * 4.0
