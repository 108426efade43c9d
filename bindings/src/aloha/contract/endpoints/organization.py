"""The server and the organization: what anyone may ask, the organization's settings, its own emoji."""

from types import NoneType
from typing import Annotated, Any, Literal, cast, get_args

import msgspec

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import RealmEmoji
from aloha.contract.settings import REALM_SETTINGS, RealmSetting

from ._params import GroupSettingUpdate


class GetServerSettings(Request, frozen=True, kw_only=True):
    pass


class ExternalAuthenticationMethod(msgspec.Struct, kw_only=True):
    """A way to log in through another service."""

    name: Annotated[str, Field("A name for the method, unique on the server.")]
    display_name: Annotated[str, Field("What to write on the button.")]
    display_icon: Annotated[str | None, Field("An image for the button, if there is one.")]
    login_url: Annotated[str, Field("Where to go to log in.")]
    signup_url: Annotated[str, Field("Where to go to make an account.")]


class ServerSettings(Result, kw_only=True):
    authentication_methods: Annotated[dict[str, bool], Field("Which kinds of log-in are on, by name.", deprecated=True)]
    external_authentication_methods: Annotated[
        list[ExternalAuthenticationMethod], Field("The log-ins through other services, in the order to show them.")
    ]
    zulip_version: Annotated[str, Field("The version of Zulip whose API this server speaks.")]
    zulip_feature_level: Annotated[int, Field("The feature level of that API.")]
    zulip_merge_base: Annotated[str, Field("Empty; kept for clients that read it.")]
    aloha_version: Annotated[str | UnsetType, Field("Aloha's own version.")] = UNSET
    aloha_feature_level: Annotated[
        int | UnsetType, Field("Rises with each addition to the API that is Aloha's own.")
    ] = UNSET
    push_notifications_enabled: Annotated[bool, Field("Whether the server can notify mobile devices.")]
    is_incompatible: Annotated[bool, Field("Whether the client that asks is too old for this server.")]
    email_auth_enabled: Annotated[bool, Field("Whether an address and a password log in.")]
    require_email_format_usernames: Annotated[bool, Field("Whether user names have the form of email addresses.")]
    realm_url: Annotated[str | UnsetType, Field("The organization's URL.")] = UNSET
    realm_uri: Annotated[str | UnsetType, Field("The older name of `realm_url`.", deprecated=True)] = UNSET
    realm_name: Annotated[str | UnsetType, Field("The organization's name.")] = UNSET
    realm_icon: Annotated[str | UnsetType, Field("The URL of the organization's icon.")] = UNSET
    realm_description: Annotated[str | UnsetType, Field("The organization's description, as HTML.")] = UNSET
    realm_web_public_access_enabled: Annotated[
        bool | UnsetType, Field("Whether some channels can be read without an account.")
    ] = UNSET


get_server_settings = Endpoint(
    name="get_server_settings",
    method="GET",
    path="/server_settings",
    area="server_and_organizations",
    summary="Get what a log-in page needs",
    doc=(
        "Tells what this server is, and how to log in to the organization at this URL. It needs no credentials: "
        "clients ask it first.\n\n"
        "The fields that begin with `realm_` are absent where no organization lives at the URL."
    ),
    params=GetServerSettings,
    result=ServerSettings,
    auth=False,
    example_result={
        "authentication_methods": {"password": True, "email": True, "dev": False},
        "external_authentication_methods": [],
        "zulip_version": "10.2",
        "zulip_feature_level": 372,
        "zulip_merge_base": "",
        "aloha_version": "0.1.0",
        "aloha_feature_level": 1,
        "push_notifications_enabled": False,
        "is_incompatible": False,
        "email_auth_enabled": True,
        "require_email_format_usernames": True,
        "realm_url": "https://aloha.example",
        "realm_uri": "https://aloha.example",
        "realm_name": "Aloha",
        "realm_icon": "https://aloha.example/user_avatars/2/realm/icon.png",
        "realm_description": "<p>Tea, soup and code</p>",
        "realm_web_public_access_enabled": False,
    },
)


def _request_type(setting: RealmSetting) -> Any:
    """What a request may carry: a permission comes with what it replaces, and no limit is also `unlimited`."""
    if setting.group:
        return GroupSettingUpdate
    if NoneType in get_args(setting.type) or setting.name == "message_retention_days":
        return setting.type | Literal["unlimited"]
    return setting.type


def _example(setting: RealmSetting) -> Any:
    return {"new": 14, "old": 13} if setting.group else setting.default


