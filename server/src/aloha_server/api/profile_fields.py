"""Custom profile fields, and the user's own values of them."""

from aloha.contract.endpoint import Empty
from aloha.contract.endpoints import profile_fields as contract
from aloha.contract.endpoints.profile_fields import CreateCustomProfileFieldResult, GetCustomProfileFieldsResult

from ..access.profile_fields import load_fields, wire_fields
from ..access.users import acting_user
from ..actions import profile_data
from ..actions import profile_fields as actions
from ..actions.profile_fields import FieldChange
from ..store import Tx
from .context import Context, Services
from .routing import Routes

routes = Routes()


@routes.handles(contract.get_custom_profile_fields)
async def list_all(ctx: Context[Services], params: contract.GetCustomProfileFields) -> GetCustomProfileFieldsResult:
    del params

    def read(tx: Tx) -> GetCustomProfileFieldsResult:
        acting_user(tx, ctx.user.user_id)
        return GetCustomProfileFieldsResult(custom_fields=wire_fields(load_fields(tx)))

    return await ctx.read(read)


@routes.handles(contract.create_custom_profile_field)
async def create(ctx: Context[Services], params: contract.CreateCustomProfileField) -> CreateCustomProfileFieldResult:
    change = _change(params)
    field_id = await ctx.write(
        lambda tx: actions.create_field(tx, acting_user(tx, ctx.user.user_id), params.field_type, change)
    )
    return CreateCustomProfileFieldResult(id=field_id)


@routes.handles(contract.update_custom_profile_field)
async def update(ctx: Context[Services], params: contract.UpdateCustomProfileField) -> Empty:
    change = _change(params)
    await ctx.write(lambda tx: actions.update_field(tx, acting_user(tx, ctx.user.user_id), params.field_id, change))
    return Empty()


def _change(params: contract.CreateCustomProfileField | contract.UpdateCustomProfileField) -> FieldChange:
    return FieldChange(
        name=params.name,
        hint=params.hint,
        field_data=params.field_data,
        in_summary=params.display_in_profile_summary,
        required=params.required,
        editable_by_user=params.editable_by_user,
    )


@routes.handles(contract.reorder_custom_profile_fields)
async def reorder(ctx: Context[Services], params: contract.ReorderCustomProfileFields) -> Empty:
    await ctx.write(lambda tx: actions.reorder_fields(tx, acting_user(tx, ctx.user.user_id), params.order))
    return Empty()


@routes.handles(contract.remove_custom_profile_field)
async def remove(ctx: Context[Services], params: contract.RemoveCustomProfileField) -> Empty:
    await ctx.write(lambda tx: actions.remove_field(tx, acting_user(tx, ctx.user.user_id), params.field_id))
    return Empty()


@routes.handles(contract.update_profile_data)
async def update_own(ctx: Context[Services], params: contract.UpdateProfileData) -> Empty:
    await ctx.write(
        lambda tx: profile_data.set_profile_data(tx, acting_user(tx, ctx.user.user_id), params.data, by_user=True)
    )
    return Empty()


@routes.handles(contract.remove_profile_data)
async def remove_own(ctx: Context[Services], params: contract.RemoveProfileData) -> Empty:
    await ctx.write(lambda tx: profile_data.clear_profile_data(tx, acting_user(tx, ctx.user.user_id), params.data))
    return Empty()
