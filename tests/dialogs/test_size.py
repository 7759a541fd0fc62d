"""Is the firm small enough? At, just under and just over every limit, and what is asked for it."""

import pytest

from dialogs.answers import Answers
from dialogs.intervals import PEOPLE, YEN, bands
from dialogs.rules.size import capital_limit, size
from knowledge.book import DayBook
from tests.dialogs.chat import Talk, answers

MILLION = 1_000_000
LIMITS = {
    "manufacturing_other": (300, 300 * MILLION),
    "wholesale": (100, 100 * MILLION),
    "retail": (50, 50 * MILLION),
    "service": (100, 50 * MILLION),
    "ryokan": (200, 50 * MILLION),
    "software": (300, 300 * MILLION),
    "rubber": (900, 300 * MILLION),
}
"""People and yen. 出典: S2 P1"""
EVERY = pytest.mark.parametrize("industry", LIMITS)


def firm(
    industry: str = "unknown",
    people: int | None = None,
    yen: int | None = None,
    capital: str = "unknown",
) -> Answers:
    """A firm of so many people and so much capital, as its answers put it."""
    told = {"standing": ("own",), "industry": (industry,), "capital": (capital,)}
    told["employees"] = ("unknown",) if people is None else bands(PEOPLE, people, people)
    if yen is not None:
        told["capital"] = bands(YEN, yen, yen)
    return told


# -- yes, no, unknown -----------------------------------------------------------------------------


@EVERY
def test_people_at_and_just_under_the_limit_are_enough(day: DayBook, industry: str) -> None:
    people, yen = LIMITS[industry]
    for count in (people, people - 1):
        assert size(firm(industry, count, yen + 1), day) is True
        assert size(firm(industry, count), day) is True
        assert size(firm(industry, count, capital="none"), day) is True


@EVERY
def test_capital_at_and_just_under_the_limit_is_enough(day: DayBook, industry: str) -> None:
    people, yen = LIMITS[industry]
    for amount in (yen, yen - 1):
        assert size(firm(industry, people + 1, amount), day) is True
        assert size(firm(industry, None, amount), day) is True


@EVERY
def test_just_over_both_limits_is_too_large(day: DayBook, industry: str) -> None:
    people, yen = LIMITS[industry]
    assert size(firm(industry, people + 1, yen + 1), day) is False


@EVERY
def test_over_one_limit_with_the_other_unknown_stays_open(day: DayBook, industry: str) -> None:
    people, yen = LIMITS[industry]
    assert size(firm(industry, people + 1), day) is None
    assert size(firm(industry, None, yen + 1), day) is None
    assert size(firm(industry), day) is None


@EVERY
def test_a_person_without_capital_counts_by_people_alone(day: DayBook, industry: str) -> None:
    people, _ = LIMITS[industry]
    assert size(firm(industry, people + 1, capital="none"), day) is False
    assert size(firm(industry, None, capital="none"), day) is None


def test_an_unknown_industry_is_decided_only_where_all_agree(day: DayBook) -> None:
    assert size(firm(people=50), day) is True
    assert size(firm(people=51), day) is None
    assert size(firm(people=901, yen=300 * MILLION + 1), day) is False
    assert size(firm(people=901, yen=50 * MILLION), day) is True
    assert size(firm(people=901, yen=50 * MILLION + 1), day) is None
    assert size(firm(people=901, capital="none"), day) is False
    assert size(firm(people=900, capital="none"), day) is None


def test_the_capital_is_asked_at_the_limit_of_the_industry(day: DayBook) -> None:
    for industry, (_, yen) in LIMITS.items():
        assert capital_limit({"industry": (industry,)}, day) == yen


def test_an_unknown_industry_is_asked_at_the_smallest_limit(day: DayBook) -> None:
    assert capital_limit({"industry": ("unknown",)}, day) == 50 * MILLION
    assert capital_limit({}, day) == 50 * MILLION


# -- asking for it --------------------------------------------------------------------------------


def asked_capital(talk: Talk, industry: str, employees: str = "901-") -> Talk:
    return talk.press("standing=own", f"employees={employees}", f"industry={industry}")


