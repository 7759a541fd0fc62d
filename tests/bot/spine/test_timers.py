"""Timers and retention: what is old goes once, in its time, whatever the clock does."""

import asyncio
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.content import Content
from bot.reception import Reception
from bot.retention import KINDS, SWEPT, Retention, load_retention
from bot.store import Store
from bot.tables import TABLES, conversation, erasure, event, outbox, timer
from bot.taking import OLD
from bot.timers import DueTimers, Timers
from knowledge.errors import FileError
from tests.bot.plain_channel import Look, People, accept, spine, started
from tests.bot.spine.conftest import Accept

KEPT = load_retention()
DAY = timedelta(days=1)


def look_now(store: Store, reception: Reception, later: timedelta = timedelta(0)) -> int:
    """What the timers do so much later."""
    store.offset = later

    async def once() -> int:
        return await Timers(store, reception.change, KEPT).once()

    return asyncio.run(once())


def test_a_talk_goes_ninety_days_after_the_last_message(
    reception: Reception, take: Accept, people: People, store: Store, look: Look
):
    take(people.presses("ann", "standing=own"))
    look_now(store, reception, 50 * DAY)
    take(people.presses("ann", "employees=6-20", 50 * 86400))
    look_now(store, reception, 91 * DAY)
    assert len(look.rows(conversation)) == 1
    look_now(store, reception, 139 * DAY)
    assert len(look.rows(conversation)) == 1
    look_now(store, reception, 141 * DAY)
    assert {table.name: look.rows(table) for table in TABLES} == {t.name: [] for t in TABLES}


def test_rows_of_each_kind_go_in_their_time(
    reception: Reception, take: Accept, people: People, store: Store, look: Look
):
    take(people.presses("ann", "standing=own"))
    look_now(store, reception, 6 * DAY)
    assert len(look.rows(outbox)) == 1
    look_now(store, reception, 8 * DAY)
    assert look.rows(outbox) == []
    assert len(look.rows(event)) == 1
    look_now(store, reception, 31 * DAY)
    assert look.rows(event) == []
    assert len(look.rows(conversation)) == 1


def test_the_address_goes_a_day_after_an_erasure_and_the_number_stays(
    reception: Reception, take: Accept, people: People, store: Store, look: Look
):
    take(people.presses("ann", "standing=own"), people.presses("ann", "command=erase", 1))
    assert look.rows(conversation)[0].address
    look_now(store, reception, 2 * DAY)
    assert look.rows(conversation)[0].address is None
    look_now(store, reception, 200 * DAY)
    assert len(look.rows(erasure)) == 1
    look_now(store, reception, 366 * DAY)
    assert look.rows(erasure) == []


def test_a_timer_is_done_once_by_two_machines(
    store: Store, database_url: str, tmp_path: Path, content: Content, people: People
):
    other = Store.open(database_url, offset=91 * DAY)
    first, second = (spine(each, tmp_path, content) for each in (store, other))
    with started(first), started(second):
        taken = accept(first, *(people.presses(f"p{n}", "standing=own") for n in range(20)))
        store.offset = 91 * DAY
        keys = tuple(t.conv_key for t in taken)

        async def both() -> list[int]:
            changes = (
                one.change(DueTimers(at, KEPT, keys))
                for one, at in ((first, store), (second, other))
            )
            return await asyncio.gather(*changes)

        assert sorted(asyncio.run(both())) == [0, 20]
    other.close()


@pytest.mark.parametrize("jump", [timedelta(hours=48), timedelta(hours=-48)])
def test_a_clock_that_jumps_two_days_loses_nobody(
    reception: Reception, people: People, store: Store, look: Look, jump: timedelta
):
    take = partial(accept, reception)
    take(people.presses("ann", "standing=own"))
    look_now(store, reception, jump)
    (taken,) = take(people.presses("ann", "employees=6-20", 5))
    assert taken.outcome == "answered"
    look_now(store, reception, timedelta(0))
    (taken,) = take(people.presses("ann", "prefecture=東京都", 9))
    assert taken.outcome == "answered"
    assert len(look.rows(timer)) == 1


def test_what_people_are_told_is_what_the_file_says(content: Content):
    (told,) = (fact.value for fact in content.book.facts["retention"])
    assert told == f"{KEPT.days['talks']}日"


def test_no_event_is_taken_that_is_older_than_its_id_is_kept():
    assert timedelta(days=KEPT.days["events"]) > OLD
    assert set(SWEPT) < set(KINDS)


@pytest.mark.parametrize("wrong", ["talks: 0", "talks: 9999", "talks: viel", "talks: [1]"])
def test_a_time_that_is_none_is_refused_with_its_line(tmp_path: Path, wrong: str):
    path = tmp_path / "retention.yaml"
    lines = [wrong, *(f"{kind}: 30" for kind in KINDS if kind != "talks")]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(FileError, match=r"retention\.yaml:1: "):
        load_retention(path)


def test_times_are_counted_in_milliseconds():
    assert Retention({"talks": 2}).ms("talks") == 2 * 86_400_000
