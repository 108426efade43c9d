"""Clients whose requests reach a `FakeServer` by a function call."""

import asyncio
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aloha.client import AsyncClient, Client
from aloha.client.flow import Position
from aloha.client.stream import make_poll
from aloha.client.transport import AsyncTransport, Transport
from aloha.client.wire import Answer, Call, ConnectionFailed

if TYPE_CHECKING:
    from .server import FakeServer

SITE = "http://fake.invalid"
Outcome = Answer | ConnectionFailed
Wake = Callable[[], None]
INTERRUPTED = "the wait was interrupted"


class FakeTransport:
    """Blocking: a poll waits on the caller's thread."""

    def __init__(self, server: "FakeServer", email: str) -> None:
        self._server = server
        self._email = email
        self._interrupted = threading.Event()
        self._wakes: set[threading.Event] = set()

    def send(self, call: Call) -> Outcome:
        wake = threading.Event()
        self._wakes.add(wake)
        try:
            while not self._interrupted.is_set():
                wake.clear()
                outcome = self._server.carry_out(self._email, call, wake.set)
                if outcome is not None:
                    return outcome
                wake.wait(call.timeout_s)
        finally:
            self._wakes.discard(wake)
        return ConnectionFailed(error=OSError(INTERRUPTED))

    def poll(self, position: Position) -> Outcome:
        return self.send(make_poll(position))

    def interrupt(self) -> None:
        self._interrupted.set()
        for wake in list(self._wakes):
            wake.set()

    def close(self) -> None:
        self.interrupt()


class AsyncFakeTransport:
    """For asyncio: a poll waits as a task."""

    def __init__(self, server: "FakeServer", email: str) -> None:
        self._server = server
        self._email = email

    async def send(self, call: Call) -> Outcome:
        loop, wake = asyncio.get_running_loop(), asyncio.Event()

        def awake() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(wake.set)

        while True:
            wake.clear()
            outcome = self._server.carry_out(self._email, call, awake)
            if outcome is not None:
                return outcome
            await wake.wait()

    async def poll(self, position: Position) -> Outcome:
        return await self.send(make_poll(position))

    async def close(self) -> None:
        """There is nothing to let go."""


class FakeClient(Client):
    """Waits of its backoff are written into `naps` and not made, unless `sleep` is given."""

    def __init__(self, server: "FakeServer", email: str, **options: Any) -> None:
        self.naps: list[float] = []
        self._server = server
        super().__init__(email=email, api_key="fake", site=SITE, **{"sleep": self.naps.append, **options})

    def _new_transport(self) -> Transport:
        return FakeTransport(self._server, self.config.email)


class AsyncFakeClient(AsyncClient):
    """The same for asyncio."""

    def __init__(self, server: "FakeServer", email: str, **options: Any) -> None:
        self.naps: list[float] = []
        self._server = server
        super().__init__(email=email, api_key="fake", site=SITE, **{"sleep": self._nap, **options})

    def _new_transport(self) -> AsyncTransport:
        return AsyncFakeTransport(self._server, self.config.email)

    async def _nap(self, seconds: float) -> None:
        self.naps.append(seconds)
        await asyncio.sleep(0)
