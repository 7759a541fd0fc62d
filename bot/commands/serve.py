"""`jigyokei serve`: the web app for LINE and everything that answers, until it is told to stop."""

import argparse
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.content import load_content
from bot.errors import SettingsError
from knowledge.errors import FileError

if TYPE_CHECKING:
    import uvicorn

    from bot.service import Service

ACCEPTING_SECONDS = 5
"""How long requests already here may take once it stops; the rest of the 20 s is for sending."""
BACKLOG = 4_096
log = logging.getLogger(__name__)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", metavar="HOST", help="待ち受けるホスト（HOST より優先）")
    parser.add_argument("--port", metavar="PORT", help="待ち受けるポート（PORT より優先）")


def run(options: argparse.Namespace) -> int:
    """0 after SIGTERM or Ctrl-C, 1 content fault, no database or a port in use, 2 settings."""
    from bot.settings import Settings

    try:
        settings = Settings.read(os.environ, vars(options))
        content = load_content(operator=settings.operator)
        # Read before anything is taken in, so that a fault is no surprise at the first question.
        _ = content.flow.readers.searching
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except FileError as error:
        print(error, file=sys.stderr)
        return 1
    from sqlalchemy.exc import DBAPIError

    from bot.commands.migrate import AWAY
    from bot.logs import start_logging
    from bot.service import Service

    start_logging(settings.log_level)
    try:
        service = Service.open(settings, content)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except DBAPIError:
        print(AWAY, file=sys.stderr)
        return 1
    return _serve(service)


def _serve(service: "Service") -> int:
    import uvicorn

    settings = service.settings
    server = uvicorn.Server(_config(service, settings.host, settings.port))
    # uvicorn sends itself the signal once more when all is done: that one ends nothing.
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: None)
    server.run()
    return 0 if server.started else 1


def _config(service: "Service", host: str, port: int) -> "uvicorn.Config":
    import uvicorn

    from bot.shape import fault
    from bot.web import App, Hook, Probes

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        try:
            await service.start()
        except Exception as error:
            log.error("start_failed error=%s", fault(error))
            # Its words, which the web server would print, end here.
            raise RuntimeError("start_failed") from None
        service.warm_up()
        yield
        await service.stop(18 - ACCEPTING_SECONDS)

    hooks = {}
    if service.line:
        hooks["line"] = Hook(
            service.line,
            service.accept,
            service.send,
            service.metrics,
        )
    app = App(hooks, Probes(service.ready, service.metrics), lifespan)
    return uvicorn.Config(
        app, host, port, loop="auto", http="httptools", ws="none", lifespan="on",
        log_config=None, access_log=False, proxy_headers=False, server_header=False,
        backlog=BACKLOG, timeout_keep_alive=65, timeout_graceful_shutdown=ACCEPTING_SECONDS,
    )  # fmt: skip
