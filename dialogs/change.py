"""Change: what new answers do to the old ones. Nothing else writes answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.answers import Answers, Key, Values, normal
from dialogs.flow import Flow
from dialogs.remember import remembered
from dialogs.way import reachable
from knowledge.book import DayBook


@dataclass(frozen=True, slots=True)
class Change:
    """The answers after it; which were set anew, and which were dropped (question: values)."""

    answers: Answers
    set: Mapping[str, Values]
    dropped: Mapping[str, Values]


def change(flow: Flow, book: DayBook, old: Answers, new: Mapping[str, Values]) -> Change:
    """Set these answers, then drop every one that no way reaches any more.

    An answer the changed question no longer offers is dropped as well: 組合の「全員と」 is none
    of a firm's. What is set and dropped at once was never wanted: it counts as neither.
    """
    wanted = {question: normal(values) for question, values in new.items()}
    answers: dict[str, Values] = {**old, **wanted}
    while gone := _unreached(flow, book, flow.key(answers)):
        for question in gone:
            del answers[question]
    changed = {q: v for q, v in wanted.items() if answers.get(q) == v != old.get(q)}
    dropped = {q: v for q, v in old.items() if q not in answers and q not in wanted}
    return Change(answers, changed, dropped)


@remembered(most=1_024)
def _unreached(flow: Flow, book: DayBook, key: Key) -> tuple[str, ...]:
    answers = flow.answers(key)
    met = reachable(flow, answers, book)
    return tuple(
        question
        for question, values in answers.items()
        if question not in met or not flow.questions[question].allows(values, answers, book)
    )


def renamed(flow: Flow, answers: Answers) -> Answers:
    """Answers of an older flow version under today's names; what has no name today is left out.

    `renames` maps an old question to a new one, or `question=value` to `question=value`.
    """
    found: dict[str, Values] = {}
    for question, values in answers.items():
        name, renamed_values = question, values
        if flow.renames:
            name = flow.renames.get(question, question)
            renamed_values = tuple(_new_value(flow, name, value) for value in values)
        if name in flow.questions and flow.questions[name].knows(renamed_values):
            found[name] = renamed_values
    return found


def _new_value(flow: Flow, question: str, value: str) -> str:
    press = flow.renames.get(f"{question}={value}", f"{question}={value}")
    return press.partition("=")[2]
