"""Loading the two maps from prefecture to office, and the fault each mistake is told by."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.load_offices import load_offices
from knowledge.offices import Offices
from knowledge.strict_yaml import Sheet
from tests.knowledge.small import FILING, NAMES, OFFICES

Edited = Callable[[str, str, str], list[str]]
FILE = "knowledge/offices.yaml"
LINE = {"advice": 33, "甲県": 34, "filing": 81}
ENTRY = "{office: smrj_east, evidence: press, verified_on: 2026-11-20"


def test_an_office_for_advice_does_not_take_filings(edited: Edited):
    faults = edited("offices.yaml", f"甲県: {ENTRY}", f"甲県: {ENTRY}".replace("smrj", "meti"))
    assert faults == [
        f"{FILE}:{LINE['甲県']}: 「meti_east」は使えません。smrj_east のどれかにしてください。"
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("evidence: press", "evidence: x", "「x」は使えません。official、official_copy、"),
        ("2026-11-20", "2026-11-31", "「2026-11-31」という日はありません。例 2026-11-22"),
        ('"true"', '"yes"', "「yes」は使えません。true、false のどれかにしてください。"),
        ('"true"', '""', "「check」には言葉が1つ要ります。"),
        ("office: smrj_east, evidence: press", "evidence: press", "「甲県」に「office」がありま"),
        ("evidence: press", "evidnce: press", "「evidnce」という項目はありません。使えるのは o"),
    ],
)
def test_a_fault_in_a_map_is_named_with_its_line(edited: Edited, old: str, new: str, fault: str):
    faults = edited("offices.yaml", old, new)
    assert [f for f in faults if f.startswith(f"{FILE}:{LINE['甲県']}: {fault}")], faults


def test_each_fault_of_an_entry_written_over_lines_has_its_own_line(edited: Edited):
    entry = f'  甲県: {ENTRY}, check: "true"}}\n'
    lines = "  甲県:\n    office: x\n    evidence: x\n    verified_on: x\n    check: x\n"
    faults = edited("offices.yaml", entry, lines)
    assert [fault.partition("は使え")[0].partition("という")[0] for fault in faults] == [
        f"{FILE}:{LINE['甲県'] + i}: 「x」" for i in range(1, 5)
    ]


def test_the_entries_after_a_bad_one_are_read_too(edited: Edited):
    faults = edited("offices.yaml", f"  甲県: {ENTRY}", f"  丙県: x\n  甲県: {ENTRY}, memo: x")
    assert f"{FILE}:{LINE['甲県'] + 1}: 「memo」という項目はありません。" in {
        fault.partition("使える")[0] for fault in faults
    }


def test_the_part_of_the_offices_is_blamed_where_it_stands(folder: Path, edited: Edited):
    (folder / "offices.yaml").write_text(FILING + OFFICES, encoding="utf-8")
    faults = edited("offices.yaml", "  headquarters:", "  head_office:")
    assert f"{FILE}:{1 + FILING.count(chr(10))}: 本部（headquarters）の窓口がありません。" in faults


def test_offices_that_are_no_table_are_blamed_where_they_stand(folder: Path, edited: Edited):
    advice = OFFICES[OFFICES.index("advice:\n") :]
    (folder / "offices.yaml").write_text(f"{FILING}offices: []\n{advice}", encoding="utf-8")
    at = f"{FILE}:{1 + FILING.count(chr(10))}"
    faults = edited("offices.yaml", "offices: []", "offices: [甲]")
    assert f"{at}: 「offices」は「名前: 値」の組で書いてください。" in faults


def test_without_its_three_parts_there_is_no_office_and_no_map():
    assert load_offices(Sheet("offices.yaml", {}), ()) == Offices({}, {}, {})


def test_a_prefecture_missing_in_one_map_is_named(edited: Edited):
    gone = f'  甲県: {ENTRY}, check: "true"}}\n'
    at = f"{FILE}:{LINE['advice']}"
    assert edited("offices.yaml", gone, "") == [
        f"{FILE}:28: 「甲県」という都道府県はありません。",
        f"{at}: 「甲県」が advice と filing の片方にしかありません。",
        f"{at}: 都道府県が46件です。47件にしてください。",
    ]


def test_a_prefecture_written_differently_in_the_maps_is_named_twice(edited: Edited):
    at = f"{FILE}:{LINE['advice']}"
    faults = edited("offices.yaml", f"  甲県: {ENTRY}", f"  甲府: {ENTRY}")
    assert faults == [
        f"{FILE}:28: 「甲県」という都道府県はありません。",
        f"{at}: 「甲府」が advice と filing の片方にしかありません。",
        f"{at}: 「甲県」が advice と filing の片方にしかありません。",
    ]


def test_more_than_47_prefectures_are_refused(edited: Edited):
    more = f"  丙県: {ENTRY}}}\n  甲県: {ENTRY}"
    assert f"{FILE}:{LINE['advice']}: 都道府県が48件です。47件にしてください。" in edited(
        "offices.yaml", f"  甲県: {ENTRY}", more
    )


def test_a_map_that_is_no_table_is_refused(folder: Path, edited: Edited):
    text = (folder / "offices.yaml").read_text("utf-8")
    filing = text[text.index("filing:\n") :]
    faults = edited("offices.yaml", filing, "filing: [甲県]\n")
    assert f"{FILE}:{LINE['filing']}: 「filing」は「名前: 値」の組で書いてください。" in faults
    assert len(faults) == 1 + len(NAMES)


@pytest.mark.parametrize("part", ["offices", "advice", "filing"])
def test_each_of_the_three_parts_must_be_there(edited: Edited, part: str):
    faults = edited("offices.yaml", f"{part}:\n", "x:\n")
    assert f"{FILE}:1: 「ファイル全体」に「{part}」がありません。" in faults
