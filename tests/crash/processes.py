"""Real processes of a bot: started, killed with -9, started again."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx

from bot.trial.line_server import LineServer
from tests.conftest import ROOT

SERVE = (sys.executable, "-m", "bot", "serve")
STAND_IN = (sys.executable, "-m", "tests.trial.stand_in")
READY_SECONDS = 30.0


def free_port() -> int:
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
        return int(own.getsockname()[1])


def environment(server: LineServer, data: Path, **more: str) -> dict[str, str]:
    """The variables of protocol.md for a bot that talks to this trial LINE."""
    account = server.line.account
    given = {
        "LINE_CHANNEL_SECRET": account.secret,
        "LINE_CHANNEL_ACCESS_TOKEN": account.access_token,
        "LINE_BOT_USER_ID": account.bot,
        "LINE_API_URL": server.url,
        "LINE_DATA_API_URL": server.data_url,
        "OPERATOR_NAME": "お試し商工会",
        "OPERATOR_PHONE": "03-0000-0000",
        "DATA_DIR": str(data),
        "HOST": "127.0.0.1",
        "LOG_LEVEL": "warning",
    }
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, **given, **more}


class Process:
    """One process of the bot, on a port of its own that it keeps over restarts."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], log: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/line/webhook"
        self._command, self._log = command, log
        self._environ = {**environ, "PORT": str(self.port)}
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(
                self._command, env=self._environ, cwd=ROOT, stdout=log, stderr=log
            )

    def ready(self, timeout: float = READY_SECONDS) -> None:
        """Wait until it says it is ready. Raises RuntimeError with the end of its log."""
        until = time.monotonic() + timeout
        while time.monotonic() < until and self._running and self._running.poll() is None:
            try:
                answer = httpx.get(f"http://127.0.0.1:{self.port}/readyz", trust_env=False)
            except httpx.HTTPError:
                time.sleep(0.05)
                continue
            if answer.status_code == 200:
                return
            time.sleep(0.05)
        tail = self._log.read_text(errors="replace")[-2_000:]
        raise RuntimeError(f"not ready, exit {self._running and self._running.poll()}: {tail}")

    def kill(self) -> None:
        """`kill -9`: no handler runs, nothing is flushed."""
        if self._running:
            self._running.send_signal(signal.SIGKILL)
            self._running.wait()

    def stop(self, timeout: float = 30.0) -> int:
        """SIGTERM; the exit code."""
        if not self._running or self._running.poll() is not None:
            return self._running.returncode if self._running else 0
        self._running.terminate()
        try:
            return self._running.wait(timeout)
        except subprocess.TimeoutExpired:
            self.kill()
            return -9


class Fleet:
    """Several processes that serve one bot; the platform's requests come to any of them."""

    def __init__(self, processes: Sequence[Process], seed: int) -> None:
        self.processes, self._random = list(processes), random.Random(seed)

    def __enter__(self) -> "Fleet":
        for process in self.processes:
            process.start()
            process.ready()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.stop()

    def address(self) -> str:
        return self._random.choice(self.processes).url

    def kill_one(self, server: LineServer) -> None:
        """Kill any one, start it again, and wait until it can be killed with effect."""
        place = self._random.randrange(len(self.processes))
        process = self.processes[place]
        server.line.history.note("kill", process=place)
        process.kill()
        process.start()
        process.ready()
