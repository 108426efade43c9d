"""User groups: named sets of people that can be mentioned and can hold permissions."""

from typing import Annotated

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import GroupSetting, UserGroup

from ._params import GroupSettingUpdate, UserId

UserGroupId = Annotated[int, Param("The group's id.", example=60)]
DirectMembers = Annotated[bool | UnsetType, Param("Whether members of its subgroups are left out.")]

EXAMPLE_PERMISSION = {"direct_members": [9], "direct_subgroups": [14]}


def _permission(doc: str) -> Param:
    return Param(doc, json=True, example=EXAMPLE_PERMISSION)


def _permission_update(doc: str) -> Param:
    return Param(doc, json=True, example={"new": EXAMPLE_PERMISSION, "old": 15})


class CreateUserGroup(Request, frozen=True, kw_only=True):
    name: Annotated[str, Param("The group's name, which no other active group has.", example="cooks")]
    description: Annotated[str, Param("What it is for.", example="Who cooks this week")]
    members: Annotated[list[int], Param("The ids of its first members.", json=True, example=[9, 12])]
    subgroups: Annotated[
        list[int] | UnsetType, Param("The ids of groups that are a part of it.", json=True, example=[61])
    ] = UNSET
    can_add_members_group: Annotated[
        GroupSetting | UnsetType, _permission("Who may add members; the one who makes it, if absent.")
    ] = UNSET
    can_join_group: Annotated[
        GroupSetting | UnsetType, _permission("Who may join it themselves; nobody, if absent.")
    ] = UNSET
    can_leave_group: Annotated[
        GroupSetting | UnsetType, _permission("Who may leave it themselves; everyone, if absent.")
    ] = UNSET
    can_manage_group: Annotated[
        GroupSetting | UnsetType, _permission("Who may change it; the one who makes it, if absent.")
    ] = UNSET
    can_mention_group: Annotated[GroupSetting | UnsetType, _permission("Who may mention it; everyone, if absent.")] = (
        UNSET
    )
    can_remove_members_group: Annotated[
        GroupSetting | UnsetType, _permission("Who may remove members; nobody but who changes it, if absent.")
    ] = UNSET


class CreateUserGroupResult(Result, kw_only=True):
    group_id: Annotated[int, Field("The new group's id.")]


create_user_group = Endpoint(
    name="create_user_group",
    method="POST",
    path="/user_groups/create",
    area="users",
    summary="Create a user group",
    doc=(
        "Makes a group of users. For those whom the organization's `can_create_groups` names.\n\n"
        "Names that begin with `@`, `role:`, `user:`, `stream:` or `channel:` are refused."
    ),
    params=CreateUserGroup,
    result=CreateUserGroupResult,
    errors=("BAD_REQUEST",),
    example_result={"group_id": 60},
)


class UpdateUserGroup(Request, frozen=True, kw_only=True):
    user_group_id: UserGroupId
    name: Annotated[str | UnsetType, Param("The new name.", example="bakers")] = UNSET
    description: Annotated[str | UnsetType, Param("The new description.", example="Who bakes this week")] = UNSET
    deactivated: Annotated[
        bool | UnsetType, Param("False brings a deactivated group back; true deactivates it.", json=True)
    ] = UNSET
    can_add_members_group: Annotated[GroupSettingUpdate | UnsetType, _permission_update("Who may add members.")] = UNSET
    can_join_group: Annotated[GroupSettingUpdate | UnsetType, _permission_update("Who may join it themselves.")] = UNSET
    can_leave_group: Annotated[GroupSettingUpdate | UnsetType, _permission_update("Who may leave it themselves.")] = (
        UNSET
    )
    can_manage_group: Annotated[GroupSettingUpdate | UnsetType, _permission_update("Who may change it.")] = UNSET
    can_mention_group: Annotated[GroupSettingUpdate | UnsetType, _permission_update("Who may mention it.")] = UNSET
    can_remove_members_group: Annotated[
        GroupSettingUpdate | UnsetType, _permission_update("Who may remove members.")
    ] = UNSET


update_user_group = Endpoint(
    name="update_user_group",
    method="PATCH",
    path="/user_groups/{user_group_id}",
    area="users",
    summary="Change a user group",
    doc=(
        "Changes a group's name, description and permissions; what is not given stays. For those whom its "
        "`can_manage_group` or the organization's `can_manage_all_groups` names; groups of the roles stay as they are."
        "\n\n"
        "A permission is given as `new`, with `old` to say what it is believed to be. Each change comes as a "
        "`user_group` event of its own. A deactivated group can be renamed and brought back."
    ),
    params=UpdateUserGroup,
    result=Empty,
    errors=("BAD_REQUEST", "EXPECTATION_MISMATCH", "CANNOT_DEACTIVATE_GROUP_IN_USE"),
)


class DeactivateUserGroup(Request, frozen=True, kw_only=True):
    user_group_id: UserGroupId


deactivate_user_group = Endpoint(
    name="deactivate_user_group",
    method="POST",
    path="/user_groups/{user_group_id}/deactivate",
    area="users",
    summary="Deactivate a user group",
    doc=(
        "Takes a group out of use: it can no longer be mentioned or hold a permission. For those who may change it.\n\n"
        "While a setting names the group, or it is a part of another group, the request is refused with what uses it."
    ),
    params=DeactivateUserGroup,
    result=Empty,
    errors=("BAD_REQUEST", "CANNOT_DEACTIVATE_GROUP_IN_USE"),
)


class GetUserGroups(Request, frozen=True, kw_only=True):
    include_deactivated_groups: Annotated[bool, Param("Whether to list deactivated groups as well.", where="form")] = (
        False
    )


