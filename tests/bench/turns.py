"""How long a turn takes in the core, over every turn of the transcripts.

The yardstick runs in the same process: building one `transitions` machine a person, which is
what a turn would cost without the shared one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from statistics import median, quantiles
from time import perf_counter

from bot.content import Content
from dialogs.heard import Heard
from dialogs.session import Session
from dialogs.turn import JAPAN, take_turn
from dialogs.way import build_machine
from tests.talking import load_transcripts, play

ROUNDS = 20
NOON = datetime(2026, 11, 22, 12, tzinfo=JAPAN)


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of one turn each: all of them, and those that reach an outcome."""

    turns: list[float]
    outcomes: list[float]
    machine: float


def measure(content: Content) -> Timed:
    """Time every turn of every transcript ROUNDS times, each from the session before it."""
    asked, timed = _asked(content), Timed([], [], _machine(content))
    for _ in range(ROUNDS):
        for session, heard, reaches in asked:
            took = _time(
                lambda s=session, h=heard: take_turn(content.flow, content.book, s, h, h.at)
            )
            (timed.outcomes if reaches else timed.turns).append(took)
    timed.turns.extend(timed.outcomes)
    return timed


def _asked(content: Content) -> list[tuple[Session, Heard, bool]]:
    """Every Heard of the transcripts with the session it met, and whether it gave an outcome."""
    found = []
    for transcript in load_transcripts():
        session = Session()
        for step, turn in play(content, transcript):
            heard = Heard("bench", "1", turn.session.heard_at or NOON, step.said)
            found.append((session, heard, turn.kind == "outcome"))
            session = turn.session
    return found


def _turn(content: Content, session: Session, heard: Heard) -> Callable[[], object]:
    return lambda: take_turn(content.flow, content.book, session, heard, heard.at)


def _machine(content: Content) -> float:
    """Seconds to build one machine, the median of 20."""
    flow = content.flow
    return median(_time(lambda: build_machine(flow.questions, flow.start)) for _ in range(20))


def _time(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def report(timed: Timed) -> list[str]:
    """Lines to print: medians and the 99th hundredth, in ms, and as a ratio to the yardstick."""
    lines = [f"yardstick: a machine a person   {timed.machine * 1000:8.3f} ms"]
    for name, found in (("all turns", timed.turns), ("outcome turns", timed.outcomes)):
        middle, late = median(found), quantiles(found, n=100)[98]
        lines.append(
            f"take_turn, {name:14s} n={len(found):6d}  median {middle * 1000:6.3f} ms"
            f"  p99 {late * 1000:6.3f} ms  = {middle / timed.machine:.2f} × the yardstick"
        )
    return lines
