"""Every figure and every address the book states, against a second list."""

import re
from datetime import date, timedelta

import pytest

from knowledge.book import Book
from tests.knowledge.known_figures import ADDRESSES, FIGURES, PEOPLE_AND_YEN


def own_digits(value: str) -> bool:
    """Does the value state a figure itself, not by another fact's name?"""
    return bool(re.search(r"\d", re.sub(r"\{[^}]*\}", "", value)))


@pytest.mark.parametrize("id", FIGURES)
def test_a_figure_is_the_one_of_the_source(book: Book, today: date, id: str):
    assert book.on(today).value(id) == FIGURES[id]


@pytest.mark.parametrize("id", ADDRESSES)
def test_an_address_is_the_one_of_the_source(book: Book, today: date, id: str):
    assert book.on(today).value(id) == ADDRESSES[id]


def test_no_fact_states_a_figure_or_an_address_this_test_does_not_know(book: Book):
    values = {f"{f.id}: {f.value}" for periods in book.facts.values() for f in periods}
    known = {f"{id}: {value}" for id, value in (FIGURES | ADDRESSES).items()}
    unknown = {v for v in values if own_digits(v.partition(": ")[2]) or "http" in v} - known
    assert unknown == set()


@pytest.mark.parametrize("id", PEOPLE_AND_YEN)
def test_a_limit_reads_as_its_number_of_people_or_yen(book: Book, today: date, id: str):
    assert book.on(today).amount(id) == PEOPLE_AND_YEN[id]


@pytest.mark.parametrize(
    ("id", "days"), [("processing_days", 45), ("gbiz_wait", 14), ("retention", 90)]
)
def test_a_wait_reads_as_its_days(book: Book, today: date, id: str, days: int):
    assert book.on(today).days(id) == days


def test_the_last_day_to_be_certified_reads_as_a_day(book: Book, today: date):
    assert book.on(today).deadline("tax_cert_until") == date(2027, 3, 31)


def test_the_filing_day_of_the_tax_lies_one_processing_time_before_its_end(book: Book, today: date):
    on = book.on(today)
    wait = timedelta(days=on.days("processing_days"))
    assert on.deadline("tax_filing_day") == on.deadline("tax_cert_until") - wait
    assert on.fact("tax_filing_day").end == on.deadline("tax_filing_day")


def test_the_flood_figures_add_up(book: Book, today: date):
    on = book.on(today)
    often, middle, few, none, some, all_ = (
        on.amount(f"flood_{part}towns")
        for part in ("often_", "middle_", "few_", "none_", "", "all_")
    )
    assert (often + middle + few, some + none) == (some, all_)
    for part, towns in (("often_", often), ("middle_", middle), ("few_", few), ("none_", none)):
        assert on.value(f"flood_{part}share") == f"{towns / all_:.1%}"
    assert on.value("flood_share") == f"{some / all_:.1%}"
