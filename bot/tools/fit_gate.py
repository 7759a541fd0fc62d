"""Fits dialogs/understand/gate.yaml on the fit half, with cross-validation: no weight by hand.

Run: python -m bot.tools.fit_gate [--test]. `--test` only scores the kept-apart half.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.tools.fitting import fit_line, fit_ranks
from bot.tools.gate_file import write
from bot.tools.labelled import Labelled, load_labelled
from bot.tools.scoring import Score, score
from dialogs.understand.gate import RANKS, SIGNS, Gate, Line
from dialogs.understand.load_index import entries, load_index, load_search_words
from dialogs.understand.topics import Features, Hit, Ranked, TopicIndex, decide
from knowledge.book import Book
from knowledge.load import load_book

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "dialogs" / "understand"
LABELS = ROOT / "tests" / "understanding"
DAY = date(2026, 11, 22)
"""The day whose words are searched while fitting; another day changes only a few figures."""
FOLDS = 5
PARTS = 2
"""Thinned indexes: each has every second wording. Every question is asked of both."""
ANSWER_WEIGHTS = (0.5, 1.0)
MOST_WRONG = 0.02
"""Wrong but sure, of what is in scope, on thinned indexes; on the whole one it is fewer."""
MOST_ANSWERED = 0.02
"""Outside but answered, of what is outside, on thinned indexes."""
MOST_LOST = 0.01
"""In scope but declined as outside."""
_NEVER = Line(0.0, dict.fromkeys(SIGNS, 0.0), 2.0)
_ALWAYS = Line(0.0, {}, 0.0)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A labelled question and what the index found for it."""

    each: Labelled
    found: Features


@dataclass(frozen=True, slots=True)
class _Held:
    """A question judged by weights that never saw it: both chances, and what was ranked."""

    each: Labelled
    ranked: Ranked | None
    answer: float
    outside: float


def fit(book: Book, labelled: Sequence[Labelled]) -> tuple[Gate, Score]:
    """The gate fitted on all of them, and its cross-validated score on thinned indexes."""
    found = []
    for answer_weight in ANSWER_WEIGHTS:
        gate = Gate(answer_weight, dict.fromkeys(RANKS, 1.0), _NEVER, _NEVER)
        indexes = [_thinned(book, gate, part) for part in range(PARTS)]
        for _ in range(2):
            seen = [_Seen(e, each.features(e.says)) for e in labelled for each in indexes]
            gate = replace(gate, ranks=_ranks(indexes[0], seen))
            indexes = [each.with_gate(gate) for each in indexes]
        found.append(_validated(indexes[0], gate, seen))
        print(f"answer_weight {answer_weight}: {found[-1][1]}")
    return max(found, key=lambda each: each[1].right + each[1].shown)


def _thinned(book: Book, gate: Gate, part: int) -> TopicIndex:
    """An index over a share of the wordings and examples.

    The fit half was open while wordings were written, so it comes nearer to them than people do.
    Thinned, the gate learns what a question is like that comes less near.
    """
    words = load_search_words(FOLDER)
    topics = [replace(each, also=each.also[part::PARTS]) for each in entries(book.on(DAY))]
    outside = {name: examples[part::PARTS] for name, examples in words.outside.items()}
    return TopicIndex(topics, words.synonyms, gate, outside)


