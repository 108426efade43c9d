"""Messages: send, read, edit, move, delete, render."""

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import Attachment, FetchedMessage

from ._params import MessageId, NarrowInput

AllowEmptyTopic = Annotated[
    bool,
    Param(
        "Whether the client understands the empty topic; otherwise it comes under the name that "
        "`realm_empty_topic_display_name` gives it."
    ),
]
ApplyMarkdown = Annotated[bool, Param("Whether content comes as HTML; otherwise as the Markdown that was typed.")]
_WILDCARDS = ("STREAM_WILDCARD_MENTION_NOT_ALLOWED", "TOPIC_WILDCARD_MENTION_NOT_ALLOWED")

EXAMPLE_MESSAGE = {
    "id": 901,
    "type": "stream",
    "stream_id": 12,
    "display_recipient": "general",
    "subject": "lunch",
    "sender_id": 9,
    "sender_email": "user9@aloha.example",
    "sender_full_name": "Iago",
    "sender_realm_str": "",
    "recipient_id": 40,
    "content": "<p>Soup at <strong>noon</strong>?</p>",
    "content_type": "text/html",
    "client": "website",
    "timestamp": 1795450000,
    "avatar_url": None,
    "is_me_message": False,
    "flags": ["read"],
    "reactions": [],
    "submessages": [],
    "topic_links": [],
}


class SendMessage(Request, frozen=True, kw_only=True):
    type: Annotated[
        Literal["direct", "channel", "stream", "private"],
        Param("`channel` (older: `stream`) for a channel, `direct` (older: `private`) for people.", example="channel"),
    ]
    to: Annotated[
        int | str | list[int | str],
        Param(
            "Where to: a channel's name or id, or a list of user ids or of email addresses. An address is the one "
            "that the sender can see.",
            json=True,
            example="general",
        ),
    ]
    content: Annotated[
        str,
        Param(
            "The message, in Markdown. What is longer than `max_message_length` is cut.", example="Soup at **noon**?"
        ),
    ]
    topic: Annotated[
        str | UnsetType,
        Param("The topic, for channel messages. Cut at `max_topic_length`.", aliases=("subject",), example="lunch"),
    ] = UNSET
    queue_id: Annotated[
        str | UnsetType,
        Param(
            "The sender's event queue: its event for this message then carries `local_message_id`.",
            example="0d4f8a52-7c3e-4f5b-9f0e-2f6f1f2b7a11",
        ),
    ] = UNSET
    local_id: Annotated[
        str | UnsetType,
        Param(
            "The client's own name for the message, unique within its queue. A repeated send with the same "
            "`queue_id` and `local_id` returns the first one's answer.",
            example="100.01",
        ),
    ] = UNSET
    read_by_sender: Annotated[
        bool | UnsetType,
        Param(
            "Whether the sender has thereby read the message. Absent, it depends on the client that sends.", json=True
        ),
    ] = UNSET


class SendMessageResult(Result, kw_only=True):
    id: Annotated[int, Field("The new message's id.")]
    automatic_new_visibility_policy: Annotated[
        Literal[2, 3] | UnsetType,
        Field("Given where sending changed the sender's policy for the topic: 2 unmuted it, 3 followed it."),
    ] = UNSET


send_message = Endpoint(
    name="send_message",
    method="POST",
    path="/messages",
    area="messages",
    summary="Send a message",
    doc=(
        "Sends a message to a channel's topic or directly to people. When it is answered, the message is stored "
        "and everybody's event is on its way.\n\n"
        "Sending is safe to repeat: give an `Idempotency-Key` header (or `queue_id` with `local_id`), and a second "
        "try within 24 hours gets the first one's answer instead of a second message."
    ),
    params=SendMessage,
    result=SendMessageResult,
    errors=("BAD_REQUEST", "STREAM_DOES_NOT_EXIST", *_WILDCARDS, "IDEMPOTENCY_KEY_REUSED"),
    example_result={"id": 901},
)


