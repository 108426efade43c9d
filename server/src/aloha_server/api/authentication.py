"""Getting and replacing API keys."""

from aloha.contract.endpoints.authentication import (
    ApiKeyResult,
    DevFetchApiKey,
    FetchApiKey,
    RegeneratedApiKey,
    RegenerateOwnApiKey,
    dev_fetch_api_key,
    fetch_api_key,
    regenerate_own_api_key,
)
from aloha.contract.errors import ApiError

from ..access.accounts import digest_api_key
from ..access.keys import new_api_key
from ..access.passwords import is_password
from ..access.realm import load_realm, realm_settings
from ..access.users import User, acting_user, find_user_by_email
from ..actions.users import regenerate_api_key
from ..store import Tx
from .context import Context, Services
from .routing import Routes

routes = Routes()

SECRETS = "select password_hash, api_key_sealed from account where realm_id = :realm_id and user_id = :user_id"


@routes.handles(fetch_api_key)
async def fetch(ctx: Context[Services], params: FetchApiKey) -> ApiKeyResult:
    """The same answer, after the same time, for a wrong password and an unknown user."""

    def check(tx: Tx) -> tuple[User, bytes]:
        user = find_user_by_email(tx, params.username, load_realm(tx))
        password_hash, sealed = _secrets(tx, user)
        right = is_password(password_hash, params.password)
        if user is None or not right or not realm_settings(tx)["authentication_methods"].get("Email"):
            raise ApiError("Your username or password is incorrect", code="AUTHENTICATION_FAILED")
        return _active(user), sealed

    return _shown(ctx, *await ctx.read(check))


@routes.handles(dev_fetch_api_key)
async def fetch_in_demo(ctx: Context[Services], params: DevFetchApiKey) -> ApiKeyResult:
    """As if it did not exist, except with `--demo`."""
    if not ctx.services.settings.demo:
        raise ApiError("There is no such URL", code="NOT_FOUND")

    def find(tx: Tx) -> tuple[User, bytes]:
        user = find_user_by_email(tx, params.username, load_realm(tx))
        if user is None or user.is_system:
            raise ApiError("This user is not registered.", code="AUTHENTICATION_FAILED")
        return _active(user), _secrets(tx, user)[1]

    return _shown(ctx, *await ctx.read(find))


@routes.handles(regenerate_own_api_key)
async def regenerate(ctx: Context[Services], params: RegenerateOwnApiKey) -> RegeneratedApiKey:
    del params
    api_key = new_api_key()
    sealed, digest = ctx.services.keys.seal(api_key), digest_api_key(api_key)
    await ctx.write(
        lambda tx: regenerate_api_key(tx, acting_user(tx, ctx.user.user_id), sealed_key=sealed, api_key_digest=digest)
    )
    return RegeneratedApiKey(api_key=api_key)


def _secrets(tx: Tx, user: User | None) -> tuple[str | None, bytes]:
    row = None if user is None else tx.row(SECRETS, user_id=user.user_id)
    return (None, b"") if row is None else (row[0], bytes(row[1] or b""))


def _active(user: User) -> User:
    if not user.is_active:
        raise ApiError("Account is deactivated", code="USER_DEACTIVATED")
    return user


def _shown(ctx: Context[Services], user: User, sealed: bytes) -> ApiKeyResult:
    return ApiKeyResult(api_key=ctx.services.keys.open(sealed), email=user.email, user_id=user.user_id)
