"""Web apps on loopback in a thread of their own, each on a port of its own."""

import asyncio
import socket
import struct
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

T = TypeVar("T")
LOOPBACK = "127.0.0.1"
_NO_LINGER = struct.pack("ii", 1, 0)


class Lines:
    """The open connections by the caller's address, so that one can be cut."""

    def __init__(self) -> None:
        self.open: dict[tuple[str, int], asyncio.Transport] = {}

    def protocol(self) -> type[asyncio.Protocol]:
        """uvicorn's protocol, which also tells here of each connection."""
        kept = self.open

        class Kept(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                kept[transport.get_extra_info("peername")[:2]] = transport
                super().connection_made(transport)

            def connection_lost(self, exc: Exception | None) -> None:
                kept.pop(self.transport.get_extra_info("peername")[:2], None)
                super().connection_lost(exc)

        return Kept

    def cut(self, request: Request) -> None:
        """Reset the connection this request came on."""
        client = request.client
        transport = self.open.get((client.host, client.port)) if client else None
        if transport:
            own = transport.get_extra_info("socket")
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
            transport.abort()


class Serving:
    """Runs apps until `stop`. `apps` gets the connections, so that it can build with `cut`."""

    def __init__(self, apps: Callable[[Lines], Sequence[ASGIApp]]) -> None:
        lines = Lines()
        built = apps(lines)
        self._sockets = [_free_port() for _ in built]
        self.urls = [f"http://{LOOPBACK}:{each.getsockname()[1]}" for each in self._sockets]
        self._servers = [uvicorn.Server(_config(app, lines)) for app in built]
        self.loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="trial platform", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._ready.wait()

    def submit(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Let the loop of this thread do something."""
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def stop(self) -> None:
        for server in self._servers:
            server.should_exit = server.force_exit = True
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_until_complete(self._serve())
            self.loop.run_until_complete(self._give_up())
        finally:
            self.loop.close()

    async def _serve(self) -> None:
        pairs = zip(self._servers, self._sockets, strict=True)
        running = [asyncio.create_task(server.serve([own])) for server, own in pairs]
        while not all(server.started for server in self._servers):
            await asyncio.sleep(0.01)
        self._ready.set()
        await asyncio.gather(*running)

    async def _give_up(self) -> None:
        """Whatever is still hanging when all is over is not waited for."""
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        if rest:
            _, rest = await asyncio.wait(rest, timeout=1.0)
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)


def _free_port() -> socket.socket:
    """A listening socket on loopback, on a port nobody else has."""
    own = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    own.bind((LOOPBACK, 0))
    return own


def _config(app: ASGIApp, lines: Lines) -> uvicorn.Config:
    return uvicorn.Config(
        app, http=lines.protocol(), ws="none", lifespan="off", log_config=None,
        access_log=False, timeout_keep_alive=60, backlog=2_048,
    )  # fmt: skip
