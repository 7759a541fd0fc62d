"""Typed words: buttons by number and label, commands, and what is not understood."""

import pytest

from bot.content import Content
from dialogs.heard import Text
from knowledge.book import DayBook
from tests.dialogs.chat import Talk
from tests.dialogs.people import HEADQUARTERS, STATES, at

# -- every choice, by number and by label ---------------------------------------------------------


@pytest.mark.parametrize("state", STATES[:-1])
@pytest.mark.parametrize("standing", ["own", "association"])
def test_every_button_is_answerable_by_its_label(
    content: Content, day: DayBook, state: str, standing: str
) -> None:
    partner = "undecided" if standing == "association" else "none"
    talk = at(content, day, state, standing=standing, partner=partner)
    for button in talk.buttons if talk.state == state else ():
        values = tuple(button.press.partition("=")[2].split(","))
        for text in (button.label, f" {button.label}。", f"「{button.label}」"):
            typed = talk.again().type(text)
            assert typed.answers.get(state) == values, text


@pytest.mark.parametrize("state", [s for s in STATES[:-1] if s != "employees"])
def test_every_button_is_answerable_by_its_number(
    content: Content, day: DayBook, state: str
) -> None:
    talk = at(content, day, state)
    for number, button in enumerate(talk.buttons, 1):
        values = tuple(button.press.partition("=")[2].split(","))
        wide = str(number).translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"})
        for text in (f"{number}", f"{number}番", wide):
            assert talk.again().type(text).answers.get(state) == values, text


def test_every_button_of_the_outcome_works_by_number_and_label(
    content: Content, day: DayBook
) -> None:
    talk = at(content, day, "outcome", partner="candidate")
    for number, button in enumerate(talk.buttons, 1):
        by_press = talk.again().press(button.press)
        for text in (str(number), button.label):
            typed = talk.again().type(text)
            assert (typed.kind, typed.state, typed.answers) == (
                by_press.kind, by_press.state, by_press.answers
            ), text  # fmt: skip


@pytest.mark.parametrize("text", ["0", "99", "9999", "50番目"])
def test_a_number_without_a_button_is_not_understood_at_an_outcome(
    content: Content, day: DayBook, text: str
) -> None:
    talk = at(content, day, "outcome")
    row = talk.row
    talk.type(text)
    assert (talk.kind, talk.row) == ("unknown", row)
    assert talk.uses("not_understood_outcome")


def test_several_worries_can_be_named_by_number_and_by_words(
    content: Content, day: DayBook
) -> None:
    talk = at(content, day, "concern")
    for text in ("1,2", "1 2", "1、2番", "１・２"):
        assert talk.again().type(text).answers["concern"] == ("earthquake", "flood"), text
    assert talk.again().type("地震と浸水").answers["concern"] == ("earthquake", "flood")
    assert talk.again().type("台風").answers["concern"] == ("typhoon",)
    assert talk.again().type("停電が心配です").answers["concern"] == ("outage",)


def test_two_numbers_answer_nothing_where_one_is_wanted(content: Content, day: DayBook) -> None:
    talk = at(content, day, "plan").type("1,2")
    assert (talk.kind, talk.state) == ("unknown", "plan")


def test_a_number_past_the_buttons_answers_nothing(content: Content, day: DayBook) -> None:
    assert at(content, day, "plan").type("40").kind == "unknown"


# -- commands -------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_every_word_for_a_command_works_in_every_state(
    content: Content, day: DayBook, state: str
) -> None:
    talk = at(content, day, state)
    for command, known in content.flow.commands.items():
        by_press = talk.again().press(f"command={command}")
        for word in known:
            typed = talk.again().type(word)
            assert (typed.kind, typed.state, typed.answers) == (
                by_press.kind, by_press.state, by_press.answers
            ), word  # fmt: skip


def test_a_press_that_was_typed_counts_as_that_press(talk: Talk) -> None:
    assert talk.type("standing=own").answers == {"standing": ("own",)}
    assert talk.type(" command=restart ").answers == {}
    assert talk.type("topic=what_is_jigyokei").kind in {"unknown", "clarify"}


