"""The consultation in the terminal: lines in, the parts of each Reply drawn in full.

It imports rich, and nothing but `talk` without `--json` imports it.
"""

import io
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from rich.console import Console, RenderableType

from bot.channels.drawing import Japanese, draw
from bot.content import Content
from bot.unsure import NOT_SURE
from dialogs.heard import Heard, Hello, Said, Text
from dialogs.reply import Ask, Copy, Menu, Reply, Say
from dialogs.session import Session
from dialogs.turn import take_turn
from knowledge.errors import FactError

WIDEST = 80
PROMPT = "あなた > "
FAREWELL = "ご相談を終わります。お電話でもご相談いただけます。"


def talk(content: Content, now: datetime) -> int:
    """Consult until the person leaves; `now` is the time it starts. Returns the exit code, 0."""
    with suppress(ImportError):
        import readline  # noqa: F401, PLC0415 - editing of wide characters, where there is one
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    return Terminal(content, now, Console(highlight=False)).run()


@dataclass
class Terminal:
    """One talk at one terminal."""

    content: Content
    start: datetime
    console: Console
    started: float = field(default_factory=monotonic)
    session: Session = field(default_factory=Session)
    count: int = 0

    def run(self) -> int:
        """Greet, then answer line by line. Ctrl-C and Ctrl-D leave as politely as 「やめる」."""
        try:
            going = self.take(Hello())
            while going:
                line = self._read()
                going = not line or self.take(Text(line))
        except (EOFError, KeyboardInterrupt):
            self._show((Say(f"{FAREWELL}\n{self._headquarters()}"),))
        return 0

    def take(self, said: Said) -> bool:
        """Answer one thing said; False when it was the wish to stop.

        Where no fact holds on that day the head office is named, and the talk stays as it was.
        """
        self.count += 1
        now = self.start + timedelta(seconds=monotonic() - self.started)
        heard = Heard("terminal", str(self.count), now, said)
        try:
            turn = take_turn(self.content.flow, self.content.book, self.session, heard, now)
        except FactError:
            self._show((Say(f"{NOT_SURE}\n{self._headquarters()}"),))
            return True
        self.session = turn.session
        if turn.command == "stop":
            # Nobody can answer after the end, so nothing is asked any more.
            self._show(tuple(part for part in turn.reply if not isinstance(part, Ask | Menu)))
            return False
        self._show(turn.reply)
        return True

    def _read(self) -> str:
        """The next typed line; where nobody sees the typing, it is written down as well."""
        if sys.stdin.isatty():
            return input(PROMPT).strip()
        line = "".join(filter(str.isprintable, input())).strip()
        self._print(Japanese(f"{PROMPT}{line}"))
        return line

    def _headquarters(self) -> str:
        office = self.content.book.offices.headquarters
        return f"{office.name} {office.phone or office.url or ''}".rstrip()

    def _show(self, reply: Reply) -> None:
        for part in reply:
            self.console.print()
            # In a real terminal its own line breaks keep copied sentences whole.
            copied = isinstance(part, Copy) and self.console.is_terminal
            self._print(draw(part, self._width()), copied)
        self.console.print()

    def _print(self, drawing: RenderableType, unbroken: bool = False) -> None:
        self.console.print(drawing, width=self._width(), soft_wrap=unbroken)

    def _width(self) -> int:
        return min(self.console.width, WIDEST)
