"""From what a request carries to the struct that its endpoint declares.

The endpoint is looked at once, when its `Plan` is made; a request pays for dictionary look-ups and one decoder call
per value. A value that is not a plain string travels as JSON. Where its type also admits a string, text that is not
JSON, or is a bare JSON word or number that the type does not admit, is that string: clients send both `"general"` and
`general`.
"""

import types
import typing
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin
from urllib.parse import parse_qsl

import msgspec

from aloha.contract.endpoint import BoundParam, Endpoint, Request, UnsetType
from aloha.contract.errors import ApiError, MissingParameterError
from aloha_server.api.context import UploadedFile

P = TypeVar("P", bound=Request)
Decoder = Callable[[str], Any]


class _PlannedParam(msgspec.Struct, frozen=True):
    field: str
    name: str
    names: tuple[str, ...]
    required: bool
    decode: Decoder


class Plan(Generic[P]):
    """How one endpoint's parameters are decoded."""

    def __init__(self, endpoint: Endpoint[P, Any]) -> None:
        self._struct = endpoint.params
        self._path: list[tuple[str, str]] = []
        self._files: list[tuple[str, BoundParam]] = []
        self._params: list[_PlannedParam] = []
        fields = msgspec.structs.fields(endpoint.params)
        for field, bound in zip(fields, endpoint.bound_params(), strict=True):
            if bound.where == "path":
                self._path.append((field.name, bound.name))
            elif bound.where == "file":
                self._files.append((field.name, bound))
            else:
                names = (bound.name, *bound.param.aliases)
                self._params.append(_PlannedParam(field.name, bound.name, names, bound.required, make_decoder(bound)))
        self._known = {name for param in self._params for name in param.names}
        self.takes_files = bool(self._files)

    def decode(
        self,
        path_params: Mapping[str, str | int],
        values: Mapping[str, str],
        files: Mapping[str, UploadedFile],
    ) -> tuple[P, list[str]]:
        """The parameters, and the names that the endpoint does not know, in the order in which they came."""
        fields: dict[str, Any] = {}
        for field, name in self._path:
            _refuse_nul(name, str(path_params[name]))
            fields[field] = path_params[name]
        for param in self._params:
            text = _first(values, param.names)
            if text is not None:
                _refuse_nul(param.name, text)
                fields[param.field] = param.decode(text)
            elif param.required:
                raise MissingParameterError(param.name)
        ignored = [name for name in values if name not in self._known]
        ignored += self._take_files(fields, files)
        return self._struct(**fields), ignored

    def _take_files(self, fields: dict[str, Any], files: Mapping[str, UploadedFile]) -> list[str]:
        """A client may call a file what it likes where only one is expected: the `zulip` package uses its path."""
        left = dict(files)
        for field, bound in self._files:
            file = left.pop(bound.name, None)
            if file is None and left and len(self._files) == 1:
                file = left.pop(next(iter(left)))
            if file is not None:
                fields[field] = file.data
            elif bound.required:
                raise ApiError("You must specify a file to upload")
        return list(left)


def decode_params(
    endpoint: Endpoint[P, Any],
    path_params: Mapping[str, str | int],
    query: bytes,
    form: Mapping[str, str],
    files: Mapping[str, UploadedFile],
) -> tuple[P, list[str]]:
    """Decodes once; the edge keeps a `Plan` per endpoint instead."""
    values = {**parse_query(query), **form}
    return Plan(endpoint).decode(path_params, values, files)


def parse_query(query: bytes, fields_max: int = 256) -> dict[str, str]:
    """Of a repeated name the last value counts. Bytes that are not UTF-8 become the replacement character."""
    if not query:
        return {}
    try:
        return dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=fields_max))
    except ValueError as error:
        raise ApiError("Too many parameters") from error


def make_decoder(bound: BoundParam) -> Decoder:
    """From the text of a parameter to its value; raises ApiError."""
    members = _members(bound.type)
    if not bound.param.json and all(map(_is_text, members)):
        return _text_decoder(bound.name, members)
    return _json_decoder(bound.name, members)


def _text_decoder(name: str, members: tuple[Any, ...]) -> Decoder:
    if members == (str,):
        return str
    type_ = _union(members)

    def decode(text: str) -> Any:
        try:
            return msgspec.convert(text, type_)
        except msgspec.ValidationError as error:
            raise ApiError(f"Invalid {name}: {error}") from error

    return decode


def _json_decoder(name: str, members: tuple[Any, ...]) -> Decoder:
    type_ = _union(members)
    decode_json = msgspec.json.Decoder(type_, strict=False).decode
    texts = tuple(filter(_is_text, members))
    decode_text = _text_decoder(name, texts) if texts else None

    def decode(text: str) -> Any:
        try:
            value = decode_json(text)
        except msgspec.ValidationError as error:
            if decode_text is not None and text.lstrip()[:1] not in ("[", "{", '"'):
                return decode_text(text)
            raise ApiError(_mismatch(name, members, str(error))) from error
        except msgspec.DecodeError as error:
            if decode_text is not None:
                return decode_text(text)
            raise ApiError(_mismatch(name, members, "")) from error
        if "\\u0000" in text:
            _refuse_nul_inside(name, value)
        return value

    return decode


def _mismatch(name: str, members: tuple[Any, ...], detail: str) -> str:
    if members == (int,):
        return f"{name} is not an integer"
    if members == (bool,):
        return f"{name} is not a boolean"
    return f"Invalid {name}: {detail}" if detail else f"{name} is not valid JSON"


def _members(type_: Any) -> tuple[Any, ...]:
    """A union's types without UNSET, which never travels."""
    if get_origin(type_) in (Union, types.UnionType):
        return tuple(member for member in get_args(type_) if member is not UnsetType)
    return (type_,)


def _union(members: tuple[Any, ...]) -> Any:
    return Union[members]  # noqa: UP007  # made at run time


def _is_text(type_: Any) -> bool:
    if get_origin(type_) is Annotated:
        return _is_text(get_args(type_)[0])
    if get_origin(type_) is Literal:
        return all(isinstance(value, str) for value in get_args(type_))
    return isinstance(type_, type) and issubclass(type_, str)


def _first(values: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    for name in names:
        if name in values:
            return values[name]
    return None


def _refuse_nul(name: str, text: str) -> None:
    """PostgreSQL's text has no NUL."""
    if "\0" in text:
        raise ApiError(f"{name} contains a NUL character")


def _refuse_nul_inside(name: str, value: object) -> None:
    pending = [msgspec.to_builtins(value)]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            _refuse_nul(name, item)
        elif isinstance(item, dict):
            pending += [*item.keys(), *item.values()]
        elif isinstance(item, typing.Collection):
            pending += item
