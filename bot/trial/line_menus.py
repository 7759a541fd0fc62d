"""What the trial LINE lets a rich menu be: its areas, and the image that is uploaded for it.

出典: platforms.md: name 300, bar 14, 20 areas; image 800–2,500 × ≥ 250, w/h ≥ 1.45, ≤ 1 MB.
"""

import struct
from collections.abc import Iterator
from typing import Any

from bot.trial.line_actions import RICH_MENU
from bot.trial.line_checks import Fault, graphemes, listed, number, shape, text, truth

MOST_BYTES = 1_000_000
_BOUNDS = shape(
    {
        "x": number(0, 2_500), "y": number(0, 2_500),
        "width": number(1, 2_500), "height": number(1, 2_500),
    },
    "x y width height",
)  # fmt: skip


def _wide_enough(value: dict[str, Any], at: str) -> Iterator[Fault]:
    if value["width"] / value["height"] < 1.45:
        yield Fault(at, "width divided by height must be at least 1.45")


def _inside(value: dict[str, Any], at: str) -> Iterator[Fault]:
    """Every area lies within the menu."""
    width, height = value["size"]["width"], value["size"]["height"]
    for place, area in enumerate(value["areas"]):
        of = area["bounds"]
        if of["x"] + of["width"] > width or of["y"] + of["height"] > height:
            yield Fault(f"{at}areas[{place}].bounds", "must lie within the menu")


_SIZE = shape(
    {"width": number(800, 2_500), "height": number(250, 2_500)}, "width height", _wide_enough
)
_AREA = shape({"bounds": _BOUNDS, "action": RICH_MENU}, "bounds action")
MENU = shape(
    {
        "size": _SIZE, "selected": truth, "name": text(300), "chatBarText": text(14, graphemes),
        "areas": listed(_AREA, 20),
    },
    "size selected name chatBarText areas",
    _inside,
)  # fmt: skip


def image_faults(body: bytes, kind: str, size: dict[str, int]) -> list[str]:
    """What is wrong with an image: its weight, its format, its size against the menu's."""
    if len(body) > MOST_BYTES:
        return ["image size must be at most 1 MB"]
    measured = _png(body) if kind == "image/png" else _jpeg(body) if kind == "image/jpeg" else None
    if measured is None:
        return ["unsupported image"]
    width, height = measured
    if not 800 <= width <= 2_500 or height < 250 or width / height < 1.45:
        return ["invalid image size"]
    return [] if (width, height) == (size["width"], size["height"]) else ["image unlike the menu"]


def _png(body: bytes) -> tuple[int, int] | None:
    if body[:8] != b"\x89PNG\r\n\x1a\n" or body[12:16] != b"IHDR" or len(body) < 24:
        return None
    width, height = struct.unpack(">II", body[16:24])
    return width, height


def _jpeg(body: bytes) -> tuple[int, int] | None:
    """The size in the first frame header."""
    at = 2 if body[:2] == b"\xff\xd8" else len(body)
    while at + 9 < len(body) and body[at] == 0xFF:
        if body[at + 1] in (0xC0, 0xC1, 0xC2):
            height, width = struct.unpack(">HH", body[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", body[at + 2 : at + 4])[0]
    return None
