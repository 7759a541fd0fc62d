"""A small channel for the tests of the spine: bubbles as JSON, and people who write to it."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from bot.channels.channel import Address, Arrived, Blocked, Channel, Elsewhere, Unreadable, Unsent
from bot.channels.plain import texts
from bot.content import Content
from bot.keys import Keys
from bot.reception import Reception, Taken, unwatched
from bot.store import Store
from bot.tables import TABLES, conversation
from dialogs.heard import Press, Said, Text
from dialogs.reply import Reply
from dialogs.session import Session

PHONE = "03-0000-1111"
_numbers = count(1)


class PlainChannel:
    """Draws a reply as the list of its bubbles, and the state it leaves behind."""

    name = "plain"

    def draw(self, reply: Reply, session: Session) -> bytes:
        return json.dumps(texts(reply), ensure_ascii=False).encode()

    def apology(self, phone: str) -> bytes:
        return json.dumps([f"すみません。お電話ください。{phone}"], ensure_ascii=False).encode()


class Counted:
    """The metrics of a test: what was counted, by name."""

    def __init__(self) -> None:
        self.found: dict[str, int] = {}

    def count(self, name: str, by: int = 1, **labels: str) -> None:
        self.found[name] = self.found.get(name, 0) + by


class People:
    """Makes events of people: `people.says("ann", "東京です", 3)` three seconds after the start."""

    def __init__(self, start: datetime) -> None:
        self.start = start

    def event(
        self,
        who: str,
        said: Said | Blocked | Unsent | Elsewhere,
        at: float = 0,
        **more: Any,
    ) -> Arrived:
        number = next(_numbers)
        given = {"message": f"m{number}" if isinstance(said, Text) else "", "event": f"e{number}"}
        given |= {"reply_token": f"t{number}"} | more
        address = Address("plain", "", "bot", "", f"user-{who}", "")
        return Arrived(address, at=self.start + timedelta(seconds=at), said=said, **given)

    def says(self, who: str, text: str, at: float = 0, **more: Any) -> Arrived:
        return self.event(who, Text(text), at, **more)

    def presses(self, who: str, data: str, at: float = 0, **more: Any) -> Arrived:
        return self.event(who, Press(data), at, **more)


def spine(
    store: Store,
    folder: Path,
    content: Content,
    channel: Channel | None = None,
    watch: Callable[[str], None] = unwatched,
) -> Reception:
    """A reception of the plain channel, not yet started; its keys are kept in the folder."""
    channels = {"plain": channel or PlainChannel()}
    keys = Keys.kept_in(folder)
    return Reception(store, keys, lambda: content, channels, PHONE, Counted(), watch=watch)


def words(body: bytes) -> str:
    """The bubbles of a plain body, one after another."""
    return "\n".join(json.loads(body))


@contextmanager
def started(reception: Reception) -> Iterator[Reception]:
    """The reception while it runs; in the end it has written what was let in."""
    reception.start()
    try:
        yield reception
    finally:
        reception.stop(10)


def accept(reception: Reception, *arrived: Arrived | Unreadable) -> list[Taken]:
    """Hand these in together."""
    return asyncio.run(reception.accept(arrived))


class Look:
    """A look into the tables of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(self, table: Table) -> list[Any]:
        """All rows of a table, in the order of its key."""
        with self._store.read() as connection:
            key = table.primary_key.columns
            return list(connection.execute(select(table).order_by(*key)))

    def answers(self, conv_key: bytes) -> dict[str, Any]:
        """The answers kept of one conversation."""
        with self._store.read() as connection:
            mine = conversation.c.conv_key == conv_key
            kept = connection.scalar(select(conversation.c.session).where(mine))
        return dict(json.loads(kept)["answers"]) if kept else {}

    def everything(self) -> str:
        """All that is stored, as one text."""
        return "\n".join(
            repr([bytes(v) if isinstance(v, memoryview) else v for v in row])
            for table in TABLES
            for row in self.rows(table)
        )
