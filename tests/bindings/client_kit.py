"""A tiny server of the events API on a port of its own, whose answers can be made to go wrong on demand.

It keeps one log. A fault waits under "METHOD /path" and befalls the next request there, one fault a request.
"""

import json
import socket
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aloha import AsyncClient, Client

WAIT_MAX_S = 20.0  # a test that needs longer has failed
POLL_MAX_S = 3 * WAIT_MAX_S  # so that no test passes because a poll ended by itself
Reply = tuple[int, dict[str, str], bytes]
Fault = Callable[["Handler", Callable[[], Reply]], Reply | None]


def cut(handler: "Handler", answer: Callable[[], Reply]) -> None:
    """The connection ends before the request is looked at."""


def lose_answer(handler: "Handler", answer: Callable[[], Reply]) -> None:
    """The request is carried out and its answer never arrives."""
    answer()


def replies(status: int, body: bytes | dict[str, Any], **headers: str) -> Fault:
    encoded = json.dumps(body).encode() if isinstance(body, dict) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _handler, _answer: (status, named, encoded)


PROXY_PAGE = replies(502, b"<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")
RATE_LIMIT = replies(
    429,
    {"result": "error", "msg": "", "code": "RATE_LIMIT_HIT", "retry-after": 7.5},
    Retry_After="7.5",
)
QUEUE_GONE = replies(400, {"result": "error", "msg": "", "code": "BAD_EVENT_QUEUE_ID", "queue_id": "gone"})
WRONG_KEY = replies(401, {"result": "error", "msg": "Invalid API key", "code": "UNAUTHORIZED"})


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "TinyServer"

    def _handle(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8", "replace")
        is_form = "urlencoded" in self.headers.get("Content-Type", "")
        query = parse_qs(parts.query + "&" + (body if is_form else ""), keep_blank_values=True)
        params = {name: values[0] for name, values in query.items()}
        path = parts.path.removeprefix("/api/v1")
        name = f"{self.command} {path}"
        realm = self.server
        realm.requests.append((name, params, dict(self.headers.items()), body))
        faults = realm.faults[name]

        def answer() -> Reply:
            return realm.answer(name, params, self.headers.get("Idempotency-Key"))

        reply = faults.popleft()(self, answer) if faults else answer()
        if reply is None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        status, headers, content = reply
        self.send_response(status)
        for header, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PATCH = do_DELETE = _handle  # noqa: N815  # the names that the base class looks for

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet: tests read `requests`."""


class TinyServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.site = f"http://127.0.0.1:{self.server_address[1]}"
        self.requests: list[tuple[str, dict[str, str], dict[str, str], str]] = []
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.log: list[dict[str, Any]] = []
        self.queues: set[str] = set()
        self.sent: dict[str, int] = {}
        self.messages: list[str] = []
        self.is_polled = threading.Event()
        self._changed = threading.Condition()
        self._is_closing = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what these tests are about."""

    def emit(self, **event: Any) -> None:
        with self._changed:
            self.log.append({"id": len(self.log), **event})
            self._changed.notify_all()

    def names(self) -> list[str]:
        return [name for name, *_ in self.requests]

    def answer(self, name: str, params: dict[str, str], key: str | None) -> Reply:
        match name:
            case "POST /register":
                return self._register()
            case "GET /events":
                return self._poll(params["queue_id"], int(params["last_event_id"]))
            case "DELETE /events":
                self.queues.discard(params["queue_id"])
                return success()
            case "POST /messages":
                return self._send(params["content"], key)
            case _:
                return success(echo=params)

    def close(self) -> None:
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        self.shutdown()
        self.server_close()

    def _register(self) -> Reply:
        with self._changed:
            queue_id = f"queue-{len(self.requests)}"
            self.queues.add(queue_id)
            return success(queue_id=queue_id, last_event_id=len(self.log) - 1)

    def _poll(self, queue_id: str, last_event_id: int) -> Reply:
        with self._changed:
            if queue_id not in self.queues:
                gone = {"result": "error", "msg": "", "code": "BAD_EVENT_QUEUE_ID", "queue_id": queue_id}
                return 400, {}, json.dumps(gone).encode()
            if not self.log[last_event_id + 1 :]:
                self.is_polled.set()
                self._changed.wait_for(lambda: self.log[last_event_id + 1 :] or self._is_closing, POLL_MAX_S)
            return success(events=self.log[last_event_id + 1 :])

    def _send(self, content: str, key: str | None) -> Reply:
        if key is None or key not in self.sent:
            self.messages.append(content)
            self.sent[key or f"none-{len(self.messages)}"] = len(self.messages)
        return success(id=self.sent.get(key or "", len(self.messages)))


def success(**fields: Any) -> Reply:
    body = {"result": "success", "msg": "", **fields}
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


@contextmanager
def running_server() -> Iterator[TinyServer]:
    server = TinyServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()


def make_client(server: TinyServer, naps: list[float]) -> Client:
    """A client that writes down its pauses in place of making them, and whose jitter is always none."""
    return Client(email="bot@aloha.example", api_key="k" * 32, site=server.site, sleep=naps.append, random=lambda: 0.0)


def make_async_client(server: TinyServer, naps: list[float]) -> AsyncClient:
    async def nap(seconds: float) -> None:
        naps.append(seconds)

    return AsyncClient(email="bot@aloha.example", api_key="k" * 32, site=server.site, sleep=nap, random=lambda: 0.0)
