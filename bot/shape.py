"""Shapes: what can be said of something that failed, without a word of what it held."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from traceback import extract_tb

from bot.content import ROOT


def shape(thing: object) -> str:
    """A thing with each text replaced by its length: `Press(data=17)`."""
    if isinstance(thing, str | bytes):
        return str(len(thing))
    if is_dataclass(thing) and not isinstance(thing, type):
        inner = (f"{field.name}={shape(getattr(thing, field.name))}" for field in fields(thing))
        return f"{type(thing).__name__}({', '.join(inner)})"
    if isinstance(thing, dict):
        return "{" + ", ".join(f"{shape(k)}: {shape(v)}" for k, v in thing.items()) + "}"
    return type(thing).__name__


def fault(error: BaseException) -> str:
    """An error's class, and where it was raised: `ValueError session.py:54`. Never its words."""
    cause = getattr(error, "orig", None) or error
    frames = [frame for frame in extract_tb(error.__traceback__) if _ours(frame.filename)]
    place = f" {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(cause).__name__}{place}"


def _ours(file: str) -> bool:
    path = Path(file)
    return path.is_relative_to(ROOT) and "site-packages" not in path.parts
