"""Fixtures of the spine: people who write, a reception that runs, and a look into the tables."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.content import Content
from bot.reception import Reception, Taken
from bot.store import Store
from tests.bot.plain_channel import Look, People, accept, spine, started

Accept = Callable[..., list[Taken]]


@pytest.fixture
def people(store: Store) -> People:
    return People(store.now())


@pytest.fixture
def reception(store: Store, tmp_path: Path, content: Content) -> Iterator[Reception]:
    with started(spine(store, tmp_path, content)) as made:
        yield made


@pytest.fixture
def take(reception: Reception) -> Accept:
    """Hand events in together, and wait for what became of them."""
    return lambda *arrived: accept(reception, *arrived)


@pytest.fixture
def look(store: Store) -> Look:
    return Look(store)
