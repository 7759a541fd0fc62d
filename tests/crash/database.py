"""What the database of a crashed bot has to say: looked at from outside, with plain SQL."""

import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy import create_engine, text

from bot.store import engine_url
from tests.check_history import Record, Run
from tests.conftest import ROOT


@dataclass(frozen=True, slots=True)
class Database:
    """The database of a run: `postgresql://…`, or a SQLite file in the run's folder."""

    url: str
    keys: tuple[str, str] = ("", "")

    @classmethod
    def in_folder(cls, folder: Path) -> "Database":
        return cls(f"sqlite:///{folder / 'bot.db'}")

    @classmethod
    def on_server(cls, url: str) -> "Database":
        """An empty database on a PostgreSQL, with keys of its own."""
        plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
        return cls(plain, ("k" * 40, Fernet.generate_key().decode()))

    def environ(self) -> dict[str, str]:
        id_key, data_key = self.keys
        keys = {"ID_KEY": id_key, "DATA_KEY": data_key} if id_key else {}
        return {"DATABASE_URL": self.url, **keys}

    def migrate(self, environ: Mapping[str, str]) -> None:
        """Make the tables; SQLite makes its own."""
        if not self.url.startswith("sqlite"):
            command = [sys.executable, "-m", "bot", "migrate"]
            subprocess.run(command, env=environ, cwd=ROOT, check=True, capture_output=True)

    def _rows(self, query: str) -> list[tuple[str, ...]]:
        engine = create_engine(engine_url(self.url))
        with engine.connect() as connection:
            found = [tuple(row) for row in connection.execute(text(query))]
        engine.dispose()
        return found

    def ledger(self) -> list[Record]:
        """What the bot itself says of events that were not plainly answered."""
        rows = self._rows(
            "select event_id, state from outbox where state in ('uncertain','parked')"
        )
        parked = self._rows("select event, 'parked' from parked")
        return [
            {"n": 0, "at": 0.0, "kind": "ledger", "event": event, "outcome": outcome}
            for event, outcome in [*rows, *parked]
        ]

    def faults(self, run: Run) -> list[str]:
        """Taken but not kept (I1), still open (I2), answered by two rows (I4), marked wrongly."""
        kept = {row[0] for row in self._rows("select event from event")}
        rows = self._rows("select event_id, state, done_at from outbox")
        due = {event: s for event, s in run.stories.items() if s.due and s.taken}
        twice = [event for event, count in Counter(r[0] for r in rows).items() if count > 1]
        unseen = [
            event
            for event, state, _ in rows
            if state == "sent" and event in due and not due[event].shown
            and all(call["why"] != "blocked" for call in run.calls[due[event].made["chat"]])
        ]  # fmt: skip
        lost = [event for event in due if event not in kept]
        still = [(event, state) for event, state, done in rows if not done]
        return [
            *(f"I1: {event}: taken with 200, not in the database" for event in lost),
            *(f"I2: {event}: its reply is still {state}" for event, state in still),
            *(f"I4: {event}: two rows answer it" for event in twice if event in run.stories),
            *(f"I4: {event}: marked sent, seen by nobody" for event in unseen),
        ]
