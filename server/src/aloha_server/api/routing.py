"""Which function answers which endpoint.

    routes = Routes()

    @routes.handles(get_stream_id)
    async def answer(ctx: Context[Services], params: GetStreamId) -> GetStreamIdResult: ...

The type checker holds a handler to the parameters and the result that its endpoint declares.
"""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from aloha.contract.endpoint import Endpoint, Request, Result

from .context import Context

P = TypeVar("P", bound=Request)
R = TypeVar("R", bound=Result)

Handler = Callable[[Context[Any], P], Awaitable[R]]


class Route(NamedTuple):
    """Without a handler, the endpoint is answered by `LongPolls`."""

    endpoint: Endpoint[Any, Any]
    handler: Handler[Any, Any] | None


class Routes:
    """A collection of routes. A method and path is answered once."""

    def __init__(self, *parts: "Routes") -> None:
        self._routes: dict[tuple[str, str], Route] = {}
        for part in parts:
            for route in part:
                self._add(route)

    def __iter__(self) -> Iterator[Route]:
        return iter(self._routes.values())

    def __len__(self) -> int:
        return len(self._routes)

    def handles(self, endpoint: Endpoint[P, R]) -> Callable[[Handler[P, R]], Handler[P, R]]:
        """Decorates the function that answers `endpoint`; the function stays callable as it is."""

        def register(handler: Handler[P, R]) -> Handler[P, R]:
            self._add(Route(endpoint, handler))
            return handler

        return register

    def waits(self, endpoint: Endpoint[Any, Any]) -> None:
        """`endpoint` is a long poll, which the edge answers without a handler."""
        assert endpoint.long_poll, f"{endpoint.name} is declared as an ordinary endpoint"
        self._add(Route(endpoint, None))

    def _add(self, route: Route) -> None:
        key = (route.endpoint.method, route.endpoint.path)
        if key in self._routes:
            raise ValueError(f"two handlers for {key[0]} {key[1]}")
        self._routes[key] = route
