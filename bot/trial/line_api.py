"""The front of the trial LINE: its HTTP interface, with faults where the run asks for them.

Every call is authorised, counted against the rate, judged by `line.py`, and noted in the history
together with what became of it.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.trial.faults import API_FAULTS
from bot.trial.line import Answer, Line, digest_of, refusal

STALL_SECONDS, STALL_STEP, SLOW_SECONDS = 30.0, 0.2, 0.8
"""How long a call hangs that is never answered; how late a slow one is answered."""
LARGEST_BODY = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the bot's. `body` is parsed JSON, None where there is none."""

    raw: bytes
    body: Any
    headers: dict[str, str]
    path: dict[str, str]


Handler = Callable[[Line, Call], Answer | Awaitable[Answer]]
Cut = Callable[[Request], None]
"""Cuts the line a request came on, so that no answer reaches the caller."""


class Front:
    """Takes each request through the same steps, whichever handler it is for."""

    def __init__(self, line: Line, cut: Cut) -> None:
        self.line, self._cut = line, cut

    def route(self, method: str, path: str, name: str, handler: Handler, binary: bool) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                raw = await request.body()
            except ClientDisconnect:
                return Response(status_code=400)
            headers = {key.lower(): value for key, value in request.headers.items()}
            body, wrong = (None, None) if binary else _parsed(raw, headers)
            call = Call(raw, body, headers, dict(request.path_params))
            wrong = self._unwelcome(headers) or wrong
            if wrong:
                self._note(name, call, wrong, None)
                return _response(wrong)
            return await self._under_faults(name, call, handler, request)

        return Route(path, endpoint, methods=[method])

    def _unwelcome(self, headers: dict[str, str]) -> Answer | None:
        if headers.get("authorization") != f"Bearer {self.line.account.access_token}":
            return refusal("Authentication failed. Confirm that the access token is valid.", 401)
        if not self.line.rates.allow("any", self.line.now()):
            return refusal("The API rate limit has been exceeded. Try again later.", 429)
        return None

    async def _under_faults(
        self, name: str, call: Call, handler: Handler, request: Request
    ) -> Response:
        """The call with the fault that strikes it, before or after it landed."""
        whom = self.line.event_of(call.body) or self.line.chat_of(call.body)
        fault = self.line.faults.strikes(f"{name} {whom}", API_FAULTS)
        if fault:
            self.line.history.note("fault", name=fault)
        if fault == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        if fault in ("rate", "error_before", "reset_before"):
            answer = Answer(0, {}, why=fault)
        else:
            made = handler(self.line, call)
            answer = made if isinstance(made, Answer) else await made
        shown = _as_seen(fault, answer)
        self._note(name, call, answer, fault, shown.status)
        if fault == "stall_after":
            await _stall(request)
        if shown.status == 0:
            self._cut(request)
        return _response(shown)

    def _note(
        self, name: str, call: Call, answer: Answer, fault: str | None, shown: int = -1
    ) -> None:
        body = call.body if isinstance(call.body, dict) else {}
        status = answer.status if shown == -1 else shown
        self.line.history.note(
            "call",
            call=name,
            event=self.line.event_of(body),
            chat=self.line.chat_of(body),
            status=status or None,
            visible=answer.visible,
            why=answer.why,
            fault=fault,
            messages=body.get("messages"),
        )


async def _stall(request: Request) -> None:
    """Say nothing until the caller gives up."""
    for _ in range(int(STALL_SECONDS / STALL_STEP)):
        await asyncio.sleep(STALL_STEP)
        if await request.is_disconnected():
            return


def _as_seen(fault: str | None, answer: Answer) -> Answer:
    """What the caller gets to see; status 0: nothing at all."""
    if fault == "rate":
        return refusal("The API rate limit has been exceeded. Try again later.", 429)
    if fault in ("error_before", "error_after"):
        return Answer(500, {"message": "Internal Server Error"})
    if fault in ("reset_before", "reset_after", "stall_after"):
        return Answer(0, {})
    return answer


def _parsed(raw: bytes, headers: dict[str, str]) -> tuple[Any, Answer | None]:
    """The body as JSON, and what is wrong with it; an empty one is None."""
    if not raw:
        return None, None
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return None, refusal("Unsupported Media Type", 415)
    if len(raw) > LARGEST_BODY:
        return None, refusal("Request Entity Too Large", 413)
    try:
        return json.loads(raw.decode()), None
    except (ValueError, RecursionError):
        return None, refusal("The request body could not be parsed as JSON")


def _response(answer: Answer) -> Response:
    if isinstance(answer.body, bytes):
        return Response(answer.body, answer.status, media_type="application/octet-stream")
    return JSONResponse(dict(answer.body), answer.status or 500, answer.headers)


def reply(line: Line, call: Call) -> Answer:
    return line.reply(call.body, call.headers)


def push(line: Line, call: Call) -> Answer:
    return line.push(call.body, call.headers, digest_of(call.raw))


Table = list[tuple[str, str, str, Handler, bool]]
"""Method, path, the name in the history, who answers, and whether the body is a file."""
MESSAGES: Table = [
    ("POST", "/v2/bot/message/reply", "reply", reply, False),
    ("POST", "/v2/bot/message/push", "push", push, False),
    ("POST", "/v2/bot/chat/loading/start", "loading", lambda li, c: li.loading(c.body), False),
    ("GET", "/v2/bot/profile/{id}", "profile", lambda li, c: li.profile(c.path["id"]), False),
]


def build(line: Line, table: Table, cut: Cut) -> Starlette:
    """A host of the platform that answers these calls and no others."""
    front = Front(line, cut)
    return Starlette(routes=[front.route(*row) for row in table])


def reset(request: Request) -> None:
    """Where caller and platform share a process, a cut line is an error in the caller's hand."""
    raise ConnectionResetError