@pytest.mark.parametrize(
    ("industry", "words", "under", "over"),
    [
        ("wholesale", "1億円以下", "-50m,50m-100m", "100m-300m,300m-"),
        ("retail", "5千万円以下", "-50m", "50m-100m,100m-300m,300m-"),
        ("rubber", "3億円以下", "-50m,50m-100m,100m-300m", "300m-"),
        ("unknown", "5千万円以下", "-50m", "50m-100m,100m-300m,300m-"),
    ],
)
def test_yes_and_no_at_a_limit_are_the_bands_on_its_two_sides(
    talk: Talk, industry: str, words: str, under: str, over: str
) -> None:
    asked_capital(talk, industry)
    assert talk.state == "capital"
    assert words in talk.said
    assert talk.presses[:2] == (f"capital={under}", f"capital={over}")
    assert talk.presses[2:] == ("capital=none", "capital=unknown")


def test_an_old_narrow_band_still_answers_the_capital(talk: Talk) -> None:
    asked_capital(talk, "wholesale").press("capital=50m-100m")
    assert talk.answers["capital"] == ("50m-100m",)
    assert talk.state == "prefecture"


def test_two_bands_and_no_capital_at_once_answer_nothing(talk: Talk) -> None:
    asked_capital(talk, "wholesale").press("capital=-50m,none")
    assert "capital" not in talk.answers
    assert talk.uses("no_answer_needed")


@pytest.mark.parametrize("employees", ["0-5", "6-20", "21-50"])
def test_up_to_fifty_people_nothing_more_is_asked_of_the_size(talk: Talk, employees: str) -> None:
    assert talk.press("standing=own", f"employees={employees}").state == "prefecture"


def test_people_and_industry_unknown_the_capital_decides(talk: Talk) -> None:
    talk.press("standing=own", "employees=unknown", "industry=unknown")
    assert talk.state == "capital"
    assert talk.press("capital=-50m").state == "prefecture"


# -- another industry afterwards ------------------------------------------------------------------


def too_large_in(talk: Talk, industry: str, capital: str, employees: str = "901-") -> Talk:
    asked_capital(talk, industry, employees).press(f"capital={capital}")
    return talk.press("prefecture=埼玉県", "partner=none")


def test_another_industry_redecides_without_asking_the_capital_again(talk: Talk) -> None:
    too_large_in(talk, "retail", "300m-")
    assert talk.row == "G6a"
    talk.press("industry=service")
    assert (talk.row, talk.answers["capital"]) == ("G6a", ("300m-",))


def test_a_smaller_limit_below_the_capital_makes_it_too_large_at_once(talk: Talk) -> None:
    too_large_in(talk, "rubber", "-50m,50m-100m,100m-300m").press("capital=100m-300m")
    assert talk.state == "plan"
    talk.press("industry=wholesale")
    assert talk.row == "G6a"


def test_the_capital_is_asked_again_where_its_bands_lie_across_the_new_limit(talk: Talk) -> None:
    too_large_in(talk, "wholesale", "-50m,50m-100m")
    assert talk.state == "plan"
    talk.press("industry=retail")
    assert talk.state == "capital"
    assert "5千万円以下" in talk.said
    talk.press("capital=-50m")
    assert talk.state == "plan"


def test_capital_not_known_is_not_asked_a_second_time(talk: Talk) -> None:
    too_large_in(talk, "wholesale", "unknown").press("industry=retail")
    assert talk.state == "plan"


def test_no_capital_is_not_asked_a_second_time(talk: Talk) -> None:
    too_large_in(talk, "wholesale", "none").press("industry=retail")
    assert talk.row == "G6a"


def test_the_capital_is_kept_though_people_decide_in_the_new_industry(talk: Talk) -> None:
    too_large_in(talk, "wholesale", "100m-300m,300m-", "201-300").press("industry=rubber")
    assert talk.answers["capital"] == ("100m-300m", "300m-")
    assert talk.state == "plan"


def test_a_middle_band_is_asked_again_only_under_its_own_limit(talk: Talk) -> None:
    talk.give(answers(employees="301-900", industry="wholesale", capital="-50m,50m-100m"))
    assert talk.press("industry=service").state == "capital"
    assert talk.press("industry=manufacturing_other").state == "outcome"
    assert talk.answers["capital"] == ("-50m", "50m-100m")
