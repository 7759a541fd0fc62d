"""`talk --json`, line by line: every sentence of the protocol about what goes in and comes out."""

import copy
import json
import random
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.json_lines import Talk, answer_lines
from bot.channels.json_out import encode
from bot.content import Content
from dialogs.turn import JAPAN
from tests.knowledge.known_contacts import ADVICE, ADVISED_BY, CHECK, FILED_WITH, FILING, OTHERS

Line = dict[str, Any]

KEYS = {
    "v", "kind", "state", "texts", "choices", "answers", "understood", "topic", "outcome",
    "progress",
}  # fmt: skip
KINDS = {"question", "clarify", "faq", "unknown", "outcome", "command", "handoff"}
COMMANDS = (
    "back", "restart", "review", "why", "help", "contacts", "person", "stop", "erase", "compare",
    "benefits", "steps", "cases", "flips", "memo", "letter",
)  # fmt: skip
WORRIES = "earthquake flood infection cyber supply_chain funding staff shared_site unknown"
VALUES = {
    "standing": "own association proxy disaster supporter support_plan large other_corporation "
    "not_started",
    "employees": "0-5 6-20 21-50 51-100 101-200 201-300 301-900 901- unknown",
    "industry": "manufacturing_other wholesale retail service ryokan software rubber unknown",
    "partner": "agreed candidate member none unknown",
    "plan": "none bcp single_active single_ending joint_active joint_ending unknown",
    "concern": WORRIES,
}
"""The table of the protocol, in its order; capital and prefecture have tests of their own."""
OF_ASSOCIATIONS = "all_members some_members other_associations association_only undecided"
STATES = {*VALUES, "capital", "prefecture", "outcome"}

FIRM = {
    "standing": "own",
    "employees": "6-20",
    "prefecture": "埼玉県",
    "partner": "none",
    "plan": "none",
    "concern": "earthquake",
}
"""A small firm alone: R12."""
LARGE = {"employees": "901-", "industry": "manufacturing_other", "capital": "300m-"}
UNION = {"standing": "association", "partner": "all_members"}
ROWS = [
    ("G1", "emergency", None, {"standing": "disaster"}),
    ("G2", "supporter", None, {"standing": "supporter"}),
    ("G3", "other_scheme", None, {"standing": "support_plan"}),
    ("G4", "consult", None, {"standing": "not_started"}),
    ("G5", "consult", None, {"standing": "other_corporation"}),
    ("G6L", "consult", "joint", {"standing": "large"}),
    ("G6a", "not_eligible", None, LARGE),
    ("G6b", "consult", "joint", {**LARGE, "partner": "agreed"}),
    ("R1b", "second", "joint", {"plan": "joint_ending"}),
    ("R1", "follow_up", "joint", {"plan": "joint_active"}),
    ("R3", "both", None, {"plan": "single_ending", "partner": "candidate"}),
    ("R4", "second", "single", {"plan": "single_ending"}),
    ("R5", "joint", None, {"plan": "single_active", "partner": "agreed"}),
    ("R6", "consult", "joint", {"plan": "single_active", "concern": "supply_chain"}),
    ("R7", "follow_up", "single", {"plan": "single_active"}),
    ("R2b", "single", "joint", {**UNION, "partner": "association_only"}),
    ("R2c", "consult", "joint", {**UNION, "partner": "undecided"}),
    ("R2", "joint", None, UNION),
    ("R8", "joint", None, {"partner": "agreed"}),
    ("R9", "single", "joint", {"partner": "candidate", "hurry": "yes"}),
    ("R10", "consult", "joint", {"partner": "member"}),
    ("R11", "single", "joint", {"concern": "shared_site"}),
    ("R12", "single", None, {}),
]
"""Every row of the protocol with its plan and leaning, and answers that lead to it."""
OFFERED = [row for row in ROWS if row[0] != "R9"]
NO_OFFICE = {"emergency", "other_scheme"}


def firm(**other: str) -> dict[str, str]:
    return {**FIRM, **other}


@pytest.fixture
def talk(content: Content) -> Talk:
    """Somebody greeted at noon of 22 November 2026."""
    return greeted(content)


def greeted(content: Content, on: str = "2026-11-22") -> Talk:
    talk = Talk(content.flow, content.book, datetime.fromisoformat(f"{on}T12:00:00+09:00"))
    talk.greet()
    return talk


def say(talk: Talk, **given: Any) -> Line:
    """The answer to one line of JSON; it is never an error."""
    line = talk.answer(json.dumps(given))
    assert "error" not in line, line
    return line


def press(talk: Talk, *presses: str) -> Line:
    return [say(talk, press=each) for each in presses][-1]


def new(talk: Talk, **answers: Any) -> Line:
    return say(talk, new=True, answers=answers)


def refusal(talk: Talk, line: str) -> str:
    """The code of the error this line gets."""
    answer = talk.answer(line)
    assert set(answer) == {"v", "error"}
    assert answer["v"] == 1
    assert set(answer["error"]) == {"code", "message"}
    assert re.search("[ぁ-ん]", answer["error"]["message"])
    return str(answer["error"]["code"])


