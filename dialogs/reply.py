"""Reply: what is said back, as named parts. Only a channel joins them into a payload.

Every part says which facts and rules it rests on; `facts` are names of the book.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """A button: its label, and the whole press."""

    label: str
    press: str


@dataclass(frozen=True, slots=True)
class Say:
    """One bubble of words."""

    text: str
    facts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """The number of this question and of all, counted from 1; only where the count is right."""

    at: int
    of: int


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with its choices. `extra` are ways out beside the choices: back, why, a person.

    `unfolded` is the part of a long list the person asked to see; only channels fold, and know it.
    """

    question: str
    text: str
    choices: tuple[Button, ...]
    multi: bool = False
    progress: Progress | None = None
    extra: tuple[Button, ...] = ()
    facts: tuple[str, ...] = ()
    unfolded: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """What can be pressed next when no question is open."""

    choices: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list, with the place it is taken from in words."""

    title: str
    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list behind a press: a lead, then entries, the most fitting first.

    `rest` leads the titles of the others where a channel has no room for all; `cite` asks every
    channel to show where each entry is taken from.
    """

    lead: str
    items: tuple[Item, ...]
    rest: str = ""
    cite: bool = False
    facts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """An office as this asker needs it. `check`: the reply says how to make sure of it."""

    role: str
    id: str
    name: str
    phone: str | None
    url: str | None
    prefecture: str | None
    check: bool
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Offices:
    """Whom to call, the first to call first. `more` names the others, where they are asked for."""

    contacts: tuple[Contact, ...]
    text: str
    more: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The first screen of an outcome: the recommendation with one reason, and one step.

    `lead` is what was just understood, said before it.
    """

    row: str
    title: str
    reason: str
    step: str
    lead: str = ""
    facts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """One line of the review card: a question, its answer in words, and the press to change it."""

    question: str
    title: str
    text: str
    change: Button


@dataclass(frozen=True, slots=True)
class Card:
    """The answers so far, each with its way to change it."""

    lead: str
    rows: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """A text to copy or to read out, free of ids."""

    title: str
    text: str
    facts: tuple[str, ...] = ()


Part = Say | Ask | Menu | Listing | Offices | Result | Card | Copy
Reply = tuple[Part, ...]
