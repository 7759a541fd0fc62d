"""A tiny bot that stands in for `jigyokei serve`: right, or wrong in the one way it is told to.

It keeps events and replies in SQLite and reads the same variables, so that trial and checkers are
proven without the product. Wrong ways (STAND_IN_WRONG): see `WRONG`.
"""

import asyncio
import json
import os
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.trial.line_courier import signature

WRONG = {
    "early": "answers 200 before the commit",
    "forgets": "takes an event and never answers it",
    "doubles": "does not know an event that comes again",
    "twice": "answers by reply and by push",
    "loses": "forgets a press it has answered",
    "shows": "shows an old value in the review",
    "hurries": "answers the later of two events first",
    "reminds": "writes without being asked",
    "strangers": "writes to somebody of a group who never wrote",
    "clings": "writes to somebody who left",
    "chats": "asks a question in a group",
    "refused": "sends what the platform refuses",
    "standby": "answers while another bot owns the talk",
}
QUESTIONS = {
    "standing": {"own": "自分の会社・お店", "association": "組合・工業団地・商店街として"},
    "employees": {"0-5": "5人以下", "6-20": "6〜20人", "21-50": "21〜50人"},
    "prefecture": {"東京都": "東京都", "大阪府": "大阪府", "北海道": "北海道"},
    "partner": {"agreed": "一緒に計画を作る話がまとまっている", "none": "いない"},
    "plan": {"none": "受けていない", "bcp": "社内の備えの計画（BCP）だけある"},
}
TABLES = """
create table if not exists event (id text primary key);
create table if not exists person (id text primary key, answers text);
create table if not exists gone (id text primary key, at int);
create table if not exists outbox (seq integer primary key, person text, event text, body text,
  token text, until real, key text, state text default 'waiting', tries int default 0,
  lease real default 0, made real);
"""
TOKEN_LEFT, STUCK = 55.0, 18.0


class Row(NamedTuple):
    """What is needed to send a reply once more."""

    event: str
    body: str
    token: str
    until: float
    key: str
    tries: int
    made: float


