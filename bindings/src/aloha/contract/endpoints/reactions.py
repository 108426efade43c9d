"""Emoji reactions to messages."""

from typing import Annotated

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Param, Request, UnsetType

from ._params import MessageId

EmojiCode = Annotated[
    str | UnsetType,
    Param(
        "The emoji's code point in hexadecimal, or a custom emoji's id; found by name where absent.", example="1f44d"
    ),
]
ReactionType = Annotated[
    str | UnsetType,
    Param(
        "What `emoji_code` is of: `unicode_emoji`, `realm_emoji` (a custom one) or `zulip_extra_emoji`.",
        example="unicode_emoji",
    ),
]


class AddReaction(Request, frozen=True, kw_only=True):
    message_id: MessageId
    emoji_name: Annotated[str, Param("The emoji's name, without colons.", example="thumbs_up")]
    emoji_code: EmojiCode = UNSET
    reaction_type: ReactionType = UNSET


add_reaction = Endpoint(
    name="add_reaction",
    method="POST",
    path="/messages/{message_id}/reactions",
    area="messages",
    summary="Add a reaction",
    doc=(
        "Reacts to a message with an emoji. The name is enough for a new emoji; to join a reaction that is there, "
        "pass its code and type too, since a name may have moved to another emoji since."
    ),
    params=AddReaction,
    result=Empty,
    errors=("BAD_REQUEST", "REACTION_ALREADY_EXISTS"),
)


class RemoveReaction(Request, frozen=True, kw_only=True):
    message_id: MessageId
    emoji_name: Annotated[
        str | UnsetType, Param("The emoji's name, without colons; may be left out with a code.", example="thumbs_up")
    ] = UNSET
    emoji_code: EmojiCode = UNSET
    reaction_type: ReactionType = UNSET


remove_reaction = Endpoint(
    name="remove_reaction",
    method="DELETE",
    path="/messages/{message_id}/reactions",
    area="messages",
    summary="Remove a reaction",
    doc="Takes back one's own reaction, named by `emoji_name` or by `emoji_code` and `reaction_type`.",
    params=RemoveReaction,
    result=Empty,
    errors=("BAD_REQUEST", "REACTION_DOES_NOT_EXIST"),
)
