"""What LINE refuses, the trial LINE refuses: payloads, tokens, keys, quota, rates."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from bot.trial.line_checks import graphemes, units
from bot.trial.line_messages import message_faults
from tests.trial.conftest import Caller
from tests.trial.payloads import GOOD, load_bad

BAD = load_bad()
FAMILY = "👨‍👩‍👧‍👦"


def flex(body: list[Any], **more: Any) -> dict[str, Any]:
    box = {"type": "box", "layout": "vertical", "contents": body}
    return {"type": "flex", "altText": "結果", "contents": {"type": "bubble", "body": box, **more}}


def quick(label: str) -> dict[str, Any]:
    action = {"type": "postback", "label": label, "data": "standing=own", "displayText": label}
    items = [{"type": "action", "action": action}]
    return {"type": "text", "text": "？", "quickReply": {"items": items}}


def test_thirty_or_more_bad_payloads_were_made_by_hand():
    assert len({each["name"] for each in BAD}) == len(BAD) >= 30


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad["name"])
def test_a_bad_payload_is_refused_and_the_refusal_names_the_place(
    bad: dict[str, Any], caller: Caller
):
    event = caller.heard(caller.talk.say(caller.talk.person(), "はじめる"))
    answer = caller.reply(event, bad["messages"])
    assert answer.status_code == 400
    assert answer.json()["details"][0]["property"] == bad["at"]
    assert bad["says"] in answer.json()["details"][0]["message"]
    assert caller.reply(event).status_code == 200, "the token was not used up"


@pytest.mark.parametrize(
    "message",
    [
        {"type": "text", "text": "𠮷" * 2_500},
        {"type": "text", "text": "あ" * 5_000},
        quick("あ" * 20),
        quick(FAMILY * 20),
        flex([]),
        flex([{"type": "text", "text": "はい", "color": "#1a1A1a", "size": "sm", "wrap": True}]),
        flex([{"type": "separator", "margin": "md"}], size="mega"),
        flex(
            [
                {
                    "type": "button",
                    "style": "primary",
                    "height": "sm",
                    "action": {"type": "uri", "label": "電話する", "uri": "tel:03-5470-1638"},
                }
            ]
        ),
    ],
)
def test_what_just_fits_is_taken(message: dict[str, Any]):
    assert message_faults([message]) == []


def test_units_and_graphemes_are_counted_as_the_platform_counts_them():
    assert (units(FAMILY), graphemes(FAMILY)) == (11, 1)
    assert (units("が"), graphemes("か\u3099")) == (1, 1)


def test_a_token_is_used_once(caller: Caller):
    event = caller.heard(caller.talk.say(caller.talk.person(), "はじめる"))
    assert caller.reply(event).status_code == 200
    again = caller.reply(event)
    assert (again.status_code, again.json()["message"]) == (400, "Invalid reply token")
    assert len(caller.line.chats[event["source"]["userId"]].seen) == 1


@pytest.mark.parametrize(
    ("brought", "later", "status"),
    [
        ([0], 59, 200),
        ([0], 61, 400),
        ([0, 30], 89, 200),
        ([0, 30], 91, 400),
        ([0, 1_190], 1_199, 200),
        ([0, 1_190], 1_201, 400),
        ([0, 1_300], 1_301, 400),
    ],
)
def test_a_token_lives_a_minute_after_each_delivery_and_never_past_twenty(
    caller: Caller, brought: list[int], later: int, status: int
):
    event = caller.talk.say(caller.talk.person(), "はじめる")
    for after in brought:
        caller.heard(event, event["timestamp"] / 1_000 + after)
    caller.line.offset += later
    assert caller.reply(event).status_code == status


def test_a_token_nobody_was_given_is_refused(caller: Caller):
    event = caller.talk.say(caller.talk.person(), "はじめる")
    assert caller.reply(event).status_code == 400


def test_a_retry_key_on_a_reply_is_refused(caller: Caller):
    event = caller.heard(caller.talk.say(caller.talk.person(), "はじめる"))
    assert caller.reply(event, headers={"x-line-retry-key": str(uuid4())}).status_code == 400


def test_a_push_repeated_with_its_key_lands_once(caller: Caller):
    person, key = caller.talk.person(), str(uuid4())
    caller.talk.follow(person)
    assert caller.push(person, key=key).status_code == 200
    assert caller.push(person, key=key.upper()).status_code == 409
    assert caller.push(person, [{"type": "text", "text": "別"}], key).status_code == 400
    assert caller.push(person, key="one").status_code == 400
    caller.line.offset += 24 * 3_600 + 1
    assert caller.push(person, key=key).status_code == 200
    assert len(caller.line.chats[person].seen) == 2


def test_a_push_reaches_friends_and_who_wrote_within_a_week(caller: Caller):
    stranger, writer, blocker = (caller.talk.person() for _ in range(3))
    caller.talk.say(writer, "はじめる")
    caller.talk.follow(blocker)
    caller.talk.block(blocker)
    assert caller.push(stranger).status_code == 400
    assert caller.push("U" + "0" * 32).status_code == 400
    assert caller.push("..").status_code == 400
    assert caller.push(blocker).status_code == 200
    assert caller.line.chats[blocker].seen == []
    assert caller.push(writer).status_code == 200
    caller.line.offset += 7 * 24 * 3_600 + 60
    assert caller.push(writer).status_code == 400
    assert caller.line.account.used == 1, "only what was seen is counted"


def test_pushes_end_with_the_quota_and_replies_do_not(caller: Caller):
    caller.line.account.quota = 1
    person = caller.talk.person()
    event = caller.heard(caller.talk.say(person, "はじめる"))
    assert caller.push(person).status_code == 200
    refused = caller.push(person)
    assert (refused.status_code, "monthly limit" in refused.text) == (429, True)
    assert caller.reply(event).status_code == 200
    assert caller.call("GET", "/v2/bot/message/quota").json() == {"type": "limited", "value": 1}
    used = caller.call("GET", "/v2/bot/message/quota/consumption")
    assert used.json() == {"totalUsage": 1}


@pytest.mark.parametrize(
    ("status", "more"),
    [
        (401, {"headers": {"authorization": "Bearer another"}}),
        (401, {"headers": {"authorization": "trial-token"}}),
        (415, {"headers": {"content-type": "text/plain"}}),
        (400, {"content": b"{", "headers": {"content-type": "application/json"}}),
        (400, {"content": b'{"a":"\xff"}', "headers": {"content-type": "application/json"}}),
        (400, {"content": b"[" * 90_000, "headers": {"content-type": "application/json"}}),
    ],
)
def test_a_call_that_is_none_is_refused(caller: Caller, status: int, more: dict[str, Any]):
    given = {"content": b"{}", **more}
    assert caller.call("POST", "/v2/bot/message/push", **given).status_code == status


@pytest.mark.parametrize(
    ("path", "most", "make"),
    [
        ("/v2/bot/chat/loading/start", 100, lambda who: {"chatId": who, "loadingSeconds": 20}),
        ("/v2/bot/richmenu", 100, lambda who: {}),
    ],
)
def test_too_many_calls_are_refused(
    caller: Caller, path: str, most: int, make: Callable[[str], dict[str, Any]]
):
    person = caller.talk.person()
    caller.line.now = lambda: 1_000.0  # type: ignore[method-assign]
    got = [caller.call("POST", path, json=make(person)).status_code for _ in range(most + 1)]
    assert 429 not in got[:most]
    assert got[most] == 429


@pytest.mark.parametrize(("seconds", "status"), [(5, 202), (60, 202), (7, 400), (65, 400)])
def test_the_dots_come_in_steps_of_five_seconds(caller: Caller, seconds: int, status: int):
    body = {"chatId": caller.talk.person(), "loadingSeconds": seconds}
    assert caller.call("POST", "/v2/bot/chat/loading/start", json=body).status_code == status


def test_the_dots_are_for_talks_of_two_only(caller: Caller):
    group = caller.talk.group(caller.talk.person())
    answer = caller.call("POST", "/v2/bot/chat/loading/start", json={"chatId": group})
    assert answer.status_code == 400


def test_a_refusal_is_in_the_history_with_its_reason(caller: Caller):
    event = caller.heard(caller.talk.say(caller.talk.person(), "はじめる"))
    caller.reply(event, [{"type": "text", "text": ""}])
    caller.reply(event)
    first, second = caller.line.history.of("call", call="reply")
    assert (first["status"], first["visible"]) == (400, False)
    assert "messages[0].text" in first["why"]
    assert (second["visible"], second["messages"]) == (True, GOOD)
    assert second["event"] == event["webhookEventId"]
    assert "trial-token" not in str(caller.line.history.records)
    assert event["replyToken"] not in str(caller.line.history.records)
