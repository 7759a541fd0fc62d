"""Sizes as bands on one fixed scale for every industry, and what a limit says of them.

A band's name is its answer value (`6-20`, `50m-100m`). The upper edge belongs to the lower band:
「ちょうど」は以下に含む。出典: domain §4.1
"""

from dataclasses import dataclass
from itertools import pairwise

Verdict = bool | None
"""Yes, no, or not known from these answers."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Whole numbers from `low` to `high`, both included; `high` None is open. People or yen."""

    low: int
    high: int | None

    def within(self, limit: int) -> Verdict:
        """Is every number here at most `limit`? None when only some are."""
        if self.high is not None and self.high <= limit:
            return True
        return False if self.low > limit else None


def _scale(names: str, *edges: int) -> dict[str, Interval]:
    bounds = [-1, *edges]
    bands = [Interval(low + 1, high) for low, high in pairwise(bounds)]
    return dict(zip(names.split(), [*bands, Interval(edges[-1] + 1, None)], strict=True))


PEOPLE = _scale("0-5 6-20 21-50 51-100 101-200 201-300 301-900 901-", 5, 20, 50, 100, 200, 300, 900)
YEN = _scale("-50m 50m-100m 100m-300m 300m-", 50_000_000, 100_000_000, 300_000_000)


def bands(scale: dict[str, Interval], low: int, high: int | None) -> tuple[str, ...]:
    """The bands that numbers from `low` to `high` (None: open) can fall in, smallest first."""
    return tuple(
        name
        for name, band in scale.items()
        if (high is None or band.low <= high) and (band.high is None or low <= band.high)
    )


def within(scale: dict[str, Interval], names: tuple[str, ...], limit: int) -> Verdict:
    """Do all these bands lie at or under the limit? None when they lie on both sides of it."""
    verdicts = {scale[name].within(limit) for name in names}
    return verdicts.pop() if len(verdicts) == 1 else None