def _request_field(setting: RealmSetting) -> tuple[str, Any, Any]:
    type_ = _request_type(setting)
    is_text = isinstance(setting.default, str) and not setting.group
    param = Param(setting.doc, json=not is_text, example=_example(setting))
    return setting.name, Annotated[type_ | UnsetType, param], UNSET


def _result_field(setting: RealmSetting) -> tuple[str, Any, Any]:
    return setting.name, Annotated[setting.type | UnsetType, Field(setting.doc)], UNSET


UpdateRealm = cast(
    "type[Request]",
    msgspec.defstruct(
        "UpdateRealm",
        [_request_field(setting) for setting in REALM_SETTINGS.values()],
        bases=(Request,),
        module=__name__,
        frozen=True,
        kw_only=True,
        omit_defaults=True,
    ),
)
UpdateRealmResult = cast(
    "type[Result]",
    msgspec.defstruct(
        "UpdateRealmResult",
        [_result_field(setting) for setting in REALM_SETTINGS.values()],
        bases=(Result,),
        module=__name__,
        kw_only=True,
        omit_defaults=True,
    ),
)

update_realm = Endpoint(
    name="update_realm",
    method="PATCH",
    path="/realm",
    area="server_and_organizations",
    summary="Change the organization's settings",
    doc=(
        "Changes settings of the organization; what is not given stays. For administrators, and a few settings for "
        "owners alone.\n\n"
        "A permission is given as `new`, with `old` to say what it is believed to be: where another administrator "
        "has changed it meanwhile, the request is refused. The answer repeats what was changed."
    ),
    params=UpdateRealm,
    result=UpdateRealmResult,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL", "EXPECTATION_MISMATCH"),
    example_result={"inline_image_preview": True},
)


class DeactivateRealm(Request, frozen=True, kw_only=True):
    pass


deactivate_realm = Endpoint(
    name="deactivate_realm",
    method="POST",
    path="/realm/deactivate",
    area="server_and_organizations",
    summary="Deactivate the organization",
    doc=(
        "Closes the organization: clients hear of it, and every request after is refused with REALM_DEACTIVATED. "
        "Nothing is deleted. For owners; only the server's command line opens it again."
    ),
    params=DeactivateRealm,
    result=Empty,
    errors=("UNAUTHORIZED_PRINCIPAL",),
)

EmojiName = Annotated[str, Param("The emoji's name: lower-case letters, digits, `_` and `-`.", example="party_parrot")]


class GetCustomEmoji(Request, frozen=True, kw_only=True):
    pass


class GetCustomEmojiResult(Result, kw_only=True):
    emoji: Annotated[dict[str, RealmEmoji], Field("The organization's own emoji by id, the deactivated ones included.")]


get_custom_emoji = Endpoint(
    name="get_custom_emoji",
    method="GET",
    path="/realm/emoji",
    area="server_and_organizations",
    summary="Get the organization's own emoji",
    doc="Lists the emoji that people of the organization have uploaded.",
    params=GetCustomEmoji,
    result=GetCustomEmojiResult,
    example_result={
        "emoji": {
            "3": {
                "id": "3",
                "name": "party_parrot",
                "source_url": "/user_avatars/2/emoji/images/3.png",
                "still_url": None,
                "deactivated": False,
                "author_id": 9,
            }
        }
    },
)


class UploadCustomEmoji(Request, frozen=True, kw_only=True):
    emoji_name: EmojiName
    filename: Annotated[
        bytes | UnsetType,
        Param("The picture, as the request's one file; the name of its form field does not matter.", where="file"),
    ] = UNSET


upload_custom_emoji = Endpoint(
    name="upload_custom_emoji",
    method="POST",
    path="/realm/emoji/{emoji_name}",
    area="server_and_organizations",
    summary="Upload an emoji",
    doc=(
        "Adds an emoji to the organization. Pictures are scaled to 64 pixels; animated ones also get a still picture."
    ),
    params=UploadCustomEmoji,
    result=Empty,
    errors=("BAD_REQUEST", "REQUEST_TOO_LARGE"),
)


class DeactivateCustomEmoji(Request, frozen=True, kw_only=True):
    emoji_name: EmojiName


deactivate_custom_emoji = Endpoint(
    name="deactivate_custom_emoji",
    method="DELETE",
    path="/realm/emoji/{emoji_name}",
    area="server_and_organizations",
    summary="Deactivate an emoji",
    doc=(
        "Takes an emoji out of use: where it stands already it stays visible, new messages and reactions cannot use "
        "it. For the one who uploaded it and for administrators. An unknown name is answered with HTTP 404."
    ),
    params=DeactivateCustomEmoji,
    result=Empty,
    errors=("BAD_REQUEST",),
)
