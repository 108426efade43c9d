"""From a path to the routes that it matches, the most specific first.

Each segment is tried as a literal, then as digits where the parameter is an int, then as any text: `/users/me` is never
a user called "me", and `/users/7` is never an email. A last parameter called `filename` takes the rest of the path.
Segments are percent-decoded one by one, so an encoded slash stays inside its segment.
"""

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin
from urllib.parse import unquote

from aloha.contract.endpoint import BoundParam
from aloha_server.api.routing import Route, Routes

PathParams = dict[str, str | int]

_REST = "filename"
_INT_DIGITS_MAX = 18


class _Node:
    """One segment deep in the tree. Values stand in `values`; their names belong to the routes."""

    def __init__(self) -> None:
        self.literals: dict[str, _Node] = {}
        self.digits: _Node | None = None
        self.text: _Node | None = None
        self.rest: _Node | None = None
        self.routes: dict[str, tuple[Route, tuple[str, ...]]] = {}


class Found:
    """What a path leads to: a route per method."""

    def __init__(self) -> None:
        self.by_method: dict[str, tuple[Route, PathParams]] = {}

    @property
    def allow(self) -> str:
        """The value of the Allow header."""
        methods = set(self.by_method) | {"OPTIONS"}
        get = self.by_method.get("GET")
        if get is not None and not get[0].endpoint.long_poll:
            methods.add("HEAD")
        return ", ".join(sorted(methods))


class Router:
    def __init__(self, routes: Routes) -> None:
        self._root = _Node()
        for route in routes:
            self._add(route)

    def find(self, path: str) -> Found:
        """`path` is percent-encoded as it came, without the prefix of the API."""
        found = Found()
        segments = [unquote(segment) for segment in path.split("/")[1:]]
        for node, values in _walk(self._root, segments, 0, ()):
            for method, (route, names) in node.routes.items():
                found.by_method.setdefault(method, (route, dict(zip(names, values, strict=True))))
        return found

    def _add(self, route: Route) -> None:
        params = {param.name: param for param in route.endpoint.bound_params()}
        segments = route.endpoint.path.split("/")[1:]
        node, names = self._root, []
        for position, segment in enumerate(segments):
            if not segment.startswith("{"):
                node = node.literals.setdefault(segment, _Node())
                continue
            name = segment[1:-1]
            names.append(name)
            last = position == len(segments) - 1
            node = _child(node, params[name], takes_rest=last and name == _REST)
        node.routes[route.endpoint.method] = (route, tuple(names))


def _child(node: _Node, param: BoundParam, *, takes_rest: bool) -> _Node:
    if takes_rest:
        node.rest = node.rest or _Node()
        return node.rest
    if _is_int(param.type):
        node.digits = node.digits or _Node()
        return node.digits
    node.text = node.text or _Node()
    return node.text


def _walk(
    node: _Node, segments: list[str], at: int, values: tuple[str | int, ...]
) -> Iterator[tuple[_Node, tuple[str | int, ...]]]:
    if at == len(segments):
        yield node, values
        return
    segment = segments[at]
    if (literal := node.literals.get(segment)) is not None:
        yield from _walk(literal, segments, at + 1, values)
    if node.digits is not None and _is_digits(segment):
        yield from _walk(node.digits, segments, at + 1, (*values, int(segment)))
    if node.text is not None and segment:
        yield from _walk(node.text, segments, at + 1, (*values, segment))
    if node.rest is not None and segment:
        yield node.rest, (*values, "/".join(segments[at:]))


def _is_digits(segment: str) -> bool:
    return segment.isascii() and segment.isdigit() and len(segment) <= _INT_DIGITS_MAX


def _is_int(type_: Any) -> bool:
    return type_ is int or (get_origin(type_) is Annotated and get_args(type_)[0] is int)
