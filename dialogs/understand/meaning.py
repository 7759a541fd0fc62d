"""The Meaning of something said: answers it gives, a doubt, a command or a topic; or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.answers import Values

NONE_OF_THESE = "none_of_these"
"""`refused`, where none of the topics shown was meant."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One more word is needed: what the question's answer could be, in the order to show.

    `words` is the key of the phrase that asks, `given` what it needs.
    """

    question: str
    options: tuple[Values, ...]
    words: str
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meaning:
    """Everything understood of one message. All empty: nothing was understood.

    `candidates` are the topics a side question may mean, `outside` that it means none of ours.
    `refused` is the phrase that says kindly why a press does nothing here.
    """

    answers: Mapping[str, Values] = field(default_factory=dict)
    doubt: Doubt | None = None
    command: str | None = None
    argument: str | None = None
    topic: str | None = None
    candidates: tuple[str, ...] = ()
    outside: bool = False
    refused: str | None = None

    def __bool__(self) -> bool:
        return self != _NOTHING


_NOTHING = Meaning()
