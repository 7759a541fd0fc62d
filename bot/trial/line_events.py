"""The events of the trial LINE: what the webhook says of what people do.

Names of the properties from line-openapi (webhook.yml). Every event carries what that calls
required; whoever wants a broken one takes a property out of it.
"""

from collections.abc import Mapping
from typing import Any

from bot.trial.line_people import Ids

Event = dict[str, Any]
MEDIA = ("image", "video", "audio", "file")
WITHOUT_TOKEN = ("unfollow", "unsend", "leave", "memberLeft")


def event(
    ids: Ids, kind: str, source: Mapping[str, str], at: float, mode: str = "active", **more: Any
) -> Event:
    """One event of this kind; `at` in seconds. In standby it has no reply token."""
    made: Event = {
        "type": kind,
        "mode": mode,
        "timestamp": int(at * 1_000),
        "source": dict(source),
        "webhookEventId": ids.event(),
        "deliveryContext": {"isRedelivery": False},
        **more,
    }
    if kind not in WITHOUT_TOKEN and mode == "active":
        made["replyToken"] = ids.token()
    return made


def source(chat: str, person: str = "") -> dict[str, str]:
    """Where it happened: in a talk of two, in a group or in a room."""
    if chat.startswith("U"):
        return {"type": "user", "userId": chat}
    name = "group" if chat.startswith("C") else "room"
    return {"type": name, f"{name}Id": chat} | ({"userId": person} if person else {})


def message(ids: Ids, kind: str, **more: Any) -> dict[str, Any]:
    """The content of a message event: text, location, sticker, image, video, audio or file."""
    made: dict[str, Any] = {"type": kind, "id": ids.message(), "markAsReadToken": ids.token(40)}
    if kind in ("text", "sticker", "image", "video"):
        made["quoteToken"] = ids.token(40)
    if kind == "sticker":
        made |= {"packageId": "446", "stickerId": "1988", "stickerResourceType": "STATIC"}
    if kind in ("image", "video", "audio"):
        made["contentProvider"] = {"type": "line"}
    if kind in ("video", "audio"):
        made["duration"] = 60_000
    if kind == "file":
        made |= {"fileName": "file.pdf", "fileSize": 2_138}
    return made | more


def said(made: Event) -> dict[str, Any]:
    """What was said in an event, for the history: `kind` and what a judge needs of it."""
    if made["type"] == "postback":
        return {"kind": "press", "data": made["postback"]["data"]}
    if made["type"] in ("message", "messageEdited"):
        content = made["message"]
        words = {"text": content["text"]} if content["type"] == "text" else {}
        return {"kind": content["type"], "message": content["id"], **words}
    taken_back = {"message": made["unsend"]["messageId"]} if made["type"] == "unsend" else {}
    return {"kind": made["type"], **taken_back}
