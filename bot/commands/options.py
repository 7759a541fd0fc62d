"""Options several commands share."""

import argparse
from datetime import date


def day(text: str) -> date:
    """A day on the command line. Raises ArgumentTypeError with what to write."""
    try:
        if len(text) != len("2026-11-22"):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} は 2026-11-22 の形の日ではありません") from None


def add_day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=day, metavar="DAY", help="この日として答えます（2026-11-22）")
