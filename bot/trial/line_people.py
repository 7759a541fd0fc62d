"""The people and groups on the trial LINE: who is a friend, who wrote, what each one saw."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

WEEK = 7 * 24 * 3_600.0
Message = dict[str, Any]


@dataclass
class Chat:
    """A person, a group or a room, by its id. `seen` is what became visible there."""

    id: str
    friend: bool = False
    blocked: bool = False
    wrote_at: float | None = None
    members: tuple[str, ...] = ()
    seen: list[Message] = field(default_factory=list)

    def reach(self, now: float) -> str:
        """ "" where a push is seen, else why not: `blocked`, or `stranger` (it is refused)."""
        if self.blocked:
            return "blocked"
        wrote = self.wrote_at is not None and now - self.wrote_at <= WEEK
        return "" if self.friend or self.members or wrote else "stranger"

    def buttons(self) -> list[dict[str, Any]]:
        """The postback actions of the last thing seen: what can be pressed now."""
        return list(_postbacks(self.seen[-1:]))


def _postbacks(part: Any) -> Any:
    if isinstance(part, dict):
        if part.get("type") == "postback" and "data" in part:
            yield part
        for each in part.values():
            yield from _postbacks(each)
    elif isinstance(part, list):
        for each in part:
            yield from _postbacks(each)


class Ids:
    """New ids, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(f"ids {seed}")

    def chat(self, letter: str) -> str:
        """A person `U`, a group `C` or a room `R`, and 32 hexadecimal digits."""
        return letter + self.token(32)

    def token(self, length: int = 32) -> str:
        return "".join(self._random.choices("0123456789abcdef", k=length))

    def event(self) -> str:
        """In the form of a ULID."""
        return "01" + "".join(self._random.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=24))

    def message(self) -> str:
        return "".join(self._random.choices("123456789", k=18))
