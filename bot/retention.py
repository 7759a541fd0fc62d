"""Retention: how long each kind of thing is kept, from `retention.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Column, Table

from bot.tables import erasure, event, outbox, parked, unanswered
from knowledge.errors import FileError
from knowledge.strict_yaml import load_sheet

KINDS = ("talks", "questions", "replies", "events", "parked", "erasures", "addresses")
SWEPT: Mapping[str, tuple[Table, Column[int]]] = {
    "questions": (unanswered, unanswered.c.at),
    "replies": (outbox, outbox.c.created_at),
    "events": (event, event.c.taken_at),
    "parked": (parked, parked.c.at),
    "erasures": (erasure, erasure.c.at),
}
"""The kinds that go row by row, by this time. Talks and addresses go by timers."""
FORGET, ADDRESS = "forget", "address"
"""The timers: a person of whom nothing was heard for long; the address after an erasure."""
DAY_MS = 86_400_000
FILE = Path(__file__).with_name("retention.yaml")


@dataclass(frozen=True, slots=True)
class Retention:
    """Days, by kind."""

    days: Mapping[str, int]

    def ms(self, kind: str) -> int:
        """The time this kind is kept, in milliseconds."""
        return self.days[kind] * DAY_MS


def load_retention(path: Path = FILE) -> Retention:
    """Read the file. Raises FileError listing every fault."""
    sheet = load_sheet(path, f"bot/{path.name}")
    fields = sheet.fields((), sheet.data, " ".join(KINDS)) or {}
    days = {}
    for kind, text in fields.items():
        if isinstance(text, str) and text.isascii() and text.isdigit() and 0 < int(text) <= 3650:
            days[kind] = int(text)
        else:
            sheet.fault((kind,), "1から3650までの日数にしてください。")
    if sheet.faults:
        raise FileError(sheet.faults)
    return Retention(days)
