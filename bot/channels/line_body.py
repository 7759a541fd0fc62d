"""A request from LINE: is it LINE's, is it for this bot, and is it safe to take apart?

Everything about the body as a whole is refused here, before a single event of it is looked at.
"""

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from hmac import compare_digest
from hmac import digest as hmac_digest
from typing import Any

from bot.errors import NotHeard

MOST_BYTES = 1024 * 1024
DEEPEST = 32
"""Levels of nesting; LINE's own events have six."""
MOST_EVENTS = 1_000
MOST_BRACKETS = 100_000
LONGEST_NUMBER = 20
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)
"""Strings (the last may be open) and brackets; linear, whatever it is given."""


def open_body(
    body: bytes, signature: str | None, secrets: Sequence[bytes], bot: str
) -> tuple[str, list[Any]]:
    """The destination and the raw events of a request. `bot` "" means any destination is right.

    Raises NotHeard: 401 signature, 400 shape, depth, number of events, or destination.
    """
    if not genuine(body, signature, secrets):
        raise NotHeard(401, "signature")
    data = _parsed(body)
    events = data.get("events") if isinstance(data, dict) else None
    if not isinstance(events, list):
        raise NotHeard(400, "shape")
    if len(events) > MOST_EVENTS:
        raise NotHeard(400, "events")
    destination = data.get("destination")
    destination = destination if isinstance(destination, str) else ""
    if bot and destination != bot:
        raise NotHeard(400, "destination")
    return destination, events


def genuine(body: bytes, signature: str | None, secrets: Sequence[bytes]) -> bool:
    """Was the body signed with one of the secrets? Takes as long whichever it is, or none."""
    given = (signature or "").encode("utf-8", "replace")
    found = False
    for secret in secrets:
        found |= compare_digest(b64encode(hmac_digest(secret, body, "sha256")), given)
    return found


def _parsed(body: bytes) -> Any:
    """The JSON of a body that is not too deep. Numbers of absurd length stay text."""
    if too_deep(body):
        raise NotHeard(400, "depth")
    try:
        text = body.decode()
        try:
            return json.loads(text)
        except ValueError:
            return json.loads(text, parse_int=_number)
    except (ValueError, RecursionError):
        raise NotHeard(400, "json") from None


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


def too_deep(body: bytes) -> bool:
    """Would parsing it go deeper than DEEPEST, or through more brackets than any real body has?"""
    brackets = body.count(b"{") + body.count(b"[")
    if brackets <= DEEPEST:
        return False
    if brackets > MOST_BRACKETS:
        return True
    depth = 0
    for token in _TOKENS.finditer(body):
        first = body[token.start()]
        if first in b"[{":
            depth += 1
            if depth > DEEPEST:
                return True
        elif first in b"]}":
            depth -= 1
    return False
