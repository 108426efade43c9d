"""People and bots of the organization."""

from typing import Annotated, Any

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import CustomProfileValue, Role, User

from ._params import UserId

_ROLES = "100 owner, 200 administrator, 300 moderator, 400 member, 600 guest"

ClientGravatar = Annotated[
    bool, Param("Whether the client computes gravatar URLs itself, so that `avatar_url` may be null.")
]
WithProfile = Annotated[bool, Param("Whether to include the custom profile fields, as `profile_data`.")]
Email = Annotated[
    str,
    Param(
        "The user's address: the real one where the caller may see it, or the one that stands for it.",
        example="iago@aloha.example",
    ),
]
FullName = Annotated[str | UnsetType, Param("The new name.", example="Iago of Venice")]
NewRole = Annotated[int | UnsetType, Param(f"The new role: {_ROLES}.", json=True, example=300)]
ProfileData = Annotated[
    list[dict[str, Any]] | UnsetType,
    Param(
        "Custom profile fields to set: objects with the field's `id` and its `value`, whose type is the field's.",
        json=True,
        example=[{"id": 4, "value": "vim"}],
    ),
]
NewEmail = Annotated[
    str | UnsetType, Param("The new address; only some administrators may set it.", example="i@aloha.example")
]

EXAMPLE_USER = {
    "user_id": 9,
    "email": "user9@aloha.example",
    "delivery_email": "iago@aloha.example",
    "full_name": "Iago",
    "date_joined": "2026-11-01T09:00+00:00",
    "is_active": True,
    "is_owner": False,
    "is_admin": True,
    "is_guest": False,
    "is_bot": False,
    "role": 200,
    "timezone": "Europe/Rome",
    "avatar_url": None,
    "avatar_version": 1,
}


class GetUsers(Request, frozen=True, kw_only=True):
    client_gravatar: ClientGravatar = True
    include_custom_profile_fields: WithProfile = False
    user_ids: Annotated[
        list[int] | UnsetType, Param("Only these users, as far as they exist.", json=True, example=[9, 10])
    ] = UNSET


class GetUsersResult(Result, kw_only=True):
    members: Annotated[list[User], Field("Everybody whom the caller may know of, deactivated users and bots included.")]


get_users = Endpoint(
    name="get_users",
    method="GET",
    path="/users",
    area="users",
    summary="Get all users",
    doc="Lists the users of the organization. A guest sees only those whom the organization's settings let guests see.",
    params=GetUsers,
    result=GetUsersResult,
    example_result={"members": [EXAMPLE_USER]},
)


class CreateUser(Request, frozen=True, kw_only=True):
    email: Annotated[str, Param("The new user's address.", example="puck@aloha.example")]
    password: Annotated[str, Param("The first password.", example="a midsummer night")]
    full_name: Annotated[str, Param("The new user's name.", example="Puck")]


class CreateUserResult(Result, kw_only=True):
    user_id: Annotated[int, Field("The new user's id.")]


create_user = Endpoint(
    name="create_user",
    method="POST",
    path="/users",
    area="users",
    summary="Create a user",
    doc="Creates an account without an invitation. Administrators who have been given this right may.",
    params=CreateUser,
    result=CreateUserResult,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
    example_result={"user_id": 31},
)


class GetOwnUser(Request, frozen=True, kw_only=True):
    pass


class GetOwnUserResult(Result, kw_only=True):
    user_id: Annotated[int, Field("The user's id.")]
    email: Annotated[str, Field("The address that others use for the user in the API.")]
    delivery_email: Annotated[str, Field("The real address.")]
    full_name: Annotated[str, Field("The name.")]
    role: Annotated[Role, Field(f"The role: {_ROLES}.")]
    is_owner: Annotated[bool, Field("Whether the user is an owner.")]
    is_admin: Annotated[bool, Field("Whether the user is an administrator or owner.")]
    is_guest: Annotated[bool, Field("Whether the user is a guest.")]
    is_bot: Annotated[bool, Field("Whether the user is a bot.")]
    is_active: Annotated[bool, Field("Whether the account is active.")]
    timezone: Annotated[str, Field("The time zone from the profile, as an IANA name, or empty.")]
    date_joined: Annotated[str, Field("When the account was made, in ISO 8601.")]
    avatar_url: Annotated[str, Field("Where the avatar is.")]
    avatar_version: Annotated[int, Field("Rises each time the avatar changes.")]
    profile_data: Annotated[
        dict[str, CustomProfileValue] | UnsetType, Field("Custom profile fields by the field's id; bots have none.")
    ] = UNSET
    max_message_id: Annotated[
        int | UnsetType, Field("The id of the newest message that the user got, or -1.", deprecated=True)
    ] = UNSET


