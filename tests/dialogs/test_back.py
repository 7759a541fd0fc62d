"""Back, change one, start over, erase: what is kept, and what is forgotten."""

import pytest

from bot.content import Content
from dialogs.session import Session
from knowledge.book import DayBook
from tests.dialogs.chat import Talk
from tests.dialogs.people import EVERY_STATE, LONG, STATES, upto


@pytest.mark.parametrize("state", STATES[1:])
def test_back_reopens_the_question_before_and_keeps_the_rest(
    content: Content, day: DayBook, state: str
) -> None:
    talk = upto(content, day, state)
    for at in range(STATES.index(state) - 1, -1, -1):
        talk.press("command=back")
        assert (talk.kind, talk.state) == ("question", STATES[at])
        assert talk.uses("back_to", title=content.flow.questions[STATES[at]].title)
        assert list(talk.answers) == STATES[:at]
    talk.press("command=back")
    assert talk.kind == "command"
    assert talk.uses("nothing_before")


def test_back_at_the_first_question_has_no_button(talk: Talk) -> None:
    assert not [b for b in talk.turn.reply[-1].extra if "back" in b.press]


def test_back_after_haste_takes_only_the_haste_back(content: Content, day: DayBook) -> None:
    talk = upto(content, day, "outcome").press("hurry=yes")
    assert talk.row == "R9"
    talk.press("command=back")
    assert (talk.state, talk.row) == ("outcome", "R10")
    assert talk.answers == LONG


def test_back_at_a_question_leaves_the_haste_alone(content: Content, day: DayBook) -> None:
    talk = upto(content, day, "outcome").press("hurry=yes", "change=plan", "command=back")
    assert talk.state == "partner"
    assert talk.answers["hurry"] == ("yes",)


@pytest.mark.parametrize("question", STATES[:-1])
def test_changing_one_answer_keeps_all_others(
    content: Content, day: DayBook, question: str
) -> None:
    talk = upto(content, day, "outcome").press(f"change={question}")
    assert (talk.kind, talk.state) == ("question", question)
    assert talk.answers == {q: v for q, v in LONG.items() if q != question}
    talk.press(f"{question}={','.join(LONG[question])}")
    assert (talk.state, talk.answers) == ("outcome", LONG)


def test_an_answer_given_early_can_be_changed_from_the_card(talk: Talk) -> None:
    talk.press("prefecture=埼玉県", "command=review", "change=prefecture")
    assert talk.uses("back_to", title=talk.content.flow.questions["prefecture"].title)
    assert talk.answers == {}


def test_haste_can_be_changed_from_the_card(content: Content, day: DayBook) -> None:
    talk = upto(content, day, "outcome").press("hurry=yes", "command=review", "change=hurry")
    assert talk.row == "R10"


def test_changing_what_was_never_answered_does_nothing(talk: Talk) -> None:
    talk.press("standing=own", "change=plan")
    assert (talk.kind, talk.state) == ("command", "employees")
    assert talk.answers == {"standing": ("own",)}


@EVERY_STATE
def test_starting_over_forgets_everything(content: Content, day: DayBook, state: str) -> None:
    talk = upto(content, day, state).press("command=restart")
    assert (talk.kind, talk.state, talk.answers) == ("question", "standing", {})
    assert talk.uses("restarted")


@EVERY_STATE
def test_erasing_says_so_and_leaves_nothing(content: Content, day: DayBook, state: str) -> None:
    talk = upto(content, day, state).press("command=erase")
    assert (talk.kind, talk.state, talk.answers) == ("command", "standing", {})
    assert talk.uses("erased")
    assert talk.session == Session(
        flow=content.flow.version, facts=talk.session.facts, heard_at=talk.now
    )
