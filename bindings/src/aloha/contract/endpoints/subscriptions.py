"""Who is subscribed to which channel, and how each subscriber sees it."""

from typing import Annotated, Literal

import msgspec

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import Subscription

from ._channel_options import ChannelOptions
from ._params import INCLUDE_SUBSCRIBERS_DOC, IncludeSubscribers, StreamId, UserId
from .streams import EXAMPLE_STREAM

Principals = Annotated[
    list[int | str] | UnsetType,
    Param("The users meant, by id (or, older, by address); absent means the caller.", json=True, example=[9, 10]),
]
_PROPERTIES = (
    "`color` takes a hexadecimal colour; `is_muted`, `pin_to_top`, `desktop_notifications`, `audible_notifications`, "
    "`push_notifications`, `email_notifications` and `wildcard_mentions_notify` take a boolean. `in_home_view` is the "
    "older opposite of `is_muted`."
)
Property = Literal[
    "color",
    "is_muted",
    "in_home_view",
    "pin_to_top",
    "desktop_notifications",
    "audible_notifications",
    "push_notifications",
    "email_notifications",
    "wildcard_mentions_notify",
]


class GetSubscriptions(Request, frozen=True, kw_only=True):
    include_subscribers: Annotated[IncludeSubscribers, Param(INCLUDE_SUBSCRIBERS_DOC)] = False


class GetSubscriptionsResult(Result, kw_only=True):
    subscriptions: Annotated[list[Subscription], Field("The user's channels, with the user's settings for each.")]


get_subscriptions = Endpoint(
    name="get_subscriptions",
    method="GET",
    path="/users/me/subscriptions",
    area="channels",
    summary="Get your channels",
    doc="Lists the channels to which the user is subscribed.",
    params=GetSubscriptions,
    result=GetSubscriptionsResult,
    example_result={
        "subscriptions": [
            {
                **EXAMPLE_STREAM,
                "color": "#76ce90",
                "is_muted": False,
                "in_home_view": True,
                "pin_to_top": False,
                "audible_notifications": None,
                "desktop_notifications": None,
                "email_notifications": None,
                "push_notifications": None,
                "wildcard_mentions_notify": None,
            }
        ]
    },
)


