"""The declared endpoints agree with the facts of the wire, and the document made of them is sound."""

import json
import re
import typing
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec
import pytest
import yaml
from msgspec import UNSET, UnsetType

from aloha import contract
from aloha.contract import ENDPOINTS, ERROR_CODES, BoundParam, Endpoint, Field
from aloha.contract.endpoint import split_annotation
from aloha.contract.openapi import AREAS, make_openapi, openapi_yaml
from aloha.contract.yaml import to_yaml

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT.parent / "shared" / "contract"

BY_ROUTE = {f"{endpoint.method} {endpoint.path}": endpoint for endpoint in ENDPOINTS}

# What the list of facts does not have and clients need.
NOT_LISTED = {
    "DELETE /users/me/avatar",
    "POST /users/me/avatar",
    "DELETE /bots/{bot_id}",
    "DELETE /default_stream_groups/{group_id}",
    "DELETE /realm/domains/{domain}",
    "DELETE /realm/profile_fields/{field_id}",
    "DELETE /users/me/profile_data",
    "GET /bots",
    "GET /bots/{bot_id}/api_key",
    "GET /realm/domains",
    "GET /users/{user_id}/channels",
    "PATCH /bots/{bot_id}",
    "PATCH /default_stream_groups/{group_id}",
    "PATCH /default_stream_groups/{group_id}/streams",
    "PATCH /realm",
    "PATCH /realm/domains/{domain}",
    "PATCH /realm/profile_fields/{field_id}",
    "PATCH /settings/display",
    "PATCH /settings/notifications",
    "PATCH /users/me/profile_data",
    "PATCH /users/me/subscriptions/{stream_id}",
    "POST /bots",
    "POST /bots/{bot_id}/api_key/regenerate",
    "POST /channels/create",
    "POST /default_stream_groups/create",
    "POST /realm/deactivate",
    "POST /realm/domains",
    "POST /submessage",
    "POST /users/me/api_key/regenerate",
    "POST /users/me/onboarding_steps",
    "POST /users/{user_id}/status",
}
# What came after the feature level of the list.
NEWER = {
    "DELETE /reminders/{reminder_id}",
    "GET /reminders",
    "POST /reminders",
}
EXTRA_PARAMETERS = {
    "GET /messages": {"anchor_date"},
    "PATCH /messages/{message_id}": {"prev_content_sha256"},
    "POST /register": {"idle_queue_timeout", "queue_lifespan_secs"},
    "PATCH /streams/{stream_id}": {"is_archived"},
    "POST /users/me/subscriptions": {"send_new_subscription_messages"},
    "PATCH /user_groups/{user_group_id}": {"deactivated"},
    "GET /users": {"user_ids"},
}
EXTRA_RESULTS = {
    "POST /users/me/subscriptions": {"new_subscription_messages_sent"},
    "GET /messages": {"last_event_id"},
    "GET /server_settings": {"aloha_feature_level", "aloha_version"},
}
# Types that differ on purpose: wider than the list, which is what the server accepts; or the picture itself.
OTHER_TYPES = {
    ("POST /user_uploads", "filename"): "a file is bytes",
    ("POST /messages/flags/narrow", "narrow"): "the operand of a pair may be an id",
    ("POST /register", "include_subscribers"): "may also be partial",
    ("GET /users/me/subscriptions", "include_subscribers"): "may also be partial",
    ("POST /register", "narrow"): "terms may also be objects, and an operand an id",
    ("GET /messages", "narrow"): "the operand of a pair may be an id",
    ("PATCH /users/me/subscriptions", "add"): "colour and description may be left out",
    ("POST /realm/emoji/{emoji_name}", "filename"): "a file is bytes",
}
OPEN_TO_ALL = {
    "GET /server_settings",
}


def facts() -> dict[str, Any]:
    if not FACTS.exists():
        pytest.skip("../shared/contract is not here: nothing to compare with")
    loaded: dict[str, Any] = yaml.safe_load((FACTS / "endpoints.yaml").read_text())
    return loaded


def listed() -> Iterator[tuple[str, Endpoint[Any, Any], dict[str, Any]]]:
    known = facts()
    for route, endpoint in BY_ROUTE.items():
        if route not in NOT_LISTED | NEWER:
            yield route, endpoint, known[route]


# A type of the wire as plain data, so that both spellings compare: a name, ("enum", values), ("list", type),
# ("object", fields), or a frozenset of these for a union.


def union(types: list[Any]) -> Any:
    items = [type_[1] for type_ in types if isinstance(type_, tuple) and type_[0] == "list"]
    flat = frozenset(type_ for type_ in types if not (isinstance(type_, tuple) and type_[0] == "list"))
    if items:
        flat |= {("list", union(items))}
    return next(iter(flat)) if len(flat) == 1 else flat


