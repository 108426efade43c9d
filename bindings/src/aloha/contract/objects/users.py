"""People, bots and groups."""

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field

from .base import GroupSetting, ReactionType, Role, WireObject


class CustomProfileValue(WireObject, kw_only=True):
    """What a user entered in one custom profile field."""

    value: Annotated[str, Field("The value: text, a date, a link, or JSON, as the field's type asks.")]
    rendered_value: Annotated[
        str | UnsetType, Field("The value as HTML; only for fields of text, which are Markdown.")
    ] = UNSET


class User(WireObject, kw_only=True):
    """A person or bot as the asking user may see them."""

    user_id: Annotated[int, Field("The user's id, which never changes.")]
    email: Annotated[str, Field("The address by which the API knows the user; not always one that takes mail.")]
    full_name: Annotated[str, Field("The user's name.")]
    role: Annotated[Role, Field("100 owner, 200 administrator, 300 moderator, 400 member, 600 guest.")]
    is_owner: Annotated[bool, Field("Whether `role` is 100.")]
    is_admin: Annotated[bool, Field("Whether `role` is 100 or 200.")]
    is_guest: Annotated[bool, Field("Whether `role` is 600.")]
    is_bot: Annotated[bool, Field("Whether it is a bot.")]
    date_joined: Annotated[str, Field("When the account was made, as ISO 8601.")]
    timezone: Annotated[str, Field("The user's IANA time zone; empty if not set.")]
    avatar_version: Annotated[int, Field("Counts the changes of the avatar, so that caches notice.")]
    delivery_email: Annotated[
        str | UnsetType | None, Field("The address that takes mail; null where one may not see it.")
    ] = UNSET
    avatar_url: Annotated[
        str | UnsetType | None,
        Field(
            "The avatar; null where the client is to compute the Gravatar of the address, absent where the "
            "client said that it fetches avatars itself."
        ),
    ] = UNSET
    is_active: Annotated[bool | UnsetType, Field("False once the account is deactivated.")] = UNSET
    bot_type: Annotated[
        int | UnsetType | None,
        Field("1 generic, 2 incoming webhook, 3 outgoing webhook, 4 embedded; null or absent for people."),
    ] = UNSET
    bot_owner_id: Annotated[
        int | UnsetType | None, Field("Who owns the bot; null for one without an owner, absent for people.")
    ] = UNSET
    profile_data: Annotated[
        dict[str, CustomProfileValue] | UnsetType,
        Field("The custom profile fields that are filled in, by the field's id; only where asked for."),
    ] = UNSET


class CrossRealmBot(User, kw_only=True):
    """A bot of the server itself, which writes in every organization."""

    is_system_bot: Annotated[bool, Field("True for every such bot.")]


class ChangedProfileField(WireObject, kw_only=True):
    """One custom profile field of a user, newly filled in or cleared."""

    id: Annotated[int, Field("The field's id.")]
    value: Annotated[str | None, Field("The new value; null if it was cleared.")]
    rendered_value: Annotated[str | UnsetType, Field("The new value as HTML; only for fields of text.")] = UNSET


class UserChange(WireObject, kw_only=True):
    """What changed of a user: `user_id`, and the fields of exactly one of the changes that there are."""

    user_id: Annotated[int, Field("Who changed.")]
    full_name: Annotated[str | UnsetType, Field("The new name.")] = UNSET
    avatar_url: Annotated[str | UnsetType | None, Field("The new avatar; null for a client-side Gravatar.")] = UNSET
    avatar_source: Annotated[str | UnsetType, Field("`G` for a Gravatar, `U` for an uploaded picture.")] = UNSET
    avatar_url_medium: Annotated[
        str | UnsetType | None, Field("The new avatar at 500 pixels; null for a client-side Gravatar.")
    ] = UNSET
    avatar_version: Annotated[int | UnsetType, Field("The avatar's new version.")] = UNSET
    timezone: Annotated[str | UnsetType, Field("The new time zone.")] = UNSET
    email: Annotated[str | UnsetType, Field("The user's address, beside a new `timezone`.", deprecated=True)] = UNSET
    bot_owner_id: Annotated[int | UnsetType, Field("The bot's new owner.")] = UNSET
    role: Annotated[Role | UnsetType, Field("The new role.")] = UNSET
    delivery_email: Annotated[
        str | UnsetType | None, Field("The address that takes mail, now to be seen; null, no longer.")
    ] = UNSET
    custom_profile_field: Annotated[ChangedProfileField | UnsetType, Field("The field that changed.")] = UNSET
    new_email: Annotated[str | UnsetType, Field("The new address by which the API knows the user.")] = UNSET
    is_active: Annotated[bool | UnsetType, Field("False on deactivation, true on reactivation.")] = UNSET


class RemovedUser(WireObject, kw_only=True):
    """A user whom one can no longer see."""

    user_id: Annotated[int, Field("The user's id.")]
    full_name: Annotated[str | UnsetType, Field("The name to show in their stead.", deprecated=True)] = UNSET


