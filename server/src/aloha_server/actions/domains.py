"""The mail domains whose addresses may join. Who comes in is the owners' matter."""

from aloha.contract.errors import ApiError, PermissionDeniedError

from ..access.domains import check_domain
from ..access.realm import realm_settings
from ..access.users import Role, User
from ..events.emit import EVERYBODY, emit
from ..store import WriteTx
from .realm_settings import update_realm

DOMAINS_MAX = 1000

FIND = """
    select domain_id, allow_subdomains from realm_domain where realm_id = :realm_id and domain = :domain
"""
COUNT = "select count(*) from realm_domain where realm_id = :realm_id"
INSERT = """
    insert into realm_domain (realm_id, domain_id, domain, allow_subdomains)
    values (:realm_id, :domain_id, :domain, :allow_subdomains)
"""
UPDATE = """
    update realm_domain set allow_subdomains = :allow_subdomains where realm_id = :realm_id and domain = :domain
"""
DELETE = "delete from realm_domain where realm_id = :realm_id and domain = :domain"


def add_domain(tx: WriteTx, actor: User, domain: str, *, allow_subdomains: bool) -> tuple[int, str]:
    """Its id and the domain as it is kept."""
    _check_owner(actor)
    domain = check_domain(domain)
    if tx.row(FIND, domain=domain) is not None:
        raise ApiError(f"The domain {domain} is already a part of your organization.")
    if tx.value(COUNT) >= DOMAINS_MAX:
        raise ApiError(f"An organization lists at most {DOMAINS_MAX} domains.")
    domain_id = tx.next_id("domain")
    tx.execute(INSERT, domain_id=domain_id, domain=domain, allow_subdomains=int(allow_subdomains))
    _emit(tx, "add", domain, allow_subdomains=allow_subdomains)
    return domain_id, domain


def change_domain(tx: WriteTx, actor: User, domain: str, *, allow_subdomains: bool) -> None:
    _check_owner(actor)
    domain = domain.lower()
    if _find(tx, domain)[1] == int(allow_subdomains):
        return
    tx.execute(UPDATE, domain=domain, allow_subdomains=int(allow_subdomains))
    _emit(tx, "change", domain, allow_subdomains=allow_subdomains)


def remove_domain(tx: WriteTx, actor: User, domain: str) -> None:
    """With the last one ends the restriction to listed domains, or nobody could join."""
    _check_owner(actor)
    domain = domain.lower()
    _find(tx, domain)
    tx.execute(DELETE, domain=domain)
    emit(tx, {"type": "realm_domains", "op": "remove", "domain": domain}, EVERYBODY)
    if not tx.value(COUNT) and realm_settings(tx)["emails_restricted_to_domains"]:
        update_realm(tx, actor, {"emails_restricted_to_domains": False})


def _check_owner(actor: User) -> None:
    if actor.role != Role.OWNER:
        raise PermissionDeniedError("Must be an organization owner")


def _find(tx: WriteTx, domain: str) -> tuple[int, int]:
    row = tx.row(FIND, domain=domain)
    if row is None:
        raise ApiError(f"No entry found for domain {domain}.")
    return row[0], row[1]


def _emit(tx: WriteTx, op: str, domain: str, *, allow_subdomains: bool) -> None:
    listed = {"domain": domain, "allow_subdomains": allow_subdomains}
    emit(tx, {"type": "realm_domains", "op": op, "realm_domain": listed}, EVERYBODY)
