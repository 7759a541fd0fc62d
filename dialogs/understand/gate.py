"""The Gate: how sure a search is: answer, show buttons, or say that it is outside.

Its weights are fitted by `bot/tools/fit_gate.py`, never by hand.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

KINDS = ("words", "small", "meanings", "pairs", "sounds")
"""What a text is searched by: see Tokens."""
NEAR = ("words", "meanings", "sounds")
"""The kinds by which wordings are also compared one by one."""
RANKS = (*(f"{kind}_share" for kind in KINDS), *(f"{kind}_near" for kind in NEAR))
"""What a topic is ranked by, in this order: shares of BM25, and nearness of the best wording."""
SIGNS = ("score", "chance", "lead", "over", "out", "strange", *RANKS)
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
    """All fitted numbers: weights of the search, the line to answer and the line to decline."""

    answer_weight: float
    ranks: Mapping[str, float]
    answer: Line
    outside: Line
