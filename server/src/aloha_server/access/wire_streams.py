"""Streams and subscriptions as the wire shows them, from their rows."""

from collections.abc import Iterable

import msgspec

from aloha.contract.objects import GroupSetting, Subscription
from aloha.contract.objects import Stream as WireStream

from ..store import Tx
from .streams import Stream
from .traffic import load_traffic, weekly_average

DAY_S = 24 * 3600
RECENT_S = 180 * DAY_S  # a stream in which nobody wrote for so long is not active

# The newest message of a stream is one step into an index, whatever the stream's size.
LAST_SENT = """
    select s.stream_id, (
        select m.sent_at from message m
        where m.realm_id = s.realm_id and m.recipient_id = s.recipient_id order by m.message_id desc limit 1
    ) from stream s where s.realm_id = :realm_id
"""
LAST_SENT_IN_SOME = LAST_SENT + " and s.stream_id = any(:stream_ids)"


class Permissions(msgspec.Struct, frozen=True):
    """The group settings of a stream, as its row keeps them."""

    can_add_subscribers_group: GroupSetting
    can_administer_channel_group: GroupSetting
    can_create_topics_group: GroupSetting
    can_remove_subscribers_group: GroupSetting
    can_send_message_group: GroupSetting
    can_subscribe_group: GroupSetting


class SubscriptionRow(msgspec.Struct, frozen=True):
    """A row of `subscription`."""

    user_id: int
    stream_id: int
    is_active: int
    color: str
    is_muted: int
    pin_to_top: int
    desktop_notifications: int | None
    audible_notifications: int | None
    push_notifications: int | None
    email_notifications: int | None
    wildcard_mentions_notify: int | None


SUBSCRIPTION_COLUMNS = ", ".join(SubscriptionRow.__struct_fields__)
POST_POLICIES = {"role:administrators": 2, "role:fullmembers": 3, "role:moderators": 4}
POST_POLICY_EVERYONE = 1
POST_POLICY_ADMINS = 2


def recently_active_ids(tx: Tx, stream_ids: Iterable[int] | None = None) -> set[int]:
    """Of all streams, or of those given: where somebody wrote of late."""
    rows = tx.rows(LAST_SENT) if stream_ids is None else tx.rows(LAST_SENT_IN_SOME, stream_ids=list(stream_ids))
    return {stream_id for stream_id, sent_at in rows if sent_at is not None and tx.now - sent_at < RECENT_S}


class StreamShower:
    """Makes wire objects; knows which streams are active, how active, and what the built-in groups are called."""

    def __init__(self, tx: Tx, groups: dict[str, int], stream_ids: Iterable[int] | None = None) -> None:
        self._now = tx.now
        self._active = recently_active_ids(tx, stream_ids)
        self._traffic = load_traffic(tx, stream_ids)
        self._names = {group_id: name for name, group_id in groups.items()}

    def show(self, stream: Stream) -> WireStream:
        """What is the same for everybody who knows of the stream."""
        permissions = msgspec.json.decode(stream.permissions_json, type=Permissions)
        post_policy = self.post_policy(permissions.can_send_message_group)
        return WireStream(
            stream_id=stream.stream_id,
            name=stream.name,
            description=stream.description,
            rendered_description=stream.rendered_description,
            date_created=stream.created_at,
            creator_id=stream.creator_id,
            is_archived=bool(stream.is_archived),
            invite_only=bool(stream.invite_only),
            is_web_public=bool(stream.is_web_public),
            history_public_to_subscribers=bool(stream.history_public),
            message_retention_days=stream.message_retention_days,
            first_message_id=stream.first_message_id,
            is_recently_active=stream.stream_id in self._active or self._now - stream.created_at < RECENT_S,
            stream_weekly_traffic=weekly_average(self._traffic.get(stream.stream_id, 0), self._now - stream.created_at),
            stream_post_policy=post_policy,
            is_announcement_only=post_policy == POST_POLICY_ADMINS,
            **msgspec.structs.asdict(permissions),
        )

    def post_policy(self, setting: GroupSetting) -> int:
        """What older clients are told of `can_send_message_group`."""
        name = self._names.get(setting, "") if isinstance(setting, int) else ""
        return POST_POLICIES.get(name, POST_POLICY_EVERYONE)


def wire_subscription(shown: WireStream, row: SubscriptionRow, subscribers: list[int] | None) -> Subscription:
    """A stream with one subscriber's own settings; without `subscribers`, the list is left out."""
    subscription = Subscription(
        **msgspec.structs.asdict(shown),
        color=row.color,
        is_muted=bool(row.is_muted),
        in_home_view=not row.is_muted,
        pin_to_top=bool(row.pin_to_top),
        desktop_notifications=_choice(row.desktop_notifications),
        audible_notifications=_choice(row.audible_notifications),
        push_notifications=_choice(row.push_notifications),
        email_notifications=_choice(row.email_notifications),
        wildcard_mentions_notify=_choice(row.wildcard_mentions_notify),
    )
    if subscribers is not None:
        subscription.subscribers = subscribers
    return subscription


def _choice(value: int | None) -> bool | None:
    return None if value is None else bool(value)
