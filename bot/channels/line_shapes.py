"""What kind of value LINE takes under each key: a first look, before anything is measured."""

from collections.abc import Iterator
from typing import Any

_KINDS: dict[str, type] = {
    "quickReply": dict, "action": dict, "header": dict, "body": dict, "footer": dict,
    "items": list, "wrap": bool, "flex": int,
}  # fmt: skip
"""All others are texts, but `contents`: a list in a box, one bubble in a message."""


def odd_values(thing: object, name: str = "messages", kind: type = list) -> Iterator[str]:
    """A sentence for each value of another kind than LINE takes, however deep."""
    if type(thing) is not kind:
        yield f"「{name}」に{type(thing).__name__}は入れられません。"
    elif isinstance(thing, list):
        for each in thing:
            yield from odd_values(each, name, dict)
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from odd_values(value, str(key), _kind(thing, key))


def _kind(thing: dict[str, Any], key: str) -> type:
    if key == "contents":
        return list if thing.get("type") == "box" else dict
    return _KINDS.get(key, str)
