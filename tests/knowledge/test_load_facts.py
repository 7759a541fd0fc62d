"""Loading facts: periods, names and origins, and the fault each mistake is told by."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.facts import Fact
from knowledge.load import load_book

Edited = Callable[[str, str, str], list[str]]
TAX, FILING = "knowledge/facts/tax.yaml", "knowledge/facts/filing.yaml"


def test_a_fact_is_read_with_all_its_fields(folder: Path):
    assert load_book(folder).facts["processing_rule"] == (
        Fact(
            id="processing_rule",
            rows=("1.5-B3", "1.5-4"),
            value="標準処理期間は{processing_days}です。",
            source="S2",
            place="P2",
            evidence="official",
            checked_on=date(2026, 11, 22),
            start=None,
            end=None,
            ends_for=None,
        ),
    )


def test_the_periods_of_a_fact_are_read_oldest_first(folder: Path):
    before, after = load_book(folder).facts["tax_rate"]
    assert (before.id, after.id) == ("tax_rate", "tax_rate")
    assert (before.value, before.source, before.place) == ("18%", "S3", "本文")
    assert (before.start, before.end) == (date(2023, 4, 1), date(2025, 3, 31))
    assert (before.ends_for, before.evidence) == ("未認定の方", "private")
    assert (after.value, after.start, after.end) == ("16%", date(2025, 4, 1), None)
    assert (after.ends_for, after.checked_on) == (None, date(2026, 11, 22))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("16%\n", "16%\n    vlaue: 1\n", "14: 「vlaue」という項目はありません。使えるのは row、"),
        ("    place: P5\n", "", "12: 「1」に「place」がありません。"),
        ("  - row: 1.4.2-1\n    value: 16%", "  - value: 16%\n    row:", "13: 「row」には言葉が1"),
        ("value: 16%", "value:", "13: 「value」には言葉が1つ要ります。"),
        ("source: S2", "source: S5", "14: 「S5」は使えません。S2、S3 のどれかにしてください。"),
        ("place: P5", "place: []", "15: 「place」には言葉が1つ要ります。"),
        ("evidence: official", "evidence: 公", "16: 「公」は使えません。official、"),
        ("checked_on: 2026-11-22", "checked_on: 11/22", "17: 「11/22」という日はありません。例"),
        ("from: 2025-04-01", "from: 4月1日", "18: 「4月1日」という日はありません。例"),
        ("until: 2025-03-31", "until: 2025-02-29", "10: 「2025-02-29」という日はありません。"),
        ("until: 2025-03-31", "until: 2023-03-31", "10: 「until」が「from」より前です。"),
        ("ends_for: 未認定の方", "ends_for:", "11: 「ends_for」には言葉が1つ要ります。"),
        ("ends_for: 未認定の方", "ends_for: [a]", "11: 「ends_for」には言葉が1つ要ります。"),
        ("  - row: 1.4.2-1\n    value: 18%", "  - row: 1.4.2\n    value: 18%", "3: 「1.4.2」は行"),
        ("from: 2025-04-01", "from: 2025-03-31", "2: 「tax_rate」の期間が重なるか、順番が違い"),
        ("    from: 2025-04-01\n", "", "2: 「tax_rate」の期間が重なるか、順番が違います。"),
    ],
)
def test_a_fault_in_a_fact_is_named_with_its_line(edited: Edited, old: str, new: str, fault: str):
    faults = edited("facts/tax.yaml", old, new)
    assert [line for line in faults if line.startswith(f"{TAX}:{fault}")], faults


@pytest.mark.parametrize("gone", ["    until: 2025-03-31\n", "    ends_for: 未認定の方\n"])
def test_an_end_and_whom_it_is_for_are_written_together(edited: Edited, gone: str):
    together = "「until」と「ends_for」（だれにとっての終わりか）は一緒に書きます。"
    assert f"{TAX}:3: {together}" in edited("facts/tax.yaml", gone, "")


def test_a_period_without_end_may_only_be_the_last(edited: Edited):
    gone = "    until: 2025-03-31\n    ends_for: 未認定の方\n"
    assert edited("facts/tax.yaml", gone, "") == [
        f"{TAX}:2: 「tax_rate」の期間が重なるか、順番が違います。"
    ]


def test_a_period_may_begin_the_day_after_the_one_before_or_later(folder: Path):
    path = folder / "facts" / "tax.yaml"
    path.write_text(path.read_text("utf-8").replace("2025-04-01", "2025-04-02"), encoding="utf-8")
    assert load_book(folder).facts["tax_rate"][1].start == date(2025, 4, 2)


def test_a_period_of_one_day_is_allowed(folder: Path):
    path = folder / "facts" / "tax.yaml"
    path.write_text(path.read_text("utf-8").replace("2023-04-01", "2025-03-31"), encoding="utf-8")
    first = load_book(folder).facts["tax_rate"][0]
    assert first.start == first.end == date(2025, 3, 31)


def test_a_fact_without_any_period_is_refused(edited: Edited):
    text = "processing_rule:\n"
    assert edited("facts/filing.yaml", text, f"nothing: []\n{text}") == [
        f"{FILING}:8: 「nothing」に値がありません。"
    ]


def test_a_bare_value_is_no_fact(edited: Edited):
    faults = edited("facts/filing.yaml", "processing_rule:\n", "rate: 16%\nprocessing_rule:\n")
    assert f"{FILING}:8: 「rate」は「名前: 値」の組で書いてください。" in faults


def test_a_fact_in_two_files_is_refused_in_the_second(edited: Edited):
    again = "    from: 2025-04-01\nprocessing_days:\n"
    entry = (
        "  {row: 1.5-4, value: 1日, source: S2, place: P, evidence: semi, checked_on: 2026-01-01}"
    )
    assert edited("facts/tax.yaml", "    from: 2025-04-01\n", f"{again}{entry}\n") == [
        f"{TAX}:19: 「processing_days」という事実は、ほかのファイルにもあります。"
    ]


@pytest.mark.parametrize("id", ["Processing_rule", "処理", "1_rule", "rule-1", "office.rule"])
def test_a_fact_is_named_in_small_ascii_letters(edited: Edited, id: str):
    assert edited("facts/filing.yaml", "processing_rule:", f"{id}:") == [
        f"{FILING}:8: 「{id}」は英小文字、数字、_ で書いてください。"
    ]


@pytest.mark.parametrize("row", ["1.5", "B3", "1.5-", "-B3", "1..5-3", "1.5-3-4", "1.5-３x", "a-1"])
def test_what_is_no_row_number_is_refused(edited: Edited, row: str):
    assert f"{FILING}:9: 「{row}」は行の番号（例 1.4.2-3）ではありません。" in edited(
        "facts/filing.yaml", "[1.5-B3, 1.5-4]", f"[1.5-B3, {row}]"
    )


@pytest.mark.parametrize("row", ["1-1", "1.10-18", "3.4-P21", "4.2-earthquake", "1.4.2-3"])
def test_row_numbers_of_every_shape_are_read(folder: Path, row: str):
    path = folder / "facts" / "filing.yaml"
    path.write_text(path.read_text("utf-8").replace("1.5-4", row), encoding="utf-8")
    assert load_book(folder).facts["processing_rule"][0].rows == ("1.5-B3", row)


def test_a_name_of_no_fact_in_a_value_is_refused(edited: Edited):
    assert edited("facts/filing.yaml", "{processing_days}", "{processing_day}と{day_2}") == [
        f"{FILING}:8: 「{{day_2}}」という事実はありません。",
        f"{FILING}:8: 「{{processing_day}}」という事実はありません。",
    ]


def test_a_value_may_name_a_fact_of_a_later_file(folder: Path):
    path = folder / "facts" / "filing.yaml"
    text = path.read_text("utf-8").replace("{processing_days}", "{tax_rate}")
    path.write_text(text, encoding="utf-8")
    book = load_book(folder).on(date(2026, 11, 22))
    assert book.value("processing_rule") == "標準処理期間は16%です。"


def test_a_value_may_not_name_a_fact_that_names_others(edited: Edited):
    assert edited("facts/tax.yaml", "value: 16%", "value: '{processing_rule}'") == [
        f"{TAX}:2: 「{{processing_rule}}」は、ほかの事実を含むので引けません。"
    ]


def test_a_value_may_not_name_itself(edited: Edited):
    assert edited("facts/filing.yaml", "{processing_days}", "{processing_rule}") == [
        f"{FILING}:8: 「{{processing_rule}}」は、ほかの事実を含むので引けません。"
    ]


def test_a_period_with_names_is_enough_to_refuse_the_name(folder: Path, edited: Edited):
    path = folder / "facts" / "filing.yaml"
    path.write_text(
        path.read_text("utf-8").replace("{processing_days}です", "{tax_rate}です"), encoding="utf-8"
    )
    assert edited("facts/tax.yaml", "value: 18%", "value: '{processing_days}'") == [
        f"{FILING}:8: 「{{tax_rate}}」は、ほかの事実を含むので引けません。"
    ]
