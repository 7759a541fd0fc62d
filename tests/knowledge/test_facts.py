"""A Fact's period, and the numbers, lengths and days its words state."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.facts import EVIDENCE, amount, day_of, span, wareki
from tests.knowledge.small import a_fact

FIRST, LAST = date(2025, 4, 1), date(2027, 3, 31)
ONE_DAY = timedelta(days=1)


def refusal(read: Callable[[str], object], text: str) -> tuple[str, ...] | None:
    """What the ValueError says, or None where the words were read."""
    try:
        read(text)
    except ValueError as error:
        return error.args
    return None


def test_a_fact_holds_on_its_first_day_its_last_day_and_between():
    fact = a_fact("16%", FIRST, LAST)
    assert [fact.holds(day) for day in (FIRST, date(2026, 11, 22), LAST)] == [True, True, True]


def test_a_fact_does_not_hold_the_day_before_or_the_day_after():
    fact = a_fact("16%", FIRST, LAST)
    assert [fact.holds(FIRST - ONE_DAY), fact.holds(LAST + ONE_DAY)] == [False, False]


def test_a_fact_of_one_day_holds_on_that_day_only():
    fact = a_fact("16%", FIRST, FIRST)
    days = (FIRST - ONE_DAY, FIRST, FIRST + ONE_DAY)
    assert [fact.holds(day) for day in days] == [False, True, False]


def test_a_fact_without_a_first_day_has_always_held():
    fact = a_fact("16%", None, LAST)
    assert [fact.holds(day) for day in (date.min, LAST, LAST + ONE_DAY)] == [True, True, False]


def test_a_fact_without_a_last_day_holds_for_good():
    fact = a_fact("16%", FIRST, None)
    assert [fact.holds(day) for day in (FIRST - ONE_DAY, FIRST, date.max)] == [False, True, True]


def test_a_fact_without_days_always_holds():
    assert [a_fact("16%").holds(day) for day in (date.min, date.max)] == [True, True]


def test_who_stands_behind_a_value_is_told_strongest_first():
    assert EVIDENCE == (
        "official", "official_copy", "semi", "press", "private", "inferred", "background",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("300人", 300),
        ("1,000人", 1_000),
        ("2社", 2),
        ("3年", 3),
        ("45日", 45),
        ("2回", 2),
        ("41", 41),
        ("1,741", 1_741),
        ("0", 0),
        ("5千万円", 50_000_000),
        ("8,000万円", 80_000_000),
        ("100万円", 1_000_000),
        ("1億円", 100_000_000),
        ("15億円", 1_500_000_000),
        ("7億2,000万円", 720_000_000),
        ("4億5,000万円", 450_000_000),
        ("1億5千万", 150_000_000),
        ("1万2,345円", 12_345),
        ("3千", 3_000),
        ("1.5億円", 150_000_000),
        ("4.35億円", 435_000_000),
        ("１，０００人", 1_000),
        ("５千万円", 50_000_000),
    ],
)
def test_an_amount_is_the_whole_number_the_words_state(text: str, number: int):
    assert amount(text) == number


def test_an_amount_is_an_int():
    assert type(amount("1.5億円")) is int


@pytest.mark.parametrize(
    "text",
    [
        "", "円", "なし", "約6割", "16%", "0.9%", "2.5人", "1.234567891億円", "1～5年", "2～3回",
        "300人以下", "最大20m", "3人5人", "10 20", "1,00円", "1234,567人", "1,,0", "3百万円",
        "-5人", "万円", "2分の1", "{limit}", "5人\n",
    ],
)  # fmt: skip
def test_words_that_state_no_whole_number_or_more_than_one_have_no_amount(text: str):
    assert refusal(amount, text) == (text,)


@given(st.integers(0, 10**13))
def test_a_number_with_commas_states_itself(number: int):
    assert amount(f"{number:,}円") == amount(str(number)) == number


@pytest.mark.parametrize(
    ("text", "days"), [("45日", 45), ("90日", 90), ("2週間", 14), ("1週間", 7), ("４５日", 45)]
)
def test_a_span_is_the_days_the_words_state(text: str, days: int):
    assert span(text) == days


@pytest.mark.parametrize("text", ["", "半年", "3年", "45", "日", "約45日", "45日以内", "2 週間"])
def test_other_words_are_no_span(text: str):
    assert refusal(span, text) == (text,)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和9年3月31日", date(2027, 3, 31)),
        ("令和元年7月16日", date(2019, 7, 16)),
        ("令和10年12月1日", date(2028, 12, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("令和９年３月３１日", date(2027, 3, 31)),
    ],
)
def test_a_day_in_the_japanese_calendar_is_read(text: str, day: date):
    assert day_of(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "令和9年3月", "2027年3月31日", "昭和64年1月7日", "令和9年3月31日まで", "約令和9年3月31日"],
)
def test_other_words_are_no_day(text: str):
    assert refusal(day_of, text) == (text,)


@pytest.mark.parametrize("text", ["令和9年2月29日", "令和9年13月1日", "令和9年0月1日"])
def test_a_day_that_does_not_exist_is_refused(text: str):
    with pytest.raises(ValueError, match=r"day|month"):
        day_of(text)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 12, 6), "令和8年12月6日"),
        (date(2027, 2, 14), "令和9年2月14日"),
        (date(2019, 7, 16), "令和元年7月16日"),
        (date(2020, 1, 1), "令和2年1月1日"),
        (date(2028, 10, 31), "令和10年10月31日"),
    ],
)
def test_a_day_is_written_as_people_here_write_it(day: date, text: str):
    assert wareki(day) == text


@given(st.dates(date(2019, 5, 1), date(2100, 1, 1)))
def test_a_day_that_is_written_reads_back_as_itself(day: date):
    assert day_of(wareki(day)) == day
