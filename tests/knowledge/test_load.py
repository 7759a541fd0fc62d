"""Loading the folder: what is read from it, and every way an editor can break it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.errors import FileError
from knowledge.facts import Source
from knowledge.load import load_book
from tests.knowledge.small import FILES

Edited = Callable[[str, str, str], list[str]]
NO_FIELD = "という項目はありません。使えるのは"


def test_a_sound_folder_is_read_whole(folder: Path):
    book = load_book(folder)
    assert list(book.facts) == ["processing_days", "processing_rule", "tax_rate"]
    assert list(book.offices.by_id) == ["headquarters", "smrj_east", "meti_east"]
    assert book.rows == ("1.4.2-1", "1.5-B3", "1.8.1-11", "1.10-1")


def test_a_source_is_read_with_its_names_issue_and_address(folder: Path):
    assert load_book(folder).sources == {
        "S2": Source(
            id="S2",
            title="中小企業庁「認定制度の概要」",
            short="認定制度の概要",
            issued="2025年12月",
            url="https://www.example.jp/",
        ),
        "S3": Source("S3", "組合のページ", "組合のページ", None, None),
    }


def test_all_faults_of_all_files_come_at_once_in_the_order_of_files_and_lines(folder: Path):
    for file, old, new in [
        ("topics/time.yaml", "source: S2", "source: S9"),
        ("facts/tax.yaml", "evidence: private", "evidence: rumour"),
        ("facts/tax.yaml", "from: 2025-04-01", "from: 2025-04-31"),
        ("cases.yaml", "plan: joint", "plan: jiont"),
        ("facts/filing.yaml", "value: 45日", "value: [45日, 60日]"),
    ]:
        path = folder / file
        path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(FileError) as refused:
        load_book(folder)
    assert str(refused.value).splitlines() == [
        "knowledge/cases.yaml:4: 「jiont」は使えません。"
        "joint、single、unstated、none のどれかにしてください。",
        "knowledge/facts/filing.yaml:3: 「value」には言葉が1つ要ります。",
        "knowledge/facts/tax.yaml:2: 「tax_rate」の期間が重なるか、順番が違います。",
        "knowledge/facts/tax.yaml:7: 「rumour」は使えません。official、official_copy、semi、"
        "press、private、inferred、background のどれかにしてください。",
        "knowledge/facts/tax.yaml:18: 「2025-04-31」という日はありません。例 2026-11-22",
        "knowledge/topics/time.yaml:6: 「S9」は使えません。S2、S3 のどれかにしてください。",
    ]


@pytest.mark.parametrize("file", sorted(file for file in FILES if file.endswith(".yaml")))
def test_a_duplicate_key_is_refused_in_every_file(folder: Path, file: str):
    path = folder / file
    text = path.read_text("utf-8")
    last = len(text.splitlines()) + 1
    lines = text.splitlines()
    first = next(i for i, line in enumerate(lines, 1) if line[0].isalpha())
    key = lines[first - 1].partition(":")[0]
    path.write_text(f"{text}{key}: x\n", encoding="utf-8")
    with pytest.raises(FileError) as refused:
        load_book(folder)
    fault = f"knowledge/{file}:{last}: 「{key}」は{first}行目にもあります。"
    assert [str(each) for each in refused.value.faults] == [fault]


@pytest.mark.parametrize("file", ["sources.yaml", "offices.yaml", "cases.yaml"])
def test_a_missing_file_is_named(folder: Path, file: str):
    (folder / file).unlink()
    with pytest.raises(FileError) as refused:
        load_book(folder)
    named = [str(fault) for fault in refused.value.faults if fault.file == f"knowledge/{file}"]
    missing = f"knowledge/{file}: ファイルが読めません。あるかどうか確かめてください。"
    assert named == [missing]


def test_without_fact_files_the_rows_they_carry_are_missed(folder: Path):
    for path in (folder / "facts").iterdir():
        path.unlink()
    with pytest.raises(FileError) as refused:
        load_book(folder)
    assert [str(fault) for fault in refused.value.faults] == [
        "knowledge/sources.yaml:10: 行「1.4.2-1」を述べる事実がありません。",
        "knowledge/sources.yaml:11: 行「1.5-B3」を述べる事実がありません。",
        "knowledge/topics/time.yaml:4: 「{processing_days}」という事実はありません。",
    ]


def test_only_yaml_files_are_read_as_facts(folder: Path):
    (folder / "facts" / "memo.txt").write_text("tax_rate: [", encoding="utf-8")
    assert len(load_book(folder).facts) == 3


def test_the_faults_carry_the_name_of_the_folder_that_was_read(folder: Path):
    renamed = folder.rename(folder.with_name("copy"))
    (renamed / "cases.yaml").write_text("", encoding="utf-8")
    with pytest.raises(FileError) as refused:
        load_book(renamed)
    assert "copy/cases.yaml: ファイルが空です。" in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("  - 1.10-1\n", "  - 1.10-2\n", ["13: 行「1.10-2」を述べる事実がありません。"]),
        ("  - 1.8.1-11\n", "  - 1.8.1-3\n", []),
        ("  S3:", "  S-3:", ["8: 「S-3」は英字、数字、_ で書いてください。"]),
        ("  S3:", "  3:", ["8: 「3」は英字、数字、_ で書いてください。"]),
        ("title: 組合のページ", 'title: ""', ["8: 「title」には言葉が1つ要ります。"]),
        ("issued: 2025年12月", "issued: [a]", ["4: 「issued」には言葉が1つ要ります。"]),
        ("short: 認定制度の概要", "short:", ["6: 「short」には言葉が1つ要ります。"]),
        ("url: https://www.example.jp/", "url:", ["5: 「url」には言葉が1つ要ります。"]),
        ("{title: 組合のページ}", "{url: x}", ["8: 「S3」に「title」がありません。"]),
        ("    note:", "    memo:", [f"7: 「memo」{NO_FIELD} title、short、issued、url、note"]),
        ("rows:\n", "row:\n", [": 「ファイル全体」に「rows」がありません。", "9: 「row」"]),
        ("  - 1.10-1\n", "  -\n", ["13: 「3」には言葉が1つ要ります。"]),
    ],
)
def test_a_fault_in_the_sources_is_named(folder: Path, old: str, new: str, faults: list[str]):
    path = folder / "sources.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    named = []
    try:
        load_book(folder)
    except FileError as error:
        named = [str(each) for each in error.faults if each.file == "knowledge/sources.yaml"]
    for fault in faults:
        assert [line for line in named if fault in line], named
    assert bool(named) == bool(faults)


def test_rows_that_are_no_list_are_refused(edited: Edited):
    rows = "\n  - 1.4.2-1\n  - 1.5-B3\n  - 1.8.1-11\n  - 1.10-1\n"
    assert edited("sources.yaml", rows, " 1.4.2-1\n") == [
        "knowledge/sources.yaml:9: 「rows」は「- 」で始まる並びで書いてください。"
    ]


def test_sources_that_are_no_table_leave_every_source_unknown(folder: Path):
    (folder / "sources.yaml").write_text("sources: [S2, S3]\nrows: []\n", encoding="utf-8")
    with pytest.raises(FileError) as refused:
        load_book(folder)
    faults = [str(fault) for fault in refused.value.faults]
    assert "knowledge/sources.yaml:1: 「sources」は「名前: 値」の組で書いてください。" in faults
    assert "knowledge/topics/time.yaml:6: 「S2」は使えません。 のどれかにしてください。" in faults
