"""Who is there, and what people say of themselves: presence and status."""

from typing import Annotated, Literal

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import PresenceEntry, PresenceValue, UserStatus, WireObject

from ._params import UserId

EXAMPLE_SLIM = {"active_timestamp": 1_795_452_101, "idle_timestamp": 1_795_452_101}
EXAMPLE_ENTRY = {"client": "website", "status": "active", "timestamp": 1_795_452_101, "pushable": False}


class UpdatePresence(Request, frozen=True, kw_only=True):
    status: Annotated[
        Literal["idle", "active"],
        Param("Whether the user is using the client, or it is only running.", example="active"),
    ]
    last_update_id: Annotated[
        int | UnsetType,
        Param(
            "The `presence_last_update_id` of the last answer: only what changed since then is answered. -1 asks for "
            "everything. Where it is given, the answer is in the modern form.",
            example=5,
        ),
    ] = UNSET
    history_limit_days: Annotated[
        int | UnsetType,
        Param("How many days back a user was last seen to be in the answer; 14 unless given.", example=14),
    ] = UNSET
    new_user_input: Annotated[bool, Param("Whether the user did something since the last report.")] = False
    ping_only: Annotated[bool, Param("Whether only to report: nobody's presence is answered then.")] = False
    slim_presence: Annotated[
        bool, Param("Whether the answer is keyed by user id and in the modern form.", deprecated=True)
    ] = False


class UpdatePresenceResult(Result, kw_only=True):
    presence_last_update_id: Annotated[
        int | UnsetType, Field("Up to which update the answer tells: to be given as `last_update_id` next time.")
    ] = UNSET
    server_timestamp: Annotated[float | UnsetType, Field("The server's time, in UNIX seconds.")] = UNSET
    presences: Annotated[
        dict[str, PresenceValue] | UnsetType, Field("Presence by user id or, in the older form, by address.")
    ] = UNSET
    zephyr_mirror_active: Annotated[
        bool | UnsetType, Field("Of another server's mirrors; never there.", deprecated=True)
    ] = UNSET


update_presence = Endpoint(
    name="update_presence",
    method="POST",
    path="/users/me/presence",
    area="users",
    summary="Report your presence",
    doc=(
        "Reports that the user is there, and answers who else is. Clients that people use do this about once a minute, "
        "as `server_presence_ping_interval_seconds` says; bots do not, and are refused.\n\n"
        "A user who turned `presence_enabled` off is reported to nobody."
    ),
    params=UpdatePresence,
    result=UpdatePresenceResult,
    errors=("BAD_REQUEST",),
    example_result={
        "presences": {"10": EXAMPLE_SLIM},
        "presence_last_update_id": 1_795_452_101_673,
        "server_timestamp": 1_795_452_101.67,
    },
)


class GetUserPresence(Request, frozen=True, kw_only=True):
    user_id_or_email: Annotated[str, Param("The user's id or address.", example="9")]


class SeenEntry(WireObject, kw_only=True):
    """When a user was last seen with one kind of client."""

    timestamp: Annotated[int, Field("When, in UNIX seconds.")]
    status: Annotated[str, Field("`active` or `idle`; `offline` in `aggregated` where that is long ago.")]


class GetUserPresenceResult(Result, kw_only=True):
    presence: Annotated[
        dict[str, SeenEntry] | UnsetType,
        Field("When the user was last seen, by kind of client; `aggregated` is the best of all."),
    ] = UNSET


get_user_presence = Endpoint(
    name="get_user_presence",
    method="GET",
    path="/users/{user_id_or_email}/presence",
    area="users",
    summary="Get a user's presence",
    doc="Reads when one user was last seen. For the presence of everybody, `POST /users/me/presence` is cheaper.",
    params=GetUserPresence,
    result=GetUserPresenceResult,
    errors=("BAD_REQUEST",),
    example_result={"presence": {"aggregated": {"timestamp": 1_795_452_101, "status": "active"}}},
)


class GetPresence(Request, frozen=True, kw_only=True):
    pass


class GetPresenceResult(Result, kw_only=True):
    server_timestamp: Annotated[float | UnsetType, Field("The server's time, in UNIX seconds.")] = UNSET
    presences: Annotated[
        dict[str, dict[str, PresenceEntry]] | UnsetType,
        Field("By the users' addresses: their presence by kind of client."),
    ] = UNSET


get_presence = Endpoint(
    name="get_presence",
    method="GET",
    path="/realm/presence",
    area="server_and_organizations",
    summary="Get everybody's presence",
    doc=(
        "Reads when each user was last seen, in the older form. A client that shows presence reports its own with "
        "`POST /users/me/presence`, whose answer has the same, and only what changed."
    ),
    params=GetPresence,
    result=GetPresenceResult,
    example_result={
        "presences": {"user10@aloha.example": {"aggregated": EXAMPLE_ENTRY, "website": EXAMPLE_ENTRY}},
        "server_timestamp": 1_795_452_101.67,
    },
)

StatusText = Annotated[
    str | UnsetType, Param("The text, of at most 60 characters; empty to clear it.", example="on vacation")
]
EmojiName = Annotated[str | UnsetType, Param("The emoji's name; empty to clear it.", example="car")]
EmojiCode = Annotated[str | UnsetType, Param("The emoji's code, where the name is not enough.", example="1f697")]
EmojiKind = Annotated[
    str | UnsetType,
    Param(
        "The namespace of the emoji: `unicode_emoji`, `realm_emoji` or `zulip_extra_emoji`.", example="unicode_emoji"
    ),
]


class UpdateStatus(Request, frozen=True, kw_only=True):
    status_text: StatusText = UNSET
    away: Annotated[
        bool | UnsetType,
        Param("Whether to appear away: the opposite of the setting `presence_enabled`.", json=True, deprecated=True),
    ] = UNSET
    emoji_name: EmojiName = UNSET
    emoji_code: EmojiCode = UNSET
    reaction_type: EmojiKind = UNSET


update_status = Endpoint(
    name="update_status",
    method="POST",
    path="/users/me/status",
    area="users",
    summary="Set your status",
    doc="Sets the text and the emoji that others see beside the user's name. What is not given stays.",
    params=UpdateStatus,
    result=Empty,
    errors=("BAD_REQUEST",),
)


class UpdateUserStatus(Request, frozen=True, kw_only=True):
    user_id: UserId
    status_text: StatusText = UNSET
    emoji_name: EmojiName = UNSET
    emoji_code: EmojiCode = UNSET
    reaction_type: EmojiKind = UNSET


update_user_status = Endpoint(
    name="update_user_status",
    method="POST",
    path="/users/{user_id}/status",
    area="users",
    summary="Set a user's status",
    doc="Sets another user's status. For administrators.",
    params=UpdateUserStatus,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
)


class GetUserStatus(Request, frozen=True, kw_only=True):
    user_id: UserId


class GetUserStatusResult(Result, kw_only=True):
    status: Annotated[UserStatus | UnsetType, Field("The status; empty where the user has none.")] = UNSET


get_user_status = Endpoint(
    name="get_user_status",
    method="GET",
    path="/users/{user_id}/status",
    area="users",
    summary="Get a user's status",
    doc="Reads the text and the emoji that a user shows beside their name.",
    params=GetUserStatus,
    result=GetUserStatusResult,
    errors=("BAD_REQUEST",),
    example_result={"status": {"status_text": "on vacation", "emoji_name": "car", "emoji_code": "1f697"}},
)