def values(line: Line) -> list[str]:
    return [choice["value"] for choice in line["choices"]]


def kept(line: Line) -> tuple[str, Line]:
    return line["state"], line["answers"]


def bare(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


# -- the shape of a line --------------------------------------------------------------------------


def check(line: Line) -> Line:
    """Everything that holds of every line out."""
    assert set(line) == KEYS
    assert line["v"] == 1
    assert line["kind"] in KINDS
    assert line["state"] in STATES
    assert 1 <= len(line["texts"]) <= 3
    assert all(isinstance(text, str) and text.strip() for text in line["texts"])
    for choice in line["choices"]:
        assert set(choice) == {"label", "value"}
        assert re.fullmatch(r"[a-z_]+=[^=]+", choice["value"])
        assert len(choice["value"].encode()) <= 300
        assert not re.match(r"\s*[0-9０-９①-⑳]+\s*[.．)）:：、]", choice["label"])
    for question, value in line["answers"].items():
        assert question in {*STATES, "hurry"}
        assert isinstance(value, list) == (question == "concern" or not isinstance(value, str))
        assert all("=" not in each for each in bare(value))
    for each in line["understood"]:
        assert set(each) == {"question", "value", "text"}
        assert line["answers"][each["question"]] == each["value"]
        assert each["text"]
    assert line["topic"] is None or (line["kind"] == "faq" and isinstance(line["topic"], str))
    progress = line["progress"]
    assert progress is None or set(progress) == {"at", "of"}
    assert progress is None or 1 <= progress["at"] <= progress["of"] <= 9
    outcome = line["outcome"]
    left = outcome is not None and outcome["rule"] == "R13"
    assert (outcome is not None) == (line["state"] == "outcome" or left)
    if outcome is not None:
        assert left != (line["state"] == "outcome")
        check_outcome(outcome, line["answers"])
    return line


def check_source(source: Line) -> None:
    assert set(source) == {"id", "place", "title"}
    assert all(isinstance(text, str) and text for text in source.values())


def check_outcome(outcome: Line, answers: Line) -> None:
    """The shape of an outcome, whatever its row."""
    shapes = {
        "reasons": {"text", "question", "source"},
        "flips": {"question", "value", "plan", "text"},
        "benefits": {"id", "text", "source"},
        "steps": {"text", "by", "source"},
        "cases": {"id", "text", "source"},
        "offices": {"role", "id", "name", "phone", "url", "prefecture", "check", "source"},
    }
    single = {"plan", "rule", "leaning", "cooperation", "notes"}
    assert set(outcome) == {*shapes, *single}
    for name, keys in shapes.items():
        for each in outcome[name]:
            assert set(each) == keys, name
            assert each.get("text", "…"), name
            if "source" in keys:
                check_source(each["source"])
    # Who leaves before saying anything has given nothing to reason from.
    assert bool(answers) <= len(outcome["reasons"]) <= 3
    assert all(each["question"] in STATES | {"hurry"} for each in outcome["reasons"])
    plans = {plan for _, plan, _, _ in ROWS}
    assert outcome["plan"] in plans
    assert all(each["plan"] in plans for each in outcome["flips"])
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d|None", str(s["by"])) for s in outcome["steps"])
    assert outcome["leaning"] in {None, "single", "joint"}
    assert all(isinstance(note, str) and note for note in outcome["notes"])
    check_offices(outcome, answers.get("prefecture", "unknown"))
    assert outcome["cooperation"] == cooperation(outcome, answers)


def check_offices(outcome: Line, place: str) -> None:
    """One advice and one filing where the prefecture is known; the head office where it is not."""
    roles = [office["role"] for office in outcome["offices"]]
    assert set(roles) <= {"advice", "filing", "headquarters", "follow_up", "finance"}
    pair = (roles.count("advice"), roles.count("filing"), roles.count("headquarters"))
    known = place != "unknown"
    assert pair == ((0, 0, 0) if outcome["plan"] in NO_OFFICE else (known, known, not known))
    for office in outcome["offices"]:
        assert office["phone"] or office["url"]
        assert re.fullmatch(r"0\d+-\d+-\d+|None", str(office["phone"]))
        assert office["check"] is (office["role"] == "advice" and place in CHECK)
        of_place = known and office["role"] != "headquarters"
        assert office["prefecture"] == (place if of_place else None)


def cooperation(outcome: Line, answers: Line) -> str | None:
    """The first match, only with joint in plan or leaning (protocol)."""
    worries = answers.get("concern", [])
    if "joint" not in (outcome["plan"], outcome["leaning"]):
        return None
    if answers.get("standing") == "large" or "supply_chain" in worries:
        return "vertical"
    if "shared_site" in worries:
        return "area"
    together = answers.get("standing") == "association" or answers.get("partner") == "member"
    return "horizontal" if together else None


def test_the_greeting_is_the_first_line(content: Content):
    line = check(Talk(content.flow, content.book, datetime(2026, 11, 22, 3, tzinfo=UTC)).greet())
    assert (line["kind"], line["state"], line["answers"]) == ("question", "standing", {})
    notice, _, question = line["texts"]
    assert notice.startswith("お試しのボットです。国や中小機構の公式ではありません。")
    assert question == "どなたのご相談ですか。"
    assert values(line) == [f"standing={value}" for value in VALUES["standing"].split()]


def test_one_line_comes_out_for_the_start_and_for_each_line_in(content: Content):
    talk = Talk(content.flow, content.book, datetime(2026, 11, 22, tzinfo=UTC))
    given = ["1", "", "{", '{"press":"command=why"}', "ほげほげ\n", "6人\r\n"]
    lines = list(answer_lines(talk, given))
    assert len(lines) == 1 + len(given)
    assert all(line.count("\n") == 1 and line.endswith("}\n") for line in lines)
    read = [json.loads(line) for line in lines]
    assert ["error" in line for line in read] == [False, False, True, True, False, False, False]
    assert read[-1]["answers"]["employees"] == "6-20"


def test_japanese_is_not_escaped_and_a_lone_surrogate_is_replaced():
    encoded = encode({"v": "埼玉\ud800\udfff😀\u2028"})
    assert encoded == '{"v": "埼玉��😀\u2028"}\n'
    assert encoded.encode().decode() == encoded


def test_every_key_is_there_on_every_line_of_a_random_talk(content: Content):
    topics = sorted(content.book.topics)
    for seed in range(12):
        rng, talk = random.Random(seed), greeted(content)
        line = new(talk, **(FIRM if seed % 3 == 0 else {}))
        for _ in range(40):
            said = rng.choice(
                [
                    {"press": rng.choice(values(line) or ["command=help"])},
                    {"press": rng.choice(values(line) or ["command=help"])},
                    {"press": f"command={rng.choice(COMMANDS)}"},
                    {"press": f"change={rng.choice(sorted(STATES))}"},
                    {"press": f"topic={rng.choice(topics)}"},
                    {"press": "standing=own@employees~0"},
                    {"text": rng.choice(["1", "6", "ほげ", "わからない", "はい", "修正", "😀"])},
                    {"location": {"address": "埼玉県熊谷市"}},
                ]
            )
            before, line = line, check(say(talk, **said))
            wipes = said.get("press") == "command=erase"
            if line["kind"] in {"faq", "unknown", "handoff"} or (
                line["kind"] == "command" and not wipes
            ):
                assert kept(line) == kept(before), said
            if line["kind"] == "clarify":
                assert line["state"] == before["state"], said
                assert line["choices"], said


# -- one line in: text or JSON --------------------------------------------------------------------


@pytest.mark.parametrize("line", ["1", '{"text": "1"}', '{"text":"1"}', ' \t{"text":"1"}  '])
def test_a_line_is_json_when_it_begins_with_a_brace_and_text_otherwise(talk: Talk, line: str):
    assert talk.answer(line)["answers"] == {"standing": "own"}


def test_a_wide_blank_before_the_brace_is_a_blank_too(talk: Talk):
    assert talk.answer('\u3000{"text":"1"}\u3000')["answers"] == {"standing": "own"}


def test_a_byte_order_mark_is_no_part_of_the_line(talk: Talk):
    assert talk.answer('\ufeff{"text":"1"}')["answers"] == {"standing": "own"}
    assert talk.answer("\ufeff6人")["answers"]["employees"] == "6-20"


@pytest.mark.parametrize("line", ["[1]", '"1"', "1}", "null", "\x00", "0" * 100_000, "<b>1</b>"])
def test_any_other_line_is_text_as_it_stands(content: Content, line: str):
    as_text = say(greeted(content), text=line)
    assert check(greeted(content).answer(line)) == as_text
    assert as_text["kind"] != "command"


def test_typed_text_is_the_same_as_a_plain_line(content: Content):
    one, other = greeted(content), greeted(content)
    for text in ("1", "ほげほげ", "6", "6人", "埼玉県", "根拠", "いない"):
        assert one.answer(text) == say(other, text=text)


def test_a_location_names_the_prefecture_by_its_address(talk: Talk):
    press(talk, "standing=own", "employees=6-20")
    place = {"address": "埼玉県熊谷市", "latitude": 36.1, "longitude": 139}
    asked = say(talk, location=place)
    assert (asked["kind"], asked["state"]) == ("clarify", "prefecture")
    assert press(talk, values(asked)[0])["answers"]["prefecture"] == "埼玉県"


@pytest.mark.parametrize("place", [{}, {"address": ""}, {"address": "火星"}, {"latitude": 0}])
def test_a_location_nobody_can_read_is_answered(talk: Talk, place: Line):
    assert kept(check(say(talk, location=place))) == ("standing", {})


# -- errors ---------------------------------------------------------------------------------------

AT = '"at":"2026-11-22T13:00:00+09:00"'
BAD = [
    ("blank", ""),
    ("blank", " \t\u3000"),
    ("blank", "\ufeff"),
    ("blank", "\r"),
    ("bad_json", "{"),
    ("bad_json", '{"text":"1"} 2'),
    ("bad_json", "{'text':'1'}"),
    ("bad_json", '{"text":"1",}'),
    ("bad_json", '{"a":' * 50_000),
    ("bad_json", '{"text":' + "1" * 10_000 + "}"),
    ("bad_key", "{}"),
    ("bad_key", f"{{{AT}}}"),
    ("bad_key", '{"text":"1","press":"standing=own"}'),
    ("bad_key", '{"new":true,"text":"1"}'),
    ("bad_key", '{"text":"1","answers":{}}'),
    ("bad_key", '{"text":"1","on":"2026-11-22"}'),
    ("bad_key", '{"Text":"1"}'),
    ("bad_key", '{"text":1}'),
    ("bad_key", '{"text":null}'),
    ("bad_key", '{"press":["standing=own"]}'),
    ("bad_key", '{"location":"埼玉県"}'),
    ("bad_key", '{"location":null}'),
    ("bad_key", '{"location":{"city":"熊谷"}}'),
    ("bad_key", '{"location":{"address":1}}'),
    ("bad_key", '{"location":{"latitude":"36"}}'),
    ("bad_key", '{"location":{"latitude":true}}'),
    ("bad_key", '{"new":false}'),
    ("bad_key", '{"new":1}'),
    ("bad_key", '{"new":true,"answers":[]}'),
    ("bad_key", '{"new":true,"answers":null}'),
    ("bad_at", '{"text":"1","at":"2026-11-22T13:00:00"}'),
    ("bad_at", '{"text":"1","at":"2026-11-22"}'),
    ("bad_at", '{"text":"1","at":"あした"}'),
    ("bad_at", '{"text":"1","at":""}'),
    ("bad_at", '{"text":"1","at":null}'),
    ("bad_at", '{"text":"1","at":1795320000}'),
    ("bad_at", '{"text":"1","at":"2026-02-29T10:00:00+09:00"}'),
    ("bad_at", '{"text":"1","at":"2018-12-31T23:59:59+09:00"}'),
    ("bad_at", '{"text":"1","at":"2101-01-01T00:00:00+09:00"}'),
    ("bad_at", '{"text":"1","at":"0001-01-01T00:00:00+14:00"}'),
    ("bad_at", '{"text":"1","at":"9999-12-31T23:59:59-14:00"}'),
    ("bad_answer", '{"new":true,"answers":{"color":"red"}}'),
    ("bad_answer", '{"new":true,"answers":{"standing":""}}'),
    ("bad_answer", '{"new":true,"answers":{"standing":"ほげ"}}'),
    ("bad_answer", '{"new":true,"answers":{"standing":null}}'),
    ("bad_answer", '{"new":true,"answers":{"employees":6}}'),
    ("bad_answer", '{"new":true,"answers":{"concern":[]}}'),
    ("bad_answer", '{"new":true,"answers":{"concern":[1]}}'),
    ("bad_answer", '{"new":true,"answers":{"standing":["own","proxy"]}}'),
    ("bad_answer", '{"new":true,"answers":{"standing":"own","partner":"all_members"}}'),
]


@pytest.mark.parametrize(("code", "line"), BAD, ids=lambda text: text[:40])
def test_a_bad_line_has_its_code_and_leaves_everything_as_it_was(talk: Talk, code: str, line: str):
    press(talk, "standing=own", "employees=6-20")
    before = copy.deepcopy((talk.session, talk.now, talk.at, talk.count))
    assert refusal(talk, line) == code
    assert (talk.session, talk.now, talk.at, talk.count) == before


def test_bad_lines_in_between_change_nothing_of_what_follows(content: Content):
    clean, disturbed = greeted(content), greeted(content)
    for good in ("ほげ", "6", "1", "6", "ほげ", "2", "埼玉県", "根拠", "3", "1", "1", "使える支援"):
        for _, bad in BAD[:: len(good) + 3]:
            disturbed.answer(bad)
        assert clean.answer(good) == disturbed.answer(good)


@pytest.mark.parametrize("question", ["color", "standing", "concern", "{}", "\ud800"])
def test_a_bad_answer_names_its_question(talk: Talk, question: str):
    asked = {"new": True, "answers": {"employees": "6-20", question: "ほげ"}}
    error = talk.answer(json.dumps(asked))["error"]
    assert error["code"] == "bad_answer"
    assert f"「{question}」" in error["message"]


# -- at -------------------------------------------------------------------------------------------


def taxed(line: Line) -> bool:
    """Is the tax measure offered? Not to anybody uncertified after 31 March 2027."""
    return any(benefit["id"].startswith("tax") for benefit in line["outcome"]["benefits"])


def ask(talk: Talk, at: str | None = None) -> Line:
    return say(talk, press="command=benefits", **({"at": at} if at else {}))


def test_without_at_the_day_is_the_one_the_talk_started_on(content: Content):
    assert taxed(new(greeted(content, "2027-03-31"), **FIRM))
    assert not taxed(new(greeted(content, "2027-04-01"), **FIRM))


def test_at_is_read_with_its_offset_and_the_day_is_that_of_japan(talk: Talk):
    new(talk, **FIRM)
    assert taxed(ask(talk, "2027-03-31T14:59:59Z"))
    assert not taxed(ask(talk, "2027-03-31T15:00:00Z"))


def test_the_last_at_stands_until_the_next(talk: Talk):
    new(talk, **FIRM)
    assert taxed(ask(talk))
    assert not taxed(ask(talk, "2027-04-01T00:00:00+09:00"))
    assert not taxed(ask(talk))
    assert not taxed(talk.answer("使える支援"))


def test_the_first_at_may_lie_before_the_day_given(content: Content):
    talk = greeted(content, "2027-06-01")
    assert not taxed(new(talk, **FIRM))
    assert taxed(ask(talk, "2026-11-22T00:00:00+09:00"))


def test_an_at_is_never_earlier_than_the_last_but_may_be_the_same(talk: Talk):
    new(talk, **FIRM)
    ask(talk, "2026-12-01T09:00:00+09:00")
    ask(talk, "2026-12-01T00:00:00Z")
    assert refusal(talk, '{"text":"1","at":"2026-12-01T08:59:59+09:00"}') == "bad_at"
    assert refusal(talk, '{"text":"1","at":"2026-11-30T23:59:59Z"}') == "bad_at"
    ask(talk, "2026-12-01T09:00:01+09:00")


def test_a_new_person_does_not_turn_the_clock_back(talk: Talk):
    say(talk, new=True, answers=FIRM, at="2027-04-01T00:00:00+09:00")
    assert not taxed(new(talk, **FIRM))
    assert refusal(talk, '{"new":true,"at":"2027-03-31T00:00:00+09:00"}') == "bad_at"


@pytest.mark.parametrize(
    "bad", ['"new":true,"answers":{"color":"red"}', '"text":1', '"text":"1","x":1', '"new":0']
)
def test_the_at_of_a_refused_line_does_not_count(talk: Talk, bad: str):
    new(talk, **FIRM)
    refusal(talk, f'{{{bad},"at":"2030-01-01T00:00:00+09:00"}}')
    assert taxed(ask(talk))
    assert taxed(ask(talk, "2026-11-22T12:00:01+09:00"))


@pytest.mark.parametrize("year", range(2019, 2101, 9))
def test_every_year_a_talk_may_be_put_in_is_answered(content: Content, year: int):
    talk = greeted(content)
    say(talk, new=True, answers=FIRM, at=f"{year}-02-28T23:59:59+09:00")
    for command in COMMANDS[2:]:
        check(press(talk, f"command={command}"))


# -- new ------------------------------------------------------------------------------------------


def test_new_forgets_the_person_and_greets_the_next(content: Content):
    fresh = Talk(content.flow, content.book, datetime(2026, 11, 22, 12, tzinfo=JAPAN))
    greeting = fresh.greet()
    talk = greeted(content)
    press(talk, "standing=own", "employees=6-20")
    talk.answer("ほげ")
    assert say(talk, new=True) == greeting
    assert say(talk, new=True, answers={}) == greeting
    assert talk.answer("ほげ") == fresh.answer("ほげ")


def test_new_takes_choice_values(talk: Talk):
    line = check(new(talk, **FIRM))
    assert (line["kind"], line["state"]) == ("outcome", "outcome")
    assert line["answers"] == {**FIRM, "concern": ["earthquake"]}
    assert line["texts"][0].startswith("お試しのボットです。")
    assert line["understood"] == []


def test_new_takes_typed_text(talk: Talk):
    told = {
        "standing": "自分の会社・お店",
        "employees": "30人",
        "prefecture": "埼玉県",
        "partner": "いない",
        "plan": "受けていない",
        "concern": "大雨・浸水",
    }
    line = new(talk, **told)
    assert line["answers"] == {**FIRM, "employees": "21-50", "concern": ["flood"]}


def test_new_takes_a_list_of_values(talk: Talk):
    line = new(talk, **{**FIRM, "concern": ["flood", "cyber"]})
    assert line["answers"]["concern"] == ["flood", "cyber"]


def test_new_answers_with_the_first_question_that_is_left(talk: Talk):
    line = check(new(talk, standing="own", prefecture="埼玉県"))
    assert (line["kind"], line["state"]) == ("question", "employees")
    assert line["answers"] == {"standing": "own", "prefecture": "埼玉県"}
    assert values(line)[0] == "employees=0-5"


def test_after_an_unusable_new_the_old_person_stays(talk: Talk):
    old = new(talk, **FIRM)
    assert refusal(talk, '{"new":true,"answers":{"standing":"ほげ"}}') == "bad_answer"
    assert press(talk, "command=review")["answers"] == old["answers"]


# -- choices --------------------------------------------------------------------------------------

BEFORE = {
    "standing": {},
    "employees": {"standing": "own"},
    "industry": {"standing": "own", "employees": "101-200"},
    "partner": {"standing": "own", "employees": "6-20", "prefecture": "埼玉県"},
    "plan": {k: FIRM[k] for k in ("standing", "employees", "prefecture", "partner")},
    "concern": {k: FIRM[k] for k in FIRM if k != "concern"},
}


@pytest.mark.parametrize("question", VALUES)
@pytest.mark.parametrize("standing", ["own", "proxy"])
def test_the_choices_stand_in_the_order_of_the_table(talk: Talk, question: str, standing: str):
    told = {**BEFORE[question], "standing": standing}
    line = new(talk, **(told if question != "standing" else {}))
    assert line["state"] == question
    assert values(line) == [f"{question}={value}" for value in VALUES[question].split()]


def test_an_association_chooses_with_whom_it_prepares(talk: Talk):
    line = new(talk, standing="association", prefecture="埼玉県")
    assert values(line) == [f"partner={value}" for value in OF_ASSOCIATIONS.split()]


def test_all_prefectures_stand_flat_from_north_to_south(talk: Talk):
    names = [v.removeprefix("prefecture=") for v in values(new(talk, standing="large"))]
    assert (names[0], names[12], names[46], names[47]) == ("北海道", "東京都", "沖縄県", "unknown")
    assert set(names[:47]) == set(ADVISED_BY)


@pytest.mark.parametrize(
    ("industry", "employees", "under", "over"),
    [
        ("retail", "101-200", "-50m", "50m-100m,100m-300m,300m-"),
        ("wholesale", "101-200", "-50m,50m-100m", "100m-300m,300m-"),
        ("rubber", "901-", "-50m,50m-100m,100m-300m", "300m-"),
    ],
)
def test_capital_is_asked_as_yes_or_no_at_the_limit_of_the_industry(
    talk: Talk, industry: str, employees: str, under: str, over: str
):
    line = new(talk, standing="own", employees=employees, industry=industry)
    assert values(line) == [f"capital={each}" for each in (under, over, "none", "unknown")]
    assert [choice["label"] for choice in line["choices"]][:2] == ["はい", "いいえ、超えます"]
    expected = under.split(",") if "," in under else under
    assert press(talk, f"capital={under}")["answers"]["capital"] == expected


def test_a_label_stands_without_its_number(talk: Talk):
    labels = [choice["label"] for choice in say(talk, new=True)["choices"]]
    assert labels[:2] == ["自分の会社・お店", "組合・工業団地・商店街として"]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("told", [{}, LARGE, UNION, {"standing": "proxy"}, {"standing": "large"}])
def test_every_choice_of_every_question_goes_round(content: Content, told: Line):
    talk = greeted(content)
    told, line = firm(**told), say(talk, new=True)
    while line["state"] != "outcome":
        question, so_far = line["state"], line["answers"]
        assert line["choices"]
        for choice in values(line):
            new(talk, **so_far)
            after = check(press(talk, choice))
            assert after["kind"] in {"question", "outcome"}
            assert after["understood"] == []
            assert f"{question}={','.join(bare(after['answers'][question]))}" == choice
        new(talk, **so_far)
        line = press(talk, f"{question}={told[question]}")


def test_the_questions_are_counted_only_where_the_count_is_right(talk: Talk):
    assert say(talk, new=True)["progress"] is None
    assert press(talk, "standing=large")["progress"] == {"at": 2, "of": 2}
    assert press(talk, "prefecture=埼玉県")["progress"] is None


# -- kinds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("press_", ["command=back", "command=restart", "change=standing"])
def test_back_restart_and_change_put_a_question(talk: Talk, press_: str):
    press(talk, "standing=own")
    line = check(press(talk, press_))
    assert kept(line) == ("standing", {})
    assert line["kind"] == "question"


def test_change_puts_one_question_again_and_keeps_the_other_answers(talk: Talk):
    new(talk, **FIRM)
    line = press(talk, "change=prefecture")
    assert (line["kind"], line["state"], line["outcome"]) == ("question", "prefecture", None)
    assert set(line["answers"]) == set(FIRM) - {"prefecture"}
    assert press(talk, "prefecture=大阪府")["state"] == "outcome"


def test_a_doubt_is_cleared_with_choices_and_the_state_stays(talk: Talk):
    press(talk, "standing=own")
    line = check(say(talk, text="6"))
    assert (line["kind"], *kept(line)) == ("clarify", "employees", {"standing": "own"})
    assert values(line) == ["employees=6-20", "employees=201-300"]
    assert say(talk, text="1")["answers"]["employees"] == "6-20"


def test_a_side_question_is_answered_and_the_question_stands_in_the_same_line(talk: Talk):
    asked = press(talk, "standing=own")
    for topic in sorted(talk.book.topics)[::20]:
        line = check(press(talk, f"topic={topic}"))
        assert (line["kind"], line["topic"], line["texts"][-1]) == (
            "faq",
            topic,
            asked["texts"][-1],
        )
        assert line["choices"] == asked["choices"]
        assert kept(line) == kept(asked)


def test_a_side_question_at_an_outcome_leaves_it_standing(talk: Talk):
    before = new(talk, **FIRM)
    line = check(press(talk, f"topic={min(talk.book.topics)}"))
    assert line["kind"] == "faq"
    assert (line["choices"], line["outcome"]) == (before["choices"], before["outcome"])


def test_what_is_not_understood_is_answered_with_the_question(talk: Talk):
    asked = press(talk, "standing=own")
    for _ in range(4):
        line = check(say(talk, text="ほげほげ"))
        assert (line["kind"], line["texts"][-1]) == ("unknown", asked["texts"][-1])
        assert line["choices"] == asked["choices"]


def test_the_wish_for_a_person_is_a_handoff_with_a_phone(talk: Talk):
    for told in ({}, FIRM):
        new(talk, **told)
        line = check(press(talk, "command=person"))
        assert line["kind"] == "handoff"
        assert re.search(r"0\d+-\d+-\d+", "\n".join(line["texts"]))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_answered_before_and_at_an_outcome(talk: Talk, command: str):
    press(talk, "standing=own")
    kinds = {"person": "handoff", "contacts": "outcome", "stop": "outcome"}
    reopens = {"back": "question", "restart": "question"}
    before = check(press(talk, f"command={command}"))
    assert before["kind"] == {**kinds, **reopens}.get(command, "command")
    new(talk, **FIRM)
    line = check(press(talk, f"command={command}"))
    assert line["kind"] == {"person": "handoff", **reopens}.get(command, "command")


def test_review_is_a_command_and_the_state_stays(talk: Talk):
    before = press(talk, "standing=own")
    line = check(press(talk, "command=review"))
    assert (line["kind"], *kept(line)) == ("command", *kept(before))
    assert "お立場：自分の会社・お店" in line["texts"][0]


def test_why_gives_the_grounds_at_an_outcome_and_the_purpose_at_a_question(talk: Talk):
    press(talk, "standing=own")
    assert "規模" in press(talk, "command=why")["texts"][0]
    outcome = new(talk, **FIRM)["outcome"]
    words = "\n".join(press(talk, "command=why")["texts"])
    assert outcome["reasons"][0]["text"] in words


def test_erase_forgets_everything(talk: Talk):
    new(talk, **FIRM)
    line = check(press(talk, "command=erase"))
    assert (line["kind"], *kept(line)) == ("command", "standing", {})


# -- presses --------------------------------------------------------------------------------------


def test_what_was_typed_is_named_as_understood_and_what_was_pressed_is_not(talk: Talk):
    (understood,) = say(talk, text="自分の会社・お店")["understood"]
    assert understood == {"question": "standing", "value": "own", "text": "自分の会社・お店"}
    assert press(talk, "employees=6-20")["understood"] == []


@pytest.mark.parametrize("name", ["standing=own", "command=why", "topic={}", "change=standing"])
def test_a_press_may_carry_the_state_and_flow_it_was_shown_in(content: Content, name: str):
    name = name.format(min(content.book.topics))
    one, other = greeted(content), greeted(content)
    press(one, "standing=proxy")
    press(other, "standing=proxy")
    assert press(one, name) == press(other, f"{name}@employees~1")


def test_an_old_button_corrects_its_own_answer(talk: Talk):
    new(talk, **FIRM)
    line = check(press(talk, "employees=21-50@employees~0"))
    assert line["answers"] == {**FIRM, "employees": "21-50", "concern": ["earthquake"]}


def test_a_double_tap_does_nothing(talk: Talk):
    before = press(talk, "standing=own@standing~1")
    line = check(press(talk, "standing=own@standing~1"))
    assert (line["kind"], kept(line)) == ("command", kept(before))


@pytest.mark.parametrize("stale", ["command=back@standing~1", "change=standing@plan~1"])
@pytest.mark.parametrize("told", [{"standing": "own", "employees": "6-20"}, FIRM])
def test_a_way_back_pressed_on_an_old_screen_does_nothing(talk: Talk, stale: str, told: Line):
    before = new(talk, **told)
    line = check(press(talk, stale))
    assert (line["kind"], kept(line)) == ("command", kept(before))
    assert line["choices"] == before["choices"]


@pytest.mark.parametrize(
    "unknown",
    [
        "", "=", "x", "standing", "standing=", "=own", "color=red", "employees=999",
        "employees=6-20,21-50", "topic=x", "command=x", "change=x", "STANDING=own",
        "standing=own=own", "standing=own@", "standing=own@employees", "partner=all_members",
        "capital=-50m,none", "prefecture=東京", "\ud800", "\x00", "standing=" + "x" * 300,
        "concern=" + ",".join(["flood"] * 60),
    ],
)  # fmt: skip
def test_an_unknown_press_is_answered_and_changes_nothing(talk: Talk, unknown: str):
    before = press(talk, "standing=own")
    line = check(press(talk, unknown))
    assert (line["kind"], kept(line)) == ("command", kept(before))
    assert line["choices"] == before["choices"]


def test_a_press_may_join_values_and_answers_then_holds_the_list(talk: Talk):
    new(talk, **BEFORE["concern"])
    assert press(talk, "concern=flood,cyber")["answers"]["concern"] == ["flood", "cyber"]


def test_one_worry_is_a_list_of_one(talk: Talk):
    new(talk, **BEFORE["concern"])
    assert press(talk, "concern=flood")["answers"]["concern"] == ["flood"]


def test_every_button_of_every_outcome_is_answered(content: Content):
    talk = greeted(content)
    for rule, _, _, told in ROWS:
        line = new(talk, **firm(**told))
        for choice in values(line):
            new(talk, **firm(**told))
            answer = check(press(talk, choice))
            assert answer["kind"] != "unknown", (rule, choice)


# -- outcomes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rule", "plan", "leaning", "told"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_has_its_plan_and_leaning_and_the_whole_shape(
    talk: Talk, rule: str, plan: str, leaning: str | None, told: dict[str, str]
):
    line = check(new(talk, **firm(**told)))
    outcome = line["outcome"]
    assert (line["kind"], line["state"]) == ("outcome", "outcome")
    assert (outcome["rule"], outcome["plan"], outcome["leaning"]) == (rule, plan, leaning)
    assert line["progress"] is None
    without = new(talk, **firm(**told, prefecture="unknown"))
    assert check(without)["outcome"]["rule"] == rule


