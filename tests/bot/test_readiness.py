"""Readiness: a database that is away or takes no writes is seen, without writing at every look."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event as happening

from bot import readiness
from bot.content import Content
from bot.readiness import Readiness
from bot.reception import Reception
from bot.store import Store
from bot.tables import event
from tests.bot.plain_channel import Look, spine, started


def looks(store: Store, reception: Reception, times: int) -> tuple[list[bool], int]:
    """What so many looks in a row say, and how many of them wrote."""
    wrote, change = [], reception.change

    async def counted(what: Any) -> Any:
        wrote.append(what)
        return await change(what)

    async def look() -> list[bool]:
        reception.change = counted  # type: ignore[method-assign]
        ready = Readiness(store, reception)
        found = [await ready.now() for _ in range(times)]
        ready.stop()
        return found

    try:
        return asyncio.run(look()), len(wrote)
    finally:
        reception.change = change  # type: ignore[method-assign]


def read_only(store: Store) -> Callable[[], None]:
    """No connection made from now on can write. Gives the way to end it."""

    def forbid(connection: Any, _record: object) -> None:
        if store.postgres:
            connection.execute("SET default_transaction_read_only = on")
            connection.commit()
        else:
            connection.execute("PRAGMA query_only = ON").close()

    def end() -> None:
        happening.remove(store.engine, "connect", forbid)
        store.engine.dispose()

    happening.listen(store.engine, "connect", forbid)
    store.engine.dispose()
    return end


def test_it_writes_once_for_many_looks_and_leaves_nothing(
    store: Store, tmp_path: Path, content: Content
):
    with started(spine(store, tmp_path, content)) as reception:
        assert looks(store, reception, 5) == ([True] * 5, 1)
    assert Look(store).rows(event) == []


def test_it_writes_again_when_its_time_has_come(
    store: Store, tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(readiness, "EVERY_SECONDS", 0)
    with started(spine(store, tmp_path, content)) as reception:
        assert looks(store, reception, 3) == ([True] * 3, 3)


def test_a_database_that_takes_no_writes_is_not_ready_until_it_does(
    store: Store, tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(readiness, "ANSWER_SECONDS", 0.5)
    end = read_only(store)
    with started(spine(store, tmp_path, content)) as reception:
        assert looks(store, reception, 2)[0] == [False, False]
        assert reception.writer.away
        end()
        while reception.writer.away:
            pass
        assert looks(store, reception, 1)[0] == [True]


def test_a_database_that_is_away_is_told_by_its_class_alone(
    store: Store, tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):  # fmt: skip
    def fail() -> None:
        raise ValueError("かなりあ")

    with started(spine(store, tmp_path, content)) as reception:
        monkeypatch.setattr(store, "now", fail)
        assert looks(store, reception, 1) == ([False], 0)
    assert "not_ready error=ValueError" in caplog.text
    assert "かなりあ" not in caplog.text
