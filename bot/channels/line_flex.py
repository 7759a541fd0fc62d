"""The cards of LINE (Flex): the result with its phones, lists with sources, the review card.

Colours have a contrast of at least 4.5 on their ground; nothing looks like an official mark.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from bot.channels.line_limits import ALT_TEXT, FLEX_LABEL, URI, cut
from dialogs.reply import Answered, Card, Contact, Item, Listing, Offices, Result

Json = dict[str, Any]
INK, SOFT, MAIN, GROUND, PAPER, RULE = (
    "#1F2933", "#52606D", "#0F4C5C", "#E8F0F2", "#FFFFFF", "#CBD5DB",
)  # fmt: skip
PAIRS = ((INK, PAPER), (SOFT, PAPER), (MAIN, PAPER), (PAPER, MAIN), (MAIN, GROUND))
"""Letters and the ground they stand on."""
HEADING = "ご案内（目安）"
CALL, PAGE, CHANGE, SHARE = "{phone} に電話", "ページを開く", "変更", "この案内を人に送る"
ORIGIN = "出典：{origin}"
SHARED = "ジギョケイ相談ボットの案内（目安）です。国や中小機構の公式ではありません。"
_PHONE = re.compile(r"(?<![\d-])0\d{1,4}-\d{1,4}-\d{3,4}(?![\d-])")
_EMERGENCY = re.compile(r"(?<!\d)11[09](?=[へ、])")
SHARE_LINK = "https://line.me/R/share?text="
"""LINE's own way to hand a text to a friend one chooses; it opens in LINE and nowhere else."""


def result(part: Result, offices: Offices | None) -> Json:
    """The first screen of an outcome; its phones in the same card where they follow."""
    rest = [words(text) for text in (part.reason, part.step) if text]
    found = [words(HEADING, "sm", SOFT), words(part.title, "lg", MAIN, bold=True), *rest]
    found += [_call(number, PAPER, MAIN) for number in _EMERGENCY.findall(part.reason)]
    alt = [part.title, part.reason, part.step]
    if offices:
        found += [{"type": "separator", "color": RULE}, *_offices(offices)]
        alt.append(offices.text)
    shared = _share(part, offices.contacts) if offices and offices.contacts else None
    return _card("\n".join(filter(None, alt)), found, shared)


def offices_card(part: Offices) -> Json:
    """Whom to call, each with its phone to touch."""
    return _card("\n".join((part.text, *part.more)), list(_offices(part)))


def listing(part: Listing) -> Json:
    """A list in full, each entry with its source."""
    lead = [words(part.lead, bold=True)] if part.lead else []
    entries = [box("vertical", *_item(item), spacing="xs") for item in part.items]
    lines = [part.lead, *(f"{item.title}：{item.text}".lstrip("：") for item in part.items)]
    return _card("\n".join(filter(None, lines)), [*lead, *entries])


def review(part: Card) -> Json:
    """The answers so far, each with a button to change it."""
    lines = (part.lead, *(f"{row.title}：{row.text}" for row in part.rows))
    rows = [_answered(row) for row in part.rows]
    return _card("\n".join(lines), [words(part.lead), *rows])


def words(text: str, size: str = "md", color: str = INK, *, bold: bool = False) -> Json:
    """One text that wraps."""
    shown: Json = {"type": "text", "text": text, "wrap": True, "size": size, "color": color}
    return {**shown, "weight": "bold"} if bold else shown


def box(layout: str, *contents: Json, **looks: Any) -> Json:
    return {"type": "box", "layout": layout, "contents": list(contents), **looks}


def postback(label: str, press: str, most: int) -> Json:
    """A button's action: the press, and the words it leaves in the talk."""
    return {"type": "postback", "label": cut(label, most), "data": press, "displayText": label}


def _card(alt: str, contents: list[Json], footer: Json | None = None) -> Json:
    bubble: Json = {"type": "bubble", "size": "mega"}
    bubble["body"] = box("vertical", *contents, spacing="md")
    if footer:
        bubble["footer"] = box("vertical", footer)
    return {"type": "flex", "altText": cut(alt, ALT_TEXT // 4), "contents": bubble}


def _offices(part: Offices) -> Iterator[Json]:
    """The lines as they are said; under the line that names an office, the way to reach it."""
    for line in (*part.text.split("\n"), *part.more):
        contact = next((c for c in part.contacts if c.name in line and _reach(c) in line), None)
        if contact is None or not _reach(contact):
            yield words(line, "sm", SOFT)
            yield from (_call(phone, MAIN, GROUND) for phone in _PHONE.findall(line))
        else:
            yield words(line.replace(_reach(contact), "").rstrip(), bold=True)
            yield _call(contact.phone, PAPER, MAIN) if contact.phone else _page(contact.url or "")


def _reach(contact: Contact) -> str:
    return contact.phone or contact.url or ""


def _call(phone: str, color: str, ground: str) -> Json:
    """Tap to call."""
    label = CALL.format(phone=phone)
    return _touch(label, _uri(label, f"tel:{phone.replace('-', '')}"), color, ground)


def _page(url: str) -> Json:
    return _touch(PAGE, _uri(PAGE, url), PAPER, MAIN)


def _uri(label: str, uri: str) -> Json:
    return {"type": "uri", "label": cut(label, FLEX_LABEL), "uri": uri}


def _touch(label: str, action: Json, color: str, ground: str) -> Json:
    """A button whose words wrap: LINE's own buttons cut what is too wide for the phone."""
    shown = {**words(label, "md", color, bold=True), "align": "center"}
    looks = {"backgroundColor": ground, "cornerRadius": "md", "paddingAll": "md"}
    return box("vertical", shown, action=action, **looks)


def _share(part: Result, contacts: tuple[Contact, ...]) -> Json:
    """A way to send the advice on: what is advised and whom to call, nothing of the person."""
    lines = [SHARED, part.title, *(f"{c.name} {c.phone}" for c in contacts if c.phone)]
    while len(link := SHARE_LINK + quote("\n".join(lines))) > URI and len(lines) > 2:
        lines.pop()
    return _touch(SHARE, _uri(SHARE, link), MAIN, GROUND)


def _item(item: Item) -> Iterator[Json]:
    if item.title:
        yield words(item.title, color=MAIN, bold=True)
    yield words(item.text)
    if item.origin:
        yield words(ORIGIN.format(origin=item.origin), "xs", SOFT)


def _answered(row: Answered) -> Json:
    told = box("vertical", words(row.title, "sm", SOFT), words(row.text, bold=True), flex=1)
    change = _touch(CHANGE, postback(row.change.label, row.change.press, FLEX_LABEL), MAIN, GROUND)
    return box("horizontal", told, {**change, "flex": 0}, spacing="md", alignItems="center")