@pytest.mark.parametrize(("rule", "told"), [(row[0], row[3]) for row in OFFERED])
def test_a_row_is_reached_by_tapping_as_well(talk: Talk, rule: str, told: dict[str, str]):
    line, all_told = say(talk, new=True), firm(**told)
    while line["state"] != "outcome":
        line = press(talk, f"{line['state']}={all_told[line['state']]}")
    assert check(line)["outcome"]["rule"] == rule


def test_hurry_is_never_asked_and_is_a_button_of_one_row(talk: Talk):
    line = new(talk, **firm(partner="candidate"))
    assert line["outcome"]["rule"] == "R10"
    assert values(line)[0] == "hurry=yes"
    after = press(talk, "hurry=yes")
    assert (after["outcome"]["rule"], after["answers"]["hurry"]) == ("R9", "yes")


@pytest.mark.parametrize("place", [*sorted(ADVISED_BY), "unknown"])
def test_every_prefecture_has_its_two_offices_with_their_phones(talk: Talk, place: str):
    outcome = check(new(talk, **firm(prefecture=place)))["outcome"]
    named = {o["role"]: (o["id"], o["name"], o["phone"]) for o in outcome["offices"]}
    if place == "unknown":
        assert named["headquarters"] == ("headquarters", *OTHERS["headquarters"])
    else:
        advice, filing = ADVISED_BY[place], FILED_WITH[place]
        assert named["advice"] == (advice, *ADVICE[advice][:2])
        assert named["filing"] == (filing, *FILING[filing][:2])


