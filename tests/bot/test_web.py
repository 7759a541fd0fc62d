"""The front door: what a request is answered, and what becomes of what it brought."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.channel import Arrived, Unreadable
from bot.channels.line import Line
from bot.entry import Taken
from bot.errors import Away, Full
from bot.metrics import Metrics
from bot.settings import LineSettings
from bot.web import MOST_BYTES, App, Hook, Probes
from tests.bot.line_bodies import BOT, SECRET, body, event, sign, text

API = "http://127.0.0.1:9"


class Door:
    """The app with LINE on, and a reception that keeps what it is given."""

    def __init__(self, error: Exception | None = None, on: bool = True) -> None:
        self.metrics, self.error = Metrics(), error
        self.heard: list[list[Arrived | Unreadable]] = []
        self.sent: list[Taken] = []
        self.is_ready = True
        line = Line(LineSettings((SECRET,), "token", BOT, API, API))
        hooks = {"line": Hook(line, self.accept, self.sent.extend, self.metrics)} if on else {}
        self.app = App(hooks, Probes(self.ready, self.metrics))

    async def accept(self, arrived: list[Arrived | Unreadable]) -> list[Taken]:
        if self.error:
            raise self.error
        self.heard.append(arrived)
        return [Taken(b"k", each.event or "", "answered") for each in arrived]

    async def ready(self) -> bool:
        return self.is_ready

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
                return await client.request(method, path, **given)

        return asyncio.run(asked())

    def post(self, raw: bytes, signature: str | None = None, **headers: str) -> int:
        given = {"X-Line-Signature": sign(raw) if signature is None else signature, **headers}
        return self.ask("POST", "/line/webhook", content=raw, headers=given).status_code

    def count(self, line: str) -> bool:
        return f"jigyokei_{line}" in self.metrics.text().decode()


def test_what_is_good_is_taken_in_handed_to_delivery_and_answered_200():
    door = Door()
    assert door.post(body(text("a"), text("b"))) == 200
    assert [len(each) for each in door.heard] == [2]
    assert len(door.sent) == 2


def test_a_connectivity_check_is_200_and_reaches_nobody():
    door = Door()
    assert door.post(body()) == 200
    assert door.heard == []


def test_the_header_of_the_signature_may_be_written_in_any_case():
    door = Door()
    raw = body(text())
    for name in ("x-line-signature", "X-LINE-SIGNATURE", "X-Line-Signature"):
        answer = door.ask("POST", "/line/webhook", content=raw, headers={name: sign(raw)})
        assert answer.status_code == 200


def test_a_wrong_or_missing_signature_is_401_and_reaches_nobody():
    door = Door()
    assert door.post(body(text()), "wrong") == 401
    assert door.ask("POST", "/line/webhook", content=body(text())).status_code == 401
    assert door.heard == []
    assert door.count('refused_total{status="401"} 2.0')


def test_a_signed_body_of_another_shape_is_400():
    door = Door()
    for raw in (b"", b"{", b"[]", b"null", b"[" * 100_000, body(destination="U" + "0" * 32)):
        assert door.post(raw) == 400
    assert door.count('refused_total{status="400"} 6.0')


def test_a_body_over_a_megabyte_is_413_by_its_length_and_by_its_bytes():
    door = Door()
    raw = b" " * (MOST_BYTES + 1)
    read = 0

    async def stream() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(64):
            read += 1
            yield b" " * 65_536

    async def streamed() -> int:
        transport = httpx.ASGITransport(door.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            return (await client.post("/line/webhook", content=stream())).status_code

    assert door.post(raw) == 413
    assert asyncio.run(streamed()) == 413
    assert read <= 18
    assert door.post(b" " * MOST_BYTES) == 400


def test_an_odd_event_is_200_and_parked_beside_its_neighbours():
    door = Door()
    assert door.post(body(text("a"), None, text("b"))) == 200
    assert [type(each).__name__ for each in door.heard[0]] == ["Arrived", "Unreadable", "Arrived"]


def test_what_is_ignored_is_counted_and_reaches_nobody():
    door = Door()
    assert door.post(body(text() | {"mode": "standby"}, event("somethingNew"))) == 200
    assert door.heard == []
    assert door.count('ignored_total{channel="line",reason="standby"} 1.0')
    assert door.count('ignored_total{channel="line",reason="unknown"} 1.0')


@pytest.mark.parametrize("error", [Full(), Away(), RuntimeError("canary")])
def test_what_cannot_be_kept_is_503_so_that_it_comes_again(error: Exception):
    door = Door(error)
    assert door.post(body(text())) == 503
    assert door.sent == []


def test_a_channel_that_is_off_is_404_and_another_method_405():
    assert Door(on=False).post(body(text())) == 404
    assert Door().ask("POST", "/slack/events").status_code == 404
    assert Door().ask("GET", "/line/webhook").status_code == 405
    assert Door().ask("GET", "/nothing").status_code == 404


def test_the_probes_say_that_it_lives_and_whether_it_can_serve():
    door = Door()
    assert door.ask("GET", "/healthz").status_code == 200
    assert door.ask("GET", "/readyz").status_code == 200
    door.is_ready = False
    assert door.ask("GET", "/readyz").status_code == 503
    assert door.ask("GET", "/healthz").status_code == 200


def test_the_metrics_of_the_protocol_are_there_from_the_start():
    shown = Door().ask("GET", "/metrics")
    assert shown.headers["content-type"].startswith("text/plain")
    for name in (
        "accepted_total", "duplicate_total", "answered_total", "ignored_total", "refused_total",
        "handed_off_total", "parked_total", "uncertain_total", "line_quota_remaining",
        "token_expired_total", "platform_errors_total", "reply_age_seconds",
        "oldest_waiting_seconds",
    ):  # fmt: skip
        assert f"# TYPE jigyokei_{name} " in shown.text


def test_nothing_typed_no_id_no_signature_is_in_the_log_or_the_metrics(
    caplog: pytest.LogCaptureFixture,
):
    caplog.set_level("DEBUG")
    door = Door(RuntimeError("c4n4ry"))
    raw = body(text("c4n4ry") | {"webhookEventId": "c4n4ry", "replyToken": "c4n4ry"})
    assert door.post(raw) == 503
    assert door.post(raw, "c4n4ry") == 401
    assert "c4n4ry" not in "".join(record.getMessage() for record in caplog.records)
    assert "c4n4ry" not in door.metrics.text().decode()


HEADER = st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=60)


@given(st.binary(max_size=400), st.none() | HEADER)
def test_nothing_that_arrives_is_ever_answered_with_500(raw: bytes, signature: str | None):
    headers = {} if signature is None else {"x-line-signature": signature.encode("latin-1")}
    door = Door()
    answer = door.ask("POST", "/line/webhook", content=raw, headers=headers)
    assert answer.status_code == 401
    assert door.post(raw) in (200, 400)
