"""Logs: no exception's own words, whoever reports it, and few lines while the database is away."""

import asyncio
import gc
import io
import logging
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from bot import logs
from bot.commands.serve import _config
from bot.logs import AWAY, loop_failed, start_logging

CANARY = "かなりあ"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def logged(capsys: Captured) -> Iterator[Captured]:
    """Logging as a process has it, and what it shows; afterwards all is as before."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook, logging.raiseExceptions
    yield capsys
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook, threading.excepthook, sys.unraisablehook, logging.raiseExceptions = hooks


def test_a_task_nobody_asked_is_told_by_its_class_alone(logged: Captured):
    start_logging("info")

    async def fail() -> None:
        raise ValueError(CANARY)

    async def work() -> None:
        asyncio.get_running_loop().set_exception_handler(loop_failed)
        task = asyncio.create_task(fail(), name=CANARY)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task
        gc.collect()
        asyncio.get_running_loop().call_soon(int, CANARY)
        await asyncio.sleep(0)

    asyncio.run(work())
    shown = logged.readouterr().err
    assert shown.count("uncaught: ValueError") == 2
    assert CANARY not in shown


def test_what_nobody_caught_anywhere_is_told_by_its_class_alone(logged: Captured):
    start_logging("info")

    def fail() -> None:
        raise ValueError(CANARY)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    sys.excepthook(ValueError, ValueError(CANARY), None)
    shown = logged.readouterr().err
    assert shown.count("uncaught: ValueError") == 2
    assert CANARY not in shown


def test_while_the_database_is_away_one_line_in_ten_seconds_is_enough(
    logged: Captured, monkeypatch: pytest.MonkeyPatch
):
    start_logging("info")
    times = iter([100.0, 100.1, 109.9, 110.1])
    monkeypatch.setattr(logs, "monotonic", lambda: next(times))
    for who in ("writer", "sweeper", "timers", "writer"):
        logging.getLogger(f"bot.{who}").warning("away", extra=AWAY)
    logging.getLogger("bot.writer").warning("another thing")
    shown = logged.readouterr().err
    assert (shown.count("away"), shown.count("another thing")) == (2, 1)


def test_a_log_that_cannot_be_written_shows_nothing_of_what_was_going_on(logged: Captured):
    start_logging("info")
    closed = io.StringIO()
    closed.close()
    logging.getLogger().handlers[0].stream = closed  # type: ignore[attr-defined]
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("bot").warning("going on")
    assert logged.readouterr().err == ""


class _Failing:
    """A service that does not start."""

    line = None
    metrics = None
    ready = None

    async def start(self) -> None:
        raise ValueError(CANARY)


def test_a_start_that_fails_says_nothing_of_why_but_its_class(caplog: pytest.LogCaptureFixture):
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "lifespan.startup"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def work() -> None:
        config = _config(_Failing(), "127.0.0.1", 0)  # type: ignore[arg-type]
        await config.app({"type": "lifespan", "state": {}}, receive, send)  # type: ignore[operator]

    with pytest.raises(RuntimeError, match="start_failed"):
        asyncio.run(work())
    assert "start_failed error=ValueError" in caplog.text
    assert [message["type"] for message in sent] == ["lifespan.startup.failed"]
    assert CANARY not in caplog.text + str(sent)
