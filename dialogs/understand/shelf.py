"""A Shelf: texts kept for search by one kind of token, with BM25 and the nearest wording."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SATURATION, _LENGTH = 1.2, 0.75
"""The usual k1 and b of BM25."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The tokens of one topic: its wordings one by one, the title among them, and its answer."""

    wordings: Sequence[tuple[str, ...]]
    answer: tuple[str, ...]


class Shelf:
    """Topics by number, in flat arrays: a dict of lists takes six times the memory.

    `answer_weight` is what a token of an answer counts; one of a wording counts 1.
    """

    __slots__ = ("_known", "_numbers", "_rarity", "_starts", "_unknown", "_weights", "_wordings")

    def __init__(self, topics: Sequence[Texts], answer_weight: float) -> None:
        self._known: dict[str, int] = {}
        counts = [self._counts(each, answer_weight) for each in topics]
        seen = Counter(token for each in counts for token in each)
        most = len(topics) + 1
        self._rarity = array("d", (math.log(most / (seen[t] + 0.5)) for t in range(len(seen))))
        self._unknown = math.log(most / 0.5)
        self._starts = array("I", [0])
        for token in range(len(seen)):
            self._starts.append(self._starts[-1] + seen[token])
        self._numbers = array("H", bytes(2 * self._starts[-1]))
        self._weights = array("f", bytes(4 * self._starts[-1]))
        self._place(counts)
        self._wordings = [
            tuple((self._length(each), each) for each in map(self._ids, topic.wordings) if each)
            for topic in topics
        ]

    def _counts(self, topic: Texts, answer_weight: float) -> dict[int, float]:
        """How often each token is in a topic. Gives every new token its number."""
        counts: dict[int, float] = {}
        for tokens, weight in (*((each, 1.0) for each in topic.wordings), (topic.answer, None)):
            for token in tokens:
                id = self._known.setdefault(token, len(self._known))
                counts[id] = counts.get(id, 0.0) + (answer_weight if weight is None else weight)
        return counts

    def _place(self, counts: list[dict[int, float]]) -> None:
        """Fill in, for each token, the topics it is in and its BM25 weight there."""
        free = array("I", self._starts)
        average = sum(sum(each.values()) for each in counts) / max(len(counts), 1) or 1.0
        for number, each in enumerate(counts):
            stretch = 1 - _LENGTH + _LENGTH * sum(each.values()) / average
            for token, n in each.items():
                weight = n * (_SATURATION + 1) / (n + _SATURATION * stretch)
                self._numbers[free[token]] = number
                self._weights[free[token]] = self._rarity[token] * weight
                free[token] += 1

    def _ids(self, tokens: Iterable[str]) -> tuple[int, ...]:
        """The numbers of the known ones among the tokens, each once."""
        return tuple(dict.fromkeys(self._known[t] for t in tokens if t in self._known))

    def _length(self, ids: Iterable[int], unknown: int = 0) -> float:
        """How much tokens weigh together as a vector; unknown ones count as the rarest."""
        known = math.fsum(self._rarity[id] ** 2 for id in ids)
        return math.sqrt(known + unknown * self._unknown**2) or 1.0

    def scores(self, tokens: Iterable[str]) -> dict[int, float]:
        """BM25 of every topic with one of these tokens, as a share of what the tokens weigh."""
        asked = dict.fromkeys(tokens)
        ids = self._ids(asked)
        whole = math.fsum(self._rarity[id] for id in ids) + (len(asked) - len(ids)) * self._unknown
        found: dict[int, float] = {}
        for id in ids:
            there = slice(self._starts[id], self._starts[id + 1])
            for number, weight in zip(self._numbers[there], self._weights[there], strict=True):
                found[number] = found.get(number, 0.0) + weight
        return {number: weight / whole for number, weight in found.items()}

    def strange(self, tokens: Iterable[str], below: int) -> float:
        """The share of what the tokens weigh that is in no topic numbered lower than `below`."""
        asked = dict.fromkeys(tokens)
        ids = self._ids(asked)
        odd = [id for id in ids if self._numbers[self._starts[id]] >= below]
        unknown = (len(asked) - len(ids)) * self._unknown
        whole = math.fsum(self._rarity[id] for id in ids) + unknown
        return (math.fsum(self._rarity[id] for id in odd) + unknown) / (whole or 1.0)

    def nearest(self, tokens: Iterable[str], numbers: Iterable[int]) -> dict[int, float]:
        """For each of these topics, how near (0 to 1) its nearest wording is: the cosine."""
        asked = dict.fromkeys(tokens)
        ids = set(self._ids(asked))
        squares = {id: self._rarity[id] ** 2 for id in ids}
        length = self._length(ids, len(asked) - len(ids))
        return {
            number: max(
                (
                    math.fsum(map(squares.__getitem__, ids.intersection(each))) / (length * own)
                    for own, each in self._wordings[number]
                ),
                default=0.0,
            )
            for number in numbers
        }
