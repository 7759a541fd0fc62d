"""Rules of the tax and the other support: for whom, and on which days."""

from datetime import date, timedelta

import pytest

from bot.content import Content
from dialogs.answers import Answers
from dialogs.intervals import Verdict
from dialogs.rules import RULES
from knowledge.book import DayBook
from tests.dialogs.people import told

LAST = date(2027, 3, 31)
"""The last day of certification that the tax measure takes. 出典: S2 P5"""


@pytest.mark.parametrize(
    ("given", "fits"),
    [
        (told(), None),
        (told(capital="unknown"), None),
        (told(capital="-50m"), True),
        (told(capital="-50m,50m-100m"), True),
        (told(capital="100m-300m"), False),
        (told(capital="100m-300m,300m-"), False),
        (told(capital="50m-100m,100m-300m,300m-"), None),
        (told(capital="none"), None),
        (told(capital="none", employees="unknown"), None),
        (told(capital="none", employees="301-900"), True),
        (told(capital="none", employees="901-"), None),
        (told(capital="300m-", employees="0-5"), False),
    ],
)
def test_the_size_for_the_tax_is_another_one(day: DayBook, given: Answers, fits: Verdict) -> None:
    assert RULES["fits_tax_size"](given, day) is fits
    assert RULES["may_use_tax"](given, day) is (fits is not False)
    other = {**given, "standing": ("association",)}
    assert RULES["fits_tax_size"](other, day) is False
    assert RULES["may_use_tax"](other, day) is False


@pytest.mark.parametrize(
    ("plan", "uses"),
    [(None, True), ("none", True), ("bcp", True), ("unknown", True), ("single_active", False)],
)
def test_who_holds_a_plan_is_no_newcomer_to_the_tax(
    day: DayBook, plan: str | None, uses: bool
) -> None:
    firm = told(plan=plan) if plan else told()
    assert RULES["may_use_tax"](firm, day) is uses
    association = {**firm, "standing": ("association",)}
    assert RULES["association_may_use_tax"](association, day) is uses
    assert RULES["association_may_use_tax"](firm, day) is False
    holder = None if plan is None else not uses
    assert RULES["certified_may_use_tax"](firm, day) is holder


def test_the_tax_ends_for_newcomers_and_a_year_later_for_holders(content: Content) -> None:
    firm, holder = told(plan="none"), told(plan="single_active")
    association = {**firm, "standing": ("association",)}
    for day, newcomer, certified, open_ in [
        (date(2027, 2, 14), True, True, True),
        (date(2027, 2, 15), False, True, True),
        (LAST, False, True, True),
        (LAST + timedelta(days=1), False, True, False),
        (date(2028, 3, 31), False, True, False),
        (date(2028, 4, 1), False, False, False),
    ]:
        book = content.book.on(day)
        assert RULES["tax_is_open"]({}, book) is open_
        assert RULES["may_use_tax"](firm, book) is newcomer
        assert RULES["association_may_use_tax"](association, book) is newcomer
        assert RULES["certified_may_use_tax"](holder, book) is certified


def test_without_a_limit_of_the_tax_nobodys_size_is_known(content: Content, day: DayBook) -> None:
    class Without(DayBook):
        def holds(self, name: str) -> bool:
            return name != "tax_capital_limit" and super().holds(name)

    book = Without(content.book, day.day)
    assert RULES["fits_tax_size"](told(capital="-50m"), book) is None


@pytest.mark.parametrize(
    ("day", "late"),
    [
        (date(2026, 11, 22), False),
        (date(2027, 2, 14), False),
        (date(2027, 2, 15), True),
        (LAST, True),
        (LAST + timedelta(days=1), False),
    ],
)
def test_filing_is_too_late_once_the_usual_time_is_longer_than_what_is_left(
    content: Content, day: date, late: bool
) -> None:
    book = content.book.on(day)
    assert RULES["tax_too_late"](told(plan="none"), book) is late
    assert RULES["tax_too_late"](told(plan="joint_active"), book) is False
    assert RULES["tax_too_late"](told(plan="none", capital="300m-"), book) is False
    assert RULES["tax_too_late"](told(plan="none", capital="-50m"), book) is late
    assert RULES["tax_too_late"]({"standing": ("association",)}, book) is late


@pytest.mark.parametrize(
    ("given", "over"),
    [
        (told(employees="0-5"), False),
        (told(employees="0-5", capital="unknown"), False),
        (told(employees="0-5", capital="none"), False),
        (told(employees="0-5", capital="300m-"), True),
        (told(employees="0-5", capital="100m-300m"), False),
        (told(employees="0-5", capital="100m-300m,300m-"), None),
        (told(employees="901-", industry="rubber", capital="300m-"), False),
        (told(employees="unknown", industry="rubber", capital="300m-"), None),
    ],
)
def test_capital_over_the_funds_limit_counts_only_for_a_small_firm(
    day: DayBook, given: Answers, over: Verdict
) -> None:
    assert RULES["may_have_large_capital"](given, day) is over
