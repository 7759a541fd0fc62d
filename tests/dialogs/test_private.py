"""Personal data typed anyway: hidden before anything reads or keeps it."""

import pytest

from bot.content import Content
from dialogs.heard import Form
from dialogs.understand.private import HIDDEN, hide
from knowledge.book import DayBook
from tests.dialogs.chat import Talk, words
from tests.dialogs.people import at


@pytest.mark.parametrize(
    "private",
    [
        *("090-1234-5678", "０９０－１２３４－５６７８", "09012345678", "(048)600 0394"),
        *("+81 90-1234-5678", "03−1234−5678", "０３（１２３４）５６７８", "〇九〇一二三四五六七八"),
        *("taro.yamada+line@example.co.jp", "ＴＡＲＯ＠ｅｘａｍｐｌｅ．ｊｐ"),
        *("1234 5678 9012", "123456789012", "1234567890123", "4111-1111-1111-1111"),
    ],
)
def test_is_hidden_wherever_it_stands(private: str) -> None:
    assert hide(private) == HIDDEN
    assert hide(f"うちは{private}です") == f"うちは{HIDDEN}です"


@pytest.mark.parametrize(
    "text",
    [
        *("資本金１０００万円で２５人", "資本金1000000000000円", "100,000,000円", "300000000"),
        *("2026-11-22", "0.9%と0.5%", "〒360-0001 熊谷市1-2-3", "119", "#7119"),
        *("二百五十人", "①と③", "300 200 100 500"),
    ],
)
def test_other_numbers_stay_as_they_came(text: str) -> None:
    assert hide(text) == text


def test_the_person_is_told_kindly_and_the_talk_goes_on(content: Content, day: DayBook) -> None:
    talk = at(content, day, "employees").type("25人です。 090-1234-5678 か jane.doe@mail.test へ")
    assert talk.answers["employees"] == ("21-50",)
    assert "書かなくて大丈夫" in words(talk.turn.reply[0])
    assert "1234" not in repr(talk.turn)
    assert "jane" not in repr(talk.turn)


def test_a_number_alone_is_neither_people_nor_money(content: Content, day: DayBook) -> None:
    for state in ("employees", "capital"):
        talk = at(content, day, state).type("0484567890")
        assert talk.turn.kind == "unknown"
        assert talk.turn.unanswered == HIDDEN


def test_a_form_is_treated_alike(content: Content, day: DayBook) -> None:
    talk = Talk(content, day.day).send(Form({"employees": "25人 048-600-0394"}))
    assert talk.answers["employees"] == ("21-50",)
    assert "書かなくて大丈夫" in words(talk.turn.reply[0])


def test_a_question_without_an_answer_is_kept_to_be_counted(content: Content, day: DayBook) -> None:
    talk = at(content, day, "partner").type("？？ 048-600-0394")
    assert talk.turn.unanswered == f"?? {HIDDEN}"
    assert talk.type("いない").turn.unanswered is None
    assert len(talk.type("？！" * 500).turn.unanswered or "") <= 200