def _validated(index: TopicIndex, gate: Gate, seen: Sequence[_Seen]) -> tuple[Gate, Score]:
    """The gate with both lines; how low they may say yes is read off held-out questions."""
    held: list[_Held] = []
    for fold in range(FOLDS):
        rest = [each for at, each in enumerate(seen) if at // PARTS % FOLDS != fold]
        part = _lines(index, replace(gate, ranks=_ranks(index, rest)), rest)
        left = [each for at, each in enumerate(seen) if at // PARTS % FOLDS == fold]
        held += [_hold(index.with_gate(part), part, each) for each in left]
    gate = _lines(index, gate, seen)
    gate = replace(gate, answer=replace(gate.answer, least=_least_answer(held)))
    lost = _least_outside(held, gate.answer.least)
    gate = replace(gate, outside=replace(gate.outside, least=lost))
    return gate, score([(each.each, _decide(each, gate)) for each in held])


def _hold(index: TopicIndex, gate: Gate, seen: _Seen) -> _Held:
    ranked = index.weigh(seen.found)
    if ranked is None:
        return _Held(seen.each, None, 0.0, 1.0)
    chances = (line.chance(ranked.signs) for line in (gate.answer, gate.outside))
    return _Held(seen.each, ranked, *chances)


def _decide(held: _Held, gate: Gate) -> Hit:
    """What the gate would say with the chances of the held-out weights."""
    answer = _ALWAYS if held.answer >= gate.answer.least else _NEVER
    outside = _ALWAYS if held.outside >= gate.outside.least else _NEVER
    return decide(held.ranked, replace(gate, answer=answer, outside=outside))


def _ranks(index: TopicIndex, seen: Sequence[_Seen]) -> dict[str, float]:
    cases = [
        [
            (found, _is_right(number, each.each, index))
            for number, found in each.found.entries.items()
        ]
        for each in seen
    ]
    return dict(zip(RANKS, fit_ranks(cases, len(RANKS)), strict=True))


def _is_right(number: int, each: Labelled, index: TopicIndex) -> bool:
    id = index.id_of(number)
    return id in each.right if each.inside else index.is_outside(id)


def _lines(index: TopicIndex, gate: Gate, seen: Sequence[_Seen]) -> Gate:
    """Both lines: is the best topic right, and is the question outside."""
    weighed = index.with_gate(gate)
    ranked = [(each.each, r) for each in seen if (r := weighed.weigh(each.found))]
    rows = [[found.signs[name] for name in SIGNS] for _, found in ranked]
    right = [found.topics[0][0] in each.right for each, found in ranked]
    outside = [not each.inside for each, _ in ranked]
    return replace(gate, answer=_line(rows, right), outside=_line(rows, outside))


def _line(rows: Sequence[Sequence[float]], wanted: Sequence[bool]) -> Line:
    constant, weights = fit_line(rows, wanted)
    return Line(constant, dict(zip(SIGNS, weights, strict=True)), 1.0)


def _least_answer(held: Sequence[_Held]) -> float:
    """The lowest chance at which few wrong topics and few outside questions are answered."""
    inside = sum(each.each.inside for each in held)
    spare = {True: int(MOST_WRONG * inside), False: int(MOST_ANSWERED * (len(held) - inside))}
    for each in sorted(held, key=lambda each: -each.answer):
        if each.ranked is None or each.ranked.topics[0][0] in each.each.right:
            continue
        spare[each.each.inside] -= 1
        if min(spare.values()) < 0:
            return each.answer + 1e-4
    return 0.0


def _least_outside(held: Sequence[_Held], answered: float) -> float:
    """The lowest chance at which few questions in scope are declined."""
    allowed = int(MOST_LOST * sum(each.each.inside for each in held))
    unsure = [each for each in held if each.answer < answered and each.each.inside]
    lost = sorted((each.outside for each in unsure), reverse=True)
    return lost[allowed] + 1e-4 if len(lost) > allowed else 0.0


def main() -> None:
    """Fit and write, or with --test only score the kept-apart half. Prints figures and misses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test", action="store_true")
    book = load_book(ROOT / "knowledge")
    if parser.parse_args().test:
        index = load_index(FOLDER, entries(book.on(DAY)))
        labelled = load_labelled(LABELS / "question_test.yaml", book)
        result = score([(each, index.search(each.says)) for each in labelled])
    else:
        gate, result = fit(book, load_labelled(LABELS / "question_fit.yaml", book))
        write(gate, FOLDER / "gate.yaml")
    print(*result.misses, result, sep="\n")


if __name__ == "__main__":
    main()
