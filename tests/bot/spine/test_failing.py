"""Failing: deadlocks, lost connections, a full disk; what was let in is written all the same."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy import event as happening
from sqlalchemy.exc import OperationalError

from bot.content import Content
from bot.errors import Away
from bot.migrations.upgrade import upgrade
from bot.reception import Reception, Taken
from bot.store import Store, engine_url, failing
from bot.tables import conversation, event, outbox
from bot.writer import LAST_TRIES
from tests.bot.plain_channel import Look, People, accept, spine, started
from tests.bot.postgres import Cluster, database


@pytest.fixture
def own(cluster: Cluster) -> Iterator[Store]:
    """A store on the cluster of our own, which a test may stop."""
    with database(cluster.url()) as url:
        engine = create_engine(engine_url(url))
        upgrade(engine)
        engine.dispose()
        store = Store.open(url)
        yield store
        store.close()


@dataclass(frozen=True)
class Crossing:
    """A change that locks its two conversations in the wrong order, slowly."""

    first: bytes
    second: bytes
    meet: threading.Barrier
    conv_keys: tuple[bytes, ...] = ()

    def run(self, connection: Connection) -> str:
        for key in (self.first, self.second):
            mine = conversation.c.conv_key == key
            connection.execute(conversation.update().where(mine).values(platform="plain"))
            with suppress(threading.BrokenBarrierError):
                self.meet.wait(1)
        return "crossed"


def test_a_deadlock_is_survived(own: Store, tmp_path: Path, content: Content):
    people, look = People(own.now()), Look(own)
    other = Store.open(own.engine.url.render_as_string(hide_password=False))
    one, two = spine(own, tmp_path, content), spine(other, tmp_path, content)
    with started(one), started(two):
        a, b = (t.conv_key for t in accept(one, *(people.presses(w, "standing=own") for w in "ab")))
        before = _deadlocks(own)
        meet = threading.Barrier(2)

        async def cross() -> list[Any]:
            return await asyncio.gather(
                one.change(Crossing(a, b, meet)),
                two.change(Crossing(b, a, meet)),
                one.accept([people.presses("a", "employees=6-20", 1)]),
                two.accept([people.presses("b", "employees=6-20", 1)]),
            )

        crossed, again, *taken = asyncio.run(cross())
        assert (crossed, again) == ("crossed", "crossed")
        assert [t.outcome for (t,) in taken] == ["answered", "answered"]
    for _ in range(50):
        if _deadlocks(own) > before:
            break
        sleep(0.1)
    assert _deadlocks(own) > before
    assert len(look.rows(event)) == len(look.rows(outbox)) == 4
    other.close()


def _deadlocks(store: Store) -> int:
    with store.read() as connection:
        connection.execute(text("SELECT pg_stat_clear_snapshot()"))
        count = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        return int(connection.scalar(text(count)) or 0)


def _load(reception: Reception, people: People, persons: int, each: int) -> list[Taken | Away]:
    """So many people press one after another; what is refused is pressed again."""

    async def person(number: int) -> list[Taken | Away]:
        found: list[Taken | Away] = []
        for turn in range(each):
            press = people.presses(f"p{number}", f"employees={('6-20', '21-50')[turn % 2]}", turn)
            while True:
                try:
                    found += await reception.accept([press])
                    break
                except Away as error:
                    found.append(error)
                    await asyncio.sleep(0.05)
        return found

    async def all_of_them() -> list[Taken | Away]:
        found = await asyncio.gather(*(person(number) for number in range(persons)))
        return [each for one in found for each in one]

    return asyncio.run(all_of_them())


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_restart_under_load_loses_and_doubles_nothing(
    own: Store, cluster: Cluster, tmp_path: Path, content: Content, mode: str
):
    reception, people, look = spine(own, tmp_path, content), People(own.now()), Look(own)
    with started(reception):
        restart = threading.Thread(target=_restarts, args=(cluster, mode))
        restart.start()
        found = _load(reception, people, persons=20, each=25)
        restart.join()
    assert any(isinstance(each, Away) for each in found)
    taken = [each for each in found if isinstance(each, Taken)]
    assert {each.outcome for each in taken} <= {"answered", "duplicate"}
    assert len({(each.conv_key, each.event) for each in taken}) == 20 * 25
    assert len(look.rows(event)) == len(look.rows(outbox)) == 20 * 25
    assert [row.seq for row in look.rows(conversation)] == [25] * 20


def _restarts(cluster: Cluster, mode: str) -> None:
    for _ in range(2):
        sleep(0.15)
        cluster.stop(mode)
        sleep(0.3)
        cluster.start()


def test_a_database_that_is_away_is_said_at_once_and_what_waits_is_written_later(
    own: Store, cluster: Cluster, tmp_path: Path, content: Content
):
    reception, people, look = spine(own, tmp_path, content), People(own.now()), Look(own)
    with started(reception):
        accept(reception, people.presses("ann", "standing=own"))
        cluster.stop()
        with pytest.raises(Away):
            accept(reception, people.presses("ann", "employees=6-20", 1))
        began = monotonic()
        with pytest.raises(Away):
            accept(reception, people.presses("ann", "prefecture=東京都", 2))
        assert monotonic() - began < 1
        cluster.start()
        while reception.writer.away:
            sleep(0.02)
    assert [row.state for row in look.rows(outbox)] == ["leased", "waiting"]


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path, content: Content):
    store = Store.open(f"sqlite:///{tmp_path / 'bot.db'}")
    reception, people, look = spine(store, tmp_path, content), People(store.now()), Look(store)
    with started(reception):
        accept(reception, people.presses("ann", "standing=own"))
        _limit(reception, "PRAGMA max_page_count=1")
        many = [people.presses(f"p{n}", "standing=own", 1) for n in range(300)]
        with pytest.raises(Away):
            accept(reception, *many)
        assert reception.writer.away
        before = {row.event for row in look.rows(event)}
        assert before == {row.event_id for row in look.rows(outbox)}
        _limit(reception, "PRAGMA max_page_count=1000000")
        while reception.writer.away or len(reception.waiting):
            sleep(0.02)
    assert len(look.rows(event)) == len(look.rows(outbox)) == 301
    store.close()


def _limit(reception: Reception, pragma: str) -> None:
    """Let every connection made from now on have only so many pages; those there are let go."""
    engine = reception.writer._batches.store.engine

    def limit(connection: Any, _record: object) -> None:
        connection.execute(pragma).close()

    happening.listen(engine, "connect", limit)
    engine.dispose()
    asyncio.run(reception.change(_Drop(reception))) if not reception.writer.away else None


class _Drop:
    """A change that makes the writer take a new connection."""

    conv_keys = ()

    def __init__(self, reception: Reception) -> None:
        self._writer, self._done = reception.writer, False

    def run(self, connection: Connection) -> None:
        if not self._done:
            self._done = True
            raise OperationalError("", {}, _LockedError(), hide_parameters=True)


class _LockedError(Exception):
    sqlite_errorname = "SQLITE_BUSY"


def test_a_locked_sqlite_is_waited_for(tmp_path: Path, content: Content):
    store = Store.open(f"sqlite:///{tmp_path / 'bot.db'}")
    reception, people = spine(store, tmp_path, content), People(store.now())
    with started(reception), store.engine.connect() as holder:
        holder.begin()

        async def press() -> list[Taken]:
            waiting = asyncio.create_task(reception.accept([people.presses("ann", "standing=own")]))
            await asyncio.sleep(0.3)
            assert not waiting.done()
            holder.rollback()
            return await waiting

        (taken,) = asyncio.run(press())
        assert taken.outcome == "answered"
    store.close()


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ("40P01", "again"),
        ("40001", "again"),
        ("55P03", "again"),
        ("53100", "away"),
        ("57P01", "away"),
        ("08006", "away"),
        ("25006", "away"),
        ("23514", "wrong"),
        ("22021", "wrong"),
    ],
)
def test_each_way_of_failing_asks_for_something(code: str, asks: str):
    class FailedError(Exception):
        sqlstate = code

    assert failing(OperationalError("", {}, FailedError(), hide_parameters=True)) == asks


def test_a_fault_of_our_own_asks_for_no_repeat():
    assert failing(ValueError()) == "wrong"


def test_a_batch_that_always_fails_ends_soon_and_quietly_while_stopping(
    tmp_path: Path, content: Content, caplog: pytest.LogCaptureFixture
):
    """So many tries, each after a pause; who waits is told Away, and the stop is in time."""
    store = Store.open(f"sqlite:///{tmp_path / 'bot.db'}")
    tries: list[float] = []

    def fail(point: str) -> None:
        if point == "begun":
            tries.append(monotonic())
            raise OperationalError("", {}, _GoneError(), hide_parameters=True)

    reception, people = spine(store, tmp_path, content, watch=fail), People(store.now())
    reception.start()

    async def press() -> None:
        with pytest.raises(Away):
            await reception.accept([people.presses("ann", "standing=own")])

    asyncio.run(press())
    before, started = len(tries), monotonic()
    reception.stop(6)
    assert monotonic() - started < 7
    assert 1 <= len(tries) - before <= 2 * LAST_TRIES
    assert len(caplog.records) < 10 * LAST_TRIES
    assert not reception.writer._thread.is_alive()
    store.close()


class _GoneError(Exception):
    sqlite_errorname = "SQLITE_FULL"