@pytest.mark.parametrize("place", sorted(CHECK))
def test_where_the_office_has_to_be_checked_the_number_for_it_is_in_the_notes(
    talk: Talk, place: str
):
    outcome = new(talk, **firm(prefecture=place))["outcome"]
    assert any(OTHERS["headquarters"][1] in note for note in outcome["notes"])


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"standing": "large"}, "vertical"),
        ({"partner": "agreed", "concern": "shared_site,supply_chain"}, "vertical"),
        ({"partner": "agreed", "concern": "shared_site"}, "area"),
        ({"partner": "member"}, "horizontal"),
        (UNION, "horizontal"),
        ({"partner": "agreed"}, None),
        ({}, None),
    ],
)
def test_the_kind_of_cooperation_follows_who_and_what_for(
    talk: Talk, told: dict[str, str], expected: str | None
):
    assert new(talk, **firm(**told))["outcome"]["cooperation"] == expected


def test_an_aim_is_a_day_to_come_and_a_flip_names_a_question_answered(content: Content):
    talk, aims, flips = greeted(content), set(), 0
    for *_, told in ROWS:
        outcome = new(talk, **firm(**told))["outcome"]
        aims |= {step["by"] for step in outcome["steps"]}
        flips += len(outcome["flips"])
        assert all(
            flip["question"] in told or flip["question"] in FIRM for flip in outcome["flips"]
        )
    assert None in aims
    assert all(aim > "2026-11-22" for aim in aims if aim)
    assert flips


