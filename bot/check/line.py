"""Everything LINE would be sent, against our table of its limits and the models of its SDK.

A drawing is judged once, however many situations say it.
"""

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from bot.channels import folds
from bot.channels.folds import Fold
from bot.channels.line_draw import message, messages, together
from bot.channels.line_flex import SHARE_LINK
from bot.channels.line_limits import MESSAGES, misfits
from bot.content import Content
from dialogs.reply import Ask, Menu, Offices, Part, Reply

Json = dict[str, Any]


class LineCheck:
    """Judges replies for LINE. What it has judged it remembers."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._seen = set[tuple[Part, Offices | None]]()
        self._pieces = set[str]()

    def faults(self, reply: Reply) -> Iterator[str]:
        """What does not fit, a sentence each; nothing for parts judged before."""
        pairs = list(together(reply))
        if len(pairs) > MESSAGES and (count := len(messages(reply))) > MESSAGES:
            yield f"LINEのメッセージが{count}個です。{MESSAGES}個までです。"
        for pair in pairs:
            if pair not in self._seen:
                self._seen.add(pair)
                yield from (f"LINEでは: {text}" for text in self._judged(*pair))

    def _judged(self, part: Part, offices: Offices | None) -> Iterator[str]:
        drawn = message(part, offices)
        yield from misfits([drawn])
        yield from _without_button(part, drawn)
        yield from _without_call(offices or part, drawn)
        for link in _links(drawn):
            if not link.startswith(("tel:", SHARE_LINK)) and link not in self._official:
                yield f"「{link}」は knowledge/ にないリンクです。"
        yield from self._refused(drawn)

    def _refused(self, drawn: Json) -> Iterator[str]:
        """What the models say of what they have not seen yet: of a card only its new pieces."""
        from bot.channels.line_sdk import refused  # noqa: PLC0415 - seconds to load

        if drawn["type"] == "flex":
            bubble = drawn["contents"]
            pieces = [each for part in ("body", "footer") if part in bubble
                      for each in bubble[part]["contents"]]  # fmt: skip
            new = [piece for piece in pieces if self._is_new(piece)]
            body = {**bubble["body"], "contents": new}
            yield from refused([{**drawn, "contents": {**bubble, "body": body}}]) if new else ()
        elif self._is_new({**drawn, "text": ""}):
            yield from refused([drawn])

    def _is_new(self, piece: Json) -> bool:
        known = len(self._pieces)
        self._pieces.add(json.dumps(piece, ensure_ascii=False))
        return len(self._pieces) > known

    @cached_property
    def _official(self) -> set[str]:
        """Every page of the book: of its facts and of its offices."""
        book = self._content.book
        facts = {fact.value for periods in book.facts.values() for fact in periods}
        return facts | {office.url for office in book.offices.by_id.values() if office.url}


def _without_button(part: Part, drawn: Json) -> Iterator[str]:
    """Choices that found no place among the buttons below."""
    if not isinstance(part, Ask | Menu):
        return
    shown = drawn.get("quickReply", {}).get("items", [])
    presses = {item["action"]["data"] for item in shown}
    lines = folds.lines(part.choices, getattr(part, "unfolded", ""))
    buttons = [each.open if isinstance(each, Fold) else each.button for each in lines]
    if missing := [button.label for button in buttons if button.press not in presses]:
        yield f"選択肢「{'、'.join(missing)}」が、下に並ぶボタンに入りません。"


def _without_call(part: Part, drawn: Json) -> Iterator[str]:
    """Offices that are named without a way to call them."""
    if isinstance(part, Offices):
        links = set(_links(drawn))
        for contact in part.contacts:
            named = any(contact.name in line for line in (part.text, *part.more))
            if named and contact.phone and f"tel:{contact.phone.replace('-', '')}" not in links:
                yield f"「{contact.name}」に電話のボタンがありません。"


def _links(thing: Any) -> Iterator[str]:
    """Every link of a payload."""
    if isinstance(thing, dict):
        if "uri" in thing:
            yield thing["uri"]
        for value in thing.values():
            yield from _links(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from _links(value)
