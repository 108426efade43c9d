"""The blocking client: the flows carried out on the calling thread."""

import contextlib
import os
import random as random_module
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from typing import Any, Self, TypeVar

from aloha.client._generated_sync import SyncMethods
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
from aloha.client.stopping import StopFlag
from aloha.client.transport import HttpTransport, Transport
from aloha.client.wire import Answer, Call, FileContent, Outcome
from aloha.contract.endpoint import Empty
from aloha.contract.events import Event, decode_event
from aloha.contract.register import RegisterResult

R = TypeVar("R")


class Client(BaseClient, SyncMethods):
    """A client of one server in one user's name. Its methods may be called from any thread at any time.

    Each endpoint is a method whose parameters go by name and whose result is a struct; a refusal raises
    `ApiError`, an answer that never came `NetworkError`. A message is never sent twice by a retry.
    """

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
        sleep: Callable[[float], object] | None = None,
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
        self._stopped = StopFlag()
        self._sleep = sleep or self._stopped.wait
        self._opening = threading.Lock()
        self._transport: Transport | None = None
        self._polling: list[Transport] = []

    def call_on_each_event(
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
        """Call `callback` with each event, in order, until `stop()`; an event is acknowledged when it returns.

        Faults of network and server are waited out. `ApiError` is raised where going on is in vain, such as a
        revoked key. An exception in the callback is logged with its traceback and the next event follows;
        with `raise_errors` it ends the loop, and the event counts as not delivered. `on_gap` hears of a queue
        that was lost with what it held. With `resume`, a file name or a store, the position outlives the
        process; `drop_pending` passes over what happened since and starts at now. Heartbeats are not passed
        on. `register` are parameters of `POST /register`.
        """
        with contextlib.closing(self._follow(event_types, narrow, resume, drop_pending, register)) as steps:
            for step in steps:
                try:
                    if isinstance(step, Gap):
                        on_gap(step)
                    else:
                        callback(step.event)
                except Exception as error:
                    if raise_errors:
                        raise
                    log_callback_error(step, error)

    def call_on_each_message(
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

        def pass_message(event: dict[str, Any]) -> None:
            if event["type"] == "message":
                callback(event["message"])

        self.call_on_each_event(
            pass_message,
            ["message"],
            narrow,
            on_gap=on_gap,
            raise_errors=raise_errors,
            resume=resume,
            drop_pending=drop_pending,
            **register,
        )

    def events(
        self,
        event_types: Iterable[str] | None = None,
        narrow: Iterable[Any] | None = None,
        *,
        on_gap: GapCallback = log_gap,
        resume: Resume = None,
        drop_pending: bool = False,
        **register: Any,
    ) -> Generator[Event]:
        """Each event as its own class, until `stop()`; one is acknowledged when the next is asked for.

            import aloha
            from aloha.contract.events import MessageEvent

            client = aloha.Client()
            for event in client.events(["message"]):
                match event:
                    case MessageEvent():
                        print(event.message.content)

        What this release does not know comes as `UnknownEvent`. Leaving the loop early leaves the event at hand
        unacknowledged. All else is as with `call_on_each_event`.
        """
        with contextlib.closing(self._follow(event_types, narrow, resume, drop_pending, register)) as steps:
            for step in steps:
                if isinstance(step, Gap):
                    on_gap(step)
                else:
                    yield decode_event(step.event)

    def register(
        self, event_types: Iterable[str] | None = None, narrow: Iterable[Any] | None = None, **params: Any
    ) -> RegisterResult:
        """Register an event queue; `params` are the other parameters of `register_queue`."""
        if event_types is not None:
            params["event_types"] = list(event_types)
        if narrow is not None:
            params["narrow"] = list(narrow)
        return self._call("POST", "/register", RegisterResult, params)

    def call(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None = None,
        *,
        files: Iterable[FileContent] = (),
        timeout_s: float | None = None,
    ) -> dict[str, Any]:
        """Call an endpoint by its path below `/api/v1`, also one that this release does not declare; the answer
        as it came. Values that are no text travel as JSON."""
        call = make_raw_call(method, path, params or {}, files, timeout_s)
        return read_body(call, self._send(call))

    def deregister(self, queue_id: str) -> None:
        """End an event queue."""
        self._call("DELETE", "/events", Empty, {"queue_id": queue_id})

    def stop(self) -> None:
        """End all event loops, those to come too; any thread and any signal handler may call it. Other methods
        still work. A callback that is running is let finish, and its event is acknowledged."""
        self._stopped.set()
        for transport in list(self._polling):
            transport.interrupt()

    def close(self) -> None:
        """Stop, and let the connections go."""
        self.stop()
        with self._opening:
            transport, self._transport = self._transport, None
        if transport is not None:
            transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _call(self, method: str, path: str, result: type[R], params: Mapping[str, Any]) -> R:
        call = make_call(method, path, params)
        return read_result(call, self._send(call), result)

    def _send(self, call: Call) -> Answer:
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
                    outcome = self._transport_for_calls().send(call)
                case Sleep(seconds):
                    log_sleep(step)
                    self._sleep(seconds)
                    outcome = None

    def _follow(
        self,
        event_types: Iterable[str] | None,
        narrow: Iterable[Any] | None,
        resume: Resume,
        drop_pending: bool,
        register: Mapping[str, Any],
    ) -> Generator[Told]:
        """What is to be told, in order; asking for the next acknowledges it."""
        store = open_store(resume)
        saved = None if store is None else store.load()
        flow = event_flow(self._flow_options(event_types, narrow, register, None if drop_pending else saved))
        with self._open_polling() as transport:
            if drop_pending and saved is not None:
                transport.send(make_forget(saved))
            position: Position | None = None
            outcome: Outcome = None
            is_told = False  # something was told and not yet saved: a stop in between would have it told again
            try:
                while is_told or not self._stopped.is_set():
                    step = flow.send(outcome)
                    is_told = isinstance(step, Deliver | Gap)
                    if isinstance(step, Deliver | Gap):
                        yield step
                        outcome = None
                    else:
                        outcome = self._carry_out(step, transport, store)
                    position = step.position if isinstance(step, Save) else position
            finally:
                flow.close()
                if store is None and position is not None:
                    self._forget(position)

    def _carry_out(
        self, step: Poll | Register | Save | Sleep, transport: Transport, store: PositionStore | None
    ) -> Outcome:
        match step:
            case Poll(position):
                return transport.poll(position)
            case Register(params):
                return transport.send(make_call("POST", "/register", params))
            case Save(position):
                if store is not None:
                    store.save(position)
            case Sleep(seconds):
                log_sleep(step)
                self._sleep(seconds)
        return None

    def _new_transport(self) -> Transport:
        return HttpTransport(self.config, self.user_agent)

    def _forget(self, position: Position) -> None:
        with contextlib.closing(self._new_transport()) as transport:
            transport.send(make_forget(position))

    def _transport_for_calls(self) -> Transport:
        with self._opening:
            if self._transport is None:
                self._transport = self._new_transport()
            return self._transport

    @contextlib.contextmanager
    def _open_polling(self) -> Iterator[Transport]:
        """A transport of its own for a loop, so that stopping the loop cuts no other call."""
        transport = self._new_transport()
        self._polling.append(transport)
        try:
            yield transport
        finally:
            self._polling.remove(transport)
            transport.close()
