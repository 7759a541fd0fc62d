"""Every rule: what it reads, where it is used, and the logic of yes, no and unknown."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from bot.content import ROOT, Content
from dialogs.answers import Answers, Values
from dialogs.intervals import Verdict
from dialogs.rules import RULES
from dialogs.rules.base import both, either, negate, one_of
from tests.dialogs.chat import answers

EVERY = pytest.mark.parametrize("name", sorted(RULES))
VERDICTS: tuple[Verdict, ...] = (True, False, None)
OVER_50M = ("50m-100m", "100m-300m", "300m-")
SOURCE = re.compile(r"出典: (S\d|手引き|domain|design)")


class Watched(Mapping[str, Values]):
    """Answers that show only what a rule declares, and remember every look at anything else."""

    def __init__(self, told: Answers, reads: frozenset[str]) -> None:
        self.told, self.reads, self.strayed = told, reads, set[str]()

    def __getitem__(self, question: str) -> Values:
        if question not in self.reads:
            self.strayed.add(question)
        return self.told[question]

    def __iter__(self) -> Iterator[str]:
        return (question for question in self.told if question in self.reads)

    def __len__(self) -> int:
        return len(list(iter(self)))


WHOLE = [
    answers(),
    answers(standing="association", employees=None, partner="undecided"),
    answers(employees="901-", industry="retail", capital="-50m", partner="candidate", hurry="yes"),
    answers(employees="901-", industry="retail", capital="none", partner="member"),
    answers(employees="unknown", industry="unknown", capital="unknown", concern="staff,flood"),
    answers(employees="51-100", industry="unknown", capital="50m-100m", plan="single_active"),
    answers(employees="51-100", industry=None, plan="joint_ending", partner="agreed"),
]


@EVERY
@pytest.mark.parametrize("said", WHOLE)
def test_a_rule_looks_only_at_what_it_declares(content: Content, name: str, said: Answers) -> None:
    rule = RULES[name]
    for day in (date(2026, 11, 22), date(2027, 2, 20)):
        book = content.book.on(day)
        book.memo.clear()
        watched = Watched(said, rule.reads)
        verdict = rule(watched, book)
        assert not watched.strayed
        assert rule(said, book) is verdict


@EVERY
def test_no_rule_reads_where_one_is(name: str) -> None:
    assert "prefecture" not in RULES[name].reads


@EVERY
def test_a_rule_says_its_policy_and_its_source(name: str) -> None:
    assert RULES[name].name == name
    if name != "always":
        assert SOURCE.search(RULES[name].says)


def test_a_rule_without_words_says_nothing() -> None:
    rule = RULES["always"]
    assert type(rule)("bare", frozenset(), lambda told, book: True).says == ""


def names_in_yaml() -> set[str]:
    text = "\n".join(file.read_text("utf-8") for file in (ROOT / "dialogs").glob("*.yaml"))
    return set(re.findall(r"\b(?:if|again|keep): ([a-z_]+)", text))


def test_every_rule_named_in_the_content_exists() -> None:
    assert names_in_yaml() <= set(RULES)


@EVERY
def test_every_rule_is_used_by_the_content_or_by_another_rule(name: str) -> None:
    others = (rule.ask.__code__.co_names for other, rule in RULES.items() if other != name)
    assert name in names_in_yaml() or any(name in names for names in others)


@pytest.mark.parametrize(
    ("verdicts", "all_", "any_"),
    [
        ((True, True), True, True),
        ((True, False), False, True),
        ((True, None), None, True),
        ((False, False), False, False),
        ((False, None), False, None),
        ((None, None), None, None),
        ((), True, False),
        ((True, True, None, False), False, True),
    ],
)
def test_yes_no_and_unknown_join_as_they_should(verdicts, all_: Verdict, any_: Verdict) -> None:
    for order in (verdicts, verdicts[::-1]):
        assert both(*order) is all_
        assert either(*order) is any_


def test_the_other_side_of_unknown_is_unknown() -> None:
    assert [negate(verdict) for verdict in VERDICTS] == [False, True, None]


def test_one_of_several_values_is_enough() -> None:
    told = {"concern": ("flood", "staff"), "plan": ("none",)}
    assert one_of(told, "concern", "staff", "cyber") is True
    assert one_of(told, "concern", "cyber") is False
    assert one_of(told, "plan", "none", "bcp") is True
    assert one_of(told, "plan", "bcp") is False
    assert one_of(told, "partner", "none") is None
