"""Who may move what, and for how long; resolving a topic is a right of its own."""

import json
from typing import Any

import pytest
from tests.messages.kit import Desk

from aloha.contract.errors import ApiError

SETTINGS = "update realm set settings = :settings where realm_id = :realm_id"
AGE = "update message set sent_at = sent_at - :seconds where realm_id = :realm_id and message_id = :message_id"
MARK = "\N{HEAVY CHECK MARK} "
HOUR = 3600


def decide(desk: Desk, **settings: Any) -> None:
    """The organization's settings; groups by their names."""
    kept = {
        name: desk.groups.get(value, value) if isinstance(value, str) else value for name, value in settings.items()
    }
    desk.store.write(1, lambda tx: tx.execute(SETTINGS, settings=json.dumps(kept)))


def grow_old(desk: Desk, message_id: int, seconds: int) -> None:
    desk.store.write(1, lambda tx: tx.execute(AGE, message_id=message_id, seconds=seconds))


def test_each_permission_is_asked_for_what_it_is_for(desk: Desk) -> None:
    topics, channels = "can_move_messages_between_topics_group", "can_move_messages_between_channels_group"
    resolve = "can_resolve_topics_group"
    desk.subscribe("owner", "lounge", people=["ann"])
    nobody, lounge = "role:nobody", desk.stream_id("lounge")
    rename, mark, leave = {"topic": "other"}, {"topic": f"{MARK}lunch"}, {"stream_id": lounge}
    cases: list[tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]] = [
        ({topics: nobody}, [rename, {**leave, **rename}], [mark, leave]),
        ({resolve: nobody}, [mark, {**leave, **mark}], [rename, leave]),
        ({channels: nobody}, [leave], [rename, mark]),
        ({channels: "role:administrators"}, [leave], []),
    ]
    for settings, refused, allowed in cases:
        decide(desk, **{channels: "role:members", **settings})
        for edit in refused:
            sent = desk.send("bob", "general")
            head = desk.head()
            with pytest.raises(ApiError, match="permission"):
                desk.edit("ann", sent, **edit)
            assert desk.head() == head
        for edit in allowed:
            sent = desk.send("bob", "general", "lunch")
            desk.edit("ann", sent, **edit)
    desk.check()


def test_time_is_bounded_for_each_way_of_moving(desk: Desk) -> None:
    within, between = "move_messages_within_stream_limit_seconds", "move_messages_between_streams_limit_seconds"
    desk.subscribe("owner", "lounge", people=["ann", "admin"])
    lounge = desk.stream_id("lounge")
    decide(desk, **{within: HOUR, between: 2 * HOUR, "can_move_messages_between_channels_group": "role:members"})

    def old(seconds: int) -> int:
        sent = desk.send("bob", "general", f"{seconds}")
        grow_old(desk, sent, seconds)
        return sent

    desk.edit("ann", old(HOUR + 10), topic="a")  # for requests that set out in time
    for seconds, edit, what in (
        (HOUR + 30, {"topic": "a"}, "topic"),
        (HOUR + 30, {"topic": "a", "stream_id": lounge}, "channel"),
        (2 * HOUR + 30, {"stream_id": lounge}, "channel"),
    ):
        sent = old(seconds)
        with pytest.raises(ApiError, match=f"message's {what} has passed"):
            desk.edit("ann", sent, **edit)
        desk.edit("admin", sent, **edit)
    desk.edit("ann", old(HOUR + 30), stream_id=lounge)
    sent = old(9 * HOUR)
    desk.edit("ann", sent, topic=f"{MARK}{9 * HOUR}")
    assert desk.find("ann", ["is", "resolved"])[0] == sent
    decide(desk, **{within: None})
    desk.edit("ann", sent, topic="whenever")


def test_a_resolved_topic_is_unresolved_whatever_its_length(desk: Desk) -> None:
    for topic in ("lunch", "x" * 60, "y" * 58):
        sent = desk.send("ann", "general", topic)
        desk.edit("bob", sent, topic=f"{MARK}{topic}", propagate_mode="change_all")
        [shown] = desk.show("bob", sent)
        assert len(shown.subject) <= 60
        assert len(desk.find("bob", ["topic", shown.subject])) == 2  # with the notice
        assert not isinstance(shown.last_moved_timestamp, int)
    desk.check()


def test_the_notice_is_news_to_those_who_took_part(desk: Desk) -> None:
    sent = desk.send("ann", "general", "lunch")
    desk.react("guest", sent, "tada")
    desk.start()
    desk.edit("owner", sent, topic=f"{MARK}lunch", propagate_mode="change_all")
    unread = {name: len(reader.unread()) for name, reader in desk.readers.items() if name != "legacy"}
    assert unread == {"owner": 0, "admin": 0, "ann": 1, "bob": 0, "guest": 1, "visitor": 0, "bot": 0}
    desk.check()


def test_a_mark_that_is_taken_back_later_is_noted(desk: Desk) -> None:
    sent = desk.send("ann", "general", "lunch")
    desk.edit("bob", sent, topic=f"{MARK}lunch", propagate_mode="change_all")
    [_, notice] = desk.find("bob", ["topic", f"{MARK}lunch"])
    grow_old(desk, notice, 61)
    desk.edit("bob", sent, topic="lunch", propagate_mode="change_all")
    assert len(desk.find("bob", ["topic", "lunch"])) == 3
    assert desk.find("bob", ["is", "resolved"]) == []
    desk.check()


def test_to_rename_and_mark_at_once_is_a_move(desk: Desk) -> None:
    sent = desk.send("ann", "general", "lunch")
    desk.edit("bob", sent, topic=f"{MARK}dinner", propagate_mode="change_all")
    [_, notice] = desk.find("bob", ["is", "resolved"])
    [shown] = desk.show("bob", notice)
    assert "here from" in shown.content
    desk.check()
