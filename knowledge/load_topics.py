"""Reads `topics/`: the questions people ask in mid-talk, as they type them, and the answers."""

from collections.abc import Collection

from knowledge.book import NAME, Topic
from knowledge.facts import EVIDENCE
from knowledge.offices import Offices, office_names
from knowledge.strict_yaml import Path_, Sheet

_REQUIRED = "title also answer source place evidence"
FEWEST = 5
"""Other wordings a topic has at least, so that it is found as people type."""


def load_topics(
    sheets: list[Sheet], facts: Collection[str], offices: Offices, sources: Collection[str]
) -> dict[str, Topic]:
    """All topics by id. Faults are kept in the sheets."""
    names = {*facts, *office_names(offices)}
    topics: dict[str, Topic] = {}
    worded: dict[str, str] = {}
    for sheet in sheets:
        for id, value in sheet.data.items():
            if id in topics:
                sheet.fault((id,), f"「{id}」という話題は、ほかのファイルにもあります。")
            if topic := _topic(sheet, id, value, sources):
                topics[id] = topic
                _check_words(sheet, topic, worded)
                _check_facts(sheet, topic, names, facts)
    for sheet in sheets:
        for id in sheet.data:
            for i, other in enumerate(topics[id].next if id in topics else ()):
                sheet.one_of((id, "next", i), other, topics)
    return topics


def _topic(sheet: Sheet, id: str, value: object, sources: Collection[str]) -> Topic | None:
    table = sheet.fields((id,), value, _REQUIRED, "about next")
    if table is None:
        return None

    def listed(key: str) -> tuple[str, ...]:
        return sheet.texts((id, key), sheet.items((id, key), table.get(key, [])))

    return Topic(
        id,
        title=sheet.text((id, "title"), table["title"]),
        also=listed("also"),
        answer=listed("answer"),
        source=sheet.one_of((id, "source"), table["source"], sources),
        place=sheet.text((id, "place"), table["place"]),
        evidence=sheet.one_of((id, "evidence"), table["evidence"], EVIDENCE),
        about=listed("about"),
        next=listed("next"),
    )


def _check_words(sheet: Sheet, topic: Topic, worded: dict[str, str]) -> None:
    """Enough wordings, and none that another topic has: it would have two answers."""
    if len(topic.also) < FEWEST:
        sheet.fault((topic.id, "also"), f"ほかの聞き方を、{FEWEST}つは書いてください。")
    for words in (topic.title, *topic.also):
        other = worded.setdefault(words, topic.id)
        if other != topic.id:
            sheet.fault((topic.id,), f"「{words}」は「{other}」にもあります。")


def _check_facts(
    sheet: Sheet, topic: Topic, names: Collection[str], facts: Collection[str]
) -> None:
    for i, text in enumerate(topic.answer):
        at: Path_ = (topic.id, "answer", i)
        for name in NAME.findall(text):
            if name not in names:
                sheet.fault(at, f"「{{{name}}}」という事実はありません。")
    for i, name in enumerate(topic.about):
        if name not in facts:
            sheet.fault((topic.id, "about", i), f"「{name}」という事実はありません。")
