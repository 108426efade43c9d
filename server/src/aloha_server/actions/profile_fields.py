"""The fields that an organization adds to profiles: made, changed, put in order, removed. For administrators.

One event carries all fields. What people entered goes with a field, or with an option of it, that is gone; that
follows from the event, so nobody is told of it person by person.
"""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType, structs

from aloha.contract.errors import ApiError, PermissionDeniedError

from ..access.profile_fields import (
    EXTERNAL_ACCOUNT,
    EXTERNAL_ACCOUNTS,
    HINT_CHARS_MAX,
    NAME_CHARS_MAX,
    NOT_IN_SUMMARY,
    SELECT,
    TYPES,
    ProfileField,
    check_field_data,
    load_fields,
    wire_fields,
)
from ..access.users import User
from ..events.emit import EVERYBODY, emit
from ..store import WriteTx

FIELDS_MAX = 100
IN_SUMMARY_MAX = 2

INSERT = """
    insert into profile_field
        (realm_id, field_id, place, type, name, hint, field_data, in_summary, required, editable_by_user)
    values (:realm_id, :field_id, :place, :type, :name, :hint, :field_data, :in_summary, :required, :editable_by_user)
"""
UPDATE = """
    update profile_field set name = :name, hint = :hint, field_data = :field_data, in_summary = :in_summary,
        required = :required, editable_by_user = :editable_by_user, place = :place, type = :type
    where realm_id = :realm_id and field_id = :field_id
"""
DELETE = "delete from profile_field where realm_id = :realm_id and field_id = :field_id"
DELETE_VALUES = "delete from profile_value where realm_id = :realm_id and field_id = :field_id"
DELETE_OTHER_VALUES = f"{DELETE_VALUES} and value <> all(:kept)"


class FieldChange(msgspec.Struct, kw_only=True):
    """What a request gives of a field."""

    name: str | UnsetType = UNSET
    hint: str | UnsetType = UNSET
    field_data: dict[str, Any] | UnsetType = UNSET
    in_summary: bool | UnsetType = UNSET
    required: bool | UnsetType = UNSET
    editable_by_user: bool | UnsetType = UNSET


def create_field(tx: WriteTx, actor: User, type_: int, change: FieldChange) -> int:
    """The new field's id; it stands last."""
    _check_admin(actor)
    fields = load_fields(tx)
    if type_ not in TYPES:
        raise ApiError("Invalid field type.")
    if len(fields) >= FIELDS_MAX:
        raise ApiError(f"There can be at most {FIELDS_MAX} custom profile fields")
    field_id = tx.next_id("profile_field")
    place = max([field_id, *(field.place + 1 for field in fields)])
    field = ProfileField(field_id, place, type_, "", "", "", 0, 0, 1)
    data = change.field_data if change.field_data is not UNSET else {}
    field = structs.replace(field, field_data=check_field_data(type_, data))
    if field.is_known_account:
        account = EXTERNAL_ACCOUNTS[data["subtype"]]
        change.name, change.hint = account.name, account.hint
    if change.name is UNSET:
        raise ApiError("Label cannot be blank.")
    tx.execute(INSERT, **structs.asdict(_changed(field, change, fields)))
    _tell(tx)
    return field_id


def update_field(tx: WriteTx, actor: User, field_id: int, change: FieldChange) -> None:
    _check_admin(actor)
    fields = load_fields(tx)
    field = _find(fields, field_id)
    if field.is_known_account and any(
        given is not UNSET and given != current
        for given, current in ((change.name, field.name), (change.hint, field.hint), (change.field_data, field.data))
    ):
        raise ApiError("Default custom field cannot be updated.")
    changed = _changed(field, change, fields)
    if change.field_data is not UNSET and field.type in (SELECT, EXTERNAL_ACCOUNT):
        changed = structs.replace(changed, field_data=check_field_data(field.type, change.field_data))
    if changed == field:
        return
    _store(tx, [changed])
    if field.type == SELECT and changed.field_data != field.field_data:
        tx.execute(DELETE_OTHER_VALUES, field_id=field_id, kept=list(changed.data))
    _tell(tx)


def reorder_fields(tx: WriteTx, actor: User, order: list[int]) -> None:
    """`order` names every field once."""
    _check_admin(actor)
    fields = load_fields(tx)
    if sorted(order) != sorted(field.field_id for field in fields):
        raise ApiError("Invalid order mapping.")
    places = {field_id: place for place, field_id in enumerate(order)}
    if all(field.place == places[field.field_id] for field in fields):
        return
    _store(tx, [structs.replace(field, place=places[field.field_id]) for field in fields])
    _tell(tx)


def remove_field(tx: WriteTx, actor: User, field_id: int) -> None:
    _check_admin(actor)
    _find(load_fields(tx), field_id)
    tx.execute(DELETE_VALUES, field_id=field_id)
    tx.execute(DELETE, field_id=field_id)
    _tell(tx)


def _check_admin(actor: User) -> None:
    if not actor.is_admin:
        raise PermissionDeniedError("Must be an organization administrator")


def _find(fields: list[ProfileField], field_id: int) -> ProfileField:
    for field in fields:
        if field.field_id == field_id:
            return field
    raise ApiError(f"Field id {field_id} not found.")


def _changed(field: ProfileField, change: FieldChange, fields: list[ProfileField]) -> ProfileField:
    """All but the field's data; raises ApiError."""
    others = [other for other in fields if other.field_id != field.field_id]
    values: dict[str, Any] = {}
    if change.name is not UNSET:
        values["name"] = _check_name(change.name, others)
    if change.hint is not UNSET:
        values["hint"] = change.hint.strip()
        if len(values["hint"]) > HINT_CHARS_MAX:
            raise ApiError(f"hint is too long (limit: {HINT_CHARS_MAX} characters)")
    for name in ("in_summary", "required", "editable_by_user"):
        given = getattr(change, name)
        if given is not UNSET:
            values[name] = int(given)
    changed = structs.replace(field, **values)
    if changed.in_summary and not field.in_summary:
        _check_summary(changed, others)
    return changed


def _check_name(name: str, others: list[ProfileField]) -> str:
    name = name.strip()
    if not name:
        raise ApiError("Label cannot be blank.")
    if len(name) > NAME_CHARS_MAX:
        raise ApiError(f"name is too long (limit: {NAME_CHARS_MAX} characters)")
    if any(other.name == name for other in others):
        raise ApiError("A field with that label already exists.")
    return name


def _check_summary(field: ProfileField, others: list[ProfileField]) -> None:
    if field.type in NOT_IN_SUMMARY:
        raise ApiError("Field type not supported for display in profile summary.")
    if sum(other.in_summary for other in others) >= IN_SUMMARY_MAX:
        raise ApiError(f"Only {IN_SUMMARY_MAX} custom profile fields can be displayed in the profile summary.")


def _store(tx: WriteTx, fields: list[ProfileField]) -> None:
    tx.execute_many(UPDATE, [structs.asdict(field) for field in fields])


def _tell(tx: WriteTx) -> None:
    emit(tx, {"type": "custom_profile_fields", "fields": wire_fields(load_fields(tx))}, EVERYBODY)
