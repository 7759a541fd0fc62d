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
    room = MOST_BUBBLES - sum(1 for part in reply if not isinstance(part, Menu))
    shown: list[str] = []
    for part in reply:
        drawn = _bubbles(part, 1 + max(room, 0))
        room -= max(len(drawn) - 1, 0)
        shown += drawn
    return shown


def _bubbles(part: Part, most: int) -> list[str]:
    """A part's bubbles, at most so many; none for a part without words."""
    match part:
        case Say(text=text) | Ask(text=text) | Copy(text=text):
            return [text]
        case Offices():
            return [part.text, *packed("", part.more)][:most] if part.more else [part.text]
        case Result():
            return [_recommendation(part), part.step][:most]
        case Listing():
            return _listed(part, most)
        case Card():
            return packed(part.lead, [f"{row.title}：{row.text}" for row in part.rows])[:most]
        case Menu():
            return []


def _listed(part: Listing, most: int) -> list[str]:
    """The entries that fit; of titled ones the titles of all the others, so that none is hidden."""
    lines = [_line(item, part.cite) for item in part.items]
    titled = bool(part.rest) and bool(lines)
    lead = part.lead if not titled or _fits(f"{part.lead}\n・{lines[0]}") else ""
    whole = packed(lead, lines)
    titles = [item.title for item in part.items if item.title]
    if len(whole) <= most or not titles or not part.rest:
        return whole[:most]
    shown = whole[: most - 1]
    rest = [title for title in titles if not any(title in bubble for bubble in shown)]
    return [*shown, _fitted(part.rest, rest)]


def _fitted(rest: str, titles: list[str]) -> str:
    """As many titles as one bubble holds."""
    while titles and not _fits(rest + "、".join(titles)):
        titles = titles[:-1]
    return rest + "、".join(titles)


def _recommendation(part: Result) -> str:
    """Title and reason, with what was understood in front where there is room for it."""
    lines = [line for line in (part.title, part.reason) if line]
    with_lead = "\n".join((part.lead, *lines))
    return with_lead if part.lead and _fits(with_lead) else "\n".join(lines)


def _line(item: Item, cite: bool) -> str:
    text = f"{item.title}：{item.text}" if item.title else item.text
    return f"{text}（{item.origin}）" if cite else text


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
