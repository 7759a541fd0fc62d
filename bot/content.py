"""Finds and loads the content: `knowledge/` and `dialogs/` of this checkout or another folder."""

from dataclasses import dataclass
from pathlib import Path

from dialogs.flow import Flow, Operator
from dialogs.load import load_flow
from knowledge.book import Book
from knowledge.load import load_book

ROOT = Path(__file__).resolve().parent.parent
TRIAL = Operator("お試し", None)


@dataclass(frozen=True, slots=True)
class Content:
    """The flow and the book it speaks from."""

    flow: Flow
    book: Book


def load_content(root: Path = ROOT, operator: Operator = TRIAL) -> Content:
    """Load both from the folder that holds `knowledge/` and `dialogs/`. Raises FileError."""
    book = load_book(root / "knowledge")
    return Content(load_flow(root / "dialogs", book, operator), book)
