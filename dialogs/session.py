"""The Session: all that is remembered of one talk. Everything else is derived from the answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from dialogs.answers import Answers, Values

VERSION = 1
Owner = Literal["bot", "waiting", "person"]


@dataclass(frozen=True, slots=True)
class Clarify:
    """An open doubt about one question: the answers it could mean, in the order shown."""

    question: str
    options: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """One talk. `misses` counts what was not understood in a row; `rules` and `facts` are the ids
    last said, so that a person or a desk can see what an advice rested on."""

    answers: Answers = field(default_factory=dict)
    flow: str = ""
    owner: Owner = "bot"
    clarify: Clarify | None = None
    misses: int = 0
    rules: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    heard_at: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data that JSON can hold, with the version of this shape."""
        clarify = self.clarify
        return {
            "v": VERSION,
            "answers": {question: list(values) for question, values in self.answers.items()},
            "flow": self.flow,
            "owner": self.owner,
            "clarify": clarify and [clarify.question, [list(v) for v in clarify.options]],
            "misses": self.misses,
            "rules": list(self.rules),
            "facts": list(self.facts),
            "heard_at": self.heard_at and self.heard_at.isoformat(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Session":
        """Read what `to_json` wrote. Raises ValueError for a version this code does not know."""
        if data.get("v") != VERSION:
            raise ValueError(f"session version {data.get('v')!r} is not known")
        clarify, heard_at = data["clarify"], data["heard_at"]
        return cls(
            answers={question: tuple(values) for question, values in data["answers"].items()},
            flow=data["flow"],
            owner=data["owner"],
            clarify=Clarify(clarify[0], tuple(map(tuple, clarify[1]))) if clarify else None,
            misses=data["misses"],
            rules=tuple(data["rules"]),
            facts=tuple(data["facts"]),
            heard_at=datetime.fromisoformat(heard_at) if heard_at else None,
        )
