"""Reads the hand-made payloads; with them, a good one to put beside the bad."""

from pathlib import Path
from typing import Any

import yaml

GOOD: list[dict[str, Any]] = [{"type": "text", "text": "こんにちは"}]


def grown(value: Any) -> Any:
    """The value with `times` and `copies` written out."""
    if isinstance(value, dict):
        if set(value) == {"times"}:
            word, count = value["times"]
            return word * count
        if set(value) == {"copies"}:
            thing, count = value["copies"]
            return [grown(thing) for _ in range(count)]
        return {key: grown(each) for key, each in value.items()}
    return [grown(each) for each in value] if isinstance(value, list) else value


def load_bad() -> list[dict[str, Any]]:
    path = Path(__file__).with_name("bad_line_payloads.yaml")
    return [grown(each) for each in yaml.safe_load(path.read_text(encoding="utf-8"))]
