"""Fits the search of topics: model.json on the wordings, then gate.yaml on labelled questions.

Run: python -m bot.tools.fit_search [--score FILE]. With --score nothing is written.
No number of either file is set by hand; how low the gate may say yes is cross-validated.
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
from bot.tools.train import outside_labels, train, write_model
from dialogs.understand.gate import RANKS, SIGNS, Gate, Line
from dialogs.understand.load_index import entries, load_examples
from dialogs.understand.model import Model
from dialogs.understand.readers import load_readers
from dialogs.understand.tokens import Cutter, load_cutter
from dialogs.understand.topics import Features, Hit, Ranked, TopicIndex, decide, is_outside
from knowledge.book import Book
from knowledge.load import load_book

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "dialogs" / "understand"
LABELS = ROOT / "tests" / "understanding"
TRAIN, FIT = LABELS / "question_train.yaml", LABELS / "question_fit.yaml"
"""What the model learns from beside the wordings; and what the gate is fitted on, which the model
never sees: so the gate learns how sure it may be of what is new."""
DAY = date(2026, 11, 22)
"""The day whose words are searched while fitting; another day changes only a few figures."""
FOLDS = 5
MOST_WRONG = 0.015
"""Wrong but sure, of what is in scope: below the goal of 2 %, as the next people ask otherwise."""
MOST_ANSWERED = 0.02
"""Outside but answered, of what is outside."""
MOST_LOST = 0.01
"""In scope but declined as outside."""
_NEVER = Line(0.0, dict.fromkeys(SIGNS, 0.0), 2.0)
_ALWAYS = Line(0.0, {}, 0.0)
OPEN = Gate(dict.fromkeys(RANKS, 1.0), _NEVER, _NEVER)
"""A gate for an index whose own is not fitted yet."""


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


def fit_model(book: Book, cutter: Cutter, folder: Path = FOLDER) -> Model:
    """The model of the titles and wordings of every topic, of what is outside, and of TRAIN."""
    wordings = {each.id: [each.title, *each.also] for each in entries(book.on(DAY))}
    for path in sorted((folder / "wordings").glob("*.yaml")):
        for id, more in load_examples(folder / "wordings", path.stem).items():
            wordings[id] = [*wordings[id], *more]
    wordings |= outside_labels(load_examples(folder, "outside"))
    first = train(wordings, cutter)
    for each in load_labelled(TRAIN, book):
        scores = first.scores(cutter.cut(each.says))
        # Several topics may answer it: it goes to the one that is nearest already.
        right = [label for label in wordings if _is_right(label, each)]
        if right:
            wordings[max(right, key=lambda label: scores[label])].append(each.says)
    return train(wordings, cutter)


def _is_right(label: str, each: Labelled) -> bool:
    return label in each.right if each.inside else is_outside(label)


def fit_gate(index: TopicIndex, labelled: Sequence[Labelled]) -> tuple[Gate, Score]:
    """The gate fitted on all of them, and its cross-validated score."""
    seen = [_Seen(each, index.features(each.says)) for each in labelled]
    held: list[_Held] = []
    for fold in range(FOLDS):
        part = _lines(index, [each for at, each in enumerate(seen) if at % FOLDS != fold])
        weighed = index.with_gate(part)
        held += [_hold(weighed, each) for each in seen[fold::FOLDS]]
    gate = _lines(index, seen)
    gate = replace(gate, answer=replace(gate.answer, least=_least_answer(held)))
    lost = _least_outside(held, gate.answer.least)
    gate = replace(gate, outside=replace(gate.outside, least=lost))
    return gate, score([(each.each, _decide(each, gate)) for each in held])


def _hold(index: TopicIndex, seen: _Seen) -> _Held:
    ranked = index.weigh(seen.found)
    if ranked is None:
        return _Held(seen.each, None, 0.0, 1.0)
    chances = (line.chance(ranked.signs) for line in (index.gate.answer, index.gate.outside))
    return _Held(seen.each, ranked, *chances)


def _decide(held: _Held, gate: Gate) -> Hit:
    """What the gate would say with the chances of the held-out weights."""
    answer = _ALWAYS if held.answer >= gate.answer.least else _NEVER
    outside = _ALWAYS if held.outside >= gate.outside.least else _NEVER
    return decide(held.ranked, replace(gate, answer=answer, outside=outside))


def _lines(index: TopicIndex, seen: Sequence[_Seen]) -> Gate:
    """The ranks, then both lines: is the best topic right, and is the question outside."""
    cases = [
        [(found, index.id_of(number) in each.each.right) for number, found in entries_]
        for each in seen
        if (entries_ := tuple(each.found.entries.items()))
    ]
    gate = replace(OPEN, ranks=dict(zip(RANKS, fit_ranks(cases), strict=True)))
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
    """Fit and write, or with --score only score one labelled set. Prints figures and misses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--score", type=Path)
    options, book = parser.parse_args(), load_book(ROOT / "knowledge")
    if options.score:
        index = load_readers(FOLDER, book).index
        asked = load_labelled(options.score, book)
        result = score([(each, index.search(each.says)) for each in asked])
    else:
        cutter = load_cutter(load_examples(FOLDER, "synonyms"))
        model = fit_model(book, cutter)
        place = load_readers(FOLDER, book).sure_place
        index = TopicIndex(entries(book.on(DAY)), cutter, OPEN, model, place)
        gate, result = fit_gate(index, load_labelled(FIT, book))
        write_model(model, FOLDER / "model.json")
        write(gate, FOLDER / "gate.yaml")
    print(*result.misses, result, sep="\n")


if __name__ == "__main__":
    main()
