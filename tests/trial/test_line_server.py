"""The trial LINE as a server: it delivers, cuts off, redelivers, and fails when told to."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.trial.faults import Faults
from bot.trial.line_courier import Habits, signature
from bot.trial.line_server import LineServer
from bot.trial.serving import Serving
from tests.trial.conftest import TOKEN
from tests.trial.payloads import GOOD

FAST = (0.05, 0.05)


class Ear:
    """A bot that only listens, and answers what it is told to: one status after another."""

    def __init__(self, *statuses: int) -> None:
        self.heard: list[tuple[dict[str, Any], str]] = []
        self._statuses = list(statuses)
        self.app = Starlette(routes=[Route("/line/webhook", self._hear, methods=["POST"])])

    async def _hear(self, request: Request) -> Response:
        body = await request.body()
        self.heard.append((json.loads(body), request.headers["x-line-signature"]))
        status = self._statuses.pop(0) if self._statuses else 200
        if status == 0:
            await asyncio.sleep(0.5)
        return Response(status_code=status or 200)


@contextmanager
def platform(ear: Ear, faults: Faults, habits: Habits) -> Iterator[LineServer]:
    bot = Serving(lambda _: [ear.app])
    bot.start()
    with LineServer(faults, habits) as server:
        server.line.account.webhook = f"{bot.urls[0]}/line/webhook"
        yield server
    bot.stop()


def reply(server: LineServer, event: dict[str, Any]) -> httpx.Response:
    body = {"replyToken": event["replyToken"], "messages": GOOD}
    with httpx.Client(headers=TOKEN, trust_env=False, timeout=0.7) as client:
        return client.post(f"{server.url}/v2/bot/message/reply", json=body)


def test_the_published_signature_is_ours():
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    known = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="
    assert signature("8c570fa6dd201bb328f1c1eac23a96d8", body) == known


def test_events_come_signed_with_the_secret_of_the_moment():
    ear = Ear()
    with platform(ear, Faults(1), Habits()) as server:
        person = server.talk.person()
        assert server.send(server.talk.say(person, "はじめる")).result() == 200
        server.line.account.secret = "0" * 32
        assert server.send(server.talk.press(person, "standing=own")).result() == 200
        swapped = ear.heard[1][0]
        body = json.dumps(swapped, ensure_ascii=False).encode()
    assert swapped["destination"] == server.line.account.bot
    assert ear.heard[1][1] == signature("0" * 32, body)


@pytest.mark.parametrize(("on", "times"), [(False, 1), (True, 3)])
def test_what_fails_comes_again_only_where_redelivery_is_on(on: bool, times: int):
    ear = Ear(500, 503, 200)
    with platform(ear, Faults(1), Habits(redelivery=on, waits=FAST)) as server:
        event = server.talk.say(server.talk.person(), "はじめる")
        assert server.send(event).result() == 500
        server.quiet(5)
    again = [body["events"][0]["deliveryContext"]["isRedelivery"] for body, _ in ear.heard]
    ids = {body["events"][0]["webhookEventId"] for body, _ in ear.heard}
    assert (again, ids) == ([False, True, True][:times], {event["webhookEventId"]})


def test_a_bot_that_is_too_slow_is_cut_off_and_one_that_is_away_is_not_waited_for():
    with platform(Ear(0), Faults(1), Habits(cut_off=0.2)) as server:
        assert server.send(server.talk.say(server.talk.person(), "はい")).result() is None
        server.line.account.webhook = "http://127.0.0.1:9/line/webhook"
        assert server.send(server.talk.say(server.talk.person(), "はい")).result() is None
        errors = [record["error"] for record in server.line.history.of("tried")]
    assert errors == ["timeout", "refused"]
    assert Habits().cut_off == 2.0
    assert Habits().redelivery is False


@pytest.mark.parametrize(("name", "times", "again"), [("twice", 2, False), ("again", 2, True)])
def test_a_webhook_can_come_twice_though_it_was_taken(name: str, times: int, again: bool):
    ear = Ear()
    with platform(ear, Faults(1, {name: 1.0}), Habits(pause=0.05)) as server:
        server.send(server.talk.say(server.talk.person(), "はじめる")).result()
        server.quiet(5)
        assert server.line.history.of("fault", name=name)
    shown = [body["events"][0]["deliveryContext"]["isRedelivery"] for body, _ in ear.heard]
    assert len(shown) == times
    assert shown[-1] is again


def test_a_late_webhook_is_passed_by_the_next():
    ear, faults = Ear(), Faults(1, {"late": 1.0})
    with platform(ear, faults, Habits(hold=0.4)) as server:
        person = server.talk.person()
        first, second = server.talk.say(person, "一"), server.talk.say(person, "二")
        held = server.send(first)
        while not server.line.history.of("fault"):
            sleep(0.01)
        faults.stop()
        server.send(second).result()
        held.result()
    came = [body["events"][0]["message"]["text"] for body, _ in ear.heard]
    assert came == ["二", "一"]


@pytest.mark.parametrize(
    ("name", "status", "landed"),
    [
        ("rate", 429, False), ("error_before", 500, False), ("error_after", 500, True),
        ("reset_before", None, False), ("reset_after", None, True),
        ("stall_after", None, True), ("slow", None, True),
    ],
)  # fmt: skip
def test_each_fault_strikes_before_or_after_landing(name: str, status: int | None, landed: bool):
    with platform(Ear(), Faults(1, {name: 1.0}), Habits()) as server:
        event = server.talk.say(server.talk.person(), "はじめる")
        server.send(event).result()
        if status is None:
            with pytest.raises(httpx.ReadError if "reset" in name else httpx.ReadTimeout):
                reply(server, event)
        else:
            assert reply(server, event).status_code == status
        while not (noted := server.line.history.of("call", call="reply")):
            sleep(0.01)
    assert (noted[0]["visible"], noted[0]["fault"]) == (landed, name)
    assert bool(server.line.chats[event["source"]["userId"]].seen) is landed


def test_the_same_seed_gives_the_same_faults():
    shares = {"rate": 0.3, "error_after": 0.3}
    one, other, third = Faults(5, shares), Faults(5, shares), Faults(6, shares)
    names = ("rate", "error_after")
    thrown = [[each.strikes("a", names) for _ in range(50)] for each in (one, other, third)]
    assert thrown[0] == thrown[1] != thrown[2]
    assert {*thrown[0]} == {None, *names}
    with pytest.raises(ValueError, match="no such faults"):
        Faults(1, {"rats": 0.1})


def test_files_are_on_the_host_for_files_only():
    with platform(Ear(), Faults(1), Habits()) as server:
        event = server.talk.send(server.talk.person(), "image", b"jpeg")
        path = f"/v2/bot/message/{event['message']['id']}/content"
        with httpx.Client(headers=TOKEN, trust_env=False) as client:
            assert client.get(server.data_url + path).content == b"jpeg"
            assert client.get(server.url + path).status_code == 404


def test_the_webhook_can_be_set_and_tested():
    ear = Ear(200, 401)
    with (
        platform(ear, Faults(1), Habits()) as server,
        httpx.Client(base_url=server.url, headers=TOKEN, trust_env=False) as client,
    ):
        address, path = server.line.account.webhook, "/v2/bot/channel/webhook/endpoint"
        assert client.put(path, json={"endpoint": "http://a.example/"}).status_code == 400
        assert client.put(path, json={"endpoint": address}).status_code == 200
        assert client.get(path).json() == {"endpoint": address, "active": True}
        tests = [client.post("/v2/bot/channel/webhook/test").json() for _ in range(2)]
    assert [(test["success"], test["statusCode"]) for test in tests] == [(True, 200), (False, 401)]
    assert ear.heard[0][0]["events"] == []
