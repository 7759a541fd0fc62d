"""The decision table: which answers lead to which row, and what each row advises."""

from itertools import product

import pytest

from bot.content import Content
from knowledge.book import DayBook
from tests.dialogs.chat import answers

SMALL = {"employees": "0-5"}
LARGE = {
    "employees": "51-100",
    "industry": "retail",
    "capital": "50m-100m,100m-300m,300m-",
}
UNSURE = {"employees": "301-900", "industry": "manufacturing_other", "capital": "unknown"}
ASSOCIATION = {"standing": "association", "employees": None}
AGREED = ("agreed", "all_members", "some_members", "other_associations")
IN_SIGHT = ("candidate", "undecided")

PLANS = {
    "G1": ("emergency", None),
    "G2": ("supporter", None),
    "G3": ("other_scheme", None),
    "G4": ("consult", None),
    "G5": ("consult", None),
    "G6L": ("consult", "joint"),
    "G6a": ("not_eligible", None),
    "G6b": ("consult", "joint"),
    "R1b": ("second", "joint"),
    "R1": ("follow_up", "joint"),
    "R3": ("both", None),
    "R4": ("second", "single"),
    "R5": ("joint", None),
    "R6": ("consult", "joint"),
    "R7": ("follow_up", "single"),
    "R2b": ("single", "joint"),
    "R2c": ("consult", "joint"),
    "R2": ("joint", None),
    "R8": ("joint", None),
    "R9": ("single", "joint"),
    "R10": ("consult", "joint"),
    "R11": ("single", "joint"),
    "R12": ("single", None),
}
"""The rows in the order of domain §4.2, each with its plan and leaning (protocol)."""

EXAMPLES = [
    ("G1", {"standing": "disaster"}),
    ("G2", {"standing": "supporter"}),
    ("G3", {"standing": "support_plan"}),
    ("G4", {"standing": "not_started"}),
    ("G5", {"standing": "other_corporation"}),
    ("G6L", {"standing": "large"}),
    ("G6a", {**LARGE, "partner": "none"}),
    ("G6a", {**LARGE, "partner": "unknown"}),
    ("G6a", {**LARGE, "partner": "member"}),
    ("G6b", {**LARGE, "partner": "agreed"}),
    ("G6b", {**LARGE, "partner": "candidate"}),
    ("R1b", {"plan": "joint_ending"}),
    ("R1", {"plan": "joint_active"}),
    ("R3", {"plan": "single_ending", "partner": "agreed"}),
    ("R3", {"plan": "single_ending", "partner": "candidate"}),
    ("R3", {**ASSOCIATION, "plan": "single_ending", "partner": "undecided"}),
    ("R4", {"plan": "single_ending", "partner": "member"}),
    ("R5", {"plan": "single_active", "partner": "candidate", "concern": "staff"}),
    ("R6", {"plan": "single_active", "partner": "none", "concern": "supply_chain"}),
    ("R6", {"plan": "single_active", "partner": "unknown", "concern": "flood,shared_site"}),
    ("R7", {"plan": "single_active", "partner": "member", "concern": "flood"}),
    ("R2b", {**ASSOCIATION, "partner": "association_only"}),
    ("R2c", {**ASSOCIATION, "partner": "undecided"}),
    ("R2", {**ASSOCIATION, "partner": "all_members"}),
    ("R2", {**ASSOCIATION, "partner": "some_members"}),
    ("R2", {**ASSOCIATION, "partner": "other_associations"}),
    ("R8", {"partner": "agreed"}),
    ("R9", {"partner": "candidate", "hurry": "yes"}),
    ("R10", {"partner": "candidate"}),
    ("R10", {"partner": "member"}),
    ("R11", {"partner": "none", "concern": "staff"}),
    ("R11", {"partner": "unknown", "concern": "shared_site"}),
    ("R12", {}),
    ("R12", {"plan": "bcp"}),
    ("R12", {"plan": "unknown", "partner": "unknown", "concern": "unknown"}),
]