def wire_of_fact(fact: Any) -> Any:
    if isinstance(fact, dict):
        if "list of" in fact:
            return ("list", wire_of_fact(fact["list of"]))
        if "one of" in fact:
            return union([wire_of_fact(one) for one in fact["one of"]])
        return ("object", frozenset((name, wire_of_fact(type_)) for name, type_ in fact.items()))
    if fact == "group_setting":
        members = {"direct_members": "[integer]", "direct_subgroups": "[integer]"}
        return union(["integer", wire_of_fact(members)])
    if fact.startswith("enum("):
        return ("enum", frozenset(fact[5:-1].split(", ")))
    if " | " in fact:
        return union([wire_of_fact(one) for one in fact.split(" | ")])
    return ("list", wire_of_fact(fact[1:-1])) if fact.startswith("[") else fact


PLAIN = {str: "string", int: "integer", bool: "boolean", NoneType: "null", bytes: "bytes"}


def wire_of_type(type_: Any) -> Any:
    if type_ in PLAIN:
        return PLAIN[type_]
    origin, args = get_origin(type_), get_args(type_)
    if origin in (Union, UnionType):
        return union([wire_of_type(arg) for arg in args if arg is not UnsetType])
    if origin is Literal:
        return ("enum", frozenset(str(arg) for arg in args))
    if origin in (list, Sequence):
        return ("list", wire_of_type(args[0]))
    if origin is tuple:
        return ("list", union([wire_of_type(arg) for arg in args]))
    if origin is dict:
        return "object"
    hints = typing.get_type_hints(type_)
    fields = msgspec.structs.fields(type_)
    return (
        "object",
        frozenset((f.encode_name + ("" if f.required else "?"), wire_of_type(hints[f.name])) for f in fields),
    )


def agree(ours: Any, fact: Any) -> bool:
    """Equal; or more exact than the list, where it says no more than `object` or `string`."""
    if fact == "object" or (isinstance(fact, tuple) and fact[1] == "object" and ours[0] == "list"):
        return True
    if fact == "string" and isinstance(ours, tuple) and ours[0] == "enum":
        return True
    return bool(ours == fact)


def test_every_declared_endpoint_is_a_listed_one() -> None:
    assert set(BY_ROUTE) - set(facts()) == NOT_LISTED | NEWER


def test_parameters_are_those_of_the_list_and_in_the_same_place() -> None:
    for route, endpoint, fact in listed():
        ours = {param.name: (param.where, param.param.json) for param in endpoint.bound_params()}
        for extra in EXTRA_PARAMETERS.get(route, set()):
            del ours[extra]
        theirs = {name: (p["in"], p.get("json", False)) for name, p in (fact.get("parameters") or {}).items()}
        assert ours == theirs, route


def test_required_default_and_deprecated_are_those_of_the_list() -> None:
    for route, endpoint, fact in listed():
        for param in endpoint.bound_params():
            if param.name in EXTRA_PARAMETERS.get(route, set()):
                continue
            known = fact["parameters"][param.name]
            default = UNSET if known.get("required") else known.get("default", UNSET)
            ours = list(param.default) if param.default == () else param.default
            assert (param.required, ours, param.param.deprecated) == (
                known.get("required", False),
                default,
                known.get("deprecated", False),
            ), (route, param.name)


def test_types_are_those_of_the_list() -> None:
    for route, endpoint, fact in listed():
        for param in endpoint.bound_params():
            if param.name in EXTRA_PARAMETERS.get(route, set()):
                continue
            ours, theirs = wire_of_type(param.type), wire_of_fact(fact["parameters"][param.name]["type"])
            differs = (route, param.name) in OTHER_TYPES
            assert agree(ours, theirs) is not differs, (route, param.name, ours, theirs)


def test_results_have_the_fields_of_the_list() -> None:
    for route, endpoint, fact in listed():
        if not isinstance(fact["returns"], dict):
            continue  # the list refers to another file, which the tests of events and register compare
        theirs = {name.removesuffix(" (deprecated)").removesuffix("?") for name in fact["returns"]}
        ours = {field.encode_name for field in msgspec.structs.fields(endpoint.result)}
        assert ours - EXTRA_RESULTS.get(route, set()) == theirs, route


def test_errors_areas_and_authentication_are_those_of_the_list() -> None:
    for route, endpoint, fact in listed():
        codes = {code for codes in fact.get("errors", {}).values() for code in codes}
        assert codes <= set(endpoint.errors), route
        assert set(endpoint.errors) <= set(ERROR_CODES), route
        assert endpoint.area == fact["area"], route
        assert endpoint.deprecated == fact.get("deprecated", False), route
        assert endpoint.auth == (fact.get("auth") != "none" and route not in OPEN_TO_ALL), route


def test_names_are_those_of_the_list() -> None:
    for _, endpoint, fact in listed():
        assert endpoint.name == fact["operation"].replace("-", "_")


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_a_declaration_is_whole(endpoint: Endpoint[Any, Any]) -> None:
    params = endpoint.bound_params()
    assert {p.name for p in params if p.where == "path"} == set(re.findall(r"{(\w+)}", endpoint.path))
    assert all(param.param.doc.endswith((".", "`")) for param in params)
    assert all(_has_example(param) for param in params)
    assert endpoint.area in AREAS
    assert endpoint.summary
    assert not endpoint.summary.endswith(".")
    assert endpoint.doc.endswith(".")
    hints = typing.get_type_hints(endpoint.result, include_extras=True)
    assert all(split_annotation(hint, Field)[1].doc for hint in hints.values())


