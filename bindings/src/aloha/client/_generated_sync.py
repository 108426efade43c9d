# ruff: noqa: A002, E501, RUF036
"""The blocking method of every endpoint. Written by scripts/generate_client: change the declarations instead.

A parameter that is not given does not travel. Objects may be given as their structs or as plain dicts.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeVar

from msgspec import UNSET, UnsetType

from aloha.client.wire import FileContent
from aloha.contract.endpoint import Empty, Result
from aloha.contract.endpoints._params import GroupSettingUpdate
from aloha.contract.endpoints.alert_words import AlertWordsResult
from aloha.contract.endpoints.authentication import ApiKeyResult, RegeneratedApiKey
from aloha.contract.endpoints.avatars import AvatarResult
from aloha.contract.endpoints.bots import BotKeyResult, CreateBotResult, GetBotsResult, UpdateBotResult
from aloha.contract.endpoints.channels import CreateChannelResult, GetUserChannelsResult
from aloha.contract.endpoints.domains import AddRealmDomainResult, GetRealmDomainsResult
from aloha.contract.endpoints.drafts import CreateDraftsResult, GetDraftsResult
from aloha.contract.endpoints.events import GetEventsResult
from aloha.contract.endpoints.flags import MarkAllAsReadResult, UpdateFlagsForNarrowResult, UpdateMessageFlagsResult
from aloha.contract.endpoints.invites import CreateInviteLinkResult, GetInvitesResult
from aloha.contract.endpoints.linkifiers import AddLinkifierResult, GetLinkifiersResult
from aloha.contract.endpoints.messages import (
    GetMessageHistoryResult,
    GetMessageResult,
    GetMessagesResult,
    RenderMessageResult,
    SendMessageResult,
    UpdateMessageResult,
)
from aloha.contract.endpoints.organization import GetCustomEmojiResult, ServerSettings, UpdateRealmResult
from aloha.contract.endpoints.playgrounds import AddCodePlaygroundResult
from aloha.contract.endpoints.presence import (
    GetPresenceResult,
    GetUserPresenceResult,
    GetUserStatusResult,
    UpdatePresenceResult,
)
from aloha.contract.endpoints.profile_fields import CreateCustomProfileFieldResult, GetCustomProfileFieldsResult
from aloha.contract.endpoints.reading import GetReadReceiptsResult, MatchesNarrowResult
from aloha.contract.endpoints.reminders import CreateReminderResult, GetRemindersResult
from aloha.contract.endpoints.saved_snippets import CreateSavedSnippetResult, GetSavedSnippetsResult
from aloha.contract.endpoints.scheduled_messages import CreateScheduledMessageResult, GetScheduledMessagesResult
from aloha.contract.endpoints.stream_email import GetStreamEmailAddressResult
from aloha.contract.endpoints.streams import (
    GetStreamIdResult,
    GetStreamsResult,
    GetStreamTopicsResult,
    GetSubscribersResult,
    StreamResult,
)
from aloha.contract.endpoints.subscriptions import (
    ColoredSubscription,
    GetSubscriptionsResult,
    GetSubscriptionStatusResult,
    NewSubscription,
    SubscribeResult,
    SubscriptionChange,
    UnsubscribeResult,
    UpdateSubscriptionsResult,
)
from aloha.contract.endpoints.topics import DeleteTopicResult
from aloha.contract.endpoints.uploads import GetAttachmentsResult, GetFileTemporaryUrlResult, UploadFileResult
from aloha.contract.endpoints.user_groups import (
    CreateUserGroupResult,
    GetIsUserGroupMemberResult,
    GetUserGroupMembersResult,
    GetUserGroupsResult,
    GetUserGroupSubgroupsResult,
)
from aloha.contract.endpoints.users import CreateUserResult, GetOwnUserResult, GetUsersResult, UserResult
from aloha.contract.objects.base import GroupSettingMembers, NarrowTerm
from aloha.contract.objects.messages import Draft
from aloha.contract.register.capabilities import ClientCapabilities
from aloha.contract.register.result import RegisterResult

R = TypeVar("R")


class SyncMethods(ABC):
    """One method for each endpoint; how a call is made is left to the client."""

    @abstractmethod
    def _call(self, method: str, path: str, result: type[R], params: Mapping[str, Any]) -> R: ...

    def fetch_api_key(self, *, username: str, password: str) -> ApiKeyResult:
        """Get an API key with a password.

        Trades a user name and password for the user's API key. Clients with a log-in form call this once
        and keep the key; the password itself need not be stored.

        A wrong password and an unknown user get the same answer, in about the same time.

        Parameters:
          username: The user's email address, or the user name of the directory that signs people in.
          password: The user's password.

        Raises ApiError with the codes AUTHENTICATION_FAILED, USER_DEACTIVATED, REALM_DEACTIVATED.
        """
        return self._call("POST", "/fetch_api_key", ApiKeyResult, {"username": username, "password": password})

    def dev_fetch_api_key(self, *, username: str) -> ApiKeyResult:
        """Get an API key on a demo server.

        Returns the API key of any demo user, without a password. It exists only on a server started with
        `--demo`; every other server answers as for an unknown URL.

        Parameters:
          username: The email address of a demo user.

        Raises ApiError with the codes AUTHENTICATION_FAILED, USER_DEACTIVATED, REALM_DEACTIVATED.
        """
        return self._call("POST", "/dev_fetch_api_key", ApiKeyResult, {"username": username})

    def regenerate_own_api_key(self) -> RegeneratedApiKey:
        """Replace your API key.

        Makes a new API key for the user who asks and revokes the old one at once: requests with the old key
        are refused and its waiting polls end.
        """
        return self._call("POST", "/users/me/api_key/regenerate", RegeneratedApiKey, {})

    def register_queue(
        self,
        *,
        apply_markdown: bool | UnsetType = UNSET,
        client_gravatar: bool | UnsetType = UNSET,
        include_subscribers: bool | Literal["partial"] | UnsetType = UNSET,
        slim_presence: bool | UnsetType = UNSET,
        presence_history_limit_days: int | UnsetType = UNSET,
        event_types: list[str] | UnsetType = UNSET,
        all_public_streams: bool | UnsetType = UNSET,
        client_capabilities: ClientCapabilities | Mapping[str, Any] | UnsetType = UNSET,
        fetch_event_types: list[str] | UnsetType = UNSET,
        narrow: Sequence[NarrowTerm | Mapping[str, Any] | Sequence[Any]] | UnsetType = UNSET,
        idle_queue_timeout: int | Literal["mobile"] | UnsetType = UNSET,
        queue_lifespan_secs: int | UnsetType = UNSET,
    ) -> RegisterResult:
        """Register an event queue.

        Creates an event queue and returns the state that its events continue: the snapshot is exact at
        `last_event_id`, and every later change comes once, in order, from `GET /events`. Nothing that
        happens between the two is lost or repeated.

        Ask only for what you use: `event_types` limits the events and the snapshot's sections,
        `fetch_event_types` the sections alone. A bot that only reads messages passes
        `event_types=["message"]` and gets a small answer.

        The queue is durable: it survives a restart of the server, and ends after a lifetime without polls
        or with `DELETE /events`.

        Parameters:
          apply_markdown: Whether message content comes as HTML; otherwise as the Markdown that was typed.
            Default: False.
          client_gravatar: Whether the client computes gravatar URLs itself, so that `avatar_url` may be
            null. Absent means true for a logged-in user.
          include_subscribers: Whether channels carry the ids of their subscribers. `"partial"` lets the
            server leave out people who were not active of late, which it does not do today. Default: False.
          slim_presence: Whether presence is keyed by user id and in the modern, short form. Default: False.
          presence_history_limit_days: How many days back a user was last seen for `presences` to list them.
          event_types: The types of events wanted; absent means all.
          all_public_streams: Whether to get the messages of all public channels, subscribed or not.
            Default: False.
          client_capabilities: Which newer forms of the data the client understands; what is not named gets
            its older form.
          fetch_event_types: The sections of the snapshot wanted, where they differ from `event_types`; an
            empty list asks for no state at all.
          narrow: Restricts message events to those that match every term. The operators `channel`, `topic`,
            `sender` and `is` are understood here; a negated term, such as `{"operator": "sender",
            "operand": "me", "negated": true}`, keeps out what matches it.
          idle_queue_timeout: After how many seconds without a poll the queue may end, up to seven days;
            `"mobile"` means twelve hours. Absent means 24 hours.
          queue_lifespan_secs: The older name of `idle_queue_timeout`. Deprecated.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "POST",
            "/register",
            RegisterResult,
            {
                "apply_markdown": apply_markdown,
                "client_gravatar": client_gravatar,
                "include_subscribers": include_subscribers,
                "slim_presence": slim_presence,
                "presence_history_limit_days": presence_history_limit_days,
                "event_types": event_types,
                "all_public_streams": all_public_streams,
                "client_capabilities": client_capabilities,
                "fetch_event_types": fetch_event_types,
                "narrow": narrow,
                "idle_queue_timeout": idle_queue_timeout,
                "queue_lifespan_secs": queue_lifespan_secs,
            },
        )

    def get_events(
        self, *, queue_id: str, last_event_id: int | UnsetType = UNSET, dont_block: bool | UnsetType = UNSET
    ) -> GetEventsResult:
        """Get events from a queue.

        Answers with the queue's events after `last_event_id`. Where there are none it waits until one
        comes, and after about 50 seconds answers with a `heartbeat` event, so give the request a timeout
        above `event_queue_longpoll_timeout_seconds`.

        Polling again with the same `last_event_id` repeats the answer: a response that was lost on its way
        is not lost. A second poll of a queue ends the first one with no events.

        `BAD_EVENT_QUEUE_ID` means that the queue cannot go on: register a new one.

        Parameters:
          queue_id: The queue, as registered.
          last_event_id: The highest event id that the client has dealt with: it acknowledges all up to it.
            Start with the `last_event_id` of the registration; -1 means the queue's beginning. A poll
            without it is refused.
          dont_block: Whether to be answered at once even where no event is waiting. Default: False.

        Raises ApiError with the codes BAD_REQUEST, BAD_EVENT_QUEUE_ID.
        """
        return self._call(
            "GET",
            "/events",
            GetEventsResult,
            {"queue_id": queue_id, "last_event_id": last_event_id, "dont_block": dont_block},
        )

    def delete_queue(self, *, queue_id: str) -> Empty:
        """Delete an event queue.

        Ends a queue and frees what the server keeps for it. A queue that nobody polls ends by itself;
        deleting it is the courteous way to leave.

        Parameters:
          queue_id: The queue to end.

        Raises ApiError with the codes BAD_EVENT_QUEUE_ID.
        """
        return self._call("DELETE", "/events", Empty, {"queue_id": queue_id})

    def send_message(
        self,
        *,
        type: Literal["direct", "channel", "stream", "private"],
        to: int | str | Sequence[int | str],
        content: str,
        topic: str | UnsetType = UNSET,
        queue_id: str | UnsetType = UNSET,
        local_id: str | UnsetType = UNSET,
        read_by_sender: bool | UnsetType = UNSET,
    ) -> SendMessageResult:
        """Send a message.

        Sends a message to a channel's topic or directly to people. When it is answered, the message is
        stored and everybody's event is on its way.

        Sending is safe to repeat: give an `Idempotency-Key` header (or `queue_id` with `local_id`), and a
        second try within 24 hours gets the first one's answer instead of a second message.

        Parameters:
          type: `channel` (older: `stream`) for a channel, `direct` (older: `private`) for people.
          to: Where to: a channel's name or id, or a list of user ids or of email addresses. An address is
            the one that the sender can see.
          content: The message, in Markdown. What is longer than `max_message_length` is cut.
          topic: The topic, for channel messages. Cut at `max_topic_length`.
          queue_id: The sender's event queue: its event for this message then carries `local_message_id`.
          local_id: The client's own name for the message, unique within its queue. A repeated send with the
            same `queue_id` and `local_id` returns the first one's answer.
          read_by_sender: Whether the sender has thereby read the message. Absent, it depends on the client
            that sends.

        Raises ApiError with the codes BAD_REQUEST, STREAM_DOES_NOT_EXIST,
        STREAM_WILDCARD_MENTION_NOT_ALLOWED, TOPIC_WILDCARD_MENTION_NOT_ALLOWED, IDEMPOTENCY_KEY_REUSED.
        """
        return self._call(
            "POST",
            "/messages",
            SendMessageResult,
            {
                "type": type,
                "to": to,
                "content": content,
                "topic": topic,
                "queue_id": queue_id,
                "local_id": local_id,
                "read_by_sender": read_by_sender,
            },
        )

    def get_messages(
        self,
        *,
        anchor: str | UnsetType = UNSET,
        anchor_date: str | UnsetType = UNSET,
        include_anchor: bool | UnsetType = UNSET,
        num_before: int | UnsetType = UNSET,
        num_after: int | UnsetType = UNSET,
        narrow: Sequence[NarrowTerm | Mapping[str, Any] | Sequence[Any]] | UnsetType = UNSET,
        client_gravatar: bool | UnsetType = UNSET,
        apply_markdown: bool | UnsetType = UNSET,
        use_first_unread_anchor: bool | UnsetType = UNSET,
        message_ids: list[int] | UnsetType = UNSET,
        allow_empty_topic_name: bool | UnsetType = UNSET,
    ) -> GetMessagesResult:
        """Get messages.

        Reads the history that the user may see: a window of messages around an anchor, narrowed as wished.

        To page, pass the first (or last) message's id as the next `anchor`, with `include_anchor=false`,
        until `found_oldest` (or `found_newest`) is true. To merge the answer with events, apply only events
        whose id is above `last_event_id`.

        With a `search` term each message also has `match_content` and `match_subject`, in which what was
        found is marked.

        Without credentials, where the organization lets spectators in (`realm_web_public_access_enabled`),
        a narrow confined to web-public channels is answered: by `channels:web-public`, or a `channel` that
        is one.

        Parameters:
          anchor: The message to read around: an id, `newest`, `oldest`, `first_unread`, or `date` with
            `anchor_date`. An id that is not there, or does not match, stands for its place in the order.
            Required unless `message_ids` is given.
          anchor_date: With the anchor `date`: a time in ISO 8601, in UTC unless it says otherwise. The
            anchor is the first matching message sent then or later, or the newest end where there is none.
          include_anchor: Whether the anchor itself is returned where it matches. Default: True.
          num_before: How many messages before the anchor; absent means none.
          num_after: How many messages after the anchor; absent means none.
          narrow: Terms that every returned message matches.
          client_gravatar: Whether the client computes gravatar URLs itself, so that `avatar_url` may be
            null. Default: True.
          apply_markdown: Whether content comes as HTML; otherwise as the Markdown that was typed. Default:
            True.
          use_first_unread_anchor: The older way to ask for the anchor `"first_unread"`. Deprecated.
            Default: False.
          message_ids: Exactly these messages, instead of an anchor and counts.
          allow_empty_topic_name: Whether the client understands the empty topic; otherwise it comes under
            the name that `realm_empty_topic_display_name` gives it. Default: False.

        Raises ApiError with the codes BAD_REQUEST, BAD_NARROW.
        """
        return self._call(
            "GET",
            "/messages",
            GetMessagesResult,
            {
                "anchor": anchor,
                "anchor_date": anchor_date,
                "include_anchor": include_anchor,
                "num_before": num_before,
                "num_after": num_after,
                "narrow": narrow,
                "client_gravatar": client_gravatar,
                "apply_markdown": apply_markdown,
                "use_first_unread_anchor": use_first_unread_anchor,
                "message_ids": message_ids,
                "allow_empty_topic_name": allow_empty_topic_name,
            },
        )

    def get_message(
        self,
        *,
        message_id: int,
        apply_markdown: bool | UnsetType = UNSET,
        allow_empty_topic_name: bool | UnsetType = UNSET,
    ) -> GetMessageResult:
        """Get one message.

        Reads one message. One that does not exist and one that the user may not see get the same answer.
        Without credentials, messages of web-public channels can be read where the organization lets
        spectators in.

        Parameters:
          message_id: The message's id.
          apply_markdown: Whether content comes as HTML; otherwise as the Markdown that was typed. Default:
            True.
          allow_empty_topic_name: Whether the client understands the empty topic; otherwise it comes under
            the name that `realm_empty_topic_display_name` gives it. Default: False.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "GET",
            "/messages/{message_id}",
            GetMessageResult,
            {
                "message_id": message_id,
                "apply_markdown": apply_markdown,
                "allow_empty_topic_name": allow_empty_topic_name,
            },
        )

    def update_message(
        self,
        *,
        message_id: int,
        topic: str | UnsetType = UNSET,
        propagate_mode: Literal["change_one", "change_later", "change_all"] | UnsetType = UNSET,
        send_notification_to_old_thread: bool | UnsetType = UNSET,
        send_notification_to_new_thread: bool | UnsetType = UNSET,
        content: str | UnsetType = UNSET,
        stream_id: int | UnsetType = UNSET,
        prev_content_sha256: str | UnsetType = UNSET,
    ) -> UpdateMessageResult:
        """Edit or move a message.

        Changes a message's text, or moves it and others of its topic to another topic or channel. Text and
        channel cannot change in one request.

        Who may do what, and for how long, is the organization's to decide: see
        `realm_allow_message_editing` and the `can_move_messages_*` permissions.

        Parameters:
          message_id: The message's id.
          topic: The topic to move to; the same name with or without the check mark (un)resolves.
          propagate_mode: Which messages of the topic move: this one, this and later ones, or all. Default:
            'change_one'.
          send_notification_to_old_thread: Whether a notice is left where the messages were. Default: False.
          send_notification_to_new_thread: Whether a notice is sent to where the messages went. Default:
            True.
          content: The new text, in Markdown.
          stream_id: The channel to move to.
          prev_content_sha256: The SHA-256, in hexadecimal, of the Markdown that `content` is to replace: if
            somebody was faster, the edit is refused.

        Raises ApiError with the codes BAD_REQUEST, STREAM_DOES_NOT_EXIST,
        MOVE_MESSAGES_TIME_LIMIT_EXCEEDED, EXPECTATION_MISMATCH, STREAM_WILDCARD_MENTION_NOT_ALLOWED,
        TOPIC_WILDCARD_MENTION_NOT_ALLOWED.
        """
        return self._call(
            "PATCH",
            "/messages/{message_id}",
            UpdateMessageResult,
            {
                "message_id": message_id,
                "topic": topic,
                "propagate_mode": propagate_mode,
                "send_notification_to_old_thread": send_notification_to_old_thread,
                "send_notification_to_new_thread": send_notification_to_new_thread,
                "content": content,
                "stream_id": stream_id,
                "prev_content_sha256": prev_content_sha256,
            },
        )

    def delete_message(self, *, message_id: int) -> Empty:
        """Delete a message.

        Deletes a message for everybody, for good. Administrators may; others as the organization's
        permissions say.

        Parameters:
          message_id: The message's id.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("DELETE", "/messages/{message_id}", Empty, {"message_id": message_id})

    def render_message(self, *, content: str) -> RenderMessageResult:
        """Render a text.

        Renders Markdown as a message would be, without sending anything: a preview.

        Parameters:
          content: A text in Markdown.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("POST", "/messages/render", RenderMessageResult, {"content": content})

    def get_message_history(
        self, *, message_id: int, allow_empty_topic_name: bool | UnsetType = UNSET
    ) -> GetMessageHistoryResult:
        """Get a message's edit history.

        Lists what a message was when sent and after each edit and move, where the organization keeps that
        visible.

        Parameters:
          message_id: The message's id.
          allow_empty_topic_name: Whether the client understands the empty topic; otherwise it comes under
            the name that `realm_empty_topic_display_name` gives it. Default: False.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "GET",
            "/messages/{message_id}/history",
            GetMessageHistoryResult,
            {"message_id": message_id, "allow_empty_topic_name": allow_empty_topic_name},
        )

    def check_messages_match_narrow(
        self, *, msg_ids: list[int], narrow: Sequence[NarrowTerm | Mapping[str, Any] | Sequence[Any]]
    ) -> MatchesNarrowResult:
        """Check which messages match a narrow.

        Tells which of some messages belong to a narrow, for clients that got them as events and show a
        search or another view whose terms they cannot decide by themselves.

        Parameters:
          msg_ids: The messages to look at.
          narrow: Terms, all of which a message must match.

        Raises ApiError with the codes BAD_REQUEST, BAD_NARROW.
        """
        return self._call(
            "GET", "/messages/matches_narrow", MatchesNarrowResult, {"msg_ids": msg_ids, "narrow": narrow}
        )

    def get_read_receipts(self, *, message_id: int) -> GetReadReceiptsResult:
        """Get a message's readers.

        Lists who has read a message that the user can see. Its sender is left out, and so is everybody who
        does not share what they have read (`send_read_receipts`). The organization decides whether there
        are receipts at all: `realm_enable_read_receipts`.

        Parameters:
          message_id: The message's id.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "GET", "/messages/{message_id}/read_receipts", GetReadReceiptsResult, {"message_id": message_id}
        )

    def add_reaction(
        self,
        *,
        message_id: int,
        emoji_name: str,
        emoji_code: str | UnsetType = UNSET,
        reaction_type: str | UnsetType = UNSET,
    ) -> Empty:
        """Add a reaction.

        Reacts to a message with an emoji. The name is enough for a new emoji; to join a reaction that is
        there, pass its code and type too, since a name may have moved to another emoji since.

        Parameters:
          message_id: The message's id.
          emoji_name: The emoji's name, without colons.
          emoji_code: The emoji's code point in hexadecimal, or a custom emoji's id; found by name where
            absent.
          reaction_type: What `emoji_code` is of: `unicode_emoji`, `realm_emoji` (a custom one) or
            `zulip_extra_emoji`.

        Raises ApiError with the codes BAD_REQUEST, REACTION_ALREADY_EXISTS.
        """
        return self._call(
            "POST",
            "/messages/{message_id}/reactions",
            Empty,
            {
                "message_id": message_id,
                "emoji_name": emoji_name,
                "emoji_code": emoji_code,
                "reaction_type": reaction_type,
            },
        )

    def remove_reaction(
        self,
        *,
        message_id: int,
        emoji_name: str | UnsetType = UNSET,
        emoji_code: str | UnsetType = UNSET,
        reaction_type: str | UnsetType = UNSET,
    ) -> Empty:
        """Remove a reaction.

        Takes back one's own reaction, named by `emoji_name` or by `emoji_code` and `reaction_type`.

        Parameters:
          message_id: The message's id.
          emoji_name: The emoji's name, without colons; may be left out with a code.
          emoji_code: The emoji's code point in hexadecimal, or a custom emoji's id; found by name where
            absent.
          reaction_type: What `emoji_code` is of: `unicode_emoji`, `realm_emoji` (a custom one) or
            `zulip_extra_emoji`.

        Raises ApiError with the codes BAD_REQUEST, REACTION_DOES_NOT_EXIST.
        """
        return self._call(
            "DELETE",
            "/messages/{message_id}/reactions",
            Empty,
            {
                "message_id": message_id,
                "emoji_name": emoji_name,
                "emoji_code": emoji_code,
                "reaction_type": reaction_type,
            },
        )

    def add_submessage(self, *, message_id: int, msg_type: Literal["widget"], content: str) -> Empty:
        """Take a step in a widget.

        Votes in a poll, adds to a to-do list and the like. A message that begins with `/poll` or `/todo` is
        such a widget; whoever can read it may take part, and hears of every step by a `submessage` event.

        Parameters:
          message_id: The message that holds the widget.
          msg_type: The kind of submessage.
          content: What is done, as JSON: in a poll a `vote`, a `new_option` or, by its author, a new
            `question`; in a to-do list a `new_task`, a `strike` or, by its author, a `new_task_list_title`.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "POST", "/submessage", Empty, {"message_id": message_id, "msg_type": msg_type, "content": content}
        )

    def update_message_flags(
        self, *, messages: list[int], op: Literal["add", "remove"], flag: str
    ) -> UpdateMessageFlagsResult:
        """Change flags of messages.

        Sets or clears one of the user's own flags on messages. Messages that do not exist, or that the user
        cannot see, are passed over; flags that the server keeps itself, such as `mentioned`, are refused.

        Parameters:
          messages: The messages' ids.
          op: Whether to set or to clear the flag.
          flag: `read`, `starred` or `collapsed`.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "POST", "/messages/flags", UpdateMessageFlagsResult, {"messages": messages, "op": op, "flag": flag}
        )

    def update_message_flags_for_narrow(
        self,
        *,
        anchor: str,
        num_before: int,
        num_after: int,
        narrow: Sequence[NarrowTerm | Mapping[str, Any] | Sequence[Any]],
        op: Literal["add", "remove"],
        flag: str,
        include_anchor: bool | UnsetType = UNSET,
    ) -> UpdateFlagsForNarrowResult:
        """Change flags of the messages in a narrow.

        Sets or clears one of the user's own flags on a slice of what a narrow holds. To go through all of
        it, pass `last_processed_id` as the next `anchor`, with `include_anchor=false`, until `found_newest`
        is true.

        Parameters:
          anchor: Where to begin: an id, `newest`, `oldest`, `first_unread`, as in `GET /messages`.
          include_anchor: Whether the anchor itself is changed where it matches. Default: True.
          num_before: How many messages before the anchor.
          num_after: How many messages after the anchor.
          narrow: Terms that every message matches.
          op: Whether to set or to clear the flag.
          flag: `read`, `starred` or `collapsed`.

        Raises ApiError with the codes BAD_REQUEST, BAD_NARROW.
        """
        return self._call(
            "POST",
            "/messages/flags/narrow",
            UpdateFlagsForNarrowResult,
            {
                "anchor": anchor,
                "num_before": num_before,
                "num_after": num_after,
                "narrow": narrow,
                "op": op,
                "flag": flag,
                "include_anchor": include_anchor,
            },
        )

    def mark_all_as_read(self) -> MarkAllAsReadResult:
        """Mark everything as read.

        Deprecated.

        Marks all of the user's messages as read.

        Better: `POST /messages/flags/narrow`, which works in slices and says how far it came.
        """
        return self._call("POST", "/mark_all_as_read", MarkAllAsReadResult, {})

    def mark_stream_as_read(self, *, stream_id: int) -> Empty:
        """Mark a channel as read.

        Deprecated.

        Marks all messages of a channel as read.

        Better: `POST /messages/flags/narrow`, which works in slices and says how far it came.

        Parameters:
          stream_id: The channel's id.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("POST", "/mark_stream_as_read", Empty, {"stream_id": stream_id})

    def mark_topic_as_read(self, *, stream_id: int, topic_name: str) -> Empty:
        """Mark a topic as read.

        Deprecated.

        Marks all messages of a topic as read.

        Better: `POST /messages/flags/narrow`, which works in slices and says how far it came.

        Parameters:
          stream_id: The channel's id.
          topic_name: The topic.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("POST", "/mark_topic_as_read", Empty, {"stream_id": stream_id, "topic_name": topic_name})

    def get_drafts(self) -> GetDraftsResult:
        """Get your drafts.

        Lists the user's drafts. An error where the user has turned the synchronization of drafts off
        (`enable_drafts_synchronization`).

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("GET", "/drafts", GetDraftsResult, {})

    def create_drafts(self, *, drafts: Sequence[Draft | Mapping[str, Any]] | UnsetType = UNSET) -> CreateDraftsResult:
        """Create drafts.

        Keeps drafts, all or none: an empty text, a channel or a person that the user cannot see, or a
        negative time refuses them. A text past the longest message is cut. An error where the user has
        turned the synchronization of drafts off (`enable_drafts_synchronization`).

        Parameters:
          drafts: The drafts. An `id` in one is passed over; a `timestamp` that is left out is the server's
            time.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("POST", "/drafts", CreateDraftsResult, {"drafts": drafts})

    def edit_draft(self, *, draft_id: int, draft: Draft | Mapping[str, Any]) -> Empty:
        """Edit a draft.

        Replaces a draft. One that is not there, or is somebody else's, is answered with HTTP 404.

        Parameters:
          draft_id: The draft's id.
          draft: The draft as it is to be; all of it.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("PATCH", "/drafts/{draft_id}", Empty, {"draft_id": draft_id, "draft": draft})

    def delete_draft(self, *, draft_id: int) -> Empty:
        """Delete a draft.

        Deletes a draft. One that is not there, or is somebody else's, is answered with HTTP 404.

        Parameters:
          draft_id: The draft's id.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("DELETE", "/drafts/{draft_id}", Empty, {"draft_id": draft_id})

    def get_saved_snippets(self) -> GetSavedSnippetsResult:
        """Get your saved snippets.

        Lists the texts that the user has saved.
        """
        return self._call("GET", "/saved_snippets", GetSavedSnippetsResult, {})

    def create_saved_snippet(self, *, title: str, content: str) -> CreateSavedSnippetResult:
        """Save a snippet.

        Saves a text for later messages.

        Parameters:
          title: Its title, of 1 to 60 characters.
          content: Its text, as Markdown, of at most as many characters as a message.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("POST", "/saved_snippets", CreateSavedSnippetResult, {"title": title, "content": content})

    def edit_saved_snippet(
        self, *, saved_snippet_id: int, title: str | UnsetType = UNSET, content: str | UnsetType = UNSET
    ) -> Empty:
        """Edit a saved snippet.

        Changes a snippet's title, its text or both; what is not given stays. One that is not there, or is
        somebody else's, is answered with HTTP 404.

        Parameters:
          saved_snippet_id: The snippet's id.
          title: Its title, of 1 to 60 characters.
          content: Its text, as Markdown, of at most as many characters as a message.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "PATCH",
            "/saved_snippets/{saved_snippet_id}",
            Empty,
            {"saved_snippet_id": saved_snippet_id, "title": title, "content": content},
        )

    def delete_saved_snippet(self, *, saved_snippet_id: int) -> Empty:
        """Delete a saved snippet.

        Deletes a snippet. One that is not there, or is somebody else's, is answered with HTTP 404.

        Parameters:
          saved_snippet_id: The snippet's id.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("DELETE", "/saved_snippets/{saved_snippet_id}", Empty, {"saved_snippet_id": saved_snippet_id})

    def get_scheduled_messages(self) -> GetScheduledMessagesResult:
        """Get your scheduled messages.

        Lists the user's messages that are to be sent later, and those that could not be sent when their
        time came.
        """
        return self._call("GET", "/scheduled_messages", GetScheduledMessagesResult, {})

    def create_scheduled_message(
        self,
        *,
        type: Literal["direct", "channel", "stream", "private"],
        to: int | list[int],
        content: str,
        scheduled_delivery_timestamp: int,
        topic: str | UnsetType = UNSET,
        read_by_sender: bool | UnsetType = UNSET,
    ) -> CreateScheduledMessageResult:
        """Schedule a message.

        Keeps a message and sends it when its time has come, once, also over a restart of the server.
        Whether the user may send it is checked now and again then; where it can no longer be sent, it stays
        with `failed`, and the Notification Bot tells the user why.

        Parameters:
          type: `channel` (or `stream`) or `direct` (or `private`).
          to: The channel's id, or the user ids of a direct message's recipients.
          content: The text, as Markdown.
          topic: The topic of a message to a channel; passed over for a direct message.
          scheduled_delivery_timestamp: When to send it, in UNIX seconds; a time to come.
          read_by_sender: Whether the sent message counts as read by its sender; by default, where the
            client is one to read in.

        Raises ApiError with the codes BAD_REQUEST, STREAM_WILDCARD_MENTION_NOT_ALLOWED,
        TOPIC_WILDCARD_MENTION_NOT_ALLOWED.
        """
        return self._call(
            "POST",
            "/scheduled_messages",
            CreateScheduledMessageResult,
            {
                "type": type,
                "to": to,
                "content": content,
                "scheduled_delivery_timestamp": scheduled_delivery_timestamp,
                "topic": topic,
                "read_by_sender": read_by_sender,
            },
        )

    def update_scheduled_message(
        self,
        *,
        scheduled_message_id: int,
        type: Literal["direct", "channel", "stream", "private"] | UnsetType = UNSET,
        to: int | list[int] | UnsetType = UNSET,
        content: str | UnsetType = UNSET,
        topic: str | UnsetType = UNSET,
        scheduled_delivery_timestamp: int | UnsetType = UNSET,
    ) -> Empty:
        """Edit a scheduled message.

        Changes a scheduled message; what is not given stays. One that failed needs a new time, and is then
        tried again. One that is not there any more, or is somebody else's, is answered with HTTP 404.

        Parameters:
          scheduled_message_id: The scheduled message's id.
          type: `channel` (or `stream`) or `direct` (or `private`). A new type needs `to` as well.
          to: The channel's id, or the user ids of a direct message's recipients.
          content: The text, as Markdown.
          topic: The topic of a message to a channel; passed over for a direct message.
          scheduled_delivery_timestamp: When to send it, in UNIX seconds; a time to come.

        Raises ApiError with the codes BAD_REQUEST, STREAM_WILDCARD_MENTION_NOT_ALLOWED,
        TOPIC_WILDCARD_MENTION_NOT_ALLOWED.
        """
        return self._call(
            "PATCH",
            "/scheduled_messages/{scheduled_message_id}",
            Empty,
            {
                "scheduled_message_id": scheduled_message_id,
                "type": type,
                "to": to,
                "content": content,
                "topic": topic,
                "scheduled_delivery_timestamp": scheduled_delivery_timestamp,
            },
        )

    def delete_scheduled_message(self, *, scheduled_message_id: int) -> Empty:
        """Delete a scheduled message.

        Gives a message up unsent. One that is not there, or is somebody else's, is answered with HTTP 404.

        Parameters:
          scheduled_message_id: The scheduled message's id.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "DELETE",
            "/scheduled_messages/{scheduled_message_id}",
            Empty,
            {"scheduled_message_id": scheduled_message_id},
        )

    def get_reminders(self) -> GetRemindersResult:
        """Get your reminders.

        Lists the reminders that the user has set and that are still to come.
        """
        return self._call("GET", "/reminders", GetRemindersResult, {})

    def create_reminder(
        self, *, message_id: int, scheduled_delivery_timestamp: int, note: str | UnsetType = UNSET
    ) -> CreateReminderResult:
        """Set a reminder.

        Has the Notification Bot write to the user at the given time, with a link to the message and its
        text as it is then, as far as the user can still read it.

        Parameters:
          message_id: Of which message to be reminded.
          scheduled_delivery_timestamp: When to be reminded, in UNIX seconds; a time to come.
          note: What the user wants to be told with it, of at most 500 characters.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "POST",
            "/reminders",
            CreateReminderResult,
            {"message_id": message_id, "scheduled_delivery_timestamp": scheduled_delivery_timestamp, "note": note},
        )

    def delete_reminder(self, *, reminder_id: int) -> Empty:
        """Delete a reminder.

        Gives a reminder up. One that is not there, or is somebody else's, is answered with HTTP 404.

        Parameters:
          reminder_id: The reminder's id.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("DELETE", "/reminders/{reminder_id}", Empty, {"reminder_id": reminder_id})

    def get_streams(
        self,
        *,
        include_public: bool | UnsetType = UNSET,
        include_web_public: bool | UnsetType = UNSET,
        include_subscribed: bool | UnsetType = UNSET,
        exclude_archived: bool | UnsetType = UNSET,
        include_all_active: bool | UnsetType = UNSET,
        include_all: bool | UnsetType = UNSET,
        include_default: bool | UnsetType = UNSET,
        include_owner_subscribed: bool | UnsetType = UNSET,
        include_can_access_content: bool | UnsetType = UNSET,
    ) -> GetStreamsResult:
        """Get channels.

        Lists channels that the user may know of: those of each group that the parameters include.

        Parameters:
          include_public: Whether to include public channels. Default: True.
          include_web_public: Whether to include channels open to the web. Default: False.
          include_subscribed: Whether to include the user's own channels. Default: True.
          exclude_archived: Whether to leave archived channels out. Default: True.
          include_all_active: The older name of `include_all` without archived channels. Deprecated.
            Default: False.
          include_all: Whether to include every channel whose existence the user may know of. Default:
            False.
          include_default: Whether to add `is_default`: new users are subscribed to it. Default: False.
          include_owner_subscribed: For a bot: whether to include the channels of the bot's owner. Default:
            False.
          include_can_access_content: Whether to include every channel whose messages the user may read.
            Default: False.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "GET",
            "/streams",
            GetStreamsResult,
            {
                "include_public": include_public,
                "include_web_public": include_web_public,
                "include_subscribed": include_subscribed,
                "exclude_archived": exclude_archived,
                "include_all_active": include_all_active,
                "include_all": include_all,
                "include_default": include_default,
                "include_owner_subscribed": include_owner_subscribed,
                "include_can_access_content": include_can_access_content,
            },
        )

    def get_stream_by_id(self, *, stream_id: int) -> StreamResult:
        """Get a channel.

        Reads one channel by id.

        Parameters:
          stream_id: The channel's id.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("GET", "/streams/{stream_id}", StreamResult, {"stream_id": stream_id})

    def update_stream(
        self,
        *,
        stream_id: int,
        description: str | UnsetType = UNSET,
        new_name: str | UnsetType = UNSET,
        is_private: bool | UnsetType = UNSET,
        is_web_public: bool | UnsetType = UNSET,
        history_public_to_subscribers: bool | UnsetType = UNSET,
        is_default_stream: bool | UnsetType = UNSET,
        message_retention_days: int | str | UnsetType = UNSET,
        is_archived: bool | UnsetType = UNSET,
        can_add_subscribers_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_remove_subscribers_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_administer_channel_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_send_message_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_create_topics_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_subscribe_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
    ) -> Empty:
        """Change a channel.

        Changes a channel's name, description, privacy, retention or permissions; what is not given stays.
        All of a request's changes happen, or none.

        A permission is given as `new`, with `old` to say what it is believed to be: where another
        administrator has changed it meanwhile, the request is refused.

        Parameters:
          stream_id: The channel's id.
          description: The new description, in Markdown.
          new_name: The new name.
          is_private: Whether only those invited may join.
          is_web_public: Whether everybody on the web may read it, without an account.
          history_public_to_subscribers: Whether new subscribers see what was sent before they came.
          is_default_stream: Whether new users are subscribed to it.
          message_retention_days: After how many days messages are deleted, or `unlimited`, or
            `realm_default`.
          is_archived: `false` brings an archived channel back, before the other changes; `true` archives
            it.
          can_add_subscribers_group: Who may subscribe others.
          can_remove_subscribers_group: Who may unsubscribe others.
          can_administer_channel_group: Who may change the channel's settings.
          can_send_message_group: Who may send messages to it.
          can_create_topics_group: Who may begin new topics.
          can_subscribe_group: Who may subscribe themselves, also where it is private.

        Raises ApiError with the codes BAD_REQUEST, STREAM_DOES_NOT_EXIST, UNAUTHORIZED_PRINCIPAL,
        EXPECTATION_MISMATCH.
        """
        return self._call(
            "PATCH",
            "/streams/{stream_id}",
            Empty,
            {
                "stream_id": stream_id,
                "description": description,
                "new_name": new_name,
                "is_private": is_private,
                "is_web_public": is_web_public,
                "history_public_to_subscribers": history_public_to_subscribers,
                "is_default_stream": is_default_stream,
                "message_retention_days": message_retention_days,
                "is_archived": is_archived,
                "can_add_subscribers_group": can_add_subscribers_group,
                "can_remove_subscribers_group": can_remove_subscribers_group,
                "can_administer_channel_group": can_administer_channel_group,
                "can_send_message_group": can_send_message_group,
                "can_create_topics_group": can_create_topics_group,
                "can_subscribe_group": can_subscribe_group,
            },
        )

    def archive_stream(self, *, stream_id: int) -> Empty:
        """Archive a channel.

        Archives a channel: its messages stay readable, nobody can send to it any more.

        Parameters:
          stream_id: The channel's id.

        Raises ApiError with the codes BAD_REQUEST, STREAM_DOES_NOT_EXIST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("DELETE", "/streams/{stream_id}", Empty, {"stream_id": stream_id})

    def get_stream_id(self, *, stream: str) -> GetStreamIdResult:
        """Get a channel's id.

        Finds a channel by name, whatever the case of its letters.

        Parameters:
          stream: The channel's name.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("GET", "/get_stream_id", GetStreamIdResult, {"stream": stream})

    def get_subscribers(self, *, stream_id: int) -> GetSubscribersResult:
        """Get a channel's subscribers.

        Lists who is subscribed to a channel.

        Parameters:
          stream_id: The channel's id.

        Raises ApiError with the codes BAD_REQUEST, STREAM_DOES_NOT_EXIST.
        """
        return self._call("GET", "/streams/{stream_id}/members", GetSubscribersResult, {"stream_id": stream_id})

    def get_stream_topics(
        self, *, stream_id: int, allow_empty_topic_name: bool | UnsetType = UNSET
    ) -> GetStreamTopicsResult:
        """Get a channel's topics.

        Lists the topics of a channel in which the user may see messages.

        Parameters:
          stream_id: The channel's id.
          allow_empty_topic_name: Whether the client understands the empty topic; otherwise it comes under
            the name that `realm_empty_topic_display_name` gives it. Default: False.

        Raises ApiError with the codes BAD_REQUEST, STREAM_DOES_NOT_EXIST.
        """
        return self._call(
            "GET",
            "/users/me/{stream_id}/topics",
            GetStreamTopicsResult,
            {"stream_id": stream_id, "allow_empty_topic_name": allow_empty_topic_name},
        )

    def get_stream_email_address(
        self, *, stream_id: int, sender_id: int | UnsetType = UNSET
    ) -> GetStreamEmailAddressResult:
        """Get a channel's e-mail address.

        Returns the address that belongs to the caller, the channel and the sender. It stays the same;
        another user gets another one. The caller must be allowed to post in the channel.

        Parameters:
          stream_id: The channel's id.
          sender_id: In whose name the mail is posted: the caller's (absent), one of their bots', or that of
            the built-in e-mail gateway bot.

        Raises ApiError with the codes BAD_REQUEST, STREAM_DOES_NOT_EXIST.
        """
        return self._call(
            "GET",
            "/streams/{stream_id}/email_address",
            GetStreamEmailAddressResult,
            {"stream_id": stream_id, "sender_id": sender_id},
        )

    def get_subscriptions(
        self, *, include_subscribers: bool | Literal["partial"] | UnsetType = UNSET
    ) -> GetSubscriptionsResult:
        """Get your channels.

        Lists the channels to which the user is subscribed.

        Parameters:
          include_subscribers: Whether channels carry the ids of their subscribers. `"partial"` lets the
            server leave out people who were not active of late, which it does not do today. Default: False.
        """
        return self._call(
            "GET", "/users/me/subscriptions", GetSubscriptionsResult, {"include_subscribers": include_subscribers}
        )

    def subscribe(
        self,
        *,
        subscriptions: Sequence[NewSubscription | Mapping[str, Any]],
        announce: bool | UnsetType = UNSET,
        invite_only: bool | UnsetType = UNSET,
        is_web_public: bool | UnsetType = UNSET,
        is_default_stream: bool | UnsetType = UNSET,
        history_public_to_subscribers: bool | UnsetType = UNSET,
        message_retention_days: int | str | UnsetType = UNSET,
        can_add_subscribers_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_remove_subscribers_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_administer_channel_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_send_message_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_create_topics_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_subscribe_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        send_new_subscription_messages: bool | UnsetType = UNSET,
        principals: Sequence[int | str] | UnsetType = UNSET,
        authorization_errors_fatal: bool | UnsetType = UNSET,
    ) -> SubscribeResult:
        """Subscribe to channels.

        Subscribes the caller, or others, to channels, and makes those that do not exist. The settings count
        for channels that are made; existing ones keep theirs.

        The keys of `subscribed` and `already_subscribed` are user ids.

        Parameters:
          announce: Whether channels that are made are announced where the organization does that. Default:
            False.
          invite_only: Whether channels that are made are private. Default: False.
          is_web_public: Whether channels that are made are open to the web. Default: False.
          is_default_stream: Whether new users are subscribed to channels that are made. Default: False.
          history_public_to_subscribers: Whether new subscribers see what was sent before they came. Absent:
            in public channels.
          message_retention_days: After how many days messages of channels that are made are deleted, or
            `unlimited`, or `realm_default`.
          can_add_subscribers_group: Who may subscribe others to channels that are made.
          can_remove_subscribers_group: Who may unsubscribe others from channels that are made.
          can_administer_channel_group: Who may change the settings of channels that are made.
          can_send_message_group: Who may send messages to channels that are made.
          can_create_topics_group: Who may begin topics in channels that are made.
          can_subscribe_group: Who may join channels that are made, also private ones.
          send_new_subscription_messages: Whether people whom somebody else subscribed are told by a direct
            message, which the server leaves out where they are many. Absent means yes.
          subscriptions: The channels, by name.
          principals: The users meant, by id (or, older, by address); absent means the caller.
          authorization_errors_fatal: Whether one channel that the user may not join refuses them all.
            Default: True.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "POST",
            "/users/me/subscriptions",
            SubscribeResult,
            {
                "subscriptions": subscriptions,
                "announce": announce,
                "invite_only": invite_only,
                "is_web_public": is_web_public,
                "is_default_stream": is_default_stream,
                "history_public_to_subscribers": history_public_to_subscribers,
                "message_retention_days": message_retention_days,
                "can_add_subscribers_group": can_add_subscribers_group,
                "can_remove_subscribers_group": can_remove_subscribers_group,
                "can_administer_channel_group": can_administer_channel_group,
                "can_send_message_group": can_send_message_group,
                "can_create_topics_group": can_create_topics_group,
                "can_subscribe_group": can_subscribe_group,
                "send_new_subscription_messages": send_new_subscription_messages,
                "principals": principals,
                "authorization_errors_fatal": authorization_errors_fatal,
            },
        )

    def update_subscriptions(
        self,
        *,
        delete: list[str] | UnsetType = UNSET,
        add: Sequence[ColoredSubscription | Mapping[str, Any]] | UnsetType = UNSET,
    ) -> UpdateSubscriptionsResult:
        """Subscribe and unsubscribe at once.

        Joins some channels and leaves others, in one step: all of it happens, or nothing.

        Parameters:
          delete: The channels to leave, by name.
          add: The channels to subscribe to.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("PATCH", "/users/me/subscriptions", UpdateSubscriptionsResult, {"delete": delete, "add": add})

    def unsubscribe(
        self, *, subscriptions: list[str], principals: Sequence[int | str] | UnsetType = UNSET
    ) -> UnsubscribeResult:
        """Unsubscribe from channels.

        Unsubscribes the caller from channels, or others where the caller may do that.

        Parameters:
          subscriptions: The channels, by name.
          principals: The users meant, by id (or, older, by address); absent means the caller.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "DELETE",
            "/users/me/subscriptions",
            UnsubscribeResult,
            {"subscriptions": subscriptions, "principals": principals},
        )

    def update_subscription_settings(
        self, *, subscription_data: Sequence[SubscriptionChange | Mapping[str, Any]]
    ) -> Empty:
        """Change settings of your channels.

        Changes how the user sees channels that they are subscribed to. `color` takes a hexadecimal colour;
        `is_muted`, `pin_to_top`, `desktop_notifications`, `audible_notifications`, `push_notifications`,
        `email_notifications` and `wildcard_mentions_notify` take a boolean. `in_home_view` is the older
        opposite of `is_muted`.

        Parameters:
          subscription_data: The changes.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("POST", "/users/me/subscriptions/properties", Empty, {"subscription_data": subscription_data})

    def update_subscription_property(
        self,
        *,
        stream_id: int,
        property: Literal[
            "color",
            "is_muted",
            "in_home_view",
            "pin_to_top",
            "desktop_notifications",
            "audible_notifications",
            "push_notifications",
            "email_notifications",
            "wildcard_mentions_notify",
        ],
        value: bool | str,
    ) -> Empty:
        """Change one setting of a channel of yours.

        Changes one setting of one subscription. `color` takes a hexadecimal colour; `is_muted`,
        `pin_to_top`, `desktop_notifications`, `audible_notifications`, `push_notifications`,
        `email_notifications` and `wildcard_mentions_notify` take a boolean. `in_home_view` is the older
        opposite of `is_muted`.

        Parameters:
          stream_id: The channel's id.
          property: Which setting.
          value: Its new value.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "PATCH",
            "/users/me/subscriptions/{stream_id}",
            Empty,
            {"stream_id": stream_id, "property": property, "value": value},
        )

    def get_subscription_status(self, *, user_id: int, stream_id: int) -> GetSubscriptionStatusResult:
        """Ask whether a user is subscribed.

        Tells whether a user is subscribed to a channel that the caller may see.

        Parameters:
          user_id: The user's id.
          stream_id: The channel's id.

        Raises ApiError with the codes BAD_REQUEST, STREAM_DOES_NOT_EXIST.
        """
        return self._call(
            "GET",
            "/users/{user_id}/subscriptions/{stream_id}",
            GetSubscriptionStatusResult,
            {"user_id": user_id, "stream_id": stream_id},
        )

    def add_default_stream(self, *, stream_id: int) -> Empty:
        """Add a default channel.

        Subscribes all who join the organization from now on to a channel, which may not be private.

        Parameters:
          stream_id: The channel's id.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("POST", "/default_streams", Empty, {"stream_id": stream_id})

    def remove_default_stream(self, *, stream_id: int) -> Empty:
        """Remove a default channel.

        Those who join the organization are no longer subscribed to the channel. Who is, stays so.

        Parameters:
          stream_id: The channel's id.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("DELETE", "/default_streams", Empty, {"stream_id": stream_id})

    def create_default_stream_group(self, *, group_name: str, description: str, stream_names: list[str]) -> Empty:
        """Create a set of channels to choose.

        Makes a named set of channels that people who join may choose as a whole.

        Parameters:
          group_name: The set's name.
          description: What the set is for.
          stream_names: The channels, by name.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "POST",
            "/default_stream_groups/create",
            Empty,
            {"group_name": group_name, "description": description, "stream_names": stream_names},
        )

    def update_default_stream_group(
        self, *, group_id: int, new_group_name: str | UnsetType = UNSET, new_description: str | UnsetType = UNSET
    ) -> Empty:
        """Change a set of channels to choose.

        Changes a set's name or description.

        Parameters:
          group_id: The set's id.
          new_group_name: The new name.
          new_description: The new description.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "PATCH",
            "/default_stream_groups/{group_id}",
            Empty,
            {"group_id": group_id, "new_group_name": new_group_name, "new_description": new_description},
        )

    def update_default_stream_group_streams(
        self, *, group_id: int, op: Literal["add", "remove"], stream_names: list[str]
    ) -> Empty:
        """Change the channels of a set.

        Adds channels to a set, or takes them out. A default channel cannot be in one.

        Parameters:
          group_id: The set's id.
          op: Whether the channels are added or taken out.
          stream_names: The channels, by name.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "PATCH",
            "/default_stream_groups/{group_id}/streams",
            Empty,
            {"group_id": group_id, "op": op, "stream_names": stream_names},
        )

    def remove_default_stream_group(self, *, group_id: int) -> Empty:
        """Delete a set of channels to choose.

        Deletes the set; its channels stay.

        Parameters:
          group_id: The set's id.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("DELETE", "/default_stream_groups/{group_id}", Empty, {"group_id": group_id})

    def create_channel(
        self,
        *,
        name: str,
        subscribers: list[int],
        announce: bool | UnsetType = UNSET,
        invite_only: bool | UnsetType = UNSET,
        is_web_public: bool | UnsetType = UNSET,
        is_default_stream: bool | UnsetType = UNSET,
        history_public_to_subscribers: bool | UnsetType = UNSET,
        message_retention_days: int | str | UnsetType = UNSET,
        can_add_subscribers_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_remove_subscribers_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_administer_channel_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_send_message_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_create_topics_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_subscribe_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        send_new_subscription_messages: bool | UnsetType = UNSET,
        description: str | UnsetType = UNSET,
    ) -> CreateChannelResult:
        """Create a channel.

        Makes a channel with these subscribers, if there are any. A name that is taken is refused.

        Parameters:
          announce: Whether channels that are made are announced where the organization does that. Default:
            False.
          invite_only: Whether channels that are made are private. Default: False.
          is_web_public: Whether channels that are made are open to the web. Default: False.
          is_default_stream: Whether new users are subscribed to channels that are made. Default: False.
          history_public_to_subscribers: Whether new subscribers see what was sent before they came. Absent:
            in public channels.
          message_retention_days: After how many days messages of channels that are made are deleted, or
            `unlimited`, or `realm_default`.
          can_add_subscribers_group: Who may subscribe others to channels that are made.
          can_remove_subscribers_group: Who may unsubscribe others from channels that are made.
          can_administer_channel_group: Who may change the settings of channels that are made.
          can_send_message_group: Who may send messages to channels that are made.
          can_create_topics_group: Who may begin topics in channels that are made.
          can_subscribe_group: Who may join channels that are made, also private ones.
          send_new_subscription_messages: Whether people whom somebody else subscribed are told by a direct
            message, which the server leaves out where they are many. Absent means yes.
          name: The channel's name.
          description: What the channel is for, in Markdown. Default: ''.
          subscribers: The ids of its first subscribers, who need not include the caller.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "POST",
            "/channels/create",
            CreateChannelResult,
            {
                "name": name,
                "subscribers": subscribers,
                "announce": announce,
                "invite_only": invite_only,
                "is_web_public": is_web_public,
                "is_default_stream": is_default_stream,
                "history_public_to_subscribers": history_public_to_subscribers,
                "message_retention_days": message_retention_days,
                "can_add_subscribers_group": can_add_subscribers_group,
                "can_remove_subscribers_group": can_remove_subscribers_group,
                "can_administer_channel_group": can_administer_channel_group,
                "can_send_message_group": can_send_message_group,
                "can_create_topics_group": can_create_topics_group,
                "can_subscribe_group": can_subscribe_group,
                "send_new_subscription_messages": send_new_subscription_messages,
                "description": description,
            },
        )

    def get_user_channels(self, *, user_id: int) -> GetUserChannelsResult:
        """Get a user's channels.

        Lists the channels to which a user is subscribed, of those whose subscribers the caller may see.

        Parameters:
          user_id: The user's id.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("GET", "/users/{user_id}/channels", GetUserChannelsResult, {"user_id": user_id})

    def update_user_topic(self, *, stream_id: int, topic: str, visibility_policy: Literal[0, 1, 2, 3]) -> Empty:
        """Mute, unmute or follow a topic.

        Chooses how much the user wants to see of a topic. A muted topic's messages stay unread until they
        are read; clients hide them. Settings may choose by themselves too: see
        `automatically_follow_topics_policy`.

        Parameters:
          stream_id: The channel's id.
          topic: The topic; there need be no message in it.
          visibility_policy: 0 takes a choice back, 1 mutes, 2 unmutes in a muted channel, 3 follows.

        Raises ApiError with the codes BAD_REQUEST, STREAM_DOES_NOT_EXIST.
        """
        return self._call(
            "POST",
            "/user_topics",
            Empty,
            {"stream_id": stream_id, "topic": topic, "visibility_policy": visibility_policy},
        )

    def mute_topic(
        self,
        *,
        topic: str,
        op: Literal["add", "remove"],
        stream_id: int | UnsetType = UNSET,
        stream: str | UnsetType = UNSET,
    ) -> Empty:
        """Mute a topic (older).

        Deprecated.

        Mutes a topic, or takes that back. `POST /user_topics` does this and more.

        Parameters:
          stream_id: The channel's id.
          stream: The channel's name, in place of its id.
          topic: The topic.
          op: Whether to mute, or to mute no more.

        Raises ApiError with the codes BAD_REQUEST, STREAM_DOES_NOT_EXIST.
        """
        return self._call(
            "PATCH",
            "/users/me/subscriptions/muted_topics",
            Empty,
            {"topic": topic, "op": op, "stream_id": stream_id, "stream": stream},
        )

    def delete_topic(self, *, stream_id: int, topic_name: str) -> DeleteTopicResult:
        """Delete a topic.

        Deletes all messages of a topic that the user can read, for everybody and for good, the newest
        first. A very long topic takes several requests.

        Parameters:
          stream_id: The channel's id.
          topic_name: The topic.

        Raises ApiError with the codes BAD_REQUEST, STREAM_DOES_NOT_EXIST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "POST",
            "/streams/{stream_id}/delete_topic",
            DeleteTopicResult,
            {"stream_id": stream_id, "topic_name": topic_name},
        )

    def get_users(
        self,
        *,
        client_gravatar: bool | UnsetType = UNSET,
        include_custom_profile_fields: bool | UnsetType = UNSET,
        user_ids: list[int] | UnsetType = UNSET,
    ) -> GetUsersResult:
        """Get all users.

        Lists the users of the organization. A guest sees only those whom the organization's settings let
        guests see.

        Parameters:
          client_gravatar: Whether the client computes gravatar URLs itself, so that `avatar_url` may be
            null. Default: True.
          include_custom_profile_fields: Whether to include the custom profile fields, as `profile_data`.
            Default: False.
          user_ids: Only these users, as far as they exist.
        """
        return self._call(
            "GET",
            "/users",
            GetUsersResult,
            {
                "client_gravatar": client_gravatar,
                "include_custom_profile_fields": include_custom_profile_fields,
                "user_ids": user_ids,
            },
        )

    def create_user(self, *, email: str, password: str, full_name: str) -> CreateUserResult:
        """Create a user.

        Creates an account without an invitation. Administrators who have been given this right may.

        Parameters:
          email: The new user's address.
          password: The first password.
          full_name: The new user's name.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "POST", "/users", CreateUserResult, {"email": email, "password": password, "full_name": full_name}
        )

    def get_own_user(self) -> GetOwnUserResult:
        """Get yourself.

        Reads the profile of the user whose credentials are used: also the simplest way to test them.
        """
        return self._call("GET", "/users/me", GetOwnUserResult, {})

    def get_user(
        self,
        *,
        user_id: int,
        client_gravatar: bool | UnsetType = UNSET,
        include_custom_profile_fields: bool | UnsetType = UNSET,
    ) -> UserResult:
        """Get a user.

        Reads one user by id.

        Parameters:
          user_id: The user's id.
          client_gravatar: Whether the client computes gravatar URLs itself, so that `avatar_url` may be
            null. Default: True.
          include_custom_profile_fields: Whether to include the custom profile fields, as `profile_data`.
            Default: False.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "GET",
            "/users/{user_id}",
            UserResult,
            {
                "user_id": user_id,
                "client_gravatar": client_gravatar,
                "include_custom_profile_fields": include_custom_profile_fields,
            },
        )

    def get_user_by_email(
        self,
        *,
        email: str,
        client_gravatar: bool | UnsetType = UNSET,
        include_custom_profile_fields: bool | UnsetType = UNSET,
    ) -> UserResult:
        """Get a user by address.

        Reads one user by email address. An id is better: addresses change, and what they show depends on
        who asks.

        Parameters:
          email: The user's address: the real one where the caller may see it, or the one that stands for
            it.
          client_gravatar: Whether the client computes gravatar URLs itself, so that `avatar_url` may be
            null. Default: True.
          include_custom_profile_fields: Whether to include the custom profile fields, as `profile_data`.
            Default: False.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "GET",
            "/users/{email}",
            UserResult,
            {
                "email": email,
                "client_gravatar": client_gravatar,
                "include_custom_profile_fields": include_custom_profile_fields,
            },
        )

    def update_user(
        self,
        *,
        user_id: int,
        full_name: str | UnsetType = UNSET,
        role: int | UnsetType = UNSET,
        profile_data: list[dict[str, Any]] | UnsetType = UNSET,
        new_email: str | UnsetType = UNSET,
    ) -> Empty:
        """Change a user.

        Changes another user's name, role, address or profile fields. For administrators; only owners may
        make or unmake owners.

        Parameters:
          user_id: The user's id.
          full_name: The new name.
          role: The new role: 100 owner, 200 administrator, 300 moderator, 400 member, 600 guest.
          profile_data: Custom profile fields to set: objects with the field's `id` and its `value`, whose
            type is the field's.
          new_email: The new address; only some administrators may set it.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL, CANNOT_DEACTIVATE_LAST_USER.
        """
        return self._call(
            "PATCH",
            "/users/{user_id}",
            Empty,
            {
                "user_id": user_id,
                "full_name": full_name,
                "role": role,
                "profile_data": profile_data,
                "new_email": new_email,
            },
        )

    def update_user_by_email(
        self,
        *,
        email: str,
        full_name: str | UnsetType = UNSET,
        role: int | UnsetType = UNSET,
        profile_data: list[dict[str, Any]] | UnsetType = UNSET,
        new_email: str | UnsetType = UNSET,
    ) -> Empty:
        """Change a user by address.

        Changes another user's name, role, address or profile fields. For administrators; only owners may
        make or unmake owners.

        Parameters:
          email: The user's address: the real one where the caller may see it, or the one that stands for
            it.
          full_name: The new name.
          role: The new role: 100 owner, 200 administrator, 300 moderator, 400 member, 600 guest.
          profile_data: Custom profile fields to set: objects with the field's `id` and its `value`, whose
            type is the field's.
          new_email: The new address; only some administrators may set it.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL, CANNOT_DEACTIVATE_LAST_USER.
        """
        return self._call(
            "PATCH",
            "/users/{email}",
            Empty,
            {
                "email": email,
                "full_name": full_name,
                "role": role,
                "profile_data": profile_data,
                "new_email": new_email,
            },
        )

    def deactivate_user(self, *, user_id: int, deactivation_notification_comment: str | UnsetType = UNSET) -> Empty:
        """Deactivate a user.

        Deactivates an account, with the bots it owns: it can no longer log in, its API key and event queues
        end at once, and what it wrote stays.

        Parameters:
          user_id: The user's id.
          deactivation_notification_comment: A word to the user: where it is given, they are told by email.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL, CANNOT_DEACTIVATE_LAST_USER.
        """
        return self._call(
            "DELETE",
            "/users/{user_id}",
            Empty,
            {"user_id": user_id, "deactivation_notification_comment": deactivation_notification_comment},
        )

    def deactivate_own_user(self) -> Empty:
        """Deactivate your account.

        Deactivates the user's own account, with the bots it owns. The last owner of an organization cannot
        leave it.

        Raises ApiError with the codes BAD_REQUEST, CANNOT_DEACTIVATE_LAST_USER.
        """
        return self._call("DELETE", "/users/me", Empty, {})

    def reactivate_user(self, *, user_id: int) -> Empty:
        """Reactivate a user.

        Opens a deactivated account again, with its subscriptions and its history.

        Parameters:
          user_id: The user's id.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("POST", "/users/{user_id}/reactivate", Empty, {"user_id": user_id})

    def create_user_group(
        self,
        *,
        name: str,
        description: str,
        members: list[int],
        subgroups: list[int] | UnsetType = UNSET,
        can_add_members_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_join_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_leave_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_manage_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_mention_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
        can_remove_members_group: int | GroupSettingMembers | Mapping[str, Any] | UnsetType = UNSET,
    ) -> CreateUserGroupResult:
        """Create a user group.

        Makes a group of users. For those whom the organization's `can_create_groups` names.

        Names that begin with `@`, `role:`, `user:`, `stream:` or `channel:` are refused.

        Parameters:
          name: The group's name, which no other active group has.
          description: What it is for.
          members: The ids of its first members.
          subgroups: The ids of groups that are a part of it.
          can_add_members_group: Who may add members; the one who makes it, if absent.
          can_join_group: Who may join it themselves; nobody, if absent.
          can_leave_group: Who may leave it themselves; everyone, if absent.
          can_manage_group: Who may change it; the one who makes it, if absent.
          can_mention_group: Who may mention it; everyone, if absent.
          can_remove_members_group: Who may remove members; nobody but who changes it, if absent.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "POST",
            "/user_groups/create",
            CreateUserGroupResult,
            {
                "name": name,
                "description": description,
                "members": members,
                "subgroups": subgroups,
                "can_add_members_group": can_add_members_group,
                "can_join_group": can_join_group,
                "can_leave_group": can_leave_group,
                "can_manage_group": can_manage_group,
                "can_mention_group": can_mention_group,
                "can_remove_members_group": can_remove_members_group,
            },
        )

    def update_user_group(
        self,
        *,
        user_group_id: int,
        name: str | UnsetType = UNSET,
        description: str | UnsetType = UNSET,
        deactivated: bool | UnsetType = UNSET,
        can_add_members_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_join_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_leave_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_manage_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_mention_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_remove_members_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
    ) -> Empty:
        """Change a user group.

        Changes a group's name, description and permissions; what is not given stays. For those whom its
        `can_manage_group` or the organization's `can_manage_all_groups` names; groups of the roles stay as
        they are.

        A permission is given as `new`, with `old` to say what it is believed to be. Each change comes as a
        `user_group` event of its own. A deactivated group can be renamed and brought back.

        Parameters:
          user_group_id: The group's id.
          name: The new name.
          description: The new description.
          deactivated: False brings a deactivated group back; true deactivates it.
          can_add_members_group: Who may add members.
          can_join_group: Who may join it themselves.
          can_leave_group: Who may leave it themselves.
          can_manage_group: Who may change it.
          can_mention_group: Who may mention it.
          can_remove_members_group: Who may remove members.

        Raises ApiError with the codes BAD_REQUEST, EXPECTATION_MISMATCH, CANNOT_DEACTIVATE_GROUP_IN_USE.
        """
        return self._call(
            "PATCH",
            "/user_groups/{user_group_id}",
            Empty,
            {
                "user_group_id": user_group_id,
                "name": name,
                "description": description,
                "deactivated": deactivated,
                "can_add_members_group": can_add_members_group,
                "can_join_group": can_join_group,
                "can_leave_group": can_leave_group,
                "can_manage_group": can_manage_group,
                "can_mention_group": can_mention_group,
                "can_remove_members_group": can_remove_members_group,
            },
        )

    def deactivate_user_group(self, *, user_group_id: int) -> Empty:
        """Deactivate a user group.

        Takes a group out of use: it can no longer be mentioned or hold a permission. For those who may
        change it.

        While a setting names the group, or it is a part of another group, the request is refused with what
        uses it.

        Parameters:
          user_group_id: The group's id.

        Raises ApiError with the codes BAD_REQUEST, CANNOT_DEACTIVATE_GROUP_IN_USE.
        """
        return self._call("POST", "/user_groups/{user_group_id}/deactivate", Empty, {"user_group_id": user_group_id})

    def get_user_groups(self, *, include_deactivated_groups: bool | UnsetType = UNSET) -> GetUserGroupsResult:
        """Get all user groups.

        Lists the organization's groups. Guests see, of the members, those people whom they see at all.

        Parameters:
          include_deactivated_groups: Whether to list deactivated groups as well. Default: False.
        """
        return self._call(
            "GET", "/user_groups", GetUserGroupsResult, {"include_deactivated_groups": include_deactivated_groups}
        )

    def update_user_group_members(
        self,
        *,
        user_group_id: int,
        delete: list[int] | UnsetType = UNSET,
        add: list[int] | UnsetType = UNSET,
        delete_subgroups: list[int] | UnsetType = UNSET,
        add_subgroups: list[int] | UnsetType = UNSET,
    ) -> Empty:
        """Change who is in a user group.

        Adds and removes members and subgroups: all of it, or nothing and an error. The group's permissions
        say who may; to add or remove oneself alone is to join or leave.

        People whom somebody else adds or removes hear of it from the Notification Bot.

        Parameters:
          user_group_id: The group's id.
          delete: The ids of users to remove.
          add: The ids of users to add.
          delete_subgroups: The ids of groups that are to be a part no more.
          add_subgroups: The ids of groups that are to be a part.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "POST",
            "/user_groups/{user_group_id}/members",
            Empty,
            {
                "user_group_id": user_group_id,
                "delete": delete,
                "add": add,
                "delete_subgroups": delete_subgroups,
                "add_subgroups": add_subgroups,
            },
        )

    def get_user_group_members(
        self, *, user_group_id: int, direct_member_only: bool | UnsetType = UNSET
    ) -> GetUserGroupMembersResult:
        """Get the members of a user group.

        Lists who is in a group, by its subgroups too unless only direct members are asked for.

        Parameters:
          user_group_id: The group's id.
          direct_member_only: Whether members of its subgroups are left out.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "GET",
            "/user_groups/{user_group_id}/members",
            GetUserGroupMembersResult,
            {"user_group_id": user_group_id, "direct_member_only": direct_member_only},
        )

    def get_is_user_group_member(
        self, *, user_group_id: int, user_id: int, direct_member_only: bool | UnsetType = UNSET
    ) -> GetIsUserGroupMemberResult:
        """Get whether a user is in a user group.

        Tells whether somebody is in a group, by its subgroups too unless only direct members are asked for.

        Parameters:
          user_group_id: The group's id.
          user_id: The user's id.
          direct_member_only: Whether members of its subgroups are left out.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "GET",
            "/user_groups/{user_group_id}/members/{user_id}",
            GetIsUserGroupMemberResult,
            {"user_group_id": user_group_id, "user_id": user_id, "direct_member_only": direct_member_only},
        )

    def update_user_group_subgroups(
        self, *, user_group_id: int, delete: list[int] | UnsetType = UNSET, add: list[int] | UnsetType = UNSET
    ) -> Empty:
        """Change the subgroups of a user group.

        Adds and removes groups whose members belong to the group too. For those who may add or remove
        members. A group cannot be a part of itself, however indirectly.

        Parameters:
          user_group_id: The group's id.
          delete: The ids of groups that are to be a part no more.
          add: The ids of groups that are to be a part.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "POST",
            "/user_groups/{user_group_id}/subgroups",
            Empty,
            {"user_group_id": user_group_id, "delete": delete, "add": add},
        )

    def get_user_group_subgroups(
        self, *, user_group_id: int, direct_subgroup_only: bool | UnsetType = UNSET
    ) -> GetUserGroupSubgroupsResult:
        """Get the subgroups of a user group.

        Lists the groups that are a part of a group, directly or by another.

        Parameters:
          user_group_id: The group's id.
          direct_subgroup_only: Whether subgroups of subgroups are left out. Default: False.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "GET",
            "/user_groups/{user_group_id}/subgroups",
            GetUserGroupSubgroupsResult,
            {"user_group_id": user_group_id, "direct_subgroup_only": direct_subgroup_only},
        )

    def get_bots(self) -> GetBotsResult:
        """Get your bots.

        Lists the bots that the user owns, with their API keys.
        """
        return self._call("GET", "/bots", GetBotsResult, {})

    def create_bot(self, *, full_name: str, short_name: str, bot_type: int | UnsetType = UNSET) -> CreateBotResult:
        """Create a bot.

        Makes a bot that the user owns. Who may is what `realm_can_create_bots_group` says and, for bots
        that only send, `realm_can_create_write_only_bots_group`.

        Parameters:
          full_name: The bot's name.
          short_name: The beginning of its address, to which `-bot` and a domain are added.
          bot_type: 1 generic, 2 incoming webhook: a bot that only sends. Default: 1.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "POST", "/bots", CreateBotResult, {"full_name": full_name, "short_name": short_name, "bot_type": bot_type}
        )

    def update_bot(
        self,
        *,
        bot_id: int,
        full_name: str | UnsetType = UNSET,
        role: int | UnsetType = UNSET,
        bot_owner_id: int | UnsetType = UNSET,
    ) -> UpdateBotResult:
        """Change a bot.

        Changes a bot's name or owner, or its role. For its owner and administrators.

        Parameters:
          bot_id: The bot's user id.
          full_name: The new name.
          role: The new role, which administrators may set.
          bot_owner_id: The id of the new owner.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "PATCH",
            "/bots/{bot_id}",
            UpdateBotResult,
            {"bot_id": bot_id, "full_name": full_name, "role": role, "bot_owner_id": bot_owner_id},
        )

    def deactivate_bot(self, *, bot_id: int) -> Empty:
        """Deactivate a bot.

        Ends a bot: its key and its event queues end at once. For its owner and administrators.

        Parameters:
          bot_id: The bot's user id.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("DELETE", "/bots/{bot_id}", Empty, {"bot_id": bot_id})

    def regenerate_bot_key(self, *, bot_id: int) -> BotKeyResult:
        """Replace a bot's API key.

        Gives a bot a new API key; the old one is worth nothing from then on. For its owner and
        administrators.

        Parameters:
          bot_id: The bot's user id.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("POST", "/bots/{bot_id}/api_key/regenerate", BotKeyResult, {"bot_id": bot_id})

    def get_bot_key(self, *, bot_id: int) -> BotKeyResult:
        """Get a bot's API key.

        Reads a bot's API key. For its owner and administrators.

        Parameters:
          bot_id: The bot's user id.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("GET", "/bots/{bot_id}/api_key", BotKeyResult, {"bot_id": bot_id})

    def update_presence(
        self,
        *,
        status: Literal["idle", "active"],
        last_update_id: int | UnsetType = UNSET,
        history_limit_days: int | UnsetType = UNSET,
        new_user_input: bool | UnsetType = UNSET,
        ping_only: bool | UnsetType = UNSET,
        slim_presence: bool | UnsetType = UNSET,
    ) -> UpdatePresenceResult:
        """Report your presence.

        Reports that the user is there, and answers who else is. Clients that people use do this about once
        a minute, as `server_presence_ping_interval_seconds` says; bots do not, and are refused.

        A user who turned `presence_enabled` off is reported to nobody.

        Parameters:
          status: Whether the user is using the client, or it is only running.
          last_update_id: The `presence_last_update_id` of the last answer: only what changed since then is
            answered. -1 asks for everything. Where it is given, the answer is in the modern form.
          history_limit_days: How many days back a user was last seen to be in the answer; 14 unless given.
          new_user_input: Whether the user did something since the last report. Default: False.
          ping_only: Whether only to report: nobody's presence is answered then. Default: False.
          slim_presence: Whether the answer is keyed by user id and in the modern form. Deprecated. Default:
            False.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "POST",
            "/users/me/presence",
            UpdatePresenceResult,
            {
                "status": status,
                "last_update_id": last_update_id,
                "history_limit_days": history_limit_days,
                "new_user_input": new_user_input,
                "ping_only": ping_only,
                "slim_presence": slim_presence,
            },
        )

    def get_user_presence(self, *, user_id_or_email: str) -> GetUserPresenceResult:
        """Get a user's presence.

        Reads when one user was last seen. For the presence of everybody, `POST /users/me/presence` is
        cheaper.

        Parameters:
          user_id_or_email: The user's id or address.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "GET", "/users/{user_id_or_email}/presence", GetUserPresenceResult, {"user_id_or_email": user_id_or_email}
        )

    def get_presence(self) -> GetPresenceResult:
        """Get everybody's presence.

        Reads when each user was last seen, in the older form. A client that shows presence reports its own
        with `POST /users/me/presence`, whose answer has the same, and only what changed.
        """
        return self._call("GET", "/realm/presence", GetPresenceResult, {})

    def update_status(
        self,
        *,
        status_text: str | UnsetType = UNSET,
        away: bool | UnsetType = UNSET,
        emoji_name: str | UnsetType = UNSET,
        emoji_code: str | UnsetType = UNSET,
        reaction_type: str | UnsetType = UNSET,
    ) -> Empty:
        """Set your status.

        Sets the text and the emoji that others see beside the user's name. What is not given stays.

        Parameters:
          status_text: The text, of at most 60 characters; empty to clear it.
          away: Whether to appear away: the opposite of the setting `presence_enabled`. Deprecated.
          emoji_name: The emoji's name; empty to clear it.
          emoji_code: The emoji's code, where the name is not enough.
          reaction_type: The namespace of the emoji: `unicode_emoji`, `realm_emoji` or `zulip_extra_emoji`.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "POST",
            "/users/me/status",
            Empty,
            {
                "status_text": status_text,
                "away": away,
                "emoji_name": emoji_name,
                "emoji_code": emoji_code,
                "reaction_type": reaction_type,
            },
        )

    def update_user_status(
        self,
        *,
        user_id: int,
        status_text: str | UnsetType = UNSET,
        emoji_name: str | UnsetType = UNSET,
        emoji_code: str | UnsetType = UNSET,
        reaction_type: str | UnsetType = UNSET,
    ) -> Empty:
        """Set a user's status.

        Sets another user's status. For administrators.

        Parameters:
          user_id: The user's id.
          status_text: The text, of at most 60 characters; empty to clear it.
          emoji_name: The emoji's name; empty to clear it.
          emoji_code: The emoji's code, where the name is not enough.
          reaction_type: The namespace of the emoji: `unicode_emoji`, `realm_emoji` or `zulip_extra_emoji`.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "POST",
            "/users/{user_id}/status",
            Empty,
            {
                "user_id": user_id,
                "status_text": status_text,
                "emoji_name": emoji_name,
                "emoji_code": emoji_code,
                "reaction_type": reaction_type,
            },
        )

    def get_user_status(self, *, user_id: int) -> GetUserStatusResult:
        """Get a user's status.

        Reads the text and the emoji that a user shows beside their name.

        Parameters:
          user_id: The user's id.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("GET", "/users/{user_id}/status", GetUserStatusResult, {"user_id": user_id})

    def set_typing_status(
        self,
        *,
        op: Literal["start", "stop"],
        type: Literal["direct", "stream", "channel"] | UnsetType = UNSET,
        to: list[int] | UnsetType = UNSET,
        stream_id: int | UnsetType = UNSET,
        topic: str | UnsetType = UNSET,
    ) -> Empty:
        """Tell that you are writing.

        Tells the future readers of a message that the user is writing it, as a `typing` event. It holds for
        `server_typing_started_expiry_period_milliseconds` and is renewed while the user goes on.

        In conversations and channels of more than 100 people nobody is told.

        Parameters:
          op: Whether the user began to write or stopped.
          type: Whether the message will be a direct one or go to a channel; `stream` is the older name of
            that. Default: 'direct'.
          to: For a direct message: the ids of those to whom it will go.
          stream_id: For a channel: its id.
          topic: For a channel: the topic.

        Raises ApiError with the codes BAD_REQUEST, STREAM_DOES_NOT_EXIST, REQUEST_VARIABLE_MISSING.
        """
        return self._call(
            "POST", "/typing", Empty, {"op": op, "type": type, "to": to, "stream_id": stream_id, "topic": topic}
        )

    def set_typing_status_for_message_edit(self, *, message_id: int, op: Literal["start", "stop"]) -> Empty:
        """Tell that you are editing.

        Tells the readers of a message that its sender is editing it, as a `typing_edit_message` event.

        Parameters:
          message_id: The message's id.
          op: Whether the user began to write or stopped.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("POST", "/messages/{message_id}/typing", Empty, {"message_id": message_id, "op": op})

    def mute_user(self, *, muted_user_id: int) -> Empty:
        """Mute a user.

        Mutes somebody. What they wrote and will write counts as read by the user, and clients hide it. Bots
        can be muted too; oneself cannot.

        Parameters:
          muted_user_id: The id of the other user.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("POST", "/users/me/muted_users/{muted_user_id}", Empty, {"muted_user_id": muted_user_id})

    def unmute_user(self, *, muted_user_id: int) -> Empty:
        """Unmute a user.

        Ends the muting of somebody. What came meanwhile stays read.

        Parameters:
          muted_user_id: The id of the other user.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("DELETE", "/users/me/muted_users/{muted_user_id}", Empty, {"muted_user_id": muted_user_id})

    def get_custom_profile_fields(self) -> GetCustomProfileFieldsResult:
        """Get the custom profile fields.

        Lists the fields that the organization adds to its users' profiles.
        """
        return self._call("GET", "/realm/profile_fields", GetCustomProfileFieldsResult, {})

    def reorder_custom_profile_fields(self, *, order: list[int]) -> Empty:
        """Reorder the custom profile fields.

        Sets the order of the fields. For administrators.

        Parameters:
          order: The ids of all fields, in their new order.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("PATCH", "/realm/profile_fields", Empty, {"order": order})

    def create_custom_profile_field(
        self,
        *,
        field_type: int,
        name: str | UnsetType = UNSET,
        hint: str | UnsetType = UNSET,
        field_data: dict[str, Any] | UnsetType = UNSET,
        display_in_profile_summary: bool | UnsetType = UNSET,
        required: bool | UnsetType = UNSET,
        editable_by_user: bool | UnsetType = UNSET,
    ) -> CreateCustomProfileFieldResult:
        """Create a custom profile field.

        Adds a field to the profiles of the organization's users. For administrators. The name and hint of
        an external account that the server knows are the server's own.

        Parameters:
          field_type: 1 short text, 2 long text, 3 choice, 4 date, 5 link, 6 users, 7 external account, 8
            pronouns.
          name: Its label, of at most 40 characters.
          hint: A line of help, of at most 80 characters.
          field_data: What the type needs more. A choice: its options, each by a key of your own, with
            `text` and `order`. An external account: `subtype`, and for the subtype `custom` a `url_pattern`
            with `%(username)s` in it.
          display_in_profile_summary: Whether the short form of a profile shows it; of two fields at most.
          required: Whether users are asked to fill it in.
          editable_by_user: Whether users may change it themselves.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "POST",
            "/realm/profile_fields",
            CreateCustomProfileFieldResult,
            {
                "field_type": field_type,
                "name": name,
                "hint": hint,
                "field_data": field_data,
                "display_in_profile_summary": display_in_profile_summary,
                "required": required,
                "editable_by_user": editable_by_user,
            },
        )

    def update_custom_profile_field(
        self,
        *,
        field_id: int,
        name: str | UnsetType = UNSET,
        hint: str | UnsetType = UNSET,
        field_data: dict[str, Any] | UnsetType = UNSET,
        display_in_profile_summary: bool | UnsetType = UNSET,
        required: bool | UnsetType = UNSET,
        editable_by_user: bool | UnsetType = UNSET,
    ) -> Empty:
        """Change a custom profile field.

        Changes a field; its type stays. What users chose among options that are gone goes with them. For
        administrators.

        Parameters:
          field_id: The field's id.
          name: Its label, of at most 40 characters.
          hint: A line of help, of at most 80 characters.
          field_data: What the type needs more. A choice: its options, each by a key of your own, with
            `text` and `order`. An external account: `subtype`, and for the subtype `custom` a `url_pattern`
            with `%(username)s` in it.
          display_in_profile_summary: Whether the short form of a profile shows it; of two fields at most.
          required: Whether users are asked to fill it in.
          editable_by_user: Whether users may change it themselves.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "PATCH",
            "/realm/profile_fields/{field_id}",
            Empty,
            {
                "field_id": field_id,
                "name": name,
                "hint": hint,
                "field_data": field_data,
                "display_in_profile_summary": display_in_profile_summary,
                "required": required,
                "editable_by_user": editable_by_user,
            },
        )

    def remove_custom_profile_field(self, *, field_id: int) -> Empty:
        """Remove a custom profile field.

        Removes a field, with what users entered in it. For administrators.

        Parameters:
          field_id: The field's id.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("DELETE", "/realm/profile_fields/{field_id}", Empty, {"field_id": field_id})

    def update_profile_data(self, *, data: list[dict[str, Any]]) -> Empty:
        """Fill in your profile.

        Sets the user's own values of custom profile fields, those that users may edit; the others stay.

        Parameters:
          data: Objects with the field's `id` and its `value`, whose type is the field's.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("PATCH", "/users/me/profile_data", Empty, {"data": data})

    def remove_profile_data(self, *, data: list[int]) -> Empty:
        """Clear fields of your profile.

        Clears the user's own values of custom profile fields.

        Parameters:
          data: The ids of the fields to clear.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("DELETE", "/users/me/profile_data", Empty, {"data": data})

    def upload_file(self, *, filename: FileContent | UnsetType = UNSET) -> UploadFileResult:
        """Upload a file.

        Takes in a file, to be linked to in messages: `[notes.pdf](/user_uploads/...)`. Until a message
        links to it only the one who uploaded it can read it; then everybody who can read such a message
        can.

        PNG, JPEG, GIF and WebP pictures get a thumbnail, which is shown below a paragraph that links to
        them.

        Parameters:
          filename: The file, as the request's one file; the name of its form field does not matter.

        Raises ApiError with the codes BAD_REQUEST, REALM_UPLOAD_QUOTA, REQUEST_TOO_LARGE.
        """
        return self._call("POST", "/user_uploads", UploadFileResult, {"filename": filename})

    def get_file_temporary_url(self, *, realm_id_str: int, filename: str) -> GetFileTemporaryUrlResult:
        """Get a link to a file that works without authentication.

        Answers with a URL that works for 60 seconds without authentication, to hand it to a program that
        has none. A file that the user cannot read is answered like one that does not exist.

        Parameters:
          realm_id_str: The organization's id: the first part of the file's `path_id`.
          filename: The rest of the file's `path_id`.

        Raises ApiError with the codes NOT_FOUND.
        """
        return self._call(
            "GET",
            "/user_uploads/{realm_id_str}/{filename}",
            GetFileTemporaryUrlResult,
            {"realm_id_str": realm_id_str, "filename": filename},
        )

    def get_attachments(self) -> GetAttachmentsResult:
        """Get the user's uploaded files.

        Lists the files that the user has uploaded, each with the messages that link to it, as far as the
        user can read those.
        """
        return self._call("GET", "/attachments", GetAttachmentsResult, {})

    def remove_attachment(self, *, attachment_id: int) -> Empty:
        """Delete an uploaded file.

        Deletes a file of the user's for good. Messages that link to it stay, and their links lead nowhere.

        Parameters:
          attachment_id: The file's id, from `GET /attachments`.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED.
        """
        return self._call("DELETE", "/attachments/{attachment_id}", Empty, {"attachment_id": attachment_id})

    def upload_avatar(self, *, file: FileContent | UnsetType = UNSET) -> AvatarResult:
        """Upload an avatar.

        Makes a PNG, JPEG, GIF or WebP picture the user's avatar. Its middle is cut out as a square and kept
        at 100 and at 500 pixels, without what the file tells of place and camera.

        Parameters:
          file: The picture, as the request's one file; the name of its form field does not matter.

        Raises ApiError with the codes BAD_REQUEST, BAD_IMAGE, REQUEST_TOO_LARGE.
        """
        return self._call("POST", "/users/me/avatar", AvatarResult, {"file": file})

    def delete_avatar(self) -> AvatarResult:
        """Delete the avatar.

        Deletes the user's uploaded avatar; the gravatar of the address takes its place.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("DELETE", "/users/me/avatar", AvatarResult, {})

    def get_alert_words(self) -> AlertWordsResult:
        """Get your alert words.

        Lists the words and phrases that mark messages with `has_alert_word` for the user.
        """
        return self._call("GET", "/users/me/alert_words", AlertWordsResult, {})

    def add_alert_words(self, *, alert_words: list[str]) -> AlertWordsResult:
        """Add alert words.

        Adds words. Those that are there already, in whatever case, stay as they are.

        Parameters:
          alert_words: Words or phrases, each of at most 100 characters.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("POST", "/users/me/alert_words", AlertWordsResult, {"alert_words": alert_words})

    def remove_alert_words(self, *, alert_words: list[str]) -> AlertWordsResult:
        """Remove alert words.

        Removes words. Those that are not there are passed over.

        Parameters:
          alert_words: The words or phrases to remove.
        """
        return self._call("DELETE", "/users/me/alert_words", AlertWordsResult, {"alert_words": alert_words})

    def mark_onboarding_step(self, *, onboarding_step: str) -> Empty:
        """Dismiss a hint for new users.

        Marks a hint as seen; the user's clients are told which are left. Doing it again changes nothing.

        Parameters:
          onboarding_step: The hint's name, as register lists it.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("POST", "/users/me/onboarding_steps", Empty, {"onboarding_step": onboarding_step})

    def update_settings(
        self,
        *,
        full_name: str | UnsetType = UNSET,
        email: str | UnsetType = UNSET,
        old_password: str | UnsetType = UNSET,
        new_password: str | UnsetType = UNSET,
        twenty_four_hour_time: bool | UnsetType = UNSET,
        color_scheme: Literal[1, 2, 3] | UnsetType = UNSET,
        default_language: str | UnsetType = UNSET,
        web_home_view: Literal["inbox", "recent_topics", "all_messages"] | UnsetType = UNSET,
        web_escape_navigates_to_home_view: bool | UnsetType = UNSET,
        demote_inactive_streams: Literal[1, 2, 3] | UnsetType = UNSET,
        emojiset: Literal["google", "google-blob", "twitter", "text"] | UnsetType = UNSET,
        enable_drafts_synchronization: bool | UnsetType = UNSET,
        enter_sends: bool | UnsetType = UNSET,
        fluid_layout_width: bool | UnsetType = UNSET,
        high_contrast_mode: bool | UnsetType = UNSET,
        left_side_userlist: bool | UnsetType = UNSET,
        starred_message_counts: bool | UnsetType = UNSET,
        translate_emoticons: bool | UnsetType = UNSET,
        display_emoji_reaction_users: bool | UnsetType = UNSET,
        user_list_style: Literal[1, 2, 3] | UnsetType = UNSET,
        web_font_size_px: int | UnsetType = UNSET,
        web_line_height_percent: int | UnsetType = UNSET,
        web_animate_image_previews: Literal["always", "on_hover", "never"] | UnsetType = UNSET,
        web_mark_read_on_scroll_policy: Literal[1, 2, 3] | UnsetType = UNSET,
        web_channel_default_view: Literal[1, 2] | UnsetType = UNSET,
        web_stream_unreads_count_display_policy: Literal[1, 2, 3] | UnsetType = UNSET,
        web_navigate_to_sent_message: bool | UnsetType = UNSET,
        web_suggest_update_timezone: bool | UnsetType = UNSET,
        hide_ai_features: bool | UnsetType = UNSET,
        enable_desktop_notifications: bool | UnsetType = UNSET,
        enable_sounds: bool | UnsetType = UNSET,
        enable_offline_email_notifications: bool | UnsetType = UNSET,
        enable_offline_push_notifications: bool | UnsetType = UNSET,
        enable_online_push_notifications: bool | UnsetType = UNSET,
        enable_stream_desktop_notifications: bool | UnsetType = UNSET,
        enable_stream_audible_notifications: bool | UnsetType = UNSET,
        enable_stream_push_notifications: bool | UnsetType = UNSET,
        enable_stream_email_notifications: bool | UnsetType = UNSET,
        wildcard_mentions_notify: bool | UnsetType = UNSET,
        enable_followed_topic_desktop_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_audible_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_push_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_email_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_wildcard_mentions_notify: bool | UnsetType = UNSET,
        desktop_icon_count_display: Literal[1, 2, 3, 4] | UnsetType = UNSET,
        notification_sound: str | UnsetType = UNSET,
        pm_content_in_desktop_notifications: bool | UnsetType = UNSET,
        email_notifications_batching_period_seconds: int | UnsetType = UNSET,
        message_content_in_email_notifications: bool | UnsetType = UNSET,
        realm_name_in_email_notifications_policy: Literal[1, 2, 3] | UnsetType = UNSET,
        enable_digest_emails: bool | UnsetType = UNSET,
        enable_login_emails: bool | UnsetType = UNSET,
        enable_marketing_emails: bool | UnsetType = UNSET,
        automatically_follow_topics_policy: Literal[1, 2, 3, 4] | UnsetType = UNSET,
        automatically_unmute_topics_in_muted_streams_policy: Literal[1, 2, 3, 4] | UnsetType = UNSET,
        automatically_follow_topics_where_mentioned: bool | UnsetType = UNSET,
        presence_enabled: bool | UnsetType = UNSET,
        receives_typing_notifications: bool | UnsetType = UNSET,
        send_private_typing_notifications: bool | UnsetType = UNSET,
        send_stream_typing_notifications: bool | UnsetType = UNSET,
        send_read_receipts: bool | UnsetType = UNSET,
        allow_private_data_export: bool | UnsetType = UNSET,
        email_address_visibility: Literal[1, 2, 3, 4, 5] | UnsetType = UNSET,
        timezone: str | UnsetType = UNSET,
    ) -> Empty:
        """Change your settings.

        Changes the user's own settings; what is not given stays. Each change comes to the user's clients as
        a `user_settings` event.

        A new password needs the old one. A new password leaves the API key as it is.

        Parameters:
          full_name: The user's name.
          email: A new address: it changes once the user has followed the link that is mailed there.
          old_password: The password so far; required to change it.
          new_password: The new password.
          twenty_four_hour_time: Whether times are shown on a 24-hour clock.
          color_scheme: 1 as the system says, 2 dark, 3 light.
          default_language: The language of the interface, such as `en` or `pt-br`.
          web_home_view: The view that the web app opens with.
          web_escape_navigates_to_home_view: Whether Escape leads to the home view in the web app.
          demote_inactive_streams: Whether quiet channels sink in the list: 1 once there are many, 2 always,
            3 never.
          emojiset: The pictures that emoji are shown with.
          enable_drafts_synchronization: Whether drafts are kept on the server.
          enter_sends: Whether Enter sends the message rather than beginning a line.
          fluid_layout_width: Whether the web app uses the window's whole width.
          high_contrast_mode: Whether colours are set further apart.
          left_side_userlist: Whether the list of users moves to the left in narrow windows.
          starred_message_counts: Whether the number of starred messages is shown.
          translate_emoticons: Whether emoticons such as `:)` become emoji on sending.
          display_emoji_reaction_users: Whether few reactions are shown with the names of those who gave
            them.
          user_list_style: How people are listed: 1 name only, 2 with the status text, 3 with avatar and
            status text.
          web_font_size_px: The web app's font size in pixels.
          web_line_height_percent: The web app's line height in percent of the font size.
          web_animate_image_previews: When previews of animated images move.
          web_mark_read_on_scroll_policy: Whether scrolling marks messages as read: 1 always, 2 in
            conversation views, 3 never.
          web_channel_default_view: Where a click on a channel leads: 1 its newest topic, 2 all its
            messages.
          web_stream_unreads_count_display_policy: Which channels show their unread count: 1 all, 2 those
            not muted, 3 none.
          web_navigate_to_sent_message: Whether the web app follows a message to the conversation it was
            sent to.
          web_suggest_update_timezone: Whether the web app offers to set the time zone to the browser's.
          hide_ai_features: Whether features built on language models are hidden.
          enable_desktop_notifications: Whether direct messages and mentions notify on the desktop.
          enable_sounds: Whether direct messages and mentions make a sound.
          enable_offline_email_notifications: Whether direct messages and mentions are mailed to one who is
            away.
          enable_offline_push_notifications: Whether direct messages and mentions are pushed to one who is
            away.
          enable_online_push_notifications: Whether they are pushed to one who is present, too.
          enable_stream_desktop_notifications: Whether channel messages notify on the desktop.
          enable_stream_audible_notifications: Whether channel messages make a sound.
          enable_stream_push_notifications: Whether channel messages are pushed.
          enable_stream_email_notifications: Whether channel messages are mailed.
          wildcard_mentions_notify: Whether mentions of everybody notify like personal ones.
          enable_followed_topic_desktop_notifications: Whether messages in followed topics notify on the
            desktop.
          enable_followed_topic_audible_notifications: Whether messages in followed topics make a sound.
          enable_followed_topic_push_notifications: Whether messages in followed topics are pushed.
          enable_followed_topic_email_notifications: Whether messages in followed topics are mailed.
          enable_followed_topic_wildcard_mentions_notify: Whether mentions of everybody in followed topics
            notify like personal ones.
          desktop_icon_count_display: What the icon's number counts: 1 all unread, 2 direct messages,
            mentions and followed topics, 3 direct messages and mentions, 4 nothing.
          notification_sound: The sound: one of `available_notification_sounds`, or `none`.
          pm_content_in_desktop_notifications: Whether desktop notifications show the text of direct
            messages.
          email_notifications_batching_period_seconds: For how long notifications are collected into one
            mail.
          message_content_in_email_notifications: Whether mailed notifications show the message's text.
          realm_name_in_email_notifications_policy: Whether the subject of mails names the organization: 1
            if the user is in several, 2 always, 3 never.
          enable_digest_emails: Whether one who was away is mailed a digest.
          enable_login_emails: Whether a sign-in from a new device is mailed.
          enable_marketing_emails: Whether the server's operator may mail news.
          automatically_follow_topics_policy: Which topics are followed by themselves: 1 those one takes
            part in, 2 those one sends to, 3 those one begins, 4 none.
          automatically_unmute_topics_in_muted_streams_policy: Which topics of muted channels are unmuted by
            themselves: 1 those one takes part in, 2 those one sends to, 3 those one begins, 4 none.
          automatically_follow_topics_where_mentioned: Whether a topic in which one is mentioned is followed
            by itself.
          presence_enabled: Whether others see when the user is there.
          receives_typing_notifications: Whether one is told that others are typing.
          send_private_typing_notifications: Whether others are told that one is typing a direct message.
          send_stream_typing_notifications: Whether others are told that one is typing in a channel.
          send_read_receipts: Whether others see which messages one has read.
          allow_private_data_export: Whether administrators may export one's private data.
          email_address_visibility: Who sees the address that takes mail: 1 everybody, 2 members, 3
            administrators, 4 nobody, 5 moderators.
          timezone: The user's IANA time zone; empty if not set.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "PATCH",
            "/settings",
            Empty,
            {
                "full_name": full_name,
                "email": email,
                "old_password": old_password,
                "new_password": new_password,
                "twenty_four_hour_time": twenty_four_hour_time,
                "color_scheme": color_scheme,
                "default_language": default_language,
                "web_home_view": web_home_view,
                "web_escape_navigates_to_home_view": web_escape_navigates_to_home_view,
                "demote_inactive_streams": demote_inactive_streams,
                "emojiset": emojiset,
                "enable_drafts_synchronization": enable_drafts_synchronization,
                "enter_sends": enter_sends,
                "fluid_layout_width": fluid_layout_width,
                "high_contrast_mode": high_contrast_mode,
                "left_side_userlist": left_side_userlist,
                "starred_message_counts": starred_message_counts,
                "translate_emoticons": translate_emoticons,
                "display_emoji_reaction_users": display_emoji_reaction_users,
                "user_list_style": user_list_style,
                "web_font_size_px": web_font_size_px,
                "web_line_height_percent": web_line_height_percent,
                "web_animate_image_previews": web_animate_image_previews,
                "web_mark_read_on_scroll_policy": web_mark_read_on_scroll_policy,
                "web_channel_default_view": web_channel_default_view,
                "web_stream_unreads_count_display_policy": web_stream_unreads_count_display_policy,
                "web_navigate_to_sent_message": web_navigate_to_sent_message,
                "web_suggest_update_timezone": web_suggest_update_timezone,
                "hide_ai_features": hide_ai_features,
                "enable_desktop_notifications": enable_desktop_notifications,
                "enable_sounds": enable_sounds,
                "enable_offline_email_notifications": enable_offline_email_notifications,
                "enable_offline_push_notifications": enable_offline_push_notifications,
                "enable_online_push_notifications": enable_online_push_notifications,
                "enable_stream_desktop_notifications": enable_stream_desktop_notifications,
                "enable_stream_audible_notifications": enable_stream_audible_notifications,
                "enable_stream_push_notifications": enable_stream_push_notifications,
                "enable_stream_email_notifications": enable_stream_email_notifications,
                "wildcard_mentions_notify": wildcard_mentions_notify,
                "enable_followed_topic_desktop_notifications": enable_followed_topic_desktop_notifications,
                "enable_followed_topic_audible_notifications": enable_followed_topic_audible_notifications,
                "enable_followed_topic_push_notifications": enable_followed_topic_push_notifications,
                "enable_followed_topic_email_notifications": enable_followed_topic_email_notifications,
                "enable_followed_topic_wildcard_mentions_notify": enable_followed_topic_wildcard_mentions_notify,
                "desktop_icon_count_display": desktop_icon_count_display,
                "notification_sound": notification_sound,
                "pm_content_in_desktop_notifications": pm_content_in_desktop_notifications,
                "email_notifications_batching_period_seconds": email_notifications_batching_period_seconds,
                "message_content_in_email_notifications": message_content_in_email_notifications,
                "realm_name_in_email_notifications_policy": realm_name_in_email_notifications_policy,
                "enable_digest_emails": enable_digest_emails,
                "enable_login_emails": enable_login_emails,
                "enable_marketing_emails": enable_marketing_emails,
                "automatically_follow_topics_policy": automatically_follow_topics_policy,
                "automatically_unmute_topics_in_muted_streams_policy": automatically_unmute_topics_in_muted_streams_policy,
                "automatically_follow_topics_where_mentioned": automatically_follow_topics_where_mentioned,
                "presence_enabled": presence_enabled,
                "receives_typing_notifications": receives_typing_notifications,
                "send_private_typing_notifications": send_private_typing_notifications,
                "send_stream_typing_notifications": send_stream_typing_notifications,
                "send_read_receipts": send_read_receipts,
                "allow_private_data_export": allow_private_data_export,
                "email_address_visibility": email_address_visibility,
                "timezone": timezone,
            },
        )

    def update_display_settings(
        self,
        *,
        full_name: str | UnsetType = UNSET,
        email: str | UnsetType = UNSET,
        old_password: str | UnsetType = UNSET,
        new_password: str | UnsetType = UNSET,
        twenty_four_hour_time: bool | UnsetType = UNSET,
        color_scheme: Literal[1, 2, 3] | UnsetType = UNSET,
        default_language: str | UnsetType = UNSET,
        web_home_view: Literal["inbox", "recent_topics", "all_messages"] | UnsetType = UNSET,
        web_escape_navigates_to_home_view: bool | UnsetType = UNSET,
        demote_inactive_streams: Literal[1, 2, 3] | UnsetType = UNSET,
        emojiset: Literal["google", "google-blob", "twitter", "text"] | UnsetType = UNSET,
        enable_drafts_synchronization: bool | UnsetType = UNSET,
        enter_sends: bool | UnsetType = UNSET,
        fluid_layout_width: bool | UnsetType = UNSET,
        high_contrast_mode: bool | UnsetType = UNSET,
        left_side_userlist: bool | UnsetType = UNSET,
        starred_message_counts: bool | UnsetType = UNSET,
        translate_emoticons: bool | UnsetType = UNSET,
        display_emoji_reaction_users: bool | UnsetType = UNSET,
        user_list_style: Literal[1, 2, 3] | UnsetType = UNSET,
        web_font_size_px: int | UnsetType = UNSET,
        web_line_height_percent: int | UnsetType = UNSET,
        web_animate_image_previews: Literal["always", "on_hover", "never"] | UnsetType = UNSET,
        web_mark_read_on_scroll_policy: Literal[1, 2, 3] | UnsetType = UNSET,
        web_channel_default_view: Literal[1, 2] | UnsetType = UNSET,
        web_stream_unreads_count_display_policy: Literal[1, 2, 3] | UnsetType = UNSET,
        web_navigate_to_sent_message: bool | UnsetType = UNSET,
        web_suggest_update_timezone: bool | UnsetType = UNSET,
        hide_ai_features: bool | UnsetType = UNSET,
        enable_desktop_notifications: bool | UnsetType = UNSET,
        enable_sounds: bool | UnsetType = UNSET,
        enable_offline_email_notifications: bool | UnsetType = UNSET,
        enable_offline_push_notifications: bool | UnsetType = UNSET,
        enable_online_push_notifications: bool | UnsetType = UNSET,
        enable_stream_desktop_notifications: bool | UnsetType = UNSET,
        enable_stream_audible_notifications: bool | UnsetType = UNSET,
        enable_stream_push_notifications: bool | UnsetType = UNSET,
        enable_stream_email_notifications: bool | UnsetType = UNSET,
        wildcard_mentions_notify: bool | UnsetType = UNSET,
        enable_followed_topic_desktop_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_audible_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_push_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_email_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_wildcard_mentions_notify: bool | UnsetType = UNSET,
        desktop_icon_count_display: Literal[1, 2, 3, 4] | UnsetType = UNSET,
        notification_sound: str | UnsetType = UNSET,
        pm_content_in_desktop_notifications: bool | UnsetType = UNSET,
        email_notifications_batching_period_seconds: int | UnsetType = UNSET,
        message_content_in_email_notifications: bool | UnsetType = UNSET,
        realm_name_in_email_notifications_policy: Literal[1, 2, 3] | UnsetType = UNSET,
        enable_digest_emails: bool | UnsetType = UNSET,
        enable_login_emails: bool | UnsetType = UNSET,
        enable_marketing_emails: bool | UnsetType = UNSET,
        automatically_follow_topics_policy: Literal[1, 2, 3, 4] | UnsetType = UNSET,
        automatically_unmute_topics_in_muted_streams_policy: Literal[1, 2, 3, 4] | UnsetType = UNSET,
        automatically_follow_topics_where_mentioned: bool | UnsetType = UNSET,
        presence_enabled: bool | UnsetType = UNSET,
        receives_typing_notifications: bool | UnsetType = UNSET,
        send_private_typing_notifications: bool | UnsetType = UNSET,
        send_stream_typing_notifications: bool | UnsetType = UNSET,
        send_read_receipts: bool | UnsetType = UNSET,
        allow_private_data_export: bool | UnsetType = UNSET,
        email_address_visibility: Literal[1, 2, 3, 4, 5] | UnsetType = UNSET,
        timezone: str | UnsetType = UNSET,
    ) -> Empty:
        """Change your display settings.

        Deprecated.

        The same as `PATCH /settings`, for older clients.

        Parameters:
          full_name: The user's name.
          email: A new address: it changes once the user has followed the link that is mailed there.
          old_password: The password so far; required to change it.
          new_password: The new password.
          twenty_four_hour_time: Whether times are shown on a 24-hour clock.
          color_scheme: 1 as the system says, 2 dark, 3 light.
          default_language: The language of the interface, such as `en` or `pt-br`.
          web_home_view: The view that the web app opens with.
          web_escape_navigates_to_home_view: Whether Escape leads to the home view in the web app.
          demote_inactive_streams: Whether quiet channels sink in the list: 1 once there are many, 2 always,
            3 never.
          emojiset: The pictures that emoji are shown with.
          enable_drafts_synchronization: Whether drafts are kept on the server.
          enter_sends: Whether Enter sends the message rather than beginning a line.
          fluid_layout_width: Whether the web app uses the window's whole width.
          high_contrast_mode: Whether colours are set further apart.
          left_side_userlist: Whether the list of users moves to the left in narrow windows.
          starred_message_counts: Whether the number of starred messages is shown.
          translate_emoticons: Whether emoticons such as `:)` become emoji on sending.
          display_emoji_reaction_users: Whether few reactions are shown with the names of those who gave
            them.
          user_list_style: How people are listed: 1 name only, 2 with the status text, 3 with avatar and
            status text.
          web_font_size_px: The web app's font size in pixels.
          web_line_height_percent: The web app's line height in percent of the font size.
          web_animate_image_previews: When previews of animated images move.
          web_mark_read_on_scroll_policy: Whether scrolling marks messages as read: 1 always, 2 in
            conversation views, 3 never.
          web_channel_default_view: Where a click on a channel leads: 1 its newest topic, 2 all its
            messages.
          web_stream_unreads_count_display_policy: Which channels show their unread count: 1 all, 2 those
            not muted, 3 none.
          web_navigate_to_sent_message: Whether the web app follows a message to the conversation it was
            sent to.
          web_suggest_update_timezone: Whether the web app offers to set the time zone to the browser's.
          hide_ai_features: Whether features built on language models are hidden.
          enable_desktop_notifications: Whether direct messages and mentions notify on the desktop.
          enable_sounds: Whether direct messages and mentions make a sound.
          enable_offline_email_notifications: Whether direct messages and mentions are mailed to one who is
            away.
          enable_offline_push_notifications: Whether direct messages and mentions are pushed to one who is
            away.
          enable_online_push_notifications: Whether they are pushed to one who is present, too.
          enable_stream_desktop_notifications: Whether channel messages notify on the desktop.
          enable_stream_audible_notifications: Whether channel messages make a sound.
          enable_stream_push_notifications: Whether channel messages are pushed.
          enable_stream_email_notifications: Whether channel messages are mailed.
          wildcard_mentions_notify: Whether mentions of everybody notify like personal ones.
          enable_followed_topic_desktop_notifications: Whether messages in followed topics notify on the
            desktop.
          enable_followed_topic_audible_notifications: Whether messages in followed topics make a sound.
          enable_followed_topic_push_notifications: Whether messages in followed topics are pushed.
          enable_followed_topic_email_notifications: Whether messages in followed topics are mailed.
          enable_followed_topic_wildcard_mentions_notify: Whether mentions of everybody in followed topics
            notify like personal ones.
          desktop_icon_count_display: What the icon's number counts: 1 all unread, 2 direct messages,
            mentions and followed topics, 3 direct messages and mentions, 4 nothing.
          notification_sound: The sound: one of `available_notification_sounds`, or `none`.
          pm_content_in_desktop_notifications: Whether desktop notifications show the text of direct
            messages.
          email_notifications_batching_period_seconds: For how long notifications are collected into one
            mail.
          message_content_in_email_notifications: Whether mailed notifications show the message's text.
          realm_name_in_email_notifications_policy: Whether the subject of mails names the organization: 1
            if the user is in several, 2 always, 3 never.
          enable_digest_emails: Whether one who was away is mailed a digest.
          enable_login_emails: Whether a sign-in from a new device is mailed.
          enable_marketing_emails: Whether the server's operator may mail news.
          automatically_follow_topics_policy: Which topics are followed by themselves: 1 those one takes
            part in, 2 those one sends to, 3 those one begins, 4 none.
          automatically_unmute_topics_in_muted_streams_policy: Which topics of muted channels are unmuted by
            themselves: 1 those one takes part in, 2 those one sends to, 3 those one begins, 4 none.
          automatically_follow_topics_where_mentioned: Whether a topic in which one is mentioned is followed
            by itself.
          presence_enabled: Whether others see when the user is there.
          receives_typing_notifications: Whether one is told that others are typing.
          send_private_typing_notifications: Whether others are told that one is typing a direct message.
          send_stream_typing_notifications: Whether others are told that one is typing in a channel.
          send_read_receipts: Whether others see which messages one has read.
          allow_private_data_export: Whether administrators may export one's private data.
          email_address_visibility: Who sees the address that takes mail: 1 everybody, 2 members, 3
            administrators, 4 nobody, 5 moderators.
          timezone: The user's IANA time zone; empty if not set.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "PATCH",
            "/settings/display",
            Empty,
            {
                "full_name": full_name,
                "email": email,
                "old_password": old_password,
                "new_password": new_password,
                "twenty_four_hour_time": twenty_four_hour_time,
                "color_scheme": color_scheme,
                "default_language": default_language,
                "web_home_view": web_home_view,
                "web_escape_navigates_to_home_view": web_escape_navigates_to_home_view,
                "demote_inactive_streams": demote_inactive_streams,
                "emojiset": emojiset,
                "enable_drafts_synchronization": enable_drafts_synchronization,
                "enter_sends": enter_sends,
                "fluid_layout_width": fluid_layout_width,
                "high_contrast_mode": high_contrast_mode,
                "left_side_userlist": left_side_userlist,
                "starred_message_counts": starred_message_counts,
                "translate_emoticons": translate_emoticons,
                "display_emoji_reaction_users": display_emoji_reaction_users,
                "user_list_style": user_list_style,
                "web_font_size_px": web_font_size_px,
                "web_line_height_percent": web_line_height_percent,
                "web_animate_image_previews": web_animate_image_previews,
                "web_mark_read_on_scroll_policy": web_mark_read_on_scroll_policy,
                "web_channel_default_view": web_channel_default_view,
                "web_stream_unreads_count_display_policy": web_stream_unreads_count_display_policy,
                "web_navigate_to_sent_message": web_navigate_to_sent_message,
                "web_suggest_update_timezone": web_suggest_update_timezone,
                "hide_ai_features": hide_ai_features,
                "enable_desktop_notifications": enable_desktop_notifications,
                "enable_sounds": enable_sounds,
                "enable_offline_email_notifications": enable_offline_email_notifications,
                "enable_offline_push_notifications": enable_offline_push_notifications,
                "enable_online_push_notifications": enable_online_push_notifications,
                "enable_stream_desktop_notifications": enable_stream_desktop_notifications,
                "enable_stream_audible_notifications": enable_stream_audible_notifications,
                "enable_stream_push_notifications": enable_stream_push_notifications,
                "enable_stream_email_notifications": enable_stream_email_notifications,
                "wildcard_mentions_notify": wildcard_mentions_notify,
                "enable_followed_topic_desktop_notifications": enable_followed_topic_desktop_notifications,
                "enable_followed_topic_audible_notifications": enable_followed_topic_audible_notifications,
                "enable_followed_topic_push_notifications": enable_followed_topic_push_notifications,
                "enable_followed_topic_email_notifications": enable_followed_topic_email_notifications,
                "enable_followed_topic_wildcard_mentions_notify": enable_followed_topic_wildcard_mentions_notify,
                "desktop_icon_count_display": desktop_icon_count_display,
                "notification_sound": notification_sound,
                "pm_content_in_desktop_notifications": pm_content_in_desktop_notifications,
                "email_notifications_batching_period_seconds": email_notifications_batching_period_seconds,
                "message_content_in_email_notifications": message_content_in_email_notifications,
                "realm_name_in_email_notifications_policy": realm_name_in_email_notifications_policy,
                "enable_digest_emails": enable_digest_emails,
                "enable_login_emails": enable_login_emails,
                "enable_marketing_emails": enable_marketing_emails,
                "automatically_follow_topics_policy": automatically_follow_topics_policy,
                "automatically_unmute_topics_in_muted_streams_policy": automatically_unmute_topics_in_muted_streams_policy,
                "automatically_follow_topics_where_mentioned": automatically_follow_topics_where_mentioned,
                "presence_enabled": presence_enabled,
                "receives_typing_notifications": receives_typing_notifications,
                "send_private_typing_notifications": send_private_typing_notifications,
                "send_stream_typing_notifications": send_stream_typing_notifications,
                "send_read_receipts": send_read_receipts,
                "allow_private_data_export": allow_private_data_export,
                "email_address_visibility": email_address_visibility,
                "timezone": timezone,
            },
        )

    def update_notification_settings(
        self,
        *,
        full_name: str | UnsetType = UNSET,
        email: str | UnsetType = UNSET,
        old_password: str | UnsetType = UNSET,
        new_password: str | UnsetType = UNSET,
        twenty_four_hour_time: bool | UnsetType = UNSET,
        color_scheme: Literal[1, 2, 3] | UnsetType = UNSET,
        default_language: str | UnsetType = UNSET,
        web_home_view: Literal["inbox", "recent_topics", "all_messages"] | UnsetType = UNSET,
        web_escape_navigates_to_home_view: bool | UnsetType = UNSET,
        demote_inactive_streams: Literal[1, 2, 3] | UnsetType = UNSET,
        emojiset: Literal["google", "google-blob", "twitter", "text"] | UnsetType = UNSET,
        enable_drafts_synchronization: bool | UnsetType = UNSET,
        enter_sends: bool | UnsetType = UNSET,
        fluid_layout_width: bool | UnsetType = UNSET,
        high_contrast_mode: bool | UnsetType = UNSET,
        left_side_userlist: bool | UnsetType = UNSET,
        starred_message_counts: bool | UnsetType = UNSET,
        translate_emoticons: bool | UnsetType = UNSET,
        display_emoji_reaction_users: bool | UnsetType = UNSET,
        user_list_style: Literal[1, 2, 3] | UnsetType = UNSET,
        web_font_size_px: int | UnsetType = UNSET,
        web_line_height_percent: int | UnsetType = UNSET,
        web_animate_image_previews: Literal["always", "on_hover", "never"] | UnsetType = UNSET,
        web_mark_read_on_scroll_policy: Literal[1, 2, 3] | UnsetType = UNSET,
        web_channel_default_view: Literal[1, 2] | UnsetType = UNSET,
        web_stream_unreads_count_display_policy: Literal[1, 2, 3] | UnsetType = UNSET,
        web_navigate_to_sent_message: bool | UnsetType = UNSET,
        web_suggest_update_timezone: bool | UnsetType = UNSET,
        hide_ai_features: bool | UnsetType = UNSET,
        enable_desktop_notifications: bool | UnsetType = UNSET,
        enable_sounds: bool | UnsetType = UNSET,
        enable_offline_email_notifications: bool | UnsetType = UNSET,
        enable_offline_push_notifications: bool | UnsetType = UNSET,
        enable_online_push_notifications: bool | UnsetType = UNSET,
        enable_stream_desktop_notifications: bool | UnsetType = UNSET,
        enable_stream_audible_notifications: bool | UnsetType = UNSET,
        enable_stream_push_notifications: bool | UnsetType = UNSET,
        enable_stream_email_notifications: bool | UnsetType = UNSET,
        wildcard_mentions_notify: bool | UnsetType = UNSET,
        enable_followed_topic_desktop_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_audible_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_push_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_email_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_wildcard_mentions_notify: bool | UnsetType = UNSET,
        desktop_icon_count_display: Literal[1, 2, 3, 4] | UnsetType = UNSET,
        notification_sound: str | UnsetType = UNSET,
        pm_content_in_desktop_notifications: bool | UnsetType = UNSET,
        email_notifications_batching_period_seconds: int | UnsetType = UNSET,
        message_content_in_email_notifications: bool | UnsetType = UNSET,
        realm_name_in_email_notifications_policy: Literal[1, 2, 3] | UnsetType = UNSET,
        enable_digest_emails: bool | UnsetType = UNSET,
        enable_login_emails: bool | UnsetType = UNSET,
        enable_marketing_emails: bool | UnsetType = UNSET,
        automatically_follow_topics_policy: Literal[1, 2, 3, 4] | UnsetType = UNSET,
        automatically_unmute_topics_in_muted_streams_policy: Literal[1, 2, 3, 4] | UnsetType = UNSET,
        automatically_follow_topics_where_mentioned: bool | UnsetType = UNSET,
        presence_enabled: bool | UnsetType = UNSET,
        receives_typing_notifications: bool | UnsetType = UNSET,
        send_private_typing_notifications: bool | UnsetType = UNSET,
        send_stream_typing_notifications: bool | UnsetType = UNSET,
        send_read_receipts: bool | UnsetType = UNSET,
        allow_private_data_export: bool | UnsetType = UNSET,
        email_address_visibility: Literal[1, 2, 3, 4, 5] | UnsetType = UNSET,
        timezone: str | UnsetType = UNSET,
    ) -> Empty:
        """Change your notification settings.

        Deprecated.

        The same as `PATCH /settings`, for older clients.

        Parameters:
          full_name: The user's name.
          email: A new address: it changes once the user has followed the link that is mailed there.
          old_password: The password so far; required to change it.
          new_password: The new password.
          twenty_four_hour_time: Whether times are shown on a 24-hour clock.
          color_scheme: 1 as the system says, 2 dark, 3 light.
          default_language: The language of the interface, such as `en` or `pt-br`.
          web_home_view: The view that the web app opens with.
          web_escape_navigates_to_home_view: Whether Escape leads to the home view in the web app.
          demote_inactive_streams: Whether quiet channels sink in the list: 1 once there are many, 2 always,
            3 never.
          emojiset: The pictures that emoji are shown with.
          enable_drafts_synchronization: Whether drafts are kept on the server.
          enter_sends: Whether Enter sends the message rather than beginning a line.
          fluid_layout_width: Whether the web app uses the window's whole width.
          high_contrast_mode: Whether colours are set further apart.
          left_side_userlist: Whether the list of users moves to the left in narrow windows.
          starred_message_counts: Whether the number of starred messages is shown.
          translate_emoticons: Whether emoticons such as `:)` become emoji on sending.
          display_emoji_reaction_users: Whether few reactions are shown with the names of those who gave
            them.
          user_list_style: How people are listed: 1 name only, 2 with the status text, 3 with avatar and
            status text.
          web_font_size_px: The web app's font size in pixels.
          web_line_height_percent: The web app's line height in percent of the font size.
          web_animate_image_previews: When previews of animated images move.
          web_mark_read_on_scroll_policy: Whether scrolling marks messages as read: 1 always, 2 in
            conversation views, 3 never.
          web_channel_default_view: Where a click on a channel leads: 1 its newest topic, 2 all its
            messages.
          web_stream_unreads_count_display_policy: Which channels show their unread count: 1 all, 2 those
            not muted, 3 none.
          web_navigate_to_sent_message: Whether the web app follows a message to the conversation it was
            sent to.
          web_suggest_update_timezone: Whether the web app offers to set the time zone to the browser's.
          hide_ai_features: Whether features built on language models are hidden.
          enable_desktop_notifications: Whether direct messages and mentions notify on the desktop.
          enable_sounds: Whether direct messages and mentions make a sound.
          enable_offline_email_notifications: Whether direct messages and mentions are mailed to one who is
            away.
          enable_offline_push_notifications: Whether direct messages and mentions are pushed to one who is
            away.
          enable_online_push_notifications: Whether they are pushed to one who is present, too.
          enable_stream_desktop_notifications: Whether channel messages notify on the desktop.
          enable_stream_audible_notifications: Whether channel messages make a sound.
          enable_stream_push_notifications: Whether channel messages are pushed.
          enable_stream_email_notifications: Whether channel messages are mailed.
          wildcard_mentions_notify: Whether mentions of everybody notify like personal ones.
          enable_followed_topic_desktop_notifications: Whether messages in followed topics notify on the
            desktop.
          enable_followed_topic_audible_notifications: Whether messages in followed topics make a sound.
          enable_followed_topic_push_notifications: Whether messages in followed topics are pushed.
          enable_followed_topic_email_notifications: Whether messages in followed topics are mailed.
          enable_followed_topic_wildcard_mentions_notify: Whether mentions of everybody in followed topics
            notify like personal ones.
          desktop_icon_count_display: What the icon's number counts: 1 all unread, 2 direct messages,
            mentions and followed topics, 3 direct messages and mentions, 4 nothing.
          notification_sound: The sound: one of `available_notification_sounds`, or `none`.
          pm_content_in_desktop_notifications: Whether desktop notifications show the text of direct
            messages.
          email_notifications_batching_period_seconds: For how long notifications are collected into one
            mail.
          message_content_in_email_notifications: Whether mailed notifications show the message's text.
          realm_name_in_email_notifications_policy: Whether the subject of mails names the organization: 1
            if the user is in several, 2 always, 3 never.
          enable_digest_emails: Whether one who was away is mailed a digest.
          enable_login_emails: Whether a sign-in from a new device is mailed.
          enable_marketing_emails: Whether the server's operator may mail news.
          automatically_follow_topics_policy: Which topics are followed by themselves: 1 those one takes
            part in, 2 those one sends to, 3 those one begins, 4 none.
          automatically_unmute_topics_in_muted_streams_policy: Which topics of muted channels are unmuted by
            themselves: 1 those one takes part in, 2 those one sends to, 3 those one begins, 4 none.
          automatically_follow_topics_where_mentioned: Whether a topic in which one is mentioned is followed
            by itself.
          presence_enabled: Whether others see when the user is there.
          receives_typing_notifications: Whether one is told that others are typing.
          send_private_typing_notifications: Whether others are told that one is typing a direct message.
          send_stream_typing_notifications: Whether others are told that one is typing in a channel.
          send_read_receipts: Whether others see which messages one has read.
          allow_private_data_export: Whether administrators may export one's private data.
          email_address_visibility: Who sees the address that takes mail: 1 everybody, 2 members, 3
            administrators, 4 nobody, 5 moderators.
          timezone: The user's IANA time zone; empty if not set.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "PATCH",
            "/settings/notifications",
            Empty,
            {
                "full_name": full_name,
                "email": email,
                "old_password": old_password,
                "new_password": new_password,
                "twenty_four_hour_time": twenty_four_hour_time,
                "color_scheme": color_scheme,
                "default_language": default_language,
                "web_home_view": web_home_view,
                "web_escape_navigates_to_home_view": web_escape_navigates_to_home_view,
                "demote_inactive_streams": demote_inactive_streams,
                "emojiset": emojiset,
                "enable_drafts_synchronization": enable_drafts_synchronization,
                "enter_sends": enter_sends,
                "fluid_layout_width": fluid_layout_width,
                "high_contrast_mode": high_contrast_mode,
                "left_side_userlist": left_side_userlist,
                "starred_message_counts": starred_message_counts,
                "translate_emoticons": translate_emoticons,
                "display_emoji_reaction_users": display_emoji_reaction_users,
                "user_list_style": user_list_style,
                "web_font_size_px": web_font_size_px,
                "web_line_height_percent": web_line_height_percent,
                "web_animate_image_previews": web_animate_image_previews,
                "web_mark_read_on_scroll_policy": web_mark_read_on_scroll_policy,
                "web_channel_default_view": web_channel_default_view,
                "web_stream_unreads_count_display_policy": web_stream_unreads_count_display_policy,
                "web_navigate_to_sent_message": web_navigate_to_sent_message,
                "web_suggest_update_timezone": web_suggest_update_timezone,
                "hide_ai_features": hide_ai_features,
                "enable_desktop_notifications": enable_desktop_notifications,
                "enable_sounds": enable_sounds,
                "enable_offline_email_notifications": enable_offline_email_notifications,
                "enable_offline_push_notifications": enable_offline_push_notifications,
                "enable_online_push_notifications": enable_online_push_notifications,
                "enable_stream_desktop_notifications": enable_stream_desktop_notifications,
                "enable_stream_audible_notifications": enable_stream_audible_notifications,
                "enable_stream_push_notifications": enable_stream_push_notifications,
                "enable_stream_email_notifications": enable_stream_email_notifications,
                "wildcard_mentions_notify": wildcard_mentions_notify,
                "enable_followed_topic_desktop_notifications": enable_followed_topic_desktop_notifications,
                "enable_followed_topic_audible_notifications": enable_followed_topic_audible_notifications,
                "enable_followed_topic_push_notifications": enable_followed_topic_push_notifications,
                "enable_followed_topic_email_notifications": enable_followed_topic_email_notifications,
                "enable_followed_topic_wildcard_mentions_notify": enable_followed_topic_wildcard_mentions_notify,
                "desktop_icon_count_display": desktop_icon_count_display,
                "notification_sound": notification_sound,
                "pm_content_in_desktop_notifications": pm_content_in_desktop_notifications,
                "email_notifications_batching_period_seconds": email_notifications_batching_period_seconds,
                "message_content_in_email_notifications": message_content_in_email_notifications,
                "realm_name_in_email_notifications_policy": realm_name_in_email_notifications_policy,
                "enable_digest_emails": enable_digest_emails,
                "enable_login_emails": enable_login_emails,
                "enable_marketing_emails": enable_marketing_emails,
                "automatically_follow_topics_policy": automatically_follow_topics_policy,
                "automatically_unmute_topics_in_muted_streams_policy": automatically_unmute_topics_in_muted_streams_policy,
                "automatically_follow_topics_where_mentioned": automatically_follow_topics_where_mentioned,
                "presence_enabled": presence_enabled,
                "receives_typing_notifications": receives_typing_notifications,
                "send_private_typing_notifications": send_private_typing_notifications,
                "send_stream_typing_notifications": send_stream_typing_notifications,
                "send_read_receipts": send_read_receipts,
                "allow_private_data_export": allow_private_data_export,
                "email_address_visibility": email_address_visibility,
                "timezone": timezone,
            },
        )

    def update_realm_user_settings_defaults(
        self,
        *,
        twenty_four_hour_time: bool | UnsetType = UNSET,
        color_scheme: Literal[1, 2, 3] | UnsetType = UNSET,
        web_home_view: Literal["inbox", "recent_topics", "all_messages"] | UnsetType = UNSET,
        web_escape_navigates_to_home_view: bool | UnsetType = UNSET,
        demote_inactive_streams: Literal[1, 2, 3] | UnsetType = UNSET,
        emojiset: Literal["google", "google-blob", "twitter", "text"] | UnsetType = UNSET,
        enable_drafts_synchronization: bool | UnsetType = UNSET,
        enter_sends: bool | UnsetType = UNSET,
        fluid_layout_width: bool | UnsetType = UNSET,
        high_contrast_mode: bool | UnsetType = UNSET,
        left_side_userlist: bool | UnsetType = UNSET,
        starred_message_counts: bool | UnsetType = UNSET,
        translate_emoticons: bool | UnsetType = UNSET,
        display_emoji_reaction_users: bool | UnsetType = UNSET,
        user_list_style: Literal[1, 2, 3] | UnsetType = UNSET,
        web_font_size_px: int | UnsetType = UNSET,
        web_line_height_percent: int | UnsetType = UNSET,
        web_animate_image_previews: Literal["always", "on_hover", "never"] | UnsetType = UNSET,
        web_mark_read_on_scroll_policy: Literal[1, 2, 3] | UnsetType = UNSET,
        web_channel_default_view: Literal[1, 2] | UnsetType = UNSET,
        web_stream_unreads_count_display_policy: Literal[1, 2, 3] | UnsetType = UNSET,
        web_navigate_to_sent_message: bool | UnsetType = UNSET,
        web_suggest_update_timezone: bool | UnsetType = UNSET,
        hide_ai_features: bool | UnsetType = UNSET,
        enable_desktop_notifications: bool | UnsetType = UNSET,
        enable_sounds: bool | UnsetType = UNSET,
        enable_offline_email_notifications: bool | UnsetType = UNSET,
        enable_offline_push_notifications: bool | UnsetType = UNSET,
        enable_online_push_notifications: bool | UnsetType = UNSET,
        enable_stream_desktop_notifications: bool | UnsetType = UNSET,
        enable_stream_audible_notifications: bool | UnsetType = UNSET,
        enable_stream_push_notifications: bool | UnsetType = UNSET,
        enable_stream_email_notifications: bool | UnsetType = UNSET,
        wildcard_mentions_notify: bool | UnsetType = UNSET,
        enable_followed_topic_desktop_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_audible_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_push_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_email_notifications: bool | UnsetType = UNSET,
        enable_followed_topic_wildcard_mentions_notify: bool | UnsetType = UNSET,
        desktop_icon_count_display: Literal[1, 2, 3, 4] | UnsetType = UNSET,
        notification_sound: str | UnsetType = UNSET,
        pm_content_in_desktop_notifications: bool | UnsetType = UNSET,
        email_notifications_batching_period_seconds: int | UnsetType = UNSET,
        message_content_in_email_notifications: bool | UnsetType = UNSET,
        realm_name_in_email_notifications_policy: Literal[1, 2, 3] | UnsetType = UNSET,
        enable_digest_emails: bool | UnsetType = UNSET,
        automatically_follow_topics_policy: Literal[1, 2, 3, 4] | UnsetType = UNSET,
        automatically_unmute_topics_in_muted_streams_policy: Literal[1, 2, 3, 4] | UnsetType = UNSET,
        automatically_follow_topics_where_mentioned: bool | UnsetType = UNSET,
        presence_enabled: bool | UnsetType = UNSET,
        receives_typing_notifications: bool | UnsetType = UNSET,
        send_private_typing_notifications: bool | UnsetType = UNSET,
        send_stream_typing_notifications: bool | UnsetType = UNSET,
        send_read_receipts: bool | UnsetType = UNSET,
        email_address_visibility: Literal[1, 2, 3, 4, 5] | UnsetType = UNSET,
    ) -> Empty:
        """Change the defaults of new users' settings.

        Changes with which settings new users begin; those who are there keep theirs. For administrators.

        Parameters:
          twenty_four_hour_time: Whether times are shown on a 24-hour clock.
          color_scheme: 1 as the system says, 2 dark, 3 light.
          web_home_view: The view that the web app opens with.
          web_escape_navigates_to_home_view: Whether Escape leads to the home view in the web app.
          demote_inactive_streams: Whether quiet channels sink in the list: 1 once there are many, 2 always,
            3 never.
          emojiset: The pictures that emoji are shown with.
          enable_drafts_synchronization: Whether drafts are kept on the server.
          enter_sends: Whether Enter sends the message rather than beginning a line.
          fluid_layout_width: Whether the web app uses the window's whole width.
          high_contrast_mode: Whether colours are set further apart.
          left_side_userlist: Whether the list of users moves to the left in narrow windows.
          starred_message_counts: Whether the number of starred messages is shown.
          translate_emoticons: Whether emoticons such as `:)` become emoji on sending.
          display_emoji_reaction_users: Whether few reactions are shown with the names of those who gave
            them.
          user_list_style: How people are listed: 1 name only, 2 with the status text, 3 with avatar and
            status text.
          web_font_size_px: The web app's font size in pixels.
          web_line_height_percent: The web app's line height in percent of the font size.
          web_animate_image_previews: When previews of animated images move.
          web_mark_read_on_scroll_policy: Whether scrolling marks messages as read: 1 always, 2 in
            conversation views, 3 never.
          web_channel_default_view: Where a click on a channel leads: 1 its newest topic, 2 all its
            messages.
          web_stream_unreads_count_display_policy: Which channels show their unread count: 1 all, 2 those
            not muted, 3 none.
          web_navigate_to_sent_message: Whether the web app follows a message to the conversation it was
            sent to.
          web_suggest_update_timezone: Whether the web app offers to set the time zone to the browser's.
          hide_ai_features: Whether features built on language models are hidden.
          enable_desktop_notifications: Whether direct messages and mentions notify on the desktop.
          enable_sounds: Whether direct messages and mentions make a sound.
          enable_offline_email_notifications: Whether direct messages and mentions are mailed to one who is
            away.
          enable_offline_push_notifications: Whether direct messages and mentions are pushed to one who is
            away.
          enable_online_push_notifications: Whether they are pushed to one who is present, too.
          enable_stream_desktop_notifications: Whether channel messages notify on the desktop.
          enable_stream_audible_notifications: Whether channel messages make a sound.
          enable_stream_push_notifications: Whether channel messages are pushed.
          enable_stream_email_notifications: Whether channel messages are mailed.
          wildcard_mentions_notify: Whether mentions of everybody notify like personal ones.
          enable_followed_topic_desktop_notifications: Whether messages in followed topics notify on the
            desktop.
          enable_followed_topic_audible_notifications: Whether messages in followed topics make a sound.
          enable_followed_topic_push_notifications: Whether messages in followed topics are pushed.
          enable_followed_topic_email_notifications: Whether messages in followed topics are mailed.
          enable_followed_topic_wildcard_mentions_notify: Whether mentions of everybody in followed topics
            notify like personal ones.
          desktop_icon_count_display: What the icon's number counts: 1 all unread, 2 direct messages,
            mentions and followed topics, 3 direct messages and mentions, 4 nothing.
          notification_sound: The sound: one of `available_notification_sounds`, or `none`.
          pm_content_in_desktop_notifications: Whether desktop notifications show the text of direct
            messages.
          email_notifications_batching_period_seconds: For how long notifications are collected into one
            mail.
          message_content_in_email_notifications: Whether mailed notifications show the message's text.
          realm_name_in_email_notifications_policy: Whether the subject of mails names the organization: 1
            if the user is in several, 2 always, 3 never.
          enable_digest_emails: Whether one who was away is mailed a digest.
          automatically_follow_topics_policy: Which topics are followed by themselves: 1 those one takes
            part in, 2 those one sends to, 3 those one begins, 4 none.
          automatically_unmute_topics_in_muted_streams_policy: Which topics of muted channels are unmuted by
            themselves: 1 those one takes part in, 2 those one sends to, 3 those one begins, 4 none.
          automatically_follow_topics_where_mentioned: Whether a topic in which one is mentioned is followed
            by itself.
          presence_enabled: Whether others see when the user is there.
          receives_typing_notifications: Whether one is told that others are typing.
          send_private_typing_notifications: Whether others are told that one is typing a direct message.
          send_stream_typing_notifications: Whether others are told that one is typing in a channel.
          send_read_receipts: Whether others see which messages one has read.
          email_address_visibility: Who sees the address that takes mail: 1 everybody, 2 members, 3
            administrators, 4 nobody, 5 moderators.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "PATCH",
            "/realm/user_settings_defaults",
            Empty,
            {
                "twenty_four_hour_time": twenty_four_hour_time,
                "color_scheme": color_scheme,
                "web_home_view": web_home_view,
                "web_escape_navigates_to_home_view": web_escape_navigates_to_home_view,
                "demote_inactive_streams": demote_inactive_streams,
                "emojiset": emojiset,
                "enable_drafts_synchronization": enable_drafts_synchronization,
                "enter_sends": enter_sends,
                "fluid_layout_width": fluid_layout_width,
                "high_contrast_mode": high_contrast_mode,
                "left_side_userlist": left_side_userlist,
                "starred_message_counts": starred_message_counts,
                "translate_emoticons": translate_emoticons,
                "display_emoji_reaction_users": display_emoji_reaction_users,
                "user_list_style": user_list_style,
                "web_font_size_px": web_font_size_px,
                "web_line_height_percent": web_line_height_percent,
                "web_animate_image_previews": web_animate_image_previews,
                "web_mark_read_on_scroll_policy": web_mark_read_on_scroll_policy,
                "web_channel_default_view": web_channel_default_view,
                "web_stream_unreads_count_display_policy": web_stream_unreads_count_display_policy,
                "web_navigate_to_sent_message": web_navigate_to_sent_message,
                "web_suggest_update_timezone": web_suggest_update_timezone,
                "hide_ai_features": hide_ai_features,
                "enable_desktop_notifications": enable_desktop_notifications,
                "enable_sounds": enable_sounds,
                "enable_offline_email_notifications": enable_offline_email_notifications,
                "enable_offline_push_notifications": enable_offline_push_notifications,
                "enable_online_push_notifications": enable_online_push_notifications,
                "enable_stream_desktop_notifications": enable_stream_desktop_notifications,
                "enable_stream_audible_notifications": enable_stream_audible_notifications,
                "enable_stream_push_notifications": enable_stream_push_notifications,
                "enable_stream_email_notifications": enable_stream_email_notifications,
                "wildcard_mentions_notify": wildcard_mentions_notify,
                "enable_followed_topic_desktop_notifications": enable_followed_topic_desktop_notifications,
                "enable_followed_topic_audible_notifications": enable_followed_topic_audible_notifications,
                "enable_followed_topic_push_notifications": enable_followed_topic_push_notifications,
                "enable_followed_topic_email_notifications": enable_followed_topic_email_notifications,
                "enable_followed_topic_wildcard_mentions_notify": enable_followed_topic_wildcard_mentions_notify,
                "desktop_icon_count_display": desktop_icon_count_display,
                "notification_sound": notification_sound,
                "pm_content_in_desktop_notifications": pm_content_in_desktop_notifications,
                "email_notifications_batching_period_seconds": email_notifications_batching_period_seconds,
                "message_content_in_email_notifications": message_content_in_email_notifications,
                "realm_name_in_email_notifications_policy": realm_name_in_email_notifications_policy,
                "enable_digest_emails": enable_digest_emails,
                "automatically_follow_topics_policy": automatically_follow_topics_policy,
                "automatically_unmute_topics_in_muted_streams_policy": automatically_unmute_topics_in_muted_streams_policy,
                "automatically_follow_topics_where_mentioned": automatically_follow_topics_where_mentioned,
                "presence_enabled": presence_enabled,
                "receives_typing_notifications": receives_typing_notifications,
                "send_private_typing_notifications": send_private_typing_notifications,
                "send_stream_typing_notifications": send_stream_typing_notifications,
                "send_read_receipts": send_read_receipts,
                "email_address_visibility": email_address_visibility,
            },
        )

    def get_server_settings(self) -> ServerSettings:
        """Get what a log-in page needs.

        Tells what this server is, and how to log in to the organization at this URL. It needs no
        credentials: clients ask it first.

        The fields that begin with `realm_` are absent where no organization lives at the URL.
        """
        return self._call("GET", "/server_settings", ServerSettings, {})

    def update_realm(
        self,
        *,
        name: str | UnsetType = UNSET,
        description: str | UnsetType = UNSET,
        org_type: int | UnsetType = UNSET,
        default_language: str | UnsetType = UNSET,
        authentication_methods: dict[str, bool] | UnsetType = UNSET,
        invite_required: bool | UnsetType = UNSET,
        emails_restricted_to_domains: bool | UnsetType = UNSET,
        disallow_disposable_email_addresses: bool | UnsetType = UNSET,
        email_changes_disabled: bool | UnsetType = UNSET,
        name_changes_disabled: bool | UnsetType = UNSET,
        avatar_changes_disabled: bool | UnsetType = UNSET,
        require_unique_names: bool | UnsetType = UNSET,
        waiting_period_threshold: int | UnsetType = UNSET,
        send_welcome_emails: bool | UnsetType = UNSET,
        digest_emails_enabled: bool | UnsetType = UNSET,
        digest_weekday: Literal[0, 1, 2, 3, 4, 5, 6] | UnsetType = UNSET,
        message_content_allowed_in_email_notifications: bool | UnsetType = UNSET,
        allow_message_editing: bool | UnsetType = UNSET,
        message_content_edit_limit_seconds: int | None | Literal["unlimited"] | UnsetType = UNSET,
        message_content_delete_limit_seconds: int | None | Literal["unlimited"] | UnsetType = UNSET,
        move_messages_within_stream_limit_seconds: int | None | Literal["unlimited"] | UnsetType = UNSET,
        move_messages_between_streams_limit_seconds: int | None | Literal["unlimited"] | UnsetType = UNSET,
        message_edit_history_visibility_policy: Literal["all", "moves", "none"] | UnsetType = UNSET,
        message_retention_days: int | Literal["unlimited"] | UnsetType = UNSET,
        mandatory_topics: bool | UnsetType = UNSET,
        inline_image_preview: bool | UnsetType = UNSET,
        inline_url_embed_preview: bool | UnsetType = UNSET,
        default_code_block_language: str | UnsetType = UNSET,
        enable_read_receipts: bool | UnsetType = UNSET,
        enable_spectator_access: bool | UnsetType = UNSET,
        want_advertise_in_communities_directory: bool | UnsetType = UNSET,
        enable_guest_user_indicator: bool | UnsetType = UNSET,
        enable_guest_user_dm_warning: bool | UnsetType = UNSET,
        video_chat_provider: int | UnsetType = UNSET,
        jitsi_server_url: str | None | Literal["unlimited"] | UnsetType = UNSET,
        giphy_rating: int | UnsetType = UNSET,
        moderation_request_channel_id: int | UnsetType = UNSET,
        new_stream_announcements_stream_id: int | UnsetType = UNSET,
        signup_announcements_stream_id: int | UnsetType = UNSET,
        zulip_update_announcements_stream_id: int | UnsetType = UNSET,
        create_multiuse_invite_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_access_all_users_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_add_subscribers_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_add_custom_emoji_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_create_bots_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_create_groups: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_create_public_channel_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_create_private_channel_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_create_web_public_channel_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_create_write_only_bots_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_delete_any_message_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_delete_own_message_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_invite_users_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_manage_all_groups: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_manage_billing_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_mention_many_users_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_move_messages_between_channels_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_move_messages_between_topics_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_resolve_topics_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        can_summarize_topics_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        direct_message_initiator_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
        direct_message_permission_group: GroupSettingUpdate | Mapping[str, Any] | UnsetType = UNSET,
    ) -> Result:
        """Change the organization's settings.

        Changes settings of the organization; what is not given stays. For administrators, and a few
        settings for owners alone.

        A permission is given as `new`, with `old` to say what it is believed to be: where another
        administrator has changed it meanwhile, the request is refused. The answer repeats what was changed.

        Parameters:
          name: The organization's name.
          description: What the organization is, as Markdown; people see it before they sign in.
          org_type: What kind of organization it is: 0 not said, 10 business, 20 open source, 30 and 35
            education, 40 research, 50 event, 60 non-profit, 70 government, 80 political, 90 community, 100
            personal, 1000 other.
          default_language: The language of new users and of what the server itself writes.
          authentication_methods: The ways to sign in, by name, and whether each is allowed.
          invite_required: Whether only those who were invited can make an account.
          emails_restricted_to_domains: Whether only addresses of the listed domains can join.
          disallow_disposable_email_addresses: Whether addresses of throw-away mail services are refused.
          email_changes_disabled: Whether only administrators can change a user's address.
          name_changes_disabled: Whether only administrators can change a user's name.
          avatar_changes_disabled: Whether only administrators can change an avatar.
          require_unique_names: Whether two users may not have the same name.
          waiting_period_threshold: After how many days a new member counts as a full member.
          send_welcome_emails: Whether new users are mailed a welcome.
          digest_emails_enabled: Whether users who were away are mailed a weekly digest.
          digest_weekday: On which day the digest goes out; Monday is 0.
          message_content_allowed_in_email_notifications: Whether mailed notifications may show the text of
            messages.
          allow_message_editing: Whether users can edit what they sent.
          message_content_edit_limit_seconds: For how long a message's content can be edited; null without
            end.
          message_content_delete_limit_seconds: For how long one's own message can be deleted; null without
            end.
          move_messages_within_stream_limit_seconds: For how long messages can be moved to another topic;
            null without end.
          move_messages_between_streams_limit_seconds: For how long messages can be moved to another
            channel; null without end.
          message_edit_history_visibility_policy: What users see of a message's past: all its edits, its
            moves alone, or nothing.
          message_retention_days: After how many days messages are deleted; -1 never.
          mandatory_topics: Whether a message to a channel needs a topic.
          inline_image_preview: Whether linked and uploaded images are shown below the message.
          inline_url_embed_preview: Whether linked pages are shown with title and picture.
          default_code_block_language: The language of code blocks that name none; empty for plain text.
          enable_read_receipts: Whether users can see who has read a message.
          enable_spectator_access: Whether web-public channels can be read without an account.
          want_advertise_in_communities_directory: Whether the organization wants to be listed publicly.
          enable_guest_user_indicator: Whether guests are marked as such beside their name.
          enable_guest_user_dm_warning: Whether clients warn before a direct message to a guest.
          video_chat_provider: The service behind the video call button, from
            `realm_available_video_chat_providers`.
          jitsi_server_url: The Jitsi server for video calls; null for the server's default.
          giphy_rating: Which GIFs the picker offers, from `giphy_rating_options`.
          moderation_request_channel_id: The private channel for moderation requests; -1 for none.
          new_stream_announcements_stream_id: Where new channels are announced; -1 for nowhere.
          signup_announcements_stream_id: Where new users are announced; -1 for nowhere.
          zulip_update_announcements_stream_id: Where the server's news are announced; -1 for nowhere.
          create_multiuse_invite_group: Who may make invitation links for many.
          can_access_all_users_group: Who sees all users, and not only those with whom they share a channel
            or conversation.
          can_add_subscribers_group: Who may subscribe others to any channel they see.
          can_add_custom_emoji_group: Who may add custom emoji.
          can_create_bots_group: Who may make bots of any kind.
          can_create_groups: Who may make user groups.
          can_create_public_channel_group: Who may make public channels.
          can_create_private_channel_group: Who may make private channels.
          can_create_web_public_channel_group: Who may make channels that can be read without an account.
          can_create_write_only_bots_group: Who may make bots that only send.
          can_delete_any_message_group: Who may delete any message.
          can_delete_own_message_group: Who may delete their own messages, in time.
          can_invite_users_group: Who may invite people by mail.
          can_manage_all_groups: Who may change any user group.
          can_manage_billing_group: Who may see to the plan and its payment.
          can_mention_many_users_group: Who may mention everybody in a large channel.
          can_move_messages_between_channels_group: Who may move messages to another channel.
          can_move_messages_between_topics_group: Who may move messages to another topic.
          can_resolve_topics_group: Who may mark topics as resolved.
          can_summarize_topics_group: Who may have topics summarized, where offered.
          direct_message_initiator_group: Who may begin a direct message conversation.
          direct_message_permission_group: Of whom at least one must take part in a direct message
            conversation.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL, EXPECTATION_MISMATCH.
        """
        return self._call(
            "PATCH",
            "/realm",
            UpdateRealmResult,
            {
                "name": name,
                "description": description,
                "org_type": org_type,
                "default_language": default_language,
                "authentication_methods": authentication_methods,
                "invite_required": invite_required,
                "emails_restricted_to_domains": emails_restricted_to_domains,
                "disallow_disposable_email_addresses": disallow_disposable_email_addresses,
                "email_changes_disabled": email_changes_disabled,
                "name_changes_disabled": name_changes_disabled,
                "avatar_changes_disabled": avatar_changes_disabled,
                "require_unique_names": require_unique_names,
                "waiting_period_threshold": waiting_period_threshold,
                "send_welcome_emails": send_welcome_emails,
                "digest_emails_enabled": digest_emails_enabled,
                "digest_weekday": digest_weekday,
                "message_content_allowed_in_email_notifications": message_content_allowed_in_email_notifications,
                "allow_message_editing": allow_message_editing,
                "message_content_edit_limit_seconds": message_content_edit_limit_seconds,
                "message_content_delete_limit_seconds": message_content_delete_limit_seconds,
                "move_messages_within_stream_limit_seconds": move_messages_within_stream_limit_seconds,
                "move_messages_between_streams_limit_seconds": move_messages_between_streams_limit_seconds,
                "message_edit_history_visibility_policy": message_edit_history_visibility_policy,
                "message_retention_days": message_retention_days,
                "mandatory_topics": mandatory_topics,
                "inline_image_preview": inline_image_preview,
                "inline_url_embed_preview": inline_url_embed_preview,
                "default_code_block_language": default_code_block_language,
                "enable_read_receipts": enable_read_receipts,
                "enable_spectator_access": enable_spectator_access,
                "want_advertise_in_communities_directory": want_advertise_in_communities_directory,
                "enable_guest_user_indicator": enable_guest_user_indicator,
                "enable_guest_user_dm_warning": enable_guest_user_dm_warning,
                "video_chat_provider": video_chat_provider,
                "jitsi_server_url": jitsi_server_url,
                "giphy_rating": giphy_rating,
                "moderation_request_channel_id": moderation_request_channel_id,
                "new_stream_announcements_stream_id": new_stream_announcements_stream_id,
                "signup_announcements_stream_id": signup_announcements_stream_id,
                "zulip_update_announcements_stream_id": zulip_update_announcements_stream_id,
                "create_multiuse_invite_group": create_multiuse_invite_group,
                "can_access_all_users_group": can_access_all_users_group,
                "can_add_subscribers_group": can_add_subscribers_group,
                "can_add_custom_emoji_group": can_add_custom_emoji_group,
                "can_create_bots_group": can_create_bots_group,
                "can_create_groups": can_create_groups,
                "can_create_public_channel_group": can_create_public_channel_group,
                "can_create_private_channel_group": can_create_private_channel_group,
                "can_create_web_public_channel_group": can_create_web_public_channel_group,
                "can_create_write_only_bots_group": can_create_write_only_bots_group,
                "can_delete_any_message_group": can_delete_any_message_group,
                "can_delete_own_message_group": can_delete_own_message_group,
                "can_invite_users_group": can_invite_users_group,
                "can_manage_all_groups": can_manage_all_groups,
                "can_manage_billing_group": can_manage_billing_group,
                "can_mention_many_users_group": can_mention_many_users_group,
                "can_move_messages_between_channels_group": can_move_messages_between_channels_group,
                "can_move_messages_between_topics_group": can_move_messages_between_topics_group,
                "can_resolve_topics_group": can_resolve_topics_group,
                "can_summarize_topics_group": can_summarize_topics_group,
                "direct_message_initiator_group": direct_message_initiator_group,
                "direct_message_permission_group": direct_message_permission_group,
            },
        )

    def deactivate_realm(self) -> Empty:
        """Deactivate the organization.

        Closes the organization: clients hear of it, and every request after is refused with
        REALM_DEACTIVATED. Nothing is deleted. For owners; only the server's command line opens it again.

        Raises ApiError with the codes UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("POST", "/realm/deactivate", Empty, {})

    def get_custom_emoji(self) -> GetCustomEmojiResult:
        """Get the organization's own emoji.

        Lists the emoji that people of the organization have uploaded.
        """
        return self._call("GET", "/realm/emoji", GetCustomEmojiResult, {})

    def upload_custom_emoji(self, *, emoji_name: str, filename: FileContent | UnsetType = UNSET) -> Empty:
        """Upload an emoji.

        Adds an emoji to the organization. Pictures are scaled to 64 pixels; animated ones also get a still
        picture.

        Parameters:
          emoji_name: The emoji's name: lower-case letters, digits, `_` and `-`.
          filename: The picture, as the request's one file; the name of its form field does not matter.

        Raises ApiError with the codes BAD_REQUEST, REQUEST_TOO_LARGE.
        """
        return self._call("POST", "/realm/emoji/{emoji_name}", Empty, {"emoji_name": emoji_name, "filename": filename})

    def deactivate_custom_emoji(self, *, emoji_name: str) -> Empty:
        """Deactivate an emoji.

        Takes an emoji out of use: where it stands already it stays visible, new messages and reactions
        cannot use it. For the one who uploaded it and for administrators. An unknown name is answered with
        HTTP 404.

        Parameters:
          emoji_name: The emoji's name: lower-case letters, digits, `_` and `-`.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("DELETE", "/realm/emoji/{emoji_name}", Empty, {"emoji_name": emoji_name})

    def get_realm_domains(self) -> GetRealmDomainsResult:
        """Get the allowed mail domains.

        Lists the domains from which people may join while `emails_restricted_to_domains` is on.
        """
        return self._call("GET", "/realm/domains", GetRealmDomainsResult, {})

    def add_realm_domain(self, *, domain: str, allow_subdomains: bool | UnsetType = UNSET) -> AddRealmDomainResult:
        """Allow a mail domain.

        Adds a domain to those from which people may join. For owners.

        Parameters:
          domain: The domain.
          allow_subdomains: Whether addresses of domains below it may join too. Default: False.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "POST", "/realm/domains", AddRealmDomainResult, {"domain": domain, "allow_subdomains": allow_subdomains}
        )

    def update_realm_domain(self, *, domain: str, allow_subdomains: bool) -> Empty:
        """Change an allowed mail domain.

        Changes whether domains below an allowed one are allowed too. For owners.

        Parameters:
          domain: The domain.
          allow_subdomains: Whether addresses of domains below it may join too.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "PATCH", "/realm/domains/{domain}", Empty, {"domain": domain, "allow_subdomains": allow_subdomains}
        )

    def remove_realm_domain(self, *, domain: str) -> Empty:
        """No longer allow a mail domain.

        Removes a domain from those from which people may join; who is there stays. For owners. With the
        last domain `emails_restricted_to_domains` is switched off.

        Parameters:
          domain: The domain.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("DELETE", "/realm/domains/{domain}", Empty, {"domain": domain})

    def get_invites(self) -> GetInvitesResult:
        """Get the open invitations.

        Lists invitations that wait to be taken up: all of them for administrators, for others their own.
        """
        return self._call("GET", "/invites", GetInvitesResult, {})

    def send_invites(
        self,
        *,
        invitee_emails: str,
        stream_ids: list[int],
        invite_expires_in_minutes: int | None | UnsetType = UNSET,
        invite_as: Literal[100, 200, 300, 400, 600] | UnsetType = UNSET,
        group_ids: list[int] | UnsetType = UNSET,
        include_realm_default_subscriptions: bool | UnsetType = UNSET,
        notify_referrer_on_join: bool | UnsetType = UNSET,
    ) -> Empty:
        """Invite people by mail.

        Invites the owners of the addresses. For those whom the organization's `can_invite_users_group`
        names; to roles above member for administrators.

        An address that cannot be refuses the whole request. Addresses with an account are left out: the
        answer is then INVITATION_FAILED with those in `errors`, and `sent_invitations` says whether the
        rest was invited.

        Parameters:
          invitee_emails: Addresses, with commas or line breaks between them.
          invite_expires_in_minutes: After how many minutes it ends; null never. Ten days, if absent.
          invite_as: The role of who comes by it. Default: 400.
          stream_ids: The ids of channels that who comes is subscribed to.
          group_ids: The ids of user groups that who comes by it is added to.
          include_realm_default_subscriptions: Whether who comes by it is also subscribed to the default
            channels. Default: False.
          notify_referrer_on_join: Whether you are told when it is taken up. Default: True.

        Raises ApiError with the codes BAD_REQUEST, INVITATION_FAILED.
        """
        return self._call(
            "POST",
            "/invites",
            Empty,
            {
                "invitee_emails": invitee_emails,
                "stream_ids": stream_ids,
                "invite_expires_in_minutes": invite_expires_in_minutes,
                "invite_as": invite_as,
                "group_ids": group_ids,
                "include_realm_default_subscriptions": include_realm_default_subscriptions,
                "notify_referrer_on_join": notify_referrer_on_join,
            },
        )

    def create_invite_link(
        self,
        *,
        invite_expires_in_minutes: int | None | UnsetType = UNSET,
        invite_as: Literal[100, 200, 300, 400, 600] | UnsetType = UNSET,
        stream_ids: list[int] | UnsetType = UNSET,
        group_ids: list[int] | UnsetType = UNSET,
        include_realm_default_subscriptions: bool | UnsetType = UNSET,
    ) -> CreateInviteLinkResult:
        """Make an invitation link.

        Makes a link by which any number of people may come. For those whom the organization's
        `create_multiuse_invite_group` names; to roles above member for administrators.

        Parameters:
          invite_expires_in_minutes: After how many minutes it ends; null never. Ten days, if absent.
          invite_as: The role of who comes by it. Default: 400.
          stream_ids: The ids of channels that who comes is subscribed to.
          group_ids: The ids of user groups that who comes by it is added to.
          include_realm_default_subscriptions: Whether who comes by it is also subscribed to the default
            channels. Default: False.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call(
            "POST",
            "/invites/multiuse",
            CreateInviteLinkResult,
            {
                "invite_expires_in_minutes": invite_expires_in_minutes,
                "invite_as": invite_as,
                "stream_ids": stream_ids,
                "group_ids": group_ids,
                "include_realm_default_subscriptions": include_realm_default_subscriptions,
            },
        )

    def revoke_email_invite(self, *, invite_id: int) -> Empty:
        """Revoke an invitation by mail.

        Ends an invitation. For the one who invited and for administrators.

        Parameters:
          invite_id: The invitation's id.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("DELETE", "/invites/{invite_id}", Empty, {"invite_id": invite_id})

    def revoke_invite_link(self, *, invite_id: int) -> Empty:
        """Revoke an invitation link.

        Ends a link. For the one who made it and for administrators.

        Parameters:
          invite_id: The invitation's id.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("DELETE", "/invites/multiuse/{invite_id}", Empty, {"invite_id": invite_id})

    def resend_email_invite(self, *, invite_id: int) -> Empty:
        """Send an invitation again.

        Sends an invitation again; it lives as long again as it did. For the one who invited and for
        administrators.

        Parameters:
          invite_id: The invitation's id.

        Raises ApiError with the codes BAD_REQUEST.
        """
        return self._call("POST", "/invites/{invite_id}/resend", Empty, {"invite_id": invite_id})

    def get_linkifiers(self) -> GetLinkifiersResult:
        """Get the linkifiers.

        Lists the rules that turn text such as `#123` into links. Where two rules match the same text, the
        one that comes first applies.
        """
        return self._call("GET", "/realm/linkifiers", GetLinkifiersResult, {})

    def add_linkifier(self, *, pattern: str, url_template: str) -> AddLinkifierResult:
        """Add a linkifier.

        Adds a rule that makes links, after those that exist. It holds for messages from now on, and for all
        topics. A match begins after white space, an opening sign or nothing, and no letter or digit follows
        it. For administrators.

        Parameters:
          pattern: A regular expression in RE2's syntax; its named groups go into the URL.
          url_template: An RFC 6570 template that uses each of the pattern's groups.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "POST", "/realm/filters", AddLinkifierResult, {"pattern": pattern, "url_template": url_template}
        )

    def update_linkifier(self, *, filter_id: int, pattern: str, url_template: str) -> Empty:
        """Change a linkifier.

        Replaces a linkifier's pattern and template; its place in the order stays. For administrators.

        Parameters:
          filter_id: The linkifier's id.
          pattern: A regular expression in RE2's syntax; its named groups go into the URL.
          url_template: An RFC 6570 template that uses each of the pattern's groups.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "PATCH",
            "/realm/filters/{filter_id}",
            Empty,
            {"filter_id": filter_id, "pattern": pattern, "url_template": url_template},
        )

    def remove_linkifier(self, *, filter_id: int) -> Empty:
        """Remove a linkifier.

        Removes a rule; messages that were sent keep the links that it made. For administrators.

        Parameters:
          filter_id: The linkifier's id.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("DELETE", "/realm/filters/{filter_id}", Empty, {"filter_id": filter_id})

    def reorder_linkifiers(self, *, ordered_linkifier_ids: list[int]) -> Empty:
        """Reorder the linkifiers.

        Sets the order in which the linkifiers apply. Every one is named, once. For administrators.

        Parameters:
          ordered_linkifier_ids: The ids of all linkifiers, in the order in which they shall apply.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("PATCH", "/realm/linkifiers", Empty, {"ordered_linkifier_ids": ordered_linkifier_ids})

    def add_code_playground(self, *, name: str, pygments_language: str, url_template: str) -> AddCodePlaygroundResult:
        """Add a code playground.

        Adds a site to which clients offer to take code blocks of a language. One language may have several.
        For administrators.

        Parameters:
          name: The name that people are shown.
          pygments_language: The language by its Pygments name, or one that Pygments does not know.
          url_template: An RFC 6570 template whose one variable is `code`.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call(
            "POST",
            "/realm/playgrounds",
            AddCodePlaygroundResult,
            {"name": name, "pygments_language": pygments_language, "url_template": url_template},
        )

    def remove_code_playground(self, *, playground_id: int) -> Empty:
        """Remove a code playground.

        Removes a site where code can be run. For administrators.

        Parameters:
          playground_id: The playground's id.

        Raises ApiError with the codes BAD_REQUEST, UNAUTHORIZED_PRINCIPAL.
        """
        return self._call("DELETE", "/realm/playgrounds/{playground_id}", Empty, {"playground_id": playground_id})
