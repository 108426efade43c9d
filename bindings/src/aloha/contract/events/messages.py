"""Events about messages, their flags and reactions, and what people do before they send."""

from typing import Annotated, Literal

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field
from aloha.contract.objects import (
    Attachment,
    Draft,
    Message,
    MessageType,
    ReactingUser,
    ReactionType,
    RemovedAttachment,
    SavedSnippet,
    ScheduledMessage,
    TopicLink,
    UserAddress,
    WireObject,
)

from .base import Event


class MessageEvent(Event, kw_only=True, tag="message"):
    """A message was sent that the user receives, or that the queue's narrow or `all_public_streams` admits."""

    message: Annotated[Message, Field("The message.")]
    flags: Annotated[list[str], Field("The user's flags for it; empty for one who does not receive it.")]
    local_message_id: Annotated[
        str | UnsetType,
        Field("The `local_id` that it was sent with; only on the queue that the sender named."),
    ] = UNSET


class UpdateMessageEvent(Event, kw_only=True, tag="update_message"):
    """Messages that the user has were edited or moved, or the server rendered one anew.

    Fields of the content are there if the content of `message_id` changed, those of topic and channel if
    messages were moved.
    """

    user_id: Annotated[int | None, Field("Who did it; null where the server rendered the message anew.")]
    rendering_only: Annotated[
        bool, Field("Whether nobody edited anything: only the HTML is new, a preview for example.")
    ]
    message_id: Annotated[int, Field("The message that was edited, or from which the move began.")]
    message_ids: Annotated[list[int], Field("All the messages that are touched, rising.")]
    flags: Annotated[list[str], Field("The user's flags for `message_id`, after the edit.")]
    edit_timestamp: Annotated[int, Field("When, in UNIX seconds.")]
    stream_name: Annotated[str | UnsetType, Field("The name of the channel before the change.")] = UNSET
    stream_id: Annotated[int | UnsetType, Field("The channel before the change.")] = UNSET
    new_stream_id: Annotated[int | UnsetType, Field("The channel that the messages were moved to.")] = UNSET
    propagate_mode: Annotated[
        Literal["change_one", "change_later", "change_all"] | UnsetType,
        Field("Which messages of the topic were moved: one, it and the later ones, or all."),
    ] = UNSET
    orig_subject: Annotated[str | UnsetType, Field("The topic before the move.")] = UNSET
    subject: Annotated[str | UnsetType, Field("The topic after the move.")] = UNSET
    topic_links: Annotated[list[TopicLink] | UnsetType, Field("The links of the new topic.")] = UNSET
    orig_content: Annotated[str | UnsetType, Field("The Markdown source before.")] = UNSET
    orig_rendered_content: Annotated[str | UnsetType, Field("The HTML before.")] = UNSET
    content: Annotated[str | UnsetType, Field("The Markdown source after.")] = UNSET
    rendered_content: Annotated[str | UnsetType, Field("The HTML after.")] = UNSET
    is_me_message: Annotated[bool | UnsetType, Field("Whether it is a status message now.")] = UNSET


class DeleteMessageEvent(Event, kw_only=True, tag="delete_message"):
    """Messages that the user had were deleted, or moved to where the user cannot read them.

    A client without `bulk_message_deletion` gets an event for each message.
    """

    message_type: Annotated[MessageType, Field("Whether they were in a channel or direct.")]
    message_ids: Annotated[list[int] | UnsetType, Field("The messages, for a client with `bulk_message_deletion`.")] = (
        UNSET
    )
    message_id: Annotated[int | UnsetType, Field("The message, for a client without it.")] = UNSET
    stream_id: Annotated[int | UnsetType, Field("The channel; absent for direct messages.")] = UNSET
    topic: Annotated[str | UnsetType, Field("The topic; absent for direct messages.")] = UNSET


class _Reaction(Event, kw_only=True):
    message_id: Annotated[int, Field("The message.")]
    user_id: Annotated[int, Field("Who reacted.")]
    emoji_name: Annotated[str, Field("The emoji's name.")]
    emoji_code: Annotated[str, Field("The emoji's code in its namespace.")]
    reaction_type: Annotated[ReactionType, Field("The namespace of `emoji_code`.")]
    user: Annotated[ReactingUser | UnsetType, Field("The user of `user_id`, for older clients.", deprecated=True)] = (
        UNSET
    )


