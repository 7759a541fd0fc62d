"""The Voice: turns texts with names in braces into words for one person on one day."""

from dataclasses import dataclass
from functools import lru_cache

from dialogs.answers import Answers, Values
from dialogs.flow import Flow, Line
from dialogs.reply import Say
from dialogs.rules.rows import LINKED_WORRIES
from dialogs.rules.size import industries
from knowledge.book import NAME, DayBook

OWN_NAMES = ("self", "limit", "operator", "advice", "worry")
"""The names a text may use beside facts, `answer.QUESTION` and what the caller gives."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks for this flow, on this day, to the person with these answers."""

    flow: Flow
    book: DayBook
    answers: Answers

    def fill(self, text: str, **given: str) -> str:
        """The text with every name replaced. Raises FactError when one has no value that day."""
        if "{" not in text:
            return text
        for name in _own_names(text):
            if name not in given:
                given[name] = self._word(name)
        return self.book.fill(text, given)

    def word(self, key: str, **given: str) -> str:
        """A set phrase of `words.yaml`."""
        return self.fill(self.flow.words[key], **given)

    def say(self, key: str, **given: str) -> Say:
        """A set phrase as a bubble, with the facts it uses."""
        return Say(self.word(key, **given), facts_in(self.flow.words[key]))

    def label(self, question: str) -> str:
        """This person's answer to the question, in words."""
        asked = self.flow.questions[question]
        return asked.label(self.answers[question], self.answers, self.book)

    def applies(self, line: Line) -> bool:
        """Is this line for this person? One that quotes an answer needs that answer."""
        if line.question and line.question not in self.answers:
            return False
        return line.when is None or line.when(self.answers, self.book) is True

    def origin(self, source: str, place: str) -> str:
        """Where something is taken from, in few words: 策定の手引き P3."""
        return f"{self.book.sources[source].short} {place}"

    def advice_contact(self) -> str:
        """The advice office of this person, name and phone."""
        office = self.book.offices.advice(self.answers.get("prefecture", ("",))[0])
        return f"{office.name} {office.phone}"

    def _word(self, name: str) -> str:
        if name == "self":
            standing = self.answers.get("standing", ("own",))[0]
            return self.flow.advice.selves.get(standing, self.flow.advice.selves["own"])
        if name == "limit":
            return self._limit()
        if name == "worry":
            return self._worry()
        if name == "operator":
            return self.flow.operator.name
        if name == "advice":
            return self.advice_contact()
        return self._quoted(name.removeprefix("answer."))

    def _quoted(self, question: str, values: Values | None = None) -> str:
        """The answer as a text quotes it, each value in quotes of its own: 地震」「停電."""
        asked, given = self.flow.questions[question], values or self.answers[question]
        return "」「".join(asked.label((v,), self.answers, self.book) for v in given)

    def _worry(self) -> str:
        """Those of their worries that reach beyond one firm; all of them where none does."""
        named = self.answers.get("concern", ())
        linked = tuple(worry for worry in named if worry in LINKED_WORRIES) or named
        return self._quoted("concern", linked[:1])

    def _limit(self) -> str:
        """The capital limit as the size table words it: 「1億円」."""
        names = [f"limit_capital_{industry}" for industry in industries(self.answers)]
        return self.book.value(min(names, key=self.book.amount))


@lru_cache(maxsize=1_024)
def facts_in(text: str) -> tuple[str, ...]:
    """The names of facts and offices a text of the content uses."""
    return tuple(name for name in NAME.findall(text) if not _is_own(name))


@lru_cache(maxsize=1_024)
def _own_names(text: str) -> tuple[str, ...]:
    """The names in a text of the content that stand for something of this person."""
    return tuple(name for name in NAME.findall(text) if _is_own(name))


def _is_own(name: str) -> bool:
    return name in OWN_NAMES or name.startswith("answer.")
