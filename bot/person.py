"""The Person: one conversation as it stands while its turns are taken, read from its row."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping

from bot.tables import conversation
from dialogs.session import Session

COLUMNS = tuple(conversation.c)


@dataclass(slots=True)
class Person:
    """The row of a conversation, and `open`: how many of its replies are not yet sent.

    `kept` is the session as JSON, "" for nothing; `givers` names the message that gave an answer.
    """

    conv_key: bytes
    kept: str
    givers: dict[str, str]
    platform: str
    address: bytes | None
    applied_at: int
    heard_at: int
    seq: int
    blocked: bool
    events: int
    known_from: int
    open: int = 0

    @classmethod
    def read(cls, row: RowMapping, open: int) -> "Person":
        """From a row; the session is read only when it is asked for."""
        return cls(
            bytes(row["conv_key"]),
            row["session"],
            json.loads(row["givers"]) if row["givers"] else {},
            row["platform"],
            row["address"],
            row["applied_at"],
            row["heard_at"],
            row["seq"],
            bool(row["blocked"]),
            row["events"],
            row["known_from"],
            open,
        )

    def session(self) -> Session:
        """The session, new where nothing is kept. ValueError for one this code cannot read."""
        return Session.from_json(json.loads(self.kept)) if self.kept else Session()

    def values(self) -> dict[str, Any]:
        """The row, as the UPDATE takes it: the key is `b_key`."""
        return {
            "b_key": self.conv_key,
            "session": self.kept,
            "givers": _compact(self.givers) if self.givers else "",
            "platform": self.platform,
            "address": self.address,
            "applied_at": self.applied_at,
            "heard_at": self.heard_at,
            "seq": self.seq,
            "blocked": int(self.blocked),
            "events": self.events,
            "known_from": self.known_from,
        }

    def keep(self, before: Session, session: Session, message: str) -> None:
        """Keep the new session; the answers that changed were given by this message, "" a press."""
        old, new = before.answers, session.answers
        for question in {*old, *new}:
            if old.get(question) != new.get(question):
                self.givers.pop(question, None)
                if message and question in new:
                    self.givers[question] = message
        self.kept = _compact(session.to_json())

    def forget(self) -> None:
        """Nothing of what was said stays, nor who it was; only that this conversation had been."""
        self.kept, self.givers, self.address = "", {}, None


def _compact(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
