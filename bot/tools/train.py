"""Trains the model on wordings, and packs it as model.json in the shape model.py reads."""

import json
from array import array
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from dialogs.understand.model import OUTSIDE, Model, features
from dialogs.understand.tokens import Cutter, Tokens

_STRICTNESS = 0.5
"""The C of the support vector machine; from 0.2 to 3 the result is nearly the same."""
_LEAST = 0.07
"""A weaker weight is left out: four of five are, and the ranking stays the same."""
_MOST = 127
"""Weights are kept as whole numbers of one byte."""


def train(wordings: Mapping[str, Sequence[str]], cutter: Cutter) -> Model:
    """The model of these wordings by label: one linear separation of each label from all others."""
    known: dict[str, int] = {}
    texts = [(label, cutter.cut(text)) for label, all_ in wordings.items() for text in all_]
    rows = _rows([tokens for _, tokens in texts], known)
    labels = [label for label, _ in texts]
    topics = LinearSVC(C=_STRICTNESS, random_state=0).fit(rows, labels)
    apart = LinearSVC(C=_STRICTNESS, class_weight="balanced", random_state=0)
    apart.fit(rows, [label.startswith(OUTSIDE) for label in labels])
    return _packed(
        [*topics.classes_.tolist(), OUTSIDE],
        np.vstack([topics.coef_, apart.coef_]).T,
        [*topics.intercept_, *apart.intercept_],
        known,
    )


def _rows(texts: Sequence[Tokens], known: dict[str, int]) -> csr_matrix:
    """A row for each text, a column for each token, in the order they are first met."""
    at, column, value = [], [], []
    for number, tokens in enumerate(texts):
        for feature, share in features(tokens):
            at.append(number)
            column.append(known.setdefault(feature, len(known)))
            value.append(share)
    return csr_matrix((value, (at, column)), shape=(len(texts), len(known)))


def _packed(
    labels: Sequence[str],
    exact: NDArray[np.float64],
    constants: Iterable[float],
    known: Mapping[str, int],
) -> Model:
    """Only the weights that matter, as whole numbers; a token without any is left out."""
    weights = np.where(np.abs(exact) < _LEAST, 0.0, exact)
    step = float(np.abs(weights).max()) / _MOST
    whole = np.rint(weights / step).astype(int)
    kept = {token: row for token, row in known.items() if whole[row].any()}
    starts, numbers, values = array("I", [0]), array("H"), array("b")
    for row in kept.values():
        there = np.flatnonzero(whole[row])
        numbers.extend(there.tolist())
        values.extend(whole[row][there].tolist())
        starts.append(len(numbers))
    return Model(
        labels=labels,
        constants=[round(float(each), 4) for each in constants],
        step=round(step, 7),
        known={token: number for number, token in enumerate(kept)},
        starts=starts,
        numbers=numbers,
        weights=values,
    )


def write_model(model: Model, path: Path) -> None:
    """model.json; the numbers are packed, little-endian, because they are half a million."""
    data = {
        "written_by": "python -m bot.tools.fit_search",
        "labels": list(model.labels),
        "constants": list(model.constants),
        "step": model.step,
        "tokens": list(model.known),
        **{name: _base64(getattr(model, name)) for name in ("starts", "numbers", "weights")},
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _base64(numbers: "array[int]") -> str:
    little = np.asarray(numbers).astype(np.dtype(numbers.typecode).newbyteorder("<"))
    return b64encode(little.tobytes()).decode()


def outside_labels(groups: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The groups of outside.yaml under the labels the model gives them."""
    return {f"{OUTSIDE}{name}": [*examples] for name, examples in groups.items()}
