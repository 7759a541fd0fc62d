"""The Outcome: everything one set of answers leads to, each piece with its source."""

from dataclasses import dataclass
from datetime import date

from dialogs.answers import Answers
from dialogs.dates import DAYS
from dialogs.flow import Flow, Line, Row
from dialogs.offices import contacts, office_notes
from dialogs.reply import Contact
from dialogs.voice import Voice
from knowledge.book import DayBook
from knowledge.facts import wareki

REASONS = 3
CASES = 2
PLANNING = ("single", "joint", "either", "holder")
"""The groups of rows whose people make, or have, a plan of their own."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a sentence that rests on the answer to `question`."""

    text: str
    question: str
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Named:
    """A benefit or a case: its id, title and text."""

    id: str
    title: str
    text: str
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `by` is a day to aim at, or None."""

    text: str
    by: date | None
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Note:
    """What has to be known beside the advice, and the screen it belongs to."""

    text: str
    screen: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is advised, and why. `cooperation`: horizontal, vertical, area or None."""

    row: Row
    cooperation: str | None
    reasons: tuple[Reason, ...]
    benefits: tuple[Named, ...]
    steps: tuple[Step, ...]
    cases: tuple[Named, ...]
    offices: tuple[Contact, ...]
    notes: tuple[Note, ...]


def advise(flow: Flow, book: DayBook, answers: Answers, row: Row) -> Outcome:
    """The outcome of this row for these answers. Raises FactError when a text has no value."""
    voice = Voice(flow, book, answers)
    return Outcome(
        row,
        _cooperation(row, answers),
        reasons(voice, row),
        benefits(voice, row),
        steps(voice, row),
        cases(voice, row),
        contacts(flow.operator, book, answers, row),
        notes(voice, row),
    )


def _cooperation(row: Row, answers: Answers) -> str | None:
    """連携の態様の例（いくつあるとは言わない）。出典: domain §3.2"""
    worries = answers.get("concern", ())
    if "joint" not in (row.plan, row.leaning):
        return None
    if answers.get("standing") == ("large",) or "supply_chain" in worries:
        return "vertical"
    if "shared_site" in worries:
        return "area"
    together = answers.get("standing") == ("association",) or answers.get("partner") == ("member",)
    return "horizontal" if together else None


def reasons(voice: Voice, row: Row) -> tuple[Reason, ...]:
    """Up to three: the row's own, then what can be written for their worry, then their size."""
    found = [line for line in row.because if voice.applies(line)]
    if row.benefits in PLANNING:
        size, worry = voice.flow.advice.size_reason, _worry_line(voice, found[1:])
        # Whose industry was asked had a doubt about their size: it is settled before the worry.
        doubted = "industry" in voice.answers and voice.applies(size)
        rest = (size, worry) if doubted else (worry, size)
        own = found[: REASONS - 2 if doubted else REASONS - 1]
        more = [line for line in rest if line and line not in own and voice.applies(line)]
        found = own + more
    return tuple(
        Reason(voice.fill(line.text), line.question or "concern", line.source, line.place)
        for line in found[:REASONS]
    )


def _worry_line(voice: Voice, own: list[Line]) -> Line | None:
    """What the row itself says of their worries, or else what can be written for the first."""
    for line in own:
        if line.question == "concern":
            return line
    return voice.flow.advice.worries.get(voice.answers.get("concern", ("",))[0])


def benefits(voice: Voice, row: Row) -> tuple[Named, ...]:
    """What this person may be able to use: those that meet their worries first."""
    worries = set(voice.answers.get("concern", ()))
    fitting = [
        benefit
        for benefit in voice.flow.advice.benefits
        if row.benefits in benefit.serves and voice.applies(benefit.line)
    ]
    fitting.sort(key=lambda benefit: -len(worries.intersection(benefit.concerns)))
    return tuple(
        Named(b.id, b.title, voice.fill(b.line.text), b.line.source, b.line.place) for b in fitting
    )


def steps(voice: Voice, row: Row) -> tuple[Step, ...]:
    """What to do, in order, with the days to aim at. A step whose day has passed is left out."""
    found = []
    for line in voice.flow.advice.steps[row.steps] if row.steps else ():
        if not voice.applies(line):
            continue
        by = DAYS[line.by](voice.book) if line.by else None
        if by or not line.by:
            text = voice.fill(line.text, by=wareki(by) if by else "")
            found.append(Step(text, by, line.source, line.place))
    return tuple(found)


def cases(voice: Voice, row: Row) -> tuple[Named, ...]:
    """Cases that share the type, the industry or the risk, the nearest first; perhaps none."""
    if row.steps is None or row.plan == "supporter":
        return ()
    scored, large = [], voice.answers.get("standing") == ("large",)
    worries = {"supply_chain"} if large else set(voice.answers.get("concern", ()))
    for case in voice.book.cases.values():
        shared = len(worries.intersection(case.concerns))
        association = voice.answers.get("standing") == ("association",)
        own = ("cooperative",) if association else voice.answers.get("industry")
        industry = (case.industry,) == own
        score = 2 * shared + industry + 2 * (case.plan in {row.plan, row.leaning})
        if score:
            scored.append((score, case))
    scored.sort(key=lambda pair: -pair[0])
    return tuple(
        Named(case.id, case.name, case.text, case.source, case.place) for _, case in scored[:CASES]
    )


def notes(voice: Voice, row: Row) -> tuple[Note, ...]:
    """What has to be known beside the advice: the row's notes, then the general ones."""
    advice = voice.flow.advice
    general = advice.general_notes if row.benefits in PLANNING else ()
    warn = (row.warn,) if row.warn else ()
    lines: list[Line] = [advice.notes[id] for id in (*warn, *row.notes, *general)]
    said = [Note(voice.fill(line.text), line.screen) for line in lines if voice.applies(line)]
    return (*said, *(Note(text, screen) for text, screen in office_notes(voice, row)))
