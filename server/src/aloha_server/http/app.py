"""The application behind the edge: one call of the API from the request to its answer.

The way of a call: the route, the realm, the user, the user's rate limit, the parameters, the handler, the envelope.
Whatever goes wrong is answered in the envelope too; what was not expected is logged and told as INTERNAL_SERVER_ERROR,
without a word of what it was.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.routing import Route as HttpRoute
from starlette.types import Message, Receive, Scope, Send

from aloha.contract.errors import ApiError
from aloha_server.api.context import Authenticator, Context, Realm, Services, User, client_name
from aloha_server.api.routing import Route, Routes

from .auth import parse_basic
from .body import Body, read_body
from .decode import Plan, parse_query
from .envelope import INTERNAL_ERROR, SUCCESS, encode_error, encode_result, error_headers
from .interfaces import Headers, LongPolls, Realms, first_values
from .limits import Limits
from .polls import Answer, wait_for_poll
from .ratelimit import RateLimits, add_headers
from .realms import find_realm, parse_host
from .router import Found, PathParams, Router
from .stream import MEDIA_TYPE, stream_events

PREFIX = "/api/v1"
CORS_MAX_AGE_S = 3600

HealthCheck = Callable[[], Awaitable[bool]]

logger = logging.getLogger(__name__)


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What the application is put together from."""

    services: Services
    long_polls: LongPolls
    realms: Realms
    authenticator: Authenticator
    check_health: HealthCheck
    limits: Limits = Limits()
    rate_limits: RateLimits = msgspec.field(default_factory=RateLimits)
    external_url: str | None = None  # without a slash at its end
    cors_origins: tuple[str, ...] = ()  # of pages that may call the API, such as https://app.example.com; "*" is any


def make_asgi(routes: Routes, parts: Parts, more: Sequence[BaseRoute] = ()) -> Starlette:
    """The API, the health check and `more` (which come first), as one application."""
    app = Starlette(
        routes=[
            *more,
            HttpRoute("/health", _health(parts.check_health)),
            Mount(PREFIX, app=Api(routes, parts)),
        ],
        middleware=[_cors(parts.cors_origins)] if parts.cors_origins else [],
        exception_handlers={HTTPException: _on_http_exception, Exception: _on_exception},
    )
    app.router.redirect_slashes = False
    return app


def _cors(origins: tuple[str, ...]) -> Middleware:
    """Credentials travel in the Authorization header, which pages set themselves: no cookie is ever sent along."""
    return Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=["DELETE", "GET", "PATCH", "POST"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID"],
        expose_headers=["Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"],
        max_age=CORS_MAX_AGE_S,
    )


