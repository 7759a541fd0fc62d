"""Loading cases and topics, and the fault each mistake is told by."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.book import Case, Topic
from knowledge.errors import FileError
from knowledge.load import load_book

Edited = Callable[[str, str, str], list[str]]
NO_FIELD = "という項目はありません。使えるのは"


def test_a_case_is_read_with_all_its_fields(folder: Path):
    cases = load_book(folder).cases
    assert cases["sankai"] == Case(
        id="sankai",
        rows=("1.10-1",),
        name="株式会社山海",
        plan="joint",
        industry="retail",
        concerns=("flood", "supply_chain"),
        prefecture="島根県",
        text="原材料の会社と連携しました。",
        source="S2",
        place="事例",
        evidence="official",
        checked_on=date(2026, 11, 22),
    )
    florist = cases["florist"]
    assert (florist.prefecture, florist.concerns) == (None, ("flood",))
    assert (florist.rows, florist.evidence) == (("1.10-8", "1.12-17"), "semi")


def test_a_topic_is_read_with_all_its_fields(folder: Path):
    assert load_book(folder).topics == {
        "how_long": Topic(
            id="how_long",
            title="何日かかりますか",
            answer=("標準処理期間は{processing_days}です。", "不備があると長引きます。"),
            also=("いつ", "何日", "どのくらい", "期間", "待つ日"),
            source="S2",
            place="P2",
            evidence="official",
            about=(),
            next=(),
        )
    }


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "  industry: retail\n  concerns: [",
            "  concerns: [",
            "1: 「sankai」に「industry」がありま",
        ),
        ("  prefecture: 島根県", "  prefectrue: 島根県", f"7: 「prefectrue」{NO_FIELD} name"),
        ("  prefecture: 島根県", "  prefecture:", "7: 「prefecture」には言葉が1つ要ります。"),
        ("  name: 生花店", "  name: []", "15: 「name」には言葉が1つ要ります。"),
        ("  plan: none", "  plan: both", "16: 「both」は使えません。joint、single、unst"),
        ("  industry: retail\n  concerns: f", "  industry:\n  concerns: f", "17: 「industry」には"),
        ("  concerns: flood", "  concerns:", "18: 「concerns」には言葉が1つ要ります。"),
        ("  text: 電気", "  text:\n  # 電気", "19: 「text」には言葉が1つ要ります。"),
        ("  source: S3", "  source: S7", "20: 「S7」は使えません。S2、S3 のどれかに"),
        ("row: 1.10-1", "row: 10", "2: 「10」は行の番号（例 1.4.2-3）ではありません。"),
        ("evidence: semi", "evidence: half", "22: 「half」は使えません。official、"),
        ("checked_on: 2026-11-21", "checked_on: 昨日", "23: 「昨日」という日はありません。例"),
    ],
)
def test_a_fault_in_a_case_is_named(edited: Edited, old: str, new: str, fault: str):
    named = [line for line in edited("cases.yaml", old, new) if "cases.yaml" in line]
    assert len(named) == 1
    assert named[0].startswith(f"knowledge/cases.yaml:{fault}")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("  place: P2\n", "", "1: 「how_long」に「place」がありません。"),
        ("  place: P2\n", "  place:\n", "7: 「place」には言葉が1つ要ります。"),
        ("  title: 何日", "  titel: 何日", "1: 「how_long」に「title」がありません。"),
        ("title: 何日かかりますか", "title: {a: b}", "2: 「title」には言葉が1つ要ります。"),
        ("- 不備があると長引きます。", "-", "5: 「1」には言葉が1つ要ります。"),
        ("source: S2", "source: s2", "6: 「s2」は使えません。S2、S3 のどれかにしてください。"),
    ],
)
def test_a_fault_in_a_topic_is_named(edited: Edited, old: str, new: str, fault: str):
    assert f"knowledge/topics/time.yaml:{fault}" in edited("topics/time.yaml", old, new)


def test_the_entries_after_a_bad_one_are_read_too(folder: Path):
    for file, entry in (("cases.yaml", "sankai:\n"), ("topics/time.yaml", "how_long:\n")):
        path = folder / file
        text = f"first: x\n{path.read_text('utf-8')}".replace(entry, f"{entry}  memo: x\n")
        path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as refused:
        load_book(folder)
    unknown = [str(fault).partition("使える")[0] for fault in refused.value.faults]
    assert "knowledge/cases.yaml:3: 「memo」という項目はありません。" in unknown
    assert "knowledge/topics/time.yaml:3: 「memo」という項目はありません。" in unknown
