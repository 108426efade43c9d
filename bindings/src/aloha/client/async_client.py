"""The asyncio client: the flows carried out as awaits."""

import asyncio
import contextlib
import inspect
import os
import random as random_module
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping
from typing import Any, Self, TypeVar

import msgspec

from aloha.client._generated_async import AsyncMethods
from aloha.client.base import (
    BaseClient,
    EventCallback,
    GapCallback,
    Resume,
    Told,
    log_callback_error,
    log_gap,
    log_sleep,
    make_call,
    make_forget,
    make_raw_call,
)
from aloha.client.calls import Send, call_flow, read_body, read_result
from aloha.client.flow import Deliver, Gap, Poll, Position, Register, Save, Sleep, event_flow
from aloha.client.position import PositionStore, open_store
from aloha.client.transport import AsyncHttpTransport, AsyncTransport
from aloha.client.wire import Answer, Call, FileContent, Outcome
from aloha.contract.endpoint import Empty
from aloha.contract.events import Event, decode_event
from aloha.contract.register import RegisterResult

R = TypeVar("R")


async def _finish(returned: object) -> None:
    """Wait for what a coroutine function returned."""
    if inspect.isawaitable(returned):
        await returned


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
        resume: Resume = None,
        drop_pending: bool = False,
        **register: Any,
    ) -> None:
        """Call (and await) `callback` with each event, in order, until `stop()` or until this task is cancelled;
        an event is acknowledged when it returns. All else is as with `Client.call_on_each_event`."""
        async with contextlib.aclosing(self._follow(event_types, narrow, resume, drop_pending, register)) as steps:
            async for step in steps:
                try:
                    await _finish(on_gap(step) if isinstance(step, Gap) else callback(step.event))
                except Exception as error:
                    if raise_errors:
                        raise
                    log_callback_error(step, error)

    async def call_on_each_message(
        self,
        callback: Callable[[dict[str, Any]], object],
        narrow: Iterable[Any] | None = None,
        *,
        on_gap: GapCallback = log_gap,
        raise_errors: bool = False,
        resume: Resume = None,
        drop_pending: bool = False,
        **register: Any,
    ) -> None:
        """As `call_on_each_event`, for the `message` object of each new message."""

        def pass_message(event: dict[str, Any]) -> object:
            return callback(event["message"]) if event["type"] == "message" else None

        await self.call_on_each_event(
            pass_message,
            ["message"],
            narrow,
            on_gap=on_gap,
            raise_errors=raise_errors,
            resume=resume,
            drop_pending=drop_pending,
            **register,
        )

    async def events(
        self,
        event_types: Iterable[str] | None = None,
        narrow: Iterable[Any] | None = None,
        *,
        on_gap: GapCallback = log_gap,
        resume: Resume = None,
        drop_pending: bool = False,
        **register: Any,
    ) -> AsyncGenerator[Event]:
        """As `Client.events`, with `async for`. Leave it early under `contextlib.aclosing`, which gives the
        queue back at once."""
        async with contextlib.aclosing(self._follow(event_types, narrow, resume, drop_pending, register)) as steps:
            async for step in steps:
                if isinstance(step, Gap):
                    await _finish(on_gap(step))
                else:
                    yield decode_event(step.event)

    async def register(
        self, event_types: Iterable[str] | None = None, narrow: Iterable[Any] | None = None, **params: Any
    ) -> RegisterResult:
        """Register an event queue; `params` are the other parameters of `register_queue`."""
        if event_types is not None:
            params["event_types"] = list(event_types)
        if narrow is not None:
            params["narrow"] = list(narrow)
        return await self._call("POST", "/register", RegisterResult, params)

    async def call(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None = None,
        *,
        files: Iterable[FileContent] = (),
        timeout_s: float | None = None,
    ) -> dict[str, Any]:
        """Call an endpoint by its path; see `Client.call`."""
        call = make_raw_call(method, path, params or {}, files, timeout_s)
        return read_body(call, await self._send(call))

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

    async def _follow(
        self,
        event_types: Iterable[str] | None,
        narrow: Iterable[Any] | None,
        resume: Resume,
        drop_pending: bool,
        register: Mapping[str, Any],
    ) -> AsyncGenerator[Told]:
        """What is to be told, in order; asking for the next acknowledges it."""
        store = open_store(resume)
        saved = None if store is None else store.load()
        flow = event_flow(self._flow_options(event_types, narrow, register, None if drop_pending else saved))
        async with self._open_polling() as (transport, running):
            if drop_pending and saved is not None:
                await transport.send(make_forget(saved))
            position: Position | None = None
            outcome: Outcome = None
            is_told = False  # something was told and not yet saved: a stop in between would have it told again
            try:
                while is_told or not self._is_stopped:
                    step = flow.send(outcome)
                    is_told = isinstance(step, Deliver | Gap)
                    if isinstance(step, Deliver | Gap):
                        yield step
                        outcome = None
                    else:
                        outcome = await self._carry_out(step, transport, running, store)
                    position = step.position if isinstance(step, Save) else position
            finally:
                flow.close()
                if store is None and position is not None:
                    await transport.send(make_forget(position))

    async def _carry_out(
        self,
        step: Poll | Register | Save | Sleep,
        transport: AsyncTransport,
        running: _Running,
        store: PositionStore | None,
    ) -> Outcome:
        match step:
            case Poll(position):
                return await self._wait(transport.poll(position), running)
            case Register(params):
                return await self._wait(transport.send(make_call("POST", "/register", params)), running)
            case Save(position):
                if store is not None:
                    store.save(position)
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

    def _new_transport(self) -> AsyncTransport:
        return AsyncHttpTransport(self.config, self.user_agent)

    def _open_transport(self) -> AsyncTransport:
        if self._transport is None:
            self._transport = self._new_transport()
        return self._transport

    @contextlib.asynccontextmanager
    async def _open_polling(self) -> AsyncIterator[tuple[AsyncTransport, _Running]]:
        """A transport of its own for a loop: `close` takes none away from a loop that is still ending."""
        transport, running = self._new_transport(), _Running(asyncio.get_running_loop())
        self._running.append(running)
        try:
            yield transport, running
        finally:
            self._running.remove(running)
            await transport.close()
