"""A location sent: where somebody is now, so it is asked before it counts."""

import pytest

from bot.content import Content
from dialogs.heard import Place, Press
from knowledge.book import DayBook
from tests.dialogs.chat import Talk
from tests.dialogs.people import upto

NAGANO = Place("長野県長野市大字南長野", 36.65, 138.18)


@pytest.mark.parametrize("state", ["standing", "prefecture", "partner", "outcome"])
def test_a_location_is_asked_about_before_it_counts(
    content: Content, day: DayBook, state: str
) -> None:
    talk = upto(content, day, state)
    before = talk.answers
    talk.send(NAGANO)
    assert (talk.kind, talk.state, talk.answers) == ("clarify", state, before)
    assert talk.uses("place_is_head_office", place="長野県")
    assert talk.presses[0] == "prefecture=長野県"
    assert talk.again().press("prefecture=長野県").answers["prefecture"] == ("長野県",)
    for yes in ("はい", "1", "1番", "長野県", "１"):
        assert talk.again().type(yes).answers["prefecture"] == ("長野県",), yes
    for no in ("いいえ", "2", "2番", "２", content.flow.words["place_no"]):
        other = talk.again().type(no)
        assert other.answers.get("prefecture") != ("長野県",), no
        assert other.session.clarify is None
    other = talk.again().press(talk.presses[1])
    assert "prefecture" not in other.answers
    assert not other.uses("asked_later")


def test_another_prefecture_typed_instead_counts(content: Content, day: DayBook) -> None:
    talk = upto(content, day, "prefecture").send(NAGANO).type("山梨県")
    assert talk.answers["prefecture"] == ("山梨県",)


@pytest.mark.parametrize("address", [None, "", "どこか", "Nowhere 1"])
def test_a_location_without_a_known_name_asks_for_one(talk: Talk, address: str | None) -> None:
    talk.send(Place(address, 36.65, 138.18))
    assert (talk.kind, talk.state) == ("command", "standing")
    assert talk.uses("place_not_read")


def test_a_doubt_is_gone_after_the_next_turn(content: Content, day: DayBook) -> None:
    talk = upto(content, day, "prefecture").send(NAGANO).press("command=why").type("はい")
    assert "prefecture" not in talk.answers


def test_presses_are_heard_while_a_doubt_is_open(content: Content, day: DayBook) -> None:
    talk = upto(content, day, "prefecture").send(NAGANO, Press("prefecture=埼玉県"))
    assert talk.state == "partner"
