"""The Model: how much each token of a question speaks for or against each topic.

A linear classifier, fitted by `bot/tools/fit_search.py` on thousands of wordings; see model.json.
"""

import math
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dialogs.understand.tokens import Tokens

SHARES = {"words": 1.0, "small": 0.4, "meanings": 1.0, "sounds": 1.0}
"""The kinds of tokens it knows, and what each kind counts."""
OUTSIDE = "outside:"
"""What the label of a group of outside.yaml begins with."""
ROWS_KEPT = 2_048
"""Rows of common tokens kept ready, of 2 KB each."""
NO = -1.0
"""The score of a topic it does not know, made after it was fitted: that of a plain no."""


def features(tokens: Tokens) -> Iterator[tuple[str, float]]:
    """Each token, marked with its kind, and its share: those of a kind have length 1 together."""
    for kind, share in SHARES.items():
        found = dict.fromkeys(getattr(tokens, kind))
        for token in found:
            yield f"{kind[0]}{token}", share / math.sqrt(len(found))


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in flat arrays: those of token `n` stand from `starts[n]` to `starts[n + 1]`.

    `labels` are ids of topics, and groups of outside.yaml; a weight counts `step` each.
    """

    labels: Sequence[str]
    constants: Sequence[float]
    step: float
    known: Mapping[str, int]
    starts: Sequence[int]
    numbers: Sequence[int]
    weights: Sequence[int]
    row: Callable[[int], int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "row", _rows(self))

    def scores(self, tokens: Tokens) -> dict[str, float]:
        """How surely each label is meant: from about -1, surely not, to +1, surely."""
        return dict(zip(self.labels, self.pulls(tokens), strict=True))

    def pulls(self, tokens: Tokens) -> list[float]:
        """The scores alone, in the order of the labels."""
        kinds = (self._pull(tokens, kind, share) for kind, share in SHARES.items())
        (p, words), (q, small), (r, meanings), (s, sounds) = kinds
        each = zip(self.constants, words, small, meanings, sounds, strict=True)
        return [at + p * a + q * b + r * c + s * d for at, a, b, c, d in each]

    def _pull(self, tokens: Tokens, kind: str, share: float) -> tuple[float, tuple[int, ...]]:
        """What a weight of this kind counts, and the sum of its tokens' weights by label."""
        asked = dict.fromkeys(getattr(tokens, kind))
        known = [n for n in map(self.known.get, (kind[0] + t for t in asked)) if n is not None]
        pull = share / math.sqrt(len(asked) or 1) * self.step
        return pull, _sums(sum(map(self.row, known)), len(self.labels))


def _rows(model: "Model") -> Callable[[int], int]:
    """The weights of a token as one large number, so that tokens are added in one step each.

    The weight of label `n` counts 2**(32 * n). Kept by number of token, never by its letters.
    """

    def row(token: int) -> int:
        fields = [0] * len(model.labels)
        for at in range(model.starts[token], model.starts[token + 1]):
            fields[model.numbers[at]] = model.weights[at]
        signs = _signs(len(fields))
        packed = struct.pack(f"<{len(fields)}i", *fields)
        return (int.from_bytes(packed, "little") ^ signs) - signs

    return lru_cache(ROWS_KEPT)(row)


def _sums(total: int, labels: int) -> tuple[int, ...]:
    """The fields of a sum of rows, one for each label."""
    signs = _signs(labels)
    packed = ((total + signs) ^ signs).to_bytes(4 * labels, "little")
    return struct.unpack(f"<{labels}i", packed)


@lru_cache(maxsize=4)
def _signs(labels: int) -> int:
    """The highest bit of every field."""
    return sum(1 << (32 * label + 31) for label in range(labels))
