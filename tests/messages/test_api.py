"""The handlers: what a request's parameters mean, and the shape of answers."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
import pytest
from tests.messages.kit import Desk

from aloha.contract.endpoints.flags import MarkAllAsRead, MarkTopicAsRead, UpdateMessageFlags
from aloha.contract.endpoints.messages import (
    DeleteMessage,
    GetMessage,
    GetMessageHistory,
    GetMessages,
    RenderMessage,
    UpdateMessage,
)
from aloha.contract.endpoints.reactions import AddReaction, RemoveReaction
from aloha.contract.errors import ApiError, MissingParameterError
from aloha_server.api import flags, history, messages, reactions
from aloha_server.api.context import Context, Realm, User
from aloha_server.store import Store, Tx, WriteTx

T = TypeVar("T")


class StoreServices:
    """The store, without threads."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def read(self, realm_id: int, fn: Callable[[Tx], T]) -> T:
        return self.store.read(realm_id, fn)

    async def write(self, realm_id: int, fn: Callable[[WriteTx], T]) -> T:
        return self.store.write(realm_id, fn)


def call(desk: Desk, who: str, handler: Callable[[Context[Any], Any], Awaitable[Any]], params: Any) -> Any:
    """The answer as it travels."""
    context = Context[Any](
        services=StoreServices(desk.store),
        realm=Realm(1, ""),
        account=User(1, desk.ids[who], 400, False, "", ""),
        client="test",
        base_url="",
        idempotency_key=None,
        remote_addr="",
        files={},
    )

    async def run() -> Any:
        return await handler(context, params)

    return json.loads(msgspec.json.encode(asyncio.run(run())))


def test_a_page_of_history(desk: Desk) -> None:
    ids = [desk.send("ann", "general") for _ in range(5)]
    asked = GetMessages(anchor=str(ids[2]), num_before=1, num_after=1, narrow=[("channel", "general")])
    answer = call(desk, "bob", history.get_many, asked)
    messages_of = [message["id"] for message in answer.pop("messages")]
    assert messages_of == ids[1:4]
    assert answer == {
        "last_event_id": desk.head(),
        "anchor": ids[2],
        "found_anchor": True,
        "found_oldest": False,
        "found_newest": False,
        "history_limited": False,
    }


