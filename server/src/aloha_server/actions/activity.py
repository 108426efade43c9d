"""Deactivating accounts and opening them again. What they wrote stays; subscriptions stay, but count no more."""

from msgspec import structs

from aloha.contract.errors import ApiError

from ..access.presence import forget_presence
from ..access.subscribers import refresh_audiences
from ..access.user_groups import memberships_of
from ..access.users import User, active_user_ids, check_person, load_users
from ..events.queues import delete_queues_of
from ..store import WriteTx
from .group_events import MembersOp, emit_memberships
from .invites import close_invites_of
from .people import emit_bot_change, emit_person, tell_processes, watchers_of
from .roles import check_may_change, check_not_last_owner
from .stream_view import StreamView
from .user_status import forget_statuses

OWNED_BOTS = "select user_id from account where realm_id = :realm_id and bot_owner_id = :user_id and is_active = 1"
PEOPLE = """
    select count(*) from account
    where realm_id = :realm_id and is_active = 1 and bot_type is null
"""
SET_ACTIVE = "update account set is_active = :is_active where realm_id = :realm_id and user_id = any(:ids)"
STREAMS_OF = """
    select distinct stream_id from subscription
    where realm_id = :realm_id and user_id = any(:ids) and is_active = 1 order by stream_id
"""


def deactivate_user(tx: WriteTx, actor: User, user: User) -> None:
    """With the bots that they own. Their keys and queues end at once."""
    check_may_change(actor, user)
    if user.is_active:
        _deactivate(tx, user)


def deactivate_own_account(tx: WriteTx, user: User) -> None:
    check_person(user)
    _deactivate(tx, user)


def _deactivate(tx: WriteTx, user: User) -> None:
    check_not_last_owner(tx, user)
    if not user.is_bot and tx.value(PEOPLE) == 1:
        raise ApiError(
            "Cannot deactivate the only user", code="CANNOT_DEACTIVATE_LAST_USER", is_last_owner=False, entity="user"
        )
    deactivate_accounts(tx, [user.user_id, *tx.values(OWNED_BOTS, user_id=user.user_id)])


def deactivate_accounts(tx: WriteTx, ids: list[int]) -> None:
    """Without asking who does it."""
    _set_active(tx, ids, active=False)
    close_invites_of(tx, ids)
    forget_statuses(tx, ids)
    forget_presence(tx, ids)
    for user_id in ids:
        delete_queues_of(tx, user_id)


def reactivate_user(tx: WriteTx, actor: User, user: User) -> None:
    check_may_change(actor, user)
    if not user.is_active:
        _set_active(tx, [user.user_id], active=True)


def _set_active(tx: WriteTx, ids: list[int], *, active: bool) -> None:
    """The rows, then the events: the account's own, and for others who saw it among a stream's subscribers."""
    stream_ids = tx.values(STREAMS_OF, ids=ids)
    others = [user_id for user_id in active_user_ids(tx) if user_id not in ids]
    view = StreamView(tx, stream_ids, user_ids=others)
    tx.execute(SET_ACTIVE, is_active=int(active), ids=ids)
    refresh_audiences(tx, stream_ids)
    for user in load_users(tx, ids).values():
        _emit_activity(tx, user)
        tell_processes(tx, user.user_id, is_active=active)
    view.emit_changes(tx)


def _emit_activity(tx: WriteTx, user: User) -> None:
    watchers = watchers_of(tx, user.user_id)
    emit_person(tx, watchers, {"user_id": user.user_id, "is_active": bool(user.is_active)})
    if user.is_bot:
        emit_bot_change(tx, user, {"is_active": bool(user.is_active)})
    op: MembersOp = "add_members" if user.is_active else "remove_members"
    emit_memberships(tx, op, memberships_of(tx, [structs.replace(user, is_active=1)]), watchers.audience(tx))
