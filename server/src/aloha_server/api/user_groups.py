"""User groups over the API."""

from typing import Any

from msgspec import UNSET

from aloha.contract.endpoint import Empty
from aloha.contract.endpoints import user_groups as contract
from aloha.contract.settings import GROUP_GROUP_SETTINGS

from ..access.users import acting_user
from ..actions.group_members import change_members
from ..actions.user_groups import GroupChange, NewGroup, create_group, deactivate_group, update_group
from ..reads import user_groups as reads
from .context import Context, Services
from .routing import Routes

routes = Routes()


def _settings(params: Any) -> dict[str, Any]:
    """The permissions that the request gives."""
    return {name: value for name in GROUP_GROUP_SETTINGS if (value := getattr(params, name)) is not UNSET}


@routes.handles(contract.create_user_group)
async def create(ctx: Context[Services], params: contract.CreateUserGroup) -> contract.CreateUserGroupResult:
    new = NewGroup(
        name=params.name,
        description=params.description,
        members=params.members,
        subgroups=params.subgroups or [],
        settings=_settings(params),
    )
    group_id = await ctx.write(lambda tx: create_group(tx, acting_user(tx, ctx.user.user_id), new))
    return contract.CreateUserGroupResult(group_id=group_id)


@routes.handles(contract.update_user_group)
async def change(ctx: Context[Services], params: contract.UpdateUserGroup) -> Empty:
    new = GroupChange(
        name=params.name,
        description=params.description,
        deactivated=params.deactivated,
        settings=_settings(params),
    )
    await ctx.write(lambda tx: update_group(tx, acting_user(tx, ctx.user.user_id), params.user_group_id, new))
    return Empty()


@routes.handles(contract.deactivate_user_group)
async def deactivate(ctx: Context[Services], params: contract.DeactivateUserGroup) -> Empty:
    await ctx.write(lambda tx: deactivate_group(tx, acting_user(tx, ctx.user.user_id), params.user_group_id))
    return Empty()


@routes.handles(contract.get_user_groups)
async def list_groups(ctx: Context[Services], params: contract.GetUserGroups) -> contract.GetUserGroupsResult:
    with_deactivated = params.include_deactivated_groups
    groups = await ctx.read(
        lambda tx: reads.read_groups(tx, acting_user(tx, ctx.user.user_id), with_deactivated=with_deactivated)
    )
    return contract.GetUserGroupsResult(user_groups=groups)


@routes.handles(contract.update_user_group_members)
async def change_group_members(ctx: Context[Services], params: contract.UpdateUserGroupMembers) -> Empty:
    await ctx.write(
        lambda tx: change_members(
            tx,
            acting_user(tx, ctx.user.user_id),
            params.user_group_id,
            add=params.add or (),
            remove=params.delete or (),
            add_subgroups=params.add_subgroups or (),
            remove_subgroups=params.delete_subgroups or (),
        )
    )
    return Empty()


@routes.handles(contract.update_user_group_subgroups)
async def change_subgroups(ctx: Context[Services], params: contract.UpdateUserGroupSubgroups) -> Empty:
    await ctx.write(
        lambda tx: change_members(
            tx,
            acting_user(tx, ctx.user.user_id),
            params.user_group_id,
            add_subgroups=params.add or (),
            remove_subgroups=params.delete or (),
        )
    )
    return Empty()


@routes.handles(contract.get_user_group_members)
async def list_members(
    ctx: Context[Services], params: contract.GetUserGroupMembers
) -> contract.GetUserGroupMembersResult:
    members = await ctx.read(
        lambda tx: reads.read_members(
            tx,
            acting_user(tx, ctx.user.user_id),
            params.user_group_id,
            direct_only=params.direct_member_only is True,
        )
    )
    return contract.GetUserGroupMembersResult(members=members)


@routes.handles(contract.get_is_user_group_member)
async def tell_membership(
    ctx: Context[Services], params: contract.GetIsUserGroupMember
) -> contract.GetIsUserGroupMemberResult:
    is_member = await ctx.read(
        lambda tx: reads.read_membership(
            tx,
            acting_user(tx, ctx.user.user_id),
            params.user_group_id,
            params.user_id,
            direct_only=params.direct_member_only is True,
        )
    )
    return contract.GetIsUserGroupMemberResult(is_user_group_member=is_member)


@routes.handles(contract.get_user_group_subgroups)
async def list_subgroups(
    ctx: Context[Services], params: contract.GetUserGroupSubgroups
) -> contract.GetUserGroupSubgroupsResult:
    subgroups = await ctx.read(
        lambda tx: reads.read_subgroups(tx, params.user_group_id, direct_only=params.direct_subgroup_only)
    )
    return contract.GetUserGroupSubgroupsResult(subgroups=subgroups)
