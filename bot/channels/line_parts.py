"""The parts of LINE's events: ids, addresses, texts and tokens, each looked at before it is used.

Whatever has a wrong shape raises NotHeard naming the part, or is as if it were not there.
"""

import math
import re
from collections.abc import Mapping
from typing import Any, TypeGuard

from bot.channels.channel import Address
from bot.errors import NotHeard

PLATFORM = "line"
LONGEST_TOKEN = 300
# LINE's own samples shorten ids with dots; a slash never gets through.
_USER = re.compile(r"U[0-9A-Za-z._-]{1,64}")
_GROUP = re.compile(r"[CR][0-9A-Za-z._-]{1,64}")
_ID = re.compile(r"[!-~]{1,100}")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def degrees(value: object, most: int) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and abs(value) <= most  # type: ignore[arg-type]


def address_of(destination: str, source: Any) -> Address:
    """Who it is: a person, or a group or room as a whole, whose members nobody needs to know."""
    if not isinstance(source, dict):
        raise odd("source")
    kind = source.get("type")
    if kind == "user":
        return Address(PLATFORM, "", clean(destination), "", _id(source, "userId", _USER), "")
    if kind in {"group", "room"}:
        place = _id(source, f"{kind}Id", _GROUP)
        return Address(PLATFORM, "", clean(destination), place, "", "")
    raise odd("source.type")


def _id(source: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    value = source.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise odd(f"source.{name}")
    return value


def is_id(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def part(event: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = event.get(name)
    if not isinstance(found, dict):
        raise odd(name)
    return found


def message_id(event: Mapping[str, Any]) -> str:
    message = event.get("message")
    id = message.get("id") if isinstance(message, dict) else None
    return id if is_id(id) else ""


def token_of(event: Mapping[str, Any]) -> str:
    token = event.get("replyToken")
    return (
        token if isinstance(token, str) and len(token) <= LONGEST_TOKEN and token.isascii() else ""
    )


def redelivered(event: Mapping[str, Any]) -> bool:
    context = event.get("deliveryContext")
    return isinstance(context, dict) and context.get("isRedelivery") is True


def clean(text: str) -> str:
    """Text as databases and logs can hold it: no NUL, no half of a surrogate pair."""
    if text.isascii():
        return text.replace("\0", "")
    return _SURROGATE.sub("\ufffd", text.replace("\0", ""))


def odd(where: str) -> NotHeard:
    return NotHeard(400, where)


def shape(value: Any) -> Any:
    """The same with each text replaced by its length and each number by its kind."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return {_name(key): shape(below) for key, below in value.items()}
    if isinstance(value, list):
        return [shape(below) for below in value[:20]]
    return value if value is None or isinstance(value, bool) else type(value).__name__


def _name(key: str) -> str:
    """Names of properties are LINE's; whatever does not look like one is not repeated."""
    return key if key.isascii() and key.isalpha() and len(key) <= 30 else f"({len(key)})"
