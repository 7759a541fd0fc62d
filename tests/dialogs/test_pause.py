"""Who comes back after a day hears where they were, and goes on; late events change nothing."""

from datetime import datetime, timedelta

import pytest

from bot.content import Content
from dialogs.heard import Heard, Hello, Press, Said, Text
from dialogs.late import take_late
from dialogs.reply import Ask, Say
from dialogs.session import Session
from dialogs.turn import JAPAN, Turn, take_turn

NOON = datetime(2026, 11, 22, 12, tzinfo=JAPAN)
DAY = timedelta(days=1)


def take(content: Content, session: Session, said: Said, now: datetime) -> Turn:
    return take_turn(content.flow, content.book, session, Heard("c", "e", now, said), now)


def begun(content: Content) -> Session:
    return take(content, Session(), Press("standing=own"), NOON).session


def first(turn: Turn) -> str:
    part = turn.reply[0]
    return part.text if isinstance(part, Say) else ""


def test_after_a_day_the_talk_says_where_it_stood_and_goes_on(content: Content):
    turn = take(content, begun(content), Press("employees=6-20"), NOON + DAY)
    assert "おかえりなさい。前回は「従業員の数」" in first(turn)
    assert isinstance(turn.reply[-1], Ask)
    assert turn.session.answers["employees"] == ("6-20",)
    assert "おかえり" not in first(take(content, turn.session, Text("東京"), NOON + DAY))


def test_within_a_day_nothing_is_said_of_it(content: Content):
    turn = take(content, begun(content), Press("employees=6-20"), NOON + DAY - DAY / 100)
    assert "おかえり" not in first(turn)


def test_after_an_outcome_it_says_so(content: Content):
    session = take(content, Session(), Press("standing=supporter"), NOON).session
    session = take(content, session, Press("prefecture=東京都"), NOON).session
    assert "ご案内まで" in first(take(content, session, Press("command=steps"), NOON + 2 * DAY))


@pytest.mark.parametrize("owner", ["waiting", "person"])
def test_while_a_person_owns_the_turn_the_bot_says_nothing_more(content: Content, owner: str):
    session = Session({"standing": ("own",)}, "1", owner, heard_at=NOON)  # type: ignore[arg-type]
    assert len(take(content, session, Text("あの"), NOON + DAY).reply) == 1


def test_in_a_disaster_nothing_stands_before_the_help(content: Content):
    session = take(content, Session(), Press("standing=disaster"), NOON).session
    assert "おかえり" not in first(take(content, session, Text("こわい"), NOON + DAY))


def test_a_greeting_says_enough_by_itself(content: Content):
    assert "おかえり" not in first(take(content, begun(content), Hello(), NOON + DAY))


def test_a_late_press_leaves_the_time_of_the_last_word_as_it_was(content: Content):
    session, before = begun(content), NOON - DAY
    late = Heard("c", "e", before, Press("standing=association"))
    turn = take_late(content.flow, content.book, session, late, NOON)
    assert turn.session.heard_at == NOON
    assert turn.session.answers["standing"] == ("association",)
    said = Heard("c", "e", before, Text("組合です"))
    assert take_late(content.flow, content.book, session, said, NOON).session == session
