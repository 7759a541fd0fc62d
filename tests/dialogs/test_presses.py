"""Old, double and forged presses: each corrects its own answer or does nothing, kindly."""

import pytest

from bot.content import Content
from dialogs.change import change
from dialogs.reply import Ask, Menu
from knowledge.book import DayBook
from tests.dialogs.chat import Talk, answers
from tests.dialogs.people import EVERY_STATE, LONG, upto


def check_old_press(talk: Talk, question: str, data: str) -> None:
    """A correction of its own question, or a kind no-op; never an answer to another.

    What is dropped is named, except where the safety of a person comes first.
    """
    before = dict(talk.answers)
    values = tuple(data.partition("=")[2].split(","))
    titles = {q: talk.content.flow.questions[q].title for q in before}
    talk.press(data)
    assert isinstance(talk.turn.reply[-1], Ask | Menu)
    if before.get(question) == values:
        assert (talk.kind, talk.answers) == ("command", before)
        assert talk.uses("same_again")
        return
    assert talk.kind in {"question", "outcome"}
    assert talk.answers[question] == values
    for other in set(before) - {question}:
        if other in talk.answers:
            assert talk.answers[other] == before[other]
        elif talk.row != "G1":
            assert titles[other] in talk.said
    after, state = dict(talk.answers), talk.state
    talk.press(data)
    assert (talk.kind, talk.answers, talk.state) == ("command", after, state)


@EVERY_STATE
def test_every_earlier_button_in_every_state_corrects_its_answer_or_does_nothing(
    content: Content, day: DayBook, state: str
) -> None:
    walked, seen = Talk(content, day.day), []
    while walked.state != state:
        few = 3 if walked.state == "prefecture" else 99
        seen += [(walked.state, data) for data in walked.presses[:few]]
        walked.press(f"{walked.state}={','.join(LONG[walked.state])}")
    for question, data in seen:
        check_old_press(walked.again(), question, data)


@EVERY_STATE
def test_a_button_of_another_kind_of_asker_does_nothing(
    content: Content, day: DayBook, state: str
) -> None:
    talk = upto(content, day, state)
    if state != "standing":
        before = talk.answers
        talk.press("partner=all_members")
        assert (talk.kind, talk.answers, talk.state) == ("command", before, state)
        assert talk.uses("no_answer_needed")


@EVERY_STATE
@pytest.mark.parametrize(
    "data",
    ["foo=bar", "topic=nothing", "command=fly", "", "=", "a", "x" * 400, "standing",
     "standing=own=own", "あ=い", "employees=0-5@"],
)  # fmt: skip
def test_an_unknown_press_is_answered_kindly(
    content: Content, day: DayBook, state: str, data: str
) -> None:
    talk = upto(content, day, state)
    before = talk.answers
    talk.press(data)
    assert (talk.kind, talk.state, talk.answers) == ("command", state, before)
    assert talk.uses("unknown_press")


def test_a_value_that_no_question_has_does_nothing(talk: Talk) -> None:
    talk.press("standing=king")
    assert (talk.kind, talk.state, talk.answers) == ("command", "standing", {})


def test_a_double_tap_answers_once(talk: Talk) -> None:
    talk.press("standing=own", "standing=own")
    assert (talk.kind, talk.state) == ("command", "employees")
    assert talk.uses("same_again")


def test_worries_pressed_twice_in_one_press_count_once(talk: Talk) -> None:
    talk.give(answers()).press("concern=flood,flood")
    assert talk.answers["concern"] == ("flood",)
    talk.press("concern=flood,flood")
    assert talk.uses("same_again")


def test_not_knowing_gives_way_to_a_worry_named_beside_it(talk: Talk) -> None:
    talk.give(answers()).press("concern=unknown,flood")
    assert talk.answers["concern"] == ("flood",)


def test_an_association_that_was_a_firm_keeps_what_still_matters(
    content: Content, day: DayBook
) -> None:
    talk = upto(content, day, "outcome").press("standing=association")
    assert set(talk.answers) == {"standing", "prefecture", "plan", "concern"}
    gone = ("employees", "industry", "capital", "partner")
    titles = "、".join(content.flow.questions[question].title for question in gone)
    assert talk.uses("dropped", dropped=titles)
    assert talk.state == "partner"


def test_what_is_said_and_dropped_at_once_is_not_called_an_answer(
    content: Content, day: DayBook
) -> None:
    new = {"standing": ("association",), "employees": ("0-5",)}
    done = change(content.flow, day, {}, new)
    assert done.set == {"standing": ("association",)}
    assert not done.dropped


# -- presses that carry where they were shown -----------------------------------------------------


@EVERY_STATE
def test_a_button_of_another_screen_that_means_its_place_is_refused(
    content: Content, day: DayBook, state: str
) -> None:
    talk = upto(content, day, state)
    before = talk.answers
    for data in ("command=back@nowhere~1", "change=standing@nowhere~1"):
        talk.press(data)
        assert (talk.kind, talk.state, talk.answers) == ("command", state, before)
        assert talk.uses("stale_outcome" if state == "outcome" else "stale")


def test_back_tapped_twice_goes_back_once(content: Content, day: DayBook) -> None:
    talk = upto(content, day, "partner")
    back = next(b.press for b in talk.turn.reply[-1].extra if "back" in b.press)
    assert back == f"command=back@partner~{content.flow.version}"
    talk.press(back, back)
    assert talk.state == "prefecture"
    assert talk.uses("stale")


def test_other_presses_work_wherever_they_were_shown(content: Content, day: DayBook) -> None:
    talk = upto(content, day, "partner").press("command=why@standing~0")
    assert talk.scene.question
    assert talk.scene.question.why in talk.said
    talk.press("partner=none@standing~0")
    assert talk.answers["partner"] == ("none",)
