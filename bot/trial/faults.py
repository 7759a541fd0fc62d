"""Faults of a platform, by chance but with a seed: the same seed gives the same faults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

API_FAULTS = (
    "rate", "error_before", "error_after", "stall_after", "reset_before", "reset_after", "slow",
)  # fmt: skip
"""429; 500 before and after it landed; no answer, or a cut line, though it landed; late."""
DELIVERY_FAULTS = ("twice", "late", "again")
"""A webhook sent twice at once; held back, so that later ones pass it; redelivered after a 200."""


@dataclass
class Faults:
    """How often each fault strikes, 0 to 1 by its name. `stop` ends them all."""

    seed: int
    shares: Mapping[str, float] = field(default_factory=dict)
    _asked: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = set(self.shares) - {*API_FAULTS, *DELIVERY_FAULTS}
        if unknown:
            raise ValueError(f"no such faults: {sorted(unknown)}")

    def strikes(self, what: str, names: tuple[str, ...]) -> str | None:
        """The fault that strikes `what` this time, or None. Each asking is a new throw."""
        count = self._asked[what] = self._asked.get(what, 0) + 1
        thrown = Random(f"{self.seed} {what} {count}").random()
        for name in names:
            thrown -= self.shares.get(name, 0)
            if thrown < 0:
                return name
        return None

    def stop(self) -> None:
        self.shares = {}
