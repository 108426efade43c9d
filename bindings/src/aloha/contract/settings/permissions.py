"""The permissions of an organization, a channel and a user group: each is held by a group that administrators choose.

The tables say which groups may be chosen and which one holds the permission at first; the server checks requests
against them, and clients get them as `server_supported_permission_settings`.
"""

import msgspec

from aloha.contract.objects import PermissionConfig, PermissionSettings


class RealmGroupSetting(msgspec.Struct, frozen=True, kw_only=True):
    """A permission and the groups that may hold it; the fields mean what they mean in `PermissionConfig`."""

    name: str
    doc: str
    default_group_name: str
    require_system_group: bool = False
    allow_internet_group: bool = False
    allow_nobody_group: bool = False
    allow_everyone_group: bool = False
    default_for_system_groups: str | None = None
    allowed_system_groups: tuple[str, ...] = ()

    def config(self) -> PermissionConfig:
        """What the wire says of it."""
        return PermissionConfig(
            require_system_group=self.require_system_group,
            allow_internet_group=self.allow_internet_group,
            allow_nobody_group=self.allow_nobody_group,
            allow_everyone_group=self.allow_everyone_group,
            default_group_name=self.default_group_name,
            default_for_system_groups=self.default_for_system_groups,
            allowed_system_groups=list(self.allowed_system_groups),
        )


# Which of the two widest and narrowest groups a permission admits.
_NARROW = ""
_NOBODY = "nobody"
_ANY = "nobody everyone"


def _setting(name: str, default: str, admits: str, doc: str, for_system: str | None = None) -> RealmGroupSetting:
    return RealmGroupSetting(
        name=name,
        doc=doc,
        default_group_name=default,
        allow_nobody_group="nobody" in admits,
        allow_everyone_group="everyone" in admits,
        default_for_system_groups=for_system,
    )


def _by_name(*settings: RealmGroupSetting) -> dict[str, RealmGroupSetting]:
    return {setting.name: setting for setting in settings}


_EVERYONE, _MEMBERS = "role:everyone", "role:members"
_ADMINS, _OWNERS = "role:administrators", "role:owners"
_NONE = "role:nobody"

REALM_GROUP_SETTINGS: dict[str, RealmGroupSetting] = _by_name(
    _setting("create_multiuse_invite_group", _ADMINS, _NOBODY, "Who may make invitation links for many."),
    RealmGroupSetting(
        name="can_access_all_users_group",
        doc="Who sees all users, and not only those with whom they share a channel or conversation.",
        default_group_name=_EVERYONE,
        require_system_group=True,
        allow_everyone_group=True,
        allowed_system_groups=(_EVERYONE, _MEMBERS),
    ),
    _setting("can_add_subscribers_group", _MEMBERS, _NOBODY, "Who may subscribe others to any channel they see."),
    _setting("can_add_custom_emoji_group", _MEMBERS, _NARROW, "Who may add custom emoji."),
    _setting("can_create_bots_group", _MEMBERS, _NOBODY, "Who may make bots of any kind."),
    _setting("can_create_groups", _MEMBERS, _NARROW, "Who may make user groups."),
    _setting("can_create_public_channel_group", _MEMBERS, _NARROW, "Who may make public channels."),
    _setting("can_create_private_channel_group", _MEMBERS, _NARROW, "Who may make private channels."),
    RealmGroupSetting(
        name="can_create_web_public_channel_group",
        doc="Who may make channels that can be read without an account.",
        default_group_name=_OWNERS,
        require_system_group=True,
        allow_nobody_group=True,
        allowed_system_groups=("role:moderators", _ADMINS, _OWNERS, _NONE),
    ),
    _setting("can_create_write_only_bots_group", _MEMBERS, _NOBODY, "Who may make bots that only send."),
    _setting("can_delete_any_message_group", _ADMINS, _NOBODY, "Who may delete any message."),
    _setting("can_delete_own_message_group", _EVERYONE, _ANY, "Who may delete their own messages, in time."),
    _setting("can_invite_users_group", _MEMBERS, _NOBODY, "Who may invite people by mail."),
    _setting("can_manage_all_groups", _OWNERS, _NARROW, "Who may change any user group."),
    _setting("can_manage_billing_group", _ADMINS, _NARROW, "Who may see to the plan and its payment."),
    _setting("can_mention_many_users_group", _ADMINS, _ANY, "Who may mention everybody in a large channel."),
    _setting(
        "can_move_messages_between_channels_group",
        _MEMBERS,
        _NOBODY,
        "Who may move messages to another channel.",
    ),
    _setting("can_move_messages_between_topics_group", _EVERYONE, _ANY, "Who may move messages to another topic."),
    _setting("can_resolve_topics_group", _EVERYONE, _ANY, "Who may mark topics as resolved."),
    _setting("can_summarize_topics_group", _EVERYONE, _ANY, "Who may have topics summarized, where offered."),
    _setting("direct_message_initiator_group", _EVERYONE, _ANY, "Who may begin a direct message conversation."),
    _setting(
        "direct_message_permission_group",
        _EVERYONE,
        _ANY,
        "Of whom at least one must take part in a direct message conversation.",
    ),
)

