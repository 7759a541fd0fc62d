"""What the trial LINE lets an action be, by the place it stands in.

出典: platforms.md "LINE: sending"; the names of the properties from line-openapi.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.trial.line_checks import (
    Check,
    Fault,
    by_type,
    graphemes,
    link,
    matching,
    one_of,
    shape,
    text,
)

DATA, WORDS = text(300), text(300)
SCHEMES = ("http", "https", "line", "tel")
_MOMENT = matching(r"\d{4}-\d\d-\d\d([Tt]\d\d:\d\d)?|\d\d:\d\d", 20)


def _one_answer(value: dict[str, Any], at: str) -> Iterator[Fault]:
    """`text` is the old name of `displayText`: both at once is refused."""
    if "text" in value and "displayText" in value:
        yield Fault(f"{at}.text", "cannot be set together with displayText")
    if "fillInText" in value and value.get("inputOption") != "openKeyboard":
        yield Fault(f"{at}.fillInText", "needs inputOption openKeyboard")


def _kinds(label: Check, must: str) -> dict[str, Check]:
    """The actions that may stand anywhere; `must` is " label" where a label is required."""
    base: Mapping[str, Check] = {"type": text(30), "label": label}
    postback = {
        "data": DATA, "displayText": WORDS, "text": WORDS, "fillInText": WORDS,
        "inputOption": one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"),
    }  # fmt: skip
    picker = {
        "data": DATA, "mode": one_of("date", "time", "datetime"),
        "initial": _MOMENT, "max": _MOMENT, "min": _MOMENT,
    }  # fmt: skip
    desktop = shape({"desktop": link(*SCHEMES)}, "desktop")
    return {
        "postback": shape({**base, **postback}, f"data{must}", _one_answer),
        "message": shape({**base, "text": WORDS}, f"text{must}"),
        "uri": shape({**base, "uri": link(*SCHEMES), "altUri": desktop}, f"uri{must}"),
        "datetimepicker": shape({**base, **picker}, f"data mode{must}"),
        "clipboard": shape({**base, "clipboardText": text(1_000)}, f"clipboardText{must}"),
    }


def _label(most: int) -> Check:
    return text(most, graphemes)


_QUICK = _kinds(_label(20), " label")
_HERE = {"type": text(30), "label": _label(20)}
QUICK_REPLY = by_type(
    {**_QUICK, **{kind: shape(_HERE, "label") for kind in ("camera", "cameraRoll", "location")}}
)
"""Camera, photos and place can be asked for in a quick reply only."""
TEMPLATE = by_type(_kinds(_label(20), " label"))
FLEX_BUTTON = by_type(_kinds(_label(40), " label"))
TOUCH = by_type(_kinds(_label(40), ""))
"""A box, a text, an image or a whole bubble that can be touched: the label is optional."""
IMAGE_CAROUSEL = by_type(_kinds(_label(12), ""))
_SWITCH = shape({**_HERE, "data": DATA, "richMenuAliasId": text(32)}, "data richMenuAliasId")
RICH_MENU = by_type({**_kinds(_label(20), ""), "richmenuswitch": _SWITCH})
