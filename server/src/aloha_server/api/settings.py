"""Personal settings, and the organization's defaults for them."""

from typing import Any

import msgspec

from aloha.contract.endpoint import UNSET, Empty, Request
from aloha.contract.endpoints.settings import (
    update_display_settings,
    update_notification_settings,
    update_realm_user_settings_defaults,
    update_settings,
)
from aloha.contract.errors import ApiError
from aloha.contract.settings import USER_SETTINGS

from ..access.passwords import check_password, hash_password, is_password
from ..access.realm import realm_settings
from ..access.users import User, acting_user
from ..actions import personal_settings as actions
from ..actions.users import change_email, rename_user
from ..store import Tx, WriteTx
from .context import Context, Services
from .presence import follow_setting
from .routing import Routes

routes = Routes()

OLD_HASH = "select password_hash from account where realm_id = :realm_id and user_id = :user_id"


def given_settings(params: Request) -> dict[str, Any]:
    """The personal settings that the request gives, in its order."""
    values = msgspec.structs.asdict(params)
    return {name: values[name] for name in USER_SETTINGS if values.get(name, UNSET) is not UNSET}


@routes.handles(update_settings)
@routes.handles(update_display_settings)
@routes.handles(update_notification_settings)
async def change(ctx: Context[Services], params: Request) -> Empty:
    values = msgspec.structs.asdict(params)
    settings = given_settings(params)
    passwords = None
    if values["new_password"] is not UNSET:
        passwords = await ctx.read(lambda tx: _check_passwords(tx, ctx.user.user_id, values))

    def action(tx: WriteTx) -> dict[str, Any]:
        user = acting_user(tx, ctx.user.user_id)
        if values["full_name"] is not UNSET:
            _rename_self(tx, user, values["full_name"])
        if values["email"] is not UNSET:
            _change_own_email(tx, user, values["email"])
        if passwords is not None:
            actions.set_password(tx, user, old_hash=passwords[0], new_hash=passwords[1])
        return actions.update_settings(tx, acting_user(tx, user.user_id), settings)

    await follow_setting(ctx, await ctx.write(action))
    return Empty()


def _check_passwords(tx: Tx, user_id: int, values: dict[str, Any]) -> tuple[str, str]:
    """The hash of the old password and of the new one: slow, before the lock."""
    old = values["old_password"]
    old_hash = tx.value(OLD_HASH, user_id=user_id)
    if not isinstance(old, str) or not is_password(old_hash, old):
        raise ApiError("Wrong password!")
    return old_hash, hash_password(check_password(values["new_password"]))


def _rename_self(tx: WriteTx, user: User, full_name: str) -> None:
    if full_name.strip() == user.full_name:
        return
    if realm_settings(tx)["name_changes_disabled"] and not user.is_admin:
        raise ApiError("Name changes are disabled in this organization.")
    rename_user(tx, user, full_name)


def _change_own_email(tx: WriteTx, user: User, email: str) -> None:
    """Nothing is mailed yet, so only administrators, who may do it to anybody, change their address here."""
    if email.strip() == user.email:
        return
    if not user.is_admin:
        raise ApiError("Ask an administrator to change your email address.")
    change_email(tx, user.user_id, email)


@routes.handles(update_realm_user_settings_defaults)
async def change_defaults(ctx: Context[Services], params: Request) -> Empty:
    settings = given_settings(params)
    await ctx.write(lambda tx: actions.update_user_defaults(tx, acting_user(tx, ctx.user.user_id), settings))
    return Empty()
