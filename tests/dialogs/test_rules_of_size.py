"""Rules of the size and of haste: a verdict for every kind of firm."""

import pytest

from bot.content import Content
from dialogs.answers import Answers
from dialogs.intervals import Verdict
from dialogs.rules import RULES
from knowledge.book import DayBook
from tests.dialogs.chat import answers
from tests.dialogs.people import told, values_of

SMALL = answers()
LARGE = answers(employees="901-", industry="retail", capital="300m-")
OPEN = answers(employees="901-", industry="retail", capital="unknown")
UNASKED = {"standing": ("own",)}


@pytest.mark.parametrize("standing", ["own", "proxy"])
@pytest.mark.parametrize(
    ("told", "verdicts"),
    [
        (SMALL, (False, True, False)),
        (LARGE, (True, False, False)),
        (OPEN, (None, None, True)),
        (UNASKED, (None, None, True)),
    ],
)
def test_the_size_of_a_firm_is_one_of_three(
    day: DayBook, standing: str, told: Answers, verdicts: tuple[Verdict, ...]
) -> None:
    told = {**told, "standing": (standing,)}
    names = ("too_large", "small_enough", "size_unknown")
    assert tuple(RULES[name](told, day) for name in names) == verdicts


@pytest.mark.parametrize("name", ["too_large", "small_enough", "size_unknown"])
def test_the_size_of_nobody_else_matters(day: DayBook, name: str) -> None:
    for size in (SMALL, LARGE, OPEN):
        assert RULES[name]({**size, "standing": ("association",)}, day) is False


@pytest.mark.parametrize("name", ["too_large", "small_enough"])
def test_without_a_standing_a_size_says_only_what_it_excludes(day: DayBook, name: str) -> None:
    told = {"employees": ("0-5",)}
    assert RULES[name](told, day) is (False if name == "too_large" else None)


ALONE = {"too_large_alone": {"none", "unknown", "member"}}
WITH = {"too_large_with_partner": {"agreed", "candidate"}}


@pytest.mark.parametrize(("name", "yes"), [*ALONE.items(), *WITH.items()])
def test_a_firm_too_large_is_told_by_its_partner(
    content: Content, day: DayBook, name: str, yes: set[str]
) -> None:
    rule = RULES[name]
    assert rule.reads == {"standing", "employees", "industry", "capital", "partner"}
    for values in values_of(content, "partner"):
        fits = values[0] in yes
        assert rule({**LARGE, "partner": values}, day) is fits
        assert rule({**SMALL, "partner": values}, day) is False
        assert rule({**OPEN, "partner": values}, day) is (None if fits else False)


@pytest.mark.parametrize("plan", [None, "none", "bcp", "unknown", "single_active", "single_ending",
                                  "joint_active", "joint_ending"])  # fmt: skip
@pytest.mark.parametrize("partner", ["candidate", "member", "agreed", "none", "unknown"])
def test_hurry_is_offered_only_where_r10_is_advised(
    day: DayBook, plan: str | None, partner: str
) -> None:
    offers, hurried = RULES["offers_hurry"], RULES["in_hurry"]
    sized = {"standing", "employees", "industry", "capital", "partner", "plan"}
    assert offers.reads == sized
    assert hurried.reads == {*sized, "hurry"}
    for size, allows in ((SMALL, True), (OPEN, True), (LARGE, False)):
        told = {k: v for k, v in size.items() if k != "plan"} | {"partner": (partner,)}
        if plan:
            told["plan"] = (plan,)
        fits = [allows, partner in {"candidate", "member"}]
        fits.append(plan in {"none", "bcp", "unknown"} if plan else None)
        verdict = False if False in fits else (None if None in fits else True)
        assert offers(told, day) is verdict
        assert hurried({**told, "hurry": ("yes",)}, day) is verdict
        assert hurried(told, day) is (False if verdict is False else None)


@pytest.mark.parametrize(
    ("given", "industry", "capital"),
    [
        (told(), None, None),
        (told(employees="21-50"), False, False),
        (told(employees="51-100"), True, None),
        (told(employees="unknown"), True, None),
        (told(employees="51-100", industry="wholesale"), True, False),
        (told(employees="51-100", industry="retail"), True, True),
        (told(employees="51-100", industry="unknown"), True, True),
        (told(employees="901-", industry="rubber"), True, True),
        (told(employees="unknown", industry="rubber"), True, True),
        (told(employees="901-", capital="-50m"), False, True),
        (told(employees="901-", capital="300m-"), False, True),
        (told(employees="901-", capital="none"), False, True),
        (told(employees="901-", capital="100m-300m"), True, None),
        (told(employees="901-", industry="rubber", capital="-50m"), True, True),
        (told(employees="21-50", industry="rubber", capital="-50m"), False, False),
        (told(employees="51-100", industry="wholesale", capital="-50m"), True, False),
    ],
)
def test_industry_and_capital_are_asked_only_where_they_decide(
    day: DayBook, given: Answers, industry: Verdict, capital: Verdict
) -> None:
    assert RULES["asks_industry"](given, day) is industry
    assert RULES["asks_capital"](given, day) is capital
    for standing in ("association", "large"):
        other = {**given, "standing": (standing,)}
        if "employees" in given:
            assert RULES["asks_industry"](other, day) is False
            assert RULES["asks_capital"](other, day) is False


@pytest.mark.parametrize(
    ("given", "straddles"),
    [
        (told(employees="901-", industry="retail"), False),
        (told(employees="901-", industry="retail", capital="unknown"), False),
        (told(employees="901-", industry="retail", capital="none"), False),
        (told(employees="unknown", industry="retail", capital="none"), False),
        (told(employees="901-", industry="retail", capital="-50m"), False),
        (told(employees="901-", industry="retail", capital="-50m,50m-100m"), True),
        (told(employees="901-", industry="wholesale", capital="-50m,50m-100m"), False),
        (told(employees="21-50", industry="retail", capital="-50m,50m-100m"), False),
        (told(employees="unknown", industry="retail", capital="300m-"), False),
        (told(employees="901-", industry="unknown", capital="-50m,50m-100m"), True),
        (told(employees="901-", industry="unknown", capital="50m-100m,100m-300m"), False),
    ],
)
def test_capital_is_asked_again_only_across_the_limit(
    day: DayBook, given: Answers, straddles: Verdict
) -> None:
    assert RULES["capital_straddles_limit"](given, day) is straddles
