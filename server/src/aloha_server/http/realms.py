"""The realm of a request, by its Host header."""

import re

from aloha.contract.errors import ApiError
from aloha_server.api.context import Realm

from .interfaces import Realms

_HOST = re.compile(r"(?P<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?", re.ASCII)


def parse_host(header: bytes) -> tuple[str, str]:
    """`(name, name and port)`, both in lower case. What is empty or no host at all is `("", "")`: the header goes
    into URLs that are sent back, so nothing else may pass."""
    host = header.decode("latin-1").strip().lower()
    found = _HOST.fullmatch(host)
    return (found["name"], host) if found else ("", "")


def find_realm(realms: Realms, header: bytes) -> Realm:
    realm = realms.find(parse_host(header)[0])
    if realm is None:
        raise ApiError("Invalid subdomain", code="NONEXISTENT_SUBDOMAIN")
    if not realm.is_active:
        raise ApiError("This organization has been deactivated", code="REALM_DEACTIVATED")
    return realm
