"""The TopicIndex: which topic a side question asks for, or that it is none of them."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import chain
from operator import mul

from dialogs.understand.gate import KINDS, RANKS, Gate
from dialogs.understand.model import NO, OUTSIDE, Model
from dialogs.understand.shelf import Shelf
from dialogs.understand.tokens import Cutter

_LOOKED_AT = 10
"""How many are looked at closely, of the best by words and of the best by the model."""
_BUTTONS = 3
_NOWHERE = -1
"""Where the score of what the model does not know stands: behind all others."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is searched of a topic. `answer_text` may hold its facts or not.

    `serves`: the prefectures that it names the offices of; empty for most topics.
    """

    id: str
    title: str
    also: tuple[str, ...]
    answer_text: str
    serves: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """`topic`: surely meant. `candidates`: to ask with, best first. `outside`: none of them.

    Exactly one of the three says something; a message without any known word is `outside`.
    """

    topic: str | None = None
    candidates: tuple[str, ...] = ()
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """The topics a text may mean, best first, each with its score; `signs` of the best one."""

    topics: tuple[tuple[str, float], ...]
    signs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Features:
    """What was found for a text, in the order of RANKS, by number of topic.

    `strange`: the share, by weight, of its words that no topic knows. `out`: the model's score of
    what it most resembles outside, `apart` that it is outside at all.
    """

    entries: Mapping[int, tuple[float, ...]]
    strange: float
    out: float
    apart: float


class TopicIndex:
    """All topics, ready for search. One thread at a time."""

    __slots__ = (
        "_apart", "_cutter", "_ids", "_labels", "_model", "_outside", "_place", "_serves",
        "_shelves", "gate",
    )  # fmt: skip

    def __init__(
        self,
        topics: Iterable[Entry],
        cutter: Cutter,
        gate: Gate,
        model: Model,
        place: Callable[[str], str | None],
    ) -> None:
        """`place` reads the one prefecture that a text surely names, or None."""
        known = tuple(topics)
        self.gate = gate
        self._cutter, self._model, self._place = cutter, model, place
        self._serves = {n: each.serves for n, each in enumerate(known) if each.serves}
        self._ids = tuple(each.id for each in known)
        held: dict[str, str] = {}
        cut = [_cut_once(cutter, each, held) for each in known]
        at = {label: number for number, label in enumerate(model.labels)}
        self._labels = [at.get(id, _NOWHERE) for id in self._ids]
        self._apart = at.get(OUTSIDE, _NOWHERE)
        self._outside = [
            n for label, n in at.items() if is_outside(label) and label not in {OUTSIDE, *self._ids}
        ]
        self._shelves = {kind: Shelf([each[kind] for each in cut]) for kind in KINDS}

    def with_gate(self, gate: Gate) -> "TopicIndex":
        """The same texts searched by other weights."""
        other = copy(self)
        other.gate = gate
        return other

    def search(self, text: str) -> Hit:
        """The topic of a question, three to choose from, or outside."""
        return decide(self.rank(text), self.gate)

    def rank(self, text: str) -> Ranked | None:
        """Every topic worth a look, with the signs the gate decides by; None: no word is known."""
        return self.weigh(self.features(text))

    def weigh(self, found: Features) -> Ranked | None:
        """The ranking that these features lead to; None when no topic is among them."""
        weights = [self.gate.ranks[name] for name in RANKS]
        scores = {number: sum(map(mul, weights, each)) for number, each in found.entries.items()}
        best = sorted(scores, key=lambda n: (-scores[n], n))
        if not best:
            return None
        signs = dict(zip(RANKS, found.entries[best[0]], strict=True))
        signs |= _signs([scores[n] for n in best])
        signs |= {"out": found.out, "apart": found.apart, "strange": found.strange}
        return Ranked(tuple((self._ids[n], scores[n]) for n in best), signs)

    def features(self, text: str) -> Features:
        """What speaks for the most promising topics, before any weight."""
        tokens = self._cutter.cut(text)
        shares = [self._shelves[kind].shares(getattr(tokens, kind)) for kind in KINDS]
        if not any(map(any, shares)):
            return Features({}, 1.0, NO, NO)
        pulls = [*self._model.pulls(tokens), NO]
        sure = [pulls[at] for at in self._labels]
        here = self._here(text)
        entries = {
            n: (*(share[n] for share in shares), sure[n], here.get(n, 0.0))
            for n in _promising(shares, sure).union(n for n in here if here[n] > 0)
        }
        out = max([pulls[at] for at in self._outside], default=NO)
        strange = self._shelves["words"].strange(tokens.words)
        return Features(entries, strange, out, pulls[self._apart])

    def _here(self, text: str) -> dict[int, float]:
        """Of a text with a place: 1 for the topics that name its offices, -1 for other places'."""
        place = self._place(text)
        if place is None:
            return {}
        return {n: 1.0 if place in serves else -1.0 for n, serves in self._serves.items()}

    def id_of(self, number: int) -> str:
        """The id behind a number of `features`."""
        return self._ids[number]


def is_outside(label: str) -> bool:
    """Is this label of the model the name of a group of outside.yaml?"""
    return label.startswith(OUTSIDE)


def _promising(shares: Sequence[Sequence[float]], sure: Sequence[float]) -> set[int]:
    """The topics worth a closer look: the best by their words, and the best by the model."""
    total = list(map(sum, zip(*shares, strict=True)))
    return {*(n for n in _best(total) if total[n] > 0), *_best(sure)}


def _best(scores: Sequence[float]) -> list[int]:
    """The numbers of the highest scores; of equal ones the first."""
    least = sorted(scores)[-_LOOKED_AT:][0] if scores else 0.0
    found = [number for number, score in enumerate(scores) if score >= least]
    return sorted(found, key=lambda n: (-scores[n], n))[:_LOOKED_AT]


def decide(ranked: Ranked | None, gate: Gate) -> Hit:
    """What the gate makes of a ranking. Sure first: to decline what is answered well is worse."""
    if ranked is None:
        return Hit(outside=True)
    if gate.answer.says_yes(ranked.signs):
        return Hit(topic=ranked.topics[0][0])
    if gate.outside.says_yes(ranked.signs):
        return Hit(outside=True)
    return Hit(candidates=tuple(id for id, _ in ranked.topics[:_BUTTONS]))


def _signs(best: list[float]) -> dict[str, float]:
    """The signs that come from comparing the scores of the topics, best first."""
    whole = sum(math.exp(score - best[0]) for score in best)
    lead = best[0] - best[1] if len(best) > 1 else best[0]
    return {"score": best[0], "chance": 1 / whole, "lead": lead}


def _cut_once(cutter: Cutter, entry: Entry, held: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """All tokens of an entry by kind; of equal ones only one is kept in memory."""
    texts = [cutter.cut(text) for text in (entry.title, *entry.also, entry.answer_text)]
    return {
        kind: tuple(
            held.setdefault(token, token)
            for token in chain.from_iterable(getattr(text, kind) for text in texts)
        )
        for kind in KINDS
    }
