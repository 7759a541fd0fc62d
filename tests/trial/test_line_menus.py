"""Rich menus, profiles and events on the trial LINE."""

import struct
from typing import Any

import pytest

from tests.trial.conftest import Caller


def menu(**more: Any) -> dict[str, Any]:
    area = {
        "bounds": {"x": 0, "y": 0, "width": 2_500, "height": 843},
        "action": {"type": "postback", "label": "はじめる", "data": "command=restart"},
    }
    size = {"width": 2_500, "height": 843}
    return {
        "size": size, "selected": True, "name": "menu", "chatBarText": "メニュー", "areas": [area],
    } | more  # fmt: skip


def png(width: int, height: int, weight: int = 100) -> bytes:
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR"
    return (head + struct.pack(">II", width, height)).ljust(weight, b"\0")


def upload(caller: Caller, name: str, image: bytes, kind: str = "image/png") -> int:
    path = f"/v2/bot/richmenu/{name}/content"
    return caller.data("POST", path, content=image, headers={"content-type": kind}).status_code


def test_a_menu_is_made_gets_its_image_and_is_shown_to_all(caller: Caller):
    name = caller.call("POST", "/v2/bot/richmenu", json=menu()).json()["richMenuId"]
    everybody = f"/v2/bot/user/all/richmenu/{name}"
    assert caller.call("POST", everybody).status_code == 400, "it has no image yet"
    assert upload(caller, name, png(2_500, 843)) == 200
    assert upload(caller, name, png(2_500, 843)) == 400, "once only"
    assert caller.call("POST", everybody).status_code == 200
    assert caller.call("GET", "/v2/bot/user/all/richmenu").json() == {"richMenuId": name}
    listed = caller.call("GET", "/v2/bot/richmenu/list").json()["richmenus"]
    assert [each["richMenuId"] for each in listed] == [name]
    assert caller.call("DELETE", f"/v2/bot/richmenu/{name}").status_code == 200
    assert caller.call("GET", "/v2/bot/user/all/richmenu").status_code == 404
    assert caller.call("DELETE", f"/v2/bot/richmenu/{name}").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "あ" * 301},
        {"chatBarText": "あ" * 15},
        {"areas": menu()["areas"] * 21},
        {"size": {"width": 799, "height": 500}},
        {"size": {"width": 800, "height": 249}},
        {"size": {"width": 1_000, "height": 800}},
        {"size": {"width": 2_500, "height": 800}},
        {"colour": "red"},
    ],
)
def test_a_menu_outside_the_limits_is_refused(wrong: dict[str, Any], caller: Caller):
    assert caller.call("POST", "/v2/bot/richmenu", json=menu(**wrong)).status_code == 400


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (png(2_500, 843, 1_000_001), "image/png"),
        (png(2_500, 843), "image/jpeg"),
        (png(2_400, 843), "image/png"),
        (b"GIF89a", "image/gif"),
        (b"", "image/png"),
    ],
)
def test_an_image_outside_the_limits_is_refused(image: bytes, kind: str, caller: Caller):
    name = caller.call("POST", "/v2/bot/richmenu", json=menu()).json()["richMenuId"]
    assert upload(caller, name, image, kind) == 400


def test_a_profile_is_for_those_who_are_there(caller: Caller):
    person = caller.talk.person()
    path = f"/v2/bot/profile/{person}"
    assert caller.call("GET", path).status_code == 404
    caller.talk.follow(person)
    assert caller.call("GET", path).json()["userId"] == person
    caller.talk.block(person)
    assert caller.call("GET", path).status_code == 404
    assert caller.call("GET", "/v2/bot/info").json()["userId"] == caller.line.account.bot


def test_every_kind_of_event_can_be_made_and_only_some_can_be_answered(caller: Caller):
    talk, person = caller.talk, caller.talk.person()
    group = talk.group(person)
    said = talk.say(person, "はい")
    with_token = [
        talk.follow(person), said, talk.press(person, "a=b"), talk.place(person, 35.0, 139.0),
        *(talk.send(person, kind) for kind in ("sticker", "image", "video", "audio", "file")),
        talk.join(group), talk.member_joined(group, person), talk.edit(person, said, "いいえ"),
        talk.link(person), talk.odd(person), talk.say(group, "はい", by=person),
    ]  # fmt: skip
    without = [
        talk.block(person), talk.unsend(person, said), talk.leave(group),
        talk.say(person, "はい", mode="standby"),
    ]  # fmt: skip
    assert all("replyToken" in event for event in with_token)
    assert not any("replyToken" in event for event in without)
    assert "address" not in with_token[3]["message"]
    ids = {event["webhookEventId"] for event in [*with_token, *without]}
    assert len(ids) == len(with_token) + len(without)
    assert len(caller.line.history.of("event")) == len(ids)
