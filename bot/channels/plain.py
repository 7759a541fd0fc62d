"""A Reply as plain bubbles: at most 3 of 120 characters and 5 lines (style 13).

Long lists are cut here, the most fitting first; channels with cards show them whole.
"""

from collections.abc import Iterable

from dialogs.reply import Ask, Card, Copy, Item, Listing, Menu, Offices, Part, Reply, Result, Say

MOST_CHARACTERS = 120
MOST_LINES = 5
MOST_BUBBLES = 3


def texts(reply: Reply) -> list[str]:
    """The bubbles of a reply, in order. Choices are not in them: channels number those."""
    drawn = [_bubbles(part) for part in reply]
    room = MOST_BUBBLES - sum(1 for bubbles in drawn if bubbles)
    shown: list[str] = []
    for bubbles in drawn:
        extra = bubbles[1 : 1 + max(room, 0)]
        room -= len(extra)
        shown += [*bubbles[:1], *extra]
    return shown


def _bubbles(part: Part) -> list[str]:
    """A part's bubbles, all of them; an empty list for a part without words."""
    match part:
        case Say(text=text) | Ask(text=text):
            return [text]
        case Offices():
            return [part.text, *packed("", part.more)] if part.more else [part.text]
        case Result():
            return [_recommendation(part), part.step]
        case Listing():
            return packed(part.lead, [_line(item) for item in part.items])
        case Card():
            return packed(part.lead, [f"{row.title}：{row.text}" for row in part.rows])
        case Copy():
            return [part.text]
        case Menu():
            return []


def _recommendation(part: Result) -> str:
    """Title and reason, with what was understood in front where there is room for it."""
    lines = [line for line in (part.title, part.reason) if line]
    with_lead = "\n".join((part.lead, *lines))
    return with_lead if part.lead and _fits(with_lead) else "\n".join(lines)


def _line(item: Item) -> str:
    return f"{item.title}：{item.text}" if item.title else item.text


def packed(lead: str, lines: Iterable[str]) -> list[str]:
    """The lines in as few bubbles as they fit in, the lead in front of the first."""
    bubbles: list[str] = []
    now = lead
    for line in lines:
        longer = f"{now}\n・{line}" if now else f"・{line}"
        if now and not _fits(longer):
            bubbles.append(now)
            longer = f"・{line}"
        now = longer
    return [*bubbles, now]


def _fits(text: str) -> bool:
    return len(text) <= MOST_CHARACTERS and text.count("\n") < MOST_LINES
