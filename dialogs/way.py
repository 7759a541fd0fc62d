"""The way through the questions: one shared `transitions` machine, stepped for everybody.

The state is never stored: it is where the answers lead. A step costs 18-50 µs, so that a way once
walked is remembered; a machine for each person would cost 1-18 ms (design, decision 3).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from transitions import Machine

from dialogs.answers import Answers, Key
from dialogs.flow import OUTCOME, Flow
from dialogs.question import Question
from dialogs.remember import remembered
from knowledge.book import DayBook


class Walker:
    """What the machine moves: nothing but the state it stands in."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


@dataclass(frozen=True, slots=True)
class Way:
    """The answered questions in the order they were met, and the state they lead to."""

    answered: tuple[str, ...]
    state: str


def build_machine(questions: Mapping[str, Question], start: str) -> Machine:
    """The machine of these questions. Guards are rules of the registry, never names from YAML."""
    asked = [question for question in questions.values() if question.asked]
    machine = Machine(
        model=None, states=[*(q.id for q in asked), OUTCOME], initial=start, auto_transitions=False
    )
    for question in asked:
        for route in question.routes:
            guard = route.when.ask if route.when else None
            machine.add_transition("answer", question.id, route.to, conditions=guard)
    return machine


def walk(flow: Flow, answers: Answers, book: DayBook) -> Way:
    """Follow the answers from the start to the first question still open, or to the outcome."""
    return _walk(flow, book, _leading(flow, answers))


def _leading(flow: Flow, answers: Answers) -> Key:
    """The answers as far as the way hangs on them: 東京都 and 大阪府 lead the same way."""
    pairs = zip(flow.key(answers), flow.leading, strict=True)
    return tuple([values if leads or values is None else () for values, leads in pairs])


@remembered(most=2_048)
def _walk(flow: Flow, book: DayBook, key: Key) -> Way:
    answers = flow.answers(key)
    step = flow.machine.events["answer"].trigger
    walker, answered = Walker(flow.start), list[str]()
    while walker.state != OUTCOME and flow.settled(walker.state, answers, book):
        answered.append(walker.state)
        step(walker, answers, book)
    return Way(tuple(answered), walker.state)


def ways(flow: Flow, answers: Answers, book: DayBook) -> Iterator[tuple[str, ...]]:
    """Every way the talk could still go with these answers: the questions met, in order.

    A rule that does not know yet leaves both ways open.
    """
    todo: list[tuple[str, tuple[str, ...]]] = [(flow.start, ())]
    while todo:
        state, met = todo.pop()
        if state == OUTCOME:
            yield met
            continue
        todo += [(to, (*met, state)) for to in _open(flow.questions[state], answers, book)]


def _open(question: Question, answers: Answers, book: DayBook) -> list[str]:
    """Where it may lead: up to the first rule that says yes, without those that say no."""
    verdicts = [route.when is None or route.when(answers, book) for route in question.routes]
    sure = verdicts.index(True) + 1
    routes = zip(question.routes[:sure], verdicts[:sure], strict=True)
    return [route.to for route, verdict in routes if verdict is not False]


def reachable(flow: Flow, answers: Answers, book: DayBook) -> frozenset[str]:
    """The questions some way still meets, and those kept though off the way."""
    return _ahead(flow, book, _leading(flow, answers)).met


def length(flow: Flow, answers: Answers, book: DayBook) -> int | None:
    """How many questions the way has in all; None while the ways still open differ in that."""
    return _ahead(flow, book, _leading(flow, answers)).length


@dataclass(frozen=True, slots=True)
class _Ahead:
    met: frozenset[str]
    length: int | None


@remembered(most=2_048)
def _ahead(flow: Flow, book: DayBook, key: Key) -> _Ahead:
    answers = flow.answers(key)
    still = list(ways(flow, answers, book))
    kept = {q.id for q in flow.questions.values() if q.keep and q.keep(answers, book)}
    lengths = {len(way) for way in still}
    same = lengths.pop() if len(lengths) == 1 else None
    return _Ahead(frozenset(kept.union(*still)), same)
