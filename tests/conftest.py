"""Fixtures for every layer: the real book, and the day the tests speak from."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.book import Book
from knowledge.load import load_book

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def book() -> Book:
    """The book of this checkout."""
    return load_book(ROOT / "knowledge")


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 22)
