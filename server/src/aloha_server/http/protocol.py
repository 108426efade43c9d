"""The HTTP protocol of a connection: `GET /api/v1/events` is answered here, everything else by the application.

Theory. Most of a chat server's requests are long polls, and most connections wait in one. uvicorn would spend a task, a
scope, a coroutine and an event on each, and Starlette some more; here a waiting poll is one small object that the
connection and `LongPolls` share (`ParkedPoll`). Only the plain poll takes this way: HTTP/1.1, no body, no `Expect`, no
`Upgrade`, and nothing unanswered before it. Whatever is unusual goes to the application, whose route for the same URL
answers the same (`http.polls`); the tests send the same bytes to both.

Order. Answers leave in the order of their requests. What arrives while a poll waits is held unparsed, up to
`held_bytes_max`, where reading pauses. What came in the same read as the poll is parsed with it, since the parser
cannot stop; it becomes requests in uvicorn's own pipeline, which starts when the poll is answered. A poll among them
goes to the application.

Slowness is `http.patience`'s matter, but for one bound: at a poll's answer, a client that has not yet read the earlier
ones is cut off. It loses nothing, since its position is its own.

What would change this: a uvicorn whose cycle is an interface, or HTTP/2.
"""

import http
from typing import Any

import httptools
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from aloha.contract.errors import ApiError

from .envelope import INTERNAL_ERROR, encode_error, error_headers
from .interfaces import Headers, first_values, poll_request
from .patience import Edge, PatientProtocol
from .poll import ParkedPoll

EVENTS_PATH = b"/api/v1/events"
_EVENTS_QUERY = EVENTS_PATH + b"?"
# With an Origin a page of another site asks: what it may read is the application's matter.
_ALWAYS_UNUSUAL = frozenset((b"transfer-encoding", b"expect", b"upgrade", b"origin"))
_UNUSUAL = _ALWAYS_UNUSUAL | {b"content-length", b"accept"}
_COPY_BYTES_MAX = 64 * 1024  # a larger body is shared between the connections that it goes to, not copied