def test_the_words_of_a_change_button_work_typed(content: Content, day: DayBook) -> None:
    title = content.flow.questions["prefecture"].title
    words = content.flow.words["change_button"].format(title=title)
    assert at(content, day, "outcome").type(words).state == "prefecture"
    early = at(content, day, "employees").type(words)
    assert (early.kind, early.state) == ("command", "employees")
    done = Talk(content, day.day).press("standing=disaster").type(words)
    assert (done.kind, done.state) == ("command", "outcome")


def test_a_topic_is_opened_by_its_title(content: Content, day: DayBook) -> None:
    talk = at(content, day, "plan")
    for topic in content.book.topics.values():
        talk.type(topic.title)
        assert (talk.kind, talk.turn.topic, talk.state) == ("faq", topic.id, "plan")


def test_words_that_fit_two_buttons_are_asked_about(content: Content, day: DayBook) -> None:
    talk = at(content, day, "plan").type("単独型")
    assert (talk.kind, talk.state) == ("clarify", "plan")
    assert talk.presses == ("plan=single_active", "plan=single_ending")
    assert talk.type("2").answers["plan"] == ("single_ending",)


def test_a_whole_label_answers_its_question_wherever_it_is_typed(
    content: Content, day: DayBook
) -> None:
    talk = at(content, day, "outcome").type("声をかけたい相手がいる")
    assert (talk.row, talk.answers["partner"]) == ("R10", ("candidate",))
    early = at(content, day, "employees").type("声をかけたい相手がいる")
    assert (early.state, early.answers["partner"]) == ("employees", ("candidate",))


@pytest.mark.parametrize(
    ("state", "text"),
    [
        *((s, t) for s in ("standing", "employees", "outcome") for t in ("はい", "いいえ")),
        *((s, "いいえ、超えます") for s in ("standing", "employees", "partner", "outcome")),
        ("partner", "はい"),
    ],
)
def test_a_yes_or_no_answers_nothing_but_what_was_asked(
    content: Content, day: DayBook, state: str, text: str
) -> None:
    talk = at(content, day, state)
    before = talk.answers
    assert talk.type(text).answers == before


@pytest.mark.parametrize("state", ["partner", "plan"])
def test_a_no_answers_a_question_whether_there_is_one(
    content: Content, day: DayBook, state: str
) -> None:
    assert at(content, day, state).type("いいえ").answers[state] == ("none",)


# -- not understood -------------------------------------------------------------------------------


def test_the_third_miss_in_a_row_gives_the_phone(talk: Talk) -> None:
    for times, key in enumerate(["not_understood", "not_understood_again"], 1):
        talk.type("ぬるぽ")
        assert (talk.kind, talk.session.misses) == ("unknown", times)
        assert HEADQUARTERS not in talk.said
        assert talk.uses(key, example=talk.buttons[0].label)
    for times in (3, 4):
        talk.type("ぬるぽ")
        assert talk.session.misses == times
        assert HEADQUARTERS in talk.said


def test_the_phone_of_the_third_miss_is_that_of_their_place(content: Content, day: DayBook) -> None:
    talk = at(content, day, "partner", prefecture="福井県").type("ぬるぽ", "ぬるぽ", "ぬるぽ")
    assert "076-223-5546" in talk.said


def test_anything_understood_starts_the_count_anew(talk: Talk) -> None:
    talk.type("ぬるぽ", "ぬるぽ").press("command=why").type("ぬるぽ")
    assert talk.session.misses == 1


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("text", ["", " ", "\n", "\ud800", "\x00", "💣" * 200, "。" * 3000])
def test_odd_text_is_answered_and_changes_nothing(
    content: Content, day: DayBook, state: str, text: str
) -> None:
    talk = at(content, day, state)
    before = talk.answers
    talk.send(Text(text))
    assert (talk.kind, talk.state, talk.answers) == ("unknown", state, before)
