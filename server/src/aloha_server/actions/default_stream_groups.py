"""Sets of channels that people who join may choose: an administrator's. Guests are not told of them."""

from collections.abc import Iterable

from msgspec import UNSET, UnsetType

from aloha.contract.errors import ApiError, PermissionDeniedError
from aloha.contract.objects import DefaultStreamGroup

from ..access.default_stream_groups import load_groups
from ..access.roster import load_roster
from ..access.sight import OwnEyes
from ..access.stream_rules import check_description, check_name
from ..access.streams import Stream, find_streams_named, no_such_stream
from ..access.users import User
from ..events.emit import emit, to_users
from ..store import Tx, WriteTx

INSERT = """
    insert into default_stream_group (realm_id, group_id, name, name_key, description)
    values (:realm_id, :group_id, :name, :name_key, :description)
"""
UPDATE = """
    update default_stream_group set name = :name, name_key = :name_key, description = :description
    where realm_id = :realm_id and group_id = :group_id
"""
DELETE = "delete from default_stream_group where realm_id = :realm_id and group_id = :group_id"
DELETE_STREAMS = "delete from default_stream_group_stream where realm_id = :realm_id and group_id = :group_id"
ADD_STREAM = """
    insert into default_stream_group_stream (realm_id, group_id, stream_id) values (:realm_id, :group_id, :stream_id)
"""
REMOVE_STREAMS = f"{DELETE_STREAMS} and stream_id = any(:stream_ids)"
LEAVE_ALL = "delete from default_stream_group_stream where realm_id = :realm_id and stream_id = :stream_id"


def create_group(tx: WriteTx, actor: User, name: str, description: str, stream_names: Iterable[str]) -> None:
    _check_admin(actor)
    name = _free_name(tx, name)
    streams = _find_streams(tx, actor, stream_names)
    group_id = tx.next_id("default_stream_group")
    description = check_description(description)
    tx.execute(INSERT, group_id=group_id, name=name, name_key=name.casefold(), description=description)
    tx.execute_many(ADD_STREAM, [{"group_id": group_id, "stream_id": stream.stream_id} for stream in streams])
    emit_groups(tx)


def change_group(
    tx: WriteTx, actor: User, group_id: int, *, name: str | UnsetType = UNSET, description: str | UnsetType = UNSET
) -> None:
    _check_admin(actor)
    group = _find_group(tx, group_id)
    if name is UNSET and description is UNSET:
        raise ApiError('You must pass "new_description" or "new_group_name".')
    new_name = group.name if name is UNSET else _free_name(tx, name, group_id)
    new_description = group.description if description is UNSET else check_description(description)
    if (new_name, new_description) == (group.name, group.description):
        return
    tx.execute(UPDATE, group_id=group_id, name=new_name, name_key=new_name.casefold(), description=new_description)
    emit_groups(tx)


def add_streams(tx: WriteTx, actor: User, group_id: int, stream_names: Iterable[str]) -> None:
    _check_admin(actor)
    group = _find_group(tx, group_id)
    streams = _find_streams(tx, actor, stream_names)
    for stream in streams:
        if stream.stream_id in group.streams:
            raise ApiError(f"Channel '{stream.name}' is already present in default channel group '{group.name}'")
    tx.execute_many(ADD_STREAM, [{"group_id": group_id, "stream_id": stream.stream_id} for stream in streams])
    emit_groups(tx)


def remove_streams(tx: WriteTx, actor: User, group_id: int, stream_names: Iterable[str]) -> None:
    _check_admin(actor)
    group = _find_group(tx, group_id)
    streams = _known_streams(tx, actor, stream_names)
    for stream in streams:
        if stream.stream_id not in group.streams:
            raise ApiError(f"Channel '{stream.name}' is not present in default channel group '{group.name}'")
    tx.execute(REMOVE_STREAMS, group_id=group_id, stream_ids=[stream.stream_id for stream in streams])
    emit_groups(tx)


def remove_group(tx: WriteTx, actor: User, group_id: int) -> None:
    _check_admin(actor)
    _find_group(tx, group_id)
    tx.execute(DELETE_STREAMS, group_id=group_id)
    tx.execute(DELETE, group_id=group_id)
    emit_groups(tx)


def leave_groups(tx: WriteTx, stream_id: int) -> None:
    """A stream that is private or archived now, or that everybody is subscribed to, can be chosen in no set."""
    if tx.execute(LEAVE_ALL, stream_id=stream_id):
        emit_groups(tx)


def emit_groups(tx: WriteTx) -> None:
    """To all but guests."""
    event = {"type": "default_stream_groups", "default_stream_groups": load_groups(tx)}
    emit(tx, event, to_users(tx, load_roster(tx).members))


def _check_admin(actor: User) -> None:
    if not actor.is_admin:
        raise PermissionDeniedError("Must be an organization administrator")


def _find_group(tx: Tx, group_id: int) -> DefaultStreamGroup:
    group = next((group for group in load_groups(tx) if group.id == group_id), None)
    if group is None:
        raise ApiError(f"Default channel group with id '{group_id}' does not exist.")
    return group


def _free_name(tx: Tx, name: str, group_id: int | None = None) -> str:
    name = check_name(name)
    if any(group.name.casefold() == name.casefold() and group.id != group_id for group in load_groups(tx)):
        raise ApiError(f"Default channel group '{name}' already exists")
    return name


def _find_streams(tx: Tx, actor: User, names: Iterable[str]) -> list[Stream]:
    """Streams that may stand in a set."""
    streams = _known_streams(tx, actor, names)
    for stream in streams:
        if stream.is_default:
            raise ApiError(f"'{stream.name}' is a default channel and cannot be added to a group")
        if stream.invite_only or stream.is_archived:
            raise ApiError(f"Channel '{stream.name}' is not open to everybody")
    return streams


def _known_streams(tx: Tx, actor: User, names: Iterable[str]) -> list[Stream]:
    """Each once, in one query."""
    wanted = {name.strip().casefold(): name for name in names}
    found = find_streams_named(tx, wanted)
    eyes = OwnEyes(tx, actor)
    for key, name in wanted.items():
        if key not in found or eyes.see(found[key]) is None:
            raise no_such_stream(name)
    return [found[key] for key in wanted]
