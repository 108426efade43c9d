"""Changing a stream: its name and description, who may read it, and its permissions."""

from typing import Any

import msgspec
from msgspec import UNSET, structs

from aloha.contract.endpoints.streams import UpdateStream
from aloha.contract.errors import ApiError, PermissionDeniedError
from aloha.contract.settings.permissions import STREAM_GROUP_SETTINGS

from ..access.group_settings import check_group_setting, check_old_setting, same_setting
from ..access.groups import may
from ..access.realm import system_groups
from ..access.sight import OwnSight
from ..access.stream_rules import check_description, check_name, check_privacy, check_retention
from ..access.streams import Stream, find_streams_named
from ..access.users import Role, User
from ..access.wire_streams import StreamShower
from ..events.emit import emit, to_users
from ..store import WriteTx
from . import notices
from .archive import archive_stream, unarchive_stream
from .default_stream_groups import leave_groups
from .stream_view import StreamView
from .streams import (
    PERMISSION_TO_CREATE,
    UPDATE,
    access_administered_stream,
    emit_default_streams,
    free_name,
    stream_row,
    update_event,
)


def update_stream(tx: WriteTx, actor: User, change: UpdateStream, rendered_description: str) -> None:
    """All of the changes, or none. `rendered_description` belongs to the new description, if there is one."""
    if change.is_archived is False:
        unarchive_stream(tx, actor, change.stream_id)
    _update(tx, actor, change, rendered_description)
    if change.is_archived is True:
        archive_stream(tx, actor, change.stream_id)


def _update(tx: WriteTx, actor: User, change: UpdateStream, rendered_description: str) -> None:
    sight = access_administered_stream(tx, actor, change.stream_id)
    old = sight.stream
    if not _changes_something(change):
        return
    if old.is_archived:
        raise ApiError("This channel is archived.")
    new = _changed(tx, actor, sight, change, rendered_description)
    if new == old:
        return
    view = StreamView(tx, [old.stream_id])
    tx.execute(UPDATE, **stream_row(new))
    audience = to_users(tx, view.still_knowing(tx, old.stream_id))
    for event in _update_events(tx, old, new):
        emit(tx, event, audience)
    view.emit_changes(tx)
    if new.is_default != old.is_default:
        emit_default_streams(tx)
    if new.is_default or new.invite_only:
        leave_groups(tx, new.stream_id)
    _notify(tx, actor, old, new)


def _changes_something(change: UpdateStream) -> bool:
    """Beside the archive."""
    given = structs.replace(change, is_archived=UNSET)
    return given != UpdateStream(stream_id=change.stream_id)


def _changed(tx: WriteTx, actor: User, sight: OwnSight, change: UpdateStream, rendered_description: str) -> Stream:
    """The stream as it will be; raises ApiError where the actor or the rules do not allow it."""
    new = sight.stream
    if change.new_name is not UNSET:
        new = structs.replace(new, name=_free_name(tx, new, change.new_name))
    if change.description is not UNSET:
        description = check_description(change.description)
        if description != new.description:
            new = structs.replace(new, description=description, rendered_description=rendered_description)
    new = _with_privacy(tx, actor, sight, new, change)
    if change.message_retention_days is not UNSET:
        if actor.role != Role.OWNER:
            raise PermissionDeniedError("Must be an organization owner")
        new = structs.replace(new, message_retention_days=check_retention(change.message_retention_days))
    return structs.replace(new, permissions_json=_changed_permissions(tx, sight, change))


def _free_name(tx: WriteTx, stream: Stream, name: str) -> str:
    name = check_name(name)
    taken = find_streams_named(tx, [name]).get(name.casefold())
    if taken is not None and taken.stream_id != stream.stream_id:
        if not taken.is_archived:
            raise ApiError(f"Channel '{name}' already exists")
        free_name(tx, name)
    return name


