"""Events about other people, bots and groups."""

from typing import Annotated, Literal

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field
from aloha.contract.objects import (
    Bot,
    BotChange,
    PresenceEntry,
    ReactionType,
    RemovedBot,
    RemovedUser,
    SlimPresence,
    User,
    UserChange,
    UserGroup,
    UserGroupChange,
)

from .base import Event


class RealmUserAddEvent(Event, kw_only=True, tag="realm_user"):
    """Somebody joined or, for a guest, somebody came into view."""

    op: Annotated[Literal["add"], Field("Always `add`.")] = "add"
    person: Annotated[User, Field("The user.")]


class RealmUserUpdateEvent(Event, kw_only=True, tag="realm_user"):
    """Something changed of a user whom the user can see."""

    op: Annotated[Literal["update"], Field("Always `update`.")] = "update"
    person: Annotated[UserChange, Field("Who changed, and what.")]


class RealmUserRemoveEvent(Event, kw_only=True, tag="realm_user"):
    """Somebody went out of a guest's view."""

    op: Annotated[Literal["remove"], Field("Always `remove`.")] = "remove"
    person: Annotated[RemovedUser, Field("The user.")]


class RealmBotAddEvent(Event, kw_only=True, tag="realm_bot"):
    """A bot was made. Sent to its owner and to administrators."""

    op: Annotated[Literal["add"], Field("Always `add`.")] = "add"
    bot: Annotated[Bot, Field("The bot.")]


class RealmBotUpdateEvent(Event, kw_only=True, tag="realm_bot"):
    """Something changed of a bot. Sent to its owner and to administrators."""

    op: Annotated[Literal["update"], Field("Always `update`.")] = "update"
    bot: Annotated[BotChange, Field("The bot, and what changed.")]


class RealmBotRemoveEvent(Event, kw_only=True, tag="realm_bot"):
    """A bot was deactivated. Older servers send it; an update with `is_active` tells the same."""

    op: Annotated[Literal["remove"], Field("Always `remove`.")] = "remove"
    bot: Annotated[RemovedBot, Field("The bot.")]


class RealmBotDeleteEvent(Event, kw_only=True, tag="realm_bot"):
    """A bot is no longer the user's: somebody else became its owner."""

    op: Annotated[Literal["delete"], Field("Always `delete`.")] = "delete"
    bot: Annotated[RemovedBot, Field("The bot.")]


class PresenceEvent(Event, kw_only=True, tag="presence"):
    """Somebody whom the user can see came online, or turned their presence off.

    What is fresher is read with `POST /users/me/presence`. Clients with `simplified_presence_events` get `presences`,
    of several users perhaps; the others get the rest, except in organizations of more than 100 people.
    """

    user_id: Annotated[int | UnsetType, Field("Who.")] = UNSET
    email: Annotated[
        str | UnsetType, Field("Their address; only for clients without `slim_presence`.", deprecated=True)
    ] = UNSET
    server_timestamp: Annotated[float | UnsetType, Field("The server's time, in UNIX seconds.")] = UNSET
    presence: Annotated[dict[str, PresenceEntry] | UnsetType, Field("Their presence, by kind of client.")] = UNSET
    presences: Annotated[dict[str, SlimPresence] | UnsetType, Field("Presence by user id.")] = UNSET


class UserStatusEvent(Event, kw_only=True, tag="user_status"):
    """Somebody changed their status. What did not change is absent; empty text means that it was cleared."""

    user_id: Annotated[int, Field("Who.")]
    status_text: Annotated[str | UnsetType, Field("The new text.")] = UNSET
    emoji_name: Annotated[str | UnsetType, Field("The new emoji's name.")] = UNSET
    emoji_code: Annotated[str | UnsetType, Field("The new emoji's code.")] = UNSET
    reaction_type: Annotated[ReactionType | UnsetType, Field("The namespace of `emoji_code`.")] = UNSET
    away: Annotated[bool | UnsetType, Field("Whether they now appear away.", deprecated=True)] = UNSET


class UserGroupAddEvent(Event, kw_only=True, tag="user_group"):
    """A user group was made or, for clients that do not see deactivated groups, reactivated."""

    op: Annotated[Literal["add"], Field("Always `add`.")] = "add"
    group: Annotated[UserGroup, Field("The group.")]


class UserGroupUpdateEvent(Event, kw_only=True, tag="user_group"):
    """A group's properties changed."""

    op: Annotated[Literal["update"], Field("Always `update`.")] = "update"
    group_id: Annotated[int, Field("The group.")]
    data: Annotated[UserGroupChange, Field("What changed.")]


class UserGroupAddMembersEvent(Event, kw_only=True, tag="user_group"):
    """Users became members of a group, by a change of role too."""

    op: Annotated[Literal["add_members"], Field("Always `add_members`.")] = "add_members"
    group_id: Annotated[int, Field("The group.")]
    user_ids: Annotated[list[int], Field("The new members.")]


class UserGroupRemoveMembersEvent(Event, kw_only=True, tag="user_group"):
    """Users left a group, by a change of role too."""

    op: Annotated[Literal["remove_members"], Field("Always `remove_members`.")] = "remove_members"
    group_id: Annotated[int, Field("The group.")]
    user_ids: Annotated[list[int], Field("Those who left.")]


class UserGroupAddSubgroupsEvent(Event, kw_only=True, tag="user_group"):
    """Groups became part of a group."""

    op: Annotated[Literal["add_subgroups"], Field("Always `add_subgroups`.")] = "add_subgroups"
    group_id: Annotated[int, Field("The group.")]
    direct_subgroup_ids: Annotated[list[int], Field("The new parts.")]


class UserGroupRemoveSubgroupsEvent(Event, kw_only=True, tag="user_group"):
    """Groups are no longer part of a group."""

    op: Annotated[Literal["remove_subgroups"], Field("Always `remove_subgroups`.")] = "remove_subgroups"
    group_id: Annotated[int, Field("The group.")]
    direct_subgroup_ids: Annotated[list[int], Field("The former parts.")]


class UserGroupRemoveEvent(Event, kw_only=True, tag="user_group"):
    """A group is gone: deactivated, for clients that do not see deactivated groups."""

    op: Annotated[Literal["remove"], Field("Always `remove`.")] = "remove"
    group_id: Annotated[int, Field("The group.")]
