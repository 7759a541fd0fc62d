"""The Book asked by day: what holds is said, what does not is refused, nothing is left out."""

from datetime import date, timedelta

import pytest

from knowledge.book import DayBook
from knowledge.errors import FactError
from tests.knowledge.small import a_book, a_fact, an_office, some_offices

FIRST, LAST = date(2025, 4, 1), date(2027, 3, 31)
ONE_DAY = timedelta(days=1)
TODAY = date(2026, 11, 22)
OFFICES = some_offices(an_office("headquarters", "headquarters"), advice={}, filing={})


def day_book(*facts, day: date = TODAY) -> DayBook:
    return a_book(*facts, offices=OFFICES).on(day)


def test_a_fact_is_given_on_its_first_and_its_last_day():
    book = a_book(a_fact("16%", FIRST, LAST))
    assert [book.on(day).fact("rate").value for day in (FIRST, LAST)] == ["16%", "16%"]
    assert [book.on(day).holds("rate") for day in (FIRST, LAST)] == [True, True]


@pytest.mark.parametrize("day", [FIRST - ONE_DAY, LAST + ONE_DAY])
def test_a_fact_is_refused_the_day_before_and_the_day_after(day: date):
    book = a_book(a_fact("16%", FIRST, LAST)).on(day)
    assert not book.holds("rate")
    with pytest.raises(FactError, match=rf"^rate has no value on {day}$"):
        book.fact("rate")


def test_each_period_of_a_fact_gives_its_own_value():
    book = a_book(
        a_fact("20%", None, date(2023, 3, 31)),
        a_fact("18%", date(2023, 4, 1), date(2025, 3, 31)),
        a_fact("16%", date(2025, 4, 1)),
    )
    days = (date(2023, 3, 31), date(2023, 4, 1), date(2025, 3, 31), date(2025, 4, 1))
    assert [book.on(day).value("rate") for day in days] == ["20%", "18%", "18%", "16%"]


def test_between_two_periods_there_is_no_value():
    book = a_book(a_fact("20%", None, FIRST), a_fact("16%", FIRST + 2 * ONE_DAY))
    with pytest.raises(FactError):
        book.on(FIRST + ONE_DAY).value("rate")


def test_an_unknown_name_is_refused():
    book = day_book(a_fact("16%"))
    assert not book.holds("tax")
    with pytest.raises(FactError, match=r"^tax has no value on 2026-11-22$"):
        book.value("tax")


def test_the_day_book_says_which_day_it_is_and_hands_on_the_rest():
    book = a_book(a_fact("16%"), offices=OFFICES)
    on = book.on(TODAY)
    assert (on.book, on.day, on.memo) == (book, TODAY, {})
    assert (on.offices, on.cases, on.sources) == (book.offices, book.cases, book.sources)


def test_a_value_that_names_facts_is_given_with_their_values():
    facts = (a_fact("{rate}と{days}です。", id="rule"), a_fact("16%"), a_fact("45日", id="days"))
    assert day_book(*facts).value("rule") == "16%と45日です。"


def test_a_value_that_names_a_fact_without_value_is_refused():
    book = day_book(a_fact("{rate}です。", id="rule"), a_fact("16%", None, FIRST))
    with pytest.raises(FactError, match="rate"):
        book.value("rule")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("office.headquarters.phone", "03-0000-0000"),
        ("office.headquarters.name", "headquartersの窓口"),
        ("office.headquarters.mail", "a@example.jp"),
    ],
)
def test_a_field_of_an_office_is_a_value(name: str, value: str):
    assert day_book().value(name) == value


@pytest.mark.parametrize(
    "name",
    [
        "office.headquarters.fax",
        "office.headquarters.url",
        "office.headquarters.serves",
        "office.headquarters",
        "office.headquarters.phone.x",
        "office.nobody.phone",
        "office.",
    ],
)
def test_what_is_no_field_with_a_text_is_refused(name: str):
    with pytest.raises(FactError, match=rf"^{name} is not a field of an office$"):
        day_book().value(name)


def test_a_fact_whose_name_only_begins_like_office_is_a_fact():
    assert day_book(a_fact("9時", id="office_hours")).value("office_hours") == "9時"


def test_a_text_is_filled_with_facts_and_offices():
    text = "率は{rate}、{rate}です。電話は{office.headquarters.phone}へ。"
    assert day_book(a_fact("16%")).fill(text) == "率は16%、16%です。電話は03-0000-0000へ。"


def test_a_text_without_names_stays_as_it_is():
    assert day_book().fill("「{}」と{大文字}と{Rate}と{1}") == "「{}」と{大文字}と{Rate}と{1}"


def test_given_words_come_before_the_facts():
    book = day_book(a_fact("16%"))
    assert book.fill("{rate}と{by}", {"rate": "別の率", "by": "12月"}) == "別の率と12月"


def test_a_given_word_may_be_empty_or_look_like_a_name():
    assert day_book(a_fact("16%")).fill("[{a}][{b}]", {"a": "", "b": "{rate}"}) == "[][{rate}]"


def test_names_that_were_not_given_are_still_filled_from_the_book():
    assert day_book(a_fact("16%")).fill("{rate}と{by}", {"by": "12月"}) == "16%と12月"


def test_a_text_with_a_name_without_value_is_refused_not_shortened():
    with pytest.raises(FactError, match="by"):
        day_book(a_fact("16%")).fill("{rate}と{by}")


def test_a_name_with_a_digit_and_a_line_is_a_name():
    assert day_book(a_fact("目的", id="step_1")).fill("{step_1}") == "目的"


def test_amounts_spans_and_deadlines_are_read_from_the_facts():
    book = day_book(
        a_fact("1,000人", id="people"), a_fact("2週間", id="wait"), a_fact("令和9年3月31日")
    )
    assert book.amount("people") == 1_000
    assert book.days("wait") == 14
    assert book.deadline("rate") == LAST


def test_one_fact_may_be_read_in_two_ways():
    book = day_book(a_fact("45日"))
    assert (book.amount("rate"), book.days("rate"), book.amount("rate")) == (45, 45, 45)
    with pytest.raises(ValueError, match="45日"):
        book.deadline("rate")


@pytest.mark.parametrize("ask", ["amount", "days", "deadline"])
def test_a_number_that_does_not_hold_is_refused(ask: str):
    book = day_book(a_fact("45日", None, FIRST))
    with pytest.raises(FactError, match="rate"):
        getattr(book, ask)("rate")


@pytest.mark.parametrize("ask", ["amount", "days", "deadline"])
def test_words_without_the_number_asked_for_are_an_error_each_time(ask: str):
    book = day_book(a_fact("半年"))
    for _ in range(2):
        with pytest.raises(ValueError, match="半年"):
            getattr(book, ask)("rate")
