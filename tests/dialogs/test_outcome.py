"""The outcome: it hangs on every answer, on the day, and on nothing else."""

from datetime import date
from itertools import combinations

import pytest

from bot.content import Content, load_content
from dialogs.answers import Answers
from dialogs.flow import Operator
from dialogs.outcome import CASES, REASONS
from dialogs.scene import Scene
from dialogs.session import Session
from knowledge.book import DayBook
from tests.dialogs.chat import Talk, answers, outcome_of, words
from tests.dialogs.people import ASSOCIATION, OPEN_SIZE, TOO_LARGE, sample


def everything(content: Content, day: DayBook, told: Answers) -> str:
    scene = Scene(content.flow, day, Session(), told)
    assert scene.outcome
    return words(scene.outcome) + scene.voice.fill(scene.outcome.row.title)


# -- no toy: every answer matters -----------------------------------------------------------------


STANDINGS = ("own", "proxy", "supporter", "large", "other_corporation", "not_started", "disaster",
             "support_plan")  # fmt: skip


@pytest.mark.parametrize("pair", list(combinations(STANDINGS, 2)))
def test_two_who_differ_in_standing_hear_something_different(
    content: Content, day: DayBook, pair: tuple[str, str]
) -> None:
    one, other = (everything(content, day, answers(standing=each)) for each in pair)
    assert one != other


@pytest.mark.parametrize("pair", list(combinations([{}, TOO_LARGE, OPEN_SIZE], 2)))
def test_two_who_differ_in_size_hear_something_different(
    content: Content, day: DayBook, pair
) -> None:
    one, other = (everything(content, day, answers(**each)) for each in pair)
    assert one != other


@pytest.mark.parametrize("base", [{}, ASSOCIATION])
@pytest.mark.parametrize("question", ["partner", "plan", "concern"])
def test_two_who_differ_in_one_answer_hear_something_different(
    content: Content, day: DayBook, base, question: str
) -> None:
    asked, usual = content.flow.questions[question], answers(**base)
    choices = (*asked.form(usual, day).choices, *asked.typed)
    told = {}
    for choice in choices:
        if question != "plan" or choice.values[0] not in {"unknown", "bcp" if base else ""}:
            told[choice.values] = everything(content, day, {**usual, question: choice.values})
    assert len(set(told.values())) == len(told)


def test_two_of_different_blocks_hear_something_different(content: Content, day: DayBook) -> None:
    places = ["北海道", "宮城県", "埼玉県", "静岡県", "愛知県", "石川県", "福井県", "大阪府",
              "広島県", "香川県", "福岡県", "沖縄県", "unknown"]  # fmt: skip
    told = {everything(content, day, answers(prefecture=place)) for place in places}
    assert len(told) == len(places)


def test_every_prefecture_has_one_advice_and_one_filing_office(
    content: Content, day: DayBook
) -> None:
    for place in content.book.offices.prefectures:
        offices = outcome_of(content, day, answers(prefecture=place)).offices
        assert [office.role for office in offices] == ["advice", "filing"]
        assert {office.prefecture for office in offices} == {place}
        to_check = place in {"静岡県", "長野県", "山梨県", "三重県"}
        assert [office.check for office in offices] == [to_check, False]


def test_without_a_place_there_is_the_head_office_and_no_filing(
    content: Content, day: DayBook
) -> None:
    [office] = outcome_of(content, day, answers(prefecture="unknown")).offices
    assert (office.role, office.phone) == ("headquarters", "03-6459-0042")
    assert not office.check


@pytest.mark.parametrize("standing", ["disaster", "support_plan"])
def test_an_emergency_and_the_other_scheme_name_no_office_of_ours(
    content: Content, day: DayBook, standing: str
) -> None:
    told = answers(standing=standing, prefecture="静岡県", concern="funding")
    outcome = outcome_of(content, day, told)
    assert not outcome.offices
    assert "03-6459-0042" not in words(outcome)


@pytest.mark.parametrize(
    ("given", "first"),
    [
        ({}, "advice"),
        ({"standing": "other_corporation"}, "filing"),
        (TOO_LARGE, "filing"),
        ({"plan": "single_ending"}, "filing"),
        ({"plan": "single_active"}, "follow_up"),
        ({"plan": "joint_active"}, "advice"),
        ({"partner": "candidate", "hurry": "yes"}, "filing"),
    ],
)
def test_the_office_to_call_first_comes_first(
    content: Content, day: DayBook, given, first: str
) -> None:
    assert outcome_of(content, day, answers(**given)).offices[0].role == first


