"""Fitting in plain Python: a logistic line, and the weights that rank the right one first."""

import math
from collections.abc import Sequence

Vector = Sequence[float]
_STEPS, _PACE = 150, 0.5


def fit_ranks(cases: Sequence[Sequence[tuple[Vector, bool]]], size: int) -> list[float]:
    """Weights (never below 0) that lift the right ones of each case above the others.

    A case holds each candidate's numbers and whether it is right. Softmax, plain descent.
    """
    useful = [case for case in cases if any(right for _, right in case)]
    weights, past = [2.0] * size, [1e-6] * size
    for _ in range(_STEPS):
        slope = [0.01 * weight for weight in weights]
        for case in useful:
            _pull(slope, weights, case, 1 / len(useful))
        _step(weights, past, slope)
        weights = [max(0.0, weight) for weight in weights]
    return weights


def _pull(
    slope: list[float], weights: Vector, case: Sequence[tuple[Vector, bool]], share: float
) -> None:
    scores = [sum(w * x for w, x in zip(weights, found, strict=True)) for found, _ in case]
    powers = [math.exp(score - max(scores)) for score in scores]
    whole = sum(powers)
    good = sum(power for power, (_, right) in zip(powers, case, strict=True) if right)
    for power, (found, right) in zip(powers, case, strict=True):
        pull = share * (power / whole - (power / good if right else 0.0))
        for at, x in enumerate(found):
            slope[at] += pull * x


def fit_line(rows: Sequence[Vector], wanted: Sequence[bool]) -> tuple[float, list[float]]:
    """The constant and the weights of a logistic line; numbers are evened out while fitting."""
    size = len(rows[0])
    means = [sum(row[at] for row in rows) / len(rows) for at in range(size)]
    widths = [
        math.sqrt(sum((row[at] - means[at]) ** 2 for row in rows) / len(rows)) or 1.0
        for at in range(size)
    ]
    even = [[1.0, *((row[i] - means[i]) / widths[i] for i in range(size))] for row in rows]
    weights, past = [0.0] * (size + 1), [1e-6] * (size + 1)
    for _ in range(_STEPS * 2):
        slope = [0.0, *(0.01 * weight for weight in weights[1:])]
        for row, yes in zip(even, wanted, strict=True):
            total = sum(w * x for w, x in zip(weights, row, strict=True))
            pull = (1 / (1 + math.exp(-max(-60.0, min(60.0, total)))) - yes) / len(even)
            for at, x in enumerate(row):
                slope[at] += pull * x
        _step(weights, past, slope)
    plain = [weight / width for weight, width in zip(weights[1:], widths, strict=True)]
    return weights[0] - sum(w * m for w, m in zip(plain, means, strict=True)), plain


def _step(weights: list[float], past: list[float], slope: Vector) -> None:
    """One step down; the pace of each weight slows with what it has moved (Adagrad)."""
    for at, rise in enumerate(slope):
        past[at] += rise * rise
        weights[at] -= _PACE * rise / math.sqrt(past[at])
