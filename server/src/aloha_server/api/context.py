"""What a handler is given beside its parameters: the realm, the user, the client, and the way to the data.

A handler never sees a request. `Context.user` is the authenticated user; it exists wherever the endpoint asks
for authentication, which is everywhere but where `Endpoint.auth` is False or `Endpoint.anonymous` lets one go without.
"""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import msgspec

from ..access.accounts import Account as User
from ..access.realm import Realm
from ..settings import Settings

if TYPE_CHECKING:
    from ..access.keys import KeyRing
    from ..access.presence import Presences
    from ..files import Files
    from ..store import Tx, WriteTx

T = TypeVar("T")

CLIENT_NAME_CHARS_MAX = 30

_PRODUCT = re.compile(r"[^/\s(;]+")


class UploadedFile(msgspec.Struct, frozen=True):
    """A file of a multipart body, whole: its size is bounded by the edge."""

    filename: str
    content_type: str
    data: bytes


class Services(Protocol):
    """The ways to the data. `fn` runs on a store thread, over an open transaction of the realm."""

    settings: Settings
    keys: "KeyRing"
    presences: "Presences"
    files: "Files"

    async def read(self, realm_id: int, fn: "Callable[[Tx], T]") -> T: ...

    async def write(self, realm_id: int, fn: "Callable[[WriteTx], T]") -> T:
        """Returns after COMMIT; an exception of `fn` undoes what it did and is raised here."""
        ...

    async def offload(self, fn: "Callable[[], T]") -> T:
        """Runs what is slow and needs no data, such as decoding a picture: off the loop, one at a time."""
        ...


class Authenticator(Protocol):
    async def authenticate(self, realm_id: int, email: str, api_key: str) -> User:
        """Raises UnauthorizedError, the same one for a wrong key and an unknown user."""
        ...


S_co = TypeVar("S_co", bound=Services, covariant=True)


class Context(msgspec.Struct, Generic[S_co], frozen=True, kw_only=True):
    """One call: made by the edge, given to the endpoint's handler."""

    services: S_co
    realm: Realm
    account: User | None
    client: str
    base_url: str
    idempotency_key: str | None
    remote_addr: str
    files: Mapping[str, UploadedFile]

    @property
    def user(self) -> User:
        assert self.account is not None, "an endpoint without authentication has no user"
        return self.account

    async def read(self, fn: "Callable[[Tx], T]") -> T:
        return await self.services.read(self.realm.realm_id, fn)

    async def write(self, fn: "Callable[[WriteTx], T]") -> T:
        return await self.services.write(self.realm.realm_id, fn)


def client_name(user_agent: str | None) -> str:
    """The name of the client program: "AlohaPython/0.1.0 (...)" is AlohaPython, every browser is "website"."""
    found = _PRODUCT.match(user_agent.strip()) if user_agent else None
    if found is None:
        return "Unspecified"
    name = found.group()
    return "website" if name in ("Mozilla", "Opera") else name[:CLIENT_NAME_CHARS_MAX]


__all__ = ["Authenticator", "Context", "Realm", "Services", "UploadedFile", "User", "client_name"]
