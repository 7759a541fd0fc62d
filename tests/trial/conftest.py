"""A trial LINE in the test's own hands, and a caller that stands for the bot."""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp

from bot.trial.faults import Faults
from bot.trial.line import Line
from bot.trial.line_api import build, reset
from bot.trial.line_events import Event
from bot.trial.line_setup import API, DATA
from bot.trial.line_talk import Talk
from tests.trial.payloads import GOOD

TOKEN = {"authorization": "Bearer trial-token"}


class Caller:
    """Calls the platform as a bot would, without a network in between."""

    def __init__(self, line: Line) -> None:
        self.line, self.talk = line, Talk(line)
        self.api, self.files = build(line, API, reset), build(line, DATA, reset)

    def call(self, method: str, path: str, **more: Any) -> httpx.Response:
        return asyncio.run(_call(self.api, method, path, **more))

    def data(self, method: str, path: str, **more: Any) -> httpx.Response:
        return asyncio.run(_call(self.files, method, path, **more))

    def reply(self, event: Event, messages: Any = GOOD, **more: Any) -> httpx.Response:
        body = {"replyToken": event["replyToken"], "messages": messages}
        return self.call("POST", "/v2/bot/message/reply", json=body, **more)

    def push(self, to: str, messages: Any = GOOD, key: str = "") -> httpx.Response:
        headers = {"x-line-retry-key": key} if key else {}
        body = {"to": to, "messages": messages}
        return self.call("POST", "/v2/bot/message/push", json=body, headers=headers)

    def heard(self, event: Event, now: float | None = None) -> Event:
        """The event as if the courier had just brought it."""
        chat = event["source"].get("groupId") or event["source"]["userId"]
        at = event["timestamp"] / 1_000
        left = self.line.now() if now is None else now
        self.line.tokens.hand_out(event["replyToken"], event["webhookEventId"], chat, at, left)
        return event


async def _call(app: ASGIApp, method: str, path: str, **more: Any) -> httpx.Response:
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://line.test", headers=TOKEN
    )
    async with client:
        return await client.request(method, path, **more)


@pytest.fixture
def caller() -> Caller:
    return Caller(Line(1, Faults(1)))
