"""A connection without a network, an application with a few endpoints, and long polls that a test answers by hand."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Annotated, Any, TypeVar

import msgspec
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.errors import ApiError, UnauthorizedError
from aloha_server.api.context import Context, Realm, User
from aloha_server.api.routing import Routes
from aloha_server.http.app import Parts, make_asgi
from aloha_server.http.interfaces import Headers, LongPolls, PollRequest, Respond
from aloha_server.http.limits import Limits
from aloha_server.http.patience import Edge
from aloha_server.http.protocol import make_protocol
from aloha_server.http.ratelimit import RateLimits, RateLimitSettings
from aloha_server.settings import Settings

T = TypeVar("T")

HAMLET = User(1, 7, 400, False, "hamlet@example.com", "Hamlet")
BASIC = b"Basic aGFtbGV0QGV4YW1wbGUuY29tOmtleQ=="  # hamlet@example.com:key
DATE = b"Mon, 23 Nov 2026 12:00:00 GMT"


class FakePoll:
    def __init__(self, request: PollRequest, respond: Respond) -> None:
        self.request = request
        self._respond = respond
        self.answered = False
        self.cancelled = False

    def cancel(self) -> None:
        assert not self.answered
        self.cancelled = True

    def answer(self, status: int = 200, headers: Headers = (), body: bytes | None = None) -> None:
        assert not self.answered
        assert not self.cancelled
        self.answered = True
        echo = b'{"query":%b}' % msgspec.json.encode(self.request.query.decode("latin-1"))
        self._respond(status, headers, echo if body is None else body)


class FakeLongPolls:
    """Parks every poll; `at_once` answers before `begin` returns."""

    def __init__(self, *, at_once: bool = False) -> None:
        self.at_once = at_once
        self.polls: list[FakePoll] = []

    def begin(self, request: PollRequest, respond: Respond) -> FakePoll:
        poll = FakePoll(request, respond)
        self.polls.append(poll)
        if self.at_once:
            poll.answer()
        return poll

    @property
    def waiting(self) -> list[FakePoll]:
        return [poll for poll in self.polls if not (poll.answered or poll.cancelled)]


class FakeRealms:
    def __init__(self, *hosts: str) -> None:
        self._realms = {host: Realm(at + 1, host) for at, host in enumerate(hosts or ("chat.example",))}

    def find(self, host: str) -> Realm | None:
        if len(self._realms) == 1:
            return next(iter(self._realms.values()))
        return self._realms.get(host)


class FakeAuthenticator:
    async def authenticate(self, realm_id: int, email: str, api_key: str) -> User:
        if (realm_id, email, api_key) != (1, HAMLET.email, "key"):
            raise UnauthorizedError
        return HAMLET


class NoServices:
    settings = Settings()
    keys: Any = None
    presences: Any = None
    files: Any = None

    async def offload(self, fn: Callable[[], T]) -> T:
        return fn()

    async def read(self, realm_id: int, fn: Callable[[Any], T]) -> T:
        return fn(None)

    async def write(self, realm_id: int, fn: Callable[[Any], T]) -> T:
        return fn(None)


class EchoParams(Request, frozen=True):
    text: Annotated[str, Param("Text.")]
    number: Annotated[int | UnsetType, Param("A number.")] = UNSET
    numbers: Annotated[list[int] | UnsetType, Param("Numbers.", json=True)] = UNSET


class Echo(Result):
    text: Annotated[str, Field("Text.")]
    number: Annotated[int, Field("A number.")]
    told: Annotated[list[str], Field("Of the caller.")]


class UserIdParams(Request, frozen=True):
    user_id: Annotated[int, Param("A user.")]


class EmailParams(Request, frozen=True):
    email: Annotated[str, Param("An address.")]


class UploadParams(Request, frozen=True):
    filename: Annotated[bytes, Param("A file.", where="file")]


class Which(Result):
    which: Annotated[str, Field("Which handler answered.")]


def endpoint(
    name: str, method: Any, path: str, params: type[Request] = Request, result: type[Result] = Which, **more: Any
) -> Endpoint[Any, Any]:
    return Endpoint(
        name=name, method=method, path=path, area="a", summary="s", doc="d", params=params, result=result, **more
    )


def make_routes() -> Routes:
    routes = Routes()
    routes.waits(endpoint("get_events", "GET", "/events", long_poll=True))

    async def echo(ctx: Context[Any], params: EchoParams) -> Echo:
        number = params.number if isinstance(params.number, int) else 0
        told = [ctx.user.email, ctx.client, ctx.base_url, ctx.idempotency_key or ""]
        return Echo(text=params.text, number=number, told=told)

    async def fail(ctx: Context[Any], params: Request) -> Empty:
        raise RuntimeError("the secret reason")

    async def refuse(ctx: Context[Any], params: Request) -> Empty:
        raise ApiError("No", code="BAD_REQUEST", headers={"X-Why": "because"}, detail=3)

    async def upload(ctx: Context[Any], params: UploadParams) -> Which:
        (file,) = ctx.files.values()
        return Which(which=f"{file.filename} {file.content_type} {len(params.filename)}")

    def says(name: str) -> Callable[[Context[Any], Any], Coroutine[Any, Any, Which]]:
        async def which(ctx: Context[Any], params: Any) -> Which:
            return Which(which=f"{name} {msgspec.to_builtins(params)}")

        return which

    routes.handles(endpoint("echo_get", "GET", "/echo", EchoParams, Echo))(echo)
    routes.handles(endpoint("echo_post", "POST", "/echo", EchoParams, Echo))(echo)
    routes.handles(endpoint("echo_delete", "DELETE", "/echo", EchoParams, Echo))(echo)
    routes.handles(endpoint("fail", "GET", "/fail", result=Empty))(fail)
    routes.handles(endpoint("refuse", "GET", "/refuse", result=Empty))(refuse)
    routes.handles(endpoint("upload", "POST", "/upload", UploadParams))(upload)
    routes.handles(endpoint("by_email", "GET", "/users/{email}", EmailParams))(says("by_email"))
    routes.handles(endpoint("by_id", "GET", "/users/{user_id}", UserIdParams))(says("by_id"))
    routes.handles(endpoint("me", "GET", "/users/me"))(says("me"))
    routes.handles(endpoint("subs", "GET", "/users/me/subscriptions"))(says("subs"))
    routes.handles(endpoint("drop", "DELETE", "/users/{user_id}", UserIdParams))(says("drop"))
    routes.handles(endpoint("login", "POST", "/fetch_api_key", auth=False))(says("login"))
    routes.handles(endpoint("open", "GET", "/server_settings", auth=False))(says("open"))
    routes.handles(endpoint("messages", "GET", "/messages", anonymous=True))(says("messages"))
    routes.handles(endpoint("delete_queue", "DELETE", "/events"))(says("delete_queue"))
    return routes


async def healthy() -> bool:
    return True


def make_app(
    long_polls: LongPolls,
    *,
    limits: Limits | None = None,
    realms: FakeRealms | None = None,
    rate: RateLimitSettings | None = None,
    check_health: Callable[[], Coroutine[Any, Any, bool]] = healthy,
    external_url: str | None = None,
) -> Any:
    parts = Parts(
        services=NoServices(),
        long_polls=long_polls,
        realms=realms or FakeRealms(),
        authenticator=FakeAuthenticator(),
        check_health=check_health,
        limits=limits or Limits(),
        rate_limits=RateLimits(rate, clock=lambda: 1000.0),
        external_url=external_url,
    )
    return make_asgi(make_routes(), parts)


class FakeTransport(asyncio.Transport):
    """Keeps what is written; `unread` is what a slow client has not taken yet."""

    def __init__(self) -> None:
        super().__init__()
        self.protocol: HttpToolsProtocol | None = None
        self.written = bytearray()
        self.unread = 0
        self.closed = False
        self.aborted = False
        self.reading = True

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return {"peername": ["192.0.2.9", 5000], "sockname": ["192.0.2.1", 80]}.get(name, default)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert not self.closed
        self.written += data

    def get_write_buffer_size(self) -> int:
        return self.unread

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            assert self.protocol is not None
            asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)

    def abort(self) -> None:
        self.aborted = True
        self.close()

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True


class Wire:
    """A client's end of one connection. Made within a running loop."""

    def __init__(
        self, long_polls: LongPolls, *, limits: Limits | None = None, plain: bool = False, access_log: bool = False
    ) -> None:
        """`plain` is uvicorn's own protocol, so that the application answers the polls too."""
        self.edge = Edge(long_polls=long_polls, limits=limits or Limits())
        kind = HttpToolsProtocol if plain else make_protocol(self.edge)
        self._config = config = uvicorn.Config(
            make_app(long_polls, limits=limits, rate=RateLimitSettings(requests_max=10**6)),
            http=kind,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=access_log,
        )
        config.load()
        self._kind = kind
        self.connect()

    def connect(self) -> None:
        """A new connection to the same server."""
        self.state = ServerState()
        self.state.default_headers = [(b"date", DATE), (b"server", b"aloha")]
        self.protocol = self._kind(self._config, self.state, {})
        self.transport = FakeTransport()
        self.transport.protocol = self.protocol
        self.protocol.connection_made(self.transport)

    async def send(self, data: bytes) -> None:
        if not self.transport.closed:
            self.protocol.data_received(data)
        await self.settle()

    async def settle(self) -> None:
        """Until nothing but long polls is left to do."""
        for _ in range(12):
            await asyncio.sleep(0)

    def lose(self) -> None:
        self.transport.closed = True
        self.protocol.connection_lost(None)

    @property
    def answers(self) -> "list[Answer]":
        return parse_answers(bytes(self.transport.written))


class Answer(msgspec.Struct, frozen=True):
    status: int
    headers: frozenset[tuple[bytes, bytes]]
    body: bytes

    def header(self, name: bytes) -> bytes | None:
        return dict(self.headers).get(name)

    def json(self) -> Any:
        return msgspec.json.decode(self.body)


def parse_answers(data: bytes, *, heads: bool = False) -> list[Answer]:
    """Every answer of a connection, in order; `heads` says that they are to HEAD and have no bodies."""
    answers = []
    while data:
        head, _, data = data.partition(b"\r\n\r\n")
        status_line, *lines = head.split(b"\r\n")
        status = int(status_line.split()[1])
        pairs = (line.split(b": ", 1) for line in lines)
        headers = frozenset((name.lower(), value) for name, value in pairs)
        length = 0 if heads or status in (100, 204) else int(dict(headers).get(b"content-length", b"0"))
        answers.append(Answer(status, headers, data[:length]))
        data = data[length:]
    return answers


def run(main: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(main)
