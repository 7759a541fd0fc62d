"""What a rule is, the registry of all rules, and the small logic of yes, no and unknown."""

from collections.abc import Callable
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


RULES: dict[str, Rule] = {}
"""Every rule by name: the only words YAML may use after `if:`. Filled by `@rule` at import."""


def rule(*reads: str) -> Callable[[Ask], Ask]:
    """Enter a function into the registry under its own name."""

    def enter(ask: Ask) -> Ask:
        RULES[ask.__name__] = Rule(ask.__name__, frozenset(reads), ask)
        return ask

    return enter


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
