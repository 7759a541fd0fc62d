"""`jigyokei talk`: the consultation in the terminal, or a JSON object a line."""

import argparse
import io
import sys
from datetime import date, datetime, time

from bot.commands.options import add_day
from bot.content import load_content
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
    now = _now(options.on)
    if options.json:
        from bot.channels.json_lines import Talk

        return _json(Talk(content.flow, content.book, now))
    from bot.channels.terminal import talk

    return talk(content, now)


def _now(on: date | None) -> datetime:
    """The clock, or noon in Japan of the day asked for."""
    return datetime.combine(on, time(12), JAPAN) if on else datetime.now(JAPAN)


def _json(talk: object) -> int:
    from bot.channels.json_lines import answer_lines

    stdin = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace", newline="\n")
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True)
    try:
        for line in answer_lines(talk, stdin):  # type: ignore[arg-type]
            out.write(line)
            out.flush()
    except BrokenPipeError:
        out.detach()
        sys.stdout = None
    return 0
