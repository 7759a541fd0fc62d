"""Loading topics: what is refused, and what an answer rests on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.errors import FileError
from knowledge.load import load_book

Edited = Callable[[str, str, str], list[str]]
FILE = "topics/time.yaml"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("待つ日]", "]", "8: ほかの聞き方を、5つは書いてください。"),
        ("{processing_days}", "{days}", "4: 「{days}」という事実はありません。"),
        ("{processing_days}", "{office.moon.phone}", "4: 「{office.moon.phone}」という事実は"),
        ("  place: P2", "  place: P2\n  about: [moon]", "8: 「moon」という事実はありません。"),
        ("  place: P2", "  place: P2\n  next: [moon]", "8: 「moon」は使えません。how_long の"),
        ("evidence: official", "evidence: sure", "9: 「sure」は使えません。official、"),
    ],
)
def test_a_fault_in_a_topic_is_named(edited: Edited, old: str, new: str, fault: str):
    assert any(line.startswith(f"knowledge/{FILE}:{fault}") for line in edited(FILE, old, new))


def test_a_topic_stands_in_one_file_and_a_wording_in_one_topic(folder: Path):
    text = (folder / FILE).read_text("utf-8")
    (folder / "topics" / "twice.yaml").write_text(text, encoding="utf-8")
    other = text.replace("how_long:", "how_short:")
    (folder / "topics" / "zother.yaml").write_text(other, encoding="utf-8")
    with pytest.raises(FileError) as refused:
        load_book(folder)
    faults = list(map(str, refused.value.faults))
    assert (
        "knowledge/topics/twice.yaml:1: 「how_long」という話題は、ほかのファイルにもあります。"
        in faults
    )
    assert "knowledge/topics/zother.yaml:1: 「いつ」は「how_long」にもあります。" in faults


def test_an_answer_rests_on_the_facts_it_names_and_those_it_is_about(folder: Path):
    path = folder / FILE
    text = path.read_text("utf-8").replace("  place: P2", "  place: P2\n  about: [tax_rate]")
    path.write_text(text, encoding="utf-8")
    assert load_book(folder).topics["how_long"].facts == ("processing_days", "tax_rate")


def test_every_row_of_the_fact_sheet_is_reached_by_a_topic(book):
    """One asks of it in mid-talk: by a fact, an office or a case that carries the row."""
    names = {name for topic in book.topics.values() for name in topic.facts}
    reached = {row for name in names for fact in book.facts.get(name, ()) for row in fact.rows}
    offices = {name.split(".")[1] for name in names if name.startswith("office.")}
    reached |= {row for id in offices for row in book.offices.by_id[id].rows}
    reached |= {row for case in book.cases.values() for row in case.rows}
    assert set(book.rows) - reached == set()
