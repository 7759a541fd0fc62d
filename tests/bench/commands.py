"""How long whole commands take, each beside a bare Python that starts and stops."""

import os
import subprocess
import sys
from statistics import median
from time import perf_counter

RUNS = 7
BARE = [sys.executable, "-c", "pass"]
BOT = [sys.executable, "-m", "bot"]


def report() -> list[str]:
    """Lines to print: the medians of alternating runs, in seconds and as a ratio to bare Python."""
    helped = [(_whole(BARE), _whole([*BOT, "--help"])) for _ in range(RUNS)]
    begun = [(_whole(BARE), _first_line([*BOT, "check"])) for _ in range(RUNS)]
    checked = _whole([*BOT, "check"])
    return [
        _line("jigyokei --help", helped),
        _line("jigyokei check, first line", begun),
        f"jigyokei check, whole           {checked:6.2f} s   (1 run, {os.cpu_count()} cores)",
    ]


def _line(name: str, pairs: list[tuple[float, float]]) -> str:
    bare, ours = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    return f"{name:30s}  {ours:6.2f} s   = {ours / bare:.1f} × bare Python ({bare:.3f} s)"


def _whole(command: list[str]) -> float:
    started = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - started


def _first_line(command: list[str]) -> float:
    """Seconds until the command says its first word; then it is stopped."""
    started = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout
        process.stdout.readline()
        took = perf_counter() - started
        os.killpg(process.pid, 9)
    return took
