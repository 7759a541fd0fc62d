"""LINE's events, one by one: each becomes something said, something ignored, or is put aside.

Nothing in one event can harm its neighbours, and nothing here raises. Names of the properties:
line-openapi, webhook.yml.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.channels.channel import (
    Arrived,
    Blocked,
    Elsewhere,
    Ignored,
    Unreadable,
    Unsent,
)
from bot.channels.line_parts import (
    address_of,
    clean,
    degrees,
    is_id,
    message_id,
    odd,
    part,
    redelivered,
    shape,
    token_of,
)
from bot.errors import NotHeard
from dialogs.heard import Hello, Place, Press, Said, Text, Wordless

LONGEST_TEXT = 5_000
LONGEST_SHAPE = 2_000
LAST_TIME = 253_402_300_799_999
"""The end of the year 9999 in milliseconds, the last a datetime can hold."""
MEDIA = frozenset({"sticker", "image", "video", "audio", "file"})
_Deed = Said | Blocked | Unsent | Elsewhere

Read = Arrived | Unreadable | Ignored


def read_events(destination: str, events: Sequence[Any]) -> list[Read]:
    """What each event is, in their order."""
    return [_read(destination, event) for event in events]


def _read(destination: str, event: Any) -> Read:
    try:
        return _event(destination, event)
    except Exception as error:
        return _unreadable(destination, event, error)


def _event(destination: str, event: Any) -> Read:
    """Raises NotHeard for what cannot be read."""
    if not isinstance(event, dict):
        raise odd("event")
    kind = event.get("type")
    if not isinstance(kind, str):
        raise odd("type")
    mode = event.get("mode")
    if mode == "standby":
        return Ignored("standby")
    if mode != "active":
        raise odd("mode")
    deed = _deed(kind, event)
    if isinstance(deed, Ignored):
        return deed
    at, id = event.get("timestamp"), event.get("webhookEventId")
    if type(at) is not int or not 0 <= at <= LAST_TIME:
        raise odd("timestamp")
    if not is_id(id):
        raise odd("webhookEventId")
    address = address_of(destination, event.get("source"))
    return Arrived(
        address,
        id,
        datetime.fromtimestamp(at / 1000, UTC),
        deed,
        message_id(event),
        token_of(event),
        redelivered(event),
    )


def _deed(kind: str, event: Mapping[str, Any]) -> _Deed | Ignored:
    """What was done. Raises NotHeard where a part that must be there has a wrong shape."""
    if _in_group(event):
        return _in_a_group(kind, event)
    match kind:
        case "message":
            return _message(part(event, "message"))
        case "postback":
            data = part(event, "postback").get("data")
            return Press(clean(data)) if isinstance(data, str) else Ignored("incomplete")
        case "follow":
            return Hello()
        case "unfollow":
            return Blocked()
        case "unsend":
            taken_back = part(event, "unsend").get("messageId")
            return Unsent(taken_back) if is_id(taken_back) else Ignored("incomplete")
        case "messageEdited":
            # Not sent in talks of two today; a text changed later answers no later question.
            return Ignored("edited")
        case _:
            return Ignored("unknown")


def _in_a_group(kind: str, event: Mapping[str, Any]) -> Elsewhere | Ignored:
    """Where others read along nothing is asked: who speaks to the bot is pointed to the talk."""
    if kind in {"join", "postback"}:
        return Elsewhere()
    if kind == "message" and part(event, "message").get("type") == "text":
        return Elsewhere()
    return Ignored("group")


def _message(message: Mapping[str, Any]) -> _Deed | Ignored:
    kind = message.get("type")
    if not isinstance(kind, str):
        raise odd("message.type")
    if kind == "text":
        text = message.get("text")
        return Text(clean(text)[:LONGEST_TEXT]) if isinstance(text, str) else Ignored("incomplete")
    if kind == "location":
        return _place(message)
    return Wordless() if kind in MEDIA else Ignored("unknown")


def _place(message: Mapping[str, Any]) -> Place | Ignored:
    latitude, longitude = message.get("latitude"), message.get("longitude")
    if not (degrees(latitude, 90) and degrees(longitude, 180)):
        return Ignored("incomplete")
    address = message.get("address")
    named = clean(address)[:LONGEST_TEXT] if isinstance(address, str) else None
    return Place(named, float(latitude), float(longitude))  # type: ignore[arg-type]


def _in_group(event: Mapping[str, Any]) -> bool:
    source = event.get("source")
    return isinstance(source, dict) and source.get("type") in ("group", "room")


def _unreadable(destination: str, event: Any, error: Exception) -> Unreadable:
    """What is kept of an event that could not be read: ids where they are good, and its shape."""
    given = event if isinstance(event, dict) else {}
    id, kind = given.get("webhookEventId"), given.get("type")
    try:
        address = address_of(destination, given.get("source"))
    except NotHeard:
        address = None
    reason = error.reason if isinstance(error, NotHeard) else type(error).__name__
    return Unreadable(
        id if is_id(id) else None,
        address,
        kind if isinstance(kind, str) and kind.isalpha() and len(kind) <= 40 else "",
        reason,
        json.dumps(shape(event), ensure_ascii=True)[:LONGEST_SHAPE],
        token_of(given),
        redelivered(given),
    )
