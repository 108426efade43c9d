"""Messages and what hangs on them: reactions, edits, widgets, attachments, drafts, unread counts."""

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field

from .base import ReactionType, WireObject

MessageType: TypeAlias = Literal["stream", "private"]


class DisplayRecipientUser(WireObject, kw_only=True):
    """A participant of a direct message, as its `display_recipient` lists them."""

    id: Annotated[int, Field("The user's id.")]
    email: Annotated[str, Field("The user's address as the API shows it.")]
    full_name: Annotated[str, Field("The user's name.")]
    is_mirror_dummy: Annotated[
        bool | UnsetType, Field("Whether the account only stands for somebody on a mirrored system.")
    ] = UNSET


class Reaction(WireObject, kw_only=True):
    """One user's emoji reaction."""

    emoji_name: Annotated[str, Field("The emoji's name.")]
    emoji_code: Annotated[
        str, Field("What identifies the emoji in its namespace: code points, or a custom emoji's id.")
    ]
    reaction_type: Annotated[ReactionType, Field("The namespace of `emoji_code`.")]
    user_id: Annotated[int, Field("Who reacted.")]


class Submessage(WireObject, kw_only=True):
    """A step of a widget, such as a vote in a poll."""

    id: Annotated[int, Field("The submessage's id.")]
    message_id: Annotated[int, Field("The message that holds the widget.")]
    sender_id: Annotated[int, Field("Who took the step.")]
    msg_type: Annotated[str, Field("The kind of submessage; `widget` today.")]
    content: Annotated[str, Field("What the step says: JSON in a string, whose form is the widget's own.")]


class TopicLink(WireObject, kw_only=True):
    """A link that a linkifier found in a topic's name."""

    text: Annotated[str, Field("The part of the topic that matched.")]
    url: Annotated[str, Field("Where it leads.")]


class EditHistoryEntry(WireObject, kw_only=True):
    """One edit or move of a message: only what it changed is there."""

    timestamp: Annotated[int, Field("When, in UNIX seconds.")]
    user_id: Annotated[int | None, Field("Who did it; null where an old edit did not record it.")]
    prev_content: Annotated[str | UnsetType, Field("The Markdown source before.")] = UNSET
    prev_rendered_content: Annotated[str | UnsetType, Field("The HTML before.")] = UNSET
    prev_stream: Annotated[int | UnsetType, Field("The id of the channel that it was moved from.")] = UNSET
    prev_topic: Annotated[str | UnsetType, Field("The topic before.")] = UNSET
    stream: Annotated[int | UnsetType, Field("The id of the channel that it was moved to.")] = UNSET
    topic: Annotated[str | UnsetType, Field("The topic after.")] = UNSET


class Message(WireObject, kw_only=True):
    """A message as one user receives it."""

    id: Annotated[int, Field("The message's id; ids rise in the order in which messages were sent.")]
    type: Annotated[MessageType, Field("`stream` in a channel, `private` for a direct message.")]
    content: Annotated[str, Field("The text, in the form that `content_type` names.")]
    content_type: Annotated[str, Field("`text/html` for rendered content, `text/x-markdown` for the source.")]
    sender_id: Annotated[int, Field("Who sent it.")]
    sender_full_name: Annotated[str, Field("The sender's name.")]
    sender_email: Annotated[str, Field("The sender's address as the API shows it.")]
    sender_realm_str: Annotated[str, Field("A short name of the sender's organization.")]
    recipient_id: Annotated[int, Field("An id that the messages of one channel, or of one set of participants, share.")]
    display_recipient: Annotated[
        str | list[DisplayRecipientUser],
        Field("The channel's name or, for a direct message, all its participants, the sender included."),
    ]
    subject: Annotated[str, Field("The topic; empty for a direct message.")]
    timestamp: Annotated[int, Field("When it was sent, in UNIX seconds.")]
    client: Annotated[str, Field("The name of the program that sent it.")]
    avatar_url: Annotated[
        str | None,
        Field("The sender's avatar; null where the client is to compute the Gravatar of the address itself."),
    ]
    is_me_message: Annotated[bool, Field("Whether it is a status message, begun with `/me`.")]
    reactions: Annotated[list[Reaction], Field("The reactions, oldest first.")]
    submessages: Annotated[list[Submessage], Field("The steps of its widget, oldest first.")]
    topic_links: Annotated[list[TopicLink], Field("The links that linkifiers make of the topic.")]
    stream_id: Annotated[int | UnsetType, Field("The channel's id; only where `type` is `stream`.")] = UNSET
    last_edit_timestamp: Annotated[
        int | UnsetType, Field("When the content was last edited, in UNIX seconds; absent if never.")
    ] = UNSET
    last_moved_timestamp: Annotated[
        int | UnsetType, Field("When it was last moved, in UNIX seconds; absent if never.")
    ] = UNSET
    edit_history: Annotated[
        list[EditHistoryEntry] | UnsetType,
        Field("Its edits and moves, newest first; absent if there are none or the organization hides them."),
    ] = UNSET


class FetchedMessage(Message, kw_only=True):
    """A message out of the history, with what differs from reader to reader and from query to query."""

    flags: Annotated[list[str], Field("The reader's flags: `read`, `starred`, `mentioned` and the like.")]
    match_content: Annotated[
        str | UnsetType, Field("The content as HTML with the searched words marked; only in a search.")
    ] = UNSET
    match_subject: Annotated[
        str | UnsetType, Field("The topic as HTML with the searched words marked; only in a search.")
    ] = UNSET


