"""What every object of the wire has in common, and the permission value that many of them carry."""

from typing import Annotated, Literal, TypeAlias

import msgspec

from aloha.contract.endpoint import Field


class WireObject(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A JSON object of the API.

    A field that may be absent has the default UNSET; None only ever means the wire's null. Fields that this
    release does not know are dropped on decoding, so a newer server's objects still decode.
    """


class GroupSettingMembers(WireObject, kw_only=True):
    """Who holds a permission, spelled out: an anonymous group that has no name and no id of its own."""

    direct_members: Annotated[list[int], Field("The ids of the users who hold the permission themselves.")]
    direct_subgroups: Annotated[
        list[int], Field("The ids of the groups whose members, direct or not, hold the permission.")
    ]


GroupSetting: TypeAlias = int | GroupSettingMembers
"""Who holds a permission: the id of a user group, or an anonymous group."""

Role: TypeAlias = Literal[100, 200, 300, 400, 600]
"""Owner 100, administrator 200, moderator 300, member 400, guest 600."""

ReactionType: TypeAlias = Literal["unicode_emoji", "realm_emoji", "zulip_extra_emoji"]
"""In which namespace an `emoji_code` is to be read."""


class NarrowTerm(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One condition of a narrow; a narrow holds where all its terms hold."""

    operator: Annotated[str, Field("What is compared, such as `channel`, `topic`, `sender`, `dm` or `is`.")]
    operand: Annotated[
        str | int | list[int | str],
        Field("What it is compared with: a name, an id, or a list of users, as the operator asks."),
    ]
    negated: Annotated[bool, Field("Whether the term holds for the messages that do not match.")] = False
