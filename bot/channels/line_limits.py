"""Our own table of LINE's limits, and `misfits`: what of a payload LINE would refuse or cut.

It knows only what this bot sends; anything else is a misfit. 出典: platforms.md "LINE: sending".
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import regex

from bot.channels.line_shapes import odd_values

MESSAGES = 5
TEXT, ALT_TEXT, DATA, DISPLAY, URI, CLIPBOARD = 5_000, 1_500, 300, 300, 1_000, 1_000
"""In UTF-16 units, but postback data, which is in bytes of UTF-8 (protocol.md)."""
QUICK_REPLIES = 13
QUICK_LABEL, FLEX_LABEL = 20, 40
"""In graphemes: what a reader sees as one character."""
BUBBLE_BYTES = 30_000

Json = Mapping[str, Any]
_ACTIONS = {
    "postback": ({"data"}, {"displayText"}),
    "uri": ({"uri"}, set[str]()),
    "clipboard": ({"clipboardText"}, set[str]()),
}
"""The actions we send: what they must have and what they may have, `label` apart."""
_LENGTHS: Mapping[str, tuple[str, int, Callable[[str], int]]]
_SIZES = {"xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl"}
_SPACES = {"none", "xs", "sm", "md", "lg", "xl", "xxl"}
_BUBBLES = {"nano", "micro", "deca", "hecto", "kilo", "mega", "giga"}
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_LINK = re.compile(r"https://[a-z0-9.-]+(?:[/?#][!-~]*)?|tel:\+?[0-9]{3,15}")
_COMPONENTS = {
    "box": ({"layout", "contents"}, {"spacing", "margin", "flex", "paddingAll", "backgroundColor",
            "cornerRadius", "action", "alignItems", "justifyContent"}),
    "text": ({"text"}, {"size", "weight", "color", "wrap", "margin", "flex", "align", "gravity",
             "action", "decoration"}),
    "button": ({"action"}, {"style", "color", "height", "margin", "flex", "gravity"}),
    "separator": (set[str](), {"margin", "color"}),
}  # fmt: skip
"""The Flex components we send: what they must have and what they may have."""
_ONE_OF = {
    "layout": {"vertical", "horizontal", "baseline"}, "weight": {"regular", "bold"},
    "style": {"primary", "secondary", "link"}, "height": {"sm", "md"}, "spacing": _SPACES,
    "margin": _SPACES, "paddingAll": _SPACES, "align": {"start", "end", "center"},
    "gravity": {"top", "bottom", "center"}, "decoration": {"none", "underline"},
    "alignItems": {"flex-start", "center", "flex-end"}, "cornerRadius": _SPACES,
    "justifyContent": {"flex-start", "center", "flex-end", "space-between"},
}  # fmt: skip


def graphemes(text: str) -> int:
    """Characters as a reader sees them: a flag, a letter with its marks, a variant are one."""
    return len(regex.findall(r"\X", text))


def units(text: str) -> int:
    """UTF-16 units, as LINE counts texts: most emoji are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def size(text: str) -> int:
    """Bytes of UTF-8."""
    return len(text.encode(errors="surrogatepass"))


def cut(text: str, most: int) -> str:
    """The text in at most so many graphemes, 「…」 for what is left out."""
    if len(text) <= most:
        return text
    letters = regex.findall(r"\X", text)
    return text if len(letters) <= most else "".join(letters[: most - 1]) + "…"


_LENGTHS = {
    "data": ("ボタンのデータ", DATA, size),
    "displayText": ("ボタンを押したときの言葉", DISPLAY, units),
    "uri": ("リンク", URI, units),
    "clipboardText": ("コピーする文", CLIPBOARD, units),
}


def misfits(messages: Sequence[Json]) -> list[str]:
    """What LINE would refuse in one call with these messages, a sentence each; empty: it fits."""
    if odd := [*odd_values(list(messages))]:
        return odd
    found = [] if 1 <= len(messages) <= MESSAGES else [f"メッセージが{len(messages)}個です。"]
    for message in messages:
        found += _message(message)
    return found