class GetMessages(Request, frozen=True, kw_only=True):
    anchor: Annotated[
        str | UnsetType,
        Param(
            "The message to read around: an id, `newest`, `oldest`, `first_unread`, or `date` with `anchor_date`. An "
            "id that is not there, or does not match, stands for its place in the order. Required unless `message_ids` "
            "is given.",
            example="newest",
        ),
    ] = UNSET
    anchor_date: Annotated[
        str | UnsetType,
        Param(
            "With the anchor `date`: a time in ISO 8601, in UTC unless it says otherwise. The anchor is the first "
            "matching message sent then or later, or the newest end where there is none.",
            example="2026-11-24T12:00:00Z",
        ),
    ] = UNSET
    include_anchor: Annotated[bool, Param("Whether the anchor itself is returned where it matches.")] = True
    num_before: Annotated[
        int | UnsetType, Param("How many messages before the anchor; absent means none.", example=50)
    ] = UNSET
    num_after: Annotated[
        int | UnsetType, Param("How many messages after the anchor; absent means none.", example=0)
    ] = UNSET
    narrow: Annotated[
        Sequence[NarrowInput],
        Param(
            "Terms that every returned message matches.",
            json=True,
            example=[{"operator": "channel", "operand": "general"}],
        ),
    ] = ()
    client_gravatar: Annotated[
        bool, Param("Whether the client computes gravatar URLs itself, so that `avatar_url` may be null.")
    ] = True
    apply_markdown: ApplyMarkdown = True
    use_first_unread_anchor: Annotated[
        bool, Param('The older way to ask for the anchor `"first_unread"`.', deprecated=True)
    ] = False
    message_ids: Annotated[
        list[int] | UnsetType,
        Param("Exactly these messages, instead of an anchor and counts.", json=True, example=[901, 902]),
    ] = UNSET
    allow_empty_topic_name: AllowEmptyTopic = False


class GetMessagesResult(Result, kw_only=True):
    messages: Annotated[list[FetchedMessage], Field("The messages, oldest first.")]
    last_event_id: Annotated[
        int,
        Field(
            "The position of the event log at which the messages were read: events with a higher id are not yet in "
            "them. Aloha's own."
        ),
    ]
    anchor: Annotated[int | UnsetType, Field("The anchor that was used, as an id. Absent with `message_ids`.")] = UNSET
    found_anchor: Annotated[bool, Field("Whether the anchor itself is among the messages.")]
    found_oldest: Annotated[bool, Field("Whether nothing matching lies before them.")]
    found_newest: Annotated[bool, Field("Whether nothing matching lies after them.")]
    history_limited: Annotated[
        bool, Field("Whether older messages were left out by the organization's plan; always false here.")
    ]


get_messages = Endpoint(
    name="get_messages",
    method="GET",
    path="/messages",
    area="messages",
    summary="Get messages",
    doc=(
        "Reads the history that the user may see: a window of messages around an anchor, narrowed as wished.\n\n"
        "To page, pass the first (or last) message's id as the next `anchor`, with `include_anchor=false`, until "
        "`found_oldest` (or `found_newest`) is true. To merge the answer with events, apply only events whose id is "
        "above `last_event_id`.\n\n"
        "With a `search` term each message also has `match_content` and `match_subject`, in which what was found "
        "is marked.\n\n"
        "Without credentials, where the organization lets spectators in (`realm_web_public_access_enabled`), a narrow "
        "confined to web-public channels is answered: by `channels:web-public`, or a `channel` that is one."
    ),
    anonymous=True,
    params=GetMessages,
    result=GetMessagesResult,
    errors=("BAD_REQUEST", "BAD_NARROW"),
    example_result={
        "messages": [EXAMPLE_MESSAGE],
        "last_event_id": 4711,
        "anchor": 10000000000000000,
        "found_anchor": False,
        "found_oldest": False,
        "found_newest": True,
        "history_limited": False,
    },
)


class GetMessage(Request, frozen=True, kw_only=True):
    message_id: MessageId
    apply_markdown: ApplyMarkdown = True
    allow_empty_topic_name: AllowEmptyTopic = False


class GetMessageResult(Result, kw_only=True):
    message: Annotated[FetchedMessage, Field("The message.")]
    raw_content: Annotated[str | UnsetType, Field("Its Markdown, whatever was asked for.", deprecated=True)] = UNSET


get_message = Endpoint(
    name="get_message",
    method="GET",
    path="/messages/{message_id}",
    area="messages",
    summary="Get one message",
    doc=(
        "Reads one message. One that does not exist and one that the user may not see get the same answer. Without "
        "credentials, messages of web-public channels can be read where the organization lets spectators in."
    ),
    anonymous=True,
    params=GetMessage,
    result=GetMessageResult,
    errors=("BAD_REQUEST",),
    example_result={"message": EXAMPLE_MESSAGE, "raw_content": "Soup at **noon**?"},
)


class UpdateMessage(Request, frozen=True, kw_only=True):
    message_id: MessageId
    topic: Annotated[
        str | UnsetType,
        Param(
            "The topic to move to; the same name with or without the check mark (un)resolves.",
            aliases=("subject",),
            example="lunch",
        ),
    ] = UNSET
    propagate_mode: Annotated[
        Literal["change_one", "change_later", "change_all"],
        Param("Which messages of the topic move: this one, this and later ones, or all."),
    ] = "change_one"
    send_notification_to_old_thread: Annotated[
        bool, Param("Whether a notice is left where the messages were.", json=True)
    ] = False
    send_notification_to_new_thread: Annotated[
        bool, Param("Whether a notice is sent to where the messages went.", json=True)
    ] = True
    content: Annotated[str | UnsetType, Param("The new text, in Markdown.", example="Soup at **one**?")] = UNSET
    stream_id: Annotated[int | UnsetType, Param("The channel to move to.", json=True, example=13)] = UNSET
    prev_content_sha256: Annotated[
        str | UnsetType,
        Param(
            "The SHA-256, in hexadecimal, of the Markdown that `content` is to replace: if somebody was faster, the "
            "edit is refused.",
            example="c4928dbb8ec2ad2c0de0ce35deb5cd5fcae43a1b2ebd5dc98a6e79a2bd76ce22",
        ),
    ] = UNSET


