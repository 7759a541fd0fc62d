"""What the trial LINE lets a Flex message be: bubbles, boxes and what may stand in them.

出典: platforms.md for sizes and labels; structure and names from line-openapi.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.trial.line_actions import FLEX_BUTTON, TOUCH
from bot.trial.line_checks import (
    Check,
    Fault,
    by_type,
    link,
    listed,
    matching,
    number,
    one_of,
    shape,
    text,
    truth,
)

BUBBLE_BYTES, CAROUSEL_BYTES, MOST_BUBBLES = 30_000, 50_000, 12
_SIZES = "xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl"
_PIXELS = r"\d+(\.\d+)?px"
_PERCENT = r"\d+(\.\d+)?%"
_COLOUR = matching(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?", 9)
_SPACE = matching(rf"none|xs|sm|md|lg|xl|xxl|{_PIXELS}", 20)
_OFFSET = matching(rf"none|xs|sm|md|lg|xl|xxl|-?{_PIXELS}|-?{_PERCENT}", 20)
_PADDING = matching(rf"none|xs|sm|md|lg|xl|xxl|{_PIXELS}|{_PERCENT}", 20)
_LENGTH = matching(rf"{_PIXELS}|{_PERCENT}", 20)
_FONT = matching(rf"{_SIZES}|{_PIXELS}", 20)
_RATIO = matching(r"\d{1,6}(\.\d+)?:\d{1,6}(\.\d+)?", 20)
_HTTPS = link("https", most=2_000)
_TEXT = text(2_000)
_PART = {"type": text(30)}
_PLACED: Mapping[str, Check] = {
    **_PART, "margin": _SPACE, "position": one_of("relative", "absolute"),
    "offsetTop": _OFFSET, "offsetBottom": _OFFSET, "offsetStart": _OFFSET, "offsetEnd": _OFFSET,
}  # fmt: skip
_FLEX = {"flex": number(0, 1_000)}
_ALIGN = {"align": one_of("start", "end", "center")}
_GRAVITY = {"gravity": one_of("top", "bottom", "center")}
_LETTERS = {
    "text": _TEXT, "size": _FONT, "color": _COLOUR, "weight": one_of("regular", "bold"),
    "style": one_of("normal", "italic"), "decoration": one_of("none", "underline", "line-through"),
}  # fmt: skip
_SHRINK = {"adjustMode": one_of("shrink-to-fit"), "scaling": truth}


def _says_something(value: dict[str, Any], at: str) -> Iterator[Fault]:
    if "text" not in value and not value.get("contents"):
        yield Fault(f"{at}.text", "must be specified")


def _contents_fit(value: dict[str, Any], at: str) -> Iterator[Fault]:
    """Icons stand in a baseline box only; there only icons, texts and fillers stand."""
    baseline = value["layout"] == "baseline"
    for place, each in enumerate(value["contents"]):
        fits = each["type"] in ("icon", "text", "filler") if baseline else each["type"] != "icon"
        if not fits:
            yield Fault(f"{at}.contents[{place}]", f"cannot stand in a {value['layout']} box")


COMPONENTS: dict[str, Check] = {}
"""What may stand in a box. A span stands in a text only, a video in a hero only."""
_COMPONENT = by_type(COMPONENTS)
_GRADIENT = shape(
    {
        **_PART, "angle": matching(r"\d+(\.\d+)?deg", 20), "startColor": _COLOUR,
        "endColor": _COLOUR, "centerColor": _COLOUR, "centerPosition": matching(_PERCENT, 20),
    },
    "angle startColor endColor",
)  # fmt: skip
BOX = shape(
    {
        **_PLACED, **_FLEX, "layout": one_of("horizontal", "vertical", "baseline"),
        "contents": listed(_COMPONENT, 1_000, least=0), "spacing": _SPACE, "action": TOUCH,
        "backgroundColor": _COLOUR, "borderColor": _COLOUR,
        "borderWidth": matching(rf"none|light|normal|medium|semi-bold|bold|{_PIXELS}", 20),
        "cornerRadius": _SPACE, "width": _LENGTH, "maxWidth": _LENGTH, "height": _LENGTH,
        "maxHeight": _LENGTH, "paddingAll": _PADDING, "paddingTop": _PADDING,
        "paddingBottom": _PADDING, "paddingStart": _PADDING, "paddingEnd": _PADDING,
        "justifyContent": one_of(
            "center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"
        ),
        "alignItems": one_of("center", "flex-start", "flex-end"),
        "background": by_type({"linearGradient": _GRADIENT}),
    },
    "layout contents",
    _contents_fit,
)  # fmt: skip
IMAGE = shape(
    {
        **_PLACED, **_FLEX, **_ALIGN, **_GRAVITY, "url": _HTTPS, "action": TOUCH,
        "size": matching(rf"{_SIZES}|full|{_PIXELS}|{_PERCENT}", 20), "aspectRatio": _RATIO,
        "aspectMode": one_of("fit", "cover"), "backgroundColor": _COLOUR, "animated": truth,
    },
    "url",
)  # fmt: skip
_SPAN = shape({**_PART, **_LETTERS}, "text")
COMPONENTS |= {
    "box": BOX,
    "image": IMAGE,
    "text": shape(
        {
            **_PLACED, **_FLEX, **_ALIGN, **_GRAVITY, **_LETTERS, **_SHRINK, "wrap": truth,
            "lineSpacing": matching(_PIXELS, 20), "maxLines": number(0, 1_000), "action": TOUCH,
            "contents": listed(by_type({"span": _SPAN}), 1_000, least=0),
        },
        "",
        _says_something,
    ),
    "button": shape(
        {
            **_PLACED, **_FLEX, **_GRAVITY, **_SHRINK, "action": FLEX_BUTTON, "color": _COLOUR,
            "style": one_of("primary", "secondary", "link"), "height": one_of("sm", "md"),
        },
        "action",
    ),
    "icon": shape(
        {**_PLACED, "url": _HTTPS, "size": _FONT, "aspectRatio": _RATIO, "scaling": truth}, "url"
    ),
    "separator": shape({**_PART, "margin": _SPACE, "color": _COLOUR}),
    "filler": shape({**_PART, **_FLEX}),
}  # fmt: skip
_VIDEO = shape(
    {
        **_PART, "url": _HTTPS, "previewUrl": _HTTPS, "aspectRatio": _RATIO, "action": TOUCH,
        "altContent": by_type({"box": BOX, "image": IMAGE}),
    },
    "url previewUrl altContent",
)  # fmt: skip


def _light(most: int) -> Check:
    """At most this many bytes, as compact JSON in UTF-8."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        if len(body.encode()) > most:
            yield Fault(at, f"must be at most {most} bytes")

    return check


