"""Back-up and restore: what the operators' guide says to type is typed, on both databases."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.migrations.upgrade import upgrade
from bot.store import Store
from bot.tables import conversation, erasure, outbox
from tests.bot.postgres import database, newest
from tests.bot.serving import plain
from tests.conftest import ROOT

GUIDE = (ROOT / "bot" / "README.md").read_text(encoding="utf-8")
STAYS, LEAVES = b"s" * 32, b"l" * 32


def block(heading: str) -> str:
    """The first commands under this heading."""
    part = GUIDE.split(f"\n### {heading}\n")[1]
    found = re.search(r"```sh\n(.+?)```", part, re.S)
    assert found
    return found[1]


def typed(commands: str, folder: Path, **more: str) -> None:
    """Type the commands in this folder, the programs of PostgreSQL in reach."""
    (folder / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
    python = folder / ".venv" / "bin" / "python"
    if not python.exists():
        python.symlink_to(sys.executable)
    programs = newest()
    path = f"{programs}:{os.environ['PATH']}" if programs else os.environ["PATH"]
    subprocess.run(
        ["bash", "-euc", commands],
        cwd=folder, env={**os.environ, "PATH": path, **more}, check=True, capture_output=True,
    )  # fmt: skip


def fill(store: Store) -> None:
    """Two people, one with a reply under way."""
    with store.engine.begin() as connection:
        for key in (STAYS, LEAVES):
            connection.execute(conversation.insert(), {"conv_key": key, "session": "{}"})
        row = {"way": "reply", "state": "waiting", "body": b"[]", "reply_token": "t", "seq": 1}
        connection.execute(outbox.insert(), {"conv_key": STAYS, "created_at": 1, **row})


def erase(store: Store) -> None:
    """One of them goes, after the back-up."""
    with store.engine.begin() as connection:
        connection.execute(conversation.delete().where(conversation.c.conv_key == LEAVES))
        gone = {"conv_key": LEAVES, "number": "ABCD-2345", "cause": "asked", "at": 1}
        connection.execute(erasure.insert(), gone)


def check(store: Store) -> None:
    """Who stayed is there, who went is not, and nothing is sent once more."""
    with store.read() as connection:
        assert [*connection.scalars(select(conversation.c.conv_key))] == [STAYS]
        assert [*connection.scalars(select(erasure.c.number))] == ["ABCD-2345"]
        rows = select(func.count()).select_from(outbox).where(outbox.c.done_at == 0)
        assert connection.scalar(rows) == 0
        assert connection.execute(select(outbox.c.state, outbox.c.body)).all() == [("dropped", b"")]
    store.close()


def test_a_back_up_of_sqlite_is_taken_and_restored_as_the_guide_says(tmp_path: Path):
    store = Store.open(f"sqlite:///{tmp_path / 'data' / 'bot.db'}")
    (tmp_path / "data" / "keys.json").write_text("{}", encoding="ascii")
    fill(store)
    typed(block("SQLite：取る（動かしたままで）"), tmp_path)
    erase(store)
    store.close()
    typed(block("SQLite：戻す（serve を止めて）"), tmp_path)
    assert {path.name for path in (tmp_path / "data").iterdir()} >= {"bot.db", "keys.json"}
    assert (tmp_path / "data" / "bot.db").stat().st_mode & 0o077 == 0
    check(Store.open(f"sqlite:///{tmp_path / 'data' / 'bot.db'}"))


def test_a_back_up_of_postgresql_is_taken_and_restored_as_the_guide_says(
    tmp_path: Path, postgres: str
):
    if newest() is None and shutil.which("pg_dump") is None:
        pytest.skip("the programs of PostgreSQL are not on this machine")
    with database(postgres) as old, database(postgres) as new:
        store = Store.unchecked(plain(old))
        upgrade(store.engine)
        fill(store)
        typed(block("PostgreSQL：取る（動かしたままで）"), tmp_path, DATABASE_URL=plain(old))
        erase(store)
        store.close()
        commands = block("PostgreSQL：戻す（serve と worker を止めて）")
        typed(commands, tmp_path, DATABASE_URL=plain(old), NEW_URL=plain(new))
        check(Store.open(plain(new)))
