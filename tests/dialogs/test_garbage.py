"""Whatever comes in, the talk never breaks: any text, any press, any session."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content import Content
from dialogs.heard import COMMANDS, Form, Place, Press, Pressed, Said, Text, parse_press, press
from dialogs.session import VERSION, Clarify, Session
from tests.dialogs.chat import Talk

QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
QUESTIONS = ["standing", "employees", "industry", "capital", "prefecture", "partner", "plan",
             "hurry", "concern"]  # fmt: skip
VALUES = ["own", "association", "0-5", "901-", "retail", "unknown", "none", "-50m,50m-100m",
          "300m-", "埼玉県", "candidate", "all_members", "single_active", "yes",
          "flood,staff"]  # fmt: skip

ANY_TEXT = st.text(max_size=60) | st.text(st.characters(), max_size=60)
LIKELY = st.sampled_from(
    ["30人", "6", "はい", "いいえ", "1", "埼玉", "わからない", "もどる", "修正", "最初から"]
)
DATA = (
    st.builds(
        "{}={}{}".format,
        st.sampled_from([*QUESTIONS, "command", "change", "topic", "x"]),
        st.sampled_from([*VALUES, *QUESTIONS, *COMMANDS, "what_is_jigyokei"]),
        st.sampled_from(["", "@standing~1", "@outcome~9", "@plan"]),
    )
    | ANY_TEXT
)
SAID: st.SearchStrategy[Said] = st.one_of(
    st.builds(Text, ANY_TEXT | LIKELY),
    st.builds(Press, DATA),
    st.builds(Place, ANY_TEXT | st.just("長野県長野市"), st.none() | st.floats(), st.none()),
    st.builds(
        Form, st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from(VALUES) | ANY_TEXT)
    ),
)


@QUIET
@given(said=st.lists(SAID, max_size=12))
def test_nothing_that_is_said_breaks_the_talk(content: Content, today: date, said: list) -> None:
    """Each reply is checked by Talk: one to three bubbles, none empty, a known state."""
    talk = Talk(content, today)
    for each in said:
        talk.send(each)
        assert set(talk.answers) <= set(content.flow.questions)
        again = Session.from_json(json.loads(json.dumps(talk.session.to_json())))
        assert again == talk.session


@QUIET
@given(said=st.lists(SAID, max_size=6))
def test_the_same_words_lead_to_the_same_reply(content: Content, today: date, said: list) -> None:
    first, second = Talk(content, today).send(*said), Talk(content, today).send(*said)
    assert first.turn.reply == second.turn.reply
    assert first.session == second.session


@pytest.mark.parametrize("owner", ["waiting", "person"])
@given(said=SAID)
@QUIET
def test_while_a_person_speaks_nothing_changes_the_answers(
    content: Content, today: date, said: Said, owner: str
) -> None:
    talk = Talk(content, today, Session({"standing": ("own",)}, owner=owner))
    assert talk.send(said).kind == "handoff"
    assert talk.answers == {"standing": ("own",)}


# -- presses --------------------------------------------------------------------------------------


@given(st.text())
def test_any_text_is_a_press_or_none(data: str) -> None:
    pressed = parse_press(data)
    if pressed is not None:
        assert pressed.name
        assert pressed.values


@given(
    st.sampled_from(QUESTIONS),
    st.lists(st.sampled_from(["own", "6-20", "埼玉県", "901-"]), min_size=1).map(tuple),
    st.sampled_from(["", "outcome", "employees"]),
    st.sampled_from(["1", "2026.11-b"]),
)
def test_a_press_that_was_made_is_read_as_it_was(
    name: str, values: tuple[str, ...], state: str, flow: str
) -> None:
    data = press(name, values, state, flow)
    if len(data.encode()) <= 300:
        assert parse_press(data) == Pressed(name, values, state or None, flow if state else None)


def test_a_press_is_at_most_300_bytes() -> None:
    assert parse_press("standing=" + "x" * 291)
    assert parse_press("standing=" + "x" * 292) is None
    assert parse_press("standing=" + "あ" * 98) is None
    assert parse_press("standing=\ud800") is not None


@pytest.mark.parametrize(
    "data",
    ["", "=", "a=", "=b", "a=b=c", "A=b", "a1=b", "a=b@", "a=b@c", "a=b@c~", "a=b@C~1", "a=b~1",
     "a=b@c~1@c~1", " a=b"],
)  # fmt: skip
def test_what_is_no_press_of_ours_is_none(data: str) -> None:
    assert parse_press(data) is None


def test_values_are_joined_by_commas_and_may_have_spaces() -> None:
    pressed = parse_press("concern=flood, cyber@concern~1")
    assert pressed == Pressed("concern", ("flood", "cyber"), "concern", "1")


# -- sessions -------------------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SEVERAL = st.lists(WORDS, max_size=3).map(tuple)
SESSIONS = st.builds(
    Session,
    answers=st.dictionaries(WORDS, SEVERAL, max_size=5),
    flow=WORDS,
    owner=st.sampled_from(["bot", "waiting", "person"]),
    clarify=st.none() | st.builds(Clarify, WORDS, st.lists(SEVERAL, max_size=3).map(tuple)),
    misses=st.integers(0, 9),
    rules=SEVERAL,
    facts=SEVERAL,
    heard_at=st.none() | st.datetimes(timezones=st.just(UTC)),
)


@given(SESSIONS)
def test_a_session_comes_back_from_json_as_it_was(session: Session) -> None:
    stored = json.dumps(session.to_json(), ensure_ascii=False)
    assert Session.from_json(json.loads(stored)) == session


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_a_session_of_another_version_is_refused(version: object) -> None:
    data = {**Session().to_json(), "v": version}
    with pytest.raises(ValueError, match="not known"):
        Session.from_json(data)


def test_a_session_written_by_version_1_is_still_read() -> None:
    written = {
        "v": VERSION,
        "answers": {"standing": ["own"], "concern": ["flood", "staff"]},
        "flow": "1",
        "owner": "waiting",
        "clarify": ["employees", [["6-20"], ["201-300"]]],
        "misses": 2,
        "rules": ["R12"],
        "facts": ["loan_limit"],
        "heard_at": "2026-11-22T10:00:00+09:00",
    }
    session = Session.from_json(written)
    assert session.to_json() == written
    assert session.clarify == Clarify("employees", (("6-20",), ("201-300",)))
    assert session.heard_at == datetime(2026, 11, 22, 1, tzinfo=UTC)


def test_the_session_remembers_only_the_named_things() -> None:
    """A new one needs a line in the guide, and a test that reads the versions before it."""
    assert set(Session().to_json()) == {
        "v", "answers", "flow", "owner", "clarify", "misses", "rules", "facts", "heard_at"
    }  # fmt: skip
