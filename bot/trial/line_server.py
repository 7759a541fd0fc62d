"""A trial LINE that runs: its two hosts on loopback, its courier, and the hands of its people."""

from concurrent.futures import Future
from pathlib import Path

import httpx

from bot.trial.faults import Faults
from bot.trial.line import Account, Line
from bot.trial.line_api import build
from bot.trial.line_courier import Courier, Habits
from bot.trial.line_events import Event
from bot.trial.line_setup import API, DATA
from bot.trial.line_talk import Talk
from bot.trial.serving import Serving

DEFAULT_HABITS = Habits()


class LineServer:
    """Start it, tell it where the bot is (`account.webhook`), act by `talk`, `send` the events.

    `url` and `data_url` are for LINE_API_URL and LINE_DATA_API_URL.
    """

    def __init__(
        self,
        faults: Faults,
        habits: Habits = DEFAULT_HABITS,
        account: Account | None = None,
        history: Path | None = None,
    ) -> None:
        self.line = Line(faults.seed, faults, account, history)
        self.talk = Talk(self.line)
        self._serving = Serving(
            lambda lines: [build(self.line, table, lines.cut) for table in (API, DATA)]
        )
        self.url, self.data_url = self._serving.urls
        limits = httpx.Limits(max_connections=256, max_keepalive_connections=64)
        self._client = httpx.AsyncClient(trust_env=False, limits=limits, timeout=None)
        self.courier = Courier(self.line, self._client, habits)

    def __enter__(self) -> "LineServer":
        self._serving.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._serving.submit(self._client.aclose()).result()
        self._serving.stop()
        self.line.history.close()

    def start_history(self, needs: dict[str, int] | None = None) -> None:
        """The first record: what this run is, and how often each fault has to happen in it."""
        self.line.history.note(
            "start",
            platform="line",
            seed=self.line.faults.seed,
            redelivery=self.courier.habits.redelivery,
            needs=needs or {},
        )

    def send(self, *events: Event) -> "Future[int | None]":
        """Bring these events to the bot in one request; the result is the first try's status."""
        return self._serving.submit(self.courier.deliver(events))

    def send_raw(self, body: bytes, sign: str | None = None) -> int | None:
        """Bring any bytes to the bot; the status."""
        return self._serving.submit(self.courier.post_raw(body, sign)).result()[0]

    def quiet(self, timeout: float | None = None) -> None:
        """Wait until the courier has nothing left to bring. Raises TimeoutError."""
        self._serving.submit(self.courier.quiet()).result(timeout)
