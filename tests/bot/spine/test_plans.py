"""Plans: every statement of a turn and of delivery finds its rows by an index, however many."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event as happening
from sqlalchemy import insert, text

from bot.channels.channel import Unreadable, Unsent
from bot.leases import Lease, Renew
from bot.marks import Ended, Later, Marks, ToPush
from bot.outbox import Outbox
from bot.reception import Reception
from bot.store import Store
from bot.tables import TABLES, conversation, event, outbox, parked, timer, unanswered
from tests.bot.plain_channel import People
from tests.bot.spine.conftest import Accept

MANY = 20_000
"""Enough that no planner prefers to read a whole table."""
SCAN = re.compile(r"Seq Scan|^SCAN \w+$|(?:SCAN|Scan) .*outbox_created_at")
"""All of a table, or all of an index that holds the rows that are done, too."""


@pytest.fixture
def filled(store: Store) -> Store:
    """Many conversations, with what they leave; all their replies are sent."""
    at = int(store.now().timestamp() * 1000)
    keys = [f"{n:032d}".encode() for n in range(MANY)]
    more: dict[str, Any] = {"event": "e", "taken_at": at}
    sent = {"seq": 1, "body": b"", "way": "reply", "state": "sent", "created_at": at, "done_at": at}
    with store.engine.begin() as connection:
        connection.execute(insert(conversation), [{"conv_key": k, "heard_at": at} for k in keys])
        connection.execute(insert(event), [{"conv_key": k, **more} for k in keys])
        connection.execute(insert(outbox), [{"conv_key": k, **sent} for k in keys])
        for table, column in ((parked, "event"), (unanswered, "event"), (timer, "kind")):
            connection.execute(insert(table), [{"conv_key": k, column: "x"} for k in keys])
        if store.postgres:
            connection.execute(text("ANALYZE"))
    return store


@contextmanager
def heard(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is executed meanwhile, with the first of its parameters."""
    found: list[tuple[str, Any]] = []

    def hear(_c: Any, _cursor: Any, said: str, given: Any, _context: Any, many: bool) -> None:
        found.append((said, given[0] if many and isinstance(given, list) else given))

    happening.listen(store.engine, "before_cursor_execute", hear)
    yield found
    happening.remove(store.engine, "before_cursor_execute", hear)


def scans(store: Store, statements: list[tuple[str, Any]]) -> dict[str, str]:
    """The statements that read a whole table, with their plan."""
    found = {}
    explain = "EXPLAIN " if store.postgres else "EXPLAIN QUERY PLAN "
    with store.read() as connection:
        for said, given in statements:
            reads = said.split()[0] in ("SELECT", "UPDATE", "DELETE")
            if not reads or not any(table.name in said for table in TABLES):
                continue
            rows = connection.exec_driver_sql(explain + said, given).all()
            plan = [str(row[-1]).strip() for row in rows]
            if any(SCAN.search(line) for line in plan):
                found[said] = str(plan)
    return found


def test_a_turn_reads_no_table_as_a_whole(filled: Store, take: Accept, people: People):
    take(*(people.presses(f"p{n}", "standing=own") for n in range(5)))
    address = people.presses("p1", "standing=own").address
    with heard(filled) as statements:
        take(
            *(people.presses(f"p{n}", "employees=6-20", 1) for n in range(64)),
            people.says("p1", "ほげふが", 2, message="m"),
            people.event("p1", Unsent("m"), 3, reply_token=""),
            people.presses("p2", "command=erase", 3),
            Unreadable("bad", address, "message", "KeyError", "{}"),
        )
    assert len(statements) > 10
    assert scans(filled, statements) == {}


def test_delivery_reads_no_table_as_a_whole(
    filled: Store, reception: Reception, take: Accept, people: People
):
    taken = take(*(people.presses(f"p{n}", "standing=own") for n in range(5)))
    rows = [row for each in taken for row in each.rows]
    keys, out = [row.conv_key for row in rows], Outbox(filled)

    async def deliver() -> None:
        await reception.change(Renew(filled, tuple(sorted(keys))))
        await reception.change(Lease(filled, keys))
        await reception.change(ToPush(rows[0]))
        await reception.change(Marks([Later(rows[0], 1, 0), Ended(rows[1], "sent", 1)]))
        await reception.change(Lease(filled, keys))

    with heard(filled) as statements:
        asyncio.run(deliver())
        out.look()
        out.ours(rows[2])
        out.held(rows[2], ())
        out.address(keys[0])
    assert len(statements) > 10
    assert scans(filled, statements) == {}
