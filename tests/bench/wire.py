"""The two ends of a load test, as bare as they can be: a driver and a platform, in one loop."""

import asyncio
import base64
import hmac
import itertools
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
BOT = "U8e742f61d673b39c7fff3cecb7536ef0"
_SENT = b'{"sentMessages":[{"id":"461230966842064897","quoteToken":"IStG5h1Tz7b"}]}'
_ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (
    len(_SENT),
    _SENT,
)
_numbers = itertools.count(int(time.time()) << 20)


@dataclass
class Platform:
    """Answers every call with 200 and counts the messages it was given."""

    calls: int = 0
    wanted: int = 0
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def start(self) -> None:
        server = await asyncio.get_running_loop().create_server(
            lambda: _Answering(self), "127.0.0.1", 0, backlog=2048
        )
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    def expect(self, calls: int) -> None:
        self.calls, self.wanted = 0, calls
        self.enough.clear()

    def called(self) -> None:
        self.calls += 1
        if self.calls >= self.wanted:
            self.enough.set()


class _Answering(asyncio.Protocol):
    def __init__(self, platform: Platform) -> None:
        self._platform, self._left = platform, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._left += data
        while (end := self._left.find(b"\r\n\r\n")) >= 0:
            size = end + 4 + _length(self._left[:end])
            if len(self._left) < size:
                return
            post, self._left = self._left.startswith(b"POST"), self._left[size:]
            self._transport.write(_ANSWER)  # type: ignore[attr-defined]
            if post:
                self._platform.called()


def _length(head: bytes) -> int:
    head = head.lower()
    start = head.find(b"content-length:")
    return int(head[start + 15 :].split(b"\r\n", 1)[0]) if start >= 0 else 0


class Connection(asyncio.Protocol):
    """One connection that sends its requests one after the other, each after the last answer."""

    def __init__(self, requests: Iterable[bytes]) -> None:
        self._requests = iter(requests)
        self.times: list[float] = []
        self.statuses: list[int] = []
        self.done = asyncio.get_running_loop().create_future()
        self._left = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._next()

    def _next(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        self._sent = time.perf_counter()
        self._transport.write(request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self._left += data
        end = self._left.find(b"\r\n\r\n")
        if end < 0 or len(self._left) < end + 4 + _length(self._left[:end]):
            return
        self.times.append(time.perf_counter() - self._sent)
        self.statuses.append(int(self._left[9:12]))
        self._left = b""
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.statuses.append(0)
            self.done.set_result(None)


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `seconds` until the last reply reached the platform; times of each request."""

    turns: int
    seconds: float
    times: Sequence[float]
    statuses: Sequence[int]

    @property
    def rate(self) -> float:
        return self.turns / self.seconds


async def drive(port: int, lines: Sequence[Sequence[bytes]], platform: Platform) -> Run:
    """Each of `lines` on a connection of its own, all at once."""
    turns = sum(map(len, lines))
    platform.expect(turns)
    loop, started = asyncio.get_running_loop(), time.perf_counter()
    opened = [
        loop.create_connection(lambda requests=requests: Connection(requests), "127.0.0.1", port)
        for requests in lines
    ]
    connections = [made for _, made in await asyncio.gather(*opened)]
    await asyncio.gather(*(each.done for each in connections))
    await asyncio.wait_for(platform.enough.wait(), 60)
    seconds = time.perf_counter() - started
    times = [t for each in connections for t in each.times]
    return Run(turns, seconds, times, [s for each in connections for s in each.statuses])


def request(user: str, said: dict[str, object]) -> bytes:
    """A whole HTTP request with one signed event."""
    number = next(_numbers)
    event = {
        "mode": "active",
        "timestamp": int(time.time() * 1000) + number % 1000,
        "source": {"type": "user", "userId": user},
        "webhookEventId": f"01{number:024d}",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": f"{number:032x}",
        **said,
    }
    body = json.dumps({"destination": BOT, "events": [event]}, ensure_ascii=False).encode()
    signature = base64.b64encode(hmac.digest(SECRET.encode(), body, "sha256"))
    return (
        b"POST /line/webhook HTTP/1.1\r\nhost: bot\r\ncontent-type: application/json\r\n"
        b"x-line-signature: %b\r\ncontent-length: %d\r\n\r\n%b" % (signature, len(body), body)
    )


def person(number: int) -> str:
    return f"U{number:032x}"


def press(data: str) -> dict[str, object]:
    return {"type": "postback", "postback": {"data": data}}


def text(words: str) -> dict[str, object]:
    message = {"type": "text", "id": str(next(_numbers)), "quoteToken": "q" * 40, "text": words}
    return {"type": "message", "message": message}
