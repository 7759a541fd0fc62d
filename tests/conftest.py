"""Fixtures for every layer: the real book, and the day the tests speak from."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.content import Content, load_content
from bot.migrations.upgrade import upgrade
from bot.store import Store, engine_url
from bot.tables import TABLES
from knowledge.book import Book
from knowledge.load import load_book
from tests.bot.postgres import Cluster, database, newest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def book() -> Book:
    """The book of this checkout."""
    return load_book(ROOT / "knowledge")


@pytest.fixture(scope="session")
def content() -> Content:
    """The flow and the book of this checkout."""
    return load_content()


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 22)


# -- databases ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of our own, for tests that stop it. In CI it has to be there."""
    programs = newest()
    if programs is None:
        said = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
        pytest.fail(said) if os.environ.get("CI") else pytest.skip(said)
    made = Cluster(programs)
    yield made
    made.remove()


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> str:
    """The URL of a server on which databases may be made."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    return given or str(request.getfixturevalue("cluster").url())


@pytest.fixture(scope="session")
def _postgres_database(postgres: str) -> Iterator[str]:
    """One database for all tests of this process, emptied between them."""
    with database(postgres) as url:
        engine = create_engine(engine_url(url))
        upgrade(engine)
        engine.dispose()
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database with its tables, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'bot.db'}"
    url = str(request.getfixturevalue("_postgres_database"))
    engine = create_engine(engine_url(url))
    with engine.begin() as connection:
        names = ", ".join(table.name for table in TABLES)
        connection.execute(text(f"TRUNCATE {names}"))
    engine.dispose()
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """The store on both databases."""
    opened = Store.open(database_url)
    yield opened
    opened.close()
