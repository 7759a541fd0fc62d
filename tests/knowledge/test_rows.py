"""Every row of the sources is told by something, and what ends, ends on its day."""

from collections import Counter
from datetime import date, timedelta

import pytest

from knowledge.book import Book
from knowledge.errors import FactError
from knowledge.facts import Fact

ONE_DAY = timedelta(days=1)
ROWS = {
    "1.1": 10, "1.2": 32, "1.3": 15, "1.4.1": 6, "1.4.2": 12, "1.4.3": 8, "1.4.4": 15, "1.4.5": 3,
    "1.5": 11, "1.6": 5, "1.7": 8, "1.8.1": 14, "1.8.2": 10, "1.8.3": 7, "1.9": 9, "1.10": 8,
    "1.11": 11, "1.12": 18,
}  # fmt: skip
NOT_CERTIFIED, CERTIFIED = "未認定の方", "認定を受けた方"
LAST_TO_CERTIFY, LAST_TO_USE = date(2027, 3, 31), date(2028, 3, 31)
LAST_TO_FILE = date(2027, 2, 14)
FOR_THE_CERTIFIED = (
    "tax_name", "tax_certified", "tax_cert_until", "tax_equipment_period", "tax_procedure_after",
    "tax_procedure_return", "tax_procedure_keep",
)  # fmt: skip
WITHOUT_END = ("tax_ask", "tax_equipment_judge", "tax_changes_ask", "tax_later", "tax_not_all")


def carried(book: Book) -> set[str]:
    facts = [fact for periods in book.facts.values() for fact in periods]
    entries = (*facts, *book.offices.by_id.values(), *book.cases.values())
    return {row for entry in entries for row in entry.rows}


def ended(book: Book) -> list[Fact]:
    return [fact for periods in book.facts.values() for fact in periods if fact.end]


def test_every_section_of_the_sources_has_all_its_rows(book: Book):
    assert Counter(row.rpartition("-")[0] for row in book.rows) == ROWS


def test_no_row_is_listed_twice(book: Book):
    assert len(set(book.rows)) == len(book.rows) == sum(ROWS.values())


def test_the_rows_of_a_section_are_numbered_without_a_gap(book: Book):
    for section, count in ROWS.items():
        prefix = f"{section}-B" if section == "1.1" else f"{section}-"
        listed = [row for row in book.rows if row.rpartition("-")[0] == section]
        assert listed == [f"{prefix}{i}" for i in range(1, count + 1)]


def test_every_row_is_told_by_a_fact_an_office_or_a_case(book: Book):
    assert set(book.rows) - carried(book) == set()


def test_what_is_told_of_the_seeds_points_at_a_listed_row(book: Book):
    of_the_seeds = {row for row in carried(book) if row.startswith("1.")}
    assert of_the_seeds - set(book.rows) == set()


def test_every_source_that_is_cited_is_listed(book: Book):
    facts = [fact for periods in book.facts.values() for fact in periods]
    entries = (*facts, *book.offices.by_id.values(), *book.cases.values(), *book.topics.values())
    assert {entry.source for entry in entries} <= book.sources.keys()


def test_every_source_with_an_address_has_a_safe_one(book: Book):
    addresses = [source.url for source in book.sources.values() if source.url is not None]
    assert len(addresses) >= 10
    assert [url for url in addresses if not url.startswith("https://")] == []


def test_nothing_was_checked_later_than_today(book: Book, today: date):
    checked = {fact.checked_on for periods in book.facts.values() for fact in periods}
    assert max(checked) <= today


def test_the_rate_of_the_tax_is_said_until_its_last_day_and_refused_after(book: Book):
    assert book.on(date(2025, 4, 1)).value("tax_rate") == "16%"
    assert book.on(LAST_TO_CERTIFY).value("tax_rate") == "16%"
    for day in (date(2025, 3, 31), date(2027, 4, 1)):
        with pytest.raises(FactError, match="tax_rate"):
            book.on(day).value("tax_rate")


def test_whoever_was_certified_hears_of_the_tax_one_year_longer(book: Book):
    text = "令和9年3月31日までに認定を受けた方は、認定の日から1年以内の設備が条件です。"
    for day in (date(2027, 4, 1), LAST_TO_USE):
        assert book.on(day).value("tax_certified").startswith(text)
    with pytest.raises(FactError, match="tax_certified"):
        book.on(date(2028, 4, 1)).value("tax_certified")


def test_the_year_of_the_certified_ends_a_year_after_the_last_certification(book: Book):
    assert book.facts["tax_certified"][0].end == LAST_TO_CERTIFY.replace(year=2028)
    assert book.facts["tax_rate"][0].end == LAST_TO_CERTIFY


@pytest.mark.parametrize("id", FOR_THE_CERTIFIED)
def test_what_the_certified_need_outlives_the_rate(book: Book, id: str):
    (fact,) = book.facts[id]
    assert (fact.end, fact.ends_for) == (LAST_TO_USE, CERTIFIED)


@pytest.mark.parametrize("id", WITHOUT_END)
def test_the_advice_to_ask_about_the_tax_never_ends(book: Book, id: str):
    assert book.on(date(2040, 1, 1)).holds(id)


def test_every_end_says_for_whom_it_ends(book: Book):
    by_word: dict[str | None, set[date | None]] = {}
    for fact in ended(book):
        by_word.setdefault(fact.ends_for, set()).add(fact.end)
    assert by_word == {
        NOT_CERTIFIED: {LAST_TO_FILE, LAST_TO_CERTIFY},
        CERTIFIED: {LAST_TO_USE},
    }


def test_only_facts_of_the_tax_end(book: Book):
    assert {fact.id.partition("_")[0] for fact in ended(book)} == {"tax"}


def test_what_has_no_end_says_no_one_it_ends_for(book: Book):
    facts = [fact for periods in book.facts.values() for fact in periods if fact.end is None]
    assert {fact.ends_for for fact in facts} == {None}


def test_the_days_on_which_something_ends_are_these_three(book: Book):
    assert book.end_days() == (LAST_TO_FILE, LAST_TO_CERTIFY, LAST_TO_USE)


def test_a_day_of_filing_is_named_only_while_it_lies_ahead(book: Book):
    assert book.on(LAST_TO_FILE).holds("tax_filing_guide")
    assert not book.on(LAST_TO_FILE + ONE_DAY).holds("tax_filing_guide")
    assert not book.on(LAST_TO_FILE + ONE_DAY).holds("tax_filing_day")


def test_on_every_day_each_fact_that_holds_can_be_said_whole(book: Book, today: date):
    starts = {f.start for periods in book.facts.values() for f in periods if f.start}
    turns = starts | {end + ONE_DAY for end in book.end_days()}
    days = {today, date(2000, 1, 1)} | turns | {day - ONE_DAY for day in turns}
    assert len(days) >= 8
    for day in days:
        on = book.on(day)
        said = [on.value(id) for id in book.facts if on.holds(id)]
        assert len(said) > 400
        assert [text for text in said if "{" in text or not text] == []


def test_every_fact_holds_today(book: Book, today: date):
    assert [id for id in book.facts if not book.on(today).holds(id)] == []


def test_every_answer_to_a_side_question_can_be_said_today(book: Book, today: date):
    on = book.on(today)
    said = [on.fill(text) for topic in book.topics.values() for text in topic.answer]
    assert said
    assert [text for text in said if "{" in text] == []
