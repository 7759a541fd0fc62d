"""Fits the lines and ranks of the gate by logistic regression."""

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

Vector = Sequence[float]


def fit_ranks(cases: Sequence[Sequence[tuple[Vector, bool]]]) -> list[float]:
    """Weights that lift the right ones of each case above the others.

    A case holds each candidate's numbers and whether it is right. What tells the best right one
    from a wrong one is learned in pairs, each case counting once.
    """
    rows, shares = [], []
    for case in cases:
        good = [np.array(found) for found, right in case if right]
        bad = [np.array(found) for found, right in case if not right]
        if good and bad:
            best = max(good, key=lambda found: float(found.sum()))
            rows += [best - found for found in bad]
            shares += [1 / len(bad)] * len(bad)
    both = np.array([*rows, *(-row for row in rows)])
    wanted = [1] * len(rows) + [0] * len(rows)
    machine = LogisticRegression(C=10.0, fit_intercept=False, max_iter=1_000)
    machine.fit(both, wanted, sample_weight=shares * 2)
    return [float(weight) for weight in machine.coef_[0]]


def fit_line(rows: Sequence[Vector], wanted: Sequence[bool]) -> tuple[float, list[float]]:
    """The constant and the weights of a logistic line; numbers are evened out while fitting."""
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1_000))
    pipeline.fit(rows, wanted)
    scaler, machine = pipeline.steps[0][1], pipeline.steps[1][1]
    widths = scaler.scale_
    plain = machine.coef_[0] / widths
    return float(machine.intercept_[0] - plain @ scaler.mean_), [float(w) for w in plain]