def _has_a_block(value: dict[str, Any], at: str) -> Iterator[Fault]:
    if not {"header", "hero", "body", "footer"} & set(value):
        yield Fault(at, "must have at least one block")


_BLOCK_STYLE = shape({"backgroundColor": _COLOUR, "separator": truth, "separatorColor": _COLOUR})
_STYLES = shape(dict.fromkeys(("header", "hero", "body", "footer"), _BLOCK_STYLE))
_BLOCK = by_type({"box": BOX})
BUBBLE = shape(
    {
        **_PART, "direction": one_of("ltr", "rtl"), "styles": _STYLES, "header": _BLOCK,
        "hero": by_type({"box": BOX, "image": IMAGE, "video": _VIDEO}), "body": _BLOCK,
        "footer": _BLOCK, "action": TOUCH,
        "size": one_of("nano", "micro", "deca", "hecto", "kilo", "mega", "giga"),
    },
    "",
    _has_a_block,
    _light(BUBBLE_BYTES),
)  # fmt: skip
_CAROUSEL = shape(
    {**_PART, "contents": listed(by_type({"bubble": BUBBLE}), MOST_BUBBLES)},
    "contents",
    _light(CAROUSEL_BYTES),
)
CONTAINER = by_type({"bubble": BUBBLE, "carousel": _CAROUSEL})
