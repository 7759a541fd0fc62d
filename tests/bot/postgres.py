"""A PostgreSQL for the tests: the one of $TEST_DATABASE_URL, or a private cluster."""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import NullPool, create_engine, text

from bot.store import engine_url

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "deadlock_timeout": "100ms",
    "log_min_messages": "fatal",
}
"""No port at all: only a socket in the cluster's own folder. fsync stays on, as in production."""


def newest() -> Path | None:
    """The folder of the programs of the newest PostgreSQL on this machine."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if found:
        return max(found, key=lambda path: [int(n) for n in re.findall(r"\d+", str(path))])
    alone = shutil.which("postgres")
    return Path(alone).resolve().parent if alone else None


class Cluster:
    """A cluster of its own, run by somebody who is not root, that can be stopped and started."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="jgk-pg-"))
        self._who = _unprivileged()
        if self._who:
            os.chown(self.folder, self._who["user"], self._who["group"])
        self._data = self.folder / "data"
        made = [programs / "initdb", "-D", self._data, "-U", "jigyokei", "-A", "trust"]
        self._run([*made, "-E", "UTF8", "--locale=C", "--no-sync"])
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def _run(self, command: list[Any]) -> None:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(command, check=True, cwd="/", **quiet, **self._who)  # type: ignore[call-overload]

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://jigyokei@/{database}?host={self.folder}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        given = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        command = [self._programs / "postgres", "-D", self._data, f"-k{self.folder}", *given]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd="/", start_new_session=True, **self._who
            )
        _wait_for(self.url())

    def stop(self, mode: str = "fast") -> None:
        """Stop it: fast (everybody is sent away) or immediate (as if the power went)."""
        if self._process is None:
            return
        self._run([self._programs / "pg_ctl", "-D", self._data, "-m", mode, "-w", "stop"])
        self._process.wait(30)
        self._process = None

    def restart(self, mode: str = "fast") -> None:
        self.stop(mode)
        self.start()

    def remove(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)


def _unprivileged() -> dict[str, Any]:
    """Who runs it: PostgreSQL refuses root."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise RuntimeError("there is nobody but root to run PostgreSQL")


def _wait_for(url: str, seconds: float = 60.0) -> None:
    until = monotonic() + seconds
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            if monotonic() > until:
                raise
            sleep(0.02)
        else:
            return


@contextmanager
def database(server: str) -> Iterator[str]:
    """A new database on this server; its URL. Dropped in the end."""
    name = f"jigyokei_test_{uuid4().hex[:16]}"
    where = engine_url(server)
    engine = create_engine(where, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield where.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        engine.dispose()
