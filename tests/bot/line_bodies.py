"""Bodies as LINE sends them, signed, and one event of each kind."""

import base64
import hmac
import json
from itertools import count
from typing import Any

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
BOT = "U8e742f61d673b39c7fff3cecb7536ef0"
USER = "U206d25c2ea6bd87c17655609a1c37cb8"
GROUP = "Ca56f94637cc4347f90a25382909b24b9"
ROOM = "Ra8dbf4673c4c812cd491258042226c99"
TOKEN = "nHuyWiB7yP5Zw52FIkcQobQuGDXCTA"
_numbers = count(1)

Event = dict[str, Any]


def sign(body: bytes, secret: str = SECRET) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), body, "sha256")).decode()


def body(*events: Any, **more: Any) -> bytes:
    whole = {"destination": BOT, "events": list(events), **more}
    return json.dumps(whole, ensure_ascii=True).encode()


def event(kind: str, source: dict[str, str] | None = None, **more: Any) -> Event:
    """One event, in the form of the documentation's samples."""
    return {
        "replyToken": TOKEN,
        "type": kind,
        "mode": "active",
        "timestamp": 1462629479859,
        "source": source or {"type": "user", "userId": USER},
        "webhookEventId": f"01FZ74A0TDDPYRVKNK{next(_numbers):08d}",
        "deliveryContext": {"isRedelivery": False},
        **more,
    }


def message(kind: str, source: dict[str, str] | None = None, **more: Any) -> Event:
    return event("message", source, message={"id": "325708", "type": kind, **more})


def text(words: str = "こんにちは", source: dict[str, str] | None = None) -> Event:
    return message("text", source, text=words, quoteToken="q3Plxr4AgKd")


def press(data: str) -> Event:
    return event("postback", postback={"data": data})


def without(made: Event, *path: str) -> Event:
    """The same event without one part, given by its path."""
    copy: Event = json.loads(json.dumps(made))
    inner = copy
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return copy


IN_GROUP = {"type": "group", "groupId": GROUP, "userId": USER}
IN_ROOM = {"type": "room", "roomId": ROOM}
