"""Typed values: numbers of people, prefectures, industries, amounts of capital."""

import pytest

from bot.content import Content
from dialogs.change import renamed
from knowledge.book import DayBook
from tests.dialogs.chat import Talk
from tests.dialogs.people import at


@pytest.mark.parametrize("number", range(1, 10))
def test_a_bare_number_at_the_people_is_asked_about_where_the_two_differ(
    content: Content, day: DayBook, number: int
) -> None:
    talk = at(content, day, "employees")
    button, people = talk.buttons[number - 1], "0-5" if number <= 5 else "6-20"
    talk.type(f"{number}")
    if button.press == f"employees={people}":
        assert talk.answers["employees"] == (people,)
        return
    assert (talk.kind, talk.state) == ("clarify", "employees")
    assert f"{number}人" in talk.said
    assert set(talk.presses) == {button.press, f"employees={people}"}
    assert "employees" not in talk.answers
    for at_, shown in enumerate(talk.presses, 1):
        typed = talk.again().type(f"{at_}番" if at_ == number else f"{at_}")
        assert f"employees={typed.answers['employees'][0]}" == shown
    assert talk.again().type(button.label).answers["employees"][0] in button.press
    assert "employees" not in talk.again().type("はい").answers
    assert "employees" not in talk.again().type("いいえ").answers
    assert talk.again().type("5人").answers["employees"] == ("0-5",)


def test_a_number_that_is_none_of_the_two_is_asked_about_again(
    content: Content, day: DayBook
) -> None:
    talk = at(content, day, "employees").type("6", "7")
    assert talk.kind == "clarify"
    assert "7人" in talk.said


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("30", "21-50"), ("30人", "21-50"), ("三十人", "21-50"), ("約30名くらい", "21-50"),
        ("百二十人です", "101-200"), ("1,200人", "901-"), ("だいたい 8 人ほど", "6-20"),
        ("千人", "901-"), ("1万人", "901-"), ("一万二千人", "901-"), ("〇人", "0-5"), ("0", "0-5"),
        ("12", "6-20"), ("正社員が15人います", "6-20"), ("三百", "201-300"), ("九百一", "901-"),
        ("二〇人", "6-20"), ("12千", "901-"), ("従業員は5人です", "0-5"),
    ],
)  # fmt: skip
def test_people_are_read_from_numbers_in_any_writing(
    content: Content, day: DayBook, text: str, band: str
) -> None:
    assert at(content, day, "employees").type(text).answers["employees"] == (band,)


@pytest.mark.parametrize(
    "text",
    ["3人か10人", "99999999人", "999999999999999999", ",", "人", "たくさん", "-3", "100000000"],
)
def test_what_is_no_one_number_of_people_answers_nothing(
    content: Content, day: DayBook, text: str
) -> None:
    talk = at(content, day, "employees").type(text)
    assert "employees" not in talk.answers
    assert talk.state == "employees"


@pytest.mark.parametrize(
    "text",
    ["1" * 5_000, "1" * 5_000 + "万人", "1" * 5_000 + "人", "1," * 5_000, "一" * 5_000],
)
def test_a_very_long_number_is_answered_soon_and_never_an_answer(
    content: Content, day: DayBook, text: str
) -> None:
    talk = at(content, day, "employees")
    talk.type(text)
    assert "employees" not in talk.answers


# -- values in free words -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("埼玉県", "埼玉県"), ("埼玉", "埼玉県"), ("埼玉です", "埼玉県"),
        ("北海道", "北海道"), ("京都", "京都府"), ("京都府です", "京都府"), ("大阪", "大阪府"),
        ("沖縄県那覇市", "沖縄県"),
    ],
)  # fmt: skip
def test_a_prefecture_is_read_by_name_or_stem(
    content: Content, day: DayBook, text: str, place: str
) -> None:
    assert at(content, day, "prefecture").type(text).answers["prefecture"] == (place,)


def test_two_prefectures_are_none(content: Content, day: DayBook) -> None:
    assert at(content, day, "prefecture").type("東京都と埼玉県").state == "prefecture"


