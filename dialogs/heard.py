"""Heard: one message or press, free of any platform; and the grammar of a press."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dialogs.answers import Values

COMMANDS = (
    "back", "restart", "review", "why", "help", "contacts", "person", "stop", "erase", "compare",
    "benefits", "steps", "cases", "flips", "memo", "letter",
)  # fmt: skip
PRESS_BYTES = 300
_PRESS = re.compile(
    r"(?P<name>[a-z_]+)=(?P<value>[^@~=]+)(?:@(?P<state>[a-z_]+)~(?P<flow>[A-Za-z0-9._-]+))?"
)


@dataclass(frozen=True, slots=True)
class Text:
    """Typed words, as they came."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button's data, as it came: any text, perhaps old, perhaps forged."""

    data: str


@dataclass(frozen=True, slots=True)
class Place:
    """A location. Degrees; the address is what the platform names, and often missing."""

    address: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Form:
    """Several answers at once: values, or typed words, by question."""

    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hello:
    """The person came in without saying anything: the greeting is due."""


@dataclass(frozen=True, slots=True)
class Wordless:
    """A sticker, picture, sound or file: nothing in it is read, and the person is told so."""


Said = Text | Press | Place | Form | Hello | Wordless


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing a person said. `way_back` is the channel's own; no one else reads it."""

    conversation: str
    event: str
    at: datetime
    said: Said
    way_back: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press taken apart: `question=values`, `topic=id`, `command=name` or `change=question`.

    `state` and `flow` are those it was shown in, where it carries them.
    """

    name: str
    values: Values
    state: str | None
    flow: str | None


def parse_press(data: str) -> Pressed | None:
    """Take a press apart; None when it is none of ours."""
    match = _PRESS.fullmatch(data) if len(data.encode(errors="replace")) <= PRESS_BYTES else None
    if match is None:
        return None
    values = tuple(value.strip() for value in match["value"].split(","))
    return Pressed(match["name"], values, match["state"], match["flow"])


def press(name: str, values: Values, state: str = "", flow: str = "") -> str:
    """The data of a button; with the state and flow version it is shown in, if given."""
    return f"{name}={','.join(values)}" + (f"@{state}~{flow}" if state else "")
