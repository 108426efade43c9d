"""Roles, and all that follows when one changes: for others a name in another group, for the user another view.

What a role decides to see - streams, people, addresses, bots - comes to the user's own queues as events, so that
their clients need not register anew.
"""

from aloha.contract.errors import ApiError, PermissionDeniedError

from ..access.default_stream_groups import load_groups
from ..access.members import direct_groups
from ..access.realm import load_realm, load_settled_by
from ..access.users import Role, User, email_visibility, find_user, load_all_users, may_see_email
from ..access.visibility import visible_user_ids
from ..events.emit import emit, to_users
from ..store import Tx, WriteTx
from .people import (
    Watchers,
    emit_bot_added,
    emit_delivery_email,
    emit_members,
    emit_person,
    tell_processes,
    watchers_of,
)
from .stream_view import StreamView

SET_ROLE = "update account set role = :role where realm_id = :realm_id and user_id = :user_id"
OWNERS = """
    select count(*) from account
    where realm_id = :realm_id and role = 100 and is_active = 1 and bot_type is null
"""
SEALED_KEYS = "select user_id, api_key_sealed from account where realm_id = :realm_id and bot_type is not null"
DEFAULT_STREAMS = """
    select stream_id from stream where realm_id = :realm_id and is_default = 1 and is_archived = 0 order by stream_id
"""


def check_may_change(actor: User, user: User) -> None:
    """Administrators may change people, but owners only owners."""
    if not actor.is_admin:
        raise ApiError("Insufficient permission")
    if user.role == Role.OWNER and actor.role != Role.OWNER:
        raise PermissionDeniedError("Must be an organization owner")


def check_not_last_owner(tx: Tx, user: User) -> None:
    """An organization keeps an owner."""
    if user.role == Role.OWNER and not user.is_bot and tx.value(OWNERS) == 1:
        raise ApiError(
            "Cannot deactivate the only organization owner",
            code="CANNOT_DEACTIVATE_LAST_USER",
            is_last_owner=True,
            entity="organization owner",
        )


def change_role(tx: WriteTx, actor: User, user: User, role: int) -> None:
    if role not in set(Role):
        raise ApiError("Invalid role")
    if role == user.role:
        return
    if Role.OWNER in (role, user.role) and actor.role != Role.OWNER:
        raise PermissionDeniedError("Must be an organization owner")
    check_not_last_owner(tx, user)
    visible_before = visible_user_ids(tx, user)
    view = StreamView(tx, user_ids=[user.user_id])
    tx.execute(SET_ROLE, user_id=user.user_id, role=role)
    changed = find_user(tx, user.user_id)
    assert changed is not None
    watchers = watchers_of(tx, user.user_id)
    emit_person(tx, watchers, {"user_id": user.user_id, "role": role})
    if user.is_active:
        _emit_groups(tx, watchers, user, changed)
        view.emit_changes(tx)
        _emit_own_view(tx, user, changed, visible_before)
    tell_processes(tx, user.user_id)


def _emit_groups(tx: WriteTx, watchers: Watchers, user: User, changed: User) -> None:
    settled_by = load_settled_by(tx)
    before = direct_groups(user.role, user.joined_at, settled_by)
    after = direct_groups(changed.role, user.joined_at, settled_by)
    emit_members(tx, watchers, "remove_members", user.user_id, before[:1])
    emit_members(tx, watchers, "add_members", user.user_id, after)
    emit_members(tx, watchers, "remove_members", user.user_id, before[1:])


def _emit_own_view(tx: WriteTx, user: User, changed: User, visible_before: set[int] | None) -> None:
    """Addresses and bots that the user now sees, or no longer, and the streams of new users."""
    own = to_users(tx, [user.user_id])
    realm = load_realm(tx)
    people = load_all_users(tx)
    limits = [seen for seen in (visible_before, visible_user_ids(tx, changed)) if seen is not None]
    for other in people:
        # Who came into view came with what is shown of them; who went out of view is not told of.
        if other.user_id == user.user_id or any(other.user_id not in seen for seen in limits):
            continue
        visibility = email_visibility(other, realm)
        shown = may_see_email(visibility, changed.role)
        if shown != may_see_email(visibility, user.role):
            emit_delivery_email(tx, other, own, shown=shown)
    if changed.is_admin != user.is_admin:
        others = [bot for bot in people if bot.is_bot and not bot.is_system and bot.bot_owner_id != user.user_id]
        _emit_bots(tx, others, own, gained=changed.is_admin)
    if changed.is_guest != user.is_guest:
        streams = [] if changed.is_guest else tx.values(DEFAULT_STREAMS)
        emit(tx, {"type": "default_streams", "default_streams": streams}, own)
        groups = [] if changed.is_guest else load_groups(tx)
        emit(tx, {"type": "default_stream_groups", "default_stream_groups": groups}, own)


def _emit_bots(tx: WriteTx, bots: list[User], audience: int, *, gained: bool) -> None:
    if gained:
        realm = load_realm(tx)
        sealed: dict[int, bytes] = dict(tx.rows(SEALED_KEYS))
        for bot in bots:
            emit_bot_added(tx, bot, realm, sealed[bot.user_id], audience)
    else:
        for bot in bots:
            emit(tx, {"type": "realm_bot", "op": "delete", "bot": {"user_id": bot.user_id}}, audience)
