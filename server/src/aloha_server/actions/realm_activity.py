"""Closing an organization and opening it again. Nothing in it is changed; nobody gets in while it is closed."""

from aloha.contract.errors import PermissionDeniedError

from ..access.users import Role, User
from ..events.emit import EVERYBODY, emit, emit_internal
from ..store import WriteTx

SET_ACTIVE = "update realm set is_active = :is_active where realm_id = :realm_id"


def deactivate_realm(tx: WriteTx, actor: User) -> None:
    """Who waits for events hears of it; whatever they ask next is refused with REALM_DEACTIVATED."""
    if actor.role != Role.OWNER:
        raise PermissionDeniedError("Must be an organization owner")
    tx.execute(SET_ACTIVE, is_active=0)
    emit(tx, {"type": "realm", "op": "deactivated", "realm_id": tx.realm_id}, EVERYBODY)
    emit_internal(tx, "_realm", {})


def reactivate_realm(tx: WriteTx) -> None:
    """The server's own command line does it: nobody of a closed organization can ask."""
    tx.execute(SET_ACTIVE, is_active=1)
    emit_internal(tx, "_realm", {})
