"""Bots, for those who own them and for administrators."""

from typing import Annotated, Any

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import WireObject

BotId = Annotated[int, Param("The bot's user id.", example=31)]
_AVATAR = "https://aloha.example/user_avatars/1/31.png"


class OwnedBot(WireObject, kw_only=True):
    """A bot of the user's, as `GET /bots` lists it."""

    username: Annotated[str, Field("Its address.")]
    full_name: Annotated[str, Field("Its name.")]
    api_key: Annotated[str, Field("Its API key.")]
    avatar_url: Annotated[str, Field("Its avatar.")]
    default_sending_stream: Annotated[str | None, Field("Where it sends unless it says; null today.")]
    default_events_register_stream: Annotated[str | None, Field("Which channel its queues watch; null today.")]
    default_all_public_streams: Annotated[bool, Field("Whether its queues watch all public channels; false today.")]


class GetBots(Request, frozen=True, kw_only=True):
    pass


class GetBotsResult(Result, kw_only=True):
    bots: Annotated[list[OwnedBot], Field("The user's active bots.")]


get_bots = Endpoint(
    name="get_bots",
    method="GET",
    path="/bots",
    area="users",
    summary="Get your bots",
    doc="Lists the bots that the user owns, with their API keys.",
    params=GetBots,
    result=GetBotsResult,
    example_result={
        "bots": [
            {
                "username": "deploy-bot@aloha.example",
                "full_name": "Deploy",
                "api_key": "qqRL5xqGzTnA0WJIFBfSVh3ZrOEmP4Ku",
                "avatar_url": _AVATAR,
                "default_sending_stream": None,
                "default_events_register_stream": None,
                "default_all_public_streams": False,
            }
        ]
    },
)


class CreateBot(Request, frozen=True, kw_only=True):
    full_name: Annotated[str, Param("The bot's name.", example="Deploy")]
    short_name: Annotated[
        str, Param("The beginning of its address, to which `-bot` and a domain are added.", example="deploy")
    ]
    bot_type: Annotated[int, Param("1 generic, 2 incoming webhook: a bot that only sends.", json=True, example=1)] = 1


class CreateBotResult(Result, kw_only=True):
    user_id: Annotated[int, Field("The bot's user id.")]
    api_key: Annotated[str, Field("Its API key.")]
    avatar_url: Annotated[str, Field("Its avatar.")]
    default_sending_stream: Annotated[str | None, Field("Null today.")]
    default_events_register_stream: Annotated[str | None, Field("Null today.")]
    default_all_public_streams: Annotated[bool, Field("False today.")]


create_bot = Endpoint(
    name="create_bot",
    method="POST",
    path="/bots",
    area="users",
    summary="Create a bot",
    doc=(
        "Makes a bot that the user owns. Who may is what `realm_can_create_bots_group` says and, for bots that only "
        "send, `realm_can_create_write_only_bots_group`."
    ),
    params=CreateBot,
    result=CreateBotResult,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
    example_result={
        "user_id": 31,
        "api_key": "qqRL5xqGzTnA0WJIFBfSVh3ZrOEmP4Ku",
        "avatar_url": _AVATAR,
        "default_sending_stream": None,
        "default_events_register_stream": None,
        "default_all_public_streams": False,
    },
)


class UpdateBot(Request, frozen=True, kw_only=True):
    bot_id: BotId
    full_name: Annotated[str | UnsetType, Param("The new name.", example="Deployer")] = UNSET
    role: Annotated[int | UnsetType, Param("The new role, which administrators may set.", json=True, example=400)] = (
        UNSET
    )
    bot_owner_id: Annotated[int | UnsetType, Param("The id of the new owner.", json=True, example=9)] = UNSET


class UpdateBotResult(Result, kw_only=True):
    full_name: Annotated[str, Field("Its name.")]
    avatar_url: Annotated[str, Field("Its avatar.")]
    bot_owner: Annotated[str | UnsetType, Field("The owner's address as others see it; absent without an owner.")] = (
        UNSET
    )
    service_interface: Annotated[int, Field("1 today.")]
    service_payload_url: Annotated[str | None, Field("Null today.")]
    config_data: Annotated[dict[str, Any] | None, Field("Null today.")]
    default_sending_stream: Annotated[str | None, Field("Null today.")]
    default_events_register_stream: Annotated[str | None, Field("Null today.")]
    default_all_public_streams: Annotated[bool, Field("False today.")]


update_bot = Endpoint(
    name="update_bot",
    method="PATCH",
    path="/bots/{bot_id}",
    area="users",
    summary="Change a bot",
    doc="Changes a bot's name or owner, or its role. For its owner and administrators.",
    params=UpdateBot,
    result=UpdateBotResult,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
    example_result={
        "full_name": "Deployer",
        "avatar_url": _AVATAR,
        "bot_owner": "user9@aloha.example",
        "service_interface": 1,
        "service_payload_url": None,
        "config_data": None,
        "default_sending_stream": None,
        "default_events_register_stream": None,
        "default_all_public_streams": False,
    },
)


class DeactivateBot(Request, frozen=True, kw_only=True):
    bot_id: BotId


deactivate_bot = Endpoint(
    name="deactivate_bot",
    method="DELETE",
    path="/bots/{bot_id}",
    area="users",
    summary="Deactivate a bot",
    doc="Ends a bot: its key and its event queues end at once. For its owner and administrators.",
    params=DeactivateBot,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
)


class BotKeyResult(Result, kw_only=True):
    api_key: Annotated[str, Field("The bot's API key.")]


class RegenerateBotKey(Request, frozen=True, kw_only=True):
    bot_id: BotId


regenerate_bot_key = Endpoint(
    name="regenerate_bot_key",
    method="POST",
    path="/bots/{bot_id}/api_key/regenerate",
    area="users",
    summary="Replace a bot's API key",
    doc="Gives a bot a new API key; the old one is worth nothing from then on. For its owner and administrators.",
    params=RegenerateBotKey,
    result=BotKeyResult,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
    example_result={"api_key": "qqRL5xqGzTnA0WJIFBfSVh3ZrOEmP4Ku"},
)


class GetBotKey(Request, frozen=True, kw_only=True):
    bot_id: BotId


get_bot_key = Endpoint(
    name="get_bot_key",
    method="GET",
    path="/bots/{bot_id}/api_key",
    area="users",
    summary="Get a bot's API key",
    doc="Reads a bot's API key. For its owner and administrators.",
    params=GetBotKey,
    result=BotKeyResult,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
    example_result={"api_key": "qqRL5xqGzTnA0WJIFBfSVh3ZrOEmP4Ku"},
)
