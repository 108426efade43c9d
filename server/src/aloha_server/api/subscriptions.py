"""Subscriptions over the API."""

from collections.abc import Iterable
from typing import TypeVar

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Empty
from aloha.contract.endpoints._channel_options import ChannelOptions
from aloha.contract.endpoints.subscriptions import (
    ColoredSubscription,
    GetSubscriptions,
    GetSubscriptionsResult,
    GetSubscriptionStatus,
    GetSubscriptionStatusResult,
    NewSubscription,
    Subscribe,
    SubscribeResult,
    SubscriptionChange,
    Unsubscribe,
    UnsubscribeResult,
    UpdateSubscriptionProperty,
    UpdateSubscriptions,
    UpdateSubscriptionSettings,
    UpdateSubscriptionsResult,
    get_subscription_status,
    get_subscriptions,
    subscribe,
    unsubscribe,
    update_subscription_property,
    update_subscription_settings,
    update_subscriptions,
)
from aloha.contract.errors import ApiError
from aloha.contract.settings.permissions import STREAM_GROUP_SETTINGS

from ..access.colors import check_color
from ..access.users import acting_user
from ..actions import subscriptions as actions
from ..actions.streams import NewStream, StreamOptions
from ..actions.subscription_settings import change_subscription_settings
from ..reads.streams import read_subscription_status
from ..reads.subscriptions import list_subscriptions
from ..store import Tx, WriteTx
from .context import Context, Services
from .routing import Routes
from .streams import render_for

T = TypeVar("T")

routes = Routes()


@routes.handles(get_subscriptions)
async def list_own(ctx: Context[Services], params: GetSubscriptions) -> GetSubscriptionsResult:
    def read(tx: Tx) -> GetSubscriptionsResult:
        user = acting_user(tx, ctx.user.user_id)
        include = bool(params.include_subscribers)
        return GetSubscriptionsResult(subscriptions=list_subscriptions(tx, user, include_subscribers=include))

    return await ctx.read(read)


@routes.handles(subscribe)
async def join(ctx: Context[Services], params: Subscribe) -> SubscribeResult:
    request = actions.SubscribeRequest(
        streams=await render_all(ctx, params.subscriptions),
        principals=_given(params.principals) or None,
        options=stream_options(params),
        refuse_all=params.authorization_errors_fatal,
        announce=params.announce,
        tell_people=params.send_new_subscription_messages is not False,
    )
    done = await ctx.write(lambda tx: actions.subscribe(tx, acting_user(tx, ctx.user.user_id), request))
    result = SubscribeResult(subscribed=_by_id(done.subscribed), already_subscribed=_by_id(done.already_subscribed))
    if not params.authorization_errors_fatal:
        result.unauthorized = done.unauthorized
    if params.send_new_subscription_messages is True:
        result.new_subscription_messages_sent = done.people_told
    return result


def stream_options(params: ChannelOptions) -> StreamOptions:
    """The settings of streams that are made."""
    given = {name: getattr(params, name) for name in STREAM_GROUP_SETTINGS}
    return StreamOptions(
        invite_only=params.invite_only,
        is_web_public=params.is_web_public,
        is_default=params.is_default_stream,
        history_public=params.history_public_to_subscribers,
        message_retention_days=params.message_retention_days,
        permissions={name: setting for name, setting in given.items() if setting is not UNSET},
    )


@routes.handles(update_subscriptions)
async def join_and_leave(ctx: Context[Services], params: UpdateSubscriptions) -> UpdateSubscriptionsResult:
    joined, left = _given(params.add) or [], _given(params.delete) or []
    if not joined and not left:
        raise ApiError("Nothing to do. Specify at least one of 'add' or 'delete'.")
    request = actions.SubscribeRequest(
        streams=await render_all(ctx, joined),
        colors={item.name.strip().casefold(): check_color(item.color) for item in joined if item.color is not UNSET},
    )

    def write(tx: WriteTx) -> UpdateSubscriptionsResult:
        user = acting_user(tx, ctx.user.user_id)
        removed = actions.unsubscribe(tx, user, left, None)
        added = actions.subscribe(tx, user, request) if joined else actions.Subscribed({}, {}, [])
        return UpdateSubscriptionsResult(
            subscribed=_by_id(added.subscribed),
            already_subscribed=_by_id(added.already_subscribed),
            removed=removed.removed,
            not_removed=removed.not_removed,
        )

    return await ctx.write(write)


@routes.handles(unsubscribe)
async def leave(ctx: Context[Services], params: Unsubscribe) -> UnsubscribeResult:
    def write(tx: WriteTx) -> UnsubscribeResult:
        user = acting_user(tx, ctx.user.user_id)
        done = actions.unsubscribe(tx, user, params.subscriptions, _given(params.principals) or None)
        return UnsubscribeResult(removed=done.removed, not_removed=done.not_removed)

    return await ctx.write(write)


@routes.handles(update_subscription_settings)
async def change_settings(ctx: Context[Services], params: UpdateSubscriptionSettings) -> Empty:
    return await _change(ctx, params.subscription_data)


@routes.handles(update_subscription_property)
async def change_setting(ctx: Context[Services], params: UpdateSubscriptionProperty) -> Empty:
    change = SubscriptionChange(stream_id=params.stream_id, property=params.property, value=params.value)
    return await _change(ctx, [change])


@routes.handles(get_subscription_status)
async def read_status(ctx: Context[Services], params: GetSubscriptionStatus) -> GetSubscriptionStatusResult:
    def read(tx: Tx) -> GetSubscriptionStatusResult:
        user = acting_user(tx, ctx.user.user_id)
        status = read_subscription_status(tx, user, params.user_id, params.stream_id)
        return GetSubscriptionStatusResult(is_subscribed=status)

    return await ctx.read(read)


async def _change(ctx: Context[Services], changes: list[SubscriptionChange]) -> Empty:
    await ctx.write(lambda tx: change_subscription_settings(tx, acting_user(tx, ctx.user.user_id), changes))
    return Empty()


async def render_all(
    ctx: Context[Services], wanted: Iterable[NewSubscription | ColoredSubscription]
) -> list[NewStream]:
    """The descriptions of streams that may have to be made."""
    described = [(item.name, "" if item.description is UNSET else item.description) for item in wanted]
    if not any(description for _, description in described):
        return [NewStream(name) for name, _ in described]

    def read(tx: Tx) -> list[NewStream]:
        user = acting_user(tx, ctx.user.user_id)
        return [NewStream(name, text, render_for(tx, user, text)) for name, text in described]

    return await ctx.read(read)


def _given(items: list[T] | UnsetType) -> list[T] | None:
    return None if items is UNSET else items


def _by_id(names: dict[int, list[str]]) -> dict[str, list[str]]:
    return {str(user_id): streams for user_id, streams in names.items()}
