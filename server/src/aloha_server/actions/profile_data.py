"""What people enter in custom profile fields. Each value that changes is told to all who see the person."""

from collections.abc import Iterable
from typing import Any

from aloha.contract.errors import ApiError

from ..access.profile_fields import ProfileField, check_value, load_fields, load_profiles
from ..access.users import User
from ..store import Tx, WriteTx
from .people import Watchers, emit_person, watchers_of

SET = """
    insert into profile_value (realm_id, user_id, field_id, value, rendered)
    values (:realm_id, :user_id, :field_id, :value, :rendered)
    on conflict (realm_id, user_id, field_id) do update set value = :value, rendered = :rendered
"""
CLEAR = """
    delete from profile_value where realm_id = :realm_id and user_id = :user_id and field_id = any(:field_ids)
"""


def set_profile_data(tx: WriteTx, user: User, given: Iterable[dict[str, Any]], *, by_user: bool) -> None:
    """Sets values, or clears those that are given as null or empty. `by_user` admits only fields that users edit."""
    fields = {field.field_id: field for field in load_fields(tx)}
    wanted: dict[int, tuple[str, str | None] | None] = {}
    for item in given:
        field = _access_field(fields, item.get("id"), by_user=by_user)
        if "value" not in item:
            raise ApiError("value key is missing from data")
        value = item["value"]
        wanted[field.field_id] = check_value(tx, field, value) if value not in (None, "", []) else None
    _change(tx, user, wanted)


def clear_profile_data(tx: WriteTx, user: User, field_ids: Iterable[int]) -> None:
    """The user's own doing; fields that are not filled in are passed over."""
    fields = {field.field_id: field for field in load_fields(tx)}
    _change(tx, user, {_access_field(fields, id_, by_user=True).field_id: None for id_ in field_ids})


def _access_field(fields: dict[int, ProfileField], field_id: Any, *, by_user: bool) -> ProfileField:
    field = fields.get(field_id) if type(field_id) is int else None
    if field is None:
        raise ApiError(f"Field id {field_id} not found.")
    if by_user and not field.editable_by_user:
        raise ApiError("You are not allowed to change this field. Contact an administrator to update it.")
    return field


def _change(tx: WriteTx, user: User, wanted: dict[int, tuple[str, str | None] | None]) -> None:
    if user.is_bot:
        raise ApiError("Bots have no profile fields")
    current = _current(tx, user)
    changed = {field_id: new for field_id, new in wanted.items() if (new and new[0]) != current.get(field_id)}
    if not changed:
        return
    rows = [
        {"user_id": user.user_id, "field_id": id_, "value": v[0], "rendered": v[1]} for id_, v in changed.items() if v
    ]
    if rows:
        tx.execute_many(SET, rows)
    tx.execute(CLEAR, user_id=user.user_id, field_ids=[field_id for field_id, new in changed.items() if new is None])
    watchers = watchers_of(tx, user.user_id)
    for field_id, new in changed.items():
        _tell(tx, watchers, user, field_id, new)


def _current(tx: Tx, user: User) -> dict[int, str]:
    profile = load_profiles(tx, [user.user_id]).get(user.user_id, {})
    return {int(field_id): shown.value for field_id, shown in profile.items()}


def _tell(tx: WriteTx, watchers: Watchers, user: User, field_id: int, new: tuple[str, str | None] | None) -> None:
    value, rendered = new or (None, None)
    field: dict[str, Any] = {"id": field_id, "value": value}
    if rendered is not None:
        field["rendered_value"] = rendered
    emit_person(tx, watchers, {"user_id": user.user_id, "custom_profile_field": field})
