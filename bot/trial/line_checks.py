"""How the trial LINE looks at a payload: small checks, joined into shapes.

A check gets a value and the path of its property and yields a Fault for each thing wrong.
Nothing here is shared with the bot: this is the platform's own eye.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import regex

_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Fault(NamedTuple):
    """One thing wrong: the property's path, and what is the matter with it."""

    property: str
    message: str


Check = Callable[[Any, str], Iterator[Fault]]


def units(text: str) -> int:
    """The length in UTF-16 code units: one beyond the basic plane counts two."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def graphemes(text: str) -> int:
    """The length as a person counts it: an emoji of many parts counts one."""
    return len(regex.findall(r"\X", text))


def text(most: int, count: Callable[[str], int] = units, least: int = 1) -> Check:
    """A text of `least` to `most`, counted in UTF-16 units or graphemes."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(at, "must be a string")
        elif _SURROGATE.search(value):
            yield Fault(at, "invalid character")
        elif len(value) < least or (least and not value.strip()):
            yield Fault(at, "May not be empty")
        elif count(value) > most:
            yield Fault(at, f"Length must be between {least} and {most}")

    return check


def matching(pattern: str, most: int = 2_000) -> Check:
    """A text that fits this pattern as a whole."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        if not isinstance(value, str) or units(value) > most or not re.fullmatch(pattern, value):
            yield Fault(at, "invalid value")

    return check


def link(*schemes: str, most: int = 1_000) -> Check:
    """An address with one of these schemes, without blanks or control characters."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(at, "must be a string")
        elif units(value) > most:
            yield Fault(at, f"Length must be between 1 and {most}")
        elif not _link(value, schemes):
            yield Fault(at, "invalid uri scheme")

    return check


def _link(value: str, schemes: tuple[str, ...]) -> bool:
    """Has it a scheme of these, and something behind it?"""
    if re.search(r"[\s\x00-\x1f\x7f]", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    if parts.scheme not in schemes:
        return False
    return bool(parts.path) if parts.scheme == "tel" else bool(parts.netloc)


def one_of(*words: str) -> Check:
    def check(value: Any, at: str) -> Iterator[Fault]:
        if value not in words or not isinstance(value, str):
            yield Fault(at, f"must be one of: {', '.join(words)}")

    return check


def number(low: float, high: float, whole: bool = True) -> Check:
    def check(value: Any, at: str) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            yield Fault(at, "must be a number")
        elif not low <= value <= high:
            yield Fault(at, f"must be between {low} and {high}")

    return check


def truth(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield Fault(at, "must be a boolean")


def listed(check: Check, most: int, least: int = 1) -> Check:
    """A list of `least` to `most` entries, each looked at by `check`."""

    def checked(value: Any, at: str) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(at, "must be a list")
            return
        if not least <= len(value) <= most:
            yield Fault(at, f"Size must be between {least} and {most}")
        for place, each in enumerate(value):
            yield from check(each, f"{at}[{place}]")

    return checked


def shape(properties: Mapping[str, Check], required: str = "", *more: Check) -> Check:
    """An object of these properties and no others; `required` names those it cannot be without.

    `more` looks at the whole object, and only when its single properties are right.
    """
    needed = required.split()

    def check(value: Any, at: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(at, "must be an object")
            return
        found = list(_properties(value, at))
        yield from found
        if not found:
            for each in more:
                yield from each(value, at)

    def _properties(value: dict[str, Any], at: str) -> Iterator[Fault]:
        for name in needed:
            if name not in value:
                yield Fault(_join(at, name), "must be specified")
        for name, each in value.items():
            if name not in properties:
                yield Fault(_join(at, name), "unknown property")
            else:
                yield from properties[name](each, _join(at, name))

    return check


def by_type(kinds: Mapping[str, Check]) -> Check:
    """An object whose `type` says which shape it has; `kinds` may be filled later."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in kinds:
            yield Fault(_join(at, "type"), f"must be one of: {', '.join(kinds)}")
        else:
            yield from kinds[kind](value, at)

    return check


def anything(value: Any, at: str) -> Iterator[Fault]:
    """Whatever it is, it is taken."""
    return iter(())


def _join(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name
