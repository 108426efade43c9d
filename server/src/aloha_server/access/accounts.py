"""Who is asking: the account of an email and API key, and the process's memory of them.

`Accounts` keeps what it found for a credential's hash until an `_account` entry of the log names the user, so a
key that was revoked, a role that changed or an account that was deactivated is noticed at once in the process
that did it and as soon as the log is read elsewhere.
"""

import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import msgspec

from aloha.contract.errors import ApiError, UnauthorizedError

from ..store import Tx

CACHED_MAX = 100_000

FIND = """
    select user_id, role, is_active, bot_type, email, full_name, api_key_digest from account
    where realm_id = :realm_id and api_key_digest = :digest
"""


class Account(msgspec.Struct, frozen=True, gc=False):
    """Who acts. `email` is the delivery address, never shown to those who may not see it."""

    realm_id: int
    user_id: int
    role: int
    is_bot: bool
    email: str
    full_name: str

    @property
    def is_guest(self) -> bool:
        return self.role == 600


def digest_api_key(api_key: str) -> bytes:
    return hashlib.sha256(api_key.encode()).digest()


def find_account(tx: Tx, email: str, api_key: str) -> Account:
    """Raises UnauthorizedError, the same for a wrong key and an unknown user, and USER_DEACTIVATED."""
    digest = digest_api_key(api_key)
    row = tx.row(FIND, digest=digest)
    if row is None or not hmac.compare_digest(bytes(row[6]), digest):
        raise UnauthorizedError
    user_id, role, is_active, bot_type, delivery_email, full_name, _ = row
    shown = email.casefold().partition("@")[0] == f"user{user_id}"
    if not shown and email.casefold() != delivery_email.casefold():
        raise UnauthorizedError
    if not is_active:
        raise ApiError("Account is deactivated", code="USER_DEACTIVATED")
    return Account(tx.realm_id, user_id, role, bot_type is not None, delivery_email, full_name)


class Accounts:
    """Belongs to the loop's thread."""

    def __init__(self, read: Callable[[int, Callable[[Tx], Account]], Awaitable[Account]]) -> None:
        self._read = read
        self._found: OrderedDict[tuple[int, bytes], Account] = OrderedDict()
        self._of_user: dict[tuple[int, int], set[tuple[int, bytes]]] = {}
        self._generation = 0

    def cached(self, realm_id: int, email: str, api_key: str) -> Account | None:
        return self._found.get(_key(realm_id, email, api_key))

    async def authenticate(self, realm_id: int, email: str, api_key: str) -> Account:
        """The account of these credentials; raises ApiError."""
        key = _key(realm_id, email, api_key)
        account = self._found.get(key)
        if account is None:
            generation = self._generation
            account = await self._read(realm_id, lambda tx: find_account(tx, email, api_key))
            if generation == self._generation:  # else a change came by that this read may not have seen
                self._keep(key, account)
        return account

    def forget(self, realm_id: int, user_id: int) -> None:
        """The account changed; what was found for it is read again."""
        self._generation += 1
        for key in self._of_user.pop((realm_id, user_id), ()):
            self._found.pop(key, None)

    def _keep(self, key: tuple[int, bytes], account: Account) -> None:
        self._found[key] = account
        self._of_user.setdefault((account.realm_id, account.user_id), set()).add(key)
        while len(self._found) > CACHED_MAX:
            old, dropped = self._found.popitem(last=False)
            mine = self._of_user.get((dropped.realm_id, dropped.user_id), set())
            mine.discard(old)
            if not mine:
                self._of_user.pop((dropped.realm_id, dropped.user_id), None)


def _key(realm_id: int, email: str, api_key: str) -> tuple[int, bytes]:
    return realm_id, hashlib.sha256(f"{email}\0{api_key}".encode()).digest()