class StandIn:
    """One process of it."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ, self.wrong = environ, environ.get("STAND_IN_WRONG", "")
        path = Path(environ["DATA_DIR"]) / "stand_in.db"
        self.db = sqlite3.connect(path, isolation_level=None, timeout=10)
        self.db.execute("pragma journal_mode=wal")
        self.db.execute("pragma synchronous=full")
        self.db.executescript(TABLES)
        token = environ["LINE_CHANNEL_ACCESS_TOKEN"]
        self.client = httpx.AsyncClient(
            base_url=environ["LINE_API_URL"], trust_env=False, timeout=1.5,
            headers={"authorization": f"Bearer {token}"},
        )  # fmt: skip
        self.count = 0
        self.wake = asyncio.Event()
        self.busy: set[str] = set()
        self.tasks: set[asyncio.Task[None]] = set()

    async def webhook(self, request: Request) -> Response:
        body = await request.body()
        if request.headers.get("x-line-signature") != signature(
            self.environ["LINE_CHANNEL_SECRET"], body
        ):
            return Response(status_code=401)
        events = sorted(json.loads(body)["events"], key=lambda e: e["timestamp"])
        if self.wrong == "early":
            asyncio.get_running_loop().call_later(0.5, self.take, events)
        else:
            self.take(events)
        return Response(status_code=200)

    def take(self, events: list[dict[str, Any]]) -> None:
        """All events in one transaction; what is new leads to a row of the outbox."""
        self.db.execute("begin immediate")
        with self.db:
            for event in events[:: -1 if self.wrong == "hurries" else 1]:
                new = self.db.execute(
                    "insert or ignore into event values (?)", [event["webhookEventId"]]
                ).rowcount
                if new or self.wrong == "doubles":
                    self.turn(event)
        self.wake.set()

    def turn(self, event: dict[str, Any]) -> None:
        self.count += 1
        person = event["source"].get("userId", "")
        chat = event["source"].get("groupId") or event["source"].get("roomId", person)
        gone = self.db.execute("select at from gone where id=?", [chat]).fetchone()
        if gone and event["timestamp"] < gone[0]:
            return
        if event["type"] == "unfollow":
            self.db.execute("replace into gone values (?,?)", [chat, event["timestamp"]])
            if self.wrong == "clings":
                self.put(chat, "", [{"type": "text", "text": "お待ちください"}], later=2.4)
            else:
                self.db.execute("update outbox set state='dropped' where person=?", [chat])
            return
        mode = event["mode"] == "active" or self.wrong == "standby"
        if not mode or event["type"] not in ("follow", "message", "postback"):
            return
        if self.wrong == "forgets" and self.count % 7 == 0:
            return
        messages = self.answer(chat, event)
        if self.wrong == "refused" and self.count % 7 == 0:
            messages[0]["text"] = ""
        self.put(chat, event["webhookEventId"], messages, event.get("replyToken", ""))
        if self.wrong == "reminds" and self.count % 7 == 0:
            self.put(chat, "", [{"type": "text", "text": "その後いかがですか"}])
        if self.wrong == "strangers" and chat != person:
            self.put(person, "", [{"type": "text", "text": "こんにちは"}])

    def put(self, chat: str, event: str, messages: Any, token: str = "", later: float = 0) -> None:
        now = time.time()
        until = now + TOKEN_LEFT if token else 0.0
        body = json.dumps(messages, ensure_ascii=False)
        row = [chat, event, body, token, until, str(uuid4()), now + later, now]
        self.db.execute(
            "insert into outbox (person, event, body, token, until, key, lease, made)"
            " values (?,?,?,?,?,?,?,?)",
            row,
        )

    def answer(self, chat: str, event: dict[str, Any]) -> list[dict[str, Any]]:
        """The messages for this event; a press is kept first."""
        if chat != event["source"].get("userId") and self.wrong != "chats":
            return [{"type": "text", "text": "1対1のトークでお話しください。"}]
        row = self.db.execute("select answers from person where id=?", [chat]).fetchone()
        answers: dict[str, str] = json.loads(row[0]) if row else {}
        name, _, value = event.get("postback", {}).get("data", "").partition("=")
        if name in QUESTIONS:
            old = answers.get(name)
            answers[name] = old if self.wrong == "shows" and old else value
        kept = dict(answers)
        if self.wrong == "loses" and self.count % 5 == 0:
            kept.pop(name, None)
        self.db.execute(
            "insert into person (id, answers) values (?,?)"
            " on conflict (id) do update set answers=excluded.answers",
            [chat, json.dumps(kept)],
        )
        if (name, value) == ("command", "review"):
            rows = [QUESTIONS[q].get(v, v) for q, v in answers.items()]
            return [{"type": "text", "text": "\n".join(["ここまでの内容です", *rows])}]
        return [ask(answers)]

    async def send(self) -> None:
        """Send what waits, for ever: the oldest of each person first."""
        while True:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self.wake.wait(), 0.2)
            self.wake.clear()
            rows = self.db.execute(
                "select min(seq), person from outbox where state='waiting' group by person"
            ).fetchall()
            for seq, person in rows:
                if person not in self.busy:
                    self.busy.add(person)
                    task = asyncio.ensure_future(self.send_one(seq, person))
                    self.tasks.add(task)
                    task.add_done_callback(self.tasks.discard)

    async def send_one(self, seq: int, person: str) -> None:
        now = time.time()
        try:
            leased = self.db.execute(
                "update outbox set tries=tries+1, lease=? where seq=? and state='waiting'"
                " and lease<=? returning event, body, token, until, key, tries, made",
                [now + 2.0, seq, now],
            ).fetchone()
            if leased:
                state = await self.call(person, Row(*leased))
                lease = now + 0.3
                self.db.execute(
                    "update outbox set state=?, lease=? where seq=?", [state, lease, seq]
                )
                if state != "waiting":
                    self.wake.set()
        finally:
            self.busy.discard(person)

    async def call(self, person: str, row: "Row") -> str:
        """The state after one try."""
        now, messages = time.time(), json.loads(row.body)
        if now - row.made > STUCK and row.tries > 1:
            return "uncertain"
        if row.token and now < row.until:
            given = {"replyToken": row.token, "messages": messages}
            status, words = await self.post("reply", given)
            if status == 400 and "Invalid reply token" in words:
                if row.tries == 1 and self.wrong == "doubles":
                    await self.push(person, messages, row.key)
                return "sent"
            if status == 200 and self.wrong == "twice" and self.count % 5 == 0:
                await self.push(person, messages, row.key)
            return "sent" if status == 200 else "parked" if status == 400 else "waiting"
        if row.tries > 1 and row.token:
            return "uncertain"
        status, _ = await self.push(person, messages, row.key)
        return "sent" if status in (200, 409) else "parked" if status == 400 else "waiting"

    async def push(self, person: str, messages: Any, key: str) -> tuple[int, str]:
        given = {"to": person, "messages": messages}
        return await self.post("push", given, {"x-line-retry-key": key})

    async def post(
        self, name: str, given: Any, headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        try:
            answer = await self.client.post(f"/v2/bot/message/{name}", json=given, headers=headers)
        except httpx.HTTPError:
            return 0, ""
        return answer.status_code, answer.text


def ask(answers: dict[str, str]) -> dict[str, Any]:
    """The first open question with its buttons."""
    for name, choices in QUESTIONS.items():
        if name not in answers:
            items = [
                {
                    "type": "action",
                    "action": {"type": "postback", "label": label, "data": f"{name}={value}"},
                }
                for value, label in choices.items()
            ]
            return {"type": "text", "text": f"{name}?", "quickReply": {"items": items}}
    return {"type": "text", "text": "結果です"}


def build(environ: dict[str, str]) -> Starlette:
    stand_in = StandIn(environ)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        sending = asyncio.create_task(stand_in.send())
        yield
        sending.cancel()
        await stand_in.client.aclose()
        stand_in.db.close()

    async def ready(request: Request) -> Response:
        return Response(status_code=200)

    routes = [
        Route("/line/webhook", stand_in.webhook, methods=["POST"]),
        Route("/readyz", ready),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


if __name__ == "__main__":
    uvicorn.run(build(dict(os.environ)), port=int(os.environ["PORT"]), log_level="warning")
