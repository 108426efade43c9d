"""People over the API: listing, making, changing and deactivating accounts."""

from collections.abc import Callable
from typing import TypeVar

from aloha.contract.endpoint import UNSET, Empty
from aloha.contract.endpoints import users as contract
from aloha.contract.endpoints.users import (
    CreateUserResult,
    GetOwnUserResult,
    GetUsersResult,
    UserResult,
)
from aloha.contract.errors import ApiError

from ..access.accounts import digest_api_key
from ..access.keys import new_api_key
from ..access.passwords import check_password, hash_password
from ..access.users import User, acting_user, find_user
from ..actions.activity import deactivate_own_account, deactivate_user, reactivate_user
from ..actions.profile_data import set_profile_data
from ..actions.subscriptions import subscribe_to_defaults
from ..actions.users import NewUser, access_user, create_user, update_user
from ..reads.users import access_person, get_own_user, get_user, get_users
from ..store import Tx, WriteTx
from .context import Context, Services
from .routing import Routes

T = TypeVar("T")

routes = Routes()


@routes.handles(contract.get_users)
async def list_all(ctx: Context[Services], params: contract.GetUsers) -> GetUsersResult:
    def read(tx: Tx) -> GetUsersResult:
        viewer = acting_user(tx, ctx.user.user_id)
        members = get_users(
            tx,
            viewer,
            client_gravatar=params.client_gravatar,
            profile=params.include_custom_profile_fields,
            user_ids=None if params.user_ids is UNSET else params.user_ids,
        )
        return GetUsersResult(members=members)

    return await ctx.read(read)


@routes.handles(contract.get_own_user)
async def show_own(ctx: Context[Services], params: contract.GetOwnUser) -> GetOwnUserResult:
    del params
    return await ctx.read(lambda tx: get_own_user(tx, acting_user(tx, ctx.user.user_id)))


@routes.handles(contract.get_user)
async def show(ctx: Context[Services], params: contract.GetUser) -> UserResult:
    return await _show(ctx, params.user_id, params)


@routes.handles(contract.get_user_by_email)
async def show_by_email(ctx: Context[Services], params: contract.GetUserByEmail) -> UserResult:
    return await _show(ctx, params.email, params)


async def _show(
    ctx: Context[Services], user: int | str, params: contract.GetUser | contract.GetUserByEmail
) -> UserResult:
    def read(tx: Tx) -> UserResult:
        found = get_user(
            tx,
            acting_user(tx, ctx.user.user_id),
            user,
            client_gravatar=params.client_gravatar,
            profile=params.include_custom_profile_fields,
        )
        return UserResult(user=found)

    return await ctx.read(read)


@routes.handles(contract.create_user)
async def create(ctx: Context[Services], params: contract.CreateUser) -> CreateUserResult:
    check_password(params.password)
    api_key = new_api_key()

    def prepare(tx: Tx) -> NewUser:
        """Hashing is slow: only for those who may make an account, and before the lock."""
        if not acting_user(tx, ctx.user.user_id).is_admin:
            raise ApiError("Must be an organization administrator", code="UNAUTHORIZED_PRINCIPAL")
        return NewUser(
            email=params.email,
            full_name=params.full_name,
            password_hash=hash_password(params.password),
            sealed_key=ctx.services.keys.seal(api_key),
            api_key_digest=digest_api_key(api_key),
        )

    new = await ctx.read(prepare)
    user_id = await ctx.write(lambda tx: create_user(tx, acting_user(tx, ctx.user.user_id), new, _subscribe))
    return CreateUserResult(user_id=user_id)


def _subscribe(tx: WriteTx, user_id: int) -> None:
    user = find_user(tx, user_id)
    assert user is not None
    subscribe_to_defaults(tx, user)


@routes.handles(contract.update_user)
async def change(ctx: Context[Services], params: contract.UpdateUser) -> Empty:
    return await _change(ctx, params.user_id, params)


@routes.handles(contract.update_user_by_email)
async def change_by_email(ctx: Context[Services], params: contract.UpdateUserByEmail) -> Empty:
    return await _change(ctx, params.email, params)


async def _change(
    ctx: Context[Services], user: int | str, params: contract.UpdateUser | contract.UpdateUserByEmail
) -> Empty:
    def action(tx: WriteTx, actor: User) -> None:
        found = access_user(tx, access_person(tx, actor, user).user_id)
        update_user(
            tx,
            actor,
            found,
            full_name=params.full_name,
            role=params.role,
            new_email=params.new_email,
        )
        if params.profile_data is not UNSET:
            set_profile_data(tx, found, params.profile_data, by_user=False)

    return await _act(ctx, action)


@routes.handles(contract.deactivate_user)
async def deactivate(ctx: Context[Services], params: contract.DeactivateUser) -> Empty:
    return await _act(ctx, lambda tx, actor: deactivate_user(tx, actor, access_user(tx, params.user_id)))


@routes.handles(contract.deactivate_own_user)
async def deactivate_own(ctx: Context[Services], params: contract.DeactivateOwnUser) -> Empty:
    del params
    return await _act(ctx, deactivate_own_account)


@routes.handles(contract.reactivate_user)
async def reactivate(ctx: Context[Services], params: contract.ReactivateUser) -> Empty:
    return await _act(ctx, lambda tx, actor: reactivate_user(tx, actor, access_user(tx, params.user_id)))


async def _act(ctx: Context[Services], action: Callable[[WriteTx, User], None]) -> Empty:
    await ctx.write(lambda tx: action(tx, acting_user(tx, ctx.user.user_id)))
    return Empty()
