"""What can be shown in any state: why, help, the card, the phones, a side question."""

from dataclasses import replace

import pytest

from bot.content import Content
from dialogs.flow import Operator
from dialogs.heard import COMMANDS
from dialogs.reply import Ask, Menu
from knowledge.book import DayBook
from tests.dialogs.chat import Talk, answers
from tests.dialogs.people import EVERY_STATE, HEADQUARTERS, KANTO, LONG, STATES, upto


def test_the_card_shows_every_answer_with_its_way_to_change_it(
    content: Content, day: DayBook
) -> None:
    talk = upto(content, day, "outcome").press("command=review")
    card = talk.turn.reply[0]
    assert [row.question for row in card.rows] == STATES[:-1]
    assert [row.change.press for row in card.rows] == [f"change={q}" for q in STATES[:-1]]
    assert "埼玉県" in talk.said
    assert (talk.kind, talk.state) == ("command", "outcome")


def test_the_card_without_answers_says_so(talk: Talk) -> None:
    assert talk.press("command=review").uses("review_empty")


@pytest.mark.parametrize("standing", ["own", "proxy", "association", "supporter"])
@pytest.mark.parametrize("command", ["why", "help"])
def test_why_and_help_stand_at_every_question(
    content: Content, day: DayBook, standing: str, command: str
) -> None:
    told = {**LONG, "standing": (standing,)}
    if standing == "association":
        told["partner"] = ("undecided",)
    talk = Talk(content, day.day)
    while talk.scene.question:
        question, state, before = talk.scene.question, talk.state, talk.answers
        form = question.form(before, talk.scene.book)
        talk.press(f"command={command}")
        assert talk.scene.voice.fill(question.why if command == "why" else form.help) in talk.said
        assert (talk.kind, talk.state, talk.answers) == ("command", state, before)
        assert talk.buttons
        talk.press(f"{state}={','.join(told[state])}")


def test_why_at_an_outcome_gives_the_policy_the_sources_and_the_notes(talk: Talk) -> None:
    talk.give(answers()).press("command=why")
    assert talk.scene.outcome
    assert talk.scene.voice.fill(talk.scene.outcome.row.policy) in talk.said
    assert talk.uses("disclaimer_source")
    for note in talk.scene.outcome.notes:
        if note.screen == "why":
            assert note.text in talk.said
    assert "R12" in talk.session.rules


@EVERY_STATE
def test_the_two_types_can_be_compared_anywhere(content: Content, day: DayBook, state: str) -> None:
    talk = upto(content, day, state).press("command=compare")
    assert (talk.kind, talk.state) == ("command", state)
    assert "【単独型】" in talk.said
    assert "【連携型】" in talk.said


@EVERY_STATE
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_in_every_state_gets_one_reply_and_leaves_something_open(
    content: Content, day: DayBook, state: str, command: str
) -> None:
    talk = upto(content, day, state)
    before = talk.answers
    talk.press(f"command={command}")
    assert isinstance(talk.turn.reply[-1], Ask | Menu)
    if command not in {"back", "restart", "erase"}:
        assert (talk.state, talk.answers) == (state, before)


@pytest.mark.parametrize("command", ["steps", "benefits"])
def test_before_an_outcome_steps_and_benefits_ask_for_patience(talk: Talk, command: str) -> None:
    assert talk.press(f"command={command}").uses(f"{command}_first")


@pytest.mark.parametrize("command", ["benefits", "cases", "flips", "letter", "steps"])
def test_where_there_is_nothing_to_list_it_is_said(talk: Talk, command: str) -> None:
    talk.press("standing=disaster", f"command={command}")
    assert talk.uses(f"{command}_none")


@pytest.mark.parametrize(("given", "title"), [
    ({"standing": "association", "partner": "all_members"}, "組合員"),
    ({"standing": "large"}, "取引先"),
])  # fmt: skip
def test_a_letter_to_send_says_that_taking_part_is_free(talk: Talk, given, title: str) -> None:
    talk.give(answers(**given))
    assert "command=letter" in talk.presses
    talk.press("command=letter")
    assert title in talk.said
    assert "任意" in talk.said


