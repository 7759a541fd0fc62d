"""Several processes on one database, and processes that die between any two steps."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.content import Content
from bot.store import Store
from bot.tables import conversation, event, outbox
from tests.bot.plain_channel import Look, People, accept, spine, started
from tests.conftest import ROOT

POINTS = ("taken", "begun", "opened", "locked", "turned", "written", "committed", "tell")
DURABLE = ("committed", "tell")
Event = tuple[str, str, float, str]
TALK: list[Event] = [
    ("ann", "standing=own", 0, "a1"),
    ("ann", "employees=6-20", 1, "a2"),
    ("bob", "standing=association", 0, "b1"),
    ("cid", "standing=own", 0, "c1"),
]


class Child:
    """Another process of the bot."""

    def __init__(self, process: "subprocess.Popen[str]", start: datetime) -> None:
        self.process, self._start = process, start

    def send(self, events: list[Event]) -> None:
        """Hand events in, without waiting for what becomes of them."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps([self._start.isoformat(), *events]) + "\n")
        self.process.stdin.flush()

    def outcomes(self) -> list[str]:
        assert self.process.stdout
        return list(json.loads(self.process.stdout.readline()))


@contextmanager
def child(url: str, folder: Path, start: datetime, point: str = "") -> Iterator[Child]:
    command = [sys.executable, "-m", "tests.bot.spine.child", url, str(folder), point]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield Child(process, start)


@pytest.mark.parametrize("point", POINTS)
def test_a_process_may_die_at_any_step(
    store: Store, database_url: str, tmp_path: Path, content: Content, point: str
):
    """What was not committed is taken when it comes again; what was is not taken twice."""
    start, look = store.now(), Look(store)
    with child(database_url, tmp_path, start, point) as dying:
        dying.send(TALK)
        assert dying.process.wait(60) == -9
    assert bool(look.rows(event)) == bool(look.rows(outbox)) == (point in DURABLE)
    people = People(start)
    again = [people.presses(who, data, at, event=id) for who, data, at, id in TALK]
    with started(spine(store, tmp_path, content)) as reception:
        outcomes = {t.outcome for t in accept(reception, *again)}
    assert outcomes == {"duplicate" if point in DURABLE else "answered"}
    assert sorted(row.event_id for row in look.rows(outbox)) == ["a1", "a2", "b1", "c1"]
    assert sorted(row.seq for row in look.rows(conversation)) == [1, 1, 2]


def test_two_first_messages_of_new_people_at_once_in_two_processes(
    store: Store, database_url: str, tmp_path: Path
):
    start, look, rounds = store.now(), Look(store), 30
    with child(database_url, tmp_path, start) as one, child(database_url, tmp_path, start) as two:
        for n in range(rounds):
            both: Event = (f"new{n}", "standing=own", 0, f"both{n}")
            one.send([both, (f"new{n}", "employees=6-20", 1, f"one{n}")])
            two.send([both, (f"new{n}", "employees=21-50", 2, f"two{n}")])
            assert sorted(one.outcomes() + two.outcomes()) in (
                ["answered", "answered", "answered", "duplicate"],
                ["answered", "answered", "duplicate", "late"],
            )
    rows = look.rows(conversation)
    assert [row.seq for row in rows] == [3] * rounds
    assert len({(r.conv_key, r.seq) for r in look.rows(outbox)}) == 3 * rounds
    assert len(look.rows(event)) == 3 * rounds
    for row in rows:
        assert set(look.answers(row.conv_key)) == {"standing", "employees"}


def test_many_events_of_few_people_over_two_processes_are_some_order_of_each(
    store: Store, database_url: str, tmp_path: Path
):
    """Both get the same events at once: each is taken once, by one or the other."""
    start, look = store.now(), Look(store)
    sent: list[Event] = [
        (f"p{n % 5}", f"employees={('6-20', '21-50')[n % 2]}", n, f"e{n}") for n in range(100)
    ]
    with child(database_url, tmp_path, start) as one, child(database_url, tmp_path, start) as two:
        one.send(sent)
        two.send(list(reversed(sent)))
        found = one.outcomes() + two.outcomes()
    assert found.count("duplicate") == len(sent)
    assert set(found) <= {"answered", "late", "duplicate"}
    assert [row.seq for row in look.rows(conversation)] == [20] * 5
    assert len(look.rows(outbox)) == len(sent)
