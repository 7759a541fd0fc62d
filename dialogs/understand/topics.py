"""The TopicIndex: which topic a side question asks for, or that it is none of them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass

from dialogs.understand.gate import KINDS, NEAR, RANKS, Gate
from dialogs.understand.shelf import Shelf, Texts
from dialogs.understand.tokens import Cutter, Tokens, load_cutter

_TOPICS_LOOKED_AT, _GROUPS_LOOKED_AT = 10, 3
"""How many have their wordings compared one by one; the right one was never further down."""
_BUTTONS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """What is searched of a topic. `answer_text` may hold its facts or not."""

    id: str
    title: str
    also: tuple[str, ...]
    answer_text: str


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
    """What was found for a text, in the order of RANKS, by number of topic or outside group.

    `strange`: the share, by weight, of its words that no topic knows.
    """

    entries: Mapping[int, tuple[float, ...]]
    strange: float


class TopicIndex:
    """All topics, and examples of what is outside, ready for search. One thread at a time."""

    __slots__ = ("_cutter", "_ids", "_inside", "_shelves", "gate")

    def __init__(
        self,
        topics: Iterable[Entry],
        synonyms: Mapping[str, Sequence[str]],
        gate: Gate,
        outside: Mapping[str, Sequence[str]],
    ) -> None:
        known = tuple(topics)
        self.gate = gate
        self._cutter: Cutter = load_cutter(synonyms)
        self._ids = (*(each.id for each in known), *outside)
        self._inside = len(known)
        texts = [((each.title, *each.also), each.answer_text) for each in known]
        texts += [(tuple(examples), "") for examples in outside.values()]
        held: dict[str, str] = {}
        cut = [
            (
                [_held_once(self._cutter.cut(each), held) for each in asked],
                _held_once(self._cutter.cut_answer(answer), held),
            )
            for asked, answer in texts
        ]
        self._shelves = {kind: _shelf(kind, cut, gate.answer_weight) for kind in KINDS}

    def with_gate(self, gate: Gate) -> "TopicIndex":
        """The same texts searched by other weights; its `answer_weight` must be the same."""
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
        scores = {
            number: sum(w * x for w, x in zip(weights, each, strict=True))
            for number, each in found.entries.items()
        }
        inside = sorted((n for n in scores if n < self._inside), key=lambda n: (-scores[n], n))
        if not inside:
            return None
        out = max((score for n, score in scores.items() if n >= self._inside), default=0.0)
        signs = dict(zip(RANKS, found.entries[inside[0]], strict=True))
        signs |= _signs([scores[n] for n in inside], out) | {"strange": found.strange}
        return Ranked(tuple((self._ids[n], scores[n]) for n in inside), signs)

    def features(self, text: str) -> Features:
        """What speaks for the most promising topics and outside groups, before any weight."""
        tokens = self._cutter.cut(text)
        shares = {kind: self._shelves[kind].scores(getattr(tokens, kind)) for kind in KINDS}
        looked_at = self._promising(shares)
        near = {k: self._shelves[k].nearest(getattr(tokens, k), looked_at) for k in NEAR}
        entries = {
            n: (*(shares[k].get(n, 0.0) for k in KINDS), *(near[k][n] for k in NEAR))
            for n in looked_at
        }
        return Features(entries, self._shelves["words"].strange(tokens.words, self._inside))

    def _promising(self, shares: Mapping[str, Mapping[int, float]]) -> list[int]:
        """The entries worth a closer look by their BM25 alone: topics, then outside groups."""
        total: dict[int, float] = {}
        for kind, found in shares.items():
            weight = self.gate.ranks[f"{kind}_share"]
            for number, share in found.items():
                total[number] = total.get(number, 0.0) + weight * share
        best = sorted(total, key=lambda n: (-total[n], n))
        inside = [n for n in best if n < self._inside][:_TOPICS_LOOKED_AT]
        return inside + [n for n in best if n >= self._inside][:_GROUPS_LOOKED_AT]

    def id_of(self, number: int) -> str:
        """The id behind a number of `features`: a topic's, or the name of an outside group."""
        return self._ids[number]

    def is_outside(self, id: str) -> bool:
        """Is this the name of a group of outside.yaml?"""
        return id in self._ids[self._inside :]


def decide(ranked: Ranked | None, gate: Gate) -> Hit:
    """What the gate makes of a ranking. Sure first: to decline what is answered well is worse."""
    if ranked is None:
        return Hit(outside=True)
    if gate.answer.says_yes(ranked.signs):
        return Hit(topic=ranked.topics[0][0])
    if gate.outside.says_yes(ranked.signs):
        return Hit(outside=True)
    return Hit(candidates=tuple(id for id, _ in ranked.topics[:_BUTTONS]))


def _signs(best: list[float], out: float) -> dict[str, float]:
    """The signs that come from comparing scores; `best` holds the topics', best first."""
    whole = sum(math.exp(score - best[0]) for score in best) + math.exp(out - best[0])
    lead = best[0] - (best[1] if len(best) > 1 else 0.0)
    over = best[0] - out
    return {"score": best[0], "chance": 1 / whole, "lead": lead, "over": over, "out": out}


def _held_once(tokens: Tokens, held: dict[str, str]) -> Tokens:
    """The same tokens, but of equal ones only one is kept: a third of the memory while building."""
    kinds = (tokens.words, tokens.small, tokens.meanings, tokens.pairs, tokens.sounds)
    return Tokens(*(tuple(map(held.setdefault, each, each)) for each in kinds))


def _shelf(kind: str, cut: list[tuple[list[Tokens], Tokens]], answer_weight: float) -> Shelf:
    books = [
        Texts([getattr(each, kind) for each in asked], getattr(answer, kind))
        for asked, answer in cut
    ]
    return Shelf(books, answer_weight)
