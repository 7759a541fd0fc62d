"""Fixtures of the dialogue: the content as shipped, its book of today, and a fresh chat."""

from datetime import date

import pytest

from bot.content import Content
from knowledge.book import DayBook
from tests.dialogs.chat import Talk


@pytest.fixture(scope="session")
def day(content: Content, today: date) -> DayBook:
    """The book as it holds today."""
    return content.book.on(today)


@pytest.fixture
def talk(content: Content, today: date) -> Talk:
    """Somebody who has just been greeted."""
    return Talk(content, today)