@pytest.mark.parametrize("command", ["contacts", "stop"])
@pytest.mark.parametrize("question", VALUES)
def test_who_leaves_before_an_outcome_gets_the_phones(talk: Talk, command: str, question: str):
    before = new(talk, **BEFORE[question])
    line = check(press(talk, f"command={command}"))
    assert (line["kind"], line["state"]) == ("outcome", question)
    assert (line["outcome"]["rule"], line["outcome"]["plan"]) == ("R13", "consult")
    assert (line["outcome"]["leaning"], line["outcome"]["flips"]) == (None, [])
    assert (line["answers"], line["choices"]) == (before["answers"], before["choices"])
    assert any(re.search(r"0\d+-\d+-\d+", text) for text in line["texts"])
    assert press(talk, "command=help")["outcome"] is None


@pytest.mark.parametrize("command", ["contacts", "stop"])
def test_who_leaves_at_an_outcome_keeps_it(talk: Talk, command: str):
    before = new(talk, **FIRM)
    line = check(press(talk, f"command={command}"))
    assert (line["kind"], line["outcome"]) == ("command", before["outcome"])


def test_the_operator_has_no_desk_of_its_own(talk: Talk):
    offices = new(talk, **FIRM)["outcome"]["offices"]
    assert "own" not in {office["role"] for office in offices}
