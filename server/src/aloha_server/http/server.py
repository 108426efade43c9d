"""Runs the edge: the socket, uvicorn with our protocol, and the order of start and stop.

Start: the startup hooks, then the listener. Stop, in this order: every answer from here on closes its connection; the
drain hooks (take no more writes, then answer all long polls); the listener; what is still running, up to `shutdown_s`;
the shutdown hooks. A client that waits is answered before the listener closes, so its next poll is taken by the next
process or refused by a closed port, never cut off in between.
"""

import asyncio
import signal
import socket
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import Self

import msgspec
import uvicorn
import uvloop
from starlette.types import ASGIApp

from .patience import Edge
from .protocol import make_protocol

Hook = Callable[[], Awaitable[None]]


class ServerSettings(msgspec.Struct, frozen=True, kw_only=True):
    host: str = "127.0.0.1"
    port: int = 9991  # 0: one that is free
    ssl_certfile: str | None = None
    ssl_keyfile: str | None = None
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    backlog: int = 2048
    shutdown_s: int = 10  # for what is still running when the listener closes
    access_log: bool = False


class Hooks(msgspec.Struct, frozen=True, kw_only=True):
    """Called one after the other, on the server's loop. A startup hook that raises keeps the server from starting."""

    startup: Sequence[Hook] = ()
    drain: Sequence[Hook] = ()
    shutdown: Sequence[Hook] = ()


class _Server(uvicorn.Server):
    """uvicorn's server, which drains before it closes its listener."""

    def __init__(self, config: uvicorn.Config, edge: Edge, drain: Sequence[Hook]) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self._edge = edge
        self._drain = drain

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._edge.draining = True
        for connection in list(self.server_state.connections):
            connection.shutdown()
        try:
            for hook in self._drain:
                await hook()
        finally:
            await super().shutdown(sockets)
            for connection in list(self.server_state.connections):
                connection.transport.abort()

    async def run_on(self, listener: socket.socket) -> None:
        """Until `should_exit`; unlike `serve()` it leaves the process's signal handlers alone."""
        await self._serve([listener])


class EdgeServer:
    """`async with EdgeServer(app, edge, settings) as server: ...`, `with server.in_thread(): ...` or `server.run()`."""

    def __init__(
        self, app: ASGIApp, edge: Edge, settings: ServerSettings | None = None, hooks: Hooks | None = None
    ) -> None:
        self._app = app
        self._edge = edge
        self._settings = settings or ServerSettings()
        self._hooks = hooks or Hooks()
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None
        self.port = 0
        """Known once the server has started."""

    @property
    def url(self) -> str:
        scheme = "https" if self._settings.ssl_certfile else "http"
        host = self._settings.host
        return f"{scheme}://{f'[{host}]' if ':' in host else host}:{self.port}"

    async def __aenter__(self) -> Self:
        listener = self._listen()
        try:
            for hook in self._hooks.startup:
                await hook()
            server = self._server = _Server(self._config(), self._edge, self._hooks.drain)
            self._serving = asyncio.create_task(server.run_on(listener))
            ready = asyncio.create_task(server.ready.wait())
            await asyncio.wait((self._serving, ready), return_when=asyncio.FIRST_COMPLETED)
            if not ready.done():
                ready.cancel()
                await self._serving
        except BaseException:
            listener.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        assert self._serving is not None
        self._server.should_exit = True
        try:
            await self._serving
        finally:
            for hook in self._hooks.shutdown:
                await hook()

    async def wait_closed(self) -> None:
        """Returns when the server stopped, by `stop()` or because it failed, in which case it raises."""
        assert self._serving is not None
        await asyncio.shield(self._serving)

    def stop(self) -> None:
        """Begins the shutdown. Safe in any thread; a second call stops waiting for what is still running."""
        if self._server is not None:
            self._server.force_exit = self._server.should_exit
            self._server.should_exit = True

    def run(self, ready: Callable[[str], None] | None = None) -> None:
        """Serves until SIGINT or SIGTERM; `ready` is told the URL once requests are answered."""
        self._run(self._until_signal(ready))

    @contextmanager
    def in_thread(self) -> Iterator[Self]:
        """Serves in a thread of its own, on a loop of its own; hooks run there too."""
        started = threading.Event()
        failures: list[BaseException] = []

        async def serve() -> None:
            async with self:
                started.set()
                await self.wait_closed()

        def work() -> None:
            try:
                self._run(serve())
            except BaseException as error:  # raised in the thread that waits
                failures.append(error)
            finally:
                started.set()

        thread = threading.Thread(target=work, name="edge")
        thread.start()
        started.wait()
        try:
            if not failures:
                yield self
        finally:
            self.stop()
            thread.join()
            if failures:
                raise failures[0]

    async def _until_signal(self, ready: Callable[[str], None] | None) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop)
        async with self:
            if ready is not None:
                ready(self.url)
            await self.wait_closed()

    @staticmethod
    def _run(main: Coroutine[None, None, None]) -> None:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(main)

    def _listen(self) -> socket.socket:
        """Bound at once, so that a port in use is an OSError here; connections wait in the backlog."""
        settings = self._settings
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=settings.backlog)
        listener.setblocking(False)
        self.port = listener.getsockname()[1]
        return listener

    def _config(self) -> uvicorn.Config:
        settings = self._settings
        return uvicorn.Config(
            self._app,
            http=make_protocol(self._edge),
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=settings.access_log,
            headers=[("server", "aloha")],
            forwarded_allow_ips=list(settings.trusted_proxies),
            backlog=settings.backlog,
            timeout_keep_alive=self._edge.limits.idle_s,
            timeout_graceful_shutdown=settings.shutdown_s,
            ssl_certfile=settings.ssl_certfile,
            ssl_keyfile=settings.ssl_keyfile,
        )
