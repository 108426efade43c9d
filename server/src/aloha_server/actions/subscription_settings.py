"""Each subscriber's own settings of a stream, which nobody else is told of."""

from typing import Any

from aloha.contract.endpoints.subscriptions import SubscriptionChange
from aloha.contract.errors import ApiError

from ..access.colors import check_color
from ..access.users import User
from ..access.wire_streams import SUBSCRIPTION_COLUMNS, SubscriptionRow
from ..events.emit import emit, to_users
from ..store import WriteTx

OWN_ROWS = f"""
    select {SUBSCRIPTION_COLUMNS} from subscription
    where realm_id = :realm_id and user_id = :user_id and stream_id = any(:stream_ids) and is_active = 1
"""
SWITCHES = (
    "is_muted",
    "pin_to_top",
    "desktop_notifications",
    "audible_notifications",
    "push_notifications",
    "email_notifications",
    "wildcard_mentions_notify",
)
SET_PROPERTY = {
    name: f"update subscription set {name} = :value "
    "where realm_id = :realm_id and user_id = :user_id and stream_id = :stream_id"
    for name in ("color", *SWITCHES)
}


def change_subscription_settings(tx: WriteTx, actor: User, changes: list[SubscriptionChange]) -> None:
    """All of them, or none."""
    stream_ids = {change.stream_id for change in changes}
    rows = tx.all(SubscriptionRow, OWN_ROWS, user_id=actor.user_id, stream_ids=sorted(stream_ids))
    current: dict[tuple[int, str], Any] = {
        (row.stream_id, name): getattr(row, name) for row in rows for name in SET_PROPERTY
    }
    audience = to_users(tx, [actor.user_id])
    for change in changes:
        name, value = _checked_setting(change)
        key = (change.stream_id, name)
        if key not in current:
            raise ApiError(f"Not subscribed to channel id {change.stream_id}")
        if current[key] == value:
            continue
        current[key] = value
        tx.execute(SET_PROPERTY[name], user_id=actor.user_id, stream_id=change.stream_id, value=value)
        for event in _setting_events(change.stream_id, name, value):
            emit(tx, event, audience)


def _checked_setting(change: SubscriptionChange) -> tuple[str, int | str]:
    """The column and its value."""
    if change.property == "color":
        if not isinstance(change.value, str):
            raise ApiError("color is not a string")
        return "color", check_color(change.value)
    if not isinstance(change.value, bool):
        raise ApiError(f"{change.property} is not a boolean")
    if change.property == "in_home_view":
        return "is_muted", int(not change.value)
    return change.property, int(change.value)


def _setting_events(stream_id: int, name: str, value: int | str) -> list[dict[str, Any]]:
    """Being muted is told under its older name too."""
    shown = value if isinstance(value, str) else bool(value)
    told = [("in_home_view", not shown)] if name == "is_muted" else []
    return [
        {"type": "subscription", "op": "update", "property": property_, "value": told_value, "stream_id": stream_id}
        for property_, told_value in [*told, (name, shown)]
    ]
