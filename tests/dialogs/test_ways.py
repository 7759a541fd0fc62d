"""The ways through the questions: how many are met, what is counted aloud, and the machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from transitions import MachineError

from bot.content import ROOT, TRIAL, Content
from dialogs.answers import Answers
from dialogs.flow import OUTCOME
from dialogs.load import load_flow
from dialogs.rules import RULES
from dialogs.scene import Scene
from dialogs.session import Session
from dialogs.way import Walker, reachable, walk, ways
from knowledge.book import Book, DayBook
from knowledge.errors import FileError
from tests.dialogs.chat import Talk, answers

PLACES = (("埼玉県",), ("unknown",))
FEW = {"plan": (("none",), ("joint_active",)), "concern": (("flood",),)}
"""No route after these looks at them, so that a few answers stand for all."""


def count(talk: Talk, **given: str | None) -> int:
    return talk.give(answers(**given)).asked


# -- how many questions ---------------------------------------------------------------------------


@pytest.mark.parametrize("standing", ["own", "proxy"])
@pytest.mark.parametrize("employees", ["0-5", "6-20", "21-50"])
def test_six_questions_up_to_fifty_people(talk: Talk, standing: str, employees: str) -> None:
    assert count(talk, standing=standing, employees=employees) == 6


@pytest.mark.parametrize("employees", ["51-100", "101-200", "201-300"])
def test_seven_above_fifty_people(talk: Talk, employees: str) -> None:
    assert count(talk, employees=employees, industry="manufacturing_other") == 7


def test_eight_only_where_the_capital_decides(talk: Talk) -> None:
    assert count(talk, employees="51-100", industry="retail", capital="-50m") == 8


@pytest.mark.parametrize("employees", ["901-", "unknown"])
def test_eight_for_the_largest_and_the_unknown(talk: Talk, employees: str) -> None:
    assert count(talk, employees=employees, industry="service", capital="unknown") == 8


def test_five_for_an_association(talk: Talk) -> None:
    assert count(talk, standing="association", employees=None, partner="all_members") == 5


@pytest.mark.parametrize("standing", ["supporter", "large", "other_corporation", "not_started"])
def test_two_for_those_whose_standing_decides(talk: Talk, standing: str) -> None:
    assert count(talk, standing=standing) == 2
    assert list(talk.answers) == ["standing", "prefecture"]


@pytest.mark.parametrize("standing", ["disaster", "support_plan"])
def test_one_in_an_emergency_and_for_the_other_scheme(talk: Talk, standing: str) -> None:
    assert count(talk, standing=standing) == 1


def test_the_too_large_are_asked_no_more_after_their_partners(talk: Talk) -> None:
    count(talk, employees="901-", industry="rubber", capital="300m-")
    assert list(talk.answers)[-1] == "partner"


def test_something_said_early_is_kept_and_not_asked_again(talk: Talk) -> None:
    talk.press("concern=flood", "prefecture=埼玉県", "plan=none")
    assert talk.state == "standing"
    assert talk.give(answers()).asked == 3
    assert talk.answers["concern"] == ("flood",)


# -- the count shown ------------------------------------------------------------------------------


def openings(content: Content, day: DayBook) -> Iterator[tuple[Answers, ...]]:
    """Every way to answer: the answers before each question of it, and those at its end.

    Who asks for another firm is led like the firm itself.
    """
    todo: list[tuple[Answers, ...]] = [({},)]
    while todo:
        path = todo.pop()
        told = path[-1]
        state = walk(content.flow, told, day).state
        if state == OUTCOME:
            yield path
            continue
        shown = [c.values for c in content.flow.questions[state].choices(told, day)]
        shown = [values for values in shown if values != ("proxy",)]
        chosen = {"prefecture": PLACES, **FEW}.get(state, shown)
        todo += [(*path, {**told, state: values}) for values in chosen]


def test_a_count_is_shown_only_where_it_is_right_whatever_is_answered(
    content: Content, day: DayBook
) -> None:
    shown: dict[str, object] = {}
    paths = 0
    for path in openings(content, day):
        paths += 1
        for at, told in enumerate(path):
            key = repr(told)
            if key not in shown:
                shown[key] = Scene(content.flow, day, Session(), told).progress()
            if progress := shown[key]:
                assert (progress.at, progress.of) == (at + 1, len(path) - 1), told
    assert paths > 500
    assert any(shown.values())


def test_the_count_comes_as_soon_as_it_is_certain(talk: Talk) -> None:
    assert talk.scene.progress() is None
    talk.press("standing=association")
    progress = talk.scene.progress()
    assert progress
    assert (progress.at, progress.of) == (2, 5)
    talk.press("command=restart", "standing=own")
    assert talk.scene.progress() is None
    talk.press("employees=6-20")
    progress = talk.scene.progress()
    assert progress
    assert (progress.at, progress.of) == (3, 6)


def test_an_outcome_shows_no_count(talk: Talk) -> None:
    assert talk.give(answers()).scene.progress() is None


def test_a_rule_that_does_not_know_leaves_both_ways_open(content: Content, day: DayBook) -> None:
    met = set(ways(content.flow, {"standing": ("own",)}, day))
    assert ("standing", "employees", "prefecture", "partner", "plan", "concern") in met
    assert ("standing", "employees", "industry", "capital", "prefecture", "partner") in met
    assert {6, 7, 8} <= {len(way) for way in met}


def test_every_question_on_some_way_is_reachable_and_hurry_only_where_offered(
    content: Content, day: DayBook
) -> None:
    asked = set(content.flow.questions) - {"hurry"}
    assert reachable(content.flow, {}, day) == asked
    assert "hurry" in reachable(content.flow, answers(partner="candidate"), day)
    assert "hurry" not in reachable(content.flow, answers(partner="agreed"), day)


# -- the machine ----------------------------------------------------------------------------------


def test_the_machine_knows_one_event_and_makes_none_by_itself(content: Content) -> None:
    machine = content.flow.machine
    assert set(machine.events) == {"answer"}
    assert not machine.models
    assert set(machine.states) == {*content.flow.questions, OUTCOME} - {"hurry"}


def test_the_machine_refuses_to_go_on_from_the_outcome(content: Content, day: DayBook) -> None:
    with pytest.raises(MachineError):
        content.flow.machine.events["answer"].trigger(Walker(OUTCOME), {}, day)


def test_a_walker_holds_nothing_but_its_state() -> None:
    with pytest.raises(AttributeError):
        Walker("standing").anything = 1  # type: ignore[attr-defined]


def test_guards_are_only_functions_of_the_registry(content: Content) -> None:
    known = {rule.ask for rule in RULES.values()}
    for every in content.flow.machine.events["answer"].transitions.values():
        for transition in every:
            assert all(condition.func in known for condition in transition.conditions)
            assert transition.before == transition.after == transition.prepare == []


@pytest.mark.parametrize("name", ["os.mkdir", "dialogs.rules.rows.in_hurry", "__import__", "ask"])
def test_a_word_in_the_flow_never_becomes_a_call(tmp_path: Path, book: Book, name: str) -> None:
    for file in (ROOT / "dialogs").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(
            text.replace("if: needs_no_place", f"if: {name}"), encoding="utf-8"
        )
    with pytest.raises(FileError) as refused:
        load_flow(tmp_path, book, TRIAL)
    [fault] = [each for each in refused.value.faults if f"「{name}」という決まり" in each.text]
    assert fault.line
