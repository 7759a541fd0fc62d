"""What hangs on the day: texts said every day, what ends soon, what nobody has looked at."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.check.sheets import CASES, OFFICES, TOPICS, Sheets, value_at
from bot.check.situations import SOON, days
from bot.check.texts import Spoken, spoken_texts
from bot.content import Content
from knowledge.book import NAME
from knowledge.errors import Fault
from knowledge.strict_yaml import Path_

STALE = timedelta(days=365)


def check_days(sheets: Sheets, content: Content, day: date) -> None:
    """A text that is said whatever the answers names only facts that always have a value."""
    book, coming = content.book, days(content.book, day)
    for spoken in spoken_texts(sheets):
        speaks = _speaks(spoken, coming)
        for name in NAME.findall(spoken.text):
            without = [
                each for each in speaks if name in book.facts and not book.on(each).holds(name)
            ]
            if without:
                spoken.sheet.fault(spoken.at, f"「{{{name}}}」は{without[0]}に値がありません。")


def _speaks(spoken: Spoken, coming: tuple[date, ...]) -> tuple[date, ...]:
    """The days this text is said whatever a rule says of the day; the others are walked.

    A topic whose fact has ended is answered with the office, so it counts for today only.
    """
    if spoken.sheet.name.startswith(TOPICS):
        return coming[:1]
    entry = value_at(spoken.sheet.data, spoken.at[:-1])
    ruled = spoken.at[0] != "questions" and isinstance(entry, dict) and "if" in entry
    return () if ruled else coming


def warnings(sheets: Sheets, content: Content, day: date) -> list[Fault]:
    """For a person to look at: facts that end within 60 days, and entries grown old."""
    found = []
    for id, periods in content.book.facts.items():
        for fact in periods:
            if fact.end and day <= fact.end <= day + SOON:
                text = f"「{id}」は{fact.end}で終わります（{fact.ends_for}）。"
                found.append(sheets.fact(id, text))
        newest = max(fact.checked_on for fact in periods)
        found += [sheets.fact(id, text) for text in _aged(id, newest, day)]
    return sorted({*found, *_aged_entries(sheets, content, day)})


def _aged_entries(sheets: Sheets, content: Content, day: date) -> Iterator[Fault]:
    offices, cases = content.book.offices, content.book.cases
    dated: list[tuple[str, Path_, date]] = []
    dated += [(OFFICES, ("offices", id), each.checked_on) for id, each in offices.by_id.items()]
    for kind, posts in (("advice", offices.advice_posts), ("filing", offices.filing_posts)):
        dated += [(OFFICES, (kind, place), post.verified_on) for place, post in posts.items()]
    dated += [(CASES, (id,), each.checked_on) for id, each in cases.items()]
    for file, at, checked in dated:
        for text in _aged(str(at[-1]), checked, day):
            yield Fault(file, sheets[file].line(at), text)


def _aged(id: str, checked: date, day: date) -> Iterator[str]:
    if checked < day - STALE:
        yield f"「{id}」は1年より長く確かめていません。"
    if checked > day:
        yield f"「{id}」を確かめた日（{checked}）は、まだ来ていません。"
