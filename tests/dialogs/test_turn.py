"""One turn: who speaks, what is taken together, haste, and an older flow."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.content import Content
from dialogs.heard import Form, Heard, Hello
from dialogs.session import Session
from dialogs.turn import take_turn
from knowledge.book import DayBook
from tests.dialogs.chat import Talk, answers
from tests.dialogs.people import EVERY_STATE, KANTO, upto

# -- the greeting ---------------------------------------------------------------------------------


def test_the_first_turn_says_who_speaks_and_asks_the_first_question(talk: Talk) -> None:
    assert talk.kind == "question"
    assert talk.state == "standing"
    for key in ("notice", "greeting"):
        assert talk.uses(key)
    assert "公式ではありません" in talk.said
    assert talk.content.flow.operator.name in talk.said


def test_the_day_is_the_one_in_japan(content: Content) -> None:
    now = datetime(2027, 3, 31, 15, 0, tzinfo=UTC)
    turn = take_turn(content.flow, content.book, Session(), Heard("k", "e", now, Hello()), now)
    assert turn.scene.book.day == date(2027, 4, 1)
    assert turn.session.heard_at == now


def test_greeting_somebody_who_comes_back_keeps_their_answers(talk: Talk) -> None:
    talk.press("standing=own", "employees=0-5").send(Hello())
    assert talk.state == "prefecture"
    assert talk.answers == answers(prefecture=None, partner=None, plan=None, concern=None)


def test_greeting_somebody_at_an_outcome_shows_it_again(talk: Talk) -> None:
    talk.give(answers()).send(Hello())
    assert (talk.state, talk.row) == ("outcome", "R12")
    assert talk.uses("notice")
    assert KANTO in talk.said


# -- somebody else has the turn -------------------------------------------------------------------


@pytest.mark.parametrize("owner", ["waiting", "person"])
@EVERY_STATE
def test_while_a_person_speaks_the_bot_gives_no_advice_and_changes_nothing(
    content: Content, day: DayBook, state: str, owner: str
) -> None:
    talk = upto(content, day, state)
    talk.session = replace(talk.session, owner=owner)
    before = talk.answers
    for said in ("standing=association", "command=restart", "topic=what_is_jigyokei"):
        talk.press(said)
        assert (talk.kind, talk.state, talk.answers) == ("handoff", state, before)
        assert talk.uses("held")
        assert len(talk.turn.reply) == 1
    talk.type("埼玉県です")
    assert (talk.kind, talk.answers) == ("handoff", before)
    assert talk.session.owner == owner


# -- haste ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("partner", ["candidate", "member"])
def test_haste_is_a_button_at_r10_and_leads_to_r9(talk: Talk, partner: str) -> None:
    talk.give(answers(partner=partner))
    assert talk.presses[0] == "hurry=yes"
    talk.press("hurry=yes")
    assert (talk.kind, talk.row) == ("outcome", "R9")
    assert "hurry=yes" not in talk.presses


@pytest.mark.parametrize("given", [{}, {"partner": "agreed"}, {"plan": "single_active"}])
def test_haste_means_nothing_elsewhere(talk: Talk, given) -> None:
    talk.give(answers(**given))
    row = talk.row
    assert "hurry=yes" not in talk.presses
    talk.press("hurry=yes")
    assert (talk.kind, talk.row) == ("command", row)
    assert "hurry" not in talk.answers


def test_haste_goes_when_the_partner_does_and_is_named(content: Content, day: DayBook) -> None:
    talk = upto(content, day, "outcome").press("hurry=yes", "partner=none")
    assert talk.row == "R12"
    assert content.flow.questions["hurry"].title in talk.said


# -- an earlier version of the flow ---------------------------------------------------------------


def test_names_of_an_older_flow_are_read_under_todays(content: Content, day: DayBook) -> None:
    renames = {
        "people": "employees",
        "employees=1-5": "employees=0-5",
        "standing=firm": "standing=own",
    }
    newer = replace(content, flow=replace(content.flow, version="2", renames=renames))
    old = {"standing": ("firm",), "people": ("1-5",), "shoe_size": ("42",)}
    talk = Talk(newer, day.day, Session(answers=old, flow="1"))
    assert talk.answers == {"standing": ("own",), "employees": ("0-5",)}
    assert (talk.state, talk.session.flow) == ("prefecture", "2")
    talk.press("people=1-5@employees~1")
    assert talk.uses("same_again")
    talk.press("people=6-20", "standing=firm")
    assert talk.answers["employees"] == ("6-20",)
    assert talk.uses("same_again")


def test_several_answers_at_once_are_taken_together(talk: Talk) -> None:
    given = {"standing": "own", "employees": "30人", "prefecture": "埼玉", "plan": "受けていない"}
    talk.send(Form({**given, "partner": "いない", "concern": "earthquake,cyber"}))
    assert (talk.kind, talk.row) == ("outcome", "R12")
    assert talk.answers["employees"] == ("21-50",)
    assert talk.answers["concern"] == ("earthquake", "cyber")
    assert talk.turn.read == {*given, "partner", "concern"}


def test_unusable_answers_in_a_form_are_left_out(talk: Talk) -> None:
    talk.send(Form({"standing": "own", "employees": "たくさん", "shoe_size": "42"}))
    assert talk.answers == {"standing": ("own",)}
    assert talk.turn.read == {"standing"}


def test_a_form_is_read_in_the_order_of_the_flow(talk: Talk) -> None:
    talk.send(Form({"partner": "組合員の全員と", "standing": "association"}))
    assert talk.answers["partner"] == ("all_members",)


def test_an_empty_form_is_not_understood(talk: Talk) -> None:
    assert talk.send(Form({})).kind == "unknown"


def test_a_press_says_nothing_back_but_typed_words_are_repeated(talk: Talk) -> None:
    talk.press("standing=own")
    assert not talk.turn.understood
    talk.type("30人")
    assert talk.turn.understood == {"employees": ("21-50",)}
    assert talk.uses("understood", said="30人（21〜50人）")
