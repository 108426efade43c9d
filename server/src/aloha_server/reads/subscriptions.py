"""A reader's subscriptions, those that ended, and the streams to which they were never subscribed."""

from typing import Any

from msgspec import structs

from aloha.contract.objects import NeverSubscribedStream, Subscription
from aloha.contract.objects import Stream as WireStream

from ..access.realm import system_groups
from ..access.sight import OwnEyes, load_subscribers
from ..access.streams import load_all_streams
from ..access.users import User
from ..access.wire_streams import SUBSCRIPTION_COLUMNS, StreamShower, SubscriptionRow, wire_subscription
from ..events.adapt import NULLABLE
from ..store import Tx
from .view import View

OWN = f"select {SUBSCRIPTION_COLUMNS} from subscription where realm_id = :realm_id and user_id = :user_id"


def list_subscriptions(tx: Tx, user: User, *, include_subscribers: bool) -> list[Subscription]:
    """The user's streams that are not archived, by id."""
    rows = {row.stream_id: row for row in tx.all(SubscriptionRow, OWN, user_id=user.user_id) if row.is_active}
    shower = StreamShower(tx, system_groups(tx), rows)
    lists = _Lists(tx, include=include_subscribers)
    return [
        wire_subscription(shower.show(stream), rows[stream.stream_id], lists.of(stream.stream_id, listed=True))
        for stream in load_all_streams(tx)
        if stream.stream_id in rows and not stream.is_archived
    ]


def section_subscription(view: View) -> dict[str, Any]:
    """Three lists, by id, which together hold every stream that the reader knows of."""
    rows = {row.stream_id: row for row in view.tx.all(SubscriptionRow, OWN, user_id=view.user.user_id)}
    shower = StreamShower(view.tx, view.groups)
    eyes = OwnEyes(view.tx, view.user)
    lists = _Lists(view.tx, include=view.request.include_subscribers)
    subscribed: list[Subscription] = []
    unsubscribed: list[Subscription] = []
    never: list[NeverSubscribedStream] = []
    for stream in view.streams:
        sight = eyes.see(stream)
        if sight is None or (stream.is_archived and not view.request.capabilities.archived_channels):
            continue
        shown = shower.show(stream)
        subscribers = lists.of(stream.stream_id, listed=sight.may_list)
        row = rows.get(stream.stream_id)
        if row is None:
            never.append(_never_subscribed(shown, subscribers))
        else:
            subscription = wire_subscription(shown, row, subscribers)
            (subscribed if row.is_active else unsubscribed).append(subscription)
    if not view.request.capabilities.notification_settings_null:
        for subscription in (*subscribed, *unsubscribed):
            _fill_nulls(subscription)
    return {"subscriptions": subscribed, "unsubscribed": unsubscribed, "never_subscribed": never}


class _Lists:
    """The subscribers of each stream, where they are asked for; empty where the reader may not see them."""

    def __init__(self, tx: Tx, *, include: bool) -> None:
        self._sets = load_subscribers(tx) if include else None

    def of(self, stream_id: int, *, listed: bool) -> list[int] | None:
        if self._sets is None:
            return None
        return list(self._sets[stream_id]) if listed and stream_id in self._sets else []


def _never_subscribed(shown: WireStream, subscribers: list[int] | None) -> NeverSubscribedStream:
    stream = NeverSubscribedStream(**structs.asdict(shown))
    if subscribers is not None:
        stream.subscribers = subscribers
    return stream


def _fill_nulls(subscription: Subscription) -> None:
    """For clients that cannot show an inherited setting, as events do it."""
    for name in NULLABLE:
        if getattr(subscription, name) is None:
            setattr(subscription, name, False)


SECTIONS = {"subscription": section_subscription}
