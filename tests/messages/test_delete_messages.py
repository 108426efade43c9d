"""Deleting: who may, and what goes with the message."""

import pytest
from tests.messages.kit import Desk

from aloha.contract.errors import ApiError


def test_a_deleted_message_is_gone_for_all(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    desk.react("bob", sent, "tada")
    desk.flag("bob", "add", "starred", sent)
    desk.skip_readers()
    desk.delete("owner", sent)
    [event] = desk.readers["bob"].events()
    assert event == {
        "id": event["id"],
        "type": "delete_message",
        "message_ids": [sent],
        "message_type": "stream",
        "stream_id": desk.stream_id("general"),
        "topic": "lunch",
    }
    [legacy] = desk.readers["legacy"].events()
    assert legacy["message_id"] == sent
    with pytest.raises(ApiError, match=r"Invalid message\(s\)"):
        desk.delete("owner", sent)
    desk.check()


def test_the_newest_id_and_the_conversation_stay(desk: Desk) -> None:
    first, second = desk.write("ann", "bob"), desk.write("ann", "bob")
    desk.delete("ann", second)
    state = desk.readers["bob"].fresh()[0]
    assert state["max_message_id"] == second
    assert state["recent_private_conversations"][0] == {"user_ids": [desk.ids["ann"]], "max_message_id": second}
    desk.delete("ann", first)
    desk.check()


def test_ones_own_for_a_time_any_for_administrators(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    with pytest.raises(ApiError, match="permission"):
        desk.delete("bob", sent)
    age = "update message set sent_at = sent_at - 700 where realm_id = :realm_id"
    desk.store.write(1, lambda tx: tx.execute(age))
    with pytest.raises(ApiError, match="time limit"):
        desk.delete("ann", sent)
    desk.delete("admin", sent)
    own = desk.send("ann", "general")
    desk.delete("ann", own)
    desk.check()


def test_who_starred_it_without_being_subscribed_is_told(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    desk.flag("bob", "add", "starred", sent)
    desk.unsubscribe("bob", "general")
    desk.skip_readers()
    desk.delete("ann", sent)
    assert [event["type"] for event in desk.readers["bob"].events()] == ["delete_message"]
    desk.check()


def test_a_later_subscriber_of_a_protected_history_is_not_told(desk: Desk) -> None:
    sent = desk.send("ann", "secret")
    desk.subscribe("ann", "secret", people=["owner"])
    desk.skip_readers()
    desk.delete("ann", sent)
    assert desk.readers["owner"].events() == []
    desk.check()


def test_a_bots_messages_are_its_owners_to_delete(desk: Desk) -> None:
    sent = desk.send("bot", "general")
    with pytest.raises(ApiError, match="permission"):
        desk.delete("bob", sent)
    desk.delete("ann", sent)
    assert desk.find("bob", ["id", sent]) == []
    desk.check()
