"""The errors: what an editor reads, and in which order."""

import pytest

from knowledge.errors import BotError, FactError, Fault, FileError


def test_a_fault_says_file_line_and_what_is_wrong():
    assert str(Fault("a.yaml", 36, "「x」は使えません。")) == "a.yaml:36: 「x」は使えません。"


def test_a_fault_of_the_whole_file_has_no_line():
    assert str(Fault("a.yaml", 0, "ファイルが空です。")) == "a.yaml: ファイルが空です。"


def test_a_refusal_lists_every_fault_once_in_the_order_of_files_and_lines():
    late, early = Fault("a.yaml", 10, "う"), Fault("a.yaml", 9, "い")
    other, whole = Fault("b.yaml", 1, "え"), Fault("a.yaml", 0, "あ")
    error = FileError([other, late, early, whole, late])
    assert error.faults == [whole, early, late, other]
    assert str(error) == "a.yaml: あ\na.yaml:9: い\na.yaml:10: う\nb.yaml:1: え"


@pytest.mark.parametrize("error", [FileError([]), FactError("x")])
def test_every_error_raised_on_purpose_has_one_root(error: Exception):
    assert isinstance(error, BotError)