def _with_privacy(tx: WriteTx, actor: User, sight: OwnSight, stream: Stream, change: UpdateStream) -> Stream:
    """What opens or closes content is changed only by those to whom it is open, and who may make such a stream."""
    web_public = bool(stream.is_web_public) if change.is_web_public is UNSET else change.is_web_public
    private = bool(stream.invite_only) if change.is_private is UNSET else change.is_private
    if change.is_private is UNSET and web_public:
        private = False
    if change.is_web_public is UNSET and private:
        web_public = False
    history = bool(stream.history_public) or not private
    if change.history_public_to_subscribers is not UNSET:
        history = change.history_public_to_subscribers
    default = bool(stream.is_default) if change.is_default_stream is UNSET else change.is_default_stream
    check_privacy(invite_only=private, is_web_public=web_public, history_public=history, is_default=default)
    if default != bool(stream.is_default) and not actor.is_admin:
        raise PermissionDeniedError
    new = structs.replace(
        stream,
        invite_only=int(private),
        is_web_public=int(web_public),
        history_public=int(history),
        is_default=int(default),
    )
    if _privacy(new) != _privacy(stream):
        if not sight.may_join:
            raise PermissionDeniedError("Channel content access is required.")
        kind = "web-public" if web_public else "private" if private else "public"
        if (private, web_public) != (stream.invite_only, stream.is_web_public) and not may(
            tx, actor, PERMISSION_TO_CREATE[kind]
        ):
            raise PermissionDeniedError
    return new


def _privacy(stream: Stream) -> tuple[int, int, int]:
    return stream.invite_only, stream.is_web_public, stream.history_public


def _changed_permissions(tx: WriteTx, sight: OwnSight, change: UpdateStream) -> str:
    permissions = sight.stream.permissions
    for name, declared in STREAM_GROUP_SETTINGS.items():
        update = getattr(change, name)
        if update is UNSET:
            continue
        if update.old is not UNSET:
            check_old_setting(update.old, permissions[name])
        if same_setting(update.new, permissions[name]):
            continue
        if name in ("can_add_subscribers_group", "can_subscribe_group") and not sight.may_join:
            raise PermissionDeniedError("Channel content access is required.")
        permissions[name] = check_group_setting(tx, declared, update.new)
    return msgspec.json.encode(permissions).decode()


def _update_events(tx: WriteTx, old: Stream, new: Stream) -> list[dict[str, Any]]:
    """One for each property that differs."""
    events = []
    if new.description != old.description:
        event = update_event(old, "description", new.description)
        events.append({**event, "rendered_description": new.rendered_description})
    if _privacy(new) != _privacy(old):
        event = update_event(old, "invite_only", bool(new.invite_only))
        event["history_public_to_subscribers"] = bool(new.history_public)
        event["is_web_public"] = bool(new.is_web_public)
        events.append(event)
    if new.message_retention_days != old.message_retention_days:
        events.append(update_event(old, "message_retention_days", new.message_retention_days))
    events += _permission_events(tx, old, new)
    if new.name != old.name:
        events.append(update_event(old, "name", new.name))
    return events


def _permission_events(tx: WriteTx, old: Stream, new: Stream) -> list[dict[str, Any]]:
    """With what older clients read in place of `can_send_message_group`."""
    before, after = old.permissions, new.permissions
    events = [update_event(old, name, after[name]) for name in after if after[name] != before[name]]
    if after["can_send_message_group"] != before["can_send_message_group"]:
        shower = StreamShower(tx, system_groups(tx), [old.stream_id])
        was, now = shower.show(old), shower.show(new)
        events += [
            update_event(old, name, getattr(now, name))
            for name in ("stream_post_policy", "is_announcement_only")
            if getattr(was, name) != getattr(now, name)
        ]
    return events


def _notify(tx: WriteTx, actor: User, old: Stream, new: Stream) -> None:
    if new.name != old.name:
        notices.tell_of_name(tx, actor, old, new)
    if new.description != old.description:
        notices.tell_of_description(tx, actor, old, new)
    if _privacy(new) != _privacy(old):
        notices.tell_of_privacy(tx, actor, old, new)
    before, after = (stream.permissions["can_send_message_group"] for stream in (old, new))
    if after != before:
        notices.tell_of_posting(tx, actor, new, before, after)
    if new.message_retention_days != old.message_retention_days:
        notices.tell_of_retention(tx, actor, old, new)
