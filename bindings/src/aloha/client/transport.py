"""Calls become HTTP requests here, and only here: two thin transports over one library.

A transport sends a call once and returns what came of it; it decides nothing. It never follows a redirect (the
API key would go along) and never raises for what a network does. The library is imported when the first
transport is made; docs/decisions/002-http-library-of-the-bindings.md tells why it is this one.

Dead connections are noticed in three ways: a deadline on every read, past the longest wait of the server;
TCP keepalive, which finds within a minute that the other machine or the way to it is gone; and a bound on how
long sent bytes stay unacknowledged, for a laptop that wakes up in another network.
"""

import asyncio
import base64
import contextlib
import socket
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlencode, urlsplit

import msgspec

from aloha.client.flow import Position
from aloha.client.stream import ACCEPT, MEDIA_TYPE, StreamParser, make_poll
from aloha.client.wire import Answer, Call, ConnectionFailed
from aloha.config import LOOPBACK_HOSTS, Config

if TYPE_CHECKING:
    import ssl

    import httpx2

CONNECT_TIMEOUT_S = 10.0
KEEPALIVE_IDLE_S = 20
KEEPALIVE_INTERVAL_S = 10
KEEPALIVE_PROBES = 3
UNACKNOWLEDGED_MAX_S = 30


class Transport(Protocol):
    """Many threads may send at once; `interrupt` may be called from anywhere, a signal handler too."""

    def send(self, call: Call) -> Answer | ConnectionFailed: ...

    def poll(self, position: Position) -> Answer | ConnectionFailed:
        """Ask for what follows the position; belongs to one thread."""

    def interrupt(self) -> None:
        """End every wait of this transport: what is being sent fails now, and so does all that follows."""

    def close(self) -> None: ...


class AsyncTransport(Protocol):
    """The same for asyncio. A wait ends by cancelling the task that sends."""

    async def send(self, call: Call) -> Answer | ConnectionFailed: ...

    async def poll(self, position: Position) -> Answer | ConnectionFailed:
        """Ask for what follows the position."""

    async def close(self) -> None: ...


