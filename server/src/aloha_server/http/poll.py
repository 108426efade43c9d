"""One long poll of one connection, where uvicorn would keep its request cycle.

uvicorn's protocol reads and writes a few attributes of its newest cycle: to know whether a request is unanswered, to
close after the answer, to tell that the client is gone. `ParkedPoll` has the same, so that shutdown, keep-alive and the
order of pipelined requests stay uvicorn's own code. It has no task, no scope and no event.
"""

from typing import TYPE_CHECKING, Final

from .interfaces import Headers, PollHandle, PollRequest

if TYPE_CHECKING:
    from .protocol import EdgeProtocol


class _NoBody:
    """Stands for the event by which a cycle's application waits for the body: nobody waits."""

    def set(self) -> None:
        return


_NO_BODY: Final = _NoBody()


class ParkedPoll:
    """Answered exactly once, or cancelled. `request_line` is kept only where an access log wants it."""

    __slots__ = (
        "_handle",
        "_protocol",
        "disconnected",
        "keep_alive",
        "more_body",
        "request_line",
        "response_complete",
    )

    message_event: Final = _NO_BODY
    response_started: Final = False

    def __init__(self, protocol: "EdgeProtocol", *, keep_alive: bool, request_line: str) -> None:
        self._protocol: EdgeProtocol | None = protocol
        self._handle: PollHandle | None = None
        self.keep_alive = keep_alive
        self.request_line = request_line
        self.response_complete = False
        self.disconnected = False
        self.more_body = False

    def begin(self, request: PollRequest) -> None:
        assert self._protocol is not None
        handle = self._protocol.edge.long_polls.begin(request, self.respond)
        if not self.response_complete:
            self._handle = handle

    def respond(self, status: int, headers: Headers, body: bytes) -> None:
        protocol = self._protocol
        assert protocol is not None, "a poll is answered once, and not after it was cancelled"
        self._protocol = self._handle = None
        self.response_complete = True
        protocol.answer_poll(self, status, headers, body)

    def cancel(self) -> None:
        """The connection is lost."""
        self.disconnected = True
        self._protocol = None
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
