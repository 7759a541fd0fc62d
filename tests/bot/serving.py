"""`jigyokei serve` as a process of its own, beside a trial LINE."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from time import monotonic, sleep

import httpx

from bot.trial.line_server import LineServer
from tests.conftest import ROOT

KEYS = {"ID_KEY": "i" * 32, "DATA_KEY": "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA="}


def variables(server: LineServer, folder: Path, **more: str) -> dict[str, str]:
    """What `serve` needs for the trial LINE."""
    account = server.line.account
    return {
        "OPERATOR_NAME": "試験商工会", "OPERATOR_PHONE": "03-1234-5678",
        "LINE_CHANNEL_SECRET": account.secret, "LINE_CHANNEL_ACCESS_TOKEN": account.access_token,
        "LINE_BOT_USER_ID": account.bot, "LINE_API_URL": server.url,
        "LINE_DATA_API_URL": server.data_url, "DATA_DIR": str(folder), **KEYS, **more,
    }  # fmt: skip


def plain(url: str) -> str:
    """The URL as an operator writes it, without a driver."""
    return url.replace("postgresql+psycopg://", "postgresql://")


class Bot:
    """The process. Its log is kept whole, to be searched for what must not be in it."""

    def __init__(self, given: Mapping[str, str], folder: Path, command: str = "serve") -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / f"{command}-{port}.log"
        inherited = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        options = ["--port", port] if command == "serve" else []
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", command, *options],
                cwd=ROOT, env={**inherited, **given}, stdout=log, stderr=log,
            )  # fmt: skip

    def __enter__(self) -> "Bot":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def wait_until_ready(self, seconds: float = 60) -> None:
        until = monotonic() + seconds
        while self.status("/readyz") != 200:
            assert self.process.poll() is None, self.text()
            assert monotonic() < until, self.text()
            sleep(0.02)

    def status(self, path: str) -> int:
        try:
            return httpx.get(self.url + path, trust_env=False).status_code
        except httpx.HTTPError:
            return 0

    def metrics(self) -> str:
        return httpx.get(f"{self.url}/metrics", trust_env=False).text

    def stop(self, seconds: float = 20) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def text(self) -> str:
        return self.log.read_text(encoding="utf-8")


def until(true: object, seconds: float = 20) -> bool:
    """Look again and again until it is true; False when the time is over."""
    end = monotonic() + seconds
    while not true():  # type: ignore[operator]
        if monotonic() > end:
            return False
        sleep(0.02)
    return True