class AttachmentMessage(WireObject, kw_only=True):
    """A message that links to an uploaded file."""

    id: Annotated[int, Field("The message's id.")]
    date_sent: Annotated[int, Field("When it was sent, in UNIX milliseconds.")]


class Attachment(WireObject, kw_only=True):
    """A file that the user uploaded."""

    id: Annotated[int, Field("The file's id.")]
    name: Annotated[str, Field("The file's name when it was uploaded.")]
    path_id: Annotated[str, Field("Where it lies below `/user_uploads/`.")]
    size: Annotated[int, Field("Its size in bytes.")]
    create_time: Annotated[int, Field("When it was uploaded, in UNIX milliseconds.")]
    messages: Annotated[list[AttachmentMessage], Field("The messages that link to it.")]


class RemovedAttachment(WireObject, kw_only=True):
    """A file that is gone."""

    id: Annotated[int, Field("The id that the file had.")]


class Draft(WireObject, kw_only=True):
    """A message that the user has begun to write."""

    id: Annotated[int | UnsetType, Field("The draft's id; absent while the server has not given it one.")] = UNSET
    type: Annotated[Literal["", "stream", "private"], Field("Where it is to go; empty while that is not chosen.")]
    to: Annotated[list[int], Field("The channel's id as the only element, or the recipients' user ids.")]
    topic: Annotated[str, Field("The topic; empty for a direct message.")]
    content: Annotated[str, Field("The text so far, as Markdown.")]
    timestamp: Annotated[int | UnsetType, Field("When it was last changed, in UNIX seconds.")] = UNSET


class SavedSnippet(WireObject, kw_only=True):
    """A piece of text that the user keeps for later messages."""

    id: Annotated[int, Field("The snippet's id.")]
    title: Annotated[str, Field("Its title.")]
    content: Annotated[str, Field("Its text, as Markdown.")]
    date_created: Annotated[int, Field("When it was made, in UNIX seconds.")]


class ScheduledMessage(WireObject, kw_only=True):
    """A message that the server will send at a time to come."""

    scheduled_message_id: Annotated[int, Field("The scheduled message's id, which the sent message will not have.")]
    type: Annotated[MessageType, Field("Where it will go.")]
    to: Annotated[int | list[int], Field("The channel's id, or the recipients' user ids.")]
    topic: Annotated[str | UnsetType, Field("The topic; only where `type` is `stream`.")] = UNSET
    content: Annotated[str, Field("The text, as Markdown.")]
    rendered_content: Annotated[str, Field("The text, as HTML.")]
    scheduled_delivery_timestamp: Annotated[int, Field("When it is due, in UNIX seconds.")]
    failed: Annotated[bool, Field("Whether the server tried to send it and could not.")]


class Reminder(WireObject, kw_only=True):
    """A note by which the server will remind the user of a message."""

    reminder_id: Annotated[int, Field("The reminder's id.")]
    type: Annotated[Literal["private"], Field("Always `private`: the Notification Bot will write it to the user.")]
    to: Annotated[list[int], Field("The user's own id, as the only element.")]
    content: Annotated[str, Field("Its text as it was when it was set, as Markdown.")]
    rendered_content: Annotated[str, Field("The same as HTML.")]
    scheduled_delivery_timestamp: Annotated[int, Field("When it is due, in UNIX seconds.")]
    failed: Annotated[bool, Field("Whether the server tried to send it and could not.")]
    reminder_target_message_id: Annotated[int, Field("The message of which it reminds.")]


class UnreadDirect(WireObject, kw_only=True):
    """The unread direct messages of a conversation with one other user, or with oneself."""

    other_user_id: Annotated[int, Field("The other user; one's own id for messages to oneself.")]
    sender_id: Annotated[int | UnsetType, Field("The same as `other_user_id`, for older clients.", deprecated=True)] = (
        UNSET
    )
    unread_message_ids: Annotated[list[int], Field("The unread messages, oldest first.")]


class UnreadStream(WireObject, kw_only=True):
    """The unread messages of a topic."""

    stream_id: Annotated[int, Field("The channel.")]
    topic: Annotated[str, Field("The topic.")]
    unread_message_ids: Annotated[list[int], Field("The unread messages, oldest first.")]


class UnreadGroup(WireObject, kw_only=True):
    """The unread messages of a group conversation."""

    user_ids_string: Annotated[
        str, Field("All participants' user ids, one's own included, rising and joined by commas.")
    ]
    unread_message_ids: Annotated[list[int], Field("The unread messages, oldest first.")]


class UnreadMsgs(WireObject, kw_only=True):
    """All that the user has not read, up to a bound that the newest messages fill first."""

    count: Annotated[int, Field("How many messages the lists hold.")]
    pms: Annotated[list[UnreadDirect], Field("By the other user of a conversation of two.")]
    streams: Annotated[list[UnreadStream], Field("By channel and topic.")]
    huddles: Annotated[list[UnreadGroup], Field("By group conversation.")]
    mentions: Annotated[list[int], Field("Those that mention the user.")]
    old_unreads_missing: Annotated[bool, Field("Whether the bound left older unread messages out.")]


class RecentConversation(WireObject, kw_only=True):
    """A direct message conversation with its newest message."""

    user_ids: Annotated[list[int], Field("The other participants, rising; empty for messages to oneself.")]
    max_message_id: Annotated[int, Field("The newest message that the user received or sent there.")]
