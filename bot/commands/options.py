"""Options several commands share."""

import argparse
import re
from datetime import date

FIRST_YEAR, LAST_YEAR = 2019, 2100
"""The scheme began in 2019; beyond a lifetime no calendar sum is meant."""


def day(text: str) -> date:
    """A day on the command line. Raises ArgumentTypeError with what to write."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        found = date.fromisoformat(text)
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ValueError(text)
        return found
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} は 2026-11-22 の形の日ではありません") from None


def add_day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=day, metavar="DAY", help="この日として答えます（2026-11-22）")
