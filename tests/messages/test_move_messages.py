"""Moves between streams: nobody learns what they may not, and everybody's copy stays true."""

from typing import Any

import pytest
from tests.messages.kit import Desk

from aloha.contract.errors import ApiError


def move(desk: Desk, who: str, message_id: int, stream: str, **more: Any) -> None:
    desk.edit(who, message_id, stream_id=desk.stream_id(stream), notify_new_thread=False, **more)


def test_who_reads_both_keeps_what_is_unread(desk: Desk) -> None:
    desk.subscribe("owner", "lounge", people=["owner", "bob"])
    desk.start()
    sent = desk.send("owner", "general")
    desk.skip_readers()
    move(desk, "owner", sent, "lounge", topic="sofa")
    [event] = desk.readers["bob"].events()
    assert event["type"] == "update_message"
    assert (event["stream_id"], event["new_stream_id"]) == (desk.stream_id("general"), desk.stream_id("lounge"))
    assert (event["orig_subject"], event["subject"]) == ("lunch", "sofa")
    assert desk.readers["bob"].unread() == [sent]
    assert desk.readers["ann"].unread() == []  # can read it there, but is not subscribed
    assert desk.show("bob", sent)[0].display_recipient == "lounge"
    desk.check()


def test_who_cannot_read_the_new_stream_loses_the_message_and_learns_nothing(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    desk.flag("guest", "add", "starred", sent)
    desk.skip_readers()
    move(desk, "ann", sent, "secret", topic="plot")
    for name in ("guest", "owner"):
        events = [event for event in desk.readers[name].events() if event["type"] != "stream"]
        assert [event["type"] for event in events] == ["delete_message"]
        assert events[0]["stream_id"] == desk.stream_id("general")
        assert "plot" not in str(events)
    assert desk.readers["guest"].fresh()[0]["starred_messages"] == []
    assert desk.show("owner", sent) == []
    desk.check()


def test_who_gains_a_message_learns_nothing_of_where_it_was(desk: Desk) -> None:
    sent = desk.send("ann", "secret", "plot")
    desk.skip_readers()
    move(desk, "ann", sent, "general")
    [event] = [event for event in desk.readers["owner"].events() if event["type"] == "update_message"]
    assert event["stream_id"] == desk.stream_id("general")
    assert str(desk.stream_id("secret")) not in str(event.get("stream_id"))
    assert not {"orig_subject", "subject", "new_stream_id", "content", "propagate_mode"} & event.keys()
    assert event["message_ids"] == [sent]
    assert desk.flags("owner", sent) == ["read"]
    [shown] = desk.show("owner", sent)
    assert not isinstance(shown.edit_history, list)
    assert isinstance(desk.show("bob", sent)[0].edit_history, list)
    desk.check()


def test_who_came_later_to_the_new_stream_has_it_read(desk: Desk) -> None:
    desk.subscribe("owner", "lounge")
    desk.start()
    sent = desk.send("ann", "general")
    desk.subscribe("bob", "lounge")
    move(desk, "owner", sent, "lounge")
    told = desk.readers["bob"].events()
    assert [event["type"] for event in told if event["type"].startswith("update")] == [
        "update_message_flags",
        "update_message",
    ]
    assert desk.readers["bob"].unread() == []
    assert desk.flags("bob", sent) == ["read", "historical"]
    desk.check()


def test_a_protected_history_takes_a_message_from_who_came_later(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    desk.subscribe("ann", "secret", people=["owner"])
    desk.skip_readers()
    move(desk, "ann", sent, "secret")
    assert "delete_message" in [event["type"] for event in desk.readers["owner"].events()]
    assert desk.show("owner", sent) == []
    assert desk.find("bob", ["channel", "secret"])[-1] == sent
    desk.check()


def test_a_notice_does_not_name_a_channel_that_its_readers_do_not_know(desk: Desk) -> None:
    sent, back = desk.send("ann", "general"), desk.send("ann", "general", "other")
    desk.edit("ann", sent, stream_id=desk.stream_id("secret"), notify_old_thread=True)
    [notice] = desk.find("guest", ["topic", "lunch"])
    [shown] = desk.show("guest", notice)
    assert "another channel" in shown.content
    assert "secret" not in shown.content
    moved = desk.find("bob", ["channel", "secret"])
    assert any("general" in message.content for message in desk.show("bob", *moved))
    assert desk.find("guest", ["topic", "other"]) == [back]
    desk.check()


def test_moving_takes_the_right_to_and_access_to_both(desk: Desk) -> None:
    sent = desk.send("bob", "general")
    desk.subscribe("owner", "lobby", people=["owner", "guest"])
    with pytest.raises(ApiError, match="permission"):
        move(desk, "guest", sent, "lobby")
    with pytest.raises(ApiError):
        move(desk, "owner", sent, "secret")
    hidden = desk.send("bob", "secret")
    with pytest.raises(ApiError, match=r"Invalid message\(s\)"):
        move(desk, "owner", hidden, "general")


def test_the_first_message_of_both_streams_is_kept_true(desk: Desk) -> None:
    desk.subscribe("owner", "lounge")
    [first] = desk.find("owner", ["channel", "lounge"])[:1]
    sent = desk.send("owner", "general")
    desk.skip_readers()
    move(desk, "owner", first, "general")
    updates = [event for event in desk.readers["ann"].events() if event.get("property") == "first_message_id"]
    assert [(event["name"], event["value"]) for event in updates] == [("lounge", None)]
    desk.delete("owner", sent)
    desk.check()
