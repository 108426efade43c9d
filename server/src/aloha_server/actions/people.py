"""Telling of people: who hears of a change of somebody, and what.

A person is told of to all who may see them; an address to those of them whom its owner shows it. Where the two
differ there are two events, and nobody gets both.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from pyroaring import BitMap

from ..access.adapters import GRAVATAR_HINT
from ..access.avatars import UPLOADED, is_gravatar
from ..access.guests import seen_by_limited_guests
from ..access.people import avatar_change, wire_bot, wire_user
from ..access.realm import Realm, system_groups
from ..access.roster import load_roster
from ..access.users import User, email_visibility, may_see_email, shown_email
from ..events.emit import EVERYBODY, emit, emit_internal, to_users
from ..store import Tx, WriteTx

ROLES = "select user_id, role from account where realm_id = :realm_id and is_active = 1 and is_system = 0"
ADMINS_AND = """
    select user_id from account
    where realm_id = :realm_id and is_active = 1 and is_system = 0 and (role <= 200 or user_id = :owner_id)
"""


class Watchers(msgspec.Struct, frozen=True):
    """Who may be told of one user. `blind` are the limited guests who do not see them."""

    roles: dict[int, int]
    blind: BitMap

    def who(self, user_ids: Iterable[int]) -> list[int]:
        return [user_id for user_id in user_ids if user_id not in self.blind]

    def who_see_email(self, user: User, visibility: int) -> set[int]:
        """Those who are shown the address; its owner always is."""
        seers = {user_id for user_id, role in self.roles.items() if may_see_email(visibility, role)}
        return {*seers, user.user_id} - set(self.blind)

    def audience(self, tx: WriteTx) -> int | None:
        return to_users(tx, self.who(self.roles)) if self.blind else EVERYBODY


def watchers_of(tx: Tx, user_id: int) -> Watchers:
    """In a constant number of queries."""
    guests = load_roster(tx).limited
    seen = seen_by_limited_guests(tx, guests) if guests else {}
    blind = BitMap(guest_id for guest_id, ids in seen.items() if user_id not in ids)
    return Watchers(dict(tx.rows(ROLES)), blind)


def tell_processes(tx: WriteTx, user_id: int, *, is_active: bool = True) -> None:
    """What they remember of the account is no longer true; of one that is not active they forget all."""
    emit_internal(tx, "_account", {"user_id": user_id, "is_active": is_active})


def emit_person(tx: WriteTx, watchers: Watchers, person: dict[str, Any]) -> None:
    """`realm_user/update` to all who see the person."""
    emit(tx, {"type": "realm_user", "op": "update", "person": person}, watchers.audience(tx))


def emit_added(tx: WriteTx, watchers: Watchers, user: User, realm: Realm) -> None:
    """`realm_user/add`, with the address and without."""
    seers = watchers.who_see_email(user, email_visibility(user, realm))
    blind = [user_id for user_id in watchers.who(watchers.roles) if user_id not in seers]
    for viewer, user_ids in ((user, list(seers)), (None, blind)):
        event = {"type": "realm_user", "op": "add", "person": wire_user(user, realm, viewer, profile={})}
        emit(tx, event, to_users(tx, user_ids))


def emit_delivery_email(tx: WriteTx, user: User, audience: int, *, shown: bool) -> None:
    """Shown: the address; else that it is shown no longer."""
    person = {"user_id": user.user_id, "delivery_email": user.email if shown else None}
    emit(tx, {"type": "realm_user", "op": "update", "person": person}, audience)


def emit_shown_email(tx: WriteTx, watchers: Watchers, user: User, realm: Realm) -> None:
    """The address that stands for the user is another one; a gravatar is made from it."""
    emit_person(tx, watchers, {"user_id": user.user_id, "new_email": shown_email(user, realm)})
    if user.avatar_source != UPLOADED:
        emit_avatar(tx, watchers, user, realm)


def emit_avatar(tx: WriteTx, watchers: Watchers, user: User, realm: Realm) -> None:
    event: dict[str, Any] = {"type": "realm_user", "op": "update", "person": avatar_change(user, realm)}
    if is_gravatar(user, realm):
        event[GRAVATAR_HINT] = True
    emit(tx, event, watchers.audience(tx))


def emit_members(tx: WriteTx, watchers: Watchers, op: str, user_id: int, names: Iterable[str]) -> None:
    """`user_group/add_members` or `remove_members` of the built-in groups."""
    groups = system_groups(tx)
    for name in names:
        event = {"type": "user_group", "op": op, "group_id": groups[name], "user_ids": [user_id]}
        emit(tx, event, watchers.audience(tx))


def emit_bot_added(tx: WriteTx, bot: User, realm: Realm, sealed: bytes | None, audience: int | None = None) -> None:
    """To the owner and administrators, or to an audience of the caller's."""
    event = {"type": "realm_bot", "op": "add", "bot": wire_bot(bot, realm, sealed)}
    emit(tx, event, _bot_audience(tx, bot) if audience is None else audience)


def emit_bot_change(tx: WriteTx, bot: User, change: dict[str, Any]) -> None:
    event = {"type": "realm_bot", "op": "update", "bot": {"user_id": bot.user_id, **change}}
    emit(tx, event, _bot_audience(tx, bot))


def _bot_audience(tx: WriteTx, bot: User) -> int:
    return to_users(tx, tx.values(ADMINS_AND, owner_id=bot.bot_owner_id or 0))
