"""What the sync and the async client have in common: everything but the waiting."""

import functools
import logging
import os
import platform
import random as random_module
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import quote

import msgspec
from msgspec import UNSET

from aloha.client.backoff import Backoff
from aloha.client.flow import Deliver, Event, FlowOptions, Gap, Position, Sleep
from aloha.client.position import PositionStore
from aloha.client.wire import CALL_TIMEOUT_S, Call, FileContent
from aloha.config import load_config
from aloha.contract import ENDPOINTS
from aloha.contract.endpoint import BoundParam, Endpoint
from aloha.contract.version import VERSION

logger = logging.getLogger("aloha.client")

DEFAULT_CLIENT = "AlohaPython"
LONGPOLL_CALL_TIMEOUT_S = 90.0
FORGET_TIMEOUT_S = 2.0
# Sends that the server remembers by their Idempotency-Key, so that repeating them is safe.
KEYED = frozenset({("POST", "/messages")})

GapCallback = Callable[[Gap], object]
Told = Deliver | Gap  # the steps that are for somebody else than the client
Resume = str | os.PathLike[str] | PositionStore | None


class EventCallback(Protocol):
    def __call__(self, event: Event, /) -> object: ...


class BaseClient:
    """Holds who the client is. Makes calls and flows; sends nothing."""

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
        random: Callable[[], float] = random_module.random,
    ) -> None:
        self.config = load_config(
            config_file,
            email=email,
            api_key=api_key,
            site=site,
            insecure=insecure,
            cert_bundle=cert_bundle,
            client_cert=client_cert,
            client_cert_key=client_cert_key,
        )
        self._random = random
        self.user_agent = make_user_agent(client or DEFAULT_CLIENT)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(email={self.config.email!r}, site={self.config.site!r})"

    def _backoff(self) -> Backoff:
        return Backoff(self._random)

    def _flow_options(
        self,
        event_types: Iterable[str] | None,
        narrow: Iterable[Any] | None,
        register: Mapping[str, Any],
        resume: Position | None,
    ) -> FlowOptions:
        params = dict(register)
        if event_types is not None:
            params["event_types"] = list(event_types)
        if narrow is not None:
            params["narrow"] = list(narrow)
        # An event loop needs of the state only how long a poll may last, which is in this section; all of it
        # is seconds of work in a large organization.
        params.setdefault("fetch_event_types", ["realm"])
        make_call("POST", "/register", params)  # a misspelled parameter is told here, before the loop begins
        return FlowOptions(random=self._random, clock=time.time, register=params, resume=resume)


def make_user_agent(client: str) -> str:
    """`client` with versions behind it; one that brings its own version is taken as it is."""
    if not client.isprintable():
        raise ValueError("client holds a character that cannot travel in a header")
    return client if "/" in client else f"{client}/{VERSION} (Python {platform.python_version()})"


def make_forget(position: Position) -> Call:
    """Give a queue back that nobody will resume; if this is lost, the queue expires by itself."""
    call = make_call("DELETE", "/events", {"queue_id": position.queue_id})
    return msgspec.structs.replace(call, timeout_s=FORGET_TIMEOUT_S, attempts_max=1)


def make_call(method: str, path: str, params: Mapping[str, Any]) -> Call:
    """The call of the endpoint at `path` (with its braces); `TypeError` for a parameter that it does not have."""
    endpoint, bound = _find_endpoint(method, path)
    given = {name: value for name, value in params.items() if value is not UNSET}
    unknown = given.keys() - bound.keys()
    if unknown:
        raise TypeError(f"{method} {path} has no parameter {', '.join(sorted(unknown))}")
    missing = [name for name, param in bound.items() if param.required and name not in given]
    if missing:
        raise TypeError(f"{method} {path} needs {', '.join(missing)}")
    target, query, form, files = path, [], [], []
    for name, value in given.items():
        match bound[name].where:
            case "path":
                target = target.replace(f"{{{name}}}", quote(encode_value(bound[name], value), safe=""))
            case "query":
                query.append((name, encode_value(bound[name], value)))
            case "form":
                form.append((name, encode_value(bound[name], value)))
            case "file":
                files.append((name, _name_file(name, value)))
    keyed = (method, path) in KEYED
    return Call(
        method=method,
        path=target,
        query=tuple(query),
        form=tuple(form),
        files=tuple(files),
        headers=(("Idempotency-Key", uuid.uuid4().hex),) if keyed else (),
        timeout_s=LONGPOLL_CALL_TIMEOUT_S if endpoint.long_poll else CALL_TIMEOUT_S,
        repeatable=keyed or method == "GET",
        attempts_max=1 if endpoint.long_poll else 5,
    )


def make_raw_call(
    method: str, path: str, params: Mapping[str, Any], files: Iterable[FileContent], timeout_s: float | None
) -> Call:
    """A call of any path, from what a caller knows of it."""
    values = tuple((name, encode_any(value)) for name, value in params.items() if value is not None)
    keyed = (method, path) in KEYED
    return Call(
        method=method,
        path=f"/{path.removeprefix('/')}",
        query=values if method == "GET" else (),
        form=() if method == "GET" else values,
        files=tuple(_name_file(f"file{number}", file) for number, file in enumerate(files)),
        headers=(("Idempotency-Key", uuid.uuid4().hex),) if keyed else (),
        timeout_s=CALL_TIMEOUT_S if timeout_s is None else timeout_s,
        repeatable=keyed or method == "GET",
    )


@functools.cache
def _find_endpoint(method: str, path: str) -> tuple[Endpoint[Any, Any], dict[str, BoundParam]]:
    for endpoint in ENDPOINTS:
        if (endpoint.method, endpoint.path) == (method, path):
            return endpoint, {param.name: param for param in endpoint.bound_params()}
    raise LookupError(f"no endpoint is declared as {method} {path}")


def encode_value(param: BoundParam, value: object) -> str:
    """A parameter's value as it travels: text as it is, unless declared as JSON; all else as JSON."""
    return encode_any(value) if not param.param.json else msgspec.json.encode(value).decode()


def encode_any(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _name_file(name: str, value: FileContent) -> tuple[str, Any]:
    return value if isinstance(value, tuple) else (getattr(value, "name", name), value)


def log_sleep(step: Sleep) -> None:
    logger.warning("%s; trying again in %.1f s", step.reason, step.seconds)


def log_gap(gap: Gap) -> None:
    """What happens to a gap that nobody else asked for."""
    reached = datetime.fromtimestamp(gap.lost.reached_at, UTC).isoformat(" ", "seconds")
    logger.warning(
        "the event queue %s is gone (%s): events after %d (since %s) did not arrive; a new queue starts at %d",
        gap.lost.queue_id,
        gap.reason.code,
        gap.lost.last_event_id,
        reached if gap.lost.reached_at else "an unknown time",
        gap.resumed.last_event_id,
    )


def log_callback_error(step: Deliver | Gap, error: Exception) -> None:
    """What happens to an exception of a callback that is not to end the loop."""
    what = f"event {step.event['id']} ({step.event['type']})" if isinstance(step, Deliver) else "a gap"
    logger.error("the callback failed at %s; going on", what, exc_info=error)
