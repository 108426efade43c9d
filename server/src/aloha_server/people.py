"""Making accounts from outside the API: for the command line, the demo and tests."""

import msgspec

from .access.accounts import digest_api_key
from .access.keys import KeyRing, new_api_key
from .access.passwords import hash_password
from .access.users import Role, find_user
from .actions.subscriptions import subscribe_to_defaults
from .actions.users import NewUser, create_user
from .settings import Settings
from .store import Store, WriteTx

ROLES = {role.name.lower(): role for role in Role}
GENERIC_BOT = 1


class MadeUser(msgspec.Struct, frozen=True):
    user_id: int
    email: str
    api_key: str


def make_user(
    store: Store,
    settings: Settings,
    email: str,
    full_name: str,
    role: int,
    *,
    realm_id: int = 1,
    password: str = "",
    bot_owner_id: int | None = None,
) -> MadeUser:
    """Makes an account with a key, and without a password unless one is given. Raises ApiError."""
    api_key = new_api_key()
    new = NewUser(
        email=email,
        full_name=full_name,
        role=role,
        password_hash=hash_password(password) if password else None,
        sealed_key=KeyRing(settings.data).seal(api_key),
        api_key_digest=digest_api_key(api_key),
        bot_type=None if bot_owner_id is None else GENERIC_BOT,
        bot_owner_id=bot_owner_id,
    )

    def create(tx: WriteTx) -> MadeUser:
        user_id = create_user(tx, None, new, subscribe_new)
        return MadeUser(user_id, email, api_key)

    return store.write(realm_id, create)


def subscribe_new(tx: WriteTx, user_id: int) -> None:
    """A new member's first streams."""
    user = find_user(tx, user_id)
    assert user is not None
    subscribe_to_defaults(tx, user)