class UserAddress(WireObject, kw_only=True):
    """A user by id and address."""

    user_id: Annotated[int, Field("The user's id.")]
    email: Annotated[str, Field("The user's address as the API shows it.")]


class ReactingUser(UserAddress, kw_only=True):
    """Who reacted, in the form that older clients read."""

    full_name: Annotated[str, Field("The user's name.")]
    is_mirror_dummy: Annotated[
        bool | UnsetType, Field("Whether the account only stands for somebody on a mirrored system.")
    ] = UNSET


class MutedUser(WireObject, kw_only=True):
    """Somebody whose messages the user does not want to see."""

    id: Annotated[int, Field("The muted user's id.")]
    timestamp: Annotated[int, Field("When they were muted, in UNIX seconds.")]


class UserStatus(WireObject, kw_only=True):
    """A user's status; what is not set is absent."""

    status_text: Annotated[str | UnsetType, Field("The text.")] = UNSET
    emoji_name: Annotated[str | UnsetType, Field("The emoji's name.")] = UNSET
    emoji_code: Annotated[str | UnsetType, Field("The emoji's code in its namespace.")] = UNSET
    reaction_type: Annotated[ReactionType | UnsetType, Field("The namespace of `emoji_code`.")] = UNSET
    away: Annotated[bool | UnsetType, Field("Whether the user chose to appear away.", deprecated=True)] = UNSET


class PresenceEntry(WireObject, kw_only=True):
    """When one of a user's clients last told of itself; `aggregated` is the best of all."""

    status: Annotated[Literal["active", "idle"], Field("Whether the user was using it, or it was only running.")]
    timestamp: Annotated[int, Field("When it told so, in UNIX seconds.")]
    client: Annotated[str | UnsetType, Field("The kind of client; `website` today.")] = UNSET
    pushable: Annotated[bool | UnsetType, Field("Whether it takes push notifications; false today.")] = UNSET


class SlimPresence(WireObject, kw_only=True):
    """A user's presence as clients with `slim_presence` get it."""

    active_timestamp: Annotated[
        int | UnsetType, Field("When the user was last seen to use a client, in UNIX seconds.")
    ] = UNSET
    idle_timestamp: Annotated[int | UnsetType, Field("When a client was last seen to run, in UNIX seconds.")] = UNSET


PresenceValue: TypeAlias = dict[str, int | PresenceEntry]
"""A user's presence in either form: the two times of `SlimPresence`, or a `PresenceEntry` by kind of client."""


class UserGroup(WireObject, kw_only=True):
    """A group of users."""

    id: Annotated[int, Field("The group's id.")]
    name: Annotated[str, Field("Its name; those of the roles begin with `role:`.")]
    description: Annotated[str, Field("What it is for.")]
    date_created: Annotated[int | None, Field("When it was made, in UNIX seconds; null if not known.")]
    creator_id: Annotated[int | None, Field("Who made it; null if that is not known.")]
    members: Annotated[list[int], Field("The ids of its direct members.")]
    direct_subgroup_ids: Annotated[list[int], Field("The ids of the groups whose members belong to it too.")]
    is_system_group: Annotated[bool, Field("Whether the server keeps it, as it does the groups of the roles.")]
    can_add_members_group: Annotated[GroupSetting, Field("Who may add members.")]
    can_join_group: Annotated[GroupSetting, Field("Who may join it themselves.")]
    can_leave_group: Annotated[GroupSetting, Field("Who may leave it themselves.")]
    can_manage_group: Annotated[GroupSetting, Field("Who may change it.")]
    can_mention_group: Annotated[GroupSetting, Field("Who may mention it.")]
    can_remove_members_group: Annotated[GroupSetting, Field("Who may remove members.")]
    deactivated: Annotated[bool, Field("Whether it is deactivated.")]


class UserGroupChange(WireObject, kw_only=True):
    """What changed of a group; the rest is absent."""

    name: Annotated[str | UnsetType, Field("The new name.")] = UNSET
    description: Annotated[str | UnsetType, Field("The new description.")] = UNSET
    can_add_members_group: Annotated[GroupSetting | UnsetType, Field("Who may now add members.")] = UNSET
    can_join_group: Annotated[GroupSetting | UnsetType, Field("Who may now join it themselves.")] = UNSET
    can_leave_group: Annotated[GroupSetting | UnsetType, Field("Who may now leave it themselves.")] = UNSET
    can_manage_group: Annotated[GroupSetting | UnsetType, Field("Who may now change it.")] = UNSET
    can_mention_group: Annotated[GroupSetting | UnsetType, Field("Who may now mention it.")] = UNSET
    can_remove_members_group: Annotated[GroupSetting | UnsetType, Field("Who may now remove members.")] = UNSET
    deactivated: Annotated[bool | UnsetType, Field("Whether it is now deactivated.")] = UNSET