class ReactionAddEvent(_Reaction, kw_only=True, tag="reaction"):
    """Somebody reacted to a message that the user can see."""

    op: Annotated[Literal["add"], Field("Always `add`.")] = "add"


class ReactionRemoveEvent(_Reaction, kw_only=True, tag="reaction"):
    """Somebody took a reaction back."""

    op: Annotated[Literal["remove"], Field("Always `remove`.")] = "remove"


class SubmessageEvent(Event, kw_only=True, tag="submessage"):
    """Somebody took a step in a message's widget, such as a vote in a poll."""

    submessage_id: Annotated[int, Field("The new submessage's id.")]
    message_id: Annotated[int, Field("The message that holds the widget.")]
    sender_id: Annotated[int, Field("Who took the step.")]
    msg_type: Annotated[str, Field("The kind of submessage; `widget` today.")]
    content: Annotated[str, Field("What the step says: JSON in a string.")]


class FlagDetail(WireObject, kw_only=True):
    """Where a message that became unread belongs, so that a client can count it without having it."""

    type: Annotated[MessageType, Field("Whether it is in a channel or direct.")]
    mentioned: Annotated[bool | UnsetType, Field("True if it mentions the user.")] = UNSET
    user_ids: Annotated[
        list[int] | UnsetType, Field("A direct message's other participants; empty for one to oneself.")
    ] = UNSET
    stream_id: Annotated[int | UnsetType, Field("The channel.")] = UNSET
    topic: Annotated[str | UnsetType, Field("The topic.")] = UNSET
    unmuted_stream_msg: Annotated[
        bool | UnsetType, Field("Whether neither channel nor topic is muted.", deprecated=True)
    ] = UNSET


class UpdateMessageFlagsAddEvent(Event, kw_only=True, tag="update_message_flags"):
    """The user, from any client, put a flag on messages; `read` above all."""

    op: Annotated[Literal["add"], Field("Always `add`.")] = "add"
    operation: Annotated[Literal["add"], Field("The same as `op`.", deprecated=True)] = "add"
    flag: Annotated[str, Field("The flag.")]
    messages: Annotated[list[int], Field("The messages; empty where `all` holds.")]
    all: Annotated[bool, Field("Whether all messages were marked at once as read.")]


class UpdateMessageFlagsRemoveEvent(Event, kw_only=True, tag="update_message_flags"):
    """A flag was taken off messages; off `read`, they are unread again."""

    op: Annotated[Literal["remove"], Field("Always `remove`.")] = "remove"
    operation: Annotated[Literal["remove"], Field("The same as `op`.", deprecated=True)] = "remove"
    flag: Annotated[str, Field("The flag.")]
    messages: Annotated[list[int], Field("The messages.")]
    all: Annotated[bool, Field("Always false.", deprecated=True)]
    message_details: Annotated[
        dict[str, FlagDetail] | UnsetType,
        Field("For each message that became unread, by its id, where it belongs; only for the flag `read`."),
    ] = UNSET


class _Typing(Event, kw_only=True):
    message_type: Annotated[Literal["direct", "stream"], Field("What is being written.")]
    sender: Annotated[UserAddress, Field("Who writes.")]
    recipients: Annotated[
        list[UserAddress] | UnsetType,
        Field("A direct message's participants, the writer included; absent in a channel."),
    ] = UNSET
    stream_id: Annotated[int | UnsetType, Field("The channel; absent for a direct message.")] = UNSET
    topic: Annotated[str | UnsetType, Field("The topic; absent for a direct message.")] = UNSET


class TypingStartEvent(_Typing, kw_only=True, tag="typing"):
    """Somebody is writing a message to the user or, for a client that asked for it, in a channel of theirs.

    It holds for `server_typing_started_expiry_period_milliseconds` unless it is renewed.
    """

    op: Annotated[Literal["start"], Field("Always `start`.")] = "start"


class TypingStopEvent(_Typing, kw_only=True, tag="typing"):
    """Somebody stopped writing."""

    op: Annotated[Literal["stop"], Field("Always `stop`.")] = "stop"


class TypingEditRecipient(WireObject, kw_only=True):
    """Where the message that is being edited stands."""

    type: Annotated[Literal["direct", "channel"], Field("Whether it is direct or in a channel.")]
    channel_id: Annotated[int | UnsetType, Field("The channel; absent for a direct message.")] = UNSET
    topic: Annotated[str | UnsetType, Field("The topic; absent for a direct message.")] = UNSET
    user_ids: Annotated[list[int] | UnsetType, Field("The participants of the conversation; absent in a channel.")] = (
        UNSET
    )


