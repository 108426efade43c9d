"""How an endpoint is declared: one value from which the server's route and decoding, the client's methods,
`docs/aloha.yaml` and the contract tests are made.

    from typing import Annotated
    from aloha.contract.endpoint import Endpoint, Field, Param, Request, Result

    class GetStreamId(Request, frozen=True, kw_only=True):
        stream: Annotated[str, Param("The channel's name.", example="general")]

    class GetStreamIdResult(Result, kw_only=True):
        stream_id: Annotated[int, Field("The channel's id.")]

    get_stream_id = Endpoint(
        name="get_stream_id",
        method="GET",
        path="/get_stream_id",
        area="channels",
        summary="Get a channel's id",
        doc="Finds a channel by its name.",
        params=GetStreamId,
        result=GetStreamIdResult,
    )

Parameters without a default are required; an optional one has the default UNSET (or its value), and `None`
only where null means something on the wire.
"""

import typing
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import UNSET, UnsetType

Where = Literal["path", "query", "form", "file"]
Method = Literal["GET", "POST", "PATCH", "DELETE", "PUT"]


class Request(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The parameters of an endpoint, decoded."""


class Result(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What a success returns, beside `result` and `msg`."""


class Empty(Result):
    """A success that returns nothing more."""


class Param(msgspec.Struct, frozen=True):
    """What the type of a parameter does not tell.

    `json` says that the value is JSON inside the form or query string (so are all values that are not
    strings); a `json` value whose type admits a string may also come as that bare string. `where` is found
    from the path and the method unless given. `aliases` are other names that older clients use.
    """

    doc: str
    json: bool = False
    where: Where | None = None
    aliases: tuple[str, ...] = ()
    deprecated: bool = False
    example: Any = UNSET


class Field(msgspec.Struct, frozen=True):
    """What the type of a returned field does not tell."""

    doc: str
    deprecated: bool = False


class BoundParam(msgspec.Struct, frozen=True):
    """A parameter of an endpoint with everything that is known of it."""

    name: str
    type: Any
    param: Param
    where: Where
    required: bool
    default: Any  # UNSET where absence means something of its own


P = TypeVar("P", bound=Request)
R = TypeVar("R", bound=Result)


class Endpoint(msgspec.Struct, Generic[P, R], frozen=True, kw_only=True):
    """One operation of the API. `path` is below `/api/v1` and names its path parameters in braces."""

    name: str
    method: Method
    path: str
    area: str
    summary: str
    doc: str
    params: type[P]
    result: type[R]
    errors: tuple[str, ...] = ()
    auth: bool = True
    anonymous: bool = False  # with `auth`: may also be called without credentials, for what everybody may see
    deprecated: bool = False
    long_poll: bool = False
    example_result: dict[str, Any] = {}

    def bound_params(self) -> tuple[BoundParam, ...]:
        """Every parameter, in the order of declaration."""
        hints = typing.get_type_hints(self.params, include_extras=True)
        bound = []
        for field in msgspec.structs.fields(self.params):
            type_, param = split_annotation(hints[field.name], Param)
            name = field.encode_name
            if f"{{{name}}}" in self.path:
                where: Where = "path"
            else:
                where = param.where or ("query" if self.method == "GET" else "form")
            default = UNSET if field.required else _default_of(field)
            bound.append(BoundParam(name, type_, param, where, field.required, default))
        return tuple(bound)


def _default_of(field: msgspec.structs.FieldInfo) -> Any:
    return field.default if field.default is not msgspec.NODEFAULT else field.default_factory()


A = TypeVar("A", Param, Field)


def split_annotation(hint: Any, kind: type[A]) -> tuple[Any, A]:
    """The type of `Annotated[type, Param(...)]` and its `Param` (or `Field`); msgspec's own Meta stays in the type."""
    if get_origin(hint) is Annotated:
        type_, *extras = get_args(hint)
        found = [extra for extra in extras if isinstance(extra, kind)]
        rest: list[Any] = [extra for extra in extras if not isinstance(extra, kind)]
        if found:
            return (Annotated[type_, *rest] if rest else type_), found[0]
    raise TypeError(f"a declaration without its {kind.__name__}: {hint!r}")


__all__ = [
    "UNSET",
    "BoundParam",
    "Empty",
    "Endpoint",
    "Field",
    "Param",
    "Request",
    "Result",
    "UnsetType",
    "split_annotation",
]
