"""How long a connection may take: to send its request, to read its answers, and to do nothing.

A head has `arrival_s` from its first byte to its last; in a body something has to arrive every `arrival_s`. While it is
we who are not reading, the client's time does not run. A client that has fallen behind has to read something within
`unread_s`. A request that arrives at once, as polls do, arms no timer but uvicorn's own, for the idle time after its
answer.
"""

import asyncio
from abc import ABC, abstractmethod
from typing import Any

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from aloha.contract.errors import ApiError

from .interfaces import LongPolls
from .limits import Counters, Limits


class Edge(msgspec.Struct, kw_only=True):
    """What the connections of one server share. While `draining`, every answer closes its connection."""

    long_polls: LongPolls
    limits: Limits = Limits()
    counters: Counters = msgspec.field(default_factory=Counters)
    draining: bool = False
    prefixes: dict[int, bytes] = {}
    prefixes_of: list[tuple[bytes, bytes]] = []


class PatientProtocol(HttpToolsProtocol, ABC):
    """uvicorn's protocol with an end to every wait."""

    edge: Edge

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_head = False
        self._arrival_timer: asyncio.TimerHandle | None = None
        self._arrival_deadline = 0.0
        self._unread_timer: asyncio.TimerHandle | None = None
        self._unread_bytes = 0

    @abstractmethod
    def is_held_up(self) -> bool:
        """Whether it is we who do not read on."""

    @abstractmethod
    def refuse(self, error: ApiError) -> None:
        """Reads nothing more, and closes when what was asked before is answered."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._unset_keepalive_if_required()
        self.drop_arrival()
        self._drop_unread()

    def timeout_keep_alive_handler(self) -> None:
        if self.transport.get_write_buffer_size():
            self.cut_unread()
        else:
            super().timeout_keep_alive_handler()

    # Requests

    def watch_arrival(self) -> None:
        """After each read that leaves a request incomplete."""
        limit_s = self.edge.limits.arrival_s
        if self._arrival_timer is None:
            self._arrival_deadline = self.loop.time() + limit_s
            self._arrival_timer = self.loop.call_later(limit_s, self._on_arrival_deadline)
        elif not self.in_head:
            self._arrival_deadline = self.loop.time() + limit_s

    def drop_arrival(self) -> None:
        if self._arrival_timer is not None:
            self._arrival_timer.cancel()
            self._arrival_timer = None

    def _on_arrival_deadline(self) -> None:
        self._arrival_timer = None
        if self.transport.is_closing():
            return
        left_s = self._arrival_deadline - self.loop.time()
        if self.is_held_up():
            left_s = self.edge.limits.arrival_s
        if left_s > 0:
            self._arrival_timer = self.loop.call_later(left_s, self._on_arrival_deadline)
            return
        self.edge.counters.arrival_cut += 1
        self.refuse(ApiError("The request did not arrive in time", code="REQUEST_TIMEOUT"))

    # Answers

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread_bytes = self.transport.get_write_buffer_size()
        self._unread_timer = self.loop.call_later(self.edge.limits.unread_s, self._on_unread)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._drop_unread()

    def cut_unread(self) -> None:
        self.edge.counters.unread_cut += 1
        self.transport.abort()

    def _on_unread(self) -> None:
        unread = self.transport.get_write_buffer_size()
        if unread >= self._unread_bytes:
            self.cut_unread()
        else:
            self._unread_bytes = unread
            self._unread_timer = self.loop.call_later(self.edge.limits.unread_s, self._on_unread)

    def _drop_unread(self) -> None:
        if self._unread_timer is not None:
            self._unread_timer.cancel()
            self._unread_timer = None
