"""Mail domains: from which addresses people may join, where the organization restricts it."""

import re

from aloha.contract.errors import ApiError
from aloha.contract.objects import RealmDomain

from ..store import Tx
from .realm import Realm, realm_settings

DOMAIN_CHARS_MAX = 80

ALL = "select domain, allow_subdomains from realm_domain where realm_id = :realm_id order by domain_id"

_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", re.ASCII)


def wire_domains(tx: Tx) -> list[RealmDomain]:
    return [RealmDomain(domain=domain, allow_subdomains=bool(below)) for domain, below in tx.rows(ALL)]


def check_domain(domain: str) -> str:
    """The domain as it is kept; raises ApiError."""
    domain = domain.strip().lower()
    if len(domain) > DOMAIN_CHARS_MAX or _DOMAIN.fullmatch(domain) is None:
        raise ApiError("Invalid domain")
    return domain


def check_email_allowed(tx: Tx, realm: Realm, email: str) -> None:
    """Raises ApiError where only addresses of listed domains may join and this is of none."""
    if not realm_settings(tx, realm)["emails_restricted_to_domains"]:
        return
    domain = email.rpartition("@")[2].lower()
    for allowed in wire_domains(tx):
        if domain == allowed.domain or (allowed.allow_subdomains and domain.endswith(f".{allowed.domain}")):
            return
    raise ApiError(f"Email '{email}' not allowed in this organization")
