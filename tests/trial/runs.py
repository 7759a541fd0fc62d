"""A short run of the stand-in bot against the trial LINE, for those who judge histories."""

import asyncio
from pathlib import Path

from bot.trial.faults import Faults
from bot.trial.line_courier import Habits
from bot.trial.line_server import LineServer
from tests.check_history import Record, load
from tests.crash.processes import STAND_IN, Fleet, Process, environment
from tests.crash.run import Plan, crash

CALM = {"again": 0.3, "twice": 0.1}
"""Things come twice, and nothing else goes wrong."""


def run_stand_in(
    folder: Path, plan: Plan, *, wrong: str = "", faults: dict[str, float] = CALM, count: int = 1
) -> list[Record]:
    """The history of a run, read back from its file."""
    habits = Habits(redelivery=True, waits=(0.3, 0.6, 1.0, 2.0, 4.0, 8.0))
    path = folder / "history.jsonl"
    with LineServer(Faults(plan.seed, faults), habits, history=path) as server:
        server.line.account.quota = None
        environ = environment(server, folder, STAND_IN_WRONG=wrong)
        processes = [Process(STAND_IN, environ, folder / f"{n}.txt") for n in range(count)]
        with Fleet(processes, plan.seed) as fleet:
            server.courier.address = fleet.address
            asyncio.run(crash(server, fleet, plan))
    return load(path)