def test_several_answers_in_one_sentence_are_all_kept_and_said(talk: Talk) -> None:
    talk.type("埼玉県で30人です")
    assert talk.answers == {"employees": ("21-50",), "prefecture": ("埼玉県",)}
    assert talk.state == "standing"
    assert talk.uses("understood", said="30人（21〜50人）、埼玉県")


def test_an_answer_can_be_corrected_by_typing_at_the_outcome(
    content: Content, day: DayBook
) -> None:
    talk = at(content, day, "outcome", prefecture="埼玉県").type("本社は沖縄県でした")
    assert (talk.kind, talk.answers["prefecture"]) == ("outcome", ("沖縄県",))
    assert "098-859-7566" in talk.said


@pytest.mark.parametrize(
    ("text", "industry"),
    [("飲食店", "retail"), ("旅館です", "ryokan"), ("ホテル", "ryokan"), ("ソフト", "software"),
     ("情報処理", "software")],
)  # fmt: skip
def test_a_part_of_a_label_that_no_other_has_is_enough(
    content: Content, day: DayBook, text: str, industry: str
) -> None:
    assert at(content, day, "industry").type(text).answers["industry"] == (industry,)


def test_a_doubt_keeps_what_was_clear(talk: Talk) -> None:
    talk.press("standing=own", "prefecture=埼玉県").type("6")
    assert talk.kind == "clarify"
    assert talk.answers["prefecture"] == ("埼玉県",)


@pytest.mark.parametrize("text", ["わからない", "分かりません", "わからない。", "未定"])
def test_not_knowing_is_an_answer_where_it_is_offered_and_help_elsewhere(
    content: Content, day: DayBook, text: str
) -> None:
    for state, value in [("employees", "unknown"), ("capital", "unknown"), ("plan", "unknown")]:
        assert at(content, day, state).type(text).answers[state] == (value,)
    association = at(content, day, "partner", standing="association", partner="undecided")
    assert association.type(text).answers["partner"] == ("undecided",)
    first = at(content, day, "standing").type(text)
    assert (first.kind, first.state) == ("command", "standing")
    assert first.scene.question
    assert first.scene.question.forms[-1].help in first.said


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        ("5000万円", "-50m"), ("5千万", "-50m"), ("1億円", "50m-100m"),
        ("100,000,000円", "50m-100m"),
        ("1億5千万円", "100m-300m"), ("4億", "300m-"), ("0円", "none"), ("0", "none"),
        ("個人事業主", "none"), ("資本金なし", "none"), ("個人なのでありません", "none"),
    ],
)  # fmt: skip
def test_capital_is_read_from_an_amount_with_its_unit(
    content: Content, day: DayBook, text: str, bands: str
) -> None:
    assert at(content, day, "capital").type(text).answers["capital"] == (bands,)


@pytest.mark.parametrize(
    "text",
    ["9" * 40 + "円", "9" * 5_000 + "円", "億", "1.5円", "1億1億円ではない"],
)
def test_what_is_no_clear_amount_of_capital_answers_nothing(
    content: Content, day: DayBook, text: str
) -> None:
    assert "capital" not in at(content, day, "capital").type(text).answers


def test_changing_the_industry_asks_again_for_the_capital_that_would_spare_it(
    content: Content, day: DayBook
) -> None:
    """小売・51〜100人・資本金5千万円以下: with that capital no industry would be asked."""
    talk = at(content, day, "partner")
    talk.press("employees=51-100")
    talk.press("industry=retail")
    talk.press("capital=-50m")
    talk.press("change=industry")
    assert (talk.state, "industry" in talk.answers) == ("industry", False)
    assert {"standing", "employees", "prefecture"} <= set(talk.answers)


def test_an_answer_of_an_older_flow_that_nobody_knows_is_asked_again(content: Content) -> None:
    told = {"standing": ("own",), "employees": ("1-5",), "prefecture": ("蝦夷",)}
    assert renamed(content.flow, told) == {"standing": ("own",)}