class GetUserGroupsResult(Result, kw_only=True):
    user_groups: Annotated[list[UserGroup], Field("The groups by id, those of the roles included.")]


get_user_groups = Endpoint(
    name="get_user_groups",
    method="GET",
    path="/user_groups",
    area="users",
    summary="Get all user groups",
    doc="Lists the organization's groups. Guests see, of the members, those people whom they see at all.",
    params=GetUserGroups,
    result=GetUserGroupsResult,
    example_result={
        "user_groups": [
            {
                "id": 60,
                "name": "cooks",
                "description": "Who cooks this week",
                "date_created": 1792000000,
                "creator_id": 9,
                "members": [9, 12],
                "direct_subgroup_ids": [],
                "is_system_group": False,
                "can_add_members_group": EXAMPLE_PERMISSION,
                "can_join_group": 13,
                "can_leave_group": 19,
                "can_manage_group": EXAMPLE_PERMISSION,
                "can_mention_group": 19,
                "can_remove_members_group": 13,
                "deactivated": False,
            }
        ]
    },
)


class UpdateUserGroupMembers(Request, frozen=True, kw_only=True):
    user_group_id: UserGroupId
    delete: Annotated[list[int] | UnsetType, Param("The ids of users to remove.", json=True, example=[12])] = UNSET
    add: Annotated[list[int] | UnsetType, Param("The ids of users to add.", json=True, example=[9])] = UNSET
    delete_subgroups: Annotated[
        list[int] | UnsetType, Param("The ids of groups that are to be a part no more.", json=True, example=[61])
    ] = UNSET
    add_subgroups: Annotated[
        list[int] | UnsetType, Param("The ids of groups that are to be a part.", json=True, example=[62])
    ] = UNSET


update_user_group_members = Endpoint(
    name="update_user_group_members",
    method="POST",
    path="/user_groups/{user_group_id}/members",
    area="users",
    summary="Change who is in a user group",
    doc=(
        "Adds and removes members and subgroups: all of it, or nothing and an error. The group's permissions say who "
        "may; to add or remove oneself alone is to join or leave.\n\n"
        "People whom somebody else adds or removes hear of it from the Notification Bot."
    ),
    params=UpdateUserGroupMembers,
    result=Empty,
    errors=("BAD_REQUEST",),
)


class GetUserGroupMembers(Request, frozen=True, kw_only=True):
    user_group_id: UserGroupId
    direct_member_only: DirectMembers = UNSET


class GetUserGroupMembersResult(Result, kw_only=True):
    members: Annotated[list[int], Field("The ids of its active members.")]


get_user_group_members = Endpoint(
    name="get_user_group_members",
    method="GET",
    path="/user_groups/{user_group_id}/members",
    area="users",
    summary="Get the members of a user group",
    doc="Lists who is in a group, by its subgroups too unless only direct members are asked for.",
    params=GetUserGroupMembers,
    result=GetUserGroupMembersResult,
    errors=("BAD_REQUEST",),
    example_result={"members": [9, 12]},
)


class GetIsUserGroupMember(Request, frozen=True, kw_only=True):
    user_group_id: UserGroupId
    user_id: UserId
    direct_member_only: DirectMembers = UNSET


class GetIsUserGroupMemberResult(Result, kw_only=True):
    is_user_group_member: Annotated[bool, Field("Whether the user is in the group.")]


get_is_user_group_member = Endpoint(
    name="get_is_user_group_member",
    method="GET",
    path="/user_groups/{user_group_id}/members/{user_id}",
    area="users",
    summary="Get whether a user is in a user group",
    doc="Tells whether somebody is in a group, by its subgroups too unless only direct members are asked for.",
    params=GetIsUserGroupMember,
    result=GetIsUserGroupMemberResult,
    errors=("BAD_REQUEST",),
    example_result={"is_user_group_member": True},
)


class UpdateUserGroupSubgroups(Request, frozen=True, kw_only=True):
    user_group_id: UserGroupId
    delete: Annotated[
        list[int] | UnsetType, Param("The ids of groups that are to be a part no more.", json=True, example=[61])
    ] = UNSET
    add: Annotated[
        list[int] | UnsetType, Param("The ids of groups that are to be a part.", json=True, example=[62])
    ] = UNSET


update_user_group_subgroups = Endpoint(
    name="update_user_group_subgroups",
    method="POST",
    path="/user_groups/{user_group_id}/subgroups",
    area="users",
    summary="Change the subgroups of a user group",
    doc=(
        "Adds and removes groups whose members belong to the group too. For those who may add or remove members. A "
        "group cannot be a part of itself, however indirectly."
    ),
    params=UpdateUserGroupSubgroups,
    result=Empty,
    errors=("BAD_REQUEST",),
)


class GetUserGroupSubgroups(Request, frozen=True, kw_only=True):
    user_group_id: UserGroupId
    direct_subgroup_only: Annotated[bool, Param("Whether subgroups of subgroups are left out.")] = False


class GetUserGroupSubgroupsResult(Result, kw_only=True):
    subgroups: Annotated[list[int], Field("The ids of the groups that are a part of it.")]


get_user_group_subgroups = Endpoint(
    name="get_user_group_subgroups",
    method="GET",
    path="/user_groups/{user_group_id}/subgroups",
    area="users",
    summary="Get the subgroups of a user group",
    doc="Lists the groups that are a part of a group, directly or by another.",
    params=GetUserGroupSubgroups,
    result=GetUserGroupSubgroupsResult,
    errors=("BAD_REQUEST",),
    example_result={"subgroups": [61]},
)
