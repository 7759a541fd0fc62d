"""The ceiling: one person who never stops leaves only so many rows, and nothing counts twice."""

import pytest

from bot import ceiling
from bot.ceiling import KEPT
from bot.channels.channel import Unreadable
from bot.store import Store
from bot.tables import erasure, event, outbox, parked, unanswered
from tests.bot.plain_channel import Look, People
from tests.bot.spine.conftest import Accept


@pytest.fixture(autouse=True)
def _low(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many rows as a test can fill."""
    monkeypatch.setattr(ceiling, "LOOK_EVERY", 20)
    for table in KEPT:
        monkeypatch.setitem(KEPT, table, 10 if table is not event else 40)


def _sent(store: Store) -> None:
    """As if all replies had been sent."""
    with store.engine.begin() as connection:
        connection.execute(outbox.update().values(state="sent", done_at=1))


def test_no_table_grows_beyond_its_ceiling(take: Accept, people: People, look: Look, store: Store):
    address = people.presses("ann", "standing=own").address
    said = [
        each
        for n in range(120)
        for each in (
            people.says("ann", "ほげふが", n, message=f"m{n}"),
            Unreadable(f"bad{n}", address, "message", "KeyError", "{}"),
        )
    ]
    for at in range(0, len(said), 12):
        take(*said[at : at + 12])
        _sent(store)
    take(people.presses("bob", "standing=own"))
    for table in (event, outbox, unanswered, parked):
        assert KEPT[table] <= len(look.rows(table)) <= KEPT[table] + 20 + 12 + 1, table.name


def test_numbers_of_erasures_stay_below_it_too(take: Accept, people: People, look: Look):
    for n in range(6):
        take(*(people.presses("ann", "command=erase", 10 * n + i) for i in range(10)))
    assert len(look.rows(erasure)) <= KEPT[erasure] + 20 + 10


def test_what_is_not_yet_sent_stays(take: Accept, people: People, look: Look):
    for n in range(0, 45, 5):
        take(*(people.presses("ann", "standing=own", n + i) for i in range(5)))
    assert sum(row.done_at == 0 for row in look.rows(outbox)) == 45


def test_an_event_whose_id_went_is_never_taken_twice(
    take: Accept, people: People, look: Look, store: Store
):
    first = people.presses("ann", "standing=own", 0)
    take(first)
    for n in range(100):
        take(people.presses("ann", ("standing=association", "standing=own")[n % 2], n / 1000))
        _sent(store)
    assert first.event not in {row.event for row in look.rows(event)}
    (again,) = take(first)
    assert again.outcome == "ignored"
    (later,) = take(people.presses("ann", "employees=6-20", 3600))
    assert later.outcome == "answered"
