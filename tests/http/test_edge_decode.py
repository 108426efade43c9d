from typing import Annotated, Any, Literal

import msgspec
import pytest
from tests.http.edge_kit import endpoint

from aloha.contract.endpoint import UNSET, Param, Request, UnsetType
from aloha.contract.errors import ApiError
from aloha_server.api.context import UploadedFile
from aloha_server.http.decode import decode_params, parse_query


class Narrow(msgspec.Struct):
    operator: str
    operand: str | int


class Params(Request, frozen=True):
    text: Annotated[str | UnsetType, Param("Text.")] = UNSET
    kind: Annotated[Literal["a", "b"] | UnsetType, Param("One of two.")] = UNSET
    number: Annotated[int | UnsetType, Param("A number.")] = UNSET
    flag: Annotated[bool | UnsetType, Param("Yes or no.")] = UNSET
    anchor: Annotated[int | Literal["newest"] | UnsetType, Param("A place.")] = UNSET
    to: Annotated[list[int | str] | int | str | UnsetType, Param("Whom.", json=True)] = UNSET
    numbers: Annotated[list[int] | UnsetType, Param("Numbers.", json=True)] = UNSET
    narrow: Annotated[list[Narrow] | UnsetType, Param("A narrow.", json=True)] = UNSET
    maybe: Annotated[int | UnsetType | None, Param("A number or null.", json=True)] = UNSET
    new: Annotated[str | UnsetType, Param("Renamed.", aliases=("old", "older"))] = UNSET


ENDPOINT = endpoint("e", "POST", "/e", Params)


def decode(name: str, text: str) -> Any:
    params, ignored = decode_params(ENDPOINT, {}, b"", {name: text}, {})
    assert not ignored
    return getattr(params, {"old": "new", "older": "new"}.get(name, name))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("text", "plain", "plain"),
        ("text", '"quoted"', '"quoted"'),
        ("text", "", ""),
        ("kind", "a", "a"),
        ("number", "5", 5),
        ("number", "-5", -5),
        ("number", '"5"', 5),
        ("flag", "true", True),
        ("flag", "false", False),
        ("anchor", "newest", "newest"),
        ("anchor", '"newest"', "newest"),
        ("anchor", "17", 17),
        ("to", "general", "general"),
        ("to", '"general"', "general"),
        ("to", "17", 17),
        ("to", '["a", 7]', ["a", 7]),
        ("to", "true", "true"),
        ("to", "1.5", "1.5"),
        ("to", "[general", "[general"),
        ("numbers", "[1, 2]", [1, 2]),
        ("narrow", '[{"operator": "is", "operand": "dm"}]', [Narrow("is", "dm")]),
        ("maybe", "null", None),
        ("maybe", "3", 3),
        ("old", "x", "x"),
        ("older", "x", "x"),
        ("numbers", "[]", []),
    ],
)
def test_a_value_is_decoded(name: str, text: str, value: object) -> None:
    assert decode(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "msg"),
    [
        ("kind", "c", "Invalid kind: "),
        ("number", "x", "number is not an integer"),
        ("number", "", "number is not an integer"),
        ("number", "true", "number is not an integer"),
        ("number", "1.5", "number is not an integer"),
        ("flag", "maybe", "flag is not a boolean"),
        ("flag", "7", "flag is not a boolean"),
        ("anchor", "oldest", "Invalid anchor: "),
        ("numbers", "[1,", "numbers is not valid JSON"),
        ("numbers", '["a"]', "Invalid numbers: "),
        ("numbers", "{}", "Invalid numbers: "),
        ("to", '{"a": 1}', "Invalid to: "),
        ("narrow", '[{"operator": "is"}]', "Invalid narrow: "),
        ("text", "a\0b", "text contains a NUL character"),
        ("to", '["a\\u0000b"]', "to contains a NUL character"),
        ("narrow", '[{"operator": "is", "operand": "\\u0000"}]', "narrow contains a NUL character"),
    ],
)
def test_a_malformed_value_is_refused(name: str, text: str, msg: str) -> None:
    with pytest.raises(ApiError) as caught:
        decode(name, text)
    assert caught.value.code == "BAD_REQUEST"
    assert caught.value.msg.startswith(msg)


def test_an_escaped_backslash_before_u0000_is_no_nul() -> None:
    assert decode("to", '["\\\\u0000"]') == ["\\u0000"]


def test_absent_values_are_their_defaults_and_unknown_names_come_back_in_order() -> None:
    params, ignored = decode_params(ENDPOINT, {}, b"zz=1&aa=2", {"text": "t", "mm": "3"}, {})
    assert params == Params(text="t")
    assert ignored == ["zz", "aa", "mm"]


class Required(Request, frozen=True):
    user_id: Annotated[int, Param("Who.")]
    text: Annotated[str, Param("Text.")]


def test_a_missing_parameter_is_named() -> None:
    required = endpoint("r", "POST", "/users/{user_id}", Required)
    with pytest.raises(ApiError) as caught:
        decode_params(required, {"user_id": 1}, b"", {}, {})
    assert caught.value.envelope()["var_name"] == "text"
    assert caught.value.code == "REQUEST_VARIABLE_MISSING"


def test_a_path_parameter_comes_from_the_path_alone() -> None:
    required = endpoint("r", "POST", "/users/{user_id}", Required)
    params, ignored = decode_params(required, {"user_id": 1}, b"user_id=2", {"text": "t"}, {})
    assert (params.user_id, ignored) == (1, ["user_id"])


class Upload(Request, frozen=True):
    file: Annotated[bytes, Param("A file.", where="file")]


def test_files_are_given_as_their_bytes_and_one_too_many_comes_back() -> None:
    upload = endpoint("u", "POST", "/u", Upload)
    one, two = UploadedFile("1", "", b"1"), UploadedFile("2", "", b"2")
    params, ignored = decode_params(upload, {}, b"", {}, {"x": one, "file": two})
    assert (params.file, ignored) == (b"2", ["x"])


def test_of_a_repeated_name_the_last_counts_and_bad_utf8_is_replaced() -> None:
    assert parse_query(b"a=1&a=2&b=%FF&c=&d=%C3%A9+x") == {"a": "2", "b": "\ufffd", "c": "", "d": "é x"}


def test_too_many_parameters_are_refused() -> None:
    with pytest.raises(ApiError):
        parse_query(b"a&b&c", fields_max=2)
