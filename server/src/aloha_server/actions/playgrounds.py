"""The sites where code can be run. All are told to everybody at each change."""

from aloha.contract.errors import ApiError, PermissionDeniedError

from ..access.playgrounds import PLAYGROUNDS_MAX, check_playground, wire_playgrounds
from ..access.users import User
from ..events.emit import EVERYBODY, emit
from ..store import WriteTx

INSERT = """
    insert into playground (realm_id, playground_id, name, pygments_language, url_template)
    values (:realm_id, :playground_id, :name, :language, :url_template)
"""
DELETE = "delete from playground where realm_id = :realm_id and playground_id = :playground_id"


def add_playground(tx: WriteTx, actor: User, name: str, language: str, url_template: str) -> int:
    """Its id."""
    _check_admin(actor)
    name, language = name.strip(), language.strip()
    check_playground(name, language, url_template)
    known = wire_playgrounds(tx)
    if any((one.name, one.pygments_language) == (name, language) for one in known):
        raise ApiError("There is a playground of this name for the language already")
    if len(known) >= PLAYGROUNDS_MAX:
        raise ApiError(f"There can be at most {PLAYGROUNDS_MAX} playgrounds")
    playground_id = tx.next_id("playground")
    tx.execute(INSERT, playground_id=playground_id, name=name, language=language, url_template=url_template)
    _emit(tx)
    return playground_id


def remove_playground(tx: WriteTx, actor: User, playground_id: int) -> None:
    _check_admin(actor)
    if not tx.execute(DELETE, playground_id=playground_id):
        raise ApiError("Invalid playground")
    _emit(tx)


def _check_admin(actor: User) -> None:
    if not actor.is_admin:
        raise PermissionDeniedError("Must be an organization administrator")


def _emit(tx: WriteTx) -> None:
    emit(tx, {"type": "realm_playgrounds", "realm_playgrounds": wire_playgrounds(tx)}, EVERYBODY)
