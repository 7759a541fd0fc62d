"""Reading YAML as plain text: nothing is guessed, nothing is lost, every fault has its line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import Fault
from knowledge.strict_yaml import Sheet, load_sheet

Read = Callable[[str | bytes], Sheet]

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PLAIN = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


def faults(sheet: Sheet) -> list[str]:
    return [str(fault) for fault in sheet.faults]


def unreadable(sheet: Sheet, text: str, name: str = "consultation.yaml") -> bool:
    """Is this all that is known of the file, and the file as a whole to blame?"""
    return sheet == Sheet(name, {}, faults=[Fault(name, 0, text)], broken=True)


@pytest.mark.parametrize(
    "scalar",
    ["0120", "12:30", "1.10", "yes", "on", "no", "null", "~", "1_000", "0x1F", "2026-11-22", "1e3"],
)
def test_a_scalar_that_yaml_would_convert_stays_text(read: Read, scalar: str):
    assert read(f"phone: {scalar}\n").data == {"phone": scalar}


def test_keys_and_list_items_stay_text_too(read: Read):
    assert read("0120: [yes, 1.10]\non: {12:30: 08}\n").data == {
        "0120": ["yes", "1.10"],
        "on": {"12:30": "08"},
    }


def test_an_absent_value_is_empty_text(read: Read):
    assert read("phone:\n").data == {"phone": ""}


def test_a_tag_does_not_convert_the_value(read: Read):
    assert read("people: !!int 20\nrun: !!python/name:os.system x\n").data == {
        "people": "20",
        "run": "x",
    }


@given(st.dictionaries(WORDS, PLAIN, min_size=1, max_size=4))
def test_whatever_text_is_written_comes_back_unchanged(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]
):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    sheet = load_sheet(path, "any.yaml")
    assert (sheet.data, sheet.faults) == (data, [])


def test_a_byte_order_mark_is_not_part_of_the_first_key(read: Read):
    assert read("a: 1\n".encode("utf-8-sig")).data == {"a": "1"}


def test_every_entry_has_the_line_of_its_key(read: Read):
    sheet = read("# 見出し\nask:\n  choices:\n    - a\n    - b\n  why: c\n")
    assert sheet.lines == {
        (): 2,
        ("ask",): 2,
        ("ask", "choices"): 3,
        ("ask", "choices", 0): 4,
        ("ask", "choices", 1): 5,
        ("ask", "why"): 6,
    }


def test_a_place_without_a_line_takes_the_line_above_it(read: Read):
    sheet = read("\nask:\n  why: c\n")
    assert sheet.line(("ask", "why", "deeper", 3)) == 3
    assert sheet.line(("ask", "help")) == 2
    assert sheet.line(("nothing",)) == 2


def test_a_sheet_without_any_line_counts_as_a_whole():
    assert Sheet("x.yaml", {}).line(("ask",)) == 0


def test_a_duplicate_key_is_named_with_both_lines(read: Read):
    lines = [f"# {i}" for i in range(1, 26)] + ["prefecture: a"]
    lines += [f"# {i}" for i in range(27, 36)] + ["prefecture: b", ""]
    sheet = read("\n".join(lines))
    assert faults(sheet) == ["consultation.yaml:36: 「prefecture」は26行目にもあります。"]
    assert sheet.data == {"prefecture": "a"}


def test_each_further_duplicate_points_at_the_first(read: Read):
    assert faults(read("a: 1\nb:\n  c: 1\n  c: 2\n  c: 3\n")) == [
        "consultation.yaml:4: 「c」は3行目にもあります。",
        "consultation.yaml:5: 「c」は3行目にもあります。",
    ]


def test_a_quoted_key_is_the_same_key(read: Read):
    assert faults(read('a: 1\n"a": 2\n')) == ["consultation.yaml:2: 「a」は1行目にもあります。"]


def test_the_same_key_in_two_tables_is_no_duplicate(read: Read):
    assert faults(read("a: {c: 1}\nb: {c: 2}\n")) == []


def test_what_follows_a_duplicate_is_still_read(read: Read):
    assert read("a: 1\na: 2\nb: 3\n").data == {"a": "1", "b": "3"}


def test_a_file_with_faults_that_could_be_read_is_not_broken(read: Read):
    assert read("a: 1\na: 2\n").broken is False


def test_a_key_that_is_not_a_word_is_refused_and_the_rest_is_read(read: Read):
    sheet = read("[a, b]: 1\n{c: d}: 2\ne: 3\n")
    assert faults(sheet) == [
        "consultation.yaml:1: 項目の名前は1つの言葉にしてください。",
        "consultation.yaml:2: 項目の名前は1つの言葉にしてください。",
    ]
    assert sheet.data == {"e": "3"}


def test_an_alias_to_itself_is_refused_where_it_stands(read: Read):
    sheet = read("a: &x\n  b:\n    c: *x\n")
    assert faults(sheet) == ["consultation.yaml:3: 自分自身を指す「*」は使えません。"]
    assert sheet.data == {"a": {"b": {"c": ""}}}


def test_a_list_that_holds_itself_is_refused(read: Read):
    sheet = read("a: &x [1, *x]\n")
    assert faults(sheet) == ["consultation.yaml:1: 自分自身を指す「*」は使えません。"]
    assert sheet.data == {"a": ["1", ""]}


def test_an_alias_to_a_neighbour_is_read_as_its_value(read: Read):
    sheet = read("a: &x {c: 1}\nb: *x\nd: *x\n")
    assert (sheet.data["b"], sheet.data["d"], sheet.faults) == ({"c": "1"}, {"c": "1"}, [])
    assert sheet.line(("d",)) == 3


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", "consultation.yaml:3: YAMLの書き方が違います"),
        ("a:\n\tb: 1\n", "consultation.yaml:2: YAMLの書き方が違います"),
        ("a: *nothing\n", "consultation.yaml:1: YAMLの書き方が違います（found undefined alias）。"),
        ("a: 1\n---\nb: 2\n", "consultation.yaml:2: YAMLの書き方が違います"),
    ],
)
def test_broken_yaml_is_one_fault_with_its_line(read: Read, text: str, fault: str):
    sheet = read(text)
    assert len(sheet.faults) == 1
    assert faults(sheet)[0].startswith(fault)
    assert (sheet.name, sheet.data, sheet.broken) == ("consultation.yaml", {}, True)


def test_a_control_character_is_refused(read: Read):
    assert unreadable(read("a: \x01\n"), "使えない文字が入っています。")


def test_a_file_in_another_encoding_is_refused(read: Read):
    sheet = read("a: 事業\n".encode("shift_jis"))
    assert unreadable(sheet, "文字コードをUTF-8にしてください。")


@pytest.mark.parametrize("text", ["", "\n\n", "# 見出しだけ\n"])
def test_an_empty_file_is_refused(read: Read, text: str):
    assert unreadable(read(text), "ファイルが空です。")


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, name: str):
    sheet = load_sheet(tmp_path / name, "x.yaml")
    assert unreadable(sheet, "ファイルが読めません。あるかどうか確かめてください。", "x.yaml")


@pytest.mark.parametrize("text", ["- a\n- b\n", "ただの文\n"])
def test_a_file_that_is_no_table_is_refused(read: Read, text: str):
    sheet = read(text)
    assert faults(sheet) == [
        "consultation.yaml:1: 「ファイル全体」は「名前: 値」の組で書いてください。"
    ]
    assert sheet.data == {}