STREAM_GROUP_SETTINGS: dict[str, RealmGroupSetting] = _by_name(
    _setting("can_add_subscribers_group", _NONE, _NOBODY, "Who may subscribe others."),
    _setting(
        "can_administer_channel_group",
        "stream_creator_or_nobody",
        _NOBODY,
        "Who may change the channel and its permissions.",
    ),
    _setting("can_remove_subscribers_group", _ADMINS, _ANY, "Who may unsubscribe others."),
    _setting("can_send_message_group", _EVERYONE, _ANY, "Who may send messages."),
    _setting("can_create_topics_group", _EVERYONE, _ANY, "Who may begin new topics."),
    _setting("can_subscribe_group", _NONE, _NOBODY, "Who may subscribe themselves, private or not."),
)

GROUP_GROUP_SETTINGS: dict[str, RealmGroupSetting] = _by_name(
    _setting("can_add_members_group", "group_creator", _NOBODY, "Who may add members.", _NONE),
    _setting("can_join_group", _NONE, _NOBODY, "Who may join it themselves.", _NONE),
    _setting("can_leave_group", _EVERYONE, _ANY, "Who may leave it themselves.", _NONE),
    _setting("can_manage_group", "group_creator", _NOBODY, "Who may change it.", _NONE),
    _setting("can_mention_group", _EVERYONE, _ANY, "Who may mention it.", _NONE),
    _setting("can_remove_members_group", _NONE, _NOBODY, "Who may remove members.", _NONE),
)


def supported_permission_settings() -> PermissionSettings:
    """The value of `server_supported_permission_settings`."""
    return PermissionSettings(
        realm={name: setting.config() for name, setting in REALM_GROUP_SETTINGS.items()},
        stream={name: setting.config() for name, setting in STREAM_GROUP_SETTINGS.items()},
        group={name: setting.config() for name, setting in GROUP_GROUP_SETTINGS.items()},
    )


# The older numbers for who may do something, by the group that may.
CHANNEL_POLICIES = {
    "role:members": 1,
    "role:administrators": 2,
    "role:fullmembers": 3,
    "role:moderators": 4,
    "role:nobody": 6,
    "role:owners": 7,
}
WILDCARD_POLICIES = {
    "role:everyone": 1,
    "role:members": 2,
    "role:fullmembers": 3,
    "role:administrators": 5,
    "role:nobody": 6,
    "role:moderators": 7,
}
# field of the initial state: (permission, numbers, the one for groups that have none)
OLDER_POLICIES: dict[str, tuple[str, dict[str, int], int]] = {
    "realm_create_public_stream_policy": ("can_create_public_channel_group", CHANNEL_POLICIES, 1),
    "realm_create_private_stream_policy": ("can_create_private_channel_group", CHANNEL_POLICIES, 1),
    "realm_create_web_public_stream_policy": ("can_create_web_public_channel_group", CHANNEL_POLICIES, 7),
    "realm_wildcard_mention_policy": ("can_mention_many_users_group", WILDCARD_POLICIES, 5),
}
