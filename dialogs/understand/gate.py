"""The Gate: how sure a search is: answer, show buttons, or say that it is outside.

Its weights are fitted by `bot/tools/fit_search.py`, never by hand.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

KINDS = ("words", "meanings", "sounds")
"""What the texts of the topics are searched by: see Tokens."""
RANKS = (*KINDS, "model", "place")
"""What a topic is ranked by: BM25 by each kind as a share of the most there is, the model, and
whether it names the offices of the place that was said."""
SIGNS = ("score", "chance", "lead", "out", "apart", "strange", *RANKS)
"""What the gate looks at: the best topic, its lead on the next, the outside, unknown words."""


@dataclass(frozen=True, slots=True)
class Line:
    """A logistic line: its weights by sign, and from which chance on it says yes."""

    constant: float
    weights: Mapping[str, float]
    least: float

    def chance(self, signs: Mapping[str, float]) -> float:
        """How likely, from 0 to 1."""
        total = self.constant + sum(self.weights[name] * signs[name] for name in self.weights)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))

    def says_yes(self, signs: Mapping[str, float]) -> bool:
        return self.chance(signs) >= self.least


@dataclass(frozen=True, slots=True)
class Gate:
    """The fitted numbers: weights of the search, the line to answer and the line to decline."""

    ranks: Mapping[str, float]
    answer: Line
    outside: Line
