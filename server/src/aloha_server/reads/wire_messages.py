"""Messages of the history as the wire shows them to one reader.

A constant number of queries, however many messages. Somebody whom the reader may not see (a guest who sees only
some people) has no name and no address here; what a message was before it came to where the reader can read it is
not part of its edit history.
"""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from aloha.contract.objects import (
    DisplayRecipientUser,
    EditHistoryEntry,
    FetchedMessage,
    Reaction,
    Submessage,
)

from ..access.avatars import avatar_url, is_gravatar
from ..access.linkifiers import TopicLinks
from ..access.messages import Message, people_of, readable_stream_ids
from ..access.read_state import flags_for
from ..access.realm import load_realm, realm_settings
from ..access.users import User, hidden_email, load_users, shown_email
from ..access.visibility import visible_user_ids
from ..events.adapt import EMPTY_TOPIC_NAME
from ..store import Tx

UNKNOWN_NAME = "Unknown user"
REACTIONS = """
    select message_id, emoji_name, emoji_code, reaction_type, user_id from reaction
    where realm_id = :realm_id and message_id = any(:message_ids) order by message_id, reaction_id
"""
SUBMESSAGES = """
    select submessage_id, message_id, sender_id, msg_type, content from submessage
    where realm_id = :realm_id and message_id = any(:message_ids) order by message_id, submessage_id
"""
STREAM_NAMES = "select stream_id, name from stream where realm_id = :realm_id and stream_id = any(:stream_ids)"


class ShowAs(msgspec.Struct, frozen=True, kw_only=True):
    """What the client asked for."""

    apply_markdown: bool = True
    client_gravatar: bool = False
    allow_empty_topic_name: bool = False

    def topic(self, topic: str) -> str:
        return topic if topic or self.allow_empty_topic_name else EMPTY_TOPIC_NAME


def show_messages(tx: Tx, viewer: User, messages: list[Message], show_as: ShowAs) -> list[FetchedMessage]:
    """In the same order."""
    if not messages:
        return []
    shower = _Shower(tx, viewer, messages, show_as)
    return [shower.show(message) for message in messages]


def visible_history(
    history: list[dict[str, Any]], policy: str, readable: set[int], show_as: ShowAs
) -> list[dict[str, Any]]:
    """As much of an edit history, newest first, as the organization shows and as happened where its reader reads."""
    shown: list[dict[str, Any]] = []
    for entry in history if policy != "none" else ():
        if "prev_stream" in entry and entry["prev_stream"] not in readable:
            break
        if policy == "moves":
            entry = {name: value for name, value in entry.items() if not name.startswith(CONTENT_FIELDS)}
            if "prev_topic" not in entry and "prev_stream" not in entry:
                continue
        topics: dict[str, Any] = {name: show_as.topic(entry[name]) for name in ("topic", "prev_topic") if name in entry}
        shown.append({**entry, **topics})
    return shown


CONTENT_FIELDS = ("prev_content", "prev_rendered_content")


class _Shower:
    def __init__(self, tx: Tx, viewer: User, messages: list[Message], show_as: ShowAs) -> None:
        self._show_as = show_as
        self._realm = load_realm(tx)
        self._policy = str(realm_settings(tx, self._realm)["message_edit_history_visibility_policy"])
        ids = [message.message_id for message in messages]
        stream_ids = sorted({message.stream_id for message in messages if message.stream_id is not None})
        self._stream_names: dict[int, str] = dict(tx.rows(STREAM_NAMES, stream_ids=stream_ids)) if stream_ids else {}
        self._people = people_of(tx, {message.recipient_id for message in messages if message.stream_id is None})
        named = {message.sender_id for message in messages}.union(*self._people.values())
        self._users = load_users(tx, named)
        self._visible = visible_user_ids(tx, viewer)
        self._flags = flags_for(tx, viewer.user_id, messages)
        self._reactions: dict[int, list[Reaction]] = {}
        for message_id, name, code, kind, user_id in tx.rows(REACTIONS, message_ids=ids):
            reaction = Reaction(emoji_name=name, emoji_code=code, reaction_type=kind, user_id=user_id)
            self._reactions.setdefault(message_id, []).append(reaction)
        self._submessages: dict[int, list[Submessage]] = {}
        for id_, message_id, sender_id, kind, content in tx.rows(SUBMESSAGES, message_ids=ids):
            step = Submessage(id=id_, message_id=message_id, sender_id=sender_id, msg_type=kind, content=content)
            self._submessages.setdefault(message_id, []).append(step)
        self._histories = {
            message.message_id: message.edit_history for message in messages if message.edit_history_json
        }
        moved_from = {
            entry["prev_stream"] for history in self._histories.values() for entry in history if "prev_stream" in entry
        }
        self._topic_links = TopicLinks(tx)
        self._readable = readable_stream_ids(tx, viewer, moved_from)

    def show(self, message: Message) -> FetchedMessage:
        in_stream = message.stream_id is not None
        name, email, avatar = self._person(message.sender_id)
        return FetchedMessage(
            id=message.message_id,
            type="stream" if in_stream else "private",
            content=message.rendered if self._show_as.apply_markdown else message.content,
            content_type="text/html" if self._show_as.apply_markdown else "text/x-markdown",
            sender_id=message.sender_id,
            sender_full_name=name,
            sender_email=email,
            sender_realm_str=self._realm.host,
            recipient_id=message.recipient_id,
            display_recipient=self._recipient(message),
            subject=self._show_as.topic(message.topic) if in_stream else "",
            timestamp=message.sent_at,
            client=message.client,
            avatar_url=avatar,
            is_me_message=bool(message.is_me),
            reactions=self._reactions.get(message.message_id, []),
            submessages=self._submessages.get(message.message_id, []),
            topic_links=self._topic_links.of(message.topic),
            stream_id=UNSET if message.stream_id is None else message.stream_id,
            last_edit_timestamp=UNSET if message.edited_at is None else message.edited_at,
            last_moved_timestamp=UNSET if message.moved_at is None else message.moved_at,
            edit_history=self._history(message),
            flags=self._flags[message.message_id],
        )

    def _person(self, user_id: int) -> tuple[str, str, str | None]:
        """Name, address and picture."""
        user = self._users[user_id]
        if self._visible is not None and user_id not in self._visible:
            return UNKNOWN_NAME, hidden_email(user_id, self._realm), None
        no_avatar = self._show_as.client_gravatar and is_gravatar(user, self._realm)
        return user.full_name, shown_email(user, self._realm), None if no_avatar else avatar_url(user, self._realm)

    def _recipient(self, message: Message) -> str | list[DisplayRecipientUser]:
        if message.stream_id is not None:
            return self._stream_names[message.stream_id]
        shown = []
        for user_id in self._people[message.recipient_id]:
            name, email, _ = self._person(user_id)
            shown.append(DisplayRecipientUser(id=user_id, email=email, full_name=name, is_mirror_dummy=False))
        return shown

    def _history(self, message: Message) -> list[EditHistoryEntry] | UnsetType:
        history = self._histories.get(message.message_id)
        if history is None:
            return UNSET
        shown = visible_history(history, self._policy, self._readable, self._show_as)
        return msgspec.convert(shown, list[EditHistoryEntry]) if shown else UNSET