def test_no_letter_button_where_there_is_no_letter(talk: Talk) -> None:
    assert "command=letter" not in talk.give(answers()).presses


def test_the_memo_holds_their_answers_and_nothing_else(talk: Talk) -> None:
    talk.give(answers()).press("command=memo")
    text = talk.turn.reply[1].text
    for question in USUAL_WITH_WORDS:
        assert talk.scene.voice.label(question) in text
    assert text.startswith(talk.scene.voice.word("memo_first"))


USUAL_WITH_WORDS = ("standing", "prefecture", "employees", "partner", "plan", "concern")


def test_the_memo_before_any_answer_is_one_line(talk: Talk) -> None:
    talk.press("command=memo")
    assert talk.turn.reply[1].text == talk.scene.voice.word("memo_first")


@pytest.mark.parametrize("command", ["contacts", "stop"])
def test_leaving_before_an_outcome_is_r13_with_the_phones(
    content: Content, day: DayBook, command: str
) -> None:
    for state in STATES[:-1]:
        talk = upto(content, day, state).press(f"command={command}")
        known = "prefecture" in talk.answers
        assert (talk.kind, talk.row, talk.state) == ("outcome", "R13", state)
        assert talk.turn.outcome
        roles = [office.role for office in talk.turn.outcome.offices]
        assert roles == (["advice", "filing"] if known else ["headquarters"])
        assert (KANTO if known else HEADQUARTERS) in talk.said


@pytest.mark.parametrize("command", ["contacts", "stop"])
def test_at_an_outcome_the_phones_are_its_own(talk: Talk, command: str) -> None:
    talk.give(answers()).press(f"command={command}")
    assert (talk.kind, talk.row) == ("command", "R12")
    assert KANTO in talk.said


@pytest.mark.parametrize("command", ["contacts", "stop", "person"])
def test_in_an_emergency_the_numbers_are_119_and_110(talk: Talk, command: str) -> None:
    talk.press("standing=disaster", f"command={command}")
    assert talk.kind == ("handoff" if command == "person" else "command")
    assert "119" in talk.said
    assert "110" in talk.said
    assert HEADQUARTERS not in talk.said


def test_an_emergency_offers_nothing_but_what_helps_now(talk: Talk) -> None:
    talk.press("standing=disaster")
    offered = {press.removeprefix("command=") for press in talk.presses}
    assert {"contacts", "person", "restart"} <= offered
    assert not offered & {"benefits", "cases", "flips", "steps", "letter", "compare"}


@EVERY_STATE
def test_a_person_is_reached_by_phone_with_a_note_to_read_out(
    content: Content, day: DayBook, state: str
) -> None:
    talk = upto(content, day, state).press("command=person")
    assert (talk.kind, talk.state, talk.session.owner) == ("handoff", state, "bot")
    assert KANTO in talk.said or HEADQUARTERS in talk.said
    assert talk.scene.voice.word("memo_first") in talk.said


@EVERY_STATE
def test_the_operators_own_phone_comes_before_the_office(
    content: Content, day: DayBook, state: str
) -> None:
    flow = replace(content.flow, operator=Operator("試験商工会", "03-1234-5678"))
    talk = upto(Content(flow, content.book), day, state).press("command=person")
    own = talk.said.index("試験商工会 03-1234-5678")
    office = KANTO if KANTO in talk.said else HEADQUARTERS
    assert own < talk.said.index(office)
    assert (talk.kind, talk.session.owner) == ("handoff", "bot")


@EVERY_STATE
def test_a_side_question_is_answered_and_the_same_question_stands(
    content: Content, day: DayBook, state: str
) -> None:
    talk = upto(content, day, state)
    before = talk.answers
    few = 29 if state != "partner" else 1
    for topic in list(content.book.topics)[::few]:
        talk.press(f"topic={topic}")
        assert (talk.kind, talk.turn.topic) == ("faq", topic)
        assert (talk.state, talk.answers) == (state, before)
        assert isinstance(talk.turn.reply[-1], Ask | Menu)
