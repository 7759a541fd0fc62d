"""Turns a second on LINE, beside the official SDK's stateless echo, alternating in one run.

`python -m tests.bench.line [DATABASE_URL]`: the server on core 0; driver and platform on core 1,
where PostgreSQL should be too. Presses: signature, dedupe, machine, Flex, commit, reply sent.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from statistics import median, quantiles

import uvloop

from tests.bench.wire import SECRET, Platform, Run, drive, person, press, request, text

CONNECTIONS, PEOPLE, RUNS = 64, 4, 5
SERVER_CORE, OTHER_CORE = {0}, {1}
PRESSES = (
    "standing=own", "employees=6-20", "industry=manufacturing_other", "prefecture=東京都",
    "partner=none", "plan=none", "concern=earthquake",
)  # fmt: skip
WORDS = (
    "自分の会社です", "30人です", "製造業です", "東京都", "まだいません", "つくっていません",
    "地震が心配です",
)  # fmt: skip
_people = count(1)
Lines = list[list[bytes]]


def presses() -> Lines:
    """A connection's people one after the other, each through the whole talk."""
    return [_talks([press(data) for data in PRESSES]) for _ in range(CONNECTIONS)]


def words() -> Lines:
    return [_talks([text(each) for each in WORDS]) for _ in range(CONNECTIONS)]


def _talks(said: Sequence[dict[str, object]]) -> list[bytes]:
    return [
        request(user, each)
        for user in (person(next(_people)) for _ in range(PEOPLE))
        for each in said
    ]


def burst(connections: int) -> Lines:
    """Everybody's first press at once."""
    return [[request(person(next(_people)), press(PRESSES[0]))] for _ in range(connections)]


class Server:
    """A process pinned to the server's core, ready when it answers."""

    def __init__(self, command: Sequence[str], environ: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        given = {**os.environ, **environ, "PORT": str(self.port), "HOST": "127.0.0.1"}
        self._process = subprocess.Popen(
            [part.format(port=self.port) for part in command],
            env=given,
            stderr=subprocess.DEVNULL if not os.environ.get("BENCH_LOG") else None,
            stdout=subprocess.DEVNULL,
        )
        self.pid = self._process.pid
        os.sched_setaffinity(self.pid, SERVER_CORE)

    async def ready(self) -> None:
        for _ in range(600):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.close()
                return
            except OSError:
                await asyncio.sleep(0.05)
        raise TimeoutError

    def cpu(self) -> float:
        """Seconds of processor time so far: what counts on a machine that is busy with more."""
        fields = (
            Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        )
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rss(self) -> float:
        """Megabytes."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(30)


def servers(url: str, platform: Platform, folder: str, stack: ExitStack) -> dict[str, Server]:
    line = {
        "LINE_CHANNEL_SECRET": SECRET, "LINE_CHANNEL_ACCESS_TOKEN": "token",
        "LINE_API_URL": platform.url, "OPERATOR_NAME": "試験", "OPERATOR_PHONE": "03-0000-0000",
        "DATA_DIR": folder, "LOG_LEVEL": "warning", "ID_KEY": "x" * 32,
        "DATA_KEY": "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=",
    }  # fmt: skip
    line |= {"DATABASE_URL": url} if url else {}
    echo = [sys.executable, "-m", "uvicorn", "tests.bench.echo:app", "--port", "{port}"]
    echo += ["--no-access-log", "--log-level", "warning"]
    bot = [sys.executable, "-m", "bot", "serve"]
    started = {
        "echo": Server(echo, line),
        "echo without trust_env": Server(echo, {**line, "TRUST_ENV": "0"}),
        "bot": Server(bot, line),
    }
    return {name: stack.enter_context(server) for name, server in started.items()}


async def measure(url: str) -> None:
    platform = Platform()
    await platform.start()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        running = servers(url, platform, folder, stack)
        await asyncio.gather(*(server.ready() for server in running.values()))
        kinds: list[tuple[str, str, Callable[[], Lines]]] = [
            ("echo", "echo", words),
            ("echo without trust_env", "echo without trust_env", words),
            ("presses", "bot", presses),
            ("typed", "bot", words),
        ]
        found: dict[str, list[Run]] = {name: [] for name, _, _ in kinds}
        spent: dict[str, list[float]] = {}
        for number in range(RUNS + 1):
            for name, server, made in kinds:
                before = running[server].cpu()
                run = await drive(running[server].port, made(), platform)
                spent[name] = [*spent.get(name, []), (running[server].cpu() - before) / run.turns]
                if number:
                    found[name].append(run)
        for name, runs in found.items():
            print(_line(name, runs, found["echo"]), flush=True)
            print(_cpu(name, spent), flush=True)
        for many in (256, 1000):
            runs = [await drive(running["bot"].port, burst(many), platform) for _ in range(3)]
            print(_burst(many, runs), flush=True)
        print(f"RSS {running['bot'].rss():.0f} MB after all of it", flush=True)


def _line(name: str, runs: list[Run], yardstick: list[Run]) -> str:
    rate, base = median(run.rate for run in runs), median(run.rate for run in yardstick)
    wrong = sum(status != 200 for run in runs for status in run.statuses)
    p99 = quantiles([t for run in runs for t in run.times], n=100)[98]
    return (
        f"{name:24s}{rate:8.0f} turns/s = {rate / base:.2f} × echo   p99 {p99 * 1000:6.0f} ms"
        f"   {wrong} not 200   ({len(runs)} runs of {runs[0].turns}, {CONNECTIONS} connections)"
    )


def _cpu(name: str, spent: dict[str, list[float]]) -> str:
    own, base = median(spent[name][1:]), median(spent["echo"][1:])
    return f"{'':24s}{own * 1e6:8.0f} µs of the core a turn = {base / own:.2f} × as cheap as echo"


def _burst(many: int, runs: list[Run]) -> str:
    times = sorted(t for run in runs for t in run.times)
    wrong = sum(status != 200 for run in runs for status in run.statuses)
    p99 = times[int(len(times) * 0.99) - 1]
    return f"burst of {many:5d}: p99 {p99:.2f} s, longest {times[-1]:.2f} s, {wrong} not 200"


def main(url: str = "") -> None:
    os.sched_setaffinity(0, OTHER_CORE)
    uvloop.run(measure(url))


if __name__ == "__main__":
    main(*sys.argv[1:])