def test_a_message_has_the_fields_of_the_reference(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    direct = desk.write("ann", "bob")
    desk.react("bob", sent, "tada")
    first, second = call(desk, "bob", history.get_many, GetMessages(message_ids=[direct, sent, 999]))["messages"]
    ann, bob = desk.ids["ann"], desk.ids["bob"]
    assert {name: value for name, value in first.items() if "email" not in name and "avatar" not in name} == {
        "id": sent,
        "type": "stream",
        "content": "<p>hi</p>",
        "content_type": "text/html",
        "sender_id": ann,
        "sender_full_name": "Ann",
        "sender_realm_str": "",
        "recipient_id": first["recipient_id"],
        "display_recipient": "general",
        "subject": "lunch",
        "timestamp": first["timestamp"],
        "client": "test",
        "is_me_message": False,
        "reactions": [{"emoji_name": "tada", "emoji_code": "1f389", "reaction_type": "unicode_emoji", "user_id": bob}],
        "submessages": [],
        "topic_links": [],
        "stream_id": desk.stream_id("general"),
        "flags": [],
    }
    assert [person["id"] for person in second["display_recipient"]] == sorted([ann, bob])
    assert (second["type"], second["subject"]) == ("private", "")


def test_without_counts_there_are_no_messages(desk: Desk) -> None:
    answer = call(desk, "bob", history.get_many, GetMessages(anchor="newest"))
    assert (answer["messages"], answer["anchor"]) == ([], 10000000000000000)
    assert (answer["found_anchor"], answer["found_oldest"], answer["found_newest"]) == (False, False, True)


def test_an_anchor_comes_in_one_way(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    near = call(desk, "bob", history.get_many, GetMessages(narrow=[("near", sent)], num_after=1))
    assert near["anchor"] == sent
    unread = call(desk, "bob", history.get_many, GetMessages(use_first_unread_anchor=True))
    assert unread["anchor"] == desk.readers["bob"].unread()[0]
    with pytest.raises(MissingParameterError):
        call(desk, "bob", history.get_many, GetMessages(num_after=1))
    for wrong in (GetMessages(message_ids=[1], anchor="newest"), GetMessages(message_ids=[1] * 5001)):
        with pytest.raises(ApiError):
            call(desk, "bob", history.get_many, wrong)


def test_one_message_with_its_source(desk: Desk) -> None:
    sent = desk.send("ann", "general", content="**hi**")
    answer = call(desk, "bob", history.get_one, GetMessage(message_id=sent, apply_markdown=False))
    assert (answer["message"]["content"], answer["raw_content"]) == ("**hi**", "**hi**")
    with pytest.raises(ApiError, match=r"Invalid message\(s\)"):
        call(desk, "visitor", history.get_one, GetMessage(message_id=sent))


def test_edits_are_rendered_and_kept_as_history(desk: Desk) -> None:
    sent = desk.send("ann", "general", content="soup at noon")
    for edit in (UpdateMessage(message_id=sent, content="soup at **one**"), UpdateMessage(message_id=sent, topic="")):
        assert call(desk, "ann", messages.update, edit) == {"detached_uploads": []}
    asked = GetMessageHistory(message_id=sent)
    first, second, third = call(desk, "bob", messages.get_history, asked)["message_history"]
    assert (first["content"], first["topic"], first["user_id"]) == ("soup at noon", "lunch", desk.ids["ann"])
    assert (second["content"], second["prev_content"]) == ("soup at **one**", "soup at noon")
    assert "highlight_text_inserted" in second["content_html_diff"]
    assert (third["topic"], third["prev_topic"], third["content"]) == ("general chat", "lunch", "soup at **one**")


def test_an_emptied_message_says_so(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    call(desk, "ann", messages.update, UpdateMessage(message_id=sent, content=""))
    assert desk.show("bob", sent)[0].content == "<p>(deleted)</p>"
    call(desk, "ann", messages.delete, DeleteMessage(message_id=sent))
    assert desk.show("bob", sent) == []


def test_a_preview(desk: Desk) -> None:
    assert call(desk, "bob", messages.render, RenderMessage(content="**b**")) == {
        "rendered": "<p><strong>b</strong></p>"
    }


def test_flags(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    answer = call(desk, "bob", flags.update, UpdateMessageFlags(messages=[sent, 999], op="add", flag="read"))
    assert answer == {"messages": [sent, 999], "ignored_because_not_subscribed_channels": []}
    for flag in ("bogus", "mentioned"):
        with pytest.raises(ApiError) as refused:
            call(desk, "bob", flags.update, UpdateMessageFlags(messages=[sent], op="add", flag=flag))
        assert refused.value.code == "BAD_REQUEST"


def test_marking_in_bulk(desk: Desk) -> None:
    desk.skip_readers()
    lunch, empty, dinner = (desk.send("ann", "general", topic) for topic in ("lunch", "", "dinner"))
    general = desk.stream_id("general")
    call(desk, "bob", flags.mark_topic, MarkTopicAsRead(stream_id=general, topic_name="general chat"))
    call(desk, "bob", flags.mark_topic, MarkTopicAsRead(stream_id=general, topic_name="LUNCH"))
    assert {lunch, empty, dinner} & set(desk.readers["bob"].unread()) == {dinner}
    assert call(desk, "bob", flags.mark_all, MarkAllAsRead()) == {"complete": True}
    event = desk.readers["bob"].events()[-1]
    assert {**event, "id": 0} == {
        "id": 0,
        "type": "update_message_flags",
        "op": "add",
        "operation": "add",
        "flag": "read",
        "messages": [],
        "all": True,
    }
    desk.check()


def test_reactions(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    call(desk, "bob", reactions.add, AddReaction(message_id=sent, emoji_name="tada"))
    call(desk, "bob", reactions.remove, RemoveReaction(message_id=sent, emoji_code="1f389"))
    with pytest.raises(ApiError) as refused:
        call(desk, "bob", reactions.remove, RemoveReaction(message_id=sent, emoji_name="tada"))
    assert refused.value.code == "REACTION_DOES_NOT_EXIST"


def test_an_edit_history_may_be_hidden(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    call(desk, "ann", messages.update, UpdateMessage(message_id=sent, content="new", topic="other"))
    sql = "update realm set settings = :settings where realm_id = :realm_id"

    def keep(policy: str) -> None:
        changed = json.dumps({"message_edit_history_visibility_policy": policy})
        desk.store.write(1, lambda tx: tx.execute(sql, settings=changed))

    keep("moves")
    versions = call(desk, "bob", messages.get_history, GetMessageHistory(message_id=sent))["message_history"]
    assert len(versions) == 2
    assert "prev_content" not in versions[1]
    assert versions[0]["content"] == "new"  # the older text is not shown
    keep("none")
    assert not isinstance(desk.show("bob", sent)[0].edit_history, list)
    with pytest.raises(ApiError):
        call(desk, "bob", messages.get_history, GetMessageHistory(message_id=sent))
