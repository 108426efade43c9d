"""The channels that new users are subscribed to, and sets of channels that they may choose."""

from typing import Annotated, Literal

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Param, Request, UnsetType

ADMIN_ERRORS = ("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL")
DefaultId = Annotated[int, Param("The channel's id.", json=True, example=12)]
GroupId = Annotated[int, Param("The set's id.", example=2)]
StreamNames = Annotated[list[str], Param("The channels, by name.", json=True, example=["general", "random"])]


class AddDefaultStream(Request, frozen=True, kw_only=True):
    stream_id: DefaultId


add_default_stream = Endpoint(
    name="add_default_stream",
    method="POST",
    path="/default_streams",
    area="channels",
    summary="Add a default channel",
    doc="Subscribes all who join the organization from now on to a channel, which may not be private.",
    params=AddDefaultStream,
    result=Empty,
    errors=ADMIN_ERRORS,
)


class RemoveDefaultStream(Request, frozen=True, kw_only=True):
    stream_id: DefaultId


remove_default_stream = Endpoint(
    name="remove_default_stream",
    method="DELETE",
    path="/default_streams",
    area="channels",
    summary="Remove a default channel",
    doc="Those who join the organization are no longer subscribed to the channel. Who is, stays so.",
    params=RemoveDefaultStream,
    result=Empty,
    errors=ADMIN_ERRORS,
)


class CreateDefaultStreamGroup(Request, frozen=True, kw_only=True):
    group_name: Annotated[str, Param("The set's name.", example="Sales")]
    description: Annotated[str, Param("What the set is for.", example="All about customers")]
    stream_names: StreamNames


create_default_stream_group = Endpoint(
    name="create_default_stream_group",
    method="POST",
    path="/default_stream_groups/create",
    area="channels",
    summary="Create a set of channels to choose",
    doc="Makes a named set of channels that people who join may choose as a whole.",
    params=CreateDefaultStreamGroup,
    result=Empty,
    errors=ADMIN_ERRORS,
)


class UpdateDefaultStreamGroup(Request, frozen=True, kw_only=True):
    group_id: GroupId
    new_group_name: Annotated[str | UnsetType, Param("The new name.", example="Marketing")] = UNSET
    new_description: Annotated[str | UnsetType, Param("The new description.", example="All about markets")] = UNSET


update_default_stream_group = Endpoint(
    name="update_default_stream_group",
    method="PATCH",
    path="/default_stream_groups/{group_id}",
    area="channels",
    summary="Change a set of channels to choose",
    doc="Changes a set's name or description.",
    params=UpdateDefaultStreamGroup,
    result=Empty,
    errors=ADMIN_ERRORS,
)


class UpdateDefaultStreamGroupStreams(Request, frozen=True, kw_only=True):
    group_id: GroupId
    op: Annotated[Literal["add", "remove"], Param("Whether the channels are added or taken out.", example="add")]
    stream_names: StreamNames


update_default_stream_group_streams = Endpoint(
    name="update_default_stream_group_streams",
    method="PATCH",
    path="/default_stream_groups/{group_id}/streams",
    area="channels",
    summary="Change the channels of a set",
    doc="Adds channels to a set, or takes them out. A default channel cannot be in one.",
    params=UpdateDefaultStreamGroupStreams,
    result=Empty,
    errors=ADMIN_ERRORS,
)


class RemoveDefaultStreamGroup(Request, frozen=True, kw_only=True):
    group_id: GroupId


remove_default_stream_group = Endpoint(
    name="remove_default_stream_group",
    method="DELETE",
    path="/default_stream_groups/{group_id}",
    area="channels",
    summary="Delete a set of channels to choose",
    doc="Deletes the set; its channels stay.",
    params=RemoveDefaultStreamGroup,
    result=Empty,
    errors=ADMIN_ERRORS,
)
