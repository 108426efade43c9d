"""Types that several endpoints share."""

from typing import Annotated, Literal

import msgspec

from aloha.contract.endpoint import UNSET, Field, Param, UnsetType
from aloha.contract.objects import GroupSetting, NarrowTerm

NarrowInput = NarrowTerm | tuple[str, str | int | list[int | str]]
"""A term of a narrow as clients send it: an object, or the older pair of operator and operand."""

MessageId = Annotated[int, Param("The message's id.", example=901)]
IncludeSubscribers = bool | Literal["partial"]
INCLUDE_SUBSCRIBERS_DOC = (
    'Whether channels carry the ids of their subscribers. `"partial"` lets the server leave out people who were not '
    "active of late, which it does not do today."
)
StreamId = Annotated[int, Param("The channel's id.", example=12)]
UserId = Annotated[int, Param("The user's id.", example=9)]


class GroupSettingUpdate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A change of a permission that users and groups hold. Where `old` is given and no longer true, the change is
    refused with EXPECTATION_MISMATCH."""

    new: Annotated[GroupSetting, Field("Who is to hold it.")]
    old: Annotated[GroupSetting | UnsetType, Field("Who is believed to hold it.")] = UNSET
