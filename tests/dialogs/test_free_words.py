"""Free words in mid-talk: answers, doubts, side questions and calls for help."""

from datetime import date

import pytest

from bot.channels.line_draw import message
from bot.content import Content
from dialogs.reply import Ask
from dialogs.scene import Scene
from dialogs.session import Session
from dialogs.side import told
from knowledge.book import DayBook
from tests.dialogs.chat import Talk
from tests.dialogs.people import at


def test_one_sentence_fills_several_questions(content: Content, day: DayBook) -> None:
    talk = at(content, day, "standing").type("うちは加賀で旅館やっとる 45人や")
    assert talk.answers["prefecture"] == ("石川県",)
    assert talk.answers["employees"] == ("21-50",)
    assert talk.answers["industry"] == ("ryokan",)
    assert talk.state == "partner"


def test_a_name_of_two_places_is_asked_about(content: Content, day: DayBook) -> None:
    talk = at(content, day, "prefecture").type("府中市です")
    assert (talk.turn.kind, talk.state) == ("clarify", "prefecture")
    assert "prefecture" not in talk.answers
    assert talk.type("2").answers["prefecture"] in {("東京都",), ("広島県",)}


@pytest.mark.parametrize("state", ["employees", "partner", "concern", "outcome"])
def test_a_call_for_help_is_heard_in_every_state(
    content: Content, day: DayBook, state: str
) -> None:
    talk = at(content, day, state).type("いま被災しています")
    assert talk.turn.outcome is not None
    assert talk.turn.outcome.row.id == "G1"


def test_a_side_question_leaves_the_answers_and_the_question_standing(
    content: Content, day: DayBook
) -> None:
    talk = at(content, day, "partner")
    before = dict(talk.answers)
    talk.type("ジギョケイって何ですか")
    assert (talk.turn.kind, talk.state, dict(talk.answers)) == ("faq", "partner", before)


def test_a_doubtful_side_question_gives_buttons_that_numbers_choose(
    content: Content, day: DayBook
) -> None:
    talk = at(content, day, "partner").type("税金いくら安くなるん？")
    assert talk.turn.kind in {"clarify", "faq"}
    buttons = talk.turn.session.clarify
    assert buttons is None or talk.type("1").turn.topic == buttons.options[0][0]


@pytest.fixture(params=["employees", "outcome"])
def unsure(request: pytest.FixtureRequest, content: Content, day: DayBook) -> Talk:
    """Somebody who was asked which topic they meant."""
    talk = at(content, day, request.param).type("お金のことを教えて")
    assert talk.session.clarify is not None
    return talk


@pytest.mark.parametrize("says", ["4", "４番", "どれでもない", "ちがいます"])
def test_none_of_the_topics_leads_back_and_counts_as_a_miss(unsure: Talk, says: str) -> None:
    assert unsure.presses[-1] == "command=help"
    state, before, shown = unsure.state, dict(unsure.answers), unsure.session.misses
    pressed = unsure.again().press("command=help")
    for talk in (pressed, unsure.type(says)):
        assert (talk.kind, talk.state, dict(talk.answers)) == ("command", state, before)
        assert talk.session.misses == shown + 1
        assert talk.session.clarify is None
        assert talk.turn.unanswered is None
        assert talk.uses("none_of_these")
        assert talk.turn.reply[-1] == talk.scene.standing_part()


def test_help_asked_for_in_words_is_still_help(unsure: Talk) -> None:
    assert not unsure.type("ヘルプ").uses("none_of_these")
    assert unsure.session.misses == 0


def test_who_meant_none_of_the_topics_again_hears_the_phone(content: Content, day: DayBook) -> None:
    talk = at(content, day, "employees").type("ほげほげ", "お金のことを教えて")
    assert talk.press("command=help").uses("third_miss")


def test_a_person_is_in_reach_where_topics_are_shown(unsure: Talk) -> None:
    (asked,) = [part for part in unsure.turn.reply if isinstance(part, Ask)]
    assert [button.press for button in asked.extra] == ["command=person"]
    assert unsure.press("command=person").kind == "handoff"


def test_the_ways_out_of_the_topics_are_drawn_on_line(unsure: Talk) -> None:
    drawn = message(unsure.turn.reply[-1])
    labels = [item["action"]["label"] for item in drawn["quickReply"]["items"]]
    assert labels[-2:] == ["どれでもない", "担当者"]
    assert "4. どれでもない" in drawn["text"]


def test_an_open_choice_of_topics_gives_way_to_an_answer(content: Content, day: DayBook) -> None:
    talk = at(content, day, "partner").type("税金いくら安くなるん？")
    assert talk.type("いない").answers["partner"] == ("none",)


def test_what_is_outside_is_declined_with_the_phone(content: Content, day: DayBook) -> None:
    talk = at(content, day, "partner").type("明日の天気は？")
    assert (talk.turn.kind, talk.state) == ("unknown", "partner")


def test_a_topic_whose_facts_have_ended_names_the_office_instead(content: Content) -> None:
    scene = Scene(content.flow, content.book.on(date(2029, 1, 1)), Session(), {})
    ended = [id for id, t in content.book.topics.items() if "tax_rate" in t.facts]
    assert ended
    reply = told(scene, ended[0])
    assert "03-6459-0042" in getattr(reply[0], "text", "")


def test_an_answer_is_corrected_in_passing(content: Content, day: DayBook) -> None:
    talk = at(content, day, "concern").type("やっぱり従業員は60人")
    assert talk.answers["employees"] == ("51-100",)


def test_an_unsure_trade_is_not_asked_where_every_candidate_says_the_same(
    content: Content, day: DayBook
) -> None:
    """With 51–100 people 製造 and 卸売 both fit; with 101–200 only 製造 does."""
    talk = at(content, day, "employees").press("employees=51-100").type("醤油の醸造と卸")
    assert talk.answers["industry"] == ("manufacturing_other",)
    doubted = at(content, day, "employees").press("employees=101-200").type("醤油の醸造と卸")
    assert (doubted.turn.kind, "industry" in doubted.answers) == ("clarify", False)
