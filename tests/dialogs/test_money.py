"""Money, tax and the days to aim at: who is offered what, and until when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.content import Content
from dialogs.flow import Line
from knowledge.book import DayBook
from tests.dialogs.chat import Talk, answers, outcome_of, words
from tests.dialogs.people import ASSOCIATION, TOO_LARGE, sample

LAST = date(2027, 3, 31)
IN_TIME = date(2027, 2, 14)
"""Certified by LAST counts for the tax; filed by IN_TIME there is the usual time for it."""


def ids(outcome) -> set[str]:
    return {benefit.id for benefit in outcome.benefits}


@pytest.mark.parametrize("worry", ["funding", "support_loan", "flood,funding"])
def test_a_worry_about_money_names_the_offices_to_ask_before_filing(
    content: Content, day: DayBook, worry: str
) -> None:
    outcome = outcome_of(content, day, answers(concern=worry))
    finance = [each.phone for each in outcome.offices if each.role == "finance"]
    assert finance == ["0120-154-505", "03-6823-1200"]
    assert "出す前" in outcome.steps[0].text
    talk = Talk(content, day.day).give(answers(concern=worry)).press("command=contacts")
    for phone in finance:
        assert str(phone) in talk.said


def test_in_okinawa_its_own_bank_comes_first(content: Content, day: DayBook) -> None:
    outcome = outcome_of(content, day, answers(concern="funding", prefecture="沖縄県"))
    finance = [each.phone for each in outcome.offices if each.role == "finance"]
    assert finance[0] == "098-941-1785"


@pytest.mark.parametrize("given", [{}, {**TOO_LARGE, "concern": "funding"}])
def test_nobody_else_is_sent_to_the_banks(content: Content, day: DayBook, given) -> None:
    outcome = outcome_of(content, day, answers(**given))
    assert not [each for each in outcome.offices if each.role == "finance"]


@pytest.mark.parametrize("plan", ["none", "bcp", "unknown"])
def test_from_april_2027_nobody_uncertified_is_offered_the_tax(content: Content, plan: str) -> None:
    before, after = content.book.on(IN_TIME), content.book.on(LAST + timedelta(days=1))
    offered = 0
    for told in sample(content, before, 150, plan=plan):
        then = outcome_of(content, before, told)
        offered += bool(ids(then) & {"tax", "tax_association"})
        now = outcome_of(content, after, told)
        assert not ids(now) & {"tax", "tax_association", "tax_holder"}
        assert "16%" not in words(now)
    assert offered > 20


@pytest.mark.parametrize("plan", ["single_active", "single_ending", "joint_active", "joint_ending"])
def test_holders_hear_of_their_year_as_long_as_somebody_can_have_it(
    content: Content, plan: str
) -> None:
    said = content.book.on(LAST).value("tax_certified")
    for day, told in [(LAST, True), (date(2028, 3, 31), True), (date(2028, 4, 1), False)]:
        outcome = outcome_of(content, content.book.on(day), answers(plan=plan))
        assert (said in words(outcome.benefits)) is told
        assert (said in words(outcome.notes)) is told
        assert "tax" not in ids(outcome)


def test_capital_over_100_million_is_not_offered_the_tax_but_told_why(
    content: Content, day: DayBook
) -> None:
    size = {"employees": "901-", "industry": "rubber"}
    over = outcome_of(content, day, answers(**size, capital="100m-300m"))
    assert "tax" not in ids(over)
    assert "1億円を超える" in words(over.notes)
    assert "16%" not in words(over)
    under = outcome_of(content, day, answers(**size, capital="50m-100m"))
    assert "tax" in ids(under)


def test_an_association_is_offered_its_own_tax_line(content: Content, day: DayBook) -> None:
    assert "tax_association" in ids(outcome_of(content, day, answers(**ASSOCIATION)))
    assert "tax" not in ids(outcome_of(content, day, answers(**ASSOCIATION)))


@pytest.mark.parametrize(
    ("worry", "first"),
    [("funding", "loan"), ("support_subsidy", "subsidies"), ("insurance", "insurance"),
     ("support_tax", "tax"), ("customer_request", "logo"), ("time_effort", "handson"),
     ("supply_chain", "adviser")],
)  # fmt: skip
def test_the_support_that_meets_the_worry_comes_first(
    content: Content, day: DayBook, worry: str, first: str
) -> None:
    assert outcome_of(content, day, answers(concern=worry)).benefits[0].id == first


def test_each_kind_of_asker_has_benefits_of_their_own(content: Content, day: DayBook) -> None:
    supporter = outcome_of(content, day, answers(standing="supporter"))
    assert {"lecturer", "referral"} <= ids(supporter)
    large = outcome_of(content, day, answers(standing="large"))
    assert "midsize_finance" in ids(large)
    assert not ids(large) & {"loan", "tax", "handson"}
    assert not ids(outcome_of(content, day, answers(**TOO_LARGE)))
    assert not ids(outcome_of(content, day, answers(standing="disaster")))


# -- steps and their days -------------------------------------------------------------------------


def dates(outcome) -> dict[date, str]:
    return {step.by: step.text for step in outcome.steps if step.by}


def test_the_days_to_aim_at_today(content: Content, day: DayBook) -> None:
    found = dates(outcome_of(content, day, answers()))
    assert list(found) == [date(2026, 12, 6), date(2027, 2, 14)]
    assert "令和8年12月6日" in found[date(2026, 12, 6)]
    assert "令和9年2月14日" in found[date(2027, 2, 14)]


def test_once_the_tax_is_too_late_the_day_goes_and_a_warning_comes(content: Content) -> None:
    late = content.flow.advice.steps["single"][-1].text
    for day, dated, warned in [
        (date(2027, 2, 14), True, False),
        (date(2027, 2, 15), False, True),
        (LAST, False, True),
        (LAST + timedelta(days=1), False, False),
    ]:
        outcome = outcome_of(content, content.book.on(day), answers())
        assert (date(2027, 2, 14) in dates(outcome)) is dated
        assert (late in [step.text for step in outcome.steps]) is warned


def test_a_step_whose_day_has_passed_is_left_out(content: Content) -> None:
    dated = Line("{by}まで", "S2", "P5", by="tax_filing")
    steps = {**content.flow.advice.steps, "single": (dated,)}
    advice = replace(content.flow.advice, steps=steps)
    edited = replace(content, flow=replace(content.flow, advice=advice))
    for day, texts in [(IN_TIME, ["令和9年2月14日まで"]), (IN_TIME + timedelta(days=1), [])]:
        outcome = outcome_of(edited, content.book.on(day), answers())
        assert [step.text for step in outcome.steps] == texts