def _has_example(param: BoundParam) -> bool:
    """A parameter that is no boolean, file or choice with a default shows a value, and one that it could have."""
    if param.param.example is UNSET:
        return param.where == "file" or bool in (param.type, *get_args(param.type)) or param.default is not UNSET
    msgspec.convert(param.param.example, param.type)
    return True


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_an_example_is_a_result(endpoint: Endpoint[Any, Any]) -> None:
    decoded = msgspec.convert(endpoint.example_result, endpoint.result)
    assert msgspec.to_builtins(decoded).keys() == endpoint.example_result.keys()


def test_names_and_routes_are_unique() -> None:
    assert len({endpoint.name for endpoint in ENDPOINTS}) == len(ENDPOINTS) == len(BY_ROUTE)


def test_the_public_list_is_sorted_and_true() -> None:
    names = contract.__all__
    assert names == sorted(names, key=lambda name: (not name.isupper(), name))
    assert all(hasattr(contract, name) for name in names)


def _samples() -> Iterator[tuple[str, Endpoint[Any, Any], dict[str, Any]]]:
    routes = [
        (endpoint.method, re.compile(re.sub(r"{(\w+)}", _segment, endpoint.path) + r"\Z"), endpoint)
        for endpoint in sorted(ENDPOINTS, key=lambda endpoint: endpoint.path.count("{"))
    ]
    for path in sorted((FACTS / "samples").glob("*.json")):
        sample = json.loads(path.read_text())
        for method, pattern, endpoint in routes:
            if method == sample["request"]["method"] and pattern.match(sample["request"]["path"]):
                yield path.name, endpoint, sample
                break


def _segment(name: re.Match[str]) -> str:
    return r"\d+" if name[1].endswith("_id") else r"[^/]+"


def test_recorded_answers_decode_into_the_results() -> None:
    facts()
    seen = set()
    for name, endpoint, sample in _samples():
        if sample["status"] != 200:
            continue
        body = sample["body"]
        if endpoint.name == "get_messages":
            body = {**body, "last_event_id": 7}  # ours
        if endpoint.name == "register_queue":
            body = {**body, "aloha_version": "0.1.0", "aloha_feature_level": 1}  # ours
        if "_raw" in body:
            continue
        try:
            msgspec.convert(body, endpoint.result)
        except msgspec.ValidationError as error:
            pytest.fail(f"{name}: {error}")
        seen.add(endpoint.name)
    assert len(seen) > 20


def test_recorded_refusals_carry_declared_codes() -> None:
    facts()
    for name, endpoint, sample in _samples():
        if code := sample["body"].get("code"):
            assert code in ERROR_CODES, name
            if code == "UNAUTHORIZED_PRINCIPAL":
                assert code in endpoint.errors, name


def _refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(ref := value.get("$ref"), str):
            yield ref
        for inner in value.values():
            yield from _refs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _refs(inner)


def test_every_reference_of_the_document_resolves() -> None:
    document = make_openapi()
    refs = set(_refs(document))
    assert len(refs) > 50
    for ref in refs:
        target: Any = document
        for key in ref.removeprefix("#/").split("/"):
            target = target[key]
        assert target, ref


def test_the_document_has_every_endpoint_and_every_parameter() -> None:
    paths = make_openapi()["paths"]
    for endpoint in ENDPOINTS:
        operation = paths[endpoint.path][endpoint.method.lower()]
        names = {parameter["name"] for parameter in operation.get("parameters", [])}
        for media in operation.get("requestBody", {"content": {}})["content"].values():
            names |= media["schema"]["properties"].keys()
        assert names == {param.name for param in endpoint.bound_params()}


def test_the_document_describes_every_property() -> None:
    for name, schema in make_openapi()["components"]["schemas"].items():
        if name in ("Success", "Error"):
            continue
        for key, value in schema.get("properties", {}).items():
            assert "description" in value or "enum" in value or key in ("type", "op"), (name, key)


def test_the_document_is_stable_and_its_text_says_the_same() -> None:
    assert openapi_yaml() == openapi_yaml()
    plain = json.loads(json.dumps(make_openapi()))
    assert yaml.load(openapi_yaml(), yaml.CSafeLoader) == plain


def test_the_checked_in_document_is_current() -> None:
    assert (ROOT / "docs" / "aloha.yaml").read_text(encoding="utf-8") == openapi_yaml()


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        "",
        {"a": {}, "b": [], "c": None, "d": [[1, 2], [{"x": 1, "y": [True]}]]},
        {"yes": "no", "null": "~", "1": "2", "a: b": "c # d", "200": "2026-11-23"},
        {"text": "two\nlines", "spaces": "  first\nis indented", "end": "newline\n", "gap": "a\n\nb"},
        {"odd": ["\t", "\x85", "\u2028", "é 🙂", '"', "- a", "a:", " a", "a ", "trailing \nspace"]},
        {"list": ["one\ntwo", {"k": "v\nw"}]},
    ],
)
def test_yaml_says_what_the_data_says(value: Any) -> None:
    assert yaml.safe_load(to_yaml(value)) == value
