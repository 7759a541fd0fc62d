"""The books of the days: made once, remembered for a while, and the days on which facts end."""

from datetime import date, timedelta

from tests.knowledge.small import a_book, a_fact

FIRST, LAST = date(2025, 4, 1), date(2027, 3, 31)
ONE_DAY = timedelta(days=1)
TODAY = date(2026, 11, 22)


def test_numbers_are_those_of_the_day():
    book = a_book(a_fact("10人", None, FIRST), a_fact("20人", FIRST + ONE_DAY))
    assert [book.on(day).amount("rate") for day in (FIRST, FIRST + ONE_DAY, FIRST)] == [10, 20, 10]


def test_the_book_of_a_day_is_made_once():
    book = a_book(a_fact("16%"))
    assert book.on(TODAY) is book.on(date(2026, 11, 22))
    assert book.on(TODAY) is not book.on(TODAY + ONE_DAY)


def test_sixteen_days_are_remembered_and_never_more():
    book = a_book(a_fact("16%", FIRST))
    first = book.on(TODAY)
    for i in range(1, 16):
        book.on(TODAY + i * ONE_DAY)
    assert book.on(TODAY) is first
    assert len(book._days) == 16
    for i in range(16, 100):
        assert book.on(TODAY + i * ONE_DAY).day == TODAY + i * ONE_DAY
        assert len(book._days) <= 16
    again = book.on(TODAY)
    assert again is not first
    assert again.value("rate") == first.value("rate")


def test_two_books_with_the_same_content_are_equal_whatever_they_remember():
    one, other = a_book(a_fact("16%")), a_book(a_fact("16%"))
    one.on(TODAY)
    assert one == other
    assert "_days" not in repr(one)


def test_end_days_are_named_once_each_soonest_first():
    soon, late = date(2027, 2, 14), date(2028, 3, 31)
    book = a_book(
        a_fact("a", None, late, id="a"),
        a_fact("b", None, LAST, id="b"),
        a_fact("c", None, LAST, id="c"),
        a_fact("d", None, soon, id="d"),
        a_fact("d", soon + ONE_DAY, id="d"),
        a_fact("e", id="e"),
    )
    assert book.end_days() == (soon, LAST, late)


def test_a_book_without_ends_has_no_end_days():
    assert a_book(a_fact("16%", FIRST)).end_days() == ()
