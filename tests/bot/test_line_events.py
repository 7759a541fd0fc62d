"""What arrives from LINE: whose it is, and what each event of it means."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.channel import Arrived, Blocked, Elsewhere, Ignored, Unreadable, Unsent
from bot.channels.line_body import DEEPEST, MOST_EVENTS, open_body, too_deep
from bot.channels.line_events import clean, read_events, shape
from bot.errors import NotHeard
from dialogs.heard import Hello, Place, Press, Text, Wordless
from tests.bot.line_bodies import (
    BOT,
    GROUP,
    IN_GROUP,
    IN_ROOM,
    SECRET,
    TOKEN,
    USER,
    body,
    event,
    message,
    press,
    sign,
    text,
    without,
)

SECRETS = (SECRET.encode(),)
VECTOR = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
PLACE = {"latitude": 35.65910807942215, "longitude": 139.70372892916203}


def only(made: Any) -> Arrived | Unreadable | Ignored:
    (read,) = read_events(BOT, [made])
    return read


def said(made: Any) -> object:
    read = only(made)
    assert isinstance(read, Arrived)
    return read.said


def refused(raw: bytes, signature: str | None = None, bot: str = "") -> int:
    with pytest.raises(NotHeard) as caught:
        open_body(raw, sign(raw) if signature is None else signature, SECRETS, bot)
    return caught.value.status


# -- the body as a whole --------------------------------------------------------------------------


def test_the_known_answer_of_the_signature_is_right():
    signature = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="
    assert open_body(VECTOR, signature, SECRETS, "") == (BOT, [])


def test_the_signature_of_either_secret_serves_during_a_swap():
    for secret in ("new", "old"):
        assert open_body(VECTOR, sign(VECTOR, secret), (b"new", b"old"), BOT) == (BOT, [])
    with pytest.raises(NotHeard):
        open_body(VECTOR, sign(VECTOR), (b"new", b"old"), BOT)


@pytest.mark.parametrize("signature", ["", "x", "é", "\udcff", sign(VECTOR)[:-1], sign(b"")])
def test_a_wrong_signature_is_401_whatever_it_is(signature: str):
    assert refused(VECTOR, signature) == 401


def test_a_missing_signature_is_401():
    with pytest.raises(NotHeard) as caught:
        open_body(VECTOR, None, SECRETS, "")
    assert caught.value.status == 401


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"[]", b"null", b"1", b'"x"', b"{}", b'{"events":null}', b'{"events":{}}',
        b"\xff\xfe", b"\xef\xbb\xbf{}", b'{"events":"[]"}', b'{"events":[]}x',
    ],
)  # fmt: skip
def test_a_signed_body_of_another_shape_is_400(raw: bytes):
    assert refused(raw) == 400


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'{"events":[', b'[{"a":"]"},'])
def test_nesting_too_deep_is_400_before_it_is_parsed(opening: bytes):
    assert refused(opening * 100_000) == 400


def test_brackets_in_texts_do_not_count_as_depth():
    raw = body(text("[{" * 400 + '"\\'), text("x"))
    assert not too_deep(raw)
    assert len(open_body(raw, sign(raw), SECRETS, "")[1]) == 2
    assert too_deep(b"[" * (DEEPEST + 1))


def test_more_events_than_any_request_has_are_400():
    assert refused(body(*[1] * (MOST_EVENTS + 1))) == 400


def test_a_number_of_5000_digits_harms_only_its_own_event():
    raw = body(text(), text()).replace(b"1462629479859", b"1" * 5000, 1)
    first, second = read_events(*open_body(raw, sign(raw), SECRETS, ""))
    assert isinstance(first, Unreadable)
    assert isinstance(second, Arrived)


def test_another_bots_events_are_refused_where_ours_is_known():
    raw = body(text())
    assert open_body(raw, sign(raw), SECRETS, BOT)[0] == BOT
    assert refused(raw, bot=USER) == 400


# -- event by event -------------------------------------------------------------------------------


def test_a_text_carries_everything_the_spine_needs():
    made = text("30人です")
    read = only(made)
    assert isinstance(read, Arrived)
    assert read.said == Text("30人です")
    assert (read.address.platform, read.address.team, read.address.user) == ("line", BOT, USER)
    assert read.event == made["webhookEventId"]
    assert read.at == datetime(2016, 5, 7, 13, 57, 59, 859000, tzinfo=UTC)
    assert (read.message, read.reply_token, read.redelivered) == ("325708", TOKEN, False)


@pytest.mark.parametrize(
    ("made", "meant"),
    [
        (press("standing=own"), Press("standing=own")),
        (event("follow", follow={"isUnblocked": False}), Hello()),
        (event("unfollow"), Blocked()),
        (event("unsend", unsend={"messageId": "325708"}), Unsent("325708")),
        (message("location", **PLACE, address="渋谷区"), Place("渋谷区", *PLACE.values())),
        (message("location", **PLACE), Place(None, *PLACE.values())),
        *((message(kind), Wordless()) for kind in ("sticker", "image", "video", "audio", "file")),
        (event("join", IN_GROUP), Elsewhere()),
        (text(source=IN_GROUP), Elsewhere()),
        (text(source=IN_ROOM), Elsewhere()),
    ],
)  # fmt: skip
def test_every_kind_of_event_means_what_it_should(made: Any, meant: object):
    assert said(made) == meant


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (text() | {"mode": "standby"}, "standby"),
        (event("messageEdited", message={"id": "1", "type": "text", "text": "x"}), "edited"),
        (event("beacon", beacon={"hwid": "1", "type": "enter"}), "unknown"),
        (event("somethingNew"), "unknown"),
        (message("somethingNew"), "unknown"),
        (without(text(), "message", "text"), "incomplete"),
        (without(message("location", **PLACE), "message", "latitude"), "incomplete"),
        (message("location", latitude=91, longitude=0), "incomplete"),
        (without(press("x=y"), "postback", "data"), "incomplete"),
        (event("unsend", unsend={}), "incomplete"),
        (message("sticker", IN_GROUP), "group"),
        (event("leave", IN_GROUP), "group"),
    ],
)
def test_what_is_none_of_ours_is_ignored_with_its_reason(made: Any, reason: str):
    assert only(made) == Ignored(reason)


@pytest.mark.parametrize(
    "made",
    [
        None, "x", 1, [], {}, {"type": 1},
        without(text(), "webhookEventId"), text() | {"webhookEventId": ""},
        text() | {"webhookEventId": "a\nb"}, text() | {"mode": "quiet"}, without(text(), "mode"),
        *(text() | {"timestamp": at} for at in ("abc", None, 1.5, True, -1, 10**18, [])),
        without(text(), "source"), without(text(), "source", "userId"),
        *(text() | {"source": {"type": "user", "userId": id}} for id in ("..", "U/../x", "", 1)),
        text() | {"source": {"type": "cat"}}, without(text(), "message"), text() | {"message": 1},
    ],
)  # fmt: skip
def test_an_odd_event_is_parked_and_never_harms_its_neighbours(made: Any):
    before, odd, after = read_events(BOT, [text("a"), made, text("b")])
    assert isinstance(odd, Unreadable)
    assert isinstance(before, Arrived)
    assert isinstance(after, Arrived)


def test_a_parked_event_keeps_who_it_was_and_not_what_was_said():
    made = text("ひみつ") | {"timestamp": "abc"}
    read = only(made)
    assert isinstance(read, Unreadable)
    assert read.event == made["webhookEventId"]
    assert read.address
    assert (read.address.user, read.reply_token, read.error) == (USER, TOKEN, "timestamp")
    assert "ひみつ" not in read.shape
    assert '"text": 3' in read.shape


def test_a_group_is_known_as_a_whole_and_not_by_its_members():
    read = only(text(source=IN_GROUP))
    assert isinstance(read, Arrived)
    assert (read.address.channel, read.address.user) == (GROUP, "")


def test_texts_are_cleaned_of_what_no_database_can_hold():
    assert said(text("a\0b\ud800c")) == Text("ab\ufffdc")
    assert clean("絵文字😀") == "絵文字😀"


def test_a_shape_tells_no_text_no_number_and_no_odd_key():
    told = json.dumps(shape({"text": "ひみつ", "鍵": 12345, "list": ["abc"], "flag": True}))
    assert json.loads(told) == {"text": 3, "(1)": "int", "list": [3], "flag": True}


# -- the official SDK as an oracle ----------------------------------------------------------------


def test_the_official_parser_reads_the_same_from_good_events():
    from linebot.v3.webhook import WebhookParser  # noqa: PLC0415 - slow to import

    kinds = [text("はい"), press("standing=own"), event("follow", follow={"isUnblocked": True})]
    kinds += [event("unsend", unsend={"messageId": "1"}), message("location", **PLACE, title="x")]
    raw = body(*kinds)
    theirs = WebhookParser(SECRET).parse(raw.decode(), sign(raw))
    ours = read_events(*open_body(raw, sign(raw), SECRETS, BOT))
    for one, other in zip(theirs, ours, strict=True):
        assert isinstance(other, Arrived)
        assert one.webhook_event_id == other.event
        assert one.source.user_id == other.address.user
        assert one.timestamp == int(other.at.timestamp() * 1000)
        assert (getattr(one, "reply_token", "") or TOKEN) == other.reply_token
    first, second = ours[:2]
    assert isinstance(first, Arrived)
    assert isinstance(second, Arrived)
    assert first.said == Text(theirs[0].message.text)
    assert second.said == Press(theirs[1].postback.data)


@given(st.binary(max_size=200))
def test_the_official_validator_agrees_on_every_signature(raw: bytes):
    from linebot.v3.webhook import SignatureValidator  # noqa: PLC0415

    try:
        theirs = SignatureValidator(SECRET).validate(raw.decode(), sign(raw))
    except UnicodeDecodeError:
        return
    assert theirs


# -- anything at all ------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
NAMES = (
    "type",
    "mode",
    "timestamp",
    "source",
    "webhookEventId",
    "message",
    "postback",
    "replyToken",
)


@given(JSON)
def test_any_json_is_read_or_parked_and_never_raises(made: Any):
    assert isinstance(only(made), Arrived | Unreadable | Ignored)


@given(
    st.sampled_from([text(), press("a=b"), message("location", **PLACE)]),
    st.sampled_from(NAMES),
    JSON,
)
def test_any_value_in_any_part_of_a_good_event_never_raises(good: Any, name: str, value: Any):
    assert isinstance(only({**good, name: value}), Arrived | Unreadable | Ignored)


@given(st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_signed_body_is_opened_or_refused_with_400(raw: bytes):
    status = 200
    try:
        open_body(raw, sign(raw), SECRETS, "")
    except NotHeard as error:
        status = error.status
    assert status in (200, 400)