class HttpTransport:
    """Blocking, over HTTP.

    A poll asks for server-sent events: where the server offers them, its answer goes on, and later polls read on in
    it without a request. Whatever does not fit, the flow's position above all, drops the stream for a fresh poll.
    """

    def __init__(self, config: Config, user_agent: str) -> None:
        import httpx2

        transport = httpx2.HTTPTransport(**_transport_options(config))
        self._client = httpx2.Client(transport=transport, **_client_options(config, user_agent))
        self._passing = _passing_errors()
        self._unsent = _unsent_errors()
        self._sockets: list[socket.socket] = []
        self._interrupted = False
        self._stream: tuple[httpx2.Response, Iterator[bytes], StreamParser] | None = None

    def send(self, call: Call) -> Answer | ConnectionFailed:
        started = time.monotonic()
        try:
            response = self._client.request(**_request(call), extensions={"trace": self._trace})
        except self._passing as error:
            return ConnectionFailed(error=error, sent=not isinstance(error, self._unsent))
        return _answer(response, time.monotonic() - started)

    def poll(self, position: Position) -> Answer | ConnectionFailed:
        started = time.monotonic()
        try:
            if self._stream is None or not self._stream[2].goes_on_from(position):
                answer = self._open_stream(position, started)
                if answer is not None:
                    return answer
            assert self._stream is not None
            _, chunks, parser = self._stream
            while not parser.has_answer:
                data = next(chunks, b"")
                if not data:
                    self._drop_stream()
                    break
                parser.feed(data)
        except self._passing as error:
            self._drop_stream()
            return ConnectionFailed(error=error, sent=not isinstance(error, self._unsent))
        return parser.take(time.monotonic() - started)

    def _open_stream(self, position: Position, started: float) -> Answer | None:
        """The whole answer of a server that does not stream, else None with the stream begun."""
        self._drop_stream()
        request = self._client.build_request(**_poll_request(position), extensions={"trace": self._trace})
        response = self._client.send(request, stream=True)
        if not _is_stream(response):
            response.read()
            return _answer(response, time.monotonic() - started)
        self._stream = response, response.iter_bytes(), StreamParser(position)
        return None

    def _drop_stream(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream[0].close()

    def interrupt(self) -> None:
        self._interrupted = True
        for sock in list(self._sockets):
            _shut_down(sock)

    def close(self) -> None:
        self._drop_stream()
        self._client.close()

    def _trace(self, name: str, info: dict[str, Any]) -> None:
        # The library has no other way to end a read from outside; the extension is part of its public face.
        if name in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            sock = info["return_value"].get_extra_info("socket")
            self._sockets = [*(known for known in self._sockets if known.fileno() >= 0), sock]
            if self._interrupted:
                _shut_down(sock)


class AsyncHttpTransport:
    """The same for asyncio."""

    def __init__(self, config: Config, user_agent: str) -> None:
        import httpx2

        transport = httpx2.AsyncHTTPTransport(**_transport_options(config))
        self._client = httpx2.AsyncClient(transport=transport, **_client_options(config, user_agent))
        self._passing = _passing_errors()
        self._unsent = _unsent_errors()
        self._stream: tuple[httpx2.Response, AsyncIterator[bytes], StreamParser] | None = None

    async def send(self, call: Call) -> Answer | ConnectionFailed:
        started = time.monotonic()
        try:
            response = await self._client.request(**_request(call))
        except self._passing as error:
            return ConnectionFailed(error=error, sent=not isinstance(error, self._unsent))
        return _answer(response, time.monotonic() - started)

    async def poll(self, position: Position) -> Answer | ConnectionFailed:
        started = time.monotonic()
        try:
            if self._stream is None or not self._stream[2].goes_on_from(position):
                answer = await self._open_stream(position, started)
                if answer is not None:
                    return answer
            assert self._stream is not None
            _, chunks, parser = self._stream
            while not parser.has_answer:
                data = await anext(chunks, b"")
                if not data:
                    await self._drop_stream()
                    break
                parser.feed(data)
        except self._passing as error:
            await self._drop_stream()
            return ConnectionFailed(error=error, sent=not isinstance(error, self._unsent))
        except asyncio.CancelledError:
            await self._drop_stream()
            raise
        return parser.take(time.monotonic() - started)

    async def _open_stream(self, position: Position, started: float) -> Answer | None:
        await self._drop_stream()
        response = await self._client.send(self._client.build_request(**_poll_request(position)), stream=True)
        if not _is_stream(response):
            await response.aread()
            return _answer(response, time.monotonic() - started)
        self._stream = response, response.aiter_bytes(), StreamParser(position)
        return None

    async def _drop_stream(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            await stream[0].aclose()

    async def close(self) -> None:
        await self._drop_stream()
        await self._client.aclose()


def _passing_errors() -> tuple[type[Exception], ...]:
    """What networks do. Our own mistakes (an impossible URL or header) are not among them and are raised."""
    import httpx2

    return (
        httpx2.TimeoutException,
        httpx2.NetworkError,
        httpx2.ProxyError,
        httpx2.RemoteProtocolError,
        httpx2.DecodingError,
        msgspec.DecodeError,  # within a stream
    )


def _unsent_errors() -> tuple[type[Exception], ...]:
    import httpx2

    return (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)


def _client_options(config: Config, user_agent: str) -> dict[str, Any]:
    credentials = base64.b64encode(f"{config.email}:{config.api_key}".encode()).decode()
    headers = {"Authorization": f"Basic {credentials}", "User-Agent": user_agent}
    return {"base_url": f"{config.site}/api/v1/", "headers": headers, "trust_env": False}


def _transport_options(config: Config) -> dict[str, Any]:
    return {
        "verify": _tls_context(config),
        "socket_options": keepalive_options(),
        "proxy": _find_proxy(config.site),
    }


def _tls_context(config: Config) -> "ssl.SSLContext | bool":
    import httpx2

    if config.insecure:
        context = httpx2.create_ssl_context(verify=False)
    elif config.cert_bundle is not None:
        import ssl

        context = ssl.create_default_context(cafile=config.cert_bundle)
    else:
        context = httpx2.create_ssl_context()
    if config.client_cert is not None:
        context.load_cert_chain(config.client_cert, config.client_cert_key)
    return context


def _find_proxy(site: str) -> str | None:
    """The environment's proxy for this site; read here because the library does not where a transport is given."""
    parts = urlsplit(site)
    host = parts.hostname or ""
    if host in LOOPBACK_HOSTS or urllib.request.proxy_bypass(host):
        return None
    proxies = urllib.request.getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")


def keepalive_options() -> list[tuple[int, int, int]]:
    """The socket options of this platform that notice a dead peer; each where the platform has it."""
    options = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
    wanted: list[tuple[str, int]] = [
        ("TCP_KEEPIDLE", KEEPALIVE_IDLE_S),
        ("TCP_KEEPINTVL", KEEPALIVE_INTERVAL_S),
        ("TCP_KEEPCNT", KEEPALIVE_PROBES),
        ("TCP_USER_TIMEOUT", UNACKNOWLEDGED_MAX_S * 1000),
    ]
    for name, value in wanted:
        option = getattr(socket, name, None)
        if option is not None:
            options.append((socket.IPPROTO_TCP, option, value))
    return options


def _shut_down(sock: socket.socket) -> None:
    # Not sock.shutdown(): a TLS socket's own method also drops the state that a reader in another thread uses.
    with contextlib.suppress(OSError):  # it was closed already: nothing waits on it
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _request(call: Call) -> dict[str, Any]:
    import httpx2

    request: dict[str, Any] = {
        "method": call.method,
        "url": call.path.removeprefix("/") + (f"?{urlencode(call.query)}" if call.query else ""),
        "timeout": httpx2.Timeout(call.timeout_s, connect=min(CONNECT_TIMEOUT_S, call.timeout_s)),
        "headers": dict(call.headers),
    }
    if call.files:
        request |= {"data": dict(call.form), "files": list(call.files)}
    elif call.form:
        request["content"] = urlencode(call.form).encode()
        request["headers"] |= {"Content-Type": "application/x-www-form-urlencoded"}
    return request


def _poll_request(position: Position) -> dict[str, Any]:
    request = _request(make_poll(position))
    return {**request, "headers": {**request["headers"], "Accept": ACCEPT}}


def _is_stream(response: "httpx2.Response") -> bool:
    return response.status_code == 200 and response.headers.get("content-type", "").startswith(MEDIA_TYPE)


def _answer(response: "httpx2.Response", elapsed_s: float) -> Answer:
    try:
        body = msgspec.json.decode(response.content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        body = None  # a proxy's page: the answer says so by having no body
    return Answer(
        status=response.status_code,
        headers={name.lower(): value for name, value in response.headers.items()},
        body=body if isinstance(body, dict) else None,
        elapsed_s=elapsed_s,
    )