class EdgeProtocol(PatientProtocol):
    """One connection. Made by `make_protocol`, which gives it its `edge`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._poll: ParkedPoll | None = None
        self._held = bytearray()
        self._undigested = 0  # bytes received since the parser last completed something
        self._read_bytes = 0  # of the current read
        self._in_message = False
        self._refusal: ApiError | None = None

    # The connection

    def connection_lost(self, exc: Exception | None) -> None:
        poll, self._poll = self._poll, None
        if poll is not None:
            self.edge.counters.parked -= 1
            poll.cancel()
        for cycle, _ in self.pipeline:
            cycle.disconnected = True
        self.pipeline.clear()
        self._held.clear()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refusal is not None:
            return
        if self._poll is not None:
            self._hold(data)
        else:
            self._unset_keepalive_if_required()
            self._feed(data)

    def _hold(self, data: bytes) -> None:
        self._held += data
        if len(self._held) >= self.edge.limits.held_bytes_max:
            self.edge.counters.held_full += 1
            self.flow.pause_reading()

    def _feed(self, data: bytes) -> None:
        self._read_bytes = len(data)
        self._undigested += self._read_bytes
        rest = b""
        try:
            self.parser.feed_data(data)
            if self._undigested > self.edge.limits.head_bytes_max:
                self.refuse(_too_large("headers", 431))
        except httptools.HttpParserUpgrade as upgrade:
            rest = data[upgrade.args[0] :]  # the offer is declined by going on with HTTP/1.1
        except httptools.HttpParserError:
            self.refuse(self._refusal or ApiError("Invalid HTTP request"))
        if rest:
            self._feed(rest)
        if self._in_message and not self.transport.is_closing():
            self.watch_arrival()

    # What the parser tells. uvicorn's own callbacks see only requests that go to the application.

    def on_message_begin(self) -> None:
        self.url = b""
        self.headers = []
        self.expect_100_continue = False
        self._undigested = 0
        self.in_head = self._in_message = True

    def on_url(self, url: bytes) -> None:
        self.url += url
        if len(self.url) > self.edge.limits.url_bytes_max:
            self._stop_parsing(_too_large("URL", 413))

    def on_headers_complete(self) -> None:
        self._check_head()
        self.in_head = False
        self._undigested = 0
        self._unset_keepalive_if_required()
        if self._is_poll():
            headers = first_values(self.headers)
            if not _is_unusual(headers):
                self._park(headers)
                return
        self._to_application()

    def _check_head(self) -> None:
        """Adds up only what may be too much: a head is no longer than what was read."""
        head_bytes_max = self.edge.limits.head_bytes_max
        if self._undigested + self._read_bytes > head_bytes_max:
            head_bytes = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
            if head_bytes > head_bytes_max:
                self._stop_parsing(_too_large("headers", 431))

    def on_body(self, body: bytes) -> None:
        self._undigested = 0
        super().on_body(body)

    def on_chunk_complete(self) -> None:
        self._undigested = 0

    def on_message_complete(self) -> None:
        self._in_message = False
        self._undigested = 0
        self.drop_arrival()
        super().on_message_complete()

    def _stop_parsing(self, refusal: ApiError) -> None:
        """The parser ends with an error when a callback raises."""
        self._refusal = refusal
        raise refusal

    # Requests for the application

    def _to_application(self) -> None:
        url, headers, expect = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.headers, self.expect_100_continue = url, headers, expect
        self.scope["headers"] = headers
        super().on_headers_complete()
        if self.edge.draining:
            self.cycle.keep_alive = False

    # Long polls

    def _is_poll(self) -> bool:
        url = self.url
        if not (url.startswith(_EVENTS_QUERY) or url == EVENTS_PATH) or b"#" in url:
            return False
        parser = self.parser
        if parser.get_method() != b"GET" or parser.get_http_version() != "1.1" or parser.should_upgrade():
            return False
        unanswered = self.cycle is not None and not self.cycle.response_complete
        return self._poll is None and not unanswered

    def _park(self, headers: dict[bytes, bytes]) -> None:
        request = poll_request(headers, self.url[len(_EVENTS_QUERY) :])
        poll = ParkedPoll(
            self,
            keep_alive=self.parser.should_keep_alive() and not self.edge.draining,
            request_line=self._request_line() if self.access_log else "",
        )
        self.url, self.headers = b"", []
        self.cycle = poll  # type: ignore[assignment]  # has what uvicorn asks of a cycle
        self._poll = poll
        counters = self.edge.counters
        counters.polls += 1
        counters.parked += 1
        try:
            poll.begin(request)
        except Exception:
            self.logger.exception("LongPolls.begin() failed")
            if not poll.response_complete:
                poll.respond(500, (), INTERNAL_ERROR)

    def answer_poll(self, poll: ParkedPoll, status: int, headers: Headers, body: bytes) -> None:
        """Called by the poll, once."""
        assert poll is self._poll
        self._poll = None
        self.edge.counters.parked -= 1
        if self.transport.is_closing():
            return
        if self.transport.get_write_buffer_size() > self.edge.limits.unread_bytes_max:
            self.cut_unread()
            return
        if self.access_log:
            self.access_logger.info(poll.request_line, status)
        if self.edge.draining:
            poll.keep_alive = False
        self._write_answer(status, headers, body, keep_alive=poll.keep_alive)
        if not poll.keep_alive:
            self.transport.close()
        self.on_response_complete()
        self._feed_held()

    def _feed_held(self) -> None:
        """Never within a read: what is held came in reads while the poll waited."""
        if self._held and not self.transport.is_closing():
            held, self._held = bytes(self._held), bytearray()
            self._unset_keepalive_if_required()
            self._feed(held)

    def _write_answer(self, status: int, headers: Headers, body: bytes, *, keep_alive: bool) -> None:
        parts = [self._prefix(status), b"%d\r\n" % len(body)]
        for name, value in headers:
            parts += (name, b": ", value, b"\r\n")
        parts.append(b"\r\n" if keep_alive else b"connection: close\r\n\r\n")
        if len(body) <= _COPY_BYTES_MAX:
            parts.append(body)
            self.transport.write(b"".join(parts))
        else:
            self.transport.write(b"".join(parts))
            self.transport.write(body)

    def _prefix(self, status: int) -> bytes:
        """The status line and default headers, which uvicorn makes anew once a second."""
        edge, defaults = self.edge, self.server_state.default_headers
        if edge.prefixes_of is not defaults:
            edge.prefixes_of, edge.prefixes = defaults, {}
        prefix = edge.prefixes.get(status)
        if prefix is None:
            lines = [STATUS_LINE[status], *(b"%b: %b\r\n" % header for header in defaults)]
            prefix = b"".join((*lines, b"content-type: application/json\r\ncontent-length: "))
            edge.prefixes[status] = prefix
        return prefix

    def _request_line(self) -> str:
        """The access log's line, in uvicorn's form, with room for the status."""
        client = self.client
        app = self.config.loaded_app
        if client and isinstance(app, ProxyHeadersMiddleware) and client[0] in app.trusted_hosts:
            forwarded = b", ".join(value for name, value in self.headers if name == b"x-forwarded-for")
            host, port = app.trusted_hosts.get_trusted_client_address(forwarded.decode("latin-1"))
            client = (host, port) if host else client
        address = f"{client[0]}:{client[1]}" if client else ""
        line = f'{address} - "GET {self.url.decode("latin-1")} HTTP/1.1" '
        return line.replace("%", "%%") + "%d"

    # What goes wrong

    def is_held_up(self) -> bool:
        return self._poll is not None or self.flow.read_paused

    def refuse(self, error: ApiError) -> None:
        """Nothing more is read. What was asked before is still answered; then the connection closes."""
        self._refusal = error
        self.edge.counters.refused += 1
        self._in_message = False
        self._undigested = 0
        self.drop_arrival()
        cycle = self.cycle
        if cycle is None or cycle.response_complete:
            self._answer_and_close(error)
        elif not cycle.more_body:
            cycle.keep_alive = False
            self.flow.pause_reading()
            self._held.clear()
        elif not cycle.response_started and not self.pipeline and self._poll is None:
            cycle.disconnected = True
            cycle.message_event.set()
            self._answer_and_close(error)
        else:
            self.transport.close()

    def _answer_and_close(self, error: ApiError) -> None:
        if not self.transport.is_closing():
            self._write_answer(error.status, error_headers(error), encode_error(error), keep_alive=False)
            self.transport.close()


def make_protocol(edge: Edge) -> type[EdgeProtocol]:
    """The protocol class for one server, as uvicorn wants one."""
    return type("EdgeProtocol", (EdgeProtocol,), {"edge": edge})


def _is_unusual(headers: dict[bytes, bytes]) -> bool:
    """Whether these make a poll one for the application: a body, `Expect`, `Upgrade`, `Origin`, server-sent events."""
    if headers.keys().isdisjoint(_UNUSUAL):
        return False
    if headers.get(b"content-length", b"0").strip() != b"0" or b"text/event-stream" in headers.get(b"accept", b""):
        return True
    return not headers.keys().isdisjoint(_ALWAYS_UNUSUAL)


def _too_large(what: str, status: int) -> ApiError:
    phrase = http.HTTPStatus(status).phrase
    return ApiError(f"The {what} of the request: {phrase}", code="REQUEST_TOO_LARGE", status=status)