def by_the_sheet(told: dict[str, tuple[str, ...]], size: bool | None) -> str:
    """Domain §4.2 read a second time, row by row, without a rule of ours."""
    standing, partner, plan = told["standing"][0], told["partner"][0], told["plan"][0]
    linked = {"supply_chain", "staff", "shared_site"}.intersection(told["concern"])
    somebody = partner in AGREED or partner in IN_SIGHT
    if size is False:
        return "G6b" if somebody else "G6a"
    if plan in {"joint_ending", "joint_active"}:
        return "R1b" if plan == "joint_ending" else "R1"
    if plan == "single_ending":
        return "R3" if somebody else "R4"
    if plan == "single_active":
        return "R5" if somebody else ("R6" if linked else "R7")
    if standing == "association":
        return {"association_only": "R2b", "undecided": "R2c"}.get(partner, "R2")
    if partner in {"agreed", "candidate", "member"}:
        in_sight = "R9" if told.get("hurry") else "R10"
        return "R8" if partner == "agreed" else in_sight
    return "R11" if linked else "R12"


def test_the_rows_stand_in_the_order_of_the_sheet(content: Content) -> None:
    assert [row.id for row in content.flow.rows] == list(PLANS)


@pytest.mark.parametrize(("row", "given"), EXAMPLES)
def test_these_answers_lead_to_this_row(content: Content, day: DayBook, row: str, given) -> None:
    assert content.flow.decide(answers(**given), day).id == row


def test_every_row_has_an_example() -> None:
    assert {row for row, _ in EXAMPLES} == set(PLANS)


@pytest.mark.parametrize("id", PLANS)
def test_a_row_has_its_plan_and_leaning(content: Content, id: str) -> None:
    row = next(row for row in content.flow.rows if row.id == id)
    assert (row.plan, row.leaning) == PLANS[id]


def test_leaving_early_is_r13_and_a_consultation(content: Content) -> None:
    leave = content.flow.leave
    assert (leave.id, leave.plan, leave.leaning) == ("R13", "consult", None)


@pytest.mark.parametrize("hurry", [None, "yes"])
@pytest.mark.parametrize("standing", ["own", "proxy"])
def test_a_firm_is_advised_as_the_sheet_says_whatever_it_answers(
    content: Content, day: DayBook, standing: str, hurry: str | None
) -> None:
    sizes = [(SMALL, True), (LARGE, False), (UNSURE, None)]
    asked = content.flow.questions
    each = (
        [c.values[0] for c in asked[name].forms[-1].choices]
        for name in ("partner", "plan", "concern")
    )
    for (size, fits), partner, plan, concern in product(sizes, *each):
        told = answers(
            standing=standing, **size, partner=partner, plan=plan, concern=concern, hurry=hurry
        )
        assert content.flow.decide(told, day).id == by_the_sheet(told, fits), told


def test_an_association_is_advised_as_the_sheet_says_whatever_it_answers(
    content: Content, day: DayBook
) -> None:
    partners = ("all_members", "some_members", "other_associations", "association_only")
    plans = [c.values[0] for c in content.flow.questions["plan"].forms[-1].choices]
    concerns = [c.values[0] for c in content.flow.questions["concern"].forms[-1].choices]
    for partner, plan, concern in product((*partners, "undecided"), plans, concerns):
        told = answers(**ASSOCIATION, partner=partner, plan=plan, concern=concern)
        assert content.flow.decide(told, day).id == by_the_sheet(told, None), told


@pytest.mark.parametrize("standing", ["disaster", "supporter", "support_plan", "not_started",
                                      "other_corporation", "large"])  # fmt: skip
def test_who_one_is_decides_before_anything_else(
    content: Content, day: DayBook, standing: str
) -> None:
    alone = content.flow.decide({"standing": (standing,)}, day)
    for given in (LARGE, {"plan": "joint_ending"}, {"partner": "candidate", "hurry": "yes"}):
        assert content.flow.decide(answers(standing=standing, **given), day) is alone
