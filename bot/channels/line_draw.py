"""The drawing of a Reply for LINE: at most five messages, choices numbered and as buttons.

LINE on a PC draws no quick replies, so that every choice stands in the text with its number.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, assert_never

from bot.channels import folds, line_flex
from bot.channels.folds import Fold, Line, closing
from bot.channels.line_limits import MESSAGES, QUICK_LABEL, QUICK_REPLIES
from dialogs.reply import Ask, Button, Card, Copy, Listing, Menu, Offices, Part, Reply, Result, Say
from dialogs.session import Session

Json = dict[str, Any]
KEPT = 512
"""Drawings kept of what is said to many: questions, menus, lists and results."""
MENU_LEAD = "番号か言葉を送ると、くわしくご案内します。"
GO_ON_LEAD = "続けるときは、番号か言葉を送ってください。"
PROGRESS = "（{at}/{of}）"
SEVERAL = "「1と3」のように、いくつでも送れます。"
ALSO = "{words} とも送れます。"
TITLE = "【{title}】\n{text}"
PARKED = "すみません。いまのメッセージには、お答えできませんでした。"
CALL = "お手数ですが、お電話でご相談ください。{phone}"


@dataclass(frozen=True, slots=True)
class LineDrawing:
    """LINE's side of `Channel`: pure, and ready to be sent as it is."""

    name: str = "line"

    def draw(self, reply: Reply, session: Session) -> bytes:
        """The reply as a JSON array of messages. Nothing of the session is in it."""
        drawn = [_encoded(part, with_) for part, with_ in together(reply)]
        if len(drawn) > MESSAGES:
            return _encode(messages(reply))
        return b"[" + b",".join(drawn) + b"]"

    def apology(self, phone: str) -> bytes:
        """What is said when a message could not be dealt with; `phone` "" where there is none."""
        said = [PARKED, CALL.format(phone=phone)] if phone else [PARKED]
        return _encode([_text("\n".join(said))])


def messages(reply: Reply) -> list[Json]:
    """The messages of a reply, at most five: where there are more, texts are joined."""
    drawn = [message(part, with_) for part, with_ in together(reply)]
    at = 0
    while len(drawn) > MESSAGES and at + 1 < len(drawn):
        first, second = drawn[at], drawn[at + 1]
        if first["type"] == second["type"] == "text":
            drawn[at : at + 2] = [{**second, "text": f"{first['text']}\n\n{second['text']}"}]
        else:
            at += 1
    return drawn


def together(reply: Reply) -> Iterator[tuple[Part, Offices | None]]:
    """The parts, each with the phones that go into the same card; what was understood first."""
    followed = zip(reply, (*reply[1:], None), strict=True)
    for part, after in followed:
        if isinstance(part, Result):
            if part.lead:
                yield Say(part.lead), None
            yield part, after if isinstance(after, Offices) else None
            if isinstance(after, Offices):
                next(followed)
        elif not isinstance(part, Say) or part.text.strip():
            yield part, None


def _encoded(part: Part, with_: Offices | None) -> bytes:
    """One message as JSON. What holds words of one person alone is not kept."""
    if isinstance(part, Say | Card | Copy):
        return _encode(message(part, with_))
    return _kept(part, with_)


@lru_cache(maxsize=KEPT)
def _kept(part: Part, with_: Offices | None) -> bytes:
    return _encode(message(part, with_))


def _encode(drawn: object) -> bytes:
    return json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def message(part: Part, with_: Offices | None = None) -> Json:
    """One part as one message, with the phones that go into the same card."""
    match part:
        case Say(text=text):
            return _text(text)
        case Ask():
            return _ask(part)
        case Menu():
            return _menu(part)
        case Listing():
            return line_flex.listing(part) if part.items else _text(part.lead)
        case Offices():
            return line_flex.offices_card(part)
        case Result():
            return line_flex.result(part, with_)
        case Card():
            return line_flex.review(part)
        case Copy():
            return _text(TITLE.format(title=part.title, text=part.text))
        case _:
            assert_never(part)


def _text(text: str) -> Json:
    return {"type": "text", "text": text}


def _ask(part: Ask) -> Json:
    """The question with its numbered choices; what else can be sent stands below."""
    at = PROGRESS.format(at=part.progress.at, of=part.progress.of) if part.progress else ""
    shown = folds.lines(part.choices, part.unfolded)
    found = [at + part.text, *map(_line, shown)]
    if part.multi:
        found.append(SEVERAL)
    if part.extra:
        found.append("\n" + ALSO.format(words="・".join(button.label for button in part.extra)))
    back = closing(part.question, part.unfolded)
    buttons = (*(each.open if isinstance(each, Fold) else each.button for each in shown), *back)
    return {**_text("\n".join(found)), **_quick_replies(buttons, part.extra)}


def _menu(part: Menu) -> Json:
    commands = all(button.press.startswith("command=") for button in part.choices[1:])
    shown = folds.lines(part.choices)
    lines = [MENU_LEAD if commands else GO_ON_LEAD, *map(_line, shown)]
    buttons = tuple(each.open if isinstance(each, Fold) else each.button for each in shown)
    return {**_text("\n".join(lines)), **_quick_replies(buttons, ())}


def _line(line: Line) -> str:
    """「3. 卸売」; a fold in one line with the number of each of its choices."""
    if isinstance(line, Fold):
        inside = "、".join(f"{each.number}. {each.button.label}" for each in line.inside)
        return f"【{line.open.label}】{inside}"
    return f"{line.number}. {line.button.label}"


def _quick_replies(choices: tuple[Button, ...], extra: tuple[Button, ...]) -> Json:
    """The buttons below; where there is no room for all ways out, the last one stays: a person."""
    room = max(QUICK_REPLIES - len(choices), 0)
    ways = extra if len(extra) <= room else (*extra[: max(room - 1, 0)], *extra[-1:])
    shown = (*choices, *ways)[:QUICK_REPLIES]
    if not shown:
        return {}
    items = [
        {"type": "action", "action": line_flex.postback(button.label, button.press, QUICK_LABEL)}
        for button in shown
    ]
    return {"quickReply": {"items": items}}
