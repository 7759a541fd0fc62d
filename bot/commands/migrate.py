"""`jigyokei migrate`: brings the database's tables up to date, before a new version starts."""

import argparse
import os
import sys

from bot.errors import SettingsError

DONE = "データベースを最新の形にしました（{revision}）。"
ALREADY = "データベースは最新の形です（{revision}）。"
AWAY = "データベースにつながりません。DATABASE_URL と、データベースが動いているかをご確認ください。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """It has none of its own: DATABASE_URL or DATA_DIR names the database."""


def run(options: argparse.Namespace) -> int:
    """0 done, 1 the database cannot be reached, 2 settings. Several may run at once."""
    from sqlalchemy.exc import DBAPIError

    from bot.migrations import HEAD
    from bot.store import Store, database_url

    try:
        store = Store.unchecked(database_url(os.environ))
        old = store.revision()
        if old != HEAD:
            store.migrate()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except DBAPIError:
        print(AWAY, file=sys.stderr)
        return 1
    store.close()
    print((ALREADY if old == HEAD else DONE).format(revision=HEAD))
    return 0
