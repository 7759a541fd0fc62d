"""Rules of one or two questions: a verdict for every value."""

import pytest

from bot.content import Content
from dialogs.answers import Answers
from dialogs.intervals import Verdict
from dialogs.rules import RULES
from knowledge.book import DayBook
from tests.dialogs.chat import answers
from tests.dialogs.people import situations, values_of

SINGLE = {
    "is_disaster": ("standing", {"disaster"}),
    "is_supporter": ("standing", {"supporter"}),
    "is_support_plan": ("standing", {"support_plan"}),
    "is_not_started": ("standing", {"not_started"}),
    "is_other_corporation": ("standing", {"other_corporation"}),
    "is_large": ("standing", {"large"}),
    "is_association": ("standing", {"association"}),
    "is_proxy": ("standing", {"proxy"}),
    "needs_no_place": ("standing", {"disaster", "support_plan"}),
    "asks_size": ("standing", {"own", "proxy"}),
    "asks_partner": ("standing", {"own", "proxy", "association"}),
    "is_member": ("partner", {"member"}),
    "has_no_partner": ("partner", {"none", "association_only"}),
    "partner_unknown": ("partner", {"unknown"}),
    "with_members": ("partner", {"all_members", "some_members"}),
    "with_other_associations": ("partner", {"other_associations"}),
    "partner_agreed": ("partner", {"agreed"}),
    "partner_in_sight": ("partner", {"candidate", "member"}),
    "has_bcp": ("plan", {"bcp"}),
    "holds_plan": ("plan", {"single_active", "single_ending", "joint_active", "joint_ending"}),
    "joint_plan_ending": ("plan", {"joint_ending"}),
    "joint_plan_active": ("plan", {"joint_active"}),
    "single_plan_ending": ("plan", {"single_ending"}),
    "single_plan_active": ("plan", {"single_active"}),
    "worries_outside": ("concern", {"supply_chain", "shared_site"}),
    "worries_staff": ("concern", {"staff"}),
    "worries_inside_only": ("concern", {"cyber", "infection", "funding"}),
    "worries_money": ("concern", {"funding", "support_loan"}),
    "linked_worry_named": ("concern", {"supply_chain", "staff", "shared_site"}),
}


@pytest.mark.parametrize("name", SINGLE)
def test_a_rule_of_one_question_says_yes_to_its_values_only(
    content: Content, day: DayBook, name: str
) -> None:
    question, yes = SINGLE[name]
    rule = RULES[name]
    assert rule.reads == {question}
    assert rule({}, day) is None
    for values in values_of(content, question):
        assert rule({question: values}, day) is (values[0] in yes), values


def test_who_named_no_capital_is_an_individual_and_all_others_may_be_companies(
    day: DayBook,
) -> None:
    individual, company = RULES["is_individual"], RULES["may_be_company"]
    for capital in (None, "unknown", "-50m", "none"):
        told = {} if capital is None else {"capital": (capital,)}
        assert individual(told, day) is (capital == "none")
        assert company(told, day) is (capital != "none")


def test_always_is_always(day: DayBook) -> None:
    assert RULES["always"]({}, day) is True
    assert RULES["always"](answers(), day) is True


def test_worries_are_inside_only_when_all_are(day: DayBook) -> None:
    rule = RULES["worries_inside_only"]
    assert rule({"concern": ("cyber", "funding")}, day) is True
    assert rule({"concern": ("cyber", "flood")}, day) is False


# -- rules of two questions -----------------------------------------------------------------------


SOMEBODY = {"agreed", "all_members", "some_members", "other_associations", "candidate", "undecided"}
LINKED = {"supply_chain", "staff", "shared_site"}
PAIRS = {
    "single_plan_ending_with_partner": {"plan": {"single_ending"}, "partner": SOMEBODY},
    "single_plan_active_with_partner": {"plan": {"single_active"}, "partner": SOMEBODY},
    "single_plan_active_linked_worry": {"plan": {"single_active"}, "concern": LINKED},
    "association_alone": {"standing": {"association"}, "partner": {"association_only"}},
    "association_undecided": {"standing": {"association"}, "partner": {"undecided"}},
    "linked_worry": {"partner": {"none", "unknown"}, "concern": LINKED},
}


def joined(parts: dict[str, set[str]], told: Answers) -> Verdict:
    """No when one answer says no, yes when all say yes, else unknown."""
    found = [told[q][0] in yes if q in told else None for q, yes in parts.items()]
    return False if False in found else (None if None in found else True)


@pytest.mark.parametrize("name", PAIRS)
def test_a_rule_of_two_questions_needs_both(content: Content, day: DayBook, name: str) -> None:
    parts = PAIRS[name]
    assert RULES[name].reads == set(parts)
    for told in situations(content, *parts):
        assert RULES[name](told, day) is joined(parts, told), told
