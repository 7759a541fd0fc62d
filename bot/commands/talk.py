"""`jigyokei talk`: the consultation in the terminal, or a JSON object a line."""

import argparse
import io
import os
import sys
from datetime import date, datetime, time

from bot.commands.options import add_day
from bot.content import Content, load_content
from dialogs.turn import JAPAN
from knowledge.errors import FileError


def add_options(parser: argparse.ArgumentParser) -> None:
    add_day(parser)
    parser.add_argument("--json", action="store_true", help="1行ずつJSONで話します")


def run(options: argparse.Namespace) -> int:
    try:
        content = load_content()
    except FileError as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        return _json(content, _now(options.on))
    from bot.channels.terminal import talk

    return talk(content, _now(options.on))


def _now(on: date | None) -> datetime:
    """The clock, or noon in Japan of the day asked for."""
    return datetime.combine(on, time(12), JAPAN) if on else datetime.now(JAPAN)


def _json(content: Content, now: datetime) -> int:
    """Lines in, lines out, UTF-8 whatever the locale; a closed pipe ends the talk politely."""
    from bot.channels.json_lines import Talk, answer_lines

    stdin = io.TextIOWrapper(sys.stdin.buffer, "utf-8", errors="replace", newline="\n")
    try:
        for line in answer_lines(Talk(content.flow, content.book, now), stdin):
            sys.stdout.buffer.write(line.encode())
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        # What is still buffered has no reader: it goes nowhere instead of failing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
