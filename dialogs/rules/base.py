"""What a rule is, and the small logic of yes, no and unknown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dialogs.answers import Answers
from dialogs.intervals import Verdict
from knowledge.book import DayBook

Ask = Callable[[Answers, DayBook], Verdict]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named policy question. `reads` are the only questions whose answers it looks at."""

    name: str
    reads: frozenset[str]
    ask: Ask

    @property
    def says(self) -> str:
        """The policy in Japanese, with its source."""
        return self.ask.__doc__ or ""

    def __call__(self, answers: Answers, book: DayBook) -> Verdict:
        return self.ask(answers, book)


Reads = Mapping[Ask, tuple[str, ...]]
"""Rules, and the questions each reads: what a module of rules ends with."""


def rules_of(*modules: Reads) -> dict[str, Rule]:
    """The rules of these modules by name."""
    return {
        ask.__name__: Rule(ask.__name__, frozenset(reads), ask)
        for module in modules
        for ask, reads in module.items()
    }


def one_of(answers: Answers, question: str, *values: str) -> Verdict:
    """Is one of these values among the answer? None while the question has no answer."""
    given = answers.get(question)
    if given is None:
        return None
    return given[0] in values if len(given) == 1 else any(value in values for value in given)


def both(*verdicts: Verdict) -> Verdict:
    """No when one is no, yes when all are yes, otherwise unknown."""
    if False in verdicts:
        return False
    return None if None in verdicts else True


def either(*verdicts: Verdict) -> Verdict:
    """Yes when one is yes, no when all are no, otherwise unknown."""
    if True in verdicts:
        return True
    return None if None in verdicts else False


def negate(verdict: Verdict) -> Verdict:
    return None if verdict is None else not verdict