class NewSubscription(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A channel to subscribe to; it is made where it does not exist."""

    name: Annotated[str, Field("The channel's name.")]
    description: Annotated[str | UnsetType, Field("The description of a channel that is made.")] = UNSET


class Subscribe(ChannelOptions, frozen=True, kw_only=True):
    subscriptions: Annotated[
        list[NewSubscription],
        Param(
            "The channels, by name.",
            json=True,
            example=[{"name": "general", "description": "What concerns *everybody*"}],
        ),
    ]
    principals: Principals = UNSET
    authorization_errors_fatal: Annotated[
        bool, Param("Whether one channel that the user may not join refuses them all.", json=True)
    ] = True


class SubscribeResult(Result, kw_only=True):
    subscribed: Annotated[dict[str, list[str]], Field("By user id: the channels newly subscribed to.")]
    already_subscribed: Annotated[dict[str, list[str]], Field("By user id: the channels subscribed to before.")]
    unauthorized: Annotated[
        list[str] | UnsetType, Field("The channels that the user may not join, where those are not fatal.")
    ] = UNSET
    new_subscription_messages_sent: Annotated[
        bool | UnsetType,
        Field("Whether people were told by direct messages; only where `send_new_subscription_messages` was `true`."),
    ] = UNSET


subscribe = Endpoint(
    name="subscribe",
    method="POST",
    path="/users/me/subscriptions",
    area="channels",
    summary="Subscribe to channels",
    doc=(
        "Subscribes the caller, or others, to channels, and makes those that do not exist. The settings count for "
        "channels that are made; existing ones keep theirs.\n\n"
        "The keys of `subscribed` and `already_subscribed` are user ids."
    ),
    params=Subscribe,
    result=SubscribeResult,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
    example_result={"subscribed": {"9": ["general"]}, "already_subscribed": {"10": ["general"]}},
)


class ColoredSubscription(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A channel to subscribe to, with the colour it gets."""

    name: Annotated[str, Field("The channel's name.")]
    color: Annotated[str | UnsetType, Field("The colour, in hexadecimal.")] = UNSET
    description: Annotated[str | UnsetType, Field("The description of a channel that is made.")] = UNSET


class UpdateSubscriptions(Request, frozen=True, kw_only=True):
    delete: Annotated[
        list[str] | UnsetType, Param("The channels to leave, by name.", json=True, example=["random"])
    ] = UNSET
    add: Annotated[
        list[ColoredSubscription] | UnsetType,
        Param("The channels to subscribe to.", json=True, example=[{"name": "general", "color": "#76ce90"}]),
    ] = UNSET


class UpdateSubscriptionsResult(Result, kw_only=True):
    subscribed: Annotated[dict[str, list[str]], Field("By user id: the channels newly subscribed to.")]
    already_subscribed: Annotated[dict[str, list[str]], Field("By user id: the channels subscribed to before.")]
    removed: Annotated[list[str], Field("The channels that were left.")]
    not_removed: Annotated[list[str] | UnsetType, Field("The channels that the user was not subscribed to.")] = UNSET


update_subscriptions = Endpoint(
    name="update_subscriptions",
    method="PATCH",
    path="/users/me/subscriptions",
    area="channels",
    summary="Subscribe and unsubscribe at once",
    doc="Joins some channels and leaves others, in one step: all of it happens, or nothing.",
    params=UpdateSubscriptions,
    result=UpdateSubscriptionsResult,
    errors=("BAD_REQUEST",),
    example_result={
        "subscribed": {"9": ["general"]},
        "already_subscribed": {},
        "removed": ["random"],
        "not_removed": [],
    },
)


class Unsubscribe(Request, frozen=True, kw_only=True):
    subscriptions: Annotated[list[str], Param("The channels, by name.", json=True, example=["random"])]
    principals: Principals = UNSET


class UnsubscribeResult(Result, kw_only=True):
    removed: Annotated[list[str], Field("The channels that were left.")]
    not_removed: Annotated[list[str], Field("The channels that the users were not subscribed to.")]


unsubscribe = Endpoint(
    name="unsubscribe",
    method="DELETE",
    path="/users/me/subscriptions",
    area="channels",
    summary="Unsubscribe from channels",
    doc="Unsubscribes the caller from channels, or others where the caller may do that.",
    params=Unsubscribe,
    result=UnsubscribeResult,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
    example_result={"removed": ["random"], "not_removed": []},
)


class SubscriptionChange(msgspec.Struct, frozen=True, kw_only=True):
    """One setting of one subscription."""

    stream_id: Annotated[int, Field("The channel.")]
    property: Annotated[Property, Field("Which setting.")]
    value: Annotated[bool | str, Field("Its new value.")]


class UpdateSubscriptionSettings(Request, frozen=True, kw_only=True):
    subscription_data: Annotated[
        list[SubscriptionChange],
        Param("The changes.", json=True, example=[{"stream_id": 12, "property": "pin_to_top", "value": True}]),
    ]


update_subscription_settings = Endpoint(
    name="update_subscription_settings",
    method="POST",
    path="/users/me/subscriptions/properties",
    area="channels",
    summary="Change settings of your channels",
    doc="Changes how the user sees channels that they are subscribed to. " + _PROPERTIES,
    params=UpdateSubscriptionSettings,
    result=Empty,
    errors=("BAD_REQUEST",),
)


class UpdateSubscriptionProperty(Request, frozen=True, kw_only=True):
    stream_id: StreamId
    property: Annotated[Property, Param("Which setting.", example="pin_to_top")]
    value: Annotated[bool | str, Param("Its new value.", json=True, example=True)]


update_subscription_property = Endpoint(
    name="update_subscription_property",
    method="PATCH",
    path="/users/me/subscriptions/{stream_id}",
    area="channels",
    summary="Change one setting of a channel of yours",
    doc="Changes one setting of one subscription. " + _PROPERTIES,
    params=UpdateSubscriptionProperty,
    result=Empty,
    errors=("BAD_REQUEST",),
)


class GetSubscriptionStatus(Request, frozen=True, kw_only=True):
    user_id: UserId
    stream_id: StreamId


class GetSubscriptionStatusResult(Result, kw_only=True):
    is_subscribed: Annotated[bool, Field("Whether the user is subscribed to the channel.")]


get_subscription_status = Endpoint(
    name="get_subscription_status",
    method="GET",
    path="/users/{user_id}/subscriptions/{stream_id}",
    area="channels",
    summary="Ask whether a user is subscribed",
    doc="Tells whether a user is subscribed to a channel that the caller may see.",
    params=GetSubscriptionStatus,
    result=GetSubscriptionStatusResult,
    errors=("BAD_REQUEST", "STREAM_DOES_NOT_EXIST"),
    example_result={"is_subscribed": True},
)