class _TypingEditMessage(Event, kw_only=True):
    sender_id: Annotated[int, Field("Who edits.")]
    message_id: Annotated[int, Field("The message that is edited.")]
    recipient: Annotated[TypingEditRecipient, Field("Where it stands.")]


class TypingEditMessageStartEvent(_TypingEditMessage, kw_only=True, tag="typing_edit_message"):
    """Somebody began to edit a message that the user can see."""

    op: Annotated[Literal["start"], Field("Always `start`.")] = "start"


class TypingEditMessageStopEvent(_TypingEditMessage, kw_only=True, tag="typing_edit_message"):
    """Somebody stopped editing a message."""

    op: Annotated[Literal["stop"], Field("Always `stop`.")] = "stop"


class _Attachment(Event, kw_only=True):
    upload_space_used: Annotated[int, Field("How many bytes all the organization's files take now.")]


class AttachmentAddEvent(_Attachment, kw_only=True, tag="attachment"):
    """The user uploaded a file."""

    op: Annotated[Literal["add"], Field("Always `add`.")] = "add"
    attachment: Annotated[Attachment, Field("The file.")]


class AttachmentUpdateEvent(_Attachment, kw_only=True, tag="attachment"):
    """Other messages than before link to a file of the user's."""

    op: Annotated[Literal["update"], Field("Always `update`.")] = "update"
    attachment: Annotated[Attachment, Field("The file.")]


class AttachmentRemoveEvent(_Attachment, kw_only=True, tag="attachment"):
    """A file of the user's was deleted."""

    op: Annotated[Literal["remove"], Field("Always `remove`.")] = "remove"
    attachment: Annotated[RemovedAttachment, Field("The file.")]


class DraftsAddEvent(Event, kw_only=True, tag="drafts"):
    """The user has new drafts, from another client perhaps."""

    op: Annotated[Literal["add"], Field("Always `add`.")] = "add"
    drafts: Annotated[list[Draft], Field("The new drafts.")]


class DraftsUpdateEvent(Event, kw_only=True, tag="drafts"):
    """The user changed a draft."""

    op: Annotated[Literal["update"], Field("Always `update`.")] = "update"
    draft: Annotated[Draft, Field("The draft as it is now.")]


class DraftsRemoveEvent(Event, kw_only=True, tag="drafts"):
    """The user deleted a draft."""

    op: Annotated[Literal["remove"], Field("Always `remove`.")] = "remove"
    draft_id: Annotated[int, Field("The id that the draft had.")]


class SavedSnippetsAddEvent(Event, kw_only=True, tag="saved_snippets"):
    """The user saved a snippet."""

    op: Annotated[Literal["add"], Field("Always `add`.")] = "add"
    saved_snippet: Annotated[SavedSnippet, Field("The snippet.")]


class SavedSnippetsUpdateEvent(Event, kw_only=True, tag="saved_snippets"):
    """The user changed a snippet."""

    op: Annotated[Literal["update"], Field("Always `update`.")] = "update"
    saved_snippet: Annotated[SavedSnippet, Field("The snippet as it is now.")]


class SavedSnippetsRemoveEvent(Event, kw_only=True, tag="saved_snippets"):
    """The user deleted a snippet."""

    op: Annotated[Literal["remove"], Field("Always `remove`.")] = "remove"
    saved_snippet_id: Annotated[int, Field("The id that the snippet had.")]


class ScheduledMessagesAddEvent(Event, kw_only=True, tag="scheduled_messages"):
    """The user scheduled messages."""

    op: Annotated[Literal["add"], Field("Always `add`.")] = "add"
    scheduled_messages: Annotated[list[ScheduledMessage], Field("The new ones.")]


class ScheduledMessagesUpdateEvent(Event, kw_only=True, tag="scheduled_messages"):
    """A scheduled message changed, or could not be sent."""

    op: Annotated[Literal["update"], Field("Always `update`.")] = "update"
    scheduled_message: Annotated[ScheduledMessage, Field("The scheduled message as it is now.")]


class ScheduledMessagesRemoveEvent(Event, kw_only=True, tag="scheduled_messages"):
    """A scheduled message was sent or given up."""

    op: Annotated[Literal["remove"], Field("Always `remove`.")] = "remove"
    scheduled_message_id: Annotated[int, Field("The id that it had.")]