@pytest.mark.parametrize(
    ("given", "office"),
    [
        ({"plan": "single_active"}, "follow_up_single"),
        ({"plan": "single_ending"}, "follow_up_single"),
        ({"plan": "single_ending", "partner": "agreed"}, "follow_up_single"),
        ({"plan": "joint_active"}, "follow_up_joint"),
        ({"plan": "joint_ending"}, "follow_up_joint"),
    ],
)
def test_who_holds_a_plan_is_named_the_follow_up(
    content: Content, day: DayBook, given, office: str
) -> None:
    named = outcome_of(content, day, answers(**given)).offices
    [follow_up] = [each for each in named if each.role == "follow_up"]
    assert follow_up.id == office
    talk = Talk(content, day.day).give(answers(**given)).press("command=contacts")
    assert follow_up.url
    assert follow_up.url in talk.said


def test_the_operators_own_desk_is_named_to_associations_only(book, today: date) -> None:
    own = Operator("岐阜の中央会", "058-000-0000")
    content = load_content(operator=own)
    for given, named in [(ASSOCIATION, True), ({}, False)]:
        talk = Talk(content, today).give(answers(**given))
        talk.press("command=contacts")
        assert ("058-000-0000" in talk.said) is named
        assert talk.turn.outcome
        assert any(each.role == "own" for each in talk.turn.outcome.offices) is named


def test_no_own_desk_without_a_phone(content: Content, day: DayBook) -> None:
    offices = outcome_of(content, day, answers(**ASSOCIATION)).offices
    assert not [each for each in offices if each.role == "own"]


# -- reasons, cases, notes ------------------------------------------------------------------------


def test_reasons_are_at_most_three_each_with_its_source_and_question(
    content: Content, day: DayBook
) -> None:
    for told in sample(content, day, 300):
        outcome = outcome_of(content, day, told)
        assert 1 <= len(outcome.reasons) <= REASONS
        for reason in outcome.reasons:
            assert reason.question in content.flow.questions
            assert reason.source in content.book.sources
            assert "{" not in reason.text


def test_cases_are_only_those_that_share_type_industry_or_risk(
    content: Content, day: DayBook
) -> None:
    seen: set[str] = set()
    for told in sample(content, day, 600):
        outcome = outcome_of(content, day, told)
        assert len(outcome.cases) <= CASES
        for named in outcome.cases:
            case = content.book.cases[named.id]
            risk = set(case.concerns) & set(told.get("concern", ()))
            industry = told.get("industry") == (case.industry,)
            industry |= told["standing"] == ("association",) and case.industry == "cooperative"
            chain = told["standing"] == ("large",) and "supply_chain" in case.concerns
            assert risk or industry or chain or case.plan in {outcome.row.plan, outcome.row.leaning}
            seen.add(named.id)
    assert len(seen) > CASES


def test_the_nearest_case_comes_first(content: Content, day: DayBook) -> None:
    told = answers(partner="agreed", concern="supply_chain", prefecture="島根県")
    assert outcome_of(content, day, told).cases[0].id == "sankai"
    told = answers(**{**ASSOCIATION, "concern": "shared_site,first_response"})
    assert outcome_of(content, day, told).cases[0].id == "kumagaya"


@pytest.mark.parametrize("standing", ["supporter", "disaster", "support_plan"])
def test_some_have_no_case_near_them(content: Content, day: DayBook, standing: str) -> None:
    assert not outcome_of(content, day, answers(standing=standing, concern="flood")).cases


# -- the same answers, the same advice ------------------------------------------------------------


def test_the_same_answers_on_the_same_day_always_lead_to_the_same_outcome(
    content: Content, day: DayBook
) -> None:
    another = load_content()
    fresh = another.book.on(day.day)
    for told in sample(content, day, 150):
        turned = dict(reversed(told.items()))
        first = outcome_of(content, day, told)
        assert first == outcome_of(content, day, turned)
        assert everything(content, day, told) == everything(another, fresh, turned)
