"""The Vocabulary: the content's own words, made bare once, for typed words to meet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dialogs.answers import Key
from dialogs.flow import Flow
from dialogs.remember import remembered
from dialogs.understand.text import bare
from dialogs.voice import Voice
from knowledge.book import DayBook

_PARTS = re.compile(r"[・、（）()「」/／]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Bare words and what they name: a command, a topic, the question a card's button changes.

    `labels`: those of all choices of all questions; `limits`: those of the limit questions.
    """

    commands: Mapping[str, str]
    topics: Mapping[str, str]
    changes: Mapping[str, str]
    labels: frozenset[str]
    limits: frozenset[str]


def vocabulary(flow: Flow, book: DayBook) -> Vocabulary:
    """The words of this flow on this day's book."""
    return _vocabulary(flow, book, ())


@remembered(most=1)
def _vocabulary(flow: Flow, book: DayBook, _: Key) -> Vocabulary:
    """Of words with two meanings the first counts."""
    commands, topics, changes = dict[str, str](), dict[str, str](), dict[str, str]()
    for command, words in flow.commands.items():
        for word in words:
            commands.setdefault(bare(word), command)
    for topic in book.book.topics.values():
        topics.setdefault(bare(topic.title), topic.id)
    voice, questions = Voice(flow, book, {}), flow.questions.values()
    for question in questions:
        button = voice.word("change_button", title=question.title)
        changes.setdefault(bare(button), question.id)
    choices = (each for q in questions for form in q.forms for each in form.choices)
    labels = frozenset(bare(each.label) for each in choices)
    limits = frozenset(bare(each) for q in questions for each in q.under_over or ())
    return Vocabulary(commands, topics, changes, labels, limits)


@lru_cache(maxsize=1_024)
def known(label: str) -> str:
    """A label of the content as it is compared with; never what a person typed."""
    return bare(label)


@lru_cache(maxsize=1_024)
def parts(label: str) -> frozenset[str]:
    """The parts of a label that has several: 旅館・ホテル."""
    return frozenset(map(bare, _PARTS.split(label)))
