"""Logs: one line an event on stderr. Never an exception's words, which may quote what was sent."""

import logging
import logging.config
import sys
import threading
import traceback
from asyncio import AbstractEventLoop
from threading import Lock
from time import monotonic
from types import TracebackType
from typing import Any

from bot.shape import fault

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
LONGEST_LINE = 4_000
SELDOM_SECONDS = 10.0
AWAY = {"seldom": True}
"""The `extra` of every line that says the database is away."""
log = logging.getLogger(__name__)


class Discreet(logging.Formatter):
    """An exception is written as its class and the places it passed; a line has an end."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the name logging gives it
        kind, _, trace = ei
        places = [f"{f.name} {f.filename}:{f.lineno}" for f in traceback.extract_tb(trace)[-12:]]
        return " < ".join([kind.__name__ if kind else "", *reversed(places)])

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None
        line = super().format(record).replace("\n", " ")
        return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE]


class Seldom(logging.Filter):
    """Of the lines that say the database is away only one in ten seconds is let through."""

    def __init__(self) -> None:
        super().__init__()
        self._next, self._alone = 0.0, Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        if not getattr(record, "seldom", False):
            return True
        with self._alone:
            if (now := monotonic()) < self._next:
                return False
            self._next = now + SELDOM_SECONDS
            return True


class NoAccess(logging.Filter):
    """Keeps what others log about single requests out of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.name != "uvicorn.access"


def start_logging(level: str) -> None:
    """Send everything to stderr in one form. Libraries speak up from warnings on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(NoAccess())
    handler.addFilter(Seldom())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("bot", "uvicorn"):
        logging.getLogger(name).setLevel(level.upper())
    # Even its debug lines would hold whole requests.
    for name in ("uvicorn.asgi", "aiohttp", "asyncio", "sqlalchemy", "psycopg"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # A log that cannot be written would show what was going on, words and all.
    logging.raiseExceptions = False
    # Python's own way out would print the words of what nobody caught.
    sys.excepthook = lambda _kind, error, _trace: uncaught(error)
    threading.excepthook = lambda given: uncaught(given.exc_value)
    sys.unraisablehook = lambda given: uncaught(given.exc_value)


def uncaught(error: BaseException | None) -> None:
    """What nobody caught, by its class and its place."""
    log.error("uncaught: %s", fault(error) if error else "")


def loop_failed(_loop: AbstractEventLoop, context: dict[str, Any]) -> None:
    """The same for an event loop, which would show whole tasks with their exceptions' words."""
    if error := context.get("exception"):
        uncaught(error)
    else:
        log.error("uncaught: %s", context.get("message", ""))