get_own_user = Endpoint(
    name="get_own_user",
    method="GET",
    path="/users/me",
    area="users",
    summary="Get yourself",
    doc="Reads the profile of the user whose credentials are used: also the simplest way to test them.",
    params=GetOwnUser,
    result=GetOwnUserResult,
    example_result={
        **EXAMPLE_USER,
        "avatar_url": "https://aloha.example/user_avatars/2/9.png",
        "profile_data": {"4": {"value": "vim"}},
        "max_message_id": 902,
    },
)


class GetUser(Request, frozen=True, kw_only=True):
    user_id: UserId
    client_gravatar: ClientGravatar = True
    include_custom_profile_fields: WithProfile = False


class UserResult(Result, kw_only=True):
    user: Annotated[User, Field("The user.")]


get_user = Endpoint(
    name="get_user",
    method="GET",
    path="/users/{user_id}",
    area="users",
    summary="Get a user",
    doc="Reads one user by id.",
    params=GetUser,
    result=UserResult,
    errors=("BAD_REQUEST",),
    example_result={"user": EXAMPLE_USER},
)


class GetUserByEmail(Request, frozen=True, kw_only=True):
    email: Email
    client_gravatar: ClientGravatar = True
    include_custom_profile_fields: WithProfile = False


get_user_by_email = Endpoint(
    name="get_user_by_email",
    method="GET",
    path="/users/{email}",
    area="users",
    summary="Get a user by address",
    doc="Reads one user by email address. An id is better: addresses change, and what they show depends on who asks.",
    params=GetUserByEmail,
    result=UserResult,
    errors=("BAD_REQUEST",),
    example_result={"user": EXAMPLE_USER},
)


class UpdateUser(Request, frozen=True, kw_only=True):
    user_id: UserId
    full_name: FullName = UNSET
    role: NewRole = UNSET
    profile_data: ProfileData = UNSET
    new_email: NewEmail = UNSET


_UPDATE_DOC = (
    "Changes another user's name, role, address or profile fields. For administrators; only owners may make or "
    "unmake owners."
)

update_user = Endpoint(
    name="update_user",
    method="PATCH",
    path="/users/{user_id}",
    area="users",
    summary="Change a user",
    doc=_UPDATE_DOC,
    params=UpdateUser,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL", "CANNOT_DEACTIVATE_LAST_USER"),
)


class UpdateUserByEmail(Request, frozen=True, kw_only=True):
    email: Email
    full_name: FullName = UNSET
    role: NewRole = UNSET
    profile_data: ProfileData = UNSET
    new_email: NewEmail = UNSET


update_user_by_email = Endpoint(
    name="update_user_by_email",
    method="PATCH",
    path="/users/{email}",
    area="users",
    summary="Change a user by address",
    doc=_UPDATE_DOC,
    params=UpdateUserByEmail,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL", "CANNOT_DEACTIVATE_LAST_USER"),
)


class DeactivateUser(Request, frozen=True, kw_only=True):
    user_id: UserId
    deactivation_notification_comment: Annotated[
        str | UnsetType,
        Param("A word to the user: where it is given, they are told by email.", example="Thank you for everything."),
    ] = UNSET


deactivate_user = Endpoint(
    name="deactivate_user",
    method="DELETE",
    path="/users/{user_id}",
    area="users",
    summary="Deactivate a user",
    doc=(
        "Deactivates an account, with the bots it owns: it can no longer log in, its API key and event queues end at "
        "once, and what it wrote stays."
    ),
    params=DeactivateUser,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL", "CANNOT_DEACTIVATE_LAST_USER"),
)


class DeactivateOwnUser(Request, frozen=True, kw_only=True):
    pass


deactivate_own_user = Endpoint(
    name="deactivate_own_user",
    method="DELETE",
    path="/users/me",
    area="users",
    summary="Deactivate your account",
    doc="Deactivates the user's own account, with the bots it owns. The last owner of an organization cannot leave it.",
    params=DeactivateOwnUser,
    result=Empty,
    errors=("BAD_REQUEST", "CANNOT_DEACTIVATE_LAST_USER"),
)


class ReactivateUser(Request, frozen=True, kw_only=True):
    user_id: UserId


reactivate_user = Endpoint(
    name="reactivate_user",
    method="POST",
    path="/users/{user_id}/reactivate",
    area="users",
    summary="Reactivate a user",
    doc="Opens a deactivated account again, with its subscriptions and its history.",
    params=ReactivateUser,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
)
