"""The asyncio client: the flows carried out as awaits."""

import asyncio
import contextlib
import inspect
import os
import random as random_module
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping
from typing import Any, Self, TypeVar

import msgspec

from aloha.client._generated_async import AsyncMethods
from aloha.client.base import (
    BaseClient,
    EventCallback,
    EventLoopOptions,
    GapCallback,
    log_callback_error,
    log_gap,
    log_sleep,
    make_call,
    make_forget,
    make_poll,
)
from aloha.client.calls import Send, call_flow, read_result
from aloha.client.flow import Deliver, Event, Gap, Poll, Position, Register, Save, Sleep, Step, event_flow
from aloha.client.position import PositionStore, open_store
from aloha.client.transport import AsyncTransport
from aloha.client.wire import Answer, Call, Outcome
from aloha.contract.endpoint import Empty
from aloha.contract.register import RegisterResult

R = TypeVar("R")
T = TypeVar("T")


class _Running(msgspec.Struct, eq=False):
    """An event loop under way: the asyncio loop it lives on, and what it waits for at the moment."""

    loop: asyncio.AbstractEventLoop
    waiting: asyncio.Task[Outcome] | None = None

    def interrupt(self) -> None:
        if self.waiting is not None:
            self.waiting.cancel()


class AsyncClient(BaseClient, AsyncMethods):
    """As `Client`, for asyncio: the same methods, awaited. One client belongs to one asyncio loop; only `stop`
    may be called from elsewhere. Callbacks may be functions or coroutine functions."""

    def __init__(
        self,
        config_file: str | os.PathLike[str] | None = None,
        *,
        email: str | None = None,
        api_key: str | None = None,
        site: str | None = None,
        client: str | None = None,
        insecure: bool | None = None,
        cert_bundle: str | None = None,
        client_cert: str | None = None,
        client_cert_key: str | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        random: Callable[[], float] = random_module.random,
    ) -> None:
        super().__init__(
            config_file,
            email=email,
            api_key=api_key,
            site=site,
            client=client,
            insecure=insecure,
            cert_bundle=cert_bundle,
            client_cert=client_cert,
            client_cert_key=client_cert_key,
            random=random,
        )
        self._is_stopped = False
        self._sleep = sleep
        self._transport: AsyncTransport | None = None
        self._running: list[_Running] = []

    async def call_on_each_event(
        self,
        callback: EventCallback,
        event_types: Iterable[str] | None = None,
        narrow: Iterable[Any] | None = None,
        *,
        on_gap: GapCallback = log_gap,
        raise_errors: bool = False,
        resume: str | os.PathLike[str] | PositionStore | None = None,
        **register: Any,
    ) -> None:
        """Call (and await) `callback` with each event, in order, until `stop()` or until this task is cancelled;
        an event is acknowledged when it returns. All else is as with `Client.call_on_each_event`."""
        store = open_store(resume)
        options = EventLoopOptions(callback=callback, on_gap=on_gap, raise_errors=raise_errors, store=store)
        flow = event_flow(self._flow_options(event_types, narrow, register, store))
        async with self._open_polling() as (transport, running):
            position: Position | None = None
            outcome: Outcome = None
            is_told = False  # something was told and not yet saved: a stop in between would have it told again
            try:
                while is_told or not self._is_stopped:
                    step = flow.send(outcome)
                    outcome = await self._carry_out(step, transport, running, options)
                    is_told = isinstance(step, Deliver | Gap)
                    position = step.position if isinstance(step, Save) else position
            finally:
                flow.close()
                if store is None and position is not None:
                    await transport.send(make_forget(position))

    async def call_on_each_message(
        self,
        callback: Callable[[dict[str, Any]], object],
        narrow: Iterable[Any] | None = None,
        *,
        on_gap: GapCallback = log_gap,
        raise_errors: bool = False,
        resume: str | os.PathLike[str] | PositionStore | None = None,
        **register: Any,
    ) -> None:
        """As `call_on_each_event`, for the `message` object of each new message."""

        def pass_message(event: Event) -> object:
            return callback(event["message"]) if event["type"] == "message" else None

        await self.call_on_each_event(
            pass_message,
            ["message"],
            narrow,
            on_gap=on_gap,
            raise_errors=raise_errors,
            resume=resume,
            **register,
        )

    async def register(
        self, event_types: Iterable[str] | None = None, narrow: Iterable[Any] | None = None, **params: Any
    ) -> RegisterResult:
        """Register an event queue; `params` are the other parameters of `register_queue`."""
        if event_types is not None:
            params["event_types"] = list(event_types)
        if narrow is not None:
            params["narrow"] = list(narrow)
        return await self._call("POST", "/register", RegisterResult, params)

    async def deregister(self, queue_id: str) -> None:
        """End an event queue."""
        await self._call("DELETE", "/events", Empty, {"queue_id": queue_id})

    def stop(self) -> None:
        """End all event loops, those to come too; any thread and any signal handler may call it. Other methods
        still work. A callback that is running is let finish, and its event is acknowledged."""
        self._is_stopped = True
        for running in list(self._running):
            with contextlib.suppress(RuntimeError):  # the asyncio loop is closed, so nothing waits on it
                running.loop.call_soon_threadsafe(running.interrupt)

    async def close(self) -> None:
        """Stop, and let the connections go."""
        self.stop()
        transport, self._transport = self._transport, None
        if transport is not None:
            await transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _call(self, method: str, path: str, result: type[R], params: Mapping[str, Any]) -> R:
        call = make_call(method, path, params)
        return read_result(call, await self._send(call), result)

    async def _send(self, call: Call) -> Answer:
        flow = call_flow(call, self._backoff())
        outcome: Outcome = None
        while True:
            try:
                step = flow.send(outcome)
            except StopIteration as done:
                answer: Answer = done.value
                return answer
            match step:
                case Send(call):
                    outcome = await self._open_transport().send(call)
                case Sleep(seconds):
                    log_sleep(step)
                    await self._sleep(seconds)
                    outcome = None

    async def _carry_out(
        self, step: Step, transport: AsyncTransport, running: _Running, options: EventLoopOptions
    ) -> Outcome:
        match step:
            case Poll(position):
                return await self._wait(transport.send(make_poll(position)), running)
            case Register(params):
                return await self._wait(transport.send(make_call("POST", "/register", params)), running)
            case Deliver(event):
                await self._tell(step, options.callback, event, options.raise_errors)
            case Gap():
                await self._tell(step, options.on_gap, step, options.raise_errors)
            case Save(position):
                if options.store is not None:
                    options.store.save(position)
            case Sleep(seconds):
                log_sleep(step)
                await self._wait(self._pause(seconds), running)
        return None

    async def _wait(self, work: Coroutine[Any, Any, Outcome], running: _Running) -> Outcome:
        """Do `work`, which `stop` may cut short: then the outcome is None and the caller looks at the flag."""
        running.waiting = asyncio.ensure_future(work)
        try:
            return await running.waiting
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self._is_stopped and task is not None and not task.cancelling():
                return None
            raise
        finally:
            running.waiting = None

    async def _pause(self, seconds: float) -> None:
        await self._sleep(seconds)

    async def _tell(self, step: Deliver | Gap, callback: Callable[[T], object], told: T, raise_errors: bool) -> None:
        try:
            returned = callback(told)
            if inspect.isawaitable(returned):
                await returned
        except Exception as error:
            if raise_errors:
                raise
            log_callback_error(step, error)

    def _open_transport(self) -> AsyncTransport:
        if self._transport is None:
            self._transport = AsyncTransport(self.config, self._user_agent)
        return self._transport

    @contextlib.asynccontextmanager
    async def _open_polling(self) -> AsyncIterator[tuple[AsyncTransport, _Running]]:
        """A transport of its own for a loop: `close` takes none away from a loop that is still ending."""
        transport, running = AsyncTransport(self.config, self._user_agent), _Running(asyncio.get_running_loop())
        self._running.append(running)
        try:
            yield transport, running
        finally:
            self._running.remove(running)
            await transport.close()
