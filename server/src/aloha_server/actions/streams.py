"""Making streams, and what all changes of them share. Who learns of it, and of what, is `stream_view`'s."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType, structs

from aloha.contract.errors import ApiError, PermissionDeniedError
from aloha.contract.objects import GroupSetting
from aloha.contract.settings.permissions import STREAM_GROUP_SETTINGS

from ..access.group_settings import check_group_setting
from ..access.groups import may
from ..access.realm import system_groups
from ..access.roster import load_roster
from ..access.sight import OwnSight, access_known_stream
from ..access.stream_rules import check_description, check_name, check_privacy, check_retention
from ..access.streams import Stream, find_streams_named
from ..access.users import Role, User
from ..events.audience import NOBODY
from ..events.emit import emit, to_users
from ..store import WriteTx

INSERT = """
    insert into stream (realm_id, stream_id, recipient_id, name, name_key, description, rendered_description,
        created_at, creator_id, invite_only, is_web_public, history_public, is_archived, is_default,
        message_retention_days, first_message_id, permissions)
    values (:realm_id, :stream_id, :recipient_id, :name, :name_key, :description, :rendered_description,
        :created_at, :creator_id, :invite_only, :is_web_public, :history_public, :is_archived, :is_default,
        :message_retention_days, :first_message_id, :permissions_json)
"""
INSERT_RECIPIENT = """
    insert into recipient (realm_id, recipient_id, stream_id, audience_id)
    values (:realm_id, :recipient_id, :stream_id, :audience_id)
"""
UPDATE = """
    update stream set name = :name, name_key = :name_key, description = :description,
        rendered_description = :rendered_description, invite_only = :invite_only, is_web_public = :is_web_public,
        history_public = :history_public, is_archived = :is_archived, is_default = :is_default,
        message_retention_days = :message_retention_days, permissions = :permissions_json
    where realm_id = :realm_id and stream_id = :stream_id
"""
# A line feed cannot stand in a name, so no other name has such a key.
FREE_NAME = """
    update stream set name_key = name_key || :mark || cast(stream_id as text)
    where realm_id = :realm_id and name_key = :name_key and is_archived = 1
"""
DEFAULT_IDS = """
    select stream_id from stream where realm_id = :realm_id and is_default = 1 and is_archived = 0 order by stream_id
"""
PERMISSION_TO_CREATE = {
    "web-public": "can_create_web_public_channel_group",
    "private": "can_create_private_channel_group",
    "public": "can_create_public_channel_group",
}


class StreamOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of streams that are made; what is absent has its default."""

    invite_only: bool = False
    is_web_public: bool = False
    is_default: bool = False
    history_public: bool | UnsetType = UNSET
    message_retention_days: int | str | UnsetType = UNSET
    permissions: dict[str, GroupSetting] = {}


class NewStream(msgspec.Struct, frozen=True):
    """A stream to be made. The description was rendered before the lock."""

    name: str
    description: str = ""
    rendered_description: str = ""


def make_streams(tx: WriteTx, actor: User | None, new: list[NewStream], options: StreamOptions) -> list[Stream]:
    """Writes the rows; the caller tells of them."""
    if not new:
        return []
    history_public = not options.invite_only if options.history_public is UNSET else options.history_public
    check_privacy(
        invite_only=options.invite_only,
        is_web_public=options.is_web_public,
        history_public=history_public,
        is_default=options.is_default,
    )
    retention = None if options.message_retention_days is UNSET else check_retention(options.message_retention_days)
    if actor is not None:
        _check_may_create(tx, actor, options, retention)
    names = [check_name(stream.name) for stream in new]
    if len({name.casefold() for name in names}) < len(names):
        raise ApiError("Two of the new channels have the same name.")
    for taken in find_streams_named(tx, names).values():
        if not taken.is_archived:
            raise ApiError(f"Channel '{taken.name}' already exists")
        free_name(tx, taken.name)
    last_id = tx.next_id("stream", len(new))
    last_recipient_id = tx.next_id("recipient", len(new))
    permissions = _new_permissions(tx, actor, options)
    streams = [
        Stream(
            stream_id=last_id - len(new) + 1 + index,
            recipient_id=last_recipient_id - len(new) + 1 + index,
            name=name,
            description=check_description(stream.description),
            rendered_description=stream.rendered_description,
            created_at=int(tx.now),
            creator_id=actor.user_id if actor else None,
            invite_only=int(options.invite_only),
            is_web_public=int(options.is_web_public),
            history_public=int(history_public),
            is_archived=0,
            is_default=int(options.is_default),
            message_retention_days=retention,
            first_message_id=None,
            permissions_json=permissions,
        )
        for index, (name, stream) in enumerate(zip(names, new, strict=True))
    ]
    tx.execute_many(INSERT, [stream_row(stream) for stream in streams])
    tx.execute_many(
        INSERT_RECIPIENT,
        [{"recipient_id": s.recipient_id, "stream_id": s.stream_id, "audience_id": NOBODY} for s in streams],
    )
    return streams


def access_administered_stream(tx: WriteTx, actor: User, stream_id: int) -> OwnSight:
    """A stream that the actor may change."""
    sight = access_known_stream(tx, actor, stream_id)
    if not sight.may_administer:
        raise PermissionDeniedError("You do not have permission to administer this channel.")
    return sight


def free_name(tx: WriteTx, name: str) -> None:
    """An archived stream is found by its name until another takes it."""
    tx.execute(FREE_NAME, name_key=name.casefold(), mark="\n")


def emit_default_streams(tx: WriteTx) -> None:
    """Guests are not told: they are not subscribed by default."""
    event = {"type": "default_streams", "default_streams": tx.values(DEFAULT_IDS)}
    emit(tx, event, to_users(tx, load_roster(tx).members))


def stream_row(stream: Stream) -> dict[str, Any]:
    return {**structs.asdict(stream), "name_key": stream.name.casefold()}


def _check_may_create(tx: WriteTx, actor: User, options: StreamOptions, retention: int | None) -> None:
    kind = "web-public" if options.is_web_public else "private" if options.invite_only else "public"
    if actor.is_guest or not may(tx, actor, PERMISSION_TO_CREATE[kind]):
        raise ApiError("Insufficient permission")
    if options.is_default and not actor.is_admin:
        raise ApiError("Insufficient permission")
    if retention is not None and actor.role != Role.OWNER:
        raise ApiError("Must be an organization owner")


def _new_permissions(tx: WriteTx, actor: User | None, options: StreamOptions) -> str:
    groups = system_groups(tx)
    permissions: dict[str, Any] = {}
    for name, declared in STREAM_GROUP_SETTINGS.items():
        if name in options.permissions:
            permissions[name] = check_group_setting(tx, declared, options.permissions[name])
        elif declared.default_group_name in groups:
            permissions[name] = groups[declared.default_group_name]
        elif actor is None:
            permissions[name] = groups["role:nobody"]
        else:
            permissions[name] = {"direct_members": [actor.user_id], "direct_subgroups": []}
    return msgspec.json.encode(permissions).decode()


def update_event(old: Stream, name: str, value: Any) -> dict[str, Any]:
    """The stream is named as its reader knows it."""
    return {
        "type": "stream",
        "op": "update",
        "property": name,
        "value": value,
        "stream_id": old.stream_id,
        "name": old.name,
    }
