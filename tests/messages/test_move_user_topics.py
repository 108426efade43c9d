"""Choices move with their topic."""

import pytest
from tests.messages.kit import Desk

from aloha_server.access.user_topics import Visibility

OFF = {"automatically_follow_topics_policy": 4}


def test_they_go_with_a_whole_topic_and_are_told_before_the_move(desk: Desk) -> None:
    desk.prefer("ann", **OFF)
    sent = desk.send("ann", "general", "lunch")
    desk.choose("bob", "general", "lunch", Visibility.FOLLOWED)
    desk.choose("guest", "general", "Lunch", Visibility.MUTED)
    desk.skip_readers()
    desk.edit("ann", sent, topic="dinner", notify_new_thread=False)
    events = desk.readers["bob"].events()
    assert [event["type"] for event in events] == ["user_topic", "muted_topics", "user_topic", "update_message"]
    assert [event.get("visibility_policy") for event in events] == [0, None, 3, None]
    assert desk.readers["bob"].topics() == {"dinner": 3}
    assert desk.readers["guest"].topics() == {"dinner": 1}
    assert [event["type"] for event in desk.readers["owner"].events()] == ["update_message"]
    desk.edit("ann", sent, topic="\N{HEAVY CHECK MARK} dinner")
    assert desk.readers["bob"].topics() == {"\N{HEAVY CHECK MARK} dinner": 3}
    desk.check()


@pytest.mark.parametrize(
    ("mode", "place", "moves"), [("change_one", 1, False), ("change_later", 1, False), ("change_later", 0, True)]
)
def test_they_stay_where_something_stays(desk: Desk, mode: str, place: int, moves: bool) -> None:
    sent = [desk.send("ann", "general", "lunch"), desk.send("ann", "general", "lunch")]
    desk.choose("bob", "general", "lunch", Visibility.FOLLOWED)
    desk.edit("ann", sent[place], topic="dinner", propagate_mode=mode, notify_new_thread=False)
    assert desk.readers["bob"].topics() == {("dinner" if moves else "lunch"): 3}
    desk.edit("ann", sent[place], topic="Dinner" if moves else "lunch", propagate_mode="change_all")
    assert list(desk.readers["bob"].topics().values()) == [3]  # another case of letters is the same topic
    desk.check()


@pytest.mark.parametrize(
    ("before", "there", "after"),
    [(1, 0, 0), (0, 1, 0), (1, 1, 1), (2, 1, 2), (1, 3, 3), (3, 0, 3), (2, 3, 3), (0, 2, 2)],
)
def test_of_two_the_more_visible_stays(desk: Desk, before: int, there: int, after: int) -> None:
    sent = desk.send("ann", "general", "one")
    desk.send("ann", "general", "two")
    desk.choose("bob", "general", "one", before)
    desk.choose("bob", "general", "two", there)
    desk.edit("ann", sent, topic="two", propagate_mode="change_all", notify_new_thread=False)
    assert desk.readers["bob"].topics() == ({"two": after} if after else {})
    desk.check()


def test_an_empty_topic_has_no_say(desk: Desk) -> None:
    sent = desk.send("ann", "general", "one")
    desk.choose("bob", "general", "two", Visibility.FOLLOWED)
    desk.choose("owner", "general", "one", Visibility.MUTED)
    desk.choose("owner", "general", "two", Visibility.FOLLOWED)
    desk.edit("ann", sent, topic="two", propagate_mode="change_all", notify_new_thread=False)
    assert (desk.readers["bob"].topics(), desk.readers["owner"].topics()) == ({}, {"two": 1})
    desk.check()


def test_who_cannot_read_the_new_stream_loses_them(desk: Desk) -> None:
    sent = desk.send("ann", "general", "plot")
    for who in ("bob", "owner", "guest"):
        desk.choose(who, "general", "plot", Visibility.FOLLOWED)
    desk.skip_readers()
    desk.edit("ann", sent, stream_id=desk.stream_id("secret"), notify_new_thread=False)
    secret = desk.stream_id("secret")
    for who in ("owner", "guest"):
        assert str(secret) not in str([event.get("stream_id") for event in desk.readers[who].events()])
        assert desk.readers[who].topics() == {}
    [topic] = desk.readers["bob"].fresh()[0]["user_topics"]
    assert (topic["stream_id"], topic["visibility_policy"]) == (secret, 3)
    desk.check()
