"""Parameters of the endpoints that make channels."""

from typing import Annotated

from aloha.contract.endpoint import UNSET, Param, Request, UnsetType
from aloha.contract.objects import GroupSetting

Group = GroupSetting | UnsetType


class ChannelOptions(Request, frozen=True, kw_only=True):
    """The settings of channels that are made, and who is told of it."""

    announce: Annotated[
        bool, Param("Whether channels that are made are announced where the organization does that.", json=True)
    ] = False
    invite_only: Annotated[bool, Param("Whether channels that are made are private.", json=True)] = False
    is_web_public: Annotated[bool, Param("Whether channels that are made are open to the web.", json=True)] = False
    is_default_stream: Annotated[
        bool, Param("Whether new users are subscribed to channels that are made.", json=True)
    ] = False
    history_public_to_subscribers: Annotated[
        bool | UnsetType,
        Param("Whether new subscribers see what was sent before they came. Absent: in public channels.", json=True),
    ] = UNSET
    message_retention_days: Annotated[
        int | str | UnsetType,
        Param(
            "After how many days messages of channels that are made are deleted, or `unlimited`, or `realm_default`.",
            example="realm_default",
        ),
    ] = UNSET
    can_add_subscribers_group: Annotated[
        Group, Param("Who may subscribe others to channels that are made.", json=True, example=14)
    ] = UNSET
    can_remove_subscribers_group: Annotated[
        Group, Param("Who may unsubscribe others from channels that are made.", json=True, example=13)
    ] = UNSET
    can_administer_channel_group: Annotated[
        Group,
        Param(
            "Who may change the settings of channels that are made.",
            json=True,
            example={"direct_members": [9], "direct_subgroups": []},
        ),
    ] = UNSET
    can_send_message_group: Annotated[
        Group, Param("Who may send messages to channels that are made.", json=True, example=11)
    ] = UNSET
    can_create_topics_group: Annotated[
        Group, Param("Who may begin topics in channels that are made.", json=True, example=11)
    ] = UNSET
    can_subscribe_group: Annotated[
        Group, Param("Who may join channels that are made, also private ones.", json=True, example=14)
    ] = UNSET
    send_new_subscription_messages: Annotated[
        bool | UnsetType,
        Param(
            "Whether people whom somebody else subscribed are told by a direct message, which the server leaves out "
            "where they are many. Absent means yes.",
            json=True,
        ),
    ] = UNSET
