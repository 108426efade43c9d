"""What all events have in common."""

from typing import Annotated, Any

import msgspec

from aloha.contract.endpoint import Field


class Event(msgspec.Struct, kw_only=True, tag_field="type"):
    """Something that happened, as a queue delivers it.

    On the wire every event has `id` and `type`, and most have an `op`; a class stands for one pair of type and
    op. Ids rise within a queue and are not unique: events that one change gives to a client together share
    theirs. What may be absent is UNSET, and fields that this release does not know are dropped.
    """

    id: Annotated[int, Field("The event's position. Give the highest that was handled back as `last_event_id`.")]

    @property
    def type(self) -> str:
        """The event's type on the wire."""
        return str(self.__struct_config__.tag)


class UnknownEvent(Event, kw_only=True, tag=False):
    """An event that this release cannot read: of an unknown type or op, or of a shape that it does not expect.

    Nothing is lost: `raw` is the event as it came, and `problem` says why it could not be read.
    """

    type: str
    op: str | None
    raw: dict[str, Any]
    problem: str
