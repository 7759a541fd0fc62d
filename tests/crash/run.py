"""One crash run: people talk, processes die, faults strike; then quiet, and the last questions."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.trial.faults import Faults
from bot.trial.line_courier import Habits
from bot.trial.line_server import LineServer
from tests.check_history import Record, Run, judge, load, one_outcome
from tests.crash.database import Database
from tests.crash.processes import SERVE, Fleet, Process, environment
from tests.crash.traffic import WAY, Choices, People

QUIET_SECONDS = 90.0
"""No event may be undecided longer than 60 s once faults stop (I2); some are on their way then."""
FAULTS = {
    "rate": 0.02, "error_before": 0.02, "error_after": 0.02, "stall_after": 0.01,
    "reset_before": 0.01, "reset_after": 0.01, "slow": 0.02,
    "twice": 0.05, "late": 0.05, "again": 0.30,
}  # fmt: skip
"""About 10 % of calls meet a fault; 30 % of what was taken comes once more."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard: people in each wave, kills, seconds between two kills."""

    seed: int
    kills: int
    people: int = 12
    between: tuple[float, float] = (0.1, 0.8)
    pause: float = 0.3
    way: Choices = field(default_factory=lambda: WAY)
    least: int = 1
    """How often each fault has to happen, or the run is void."""
    quiet: float = QUIET_SECONDS


def crash_serve(folder: Path, database: Database, plan: Plan, count: int) -> list[str]:
    """Crash `jigyokei serve`, so many processes of it; what is wrong after it, in words.

    The history stays in `folder` as history.jsonl, what the processes said beside it.
    """
    path, habits = folder / "history.jsonl", Habits(redelivery=True)
    with LineServer(Faults(plan.seed, FAULTS), habits, history=path) as server:
        server.line.account.quota = None
        environ = environment(server, folder, **database.environ())
        database.migrate(environ)
        processes = [Process(SERVE, environ, folder / f"{n}.txt") for n in range(count)]
        with Fleet(processes, plan.seed) as fleet:
            server.courier.address = fleet.address
            asyncio.run(crash(server, fleet, plan))
            said = database.ledger()
    records = [*load(path), *said]
    return [*words_of(records), *database.faults(Run(records))]


def words_of(records: list[Record]) -> list[str]:
    """What the judge found, in words."""
    verdict = judge(records)
    found = [f"{each.rule}: {each.what}: {each.how}" for each in verdict.violations]
    return found + [f"I20: {reason}" for reason in verdict.void]


async def crash(server: LineServer, fleet: Fleet, plan: Plan) -> None:
    """Waves of people until the last kill; then faults stop and everybody asks for the review."""
    needs = dict.fromkeys(server.line.faults.shares, plan.least)
    server.start_history({**needs, "kill": plan.kills})
    people = People(server, plan.seed, plan.way, plan.pause)
    killing = asyncio.create_task(asyncio.to_thread(kill, server, fleet, plan))
    while True:
        await people.talks(plan.people)
        if killing.done():
            break
    await killing
    server.line.faults.stop()
    server.line.history.note("faults_stop")
    await asyncio.to_thread(settle, server, plan.quiet)
    await people.review()
    await asyncio.to_thread(settle, server, plan.quiet)
    server.line.history.note("end")


def kill(server: LineServer, fleet: Fleet, plan: Plan) -> None:
    dice = Random(f"kills {plan.seed}")
    for _ in range(plan.kills):
        time.sleep(dice.uniform(*plan.between))
        fleet.kill_one(server)


def settle(server: LineServer, seconds: float) -> None:
    """Wait until everything taken has been answered, and a little longer for what is too much."""
    server.quiet(QUIET_SECONDS)
    until = time.monotonic() + seconds
    while time.monotonic() < until and _waiting(server):
        time.sleep(0.2)
    time.sleep(0.5)


def _waiting(server: LineServer) -> bool:
    """Is there an event the bot took and has yet to answer, or a call just made?"""
    records = list(server.line.history.records)
    calls = [record["at"] for record in records if record["kind"] == "call"]
    fresh = bool(calls) and server.line.now() - calls[-1] < 1.0
    return fresh or any(one_outcome(Run(records)))
