"""`jigyokei diff OLD_DIR`: what an edit changes for people, counted in situations."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from bot.commands.options import add_day
from bot.content import ROOT, Content, load_content
from dialogs.answers import Answers
from dialogs.change import renamed
from dialogs.scene import Scene
from dialogs.session import Session
from dialogs.turn import JAPAN
from knowledge.errors import FactError, FileError

EXAMPLES = 3
NOTHING = "（ご案内なし）"


def add_options(parser: argparse.ArgumentParser) -> None:
    add_day(parser)
    said = "前の knowledge/ と dialogs/ のある場所"
    parser.add_argument("old", type=Path, metavar="OLD_DIR", help=said)


def run(options: argparse.Namespace) -> int:
    try:
        old, new = load_content(options.old), load_content(ROOT)
    except FileError as error:
        print(error, file=sys.stderr)
        return 1
    day = options.on or datetime.now(JAPAN).date()
    print("前の内容と比べています…", flush=True)
    compared = compare(old, new, day)
    print(f"{compared.total:,}とおりのうち、{compared.changed:,}とおりでご案内が変わります。")
    for example in compared.examples:
        print(f"\n{example}")
    return 0


@dataclass(frozen=True, slots=True)
class Compared:
    """How many situations there are, in how many something differs, and some in words."""

    total: int
    changed: int
    examples: tuple[str, ...]


def compare(old: Content, new: Content, day: date) -> Compared:
    """Every situation of today's content, as both speak to it; the examples of different rows."""
    total, changed, found = 0, 0, dict[str, str]()
    for answers in _asked(new, day):
        before, after = told(old, answers, day), told(new, answers, day)
        total += 1
        if before != after:
            changed += 1
            row = new.flow.decide(answers, new.book.on(day)).id
            if row not in found and len(found) < EXAMPLES:
                found[row] = _words(new, answers, day, before, after)
    return Compared(total, changed, tuple(found.values()))


def _asked(content: Content, day: date) -> Iterator[Answers]:
    """Every situation with each worry alone, then one of each row in every other place."""
    from bot.check.situations import situations, worry_groups

    book, rows = content.book.on(day), dict[str, Answers]()
    worries = {group[0]: group for group in worry_groups(content.flow, book)}
    for situation in situations(content, book):
        answers = situation.answers
        rows.setdefault(content.flow.decide(answers, book).id, answers)
        alike = worries.get(answers.get("concern", ()), [])
        yield from ({**answers, "concern": worry} for worry in alike if len(worry) == 1)
        if not alike:
            yield answers
    for answers in rows.values():
        if "prefecture" in answers:
            others = (name for name in book.offices.prefectures if (name,) != answers["prefecture"])
            yield from ({**answers, "prefecture": (name,)} for name in others)


def told(content: Content, answers: Answers, day: date) -> tuple[str, ...]:
    """Everything this content says to these answers, as lines; the old one under its own names."""
    own = renamed(content.flow, answers)
    scene = Scene(content.flow, content.book.on(day), Session(), own)
    try:
        outcome = scene.outcome
    except FactError as error:
        return (f"{NOTHING} {error}",)
    if outcome is None:
        return (f"{NOTHING} 質問 {scene.state}",)
    fill, row = scene.voice.fill, outcome.row
    return (
        f"{row.id} {fill(row.title)}",
        *(fill(line.text) for line in row.step),
        *(reason.text for reason in outcome.reasons),
        *(f"{named.title}：{named.text}" for named in (*outcome.benefits, *outcome.cases)),
        *(step.text for step in outcome.steps),
        *(f"{o.name} {o.phone or o.url}" for o in outcome.offices),
        *(note.text for note in outcome.notes),
    )


def _words(
    content: Content, answers: Answers, day: date, before: tuple[str, ...], after: tuple[str, ...]
) -> str:
    """One changed situation: who it is, and the first lines that differ."""
    scene = Scene(content.flow, content.book.on(day), Session(), answers)
    who = "、".join(scene.voice.label(question) for question in answers)
    gone = islice((line for line in before if line not in after), 2)
    come = islice((line for line in after if line not in before), 2)
    lines = [f"例：{who}", *(f"  前：{line}" for line in gone), *(f"  後：{line}" for line in come)]
    return "\n".join(lines)
