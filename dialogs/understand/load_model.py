"""Reads model.json, as bot/tools/train.py wrote it."""

import json
from array import array
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path

from dialogs.understand.model import Model

_BIG_ENDIAN = array("H", b"\x01\x00")[0] != 1


def load_model(path: Path) -> Model:
    """The model of this file. Raises OSError, ValueError, KeyError or TypeError if none."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Model(
        labels=data["labels"],
        constants=data["constants"],
        step=data["step"],
        known={token: number for number, token in enumerate(data["tokens"])},
        starts=_numbers("I", data["starts"]),
        numbers=_numbers("H", data["numbers"]),
        weights=_numbers("b", data["weights"]),
    )


def _numbers(kind: str, text: str) -> Sequence[int]:
    """Numbers packed as little-endian bytes in base64."""
    found = array(kind, b64decode(text))
    if _BIG_ENDIAN:  # pragma: no cover
        found.byteswap()
    return found
