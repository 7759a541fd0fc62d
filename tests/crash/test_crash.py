"""Killed with -9 again and again, `jigyokei serve` loses nothing and says nothing twice.

The short form of `make crash`: 20 kills, half on each database.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.content import Content
from tests.bot.postgres import database
from tests.crash.database import Database
from tests.crash.run import Plan, crash_serve
from tests.crash.traffic import WAY

KILLS = 10


@pytest.fixture
def empty(postgres: str) -> Iterator[Database]:
    with database(postgres) as url:
        yield Database.on_server(url)


def test_the_words_of_the_traffic_are_those_of_the_content(content: Content):
    for question, choices in WAY.items():
        shown = content.flow.questions[question].forms[-1].choices
        labels = {choice.values[0]: choice.label for choice in shown}
        assert choices.items() <= labels.items()


def test_nothing_is_lost_or_said_twice_on_sqlite_with_two_processes(tmp_path: Path):
    plan = Plan(11, kills=KILLS, least=0)
    assert crash_serve(tmp_path, Database.in_folder(tmp_path), plan, count=2) == []


def test_nothing_is_lost_or_said_twice_on_postgres_with_two_processes(
    tmp_path: Path, empty: Database
):
    plan = Plan(12, kills=KILLS, least=0)
    assert crash_serve(tmp_path, empty, plan, count=2) == []
