"""The web app: the platforms' front doors, and what an operator's tools ask for.

A request is answered 200 only after what it brought is committed. Nothing of it is logged.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from bot.channels.channel import Arrived, Ignored, Unreadable
from bot.entry import Taken
from bot.errors import Away, Full, NotHeard
from bot.metrics import CONTENT_TYPE, Metrics

MOST_BYTES = 1024 * 1024
HOOKS = {"line": "/line/webhook", "slack": "/slack/events"}
log = logging.getLogger(__name__)


class Hears(Protocol):
    """What the front door needs of a channel."""

    name: str
    signature: bytes

    def read(self, body: bytes, signature: str | None) -> list[Arrived | Unreadable | Ignored]: ...


Accept = Callable[[list[Arrived | Unreadable]], Awaitable[list[Taken]]]
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


class Hook:
    """The front door of one platform, as an ASGI app: POST only."""

    def __init__(
        self, channel: Hears, accept: Accept, send: Callable[[list[Taken]], None], metrics: Metrics
    ) -> None:
        self._channel, self._accept, self._send = channel, accept, send
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = await self._status(scope, receive)
        if status != 200:
            self._metrics.count("refused", status=str(status))
        await send(_START[status])
        await send(_EMPTY)

    async def _status(self, scope: Scope, receive: Receive) -> int:
        try:
            body = await read_body(scope, receive)
            read = self._channel.read(body, _header(scope, self._channel.signature))
        except NotHeard as error:
            return error.status
        except Exception as error:
            # Nothing that arrives can be the cause of a 500; what it was stays out of the log.
            log.exception("read_failed error=%s", type(error).__name__)
            return 400
        heard = [each for each in read if not isinstance(each, Ignored)]
        if len(heard) < len(read):
            self._count_ignored(read)
        return await self._hear(heard) if heard else 200

    async def _hear(self, heard: list[Arrived | Unreadable]) -> int:
        """200 once it is committed; 503 asks the platform to bring it again."""
        try:
            taken = await self._accept(heard)
        except (Full, Away):
            return 503
        except Exception as error:
            log.exception("accept_failed error=%s", type(error).__name__)
            return 503
        self._send(taken)
        return 200

    def _count_ignored(self, read: list[Arrived | Unreadable | Ignored]) -> None:
        for each in read:
            if isinstance(each, Ignored):
                self._metrics.count("ignored", channel=self._channel.name, reason=each.reason)


async def read_body(scope: Scope, receive: Receive) -> bytes:
    """The whole body. Raises NotHeard 413 as soon as it is too long, 400 when it breaks off."""
    length = _header(scope, b"content-length") or ""
    if length.isascii() and length.isdigit() and int(length[:20]) > MOST_BYTES:
        raise NotHeard(413, "size")
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise NotHeard(400, "cut off")
        part = message.get("body", b"")
        size += len(part)
        if size > MOST_BYTES:
            raise NotHeard(413, "size")
        parts.append(part)
        if not message.get("more_body", False):
            return parts[0] if len(parts) == 1 else b"".join(parts)


def _header(scope: Scope, name: bytes) -> str | None:
    """The first header of this name; latin-1, as HTTP has it. Names come in lower case."""
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value).decode("latin-1")
    return None


_STATUSES = (200, 400, 401, 413, 503)
_START: Mapping[int, Message] = {
    status: {
        "type": "http.response.start",
        "status": status,
        "headers": [(b"content-length", b"0")]
        # What is left of a refused body is not read: the connection ends with it.
        + ([(b"connection", b"close")] if status == 413 else []),
    }
    for status in _STATUSES
}
_EMPTY: Message = {"type": "http.response.body", "body": b""}


class Probes:
    """/healthz: the process lives. /readyz: it can serve just now. /metrics: its numbers."""

    def __init__(self, ready: Callable[[], Awaitable[bool]], metrics: Metrics) -> None:
        self._ready, self._metrics = ready, metrics

    def routes(self) -> list[Route]:
        return [
            Route("/healthz", self._healthz),
            Route("/readyz", self._readyz),
            Route("/metrics", self._show),
        ]

    async def _healthz(self, _: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def _readyz(self, _: Request) -> Response:
        ready = await self._ready()
        return PlainTextResponse("ready\n" if ready else "not ready\n", 200 if ready else 503)

    async def _show(self, _: Request) -> Response:
        return Response(self._metrics.text(), headers={"content-type": CONTENT_TYPE})


async def _off(_: Request) -> Response:
    return Response(status_code=404)


async def _post_only(_: Request) -> Response:
    return Response(status_code=405, headers={"allow": "POST"})


async def _failed(_: Request, error: Exception) -> Response:
    """A fault of ours: its class is logged, never its words, which may quote what was sent."""
    log.error("request_failed error=%s", type(error).__name__)
    return Response(status_code=500)


class App:
    """The whole app. A front door is reached without the router's way round; the path of a
    channel that is off answers 404.
    """

    def __init__(
        self, hooks: Mapping[str, Hook], probes: Probes, lifespan: Lifespan | None = None
    ) -> None:
        self._doors = {HOOKS[name]: hook for name, hook in hooks.items()}
        off = [Route(HOOKS[name], _off, methods=["POST"]) for name in HOOKS.keys() - hooks.keys()]
        shut = [Route(path, _post_only, methods=["GET"]) for path in self._doors]
        self._rest = Starlette(
            routes=[*off, *shut, *probes.routes()],
            lifespan=lifespan,
            exception_handlers={Exception: _failed},
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = self._doors.get(scope["path"]) if scope["type"] == "http" else None
        if door is None or scope["method"] != "POST":
            await self._rest(scope, receive, send)
            return
        await door(scope, receive, send)
