"""What a Sheet makes of a value, and the fault it names when the value has another shape."""

from collections.abc import Callable
from datetime import date

import pytest

from knowledge.strict_yaml import Sheet

AT = ("ask", "title")
Read = Callable[[str | bytes], Sheet]


@pytest.fixture
def sheet() -> Sheet:
    return Sheet("x.yaml", {}, {("ask",): 3, AT: 7})


def faults(sheet: Sheet) -> list[str]:
    return [str(fault) for fault in sheet.faults]


def test_a_table_is_read_as_it_is(sheet: Sheet):
    assert sheet.table(AT, {"a": "1"}) == {"a": "1"}
    assert sheet.faults == []


@pytest.mark.parametrize("value", ["a", ["a"], ""])
def test_another_value_is_no_table(sheet: Sheet, value: object):
    assert sheet.table(AT, value) == {}
    assert faults(sheet) == ["x.yaml:7: 「title」は「名前: 値」の組で書いてください。"]


def test_a_list_is_read_as_it_is(sheet: Sheet):
    assert sheet.items(AT, ["a", "b"]) == ["a", "b"]
    assert sheet.faults == []


@pytest.mark.parametrize("value", ["a", {"a": "b"}])
def test_another_value_is_no_list(sheet: Sheet, value: object):
    assert sheet.items(AT, value) == []
    assert faults(sheet) == ["x.yaml:7: 「title」は「- 」で始まる並びで書いてください。"]


def test_a_text_is_read_as_it_is(sheet: Sheet):
    assert sheet.text(AT, " 単独型 ") == " 単独型 "
    assert sheet.faults == []


@pytest.mark.parametrize("value", ["", " \n ", "　", ["a"], {"a": "b"}])
def test_nothing_and_many_are_no_text(sheet: Sheet, value: object):
    assert sheet.text(AT, value) == ""
    assert faults(sheet) == ["x.yaml:7: 「title」には言葉が1つ要ります。"]


def test_a_text_of_the_file_itself_is_named_as_the_whole_file(sheet: Sheet):
    sheet.text((), "")
    assert faults(sheet) == ["x.yaml: 「ファイル全体」には言葉が1つ要ります。"]


def test_an_absent_text_is_none(sheet: Sheet):
    assert sheet.maybe(("ask",), {}, "title") is None
    assert sheet.faults == []


def test_a_text_that_may_be_absent_is_read_where_it_stands(sheet: Sheet):
    assert sheet.maybe(("ask",), {"title": "a"}, "title") == "a"
    assert sheet.faults == []


def test_a_text_that_may_be_absent_may_not_be_empty(sheet: Sheet):
    assert sheet.maybe(("ask",), {"title": ""}, "title") == ""
    assert faults(sheet) == ["x.yaml:7: 「title」には言葉が1つ要ります。"]


@pytest.mark.parametrize(("value", "texts"), [("a", ("a",)), (["a", "b"], ("a", "b")), ([], ())])
def test_one_text_and_a_list_of_texts_are_read_as_texts(
    sheet: Sheet, value: object, texts: tuple[str, ...]
):
    assert sheet.texts(AT, value) == texts
    assert sheet.faults == []


def test_a_bad_text_in_a_list_is_named_by_its_own_line(sheet: Sheet):
    sheet.lines[(*AT, 1)] = 9
    assert sheet.texts(AT, ["a", {"b": "c"}, ""]) == ("a", "", "")
    assert faults(sheet) == [
        "x.yaml:9: 「1」には言葉が1つ要ります。",
        "x.yaml:7: 「2」には言葉が1つ要ります。",
    ]


def test_a_table_is_no_list_of_texts(sheet: Sheet):
    assert sheet.texts(AT, {"a": "b"}) == ("",)
    assert faults(sheet) == ["x.yaml:7: 「title」には言葉が1つ要ります。"]


def test_a_known_word_is_read_as_it_is(sheet: Sheet):
    assert sheet.one_of(AT, "joint", ("single", "joint")) == "joint"
    assert sheet.faults == []


def test_an_unknown_word_is_refused_with_the_known_ones(sheet: Sheet):
    assert sheet.one_of(AT, "jiont", ("single", "joint")) == "jiont"
    assert faults(sheet) == [
        "x.yaml:7: 「jiont」は使えません。single、joint のどれかにしてください。"
    ]


def test_no_word_is_one_fault_not_two(sheet: Sheet):
    assert sheet.one_of(AT, "", ("single",)) == ""
    assert faults(sheet) == ["x.yaml:7: 「title」には言葉が1つ要ります。"]


def test_a_day_is_read_as_a_day(sheet: Sheet):
    assert sheet.day(AT, "2028-02-29") == date(2028, 2, 29)
    assert sheet.faults == []


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-29", "2026-13-01", "2026-00-10", "2026/11/22", "20261122", "2026-11-2",
        "2026-W47-7", "令和8年11月22日", "2026-11-22 ", "２０２６-11-22",
    ],
)  # fmt: skip
def test_a_day_that_does_not_exist_or_is_written_otherwise_is_refused(sheet: Sheet, text: str):
    assert sheet.day(AT, text) == date.min
    assert faults(sheet) == [f"x.yaml:7: 「{text}」という日はありません。例 2026-11-22"]


def test_a_missing_day_is_one_fault_not_two(sheet: Sheet):
    assert sheet.day(AT, "") == date.min
    assert faults(sheet) == ["x.yaml:7: 「title」には言葉が1つ要ります。"]


def test_a_table_with_all_its_keys_is_given_back(sheet: Sheet):
    table = {"a": "1", "c": "2"}
    assert sheet.fields(AT, table, "a", "b c") is table
    assert sheet.faults == []


def test_optional_keys_may_all_be_absent(sheet: Sheet):
    assert sheet.fields(AT, {"a": "1"}, "a", "b c") == {"a": "1"}
    assert sheet.faults == []


def test_unknown_and_missing_keys_are_all_named(read: Read):
    sheet = read("ask:\n  titel: x\n  why: y\n  helf: z\n")
    assert sheet.fields(("ask",), sheet.data["ask"], "title text", "why help") is None
    assert faults(sheet) == [
        "consultation.yaml:2: 「titel」という項目はありません。"
        "使えるのは title、text、why、help です。",
        "consultation.yaml:4: 「helf」という項目はありません。"
        "使えるのは title、text、why、help です。",
        "consultation.yaml:1: 「ask」に「title」がありません。",
        "consultation.yaml:1: 「ask」に「text」がありません。",
    ]


def test_without_optional_keys_only_the_required_ones_are_offered(sheet: Sheet):
    assert sheet.fields((), {"a": "1", "b": "2"}, "a") is None
    assert faults(sheet) == ["x.yaml: 「b」という項目はありません。使えるのは a です。"]


def test_what_is_no_table_has_no_fields(sheet: Sheet):
    assert sheet.fields(AT, "text", "a") is None
    assert faults(sheet)[0] == "x.yaml:7: 「title」は「名前: 値」の組で書いてください。"


def test_an_empty_table_has_no_fields_even_where_none_is_required(sheet: Sheet):
    assert sheet.fields(AT, {}, "", "a") is None


def test_a_file_that_could_not_be_read_is_not_blamed_for_what_it_lacks():
    sheet = Sheet("x.yaml", {}, broken=True)
    assert sheet.fields((), {}, "a b") is None
    assert sheet.faults == []


def test_an_earlier_fault_does_not_spoil_a_sound_table(sheet: Sheet):
    sheet.fault((), "前のまちがい")
    assert sheet.fields(AT, {"a": "1"}, "a") == {"a": "1"}
