"""A Reading: what one reader made of typed words for one question."""

from dataclasses import dataclass

from dialogs.answers import Values


@dataclass(frozen=True, slots=True)
class Reading:
    """The answers the words could mean, best first; empty when they name none.

    `sure`: the first one is meant. Not sure: the person is asked, with the candidates as buttons.
    """

    candidates: tuple[Values, ...] = ()
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Whole numbers from `low` to `high`, both included; `high` None is open. People or yen."""

    low: int
    high: int | None


NOTHING = Reading()
