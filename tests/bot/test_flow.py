"""`jigyokei flow --json`: everything a script needs to know before it talks."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.__main__ import main
from bot.channels.json_lines import Talk
from bot.content import load_content
from tests.bot.test_json_lines import OF_ASSOCIATIONS, ROWS, VALUES
from tests.conftest import ROOT
from tests.knowledge.known_contacts import ADVISED_BY

TYPED_WORRIES = (
    "typhoon tsunami landslide snow volcano outage fire insurance first_response time_effort "
    "where_to_start customer_request support_tax support_subsidy support_loan"
)
"""Worries that have no button. 出典: protocol"""


@pytest.fixture(scope="module")
def out() -> bytes:
    """What the command prints, with nothing in its environment."""
    command = (sys.executable, "-m", "bot", "flow", "--json")
    return subprocess.run(
        command, cwd=ROOT, env={}, capture_output=True, timeout=60, check=True
    ).stdout


@pytest.fixture(scope="module")
def listing(out: bytes) -> dict[str, Any]:
    return dict(json.loads(out))


def values(listing: dict[str, Any], question: str) -> list[str]:
    (found,) = (each for each in listing["questions"] if each["id"] == question)
    return [value["value"] for value in found["values"]]


def test_it_is_one_line_of_plain_utf_8(out: bytes):
    assert out.count(b"\n") == 1
    assert out.endswith(b"}\n")
    assert "どなたのご相談ですか。" in out.decode("utf-8")
    assert b"\\u" not in out
    assert b"\r" not in out


def test_it_names_questions_outcomes_and_topics(listing: dict[str, Any]):
    assert set(listing) == {"v", "questions", "outcomes", "topics"}
    assert listing["v"] == 1
    assert {frozenset(q) for q in listing["questions"]} == {
        frozenset({"id", "ask", "multi", "values"})
    }
    shapes = {frozenset(value) for q in listing["questions"] for value in q["values"]}
    assert shapes == {frozenset({"value", "label"})}
    assert {frozenset(topic) for topic in listing["topics"]} == {frozenset({"id", "title"})}


def test_every_text_is_filled_in(out: bytes, listing: dict[str, Any]):
    texts = [q["ask"] for q in listing["questions"]]
    texts += [value["label"] for q in listing["questions"] for value in q["values"]]
    texts += [topic["title"] for topic in listing["topics"]]
    assert all(text.strip() for text in texts)
    assert [text for text in texts if re.search("[{}]", text)] == []


def test_the_questions_are_those_of_the_protocol(listing: dict[str, Any]):
    asked = ["standing", "employees", "industry", "capital", "prefecture", "partner", "plan"]
    assert [q["id"] for q in listing["questions"]] == [*asked, "hurry", "concern"]
    assert [q["id"] for q in listing["questions"] if q["multi"]] == ["concern"]


def test_a_question_is_put_as_most_people_are_asked(listing: dict[str, Any]):
    asks = {question["id"]: question["ask"] for question in listing["questions"]}
    assert asks["employees"] == "従業員は何人くらいですか。だいたいで大丈夫です。"
    assert asks["partner"].startswith("災害のとき、助け合う約束")
    assert [ask for ask in asks.values() if "その会社" in ask] == []


@pytest.mark.parametrize("question", [q for q in VALUES if q not in {"partner", "concern"}])
def test_the_values_stand_in_the_order_of_the_protocol(listing: dict[str, Any], question: str):
    assert values(listing, question) == VALUES[question].split()


def test_the_values_of_the_other_questions_are_those_of_the_protocol(listing: dict[str, Any]):
    expected = {
        "capital": ["none", "-50m", "50m-100m", "100m-300m", "300m-", "unknown"],
        "partner": [*VALUES["partner"].split(), *OF_ASSOCIATIONS.split()],
        "hurry": ["yes"],
        "concern": [*VALUES["concern"].split(), *TYPED_WORRIES.split()],
    }
    assert {question: values(listing, question) for question in expected} == expected
    *prefectures, last = values(listing, "prefecture")
    assert (set(prefectures), len(prefectures), last) == (set(ADVISED_BY), 47, "unknown")


def test_the_outcomes_are_the_rows_of_the_protocol(listing: dict[str, Any]):
    rows = {row["rule"]: (row["plan"], row["leaning"]) for row in listing["outcomes"]}
    expected = {rule: (plan, leaning) for rule, plan, leaning, _ in ROWS}
    assert rows == {**expected, "R13": ("consult", None)}
    assert [row["id"] for row in listing["outcomes"]] == [*rows]


def test_every_topic_can_be_asked_by_its_press(listing: dict[str, Any]):
    content = load_content()
    talk = Talk(content.flow, content.book, datetime(2026, 11, 22, tzinfo=UTC))
    ids = [topic["id"] for topic in listing["topics"]]
    assert ids
    assert len(set(ids)) == len(ids)
    for id in ids:
        line = talk.answer(json.dumps({"press": f"topic={id}"}))
        assert (line["kind"], line["topic"]) == ("faq", id)


def test_every_value_can_be_given(listing: dict[str, Any]):
    content = load_content()
    talk = Talk(content.flow, content.book, datetime(2026, 11, 22, tzinfo=UTC))
    told = {"employees": "901-", "industry": "rubber", "partner": "candidate", "plan": "none"}
    told |= {"concern": "flood"}
    for question in listing["questions"]:
        for value in (each["value"] for each in question["values"]):
            association = value in OF_ASSOCIATIONS.split()
            before = {"standing": "association" if association else "own", **told}
            if association or question["id"] == "hurry":
                before |= {"employees": "0-5"}
            before.pop(question["id"], None)
            if question["id"] != "standing":
                talk.answer(json.dumps({"new": True, "answers": before}))
            else:
                talk.answer('{"new":true}')
            line = talk.answer(json.dumps({"press": f"{question['id']}={value}"}))
            given = line["answers"].get(question["id"])
            assert given in (value, [value]), (question["id"], value)


def test_without_json_it_is_a_wrong_use(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(["flow"])
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""
