"""The Readers: everything that reads typed words, loaded once and shared by everybody."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from dialogs.answers import Values
from dialogs.intervals import PEOPLE, YEN, bands
from dialogs.rules.size import NO_CAPITAL
from dialogs.understand.industry import Industries
from dialogs.understand.load_index import Searching, entries, load_searching
from dialogs.understand.load_industries import load_industries
from dialogs.understand.load_phrases import load_phrases
from dialogs.understand.money import read_yen
from dialogs.understand.people import read_people
from dialogs.understand.phrases import Phrases
from dialogs.understand.place import read_place_names
from dialogs.understand.reading import NOTHING, Reading
from dialogs.understand.topics import TopicIndex
from dialogs.understand.until import until
from knowledge.book import Book

SLOTS = (
    "standing", "employees", "industry", "capital", "prefecture", "partner", "plan", "concern",
)  # fmt: skip
"""The questions that can be read out of free words, in the order they are asked."""


@dataclass(frozen=True)
class Readers:
    """One reader for each kind of answer, and the index of topics."""

    folder: Path
    book: Book
    industries: Industries
    phrases: Phrases

    @cached_property
    def searching(self) -> Searching:
        """What the files of the search say. Raises FileError."""
        return load_searching(self.folder)

    @cached_property
    def index(self) -> TopicIndex:
        """Made at the first side question, if nobody has asked for it before. Raises FileError."""
        return self.searching.index(entries(self.book.on(self.checked)), self.sure_place)

    @cached_property
    def checked(self) -> date:
        """The last day a fact was checked on."""
        return max(fact.checked_on for periods in self.book.facts.values() for fact in periods)

    def sure_place(self, text: str) -> str | None:
        """The one prefecture that the words surely name."""
        found = read_place_names(text, self.book.places)
        return found.candidates[0][0] if found.sure else None

    def read(self, question: str, text: str, alone: bool, today: date | None = None) -> Reading:
        """What the words say to this question. `alone`: it stands open now.

        `today` tells how far off a date is; without it, the last day the facts were checked on.
        """
        if question == "plan":
            text = until(text, today or self.checked)
        if question == "employees":
            return self._people(text, alone)
        if question == "capital":
            return self._yen(text, alone)
        if question == "industry":
            return self.industries.read(text)
        if question == "prefecture":
            return read_place_names(text, self.book.places)
        return self.phrases.read(question, text, alone)

    def _people(self, text: str, alone: bool) -> Reading:
        span = read_people(text, alone)
        if span is None:
            return NOTHING
        return _banded(tuple((band,) for band in bands(PEOPLE, span.low, span.high)))

    def _yen(self, text: str, alone: bool) -> Reading:
        """Several bands are one answer here: はい at a limit covers several too."""
        money = read_yen(text, alone)
        if money.none:
            return Reading((NO_CAPITAL,), sure=True)
        if money.span:
            return Reading((bands(YEN, money.span.low, money.span.high),), sure=True)
        amounts = tuple(bands(YEN, yen, yen) for yen in money.doubt)
        return _banded(tuple(dict.fromkeys(amounts)))


def _banded(found: tuple[Values, ...]) -> Reading:
    return Reading(found, sure=len(found) == 1)


def load_readers(folder: Path, book: Book) -> Readers:
    """Read the YAML of `understand/`. Raises FileError."""
    return Readers(
        folder,
        book,
        load_industries(folder / "industries.yaml"),
        load_phrases(folder / "phrases.yaml"),
    )