class UpdateMessageResult(Result, kw_only=True):
    detached_uploads: Annotated[
        list[Attachment] | UnsetType,
        Field("The author's uploads that no message refers to any more."),
    ] = UNSET


update_message = Endpoint(
    name="update_message",
    method="PATCH",
    path="/messages/{message_id}",
    area="messages",
    summary="Edit or move a message",
    doc=(
        "Changes a message's text, or moves it and others of its topic to another topic or channel. Text and "
        "channel cannot change in one request.\n\n"
        "Who may do what, and for how long, is the organization's to decide: see `realm_allow_message_editing` and "
        "the `can_move_messages_*` permissions."
    ),
    params=UpdateMessage,
    result=UpdateMessageResult,
    errors=(
        "BAD_REQUEST",
        "STREAM_DOES_NOT_EXIST",
        "MOVE_MESSAGES_TIME_LIMIT_EXCEEDED",
        "EXPECTATION_MISMATCH",
        *_WILDCARDS,
    ),
    example_result={"detached_uploads": []},
)


class DeleteMessage(Request, frozen=True, kw_only=True):
    message_id: MessageId


delete_message = Endpoint(
    name="delete_message",
    method="DELETE",
    path="/messages/{message_id}",
    area="messages",
    summary="Delete a message",
    doc="Deletes a message for everybody, for good. Administrators may; others as the organization's permissions say.",
    params=DeleteMessage,
    result=Empty,
    errors=("BAD_REQUEST",),
)


class RenderMessage(Request, frozen=True, kw_only=True):
    content: Annotated[str, Param("A text in Markdown.", example="Soup at **noon**?")]


class RenderMessageResult(Result, kw_only=True):
    rendered: Annotated[str, Field("The HTML that a message with this text would have.")]


render_message = Endpoint(
    name="render_message",
    method="POST",
    path="/messages/render",
    area="messages",
    summary="Render a text",
    doc="Renders Markdown as a message would be, without sending anything: a preview.",
    params=RenderMessage,
    result=RenderMessageResult,
    errors=("BAD_REQUEST",),
    example_result={"rendered": "<p>Soup at <strong>noon</strong>?</p>"},
)


class GetMessageHistory(Request, frozen=True, kw_only=True):
    message_id: MessageId
    allow_empty_topic_name: AllowEmptyTopic = False


class MessageVersion(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A message as it was after one of its edits; the first is the message as sent."""

    timestamp: Annotated[int, Field("When it became so, in seconds since 1970.")]
    user_id: Annotated[int | None, Field("Who did it; null where that is not known.")]
    topic: Annotated[str, Field("The topic then.")]
    content: Annotated[str, Field("The text then, in Markdown.")]
    rendered_content: Annotated[str, Field("The text then, as HTML.")]
    prev_topic: Annotated[str | UnsetType, Field("The topic before, where it changed.")] = UNSET
    stream: Annotated[int | UnsetType, Field("The channel moved to, where it changed.")] = UNSET
    prev_stream: Annotated[int | UnsetType, Field("The channel before, where it changed.")] = UNSET
    prev_content: Annotated[str | UnsetType, Field("The text before, in Markdown, where it changed.")] = UNSET
    prev_rendered_content: Annotated[str | UnsetType, Field("The text before, as HTML, where it changed.")] = UNSET
    content_html_diff: Annotated[
        str | UnsetType, Field("HTML that shows what the edit added and removed, where the text changed.")
    ] = UNSET


class GetMessageHistoryResult(Result, kw_only=True):
    message_history: Annotated[list[MessageVersion], Field("The versions, oldest first.")]


get_message_history = Endpoint(
    name="get_message_history",
    method="GET",
    path="/messages/{message_id}/history",
    area="messages",
    summary="Get a message's edit history",
    doc="Lists what a message was when sent and after each edit and move, where the organization keeps that visible.",
    params=GetMessageHistory,
    result=GetMessageHistoryResult,
    errors=("BAD_REQUEST",),
    example_result={
        "message_history": [
            {
                "timestamp": 1795450000,
                "user_id": 9,
                "topic": "lunch",
                "content": "Soup?",
                "rendered_content": "<p>Soup?</p>",
            }
        ]
    },
)
