"""The declared events and the register result against the facts of the wire: every field, its type, none extra."""

import typing
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
import pytest
import yaml

from aloha.contract.endpoint import Field, split_annotation
from aloha.contract.events import EVENT_KINDS
from aloha.contract.objects import GroupSettingMembers
from aloha.contract.register import SECTIONS, RegisterResult

CONTRACT = Path(__file__).parents[3] / "shared" / "contract"
if not CONTRACT.is_dir():
    pytest.skip("the facts of the wire (../shared/contract) are not here", allow_module_level=True)

EVENTS: dict[str, Any] = yaml.safe_load((CONTRACT / "events.yaml").read_text())
REGISTER: dict[str, Any] = yaml.safe_load((CONTRACT / "register.yaml").read_text())

PRIMITIVES = {"string": str, "integer": int, "boolean": bool, "number": float, "null": type(None)}
# What is declared beyond the facts: Aloha's own names, and what samples of newer servers or of sends show.
EXTRA = {
    "message.local_message_id",
    "presence.presences",
    "restart.aloha_version",
    "restart.aloha_feature_level",
    "register.aloha_version",
    "register.aloha_feature_level",
    "realm_bot / remove.bot.full_name",
    "realm_bot / delete.bot.full_name",
}
# What came after the facts' feature level, as in newer.yaml: kinds of events, and sections of the initial state.
NEWER_EVENTS = {"reminders / add", "reminders / remove"}
NEWER_SECTIONS = {"reminders": {"reminders"}}
EXTRA |= {f"register.{field}" for fields in NEWER_SECTIONS.values() for field in fields}
# Nothing tells apart two structs, or a struct and a map, in one place of JSON; these are declared more loosely.
LOOSE = {"register.presences.<key>"}


def alternatives(hint: Any) -> set[Any]:
    """The types that a hint admits, without UNSET and annotations."""
    if get_origin(hint) is Annotated:
        return alternatives(get_args(hint)[0])
    if get_origin(hint) in (UnionType, typing.Union):
        return {found for arg in get_args(hint) for found in alternatives(arg)}
    return set() if hint is msgspec.UnsetType else {hint}


def differences(path: str, wire: Any, hint: Any) -> list[str]:
    """How a declared type differs from the wire's notation."""
    if path in LOOSE:
        return []
    declared = alternatives(hint)
    if isinstance(wire, dict) and "one of" in wire:
        return one_of(path, wire["one of"], hint)
    if isinstance(wire, dict) and "list of" in wire:
        lists = [found for found in declared if get_origin(found) is list]
        return differences(path, wire["list of"], get_args(lists[0])[0]) if lists else [f"{path}: no list"]
    if isinstance(wire, dict) and "<key>" in wire:
        maps = [found for found in declared if get_origin(found) is dict]
        return differences(f"{path}.<key>", wire["<key>"], get_args(maps[0])[1]) if maps else [f"{path}: no map"]
    if isinstance(wire, dict):
        structs = [found for found in declared if isinstance(found, type) and issubclass(found, msgspec.Struct)]
        return fields(path, wire, structs[0]) if structs else [f"{path}: no object"]
    return leaf(path, wire, declared)


def one_of(path: str, choices: list[Any], hint: Any) -> list[str]:
    """Objects among the choices are declared as one struct that has the fields of all."""
    plain = [choice for choice in choices if not isinstance(choice, dict) or "list of" in choice]
    found = [problem for choice in plain for problem in differences(path, choice, hint)]
    merged = {key: value for choice in choices if choice not in plain for key, value in choice.items()}
    return found + (differences(path, merged, hint) if merged else [])


def fields(path: str, wire: dict[str, Any], struct: type[msgspec.Struct]) -> list[str]:
    hints = typing.get_type_hints(struct, include_extras=True)
    expected = {key.split(" ")[0].rstrip("?"): (key, value) for key, value in wire.items()}
    names = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    if path in {f"{kind.type} / {kind.op}" for kind in EVENT_KINDS.values()} | {k.type for k in EVENT_KINDS.values()}:
        names = {name: field for name, field in names.items() if name not in ("id", "op")}
    found = [f"{path}.{name}: not declared" for name in expected.keys() - names.keys()]
    found += [f"{path}.{n}: not on the wire" for n in names.keys() - expected.keys() if f"{path}.{n}" not in EXTRA]
    for name in expected.keys() & names.keys():
        key, value = expected[name]
        about = split_annotation(hints[names[name].name], Field)[1]
        if "(deprecated)" in key and not about.deprecated:
            found.append(f"{path}.{name}: deprecated on the wire")
        if key.split(" ")[0].endswith("?") and names[name].required:
            found.append(f"{path}.{name}: may be absent on the wire")
        found += differences(f"{path}.{name}", value, hints[names[name].name])
    return found


