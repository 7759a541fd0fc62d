"""`jigyokei worker`: sends what was left over and runs the timers, beside `serve` on PostgreSQL."""

import argparse
import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING

from bot.content import load_content
from bot.errors import SettingsError
from knowledge.errors import FileError

if TYPE_CHECKING:
    from bot.content import Content
    from bot.settings import Settings

ONLY_POSTGRES = "worker は PostgreSQL のときだけ使います。SQLite では serve だけで足ります。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """It has none of its own: the variables are those of `serve`."""


def run(options: argparse.Namespace) -> int:
    """0 after SIGTERM or Ctrl-C, 1 content fault or no database, 2 settings."""
    from bot.settings import Settings

    try:
        settings = Settings.read(os.environ, {})
        if not settings.on_postgres:
            raise SettingsError(ONLY_POSTGRES)
        return asyncio.run(_work(settings, load_content(operator=settings.operator)))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except FileError as error:
        print(error, file=sys.stderr)
        return 1


async def _work(settings: "Settings", content: "Content") -> int:
    from sqlalchemy.exc import DBAPIError

    from bot.commands.migrate import AWAY
    from bot.logs import start_logging
    from bot.service import Service

    start_logging(settings.log_level)
    try:
        service = Service.open(settings, content)
    except DBAPIError:
        print(AWAY, file=sys.stderr)
        return 1
    told = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, told.set)
    await service.start()
    await told.wait()
    await service.stop()
    return 0
