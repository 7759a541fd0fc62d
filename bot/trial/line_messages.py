"""What the trial LINE lets a message be: `faults_of` looks at a whole request.

出典: platforms.md "LINE: sending"; names of the properties from line-openapi.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.trial.line_actions import IMAGE_CAROUSEL, QUICK_REPLY, TEMPLATE
from bot.trial.line_checks import (
    Check,
    Fault,
    anything,
    by_type,
    graphemes,
    link,
    listed,
    matching,
    number,
    one_of,
    shape,
    text,
    truth,
)
from bot.trial.line_flex import CONTAINER

MOST_MESSAGES, MOST_QUICK_REPLIES, MOST_TEXT, MOST_ALT = 5, 13, 5_000, 1_500
ID = r"[UCR][0-9a-f]{32}"
_HTTPS = link("https", most=2_000)
_QUICK = shape({"type": one_of("action"), "imageUrl": _HTTPS, "action": QUICK_REPLY}, "type action")
_COMMON: Mapping[str, Check] = {
    "type": text(30),
    "quickReply": shape({"items": listed(_QUICK, MOST_QUICK_REPLIES)}, "items"),
    "sender": shape({"name": text(20, graphemes), "iconUrl": _HTTPS}),
}


def _titled(longest: int, short: int) -> Check:
    """The text of a template: shorter where it has an image or a title."""

    def check(value: dict[str, Any], at: str) -> Iterator[Fault]:
        most = short if {"title", "thumbnailImageUrl"} & set(value) else longest
        yield from text(most)(value["text"], f"{at}.text")

    return check


def _alike(value: dict[str, Any], at: str) -> Iterator[Fault]:
    """The columns of a carousel have all the same number of actions."""
    if len({len(column["actions"]) for column in value["columns"]}) > 1:
        yield Fault(f"{at}.columns", "all columns must have the same number of actions")


_PICTURE: Mapping[str, Check] = {
    "imageAspectRatio": one_of("rectangle", "square"), "imageSize": one_of("cover", "contain"),
}  # fmt: skip
_CARD: Mapping[str, Check] = {
    "thumbnailImageUrl": _HTTPS, "imageBackgroundColor": matching("#[0-9a-fA-F]{6}", 7),
    "title": text(40), "text": text(160), "defaultAction": TEMPLATE,
}  # fmt: skip
_BUTTONS = shape(
    {**_CARD, **_PICTURE, "type": text(30), "actions": listed(TEMPLATE, 4)},
    "text actions",
    _titled(160, 60),
)
_COLUMN = shape(
    {**_CARD, "text": text(120), "actions": listed(TEMPLATE, 3)}, "text actions", _titled(120, 60)
)
_CONFIRM = shape(
    {"type": text(30), "text": text(240), "actions": listed(TEMPLATE, 2, least=2)}, "text actions"
)
_CAROUSEL = shape({**_PICTURE, "type": text(30), "columns": listed(_COLUMN, 10)}, "columns", _alike)
_IMAGE_COLUMN = shape({"imageUrl": _HTTPS, "action": IMAGE_CAROUSEL}, "imageUrl action")
_IMAGES = shape({"type": text(30), "columns": listed(_IMAGE_COLUMN, 10)}, "columns")
_TEMPLATE = by_type(
    {
        "buttons": _BUTTONS, "confirm": _CONFIRM, "carousel": _CAROUSEL, "image_carousel": _IMAGES,
    }
)  # fmt: skip
_EMOJI = shape(
    {"index": number(0, MOST_TEXT), "productId": text(100), "emojiId": text(100)},
    "index productId emojiId",
)
_TWO = "originalContentUrl previewImageUrl"


def _message(properties: Mapping[str, Check], required: str) -> Check:
    return shape({**_COMMON, **properties}, required)


_QUOTE: Mapping[str, Check] = {"quoteToken": text(1_000)}
_FILES: Mapping[str, Check] = {"originalContentUrl": _HTTPS, "previewImageUrl": _HTTPS}
MESSAGE = by_type(
    {
        "text": _message(
            {**_QUOTE, "text": text(MOST_TEXT), "emojis": listed(_EMOJI, 20, least=0)}, "text"
        ),
        "textV2": _message({**_QUOTE, "text": text(MOST_TEXT), "substitution": anything}, "text"),
        "sticker": _message(
            {**_QUOTE, "packageId": text(100), "stickerId": text(100)}, "packageId stickerId"
        ),
        "image": _message(_FILES, _TWO),
        "video": _message({**_FILES, "trackingId": text(100)}, _TWO),
        "audio": _message(
            {"originalContentUrl": _HTTPS, "duration": number(1, 2**31)},
            "originalContentUrl duration",
        ),
        "location": _message(
            {
                "title": text(100), "address": text(100),
                "latitude": number(-90, 90, whole=False),
                "longitude": number(-180, 180, whole=False),
            },
            "title address latitude longitude",
        ),
        "template": _message(
            {"altText": text(MOST_ALT), "template": _TEMPLATE}, "altText template"
        ),
        "flex": _message({"altText": text(MOST_ALT), "contents": CONTAINER}, "altText contents"),
    }
)  # fmt: skip
"""Image maps and coupons are not rebuilt: this platform refuses them."""
_MESSAGES = listed(MESSAGE, MOST_MESSAGES)
REPLY = shape(
    {"replyToken": text(1_000), "messages": _MESSAGES, "notificationDisabled": truth},
    "replyToken messages",
)
PUSH = shape(
    {
        "to": matching(ID, 33), "messages": _MESSAGES, "notificationDisabled": truth,
        "customAggregationUnits": listed(matching("[A-Za-z0-9_]{1,30}"), 1),
    },
    "to messages",
)  # fmt: skip


def _steps_of_five(value: dict[str, Any], at: str) -> Iterator[Fault]:
    if value.get("loadingSeconds", 5) % 5:
        yield Fault("loadingSeconds", "must be a multiple of 5")


LOADING = shape(
    {"chatId": matching("U[0-9a-f]{32}", 33), "loadingSeconds": number(5, 60)},
    "chatId",
    _steps_of_five,
)


def faults_of(check: Callable[[Any, str], Iterator[Fault]], body: Any) -> list[Fault]:
    """Everything wrong with a request, in its order."""
    try:
        return list(check(body, ""))
    except RecursionError:
        return [Fault("", "nested too deep")]


def message_faults(messages: Any) -> list[Fault]:
    """Everything wrong with the messages of one call."""
    return list(_MESSAGES(messages, "messages"))
