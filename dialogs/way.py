"""The way through the questions: one shared `transitions` machine, stepped for everybody.

The state is never stored: it is where the answers lead. A step costs 18-50 µs; a machine for
each person would cost 1-18 ms (design, decision 3).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from transitions import Machine

from dialogs.answers import Answers
from dialogs.flow import OUTCOME, Flow, Question
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


def reachable(flow: Flow, answers: Answers, book: DayBook) -> set[str]:
    """The questions some way still meets, and those kept though off the way."""
    met = {question for way in ways(flow, answers, book) for question in way}
    for id, question in flow.questions.items():
        if question.keep and question.keep(answers, book):
            met.add(id)
    return met
