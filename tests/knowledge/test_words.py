"""How the facts are worded: short sentences, figures by name, weak evidence said as such."""

import re
from datetime import date

import pytest

from knowledge.book import Book

AS_AN_EXAMPLE = ("例として", "例があります", "報じられています", "2社")


def sentences(book: Book, today: date) -> dict[str, str]:
    """What each fact that is a sentence says today."""
    on = book.on(today)
    said = {id: on.value(id) for id in book.facts if on.holds(id)}
    return {id: text for id, text in said.items() if text.endswith("。")}


@pytest.fixture
def spoken(book: Book, today: date) -> dict[str, str]:
    found = sentences(book, today)
    found |= {case.id: case.text for case in book.cases.values()}
    assert len(found) > 250
    return found


def test_no_sentence_is_longer_than_forty_characters(spoken: dict[str, str]):
    parts = {id: re.findall(r"[^。]*。", text) for id, text in spoken.items()}
    assert {id for id, each in parts.items() if max(map(len, each)) > 40} == set()


def test_no_text_is_longer_than_a_hundred_and_ten_characters(spoken: dict[str, str]):
    assert {id for id, text in spoken.items() if len(text) > 110} == set()


def test_every_sentence_is_polite(spoken: dict[str, str]):
    ends = re.compile(r"(です|ます|ません|ました|ください|でした)(（[^）]*）)?。$")
    plain = {
        id
        for id, text in spoken.items()
        if not all(ends.search(part) for part in re.findall(r"[^。]*。", text))
    }
    assert plain == set()


def test_a_sentence_takes_its_figures_from_other_facts(book: Book):
    typed = {
        fact.id
        for periods in book.facts.values()
        for fact in periods
        if fact.value.endswith("。") and re.search(r"\d", re.sub(r"\{[^}]*\}", "", fact.value))
    }
    assert typed == set()


def test_no_case_states_a_figure(book: Book):
    assert [case.id for case in book.cases.values() if re.search(r"\d", case.text)] == []


@pytest.mark.parametrize("evidence", ["private", "press"])
def test_what_only_private_pages_or_the_press_say_is_told_as_an_example(
    book: Book, today: date, evidence: str
):
    on = book.on(today)
    weak = [on.value(f.id) for p in book.facts.values() for f in p if f.evidence == evidence]
    assert weak
    assert [text for text in weak if not any(word in text for word in AS_AN_EXAMPLE)] == []


def test_what_only_the_old_paper_says_is_told_as_old_and_without_its_figures(book: Book):
    old = {f.id: f.value for p in book.facts.values() for f in p if f.source == "S4"}
    figures = {id for id, value in old.items() if re.search(r"\d", re.sub(r"\{[^}]*\}", "", value))}
    assert figures == {"s4_year", "council_start", "mabi_disaster", "iso_name"}
    told = [id for id, value in old.items() if id.endswith("_old") and "{s4_year}" not in value]
    assert told == []


def test_cases_of_the_old_paper_are_told_as_old(book: Book):
    old = [case for case in book.cases.values() if case.source == "S4"]
    assert len(old) == 6
    assert [case.id for case in old if not case.text.startswith("以前の資料の例です。")] == []
    assert {case.plan for case in old} == {"none"}


def test_a_case_is_called_joint_only_where_the_paper_says_so(book: Book):
    assert {case.id: case.plan for case in book.cases.values() if case.source != "S4"} == {
        "kumagaya": "joint",
        "osaka_kamibungu": "joint",
        "sankai": "joint",
        "hanabishi": "unstated",
        "seiken": "unstated",
        "most_consulting": "unstated",
        "hokushin": "unstated",
    }


def test_a_case_names_its_prefecture_only_where_the_paper_does(book: Book):
    places = {case.id: case.prefecture for case in book.cases.values() if case.prefecture}
    assert places == {
        "osaka_kamibungu": "大阪府",
        "hanabishi": "宮崎県",
        "seiken": "東京都",
        "most_consulting": "大阪府",
        "hokushin": "富山県",
        "sankai": "島根県",
    }
    assert set(places.values()) <= set(book.offices.prefectures)
