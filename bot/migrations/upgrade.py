"""Brings a database up to the newest revision, in one transaction under one lock."""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

_ONE_AT_A_TIME = Lock()
"""Alembic keeps what it is working on in one place for the whole process."""
_LOCK = text("SELECT pg_advisory_xact_lock(7201910)")


def upgrade(engine: Engine) -> None:
    """Upgrade to the head. Whoever comes second waits, and finds it done."""
    with _ONE_AT_A_TIME, engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(_LOCK)
        command.upgrade(config(connection), "head")


def config(connection: Connection) -> Config:
    """Alembic's settings for this folder, to be run on this connection."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.attributes["connection"] = connection
    return made
