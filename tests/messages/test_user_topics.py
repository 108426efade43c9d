"""What people choose for topics: who is told, in which form, and what lists and narrows make of it."""

from functools import partial

import pytest
from tests.messages.kit import Desk, Reader

from aloha.contract.errors import ApiError
from aloha.contract.register import ClientCapabilities
from aloha_server.access import user_topics as rows
from aloha_server.access.user_topics import Visibility
from aloha_server.actions.user_topics import set_user_topic


def told(reader: Reader) -> list[tuple[str, object]]:
    return [
        (event["type"], event["muted_topics"] if event["type"] == "muted_topics" else event["visibility_policy"])
        for event in reader.events()
        if event["type"] in ("muted_topics", "user_topic")
    ]


def test_a_choice_is_told_to_its_owner_twice_and_to_nobody_else(desk: Desk) -> None:
    desk.skip_readers()
    desk.choose("bob", "general", "Lunch", Visibility.MUTED)
    [muted, chosen] = desk.readers["bob"].events()
    assert chosen == {
        "id": chosen["id"],
        "type": "user_topic",
        "stream_id": desk.stream_id("general"),
        "topic_name": "Lunch",
        "last_updated": chosen["last_updated"],
        "visibility_policy": 1,
    }
    assert muted["muted_topics"] == [["general", "Lunch", chosen["last_updated"]]]
    assert told(desk.readers["ann"]) == []
    desk.choose("bob", "general", "lunch", Visibility.FOLLOWED)
    assert told(desk.readers["bob"]) == [("muted_topics", []), ("user_topic", 3)]
    head = desk.head()
    desk.choose("bob", "general", "LUNCH", Visibility.FOLLOWED)
    assert desk.head() == head
    desk.choose("bob", "general", "LUNCH", Visibility.INHERIT)
    assert told(desk.readers["bob"]) == [("muted_topics", []), ("user_topic", 0)]
    assert desk.readers["bob"].topics() == {}
    desk.check()


def test_the_empty_topic_has_a_name_for_who_cannot_show_it(desk: Desk) -> None:
    desk.skip_readers()
    desk.choose("bob", "general", "", Visibility.MUTED)
    modern, legacy = desk.readers["bob"].events(), desk.readers["legacy"].events()
    assert [modern[0]["muted_topics"][0][1], modern[1]["topic_name"]] == ["", ""]
    assert [legacy[0]["muted_topics"][0][1], legacy[1]["topic_name"]] == ["general chat", "general chat"]
    assert desk.readers["legacy"].topics() == {"general chat": 1}
    desk.check()


def test_who_asks_for_the_new_event_by_name_is_spared_the_old_one(desk: Desk) -> None:
    reader = Reader(desk, desk.ids["bob"], ClientCapabilities())
    reader.queue.event_types = frozenset({"user_topic", "muted_topics"})
    desk.choose("bob", "general", "lunch", Visibility.MUTED)
    assert told(reader) == [("user_topic", 1)]


def test_a_stream_that_one_may_not_know_of_is_no_place_for_a_choice(desk: Desk) -> None:
    head = desk.head()
    for who, where in (("guest", desk.stream_id("secret")), ("visitor", desk.stream_id("general")), ("bob", 99999)):
        for policy in Visibility:
            choose = partial(set_user_topic, where=where, topic="x", policy=policy)
            with pytest.raises(ApiError, match="Invalid channel ID"):
                desk.act(who, choose)
    assert desk.head() == head


def test_who_loses_sight_of_a_stream_loses_what_they_chose_in_it(desk: Desk) -> None:
    desk.choose("guest", "general", "lunch", Visibility.MUTED)
    desk.choose("bob", "general", "lunch", Visibility.MUTED)
    desk.skip_readers()
    desk.unsubscribe("owner", "general", people=["guest", "bob"])
    assert [type_ for type_, _ in told(desk.readers["guest"])] == ["muted_topics", "user_topic"]
    assert told(desk.readers["bob"]) == []
    assert (desk.readers["guest"].topics(), desk.readers["bob"].topics()) == ({}, {"lunch": 1})
    desk.update("owner", "general", new_name="renamed")
    desk.check()
    assert desk.readers["bob"].state["muted_topics"][0][0] == "renamed"


def test_choices_are_bounded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "TOPICS_MAX", 2)
    desk.choose("bob", "general", "a", Visibility.MUTED)
    desk.choose("bob", "general", "b", Visibility.MUTED)
    with pytest.raises(ApiError, match="At most"):
        desk.choose("bob", "general", "c", Visibility.MUTED)
    desk.choose("bob", "general", "b", Visibility.FOLLOWED)
    desk.send("ann", "general", "c", f"@**Bob|{desk.ids['bob']}**")
    assert desk.readers["bob"].topics() == {"a": 1, "b": 3}


def test_narrows_know_what_is_muted_and_followed(desk: Desk) -> None:
    for who in ("bob", "ann"):
        desk.prefer(who, automatically_follow_topics_policy=4, automatically_unmute_topics_in_muted_streams_policy=4)
    desk.subscribe("owner", "noise", people=["bob"])
    start = desk.send("ann", "general", "plain")
    sent = {topic: desk.send("ann", "general", topic) for topic in ("muted", "followed")}
    loud = {topic: desk.send("owner", "noise", topic) for topic in ("dull", "unmuted", "hot", "worse")}
    direct = desk.write("ann", "bob")
    desk.act("bob", lambda tx, actor: tx.execute(MUTE, user_id=actor.user_id, stream_id=desk.stream_id("noise")))
    desk.choose("bob", "general", "Muted", Visibility.MUTED)
    desk.choose("bob", "general", "followed", Visibility.FOLLOWED)
    desk.choose("bob", "noise", "unmuted", Visibility.UNMUTED)
    desk.choose("bob", "noise", "hot", Visibility.FOLLOWED)
    desk.choose("bob", "noise", "worse", Visibility.MUTED)

    def find(*terms: object) -> set[int]:
        return {message_id for message_id in desk.find("bob", *terms) if message_id >= start}

    muted = {sent["muted"], loud["dull"], loud["worse"]}
    everything = {start, *sent.values(), *loud.values(), direct}
    assert find(["is", "followed"]) == {sent["followed"], loud["hot"]}
    assert find(["is", "muted"]) == muted
    assert find({"operator": "is", "operand": "muted", "negated": True}) == everything - muted
    assert find(["in", "home"]) == everything - muted
    assert find(["in", "home"], ["channel", "noise"]) == set(loud.values()) - {loud["worse"]}
    assert desk.find("ann", ["is", "followed"]) == []
    desk.flag("bob", "remove", "read", sent["muted"])
    desk.skip_readers()
    desk.flag("bob", "add", "read", *everything)
    desk.flag("bob", "remove", "read", *everything)
    [event] = [event for event in desk.readers["bob"].events() if event.get("op") == "remove"]
    details = event["message_details"]
    assert {int(id_) for id_, detail in details.items() if not detail.get("unmuted_stream_msg", True)} == muted


MUTE = """
    update subscription set is_muted = 1
    where realm_id = :realm_id and user_id = :user_id and stream_id = :stream_id
"""
