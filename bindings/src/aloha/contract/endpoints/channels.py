"""Endpoints that came after feature level 372 and say channel where the older ones say stream."""

from typing import Annotated

from aloha.contract.endpoint import Endpoint, Field, Param, Request, Result

from ._channel_options import ChannelOptions
from ._params import UserId


class CreateChannel(ChannelOptions, frozen=True, kw_only=True):
    name: Annotated[str, Param("The channel's name.", example="music")]
    description: Annotated[str, Param("What the channel is for, in Markdown.", example="All sorts of *music*")] = ""
    subscribers: Annotated[
        list[int], Param("The ids of its first subscribers, who need not include the caller.", json=True, example=[9])
    ]


class CreateChannelResult(Result, kw_only=True):
    id: Annotated[int, Field("The new channel's id.")]


create_channel = Endpoint(
    name="create_channel",
    method="POST",
    path="/channels/create",
    area="channels",
    summary="Create a channel",
    doc="Makes a channel with these subscribers, if there are any. A name that is taken is refused.",
    params=CreateChannel,
    result=CreateChannelResult,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
    example_result={"id": 13},
)


class GetUserChannels(Request, frozen=True, kw_only=True):
    user_id: UserId


class GetUserChannelsResult(Result, kw_only=True):
    subscribed_channel_ids: Annotated[list[int], Field("The ids of the channels, rising.")]


get_user_channels = Endpoint(
    name="get_user_channels",
    method="GET",
    path="/users/{user_id}/channels",
    area="channels",
    summary="Get a user's channels",
    doc="Lists the channels to which a user is subscribed, of those whose subscribers the caller may see.",
    params=GetUserChannels,
    result=GetUserChannelsResult,
    errors=("BAD_REQUEST",),
    example_result={"subscribed_channel_ids": [12, 13]},
)
