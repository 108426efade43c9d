"""How a client comes by its API key."""

from typing import Annotated

from aloha.contract.endpoint import UNSET, Endpoint, Field, Param, Request, Result, UnsetType


class FetchApiKey(Request, frozen=True, kw_only=True):
    username: Annotated[
        str,
        Param(
            "The user's email address, or the user name of the directory that signs people in.",
            example="iago@aloha.example",
        ),
    ]
    password: Annotated[str, Param("The user's password.", example="correct horse battery staple")]


class DevFetchApiKey(Request, frozen=True, kw_only=True):
    username: Annotated[str, Param("The email address of a demo user.", example="iago@aloha.example")]


class ApiKeyResult(Result, kw_only=True):
    api_key: Annotated[str, Field("The key: with `email` it authenticates every other request.")]
    email: Annotated[str, Field("The address to use as the user name of HTTP Basic authentication.")]
    user_id: Annotated[int | UnsetType, Field("The user's id.")] = UNSET


class RegeneratedApiKey(Result, kw_only=True):
    api_key: Annotated[str, Field("The new key.")]


_KEY_EXAMPLE = {"api_key": "q3Zt0m8wXJ5rVbN1cYk7LhSdFgTpAe2U", "email": "iago@aloha.example", "user_id": 9}

fetch_api_key = Endpoint(
    name="fetch_api_key",
    method="POST",
    path="/fetch_api_key",
    area="authentication",
    summary="Get an API key with a password",
    doc=(
        "Trades a user name and password for the user's API key. Clients with a log-in form call this once and "
        "keep the key; the password itself need not be stored.\n\n"
        "A wrong password and an unknown user get the same answer, in about the same time."
    ),
    params=FetchApiKey,
    result=ApiKeyResult,
    errors=("AUTHENTICATION_FAILED", "USER_DEACTIVATED", "REALM_DEACTIVATED"),
    auth=False,
    example_result=_KEY_EXAMPLE,
)

dev_fetch_api_key = Endpoint(
    name="dev_fetch_api_key",
    method="POST",
    path="/dev_fetch_api_key",
    area="authentication",
    summary="Get an API key on a demo server",
    doc=(
        "Returns the API key of any demo user, without a password. It exists only on a server started with "
        "`--demo`; every other server answers as for an unknown URL."
    ),
    params=DevFetchApiKey,
    result=ApiKeyResult,
    errors=("AUTHENTICATION_FAILED", "USER_DEACTIVATED", "REALM_DEACTIVATED"),
    auth=False,
    example_result=_KEY_EXAMPLE,
)


class RegenerateOwnApiKey(Request, frozen=True, kw_only=True):
    pass


regenerate_own_api_key = Endpoint(
    name="regenerate_own_api_key",
    method="POST",
    path="/users/me/api_key/regenerate",
    area="authentication",
    summary="Replace your API key",
    doc=(
        "Makes a new API key for the user who asks and revokes the old one at once: requests with the old key "
        "are refused and its waiting polls end."
    ),
    params=RegenerateOwnApiKey,
    result=RegeneratedApiKey,
    example_result={"api_key": "Wd6vHn2sKx9QeR4tYbM1pZcU8fJgLa5T"},
)
