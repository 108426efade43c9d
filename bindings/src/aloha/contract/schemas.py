"""JSON schemas of the declared types, with their descriptions.

msgspec knows how a type is decoded; the declarations know what each field means. Here the two are brought together.
"""

import inspect
import typing
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import UnsetType

from .endpoint import Field, split_annotation

REF = "#/components/schemas/"
Schema = dict[str, Any]


def strip_unset(type_: Any) -> Any:
    """The type without UNSET, which says that a value may be absent and never travels."""
    if get_origin(type_) in (Union, UnionType):
        rest = [arg for arg in get_args(type_) if arg is not UnsetType]
        return reduce(or_, rest)
    return type_


def make_schemas(types: Iterable[Any]) -> tuple[list[Schema], dict[str, Schema]]:
    """A schema for each type, in order, and by name the described schemas of the structs that they refer to."""
    wanted = [strip_unset(type_) for type_ in types]
    structs = list(dict.fromkeys(_structs(wanted, set())))
    schemas, components = msgspec.json.schema_components([*wanted, *structs], ref_template=REF + "{name}")
    for struct, ref in zip(structs, schemas[len(wanted) :], strict=True):
        _describe(struct, components[ref["$ref"].removeprefix(REF)])
    return list(schemas[: len(wanted)]), dict(sorted(components.items()))


def _structs(types: Iterable[Any], seen: set[Any]) -> Iterator[type[msgspec.Struct]]:
    for type_ in types:
        if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
            if type_ not in seen:
                seen.add(type_)
                yield type_
                yield from _structs(typing.get_type_hints(type_).values(), seen)
        else:
            yield from _structs((arg for arg in get_args(type_) if not isinstance(arg, str)), seen)


def _describe(struct: type[msgspec.Struct], schema: Schema) -> None:
    schema.pop("title", None)
    schema.pop("description", None)
    if doc := struct.__dict__.get("__doc__"):
        schema["description"] = inspect.cleandoc(doc)
    hints = typing.get_type_hints(struct, include_extras=True)
    for field in msgspec.structs.fields(struct):
        hint = hints[field.name]
        if get_origin(hint) is Annotated:
            about = split_annotation(hint, Field)[1]
            schema["properties"][field.encode_name] |= about_field(about)


def about_field(about: Field) -> Schema:
    """What is said of a field beside its type."""
    return {"description": about.doc} | ({"deprecated": True} if about.deprecated else {})


__all__ = ["REF", "Schema", "about_field", "make_schemas", "strip_unset"]
