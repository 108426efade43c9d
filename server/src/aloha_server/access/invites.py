"""Invitations: their rows, who sees and may revoke which, and who may invite as what and to where."""

from collections.abc import Iterable

import msgspec

from aloha.contract.errors import ApiError
from aloha.contract.settings import REALM_GROUP_SETTINGS

from ..store import Tx
from .groups import may
from .sight import OwnEyes
from .streams import load_all_streams
from .user_groups import check_may, load_groups
from .users import Role, User

COLUMNS = """is_multiuse, invite_id, email, referrer_id, invited_at, expires_at, invite_as, notify_referrer,
    token_sealed"""
PENDING = f"""
    select {COLUMNS} from invite where realm_id = :realm_id and (expires_at is null or expires_at > :now)
    order by is_multiuse, invite_id
"""
ONE = f"""
    select {COLUMNS} from invite
    where realm_id = :realm_id and is_multiuse = :is_multiuse and invite_id = :invite_id
        and (expires_at is null or expires_at > :now)
"""
BY_LINK, BY_MAIL = REALM_GROUP_SETTINGS["create_multiuse_invite_group"], REALM_GROUP_SETTINGS["can_invite_users_group"]


class Invite(msgspec.Struct, frozen=True):
    """A row of `invite`, as far as it is shown."""

    is_multiuse: int
    invite_id: int
    email: str | None
    referrer_id: int
    invited_at: int
    expires_at: int | None
    invite_as: int
    notify_referrer: int
    token_sealed: bytes


def pending_invites(tx: Tx, viewer: User) -> list[Invite]:
    """Administrators see all, others their own."""
    invites = tx.all(Invite, PENDING, now=int(tx.now))
    return [invite for invite in invites if viewer.is_admin or invite.referrer_id == viewer.user_id]


def access_invite(tx: Tx, actor: User, invite_id: int, *, multiuse: bool) -> Invite:
    """An invitation that the actor may revoke or send again; one of somebody else answers like none."""
    invite = tx.one(Invite, ONE, is_multiuse=int(multiuse), invite_id=invite_id, now=int(tx.now))
    if invite is None or not (actor.is_admin or invite.referrer_id == actor.user_id):
        raise ApiError("No such invitation")
    if invite.invite_as == Role.OWNER and actor.role != Role.OWNER:
        raise ApiError("Must be an organization owner")
    return invite


def check_may_invite(tx: Tx, actor: User, *, multiuse: bool, invite_as: int) -> None:
    """Nobody invites to a role of more power than administrators alone give, and owners owners."""
    if not may(tx, actor, (BY_LINK if multiuse else BY_MAIL).name):
        raise ApiError("Insufficient permission")
    if invite_as == Role.OWNER and actor.role != Role.OWNER:
        raise ApiError("Must be an organization owner")
    if invite_as <= Role.MODERATOR and not actor.is_admin:
        raise ApiError("Must be an organization administrator")


def check_places(tx: Tx, actor: User, stream_ids: Iterable[int], group_ids: Iterable[int]) -> None:
    """Raises ApiError for channels to which the actor may not subscribe others, and groups they may not add to."""
    wanted = set(stream_ids)
    if wanted:
        eyes = OwnEyes(tx, actor)
        sights = [eyes.see(stream) for stream in load_all_streams(tx) if stream.stream_id in wanted]
        allowed = {sight.stream.stream_id for sight in sights if sight is not None and not sight.stream.is_archived}
        for stream_id in sorted(wanted - allowed):
            raise ApiError(f"Invalid channel ID {stream_id}. No invites were sent.")
        if not all(sight.may_add for sight in sights if sight is not None):
            raise ApiError("You do not have permission to subscribe other users to channels.")
    asked = set(group_ids)
    groups = load_groups(tx, asked)
    if len(groups) < len(asked) or any(group.deactivated for group in groups):
        raise ApiError("Invalid user group")
    for group in groups:
        check_may(tx, actor, group, "can_add_members_group")