class Api:
    """The ASGI application below `/api/v1`."""

    def __init__(self, routes: Routes, parts: Parts) -> None:
        self._parts = parts
        self._router = Router(routes)
        self._plans = {route.endpoint.name: Plan(route.endpoint) for route in routes}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise RuntimeError("the API speaks HTTP only")
        answer = await self._answer(scope, receive, send)
        if answer is not None:
            await _send(send, *answer)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> Answer | None:
        try:
            found = self._router.find(_path(scope))
            if scope["method"] == "OPTIONS" and found.by_method:
                return 204, ((b"allow", found.allow.encode()),), b""
            route, path_params = _choose(found, scope["method"])
            if route.handler is None:
                if MEDIA_TYPE in first_values(scope["headers"]).get(b"accept", b""):
                    return await self._stream(scope, receive, send)
                return await wait_for_poll(self._parts.long_polls, scope, receive)
            return await self._call(route, path_params, scope, receive)
        except ApiError as error:
            return error.status, error_headers(error), encode_error(error)
        except ClientDisconnect:
            return None
        except Exception:
            logger.exception("%s %s failed", scope["method"], scope["path"])
            return 500, (), INTERNAL_ERROR

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> Answer | None:
        """A failure past the beginning cannot be answered: it ends the connection, and the client comes back."""
        begun = False

        async def note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            return await stream_events(self._parts.long_polls, scope, receive, note)
        except Exception:
            if not begun:
                raise
            logger.exception("an event stream failed")
            return None

    async def _call(self, route: Route, path_params: PathParams, scope: Scope, receive: Receive) -> Answer:
        headers = first_values(scope["headers"])
        realm = find_realm(self._parts.realms, headers.get(b"host", b""))
        user, limit_headers = await self._admit(route, realm, headers, scope)
        try:
            body = await self._run(route, path_params, scope, receive, (realm, user, headers))
        except ApiError as error:
            add_headers(error, limit_headers)
            raise
        except ClientDisconnect:
            raise
        except Exception:
            logger.exception("%s %s failed", scope["method"], scope["path"])
            return 500, limit_headers, INTERNAL_ERROR
        return 200, limit_headers, body

    async def _admit(
        self, route: Route, realm: Realm, headers: dict[bytes, bytes], scope: Scope
    ) -> tuple[User | None, Headers]:
        """Who asks, and the headers that tell what they may still ask."""
        header = headers.get(b"authorization")
        if route.endpoint.anonymous and not header:
            return None, self._parts.rate_limits.hit_spectator(_address(scope)).headers()
        if route.endpoint.auth:
            email, api_key = parse_basic(header)
            user = await self._parts.authenticator.authenticate(realm.realm_id, email, api_key)
            return user, self._parts.rate_limits.hit_user(realm.realm_id, user.user_id).headers()
        if route.endpoint.method == "POST":
            return None, self._parts.rate_limits.hit_login(_address(scope)).headers()
        return None, ()

    async def _run(
        self,
        route: Route,
        path_params: PathParams,
        scope: Scope,
        receive: Receive,
        caller: tuple[Realm, User | None, dict[bytes, bytes]],
    ) -> bytes:
        limits = self._parts.limits
        plan = self._plans[route.endpoint.name]
        values = parse_query(scope["query_string"], limits.fields_max)
        body = Body()
        if route.endpoint.method != "GET":
            body = await read_body(scope, receive, limits, takes_files=plan.takes_files)
            values |= body.fields
        params, ignored = plan.decode(path_params, values, body.files)
        assert route.handler is not None
        result = await route.handler(self._context(scope, body, *caller), params)
        return encode_result(result, ignored)

    def _context(
        self, scope: Scope, body: Body, realm: Realm, user: User | None, headers: dict[bytes, bytes]
    ) -> Context[Any]:
        agent, key = headers.get(b"user-agent"), headers.get(b"idempotency-key")
        if key is not None and len(key) > self._parts.limits.idempotency_key_chars_max:
            raise ApiError("The Idempotency-Key is too long")
        return Context(
            services=self._parts.services,
            realm=realm,
            account=user,
            client=client_name(agent.decode("latin-1") if agent else None),
            base_url=self._parts.external_url or _base_url(scope, headers.get(b"host", b"")),
            idempotency_key=key.decode("latin-1") if key else None,
            remote_addr=_address(scope),
            files=body.files,
        )


def _choose(found: Found, method: str) -> tuple[Route, PathParams]:
    """HEAD is a GET whose body stays away, except of a long poll: asking must not acknowledge."""
    if not found.by_method:
        raise ApiError("There is no such URL", code="NOT_FOUND")
    match = found.by_method.get("GET" if method == "HEAD" else method)
    if match is None or (method == "HEAD" and match[0].endpoint.long_poll):
        msg = f"Method Not Allowed: {method}"
        raise ApiError(msg, code="METHOD_NOT_ALLOWED", headers={"Allow": found.allow})
    return match


def _path(scope: Scope) -> str:
    """The path below the prefix, still percent-encoded."""
    raw: bytes = scope.get("raw_path", b"")
    path = raw.decode("latin-1")
    if not path.startswith(PREFIX):
        path = quote(scope["path"])
    return path.removeprefix(PREFIX)


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""


def _base_url(scope: Scope, host_header: bytes) -> str:
    _, host = parse_host(host_header)
    if not host:
        name, port = scope.get("server") or ("localhost", None)
        host = name if port is None else f"{name}:{port}"
    return f"{scope['scheme']}://{host}"


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    own = [] if status == 204 else [(b"content-length", b"%d" % len(body)), (b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": [*own, *headers]})
    await send({"type": "http.response.body", "body": body})


def _health(check: HealthCheck) -> Callable[[Request], Awaitable[Response]]:
    async def health(_: Request) -> Response:
        if await check():
            return Response(SUCCESS, media_type="application/json")
        return _error_response(ApiError("The server is not ready", code="SERVER_BUSY"))

    return health


def _error_response(error: ApiError) -> Response:
    return Response(encode_error(error), error.status, headers=error.headers, media_type="application/json")


async def _on_http_exception(_: Request, error: Exception) -> Response:
    """What Starlette refuses by itself, outside the API."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 404:
        return _error_response(ApiError("There is no such URL", code="NOT_FOUND", headers=headers))
    if error.status_code == 405:
        return _error_response(ApiError("Method Not Allowed", code="METHOD_NOT_ALLOWED", headers=headers))
    return _error_response(ApiError(error.detail, status=error.status_code, headers=headers))


async def _on_exception(_: Request, __: Exception) -> Response:
    """uvicorn logs the exception, which Starlette raises again."""
    return Response(INTERNAL_ERROR, 500, media_type="application/json")