def _message(message: Json) -> Iterator[str]:
    kind = message.get("type")
    if kind == "text":
        yield from _keys(message, {"text"}, {"quickReply"})
        yield from _long("メッセージ", message.get("text", ""), TEXT, units)
    elif kind == "flex":
        yield from _keys(message, {"altText", "contents"}, {"quickReply"})
        yield from _long("カードの代わりの文", message.get("altText", ""), ALT_TEXT, units)
        yield from _bubble(message.get("contents", {}))
    else:
        yield f"「{kind}」というメッセージは送りません。"
    if "quickReply" in message:
        yield from _quick_reply(message["quickReply"])


def _keys(thing: Json, must: set[str], may: set[str]) -> Iterator[str]:
    """Missing properties, and unknown ones: LINE answers 400 to both."""
    kind = thing.get("type")
    yield from (f"「{kind}」に「{key}」がありません。" for key in sorted(must - thing.keys()))
    odd = thing.keys() - must - may - {"type"}
    yield from (f"「{kind}」の「{key}」は、LINEが知らない項目です。" for key in sorted(odd))


def _long(what: str, text: str, most: int, count: Callable[[str], int]) -> Iterator[str]:
    if not text.strip():
        yield f"{what}が空です。"
    elif size(text) > most and (length := count(text)) > most:
        yield f"{what}が長すぎます（{length}、{most}まで）。「{cut(text, 40)}」"


def _quick_reply(quick: Json) -> Iterator[str]:
    items = quick.get("items", ())
    if quick.keys() != {"items"} or not 1 <= len(items) <= QUICK_REPLIES:
        yield f"下に並ぶボタンが{len(items)}個です。{QUICK_REPLIES}個までです。"
    for item in items:
        if item.keys() != {"type", "action"} or item["type"] != "action":
            yield "下に並ぶボタンの形が違います。"
        else:
            yield from _action(item["action"], QUICK_LABEL, needs_label=True)


def _action(action: Json, most: int, needs_label: bool) -> Iterator[str]:
    kind = action.get("type", "")
    if kind not in _ACTIONS:
        yield f"「{kind}」というボタンは送りません。"
        return
    must, may = _ACTIONS[kind]
    yield from _keys(action, must, may | {"label"})
    if needs_label or "label" in action:
        yield from _long("ボタンの言葉", action.get("label", ""), most, graphemes)
    for key in (must | may) & action.keys():
        what, length, count = _LENGTHS[key]
        yield from _long(what, action[key], length, count)
    if kind == "uri" and not _LINK.fullmatch(action.get("uri", "")):
        yield f"「{action.get('uri')}」は https: か tel: のリンクではありません。"


def _bubble(bubble: Json) -> Iterator[str]:
    parts = {"header", "body", "footer"}
    if bubble.get("type") != "bubble" or not parts & bubble.keys():
        yield "カードに中身がありません。"
    yield from _keys(bubble, set(), {*parts, "size"})
    if bubble.get("size", "mega") not in _BUBBLES:
        yield f"カードの大きさに「{bubble['size']}」は使えません。"
    bytes_ = size(json.dumps(bubble, ensure_ascii=False))
    if bytes_ > BUBBLE_BYTES:
        yield f"カードが{bytes_:,}バイトです。{BUBBLE_BYTES:,}バイトまでです。"
    for part in parts & bubble.keys():
        yield from _component(bubble[part])


def _component(component: Json) -> Iterator[str]:
    kind = component.get("type", "")
    if kind not in _COMPONENTS:
        yield f"カードに「{kind}」という部品は使いません。"
        return
    yield from _keys(component, *_COMPONENTS[kind])
    yield from _looks(component)
    if kind == "text" and not str(component.get("text", "")).strip():
        yield "カードに空の文があります。"
    if kind == "box" and not component.get("contents"):
        yield "カードに空の箱があります。"
    if "action" in component:
        yield from _action(component["action"], FLEX_LABEL, needs_label=kind == "button")
    for inner in component.get("contents", ()) if kind == "box" else ():
        yield from _component(inner)


def _looks(component: Json) -> Iterator[str]:
    """Sizes, colours and the like that LINE knows by name."""
    for key, value in component.items():
        known = _SIZES if key == "size" else _ONE_OF.get(key)
        if known is not None and value not in known:
            yield f"カードの「{key}」に「{value}」は使えません。"
        if key in {"color", "backgroundColor"} and not _COLOUR.fullmatch(str(value)):
            yield f"カードの色「{value}」は #RRGGBB ではありません。"
