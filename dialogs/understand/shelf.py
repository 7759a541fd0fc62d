"""A Shelf: texts kept for search by one kind of token, with BM25."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

_SATURATION, _LENGTH = 1.2, 0.75
"""The usual k1 and b of BM25."""


class Shelf:
    """Texts by number, in flat arrays: a dict of lists takes six times the memory."""

    __slots__ = ("_known", "_numbers", "_rarity", "_starts", "_texts", "_unknown", "_weights")

    def __init__(self, texts: Sequence[Iterable[str]]) -> None:
        self._known: dict[str, int] = {}
        counts = [self._counts(tokens) for tokens in texts]
        seen = Counter(token for each in counts for token in each)
        self._texts = len(texts)
        most = len(texts) + 1
        self._rarity = array("d", (math.log(most / (seen[t] + 0.5)) for t in range(len(seen))))
        self._unknown = math.log(most / 0.5)
        self._starts = array("I", [0])
        for token in range(len(seen)):
            self._starts.append(self._starts[-1] + seen[token])
        self._numbers = array("H", bytes(2 * self._starts[-1]))
        self._weights = array("f", bytes(4 * self._starts[-1]))
        self._place(counts)

    def _counts(self, tokens: Iterable[str]) -> Counter[int]:
        """How often each token is in a text. Gives every new token its number."""
        return Counter(self._known.setdefault(token, len(self._known)) for token in tokens)

    def _place(self, counts: list[Counter[int]]) -> None:
        """Fill in, for each token, the texts it is in and its BM25 weight there."""
        free = array("I", self._starts)
        average = sum(each.total() for each in counts) / max(len(counts), 1) or 1.0
        for number, each in enumerate(counts):
            stretch = 1 - _LENGTH + _LENGTH * each.total() / average
            for token, n in each.items():
                weight = n * (_SATURATION + 1) / (n + _SATURATION * stretch)
                self._numbers[free[token]] = number
                self._weights[free[token]] = self._rarity[token] * weight
                free[token] += 1

    def shares(self, tokens: Iterable[str]) -> list[float]:
        """BM25 of every text, as a share of what the tokens weigh."""
        asked = dict.fromkeys(tokens)
        ids = [self._known[token] for token in asked if token in self._known]
        whole = math.fsum(self._rarity[id] for id in ids) + (len(asked) - len(ids)) * self._unknown
        found = [0.0] * self._texts
        for id in ids:
            there = slice(self._starts[id], self._starts[id + 1])
            for number, weight in zip(self._numbers[there], self._weights[there], strict=True):
                found[number] += weight
        return [weight / whole for weight in found] if ids else found

    def strange(self, tokens: Iterable[str]) -> float:
        """The share of what the tokens weigh that is in no text."""
        asked = dict.fromkeys(tokens)
        known = math.fsum(self._rarity[self._known[t]] for t in asked if t in self._known)
        unknown = sum(token not in self._known for token in asked) * self._unknown
        return unknown / (known + unknown or 1.0)
