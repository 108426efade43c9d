"""Whom a guest may see, where the organization limits that: people of shared streams and direct conversations,
bots that the server brings along, and themselves."""

from ..store import Tx
from .groups import is_in_group
from .realm import realm_settings
from .users import Role, User

SHARED_STREAMS = """
    select distinct other.user_id from subscription mine
    join subscription other on other.realm_id = mine.realm_id and other.stream_id = mine.stream_id
        and other.is_active = 1
    join stream s on s.realm_id = mine.realm_id and s.stream_id = mine.stream_id and s.is_archived = 0
    where mine.realm_id = :realm_id and mine.user_id = :user_id and mine.is_active = 1
"""
SHARED_CONVERSATIONS = """
    select distinct other.user_id from direct_member mine
    join direct_member other on other.realm_id = mine.realm_id and other.recipient_id = mine.recipient_id
    where mine.realm_id = :realm_id and mine.user_id = :user_id
"""
SYSTEM_BOTS = "select user_id from account where realm_id = :realm_id and is_system = 1"
GUESTS = "select user_id from account where realm_id = :realm_id and role = 600 and is_active = 1"


def limited_guest_ids(tx: Tx) -> list[int]:
    """The active guests who do not see everybody; empty unless the organization limits them."""
    groups = realm_settings(tx)["can_access_all_users_group"]
    probe = User(0, "", "", Role.GUEST, 1, None, None, 0, "", "", 0, "", 0, "{}")
    return [] if is_in_group(tx, probe, groups) else tx.values(GUESTS)


def visible_user_ids(tx: Tx, viewer: User) -> set[int] | None:
    """The ids that a limited guest sees; None for those who see everybody."""
    if not viewer.is_guest or is_in_group(tx, viewer, realm_settings(tx)["can_access_all_users_group"]):
        return None
    return seen_by_guest(tx, viewer.user_id)


def seen_by_guest(tx: Tx, guest_id: int) -> set[int]:
    """Whom a limited guest sees."""
    seen = set(tx.values(SHARED_STREAMS, user_id=guest_id))
    seen.update(tx.values(SHARED_CONVERSATIONS, user_id=guest_id))
    seen.update(tx.values(SYSTEM_BOTS))
    seen.add(guest_id)
    return seen
