"""The tables: what Alembic makes is what the code expects, on both databases, in parts too."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.schema import CreateIndex, CreateTable

from bot.__main__ import main
from bot.content import Content
from bot.errors import SettingsError
from bot.migrations import HEAD
from bot.migrations.upgrade import config, upgrade
from bot.store import Store, engine_url
from bot.tables import TABLES, event, metadata, outbox
from tests.bot.plain_channel import Look, People, accept, spine, started, words
from tests.bot.postgres import database
from tests.conftest import ROOT


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with database(str(request.getfixturevalue("postgres"))) as url:
        yield url


def test_the_history_makes_the_tables_the_code_expects(store: Store):
    with store.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_revision_is_the_one_that_is_named(store: Store):
    with store.read() as connection:
        script = ScriptDirectory.from_config(config(connection))
    assert script.get_heads() == [HEAD]
    assert store.revision() == HEAD


def test_the_history_can_be_gone_back(empty: str):
    engine = create_engine(engine_url(empty))
    upgrade(engine)
    with engine.begin() as connection:
        command.downgrade(config(connection), "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    upgrade(engine)
    assert len(inspect(engine).get_table_names()) == len(TABLES) + 1
    engine.dispose()


def test_every_key_begins_with_the_conversation():
    assert {table.name for table in TABLES} == set(metadata.tables)
    for table in TABLES:
        first, *_ = table.primary_key.columns
        assert first.name == "conv_key", table.name
        others = [index.name for index in table.indexes if index.unique]
        assert others == [], table.name


def test_migrate_makes_the_tables_and_says_so_twice(
    empty: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("DATABASE_URL", empty)
    assert main(["migrate"]) == 0
    assert "最新の形にしました" in capsys.readouterr().out
    assert main(["migrate"]) == 0
    assert "最新の形です" in capsys.readouterr().out


def test_postgresql_has_to_be_migrated_first(postgres: str):
    with database(postgres) as url, pytest.raises(SettingsError, match="jigyokei migrate"):
        Store.open(url)


def test_several_may_migrate_at_once(empty: str):
    stores = [Store.unchecked(empty) for _ in range(4)]
    threads = [threading.Thread(target=store.migrate) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {store.revision() for store in stores} == {HEAD}
    for store in stores:
        store.close()


def test_alembic_is_imported_only_where_the_tables_are_older(tmp_path: Path):
    code = (
        "import sys; from bot.store import Store\n"
        f"Store.open('sqlite:///{tmp_path}/bot.db').close(); print('alembic' in sys.modules)"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    ]
    assert told == ["True", "False"]


def test_a_consultation_runs_on_tables_parted_by_conversation(
    postgres: str, tmp_path: Path, content: Content
):
    with database(postgres) as url:
        _make_parts(url)
        store = Store.open(url)
        people, look = People(store.now()), Look(store)
        asked = ("standing=own", "employees=6-20", "prefecture=東京都", "partner=none", "plan=none")
        with started(spine(store, tmp_path, content)) as reception:
            for at, data in enumerate((*asked, "concern=flood", "command=erase")):
                taken = accept(reception, *(people.presses(f"p{n}", data, at) for n in range(20)))
                assert {t.outcome for t in taken} == {"answered"}
        assert "消去番号" in words(taken[0].rows[0].body)
        assert len(look.rows(event)) == 7 * 20
        assert len(look.rows(outbox)) == 20
        with store.read() as connection:
            parts = [connection.scalar(text(f"SELECT count(*) FROM event_{n}")) for n in range(4)]
        assert all(parts)
        store.close()


def _make_parts(url: str) -> None:
    """The same tables, each in four parts by the hash of the conversation."""
    engine = create_engine(engine_url(url))
    upgrade(engine)
    with engine.begin() as connection:
        for table in TABLES:
            connection.execute(text(f"DROP TABLE {table.name}"))
            made = str(CreateTable(table).compile(engine)).rstrip()
            connection.execute(text(f"{made} PARTITION BY HASH (conv_key)"))
            for n in range(4):
                parts = f"FOR VALUES WITH (MODULUS 4, REMAINDER {n})"
                part = f"CREATE TABLE {table.name}_{n} PARTITION OF {table.name} {parts}"
                connection.execute(text(part))
            for index in table.indexes:
                connection.execute(CreateIndex(index))
    engine.dispose()
