"""T1–T20 of domain §4.3, decided at once and as a talk of presses from the greeting."""

from dataclasses import dataclass, field

import pytest

from bot.content import Content
from knowledge.book import DayBook
from tests.dialogs.chat import Talk, answers, outcome_of, words

UP_TO_50M = "-50m"
OVER_50M = "50m-100m,100m-300m,300m-"
ASSOCIATION = {"standing": "association", "employees": None}


@dataclass(frozen=True)
class Case:
    """What the sheet gives and expects. `phones`: the office's number by role."""

    row: str
    given: dict[str, str | None]
    asked: int
    phones: dict[str, str] = field(default_factory=dict)


SAITAMA = {"advice": "03-5470-1606", "filing": "048-600-0394"}
OKINAWA = {"advice": "098-859-7566", "filing": "098-866-1755"}
ISHIKAWA = {"advice": "076-223-5546", "filing": "052-951-0521"}
CASES = {
    "T1": Case("R12", {"employees": "201-300", "industry": "manufacturing_other"}, 7, SAITAMA),
    "T2": Case(
        "G6a",
        {"employees": "51-100", "industry": "retail", "capital": OVER_50M},
        6,
        SAITAMA,
    ),
    "T3": Case("R12", {"employees": "51-100", "industry": "retail", "capital": UP_TO_50M}, 8),
    "T4": Case("R12", {"employees": "301-900", "industry": "rubber"}, 7),
    "T5": Case("R12", {"employees": "101-200", "industry": "ryokan"}, 7),
    "T6": Case(
        "G6b",
        {
            "employees": "301-900",
            "industry": "software",
            "capital": "300m-",
            "partner": "candidate",
        },
        6,
    ),
    "T7": Case(
        "G6a",
        {"employees": "101-200", "industry": "wholesale", "capital": "none"},
        6,
    ),
    "T8": Case(
        "R2",
        {**ASSOCIATION, "prefecture": "静岡県", "partner": "all_members"},
        5,
        {"advice": "052-201-3009", "filing": "048-600-0394"},
    ),
    "T9": Case(
        "R8",
        {
            "employees": "6-20",
            "prefecture": "福井県",
            "partner": "agreed",
            "concern": "flood",
        },
        6,
        {"advice": "076-223-5546", "filing": "06-6966-6119"},
    ),
    "T10": Case("G5", {"standing": "other_corporation"}, 2, SAITAMA),
    "T11": Case(
        "R3", {"employees": "6-20", "plan": "single_ending", "partner": "candidate"}, 6, SAITAMA
    ),
    "T12": Case(
        "R12",
        {"employees": "301-900", "industry": "manufacturing_other", "capital": "unknown"},
        8,
        SAITAMA,
    ),
    "T13": Case(
        "R12",
        {"prefecture": "沖縄県", "concern": "funding"},
        6,
        {**OKINAWA, "finance": "098-941-1785"},
    ),
    "T14": Case(
        "R4",
        {"employees": "21-50", "prefecture": "石川県", "plan": "single_ending"},
        6,
        ISHIKAWA,
    ),
    "T15": Case(
        "R10",
        {
            "standing": "proxy",
            "employees": "6-20",
            "prefecture": "岐阜県",
            "partner": "candidate",
        },
        6,
        {"advice": "052-201-3009", "filing": "052-951-0521"},
    ),
    "T16": Case("R4", {**ASSOCIATION, "partner": "association_only", "plan": "single_ending"}, 5),
    "T17": Case("R2c", {**ASSOCIATION, "partner": "undecided"}, 5),
    "T18": Case("R11", {"employees": "6-20", "concern": "staff"}, 6),
    "T19": Case(
        "R6",
        {
            "employees": "6-20",
            "partner": "member",
            "plan": "single_active",
            "concern": "staff",
        },
        6,
    ),
    "T20": Case("R1b", {"employees": "6-20", "plan": "joint_ending"}, 6),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_answers_decide_as_the_sheet_says(content: Content, day: DayBook, case: Case) -> None:
    assert content.flow.decide(answers(**case.given), day).id == case.row


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_talk_reaches_it_by_presses_and_asks_nothing_more(talk: Talk, case: Case) -> None:
    talk.give(answers(**case.given))
    assert (talk.kind, talk.state, talk.row) == ("outcome", "outcome", case.row)
    assert talk.asked == case.asked


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_its_offices_have_the_right_phones(talk: Talk, case: Case) -> None:
    talk.give(answers(**case.given))
    outcome = talk.turn.outcome
    assert outcome
    for role, phone in case.phones.items():
        first = next(office for office in outcome.offices if office.role == role)
        assert first.phone == phone
        talk.press("command=contacts")
        assert phone in talk.said


def test_t1_never_asks_the_capital(talk: Talk) -> None:
    talk.give(answers(**CASES["T1"].given))
    assert "capital" not in talk.answers


def test_t8_says_how_to_make_sure_of_shizuoka(talk: Talk) -> None:
    talk.give(answers(**CASES["T8"].given))
    assert talk.turn.outcome
    assert [office.check for office in talk.turn.outcome.offices] == [True, False]
    assert "03-6459-0042" in talk.said
    assert talk.scene.voice.word("blocks_note") in words(talk.turn.outcome.notes)


@pytest.mark.parametrize("name", ["T9", "T14"])
def test_the_four_prefectures_hear_that_the_two_offices_are_cut_differently(
    content: Content, day: DayBook, name: str
) -> None:
    outcome = outcome_of(content, day, answers(**CASES[name].given))
    assert content.flow.words["blocks_note"] in words(outcome.notes)


def test_t12_says_that_the_size_is_not_confirmed(talk: Talk) -> None:
    talk.give(answers(**CASES["T12"].given))
    assert "規模は未確認" in talk.said
    assert talk.turn.outcome
    assert "規模は未確認" in words(talk.turn.outcome.notes)


@pytest.mark.parametrize("name", sorted(set(CASES) - {"T12"}))
def test_nobody_else_hears_that(content: Content, day: DayBook, name: str) -> None:
    outcome = outcome_of(content, day, answers(**CASES[name].given))
    assert "規模は未確認" not in words(outcome)


def test_t13_goes_to_the_bank_of_okinawa_before_filing(talk: Talk) -> None:
    talk.give(answers(**CASES["T13"].given))
    assert talk.turn.outcome
    finance = [each for each in talk.turn.outcome.offices if each.role == "finance"]
    assert "沖縄" in finance[0].name
    assert "出す前" in talk.turn.outcome.steps[0].text


def test_t15_speaks_of_that_firm_all_the_way(talk: Talk) -> None:
    told = answers(**CASES["T15"].given)
    talk.press("standing=proxy")
    while talk.state != "outcome":
        assert "その会社" in talk.said, talk.state
        talk.press(f"{talk.state}={told[talk.state][0]}")
    assert talk.row == "R10"


def test_a_proxy_is_told_of_that_firm_and_an_owner_of_their_own(
    content: Content, day: DayBook
) -> None:
    own = outcome_of(content, day, answers(concern="staff"))
    proxy = outcome_of(content, day, answers(standing="proxy", concern="staff"))
    assert "自社" in own.reasons[0].text
    assert "その会社" in proxy.reasons[0].text
    assert "自社" not in words(proxy.reasons)