def leaf(path: str, wire: str, declared: set[Any]) -> list[str]:
    expected = wire_types(wire)
    if not isinstance(expected, tuple):
        missing = expected - {type(value) for found in declared if is_literal(found) for value in get_args(found)}
        missing -= {found if get_origin(found) is None else tuple(sorted_args(found)) for found in declared}
        return [f"{path}: {wire} against {declared}"] if missing else []
    literals = {value for found in declared if is_literal(found) for value in get_args(found)}
    return [] if literals == set(expected) else [f"{path}: {wire} against {declared}"]


def wire_types(wire: str) -> set[Any] | tuple[Any, ...]:
    """The types that a notation names; for an enum, its values."""
    if wire.startswith("enum("):
        return tuple(int(value) if value.isdigit() else value for value in wire[5:-1].split(", "))
    if wire == "group_setting":
        return {int, GroupSettingMembers}
    if wire.startswith("[["):
        return {(list, wire[1:-1])}
    found: set[Any] = set()
    for part in wire.split(" | "):
        found.add((list, part[1:-1]) if part.startswith("[") else PRIMITIVES[part])
    return found


def sorted_args(hint: Any) -> list[Any]:
    """A list type in the notation of `wire_types`."""
    if get_origin(hint) is not list:
        return [hint]
    names = {type_: name for name, type_ in PRIMITIVES.items()}
    inner = get_args(hint)[0]
    if get_origin(inner) is list:
        return [list, f"[{spell(alternatives(get_args(inner)[0]), names)}]"]
    return [list, spell(alternatives(inner), names)]


def spell(types: set[Any], names: dict[Any, str]) -> str:
    return " | ".join(sorted(names.get(type_, "?") for type_ in types))


def is_literal(hint: Any) -> bool:
    return get_origin(hint) is Literal


def normal(wire: Any) -> Any:
    """The same facts with the types inside lists in alphabetical order."""
    if isinstance(wire, dict):
        return {key: normal(value) for key, value in wire.items()}
    if isinstance(wire, list):
        return [normal(value) for value in wire]
    return wire.replace("string | integer", "integer | string").replace("enum(, ", "enum(, ")


def kind_name(type_: str, op: str | None) -> str:
    return type_ if op is None else f"{type_} / {op}"


def test_every_event_of_the_wire_is_declared_and_no_other() -> None:
    assert {kind_name(*key) for key in EVENT_KINDS} == EVENTS.keys() | NEWER_EVENTS


LISTED = [key for key in EVENT_KINDS if kind_name(*key) not in NEWER_EVENTS]


@pytest.mark.parametrize("key", LISTED, ids=lambda key: kind_name(*key))
def test_event_has_the_fields_of_the_wire(key: tuple[str, str | None]) -> None:
    name = kind_name(*key)
    wire = normal(EVENTS[name])
    assert fields(name, wire, EVENT_KINDS[key].struct) == []


def test_register_result_has_the_fields_of_the_wire() -> None:
    flat = {key: value for section in REGISTER.values() for key, value in section.items()}
    assert fields("register", normal(flat), RegisterResult) == []


def test_sections_are_those_of_the_wire() -> None:
    wire = {name: {key.split(" ")[0] for key in section} for name, section in REGISTER.items() if name != "always"}
    assert {name: set(names) for name, names in SECTIONS.items()} == wire | NEWER_SECTIONS


def test_every_struct_and_field_is_described() -> None:
    seen: set[Any] = set()
    wanted: list[Any] = [RegisterResult, *(kind.struct for kind in EVENT_KINDS.values())]
    while wanted:
        struct = wanted.pop()
        if struct in seen:
            continue
        seen.add(struct)
        assert (struct.__doc__ or "").strip(), struct
        for hint in typing.get_type_hints(struct, include_extras=True).values():
            assert split_annotation(hint, Field)[1].doc.endswith("."), (struct, hint)
            wanted += nested_structs(hint)


def nested_structs(hint: Any) -> list[type[msgspec.Struct]]:
    found = []
    for type_ in alternatives(hint):
        if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
            found.append(type_)
        found += [struct for arg in get_args(type_) if not is_literal(type_) for struct in nested_structs(arg)]
    return found
