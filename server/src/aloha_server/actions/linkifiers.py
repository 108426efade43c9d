"""The organization's linkifiers. All are told to everybody at each change; what was sent before keeps its links."""

from aloha.contract.errors import ApiError, PermissionDeniedError

from ..access.linkifiers import LINKIFIERS_MAX, check_linkifier, wire_linkifiers
from ..access.users import User
from ..events.emit import EVERYBODY, emit
from ..store import Tx, WriteTx

INSERT = """
    insert into linkifier (realm_id, linkifier_id, place, pattern, url_template)
    values (:realm_id, :linkifier_id, :place, :pattern, :url_template)
"""
UPDATE = """
    update linkifier set pattern = :pattern, url_template = :url_template
    where realm_id = :realm_id and linkifier_id = :linkifier_id
"""
DELETE = "delete from linkifier where realm_id = :realm_id and linkifier_id = :linkifier_id"
SET_PLACE = "update linkifier set place = :place where realm_id = :realm_id and linkifier_id = :linkifier_id"
COUNT_AND_END = "select count(*), coalesce(max(place), 0) from linkifier where realm_id = :realm_id"
SAME = """
    select 1 from linkifier
    where realm_id = :realm_id and pattern = :pattern and linkifier_id <> :linkifier_id
"""
FIND = "select pattern, url_template from linkifier where realm_id = :realm_id and linkifier_id = :linkifier_id"


def add_linkifier(tx: WriteTx, actor: User, pattern: str, url_template: str) -> int:
    """At the end of the order; its id."""
    _check_admin(actor)
    check_linkifier(pattern, url_template)
    _check_new(tx, pattern, 0)
    counted = tx.row(COUNT_AND_END)
    assert counted is not None
    count, last = counted
    if count >= LINKIFIERS_MAX:
        raise ApiError(f"There can be at most {LINKIFIERS_MAX} linkifiers")
    linkifier_id = tx.next_id("linkifier")
    tx.execute(INSERT, linkifier_id=linkifier_id, place=last + 1, pattern=pattern, url_template=url_template)
    _emit(tx)
    return linkifier_id


def update_linkifier(tx: WriteTx, actor: User, linkifier_id: int, pattern: str, url_template: str) -> None:
    _check_admin(actor)
    found = _find(tx, linkifier_id)
    check_linkifier(pattern, url_template)
    _check_new(tx, pattern, linkifier_id)
    if found != (pattern, url_template):
        tx.execute(UPDATE, linkifier_id=linkifier_id, pattern=pattern, url_template=url_template)
        _emit(tx)


def remove_linkifier(tx: WriteTx, actor: User, linkifier_id: int) -> None:
    _check_admin(actor)
    _find(tx, linkifier_id)
    tx.execute(DELETE, linkifier_id=linkifier_id)
    _emit(tx)


def reorder_linkifiers(tx: WriteTx, actor: User, linkifier_ids: list[int]) -> None:
    """All of them, each once, in the order in which they are to apply."""
    _check_admin(actor)
    before = [linkifier.id for linkifier in wire_linkifiers(tx)]
    if sorted(linkifier_ids) != sorted(before):
        raise ApiError("The order must name every linkifier exactly once")
    if linkifier_ids != before:
        places = [{"linkifier_id": id_, "place": place} for place, id_ in enumerate(linkifier_ids, start=1)]
        tx.execute_many(SET_PLACE, places)
        _emit(tx)


def _check_admin(actor: User) -> None:
    if not actor.is_admin:
        raise PermissionDeniedError("Must be an organization administrator")


def _find(tx: Tx, linkifier_id: int) -> tuple[str, str]:
    found = tx.row(FIND, linkifier_id=linkifier_id)
    if found is None:
        raise ApiError("Linkifier not found.")
    return found[0], found[1]


def _check_new(tx: Tx, pattern: str, linkifier_id: int) -> None:
    if tx.row(SAME, pattern=pattern, linkifier_id=linkifier_id) is not None:
        raise ApiError("There is a linkifier with this pattern already")


def _emit(tx: WriteTx) -> None:
    emit(tx, {"type": "realm_linkifiers", "realm_linkifiers": wire_linkifiers(tx)}, EVERYBODY)
