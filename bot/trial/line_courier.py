"""The courier of the trial LINE: brings events to the bot's webhook, as the platform does.

Signed, cut off after 2 s, redelivered only where that is switched on; and by chance (with a
seed) twice, late so that others pass it, or once more after it had been taken.
"""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from bot.trial.faults import DELIVERY_FAULTS
from bot.trial.line import Line
from bot.trial.line_events import Event

CUT_OFF = 2.0
"""Seconds within which the bot has to answer."""
TAKEN = range(200, 300)


@dataclass(frozen=True, slots=True)
class Habits:
    """How the platform delivers. `waits`: seconds before each redelivery; `hold`: how long a
    late one is kept back; `pause`: how long after a 200 the same comes once more."""

    redelivery: bool = False
    waits: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 16.0)
    hold: float = 0.3
    pause: float = 0.2
    cut_off: float = CUT_OFF


def signature(secret: str, body: bytes) -> str:
    """HMAC-SHA256 over the raw body, in base64."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


class Courier:
    """Delivers events. All of it runs in one event loop. `address` gives the webhook's URL for
    each request: where several processes serve one bot, any of theirs."""

    def __init__(self, line: Line, client: httpx.AsyncClient, habits: Habits) -> None:
        self.line, self.habits, self._client = line, habits, client
        self._running: set[asyncio.Task[None]] = set()
        self._requests = 0
        self.address: Callable[[], str] = lambda: line.account.webhook
        line.knock = self.knock

    async def deliver(self, events: Sequence[Event]) -> int | None:
        """Bring these events in one request; the status of the first try, None for no answer.

        What follows later (redelivery, a second copy) goes on by itself: see `quiet`.
        """
        name = " ".join(event["webhookEventId"] for event in events)
        fault = self.line.faults.strikes(f"webhook {name}", DELIVERY_FAULTS)
        if fault:
            self.line.history.note("fault", name=fault)
        if fault == "late":
            await asyncio.sleep(self.habits.hold)
        if fault == "twice":
            self._later(self._copy(events))
        status = await self._try(events, again=False)
        if fault == "again" and status in TAKEN:
            self._later(self._once_more(events))
        if status not in TAKEN and self.habits.redelivery:
            self._later(self._redeliver(events))
        return status

    async def quiet(self) -> None:
        """Wait until nothing is left to be brought."""
        while self._running:
            await asyncio.gather(*self._running)

    async def knock(self) -> tuple[int | None, str | None]:
        """A connectivity check: no events. Nothing of it is repeated."""
        return await self.post([])

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _copy(self, events: Sequence[Event]) -> None:
        await self._try(events, again=False)

    async def _once_more(self, events: Sequence[Event]) -> None:
        await asyncio.sleep(self.habits.pause)
        await self._try(events, again=True)

    async def _redeliver(self, events: Sequence[Event]) -> None:
        for wait in self.habits.waits:
            await asyncio.sleep(wait)
            self.line.history.note("fault", name="redelivery")
            if await self._try(events, again=True) in TAKEN:
                return

    async def _try(self, events: Sequence[Event], again: bool) -> int | None:
        """One attempt, noted in the history before and after."""
        if not self.line.account.webhook_active:
            return None
        now, tokens = self.line.now(), self.line.tokens
        with self.line.lock:
            for event in events:
                if token := event.get("replyToken"):
                    chat = _chat(event)
                    at = event["timestamp"] / 1_000
                    tokens.hand_out(token, event["webhookEventId"], chat, at, now)
        copies = [{**event, "deliveryContext": {"isRedelivery": again}} for event in events]
        self._requests += 1
        what = {"request": self._requests, "events": [e["webhookEventId"] for e in events]}
        self.line.history.note("try", **what, again=again)
        status, error = await self.post(copies)
        self.line.history.note("tried", **what, status=status, error=error)
        return status

    async def post(self, events: Sequence[Event]) -> tuple[int | None, str | None]:
        """Send a signed body to the bot: the status, or why there is none."""
        shown = {"destination": self.line.account.bot, "events": list(events)}
        return await self.post_raw(json.dumps(shown, ensure_ascii=False).encode(errors="replace"))

    async def post_raw(self, body: bytes, sign: str | None = None) -> tuple[int | None, str | None]:
        """Send any bytes, signed with the account's secret or with `sign` as it stands."""
        signed = signature(self.line.account.secret, body) if sign is None else sign
        headers = {"content-type": "application/json; charset=utf-8", "x-line-signature": signed}
        try:
            async with asyncio.timeout(self.habits.cut_off):
                answer = await self._client.post(self.address(), content=body, headers=headers)
        except TimeoutError:
            return None, "timeout"
        except httpx.ConnectError:
            return None, "refused"
        except (httpx.HTTPError, OSError):
            return None, "broken"
        return answer.status_code, None


def _chat(event: Event) -> str:
    """Where an answer goes: the group or room, else the person."""
    source = event["source"]
    return str(source.get("groupId") or source.get("roomId") or source["userId"])
