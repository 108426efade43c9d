"""Edits and moves within a stream: who may, what becomes of the message, who is told what."""

from typing import Any

import pytest
from tests.messages.kit import Desk

from aloha.contract.errors import ApiError
from aloha_server.access.realm import realm_settings

SETTINGS = "update realm set settings = :settings where realm_id = :realm_id"
AGE = "update message set sent_at = sent_at - :seconds where realm_id = :realm_id and message_id = :message_id"


def grow_old(desk: Desk, message_id: int, seconds: int) -> None:
    desk.store.write(1, lambda tx: tx.execute(AGE, message_id=message_id, seconds=seconds))


def test_an_edit_tells_old_and_new_text(desk: Desk) -> None:
    sent = desk.send("ann", "general", content="hi")
    desk.skip_readers()
    desk.edit("ann", sent, "hello **you**")
    [event] = desk.readers["bob"].events()
    assert event == {
        "id": event["id"],
        "type": "update_message",
        "user_id": desk.ids["ann"],
        "edit_timestamp": event["edit_timestamp"],
        "message_id": sent,
        "rendering_only": False,
        "orig_content": "hi",
        "orig_rendered_content": "<p>hi</p>",
        "content": "hello **you**",
        "rendered_content": "<p>hello <strong>you</strong></p>",
        "is_me_message": False,
        "stream_name": "general",
        "stream_id": desk.stream_id("general"),
        "message_ids": [sent],
        "flags": [],
    }
    [message] = desk.show("bob", sent)
    assert message.content == "<p>hello <strong>you</strong></p>"
    assert message.last_edit_timestamp == event["edit_timestamp"]
    assert desk.readers["visitor"].events() == []
    desk.check()


def test_an_edit_to_the_same_text_is_none(desk: Desk) -> None:
    sent = desk.send("ann", "general", content="hi")
    head = desk.head()
    desk.edit("ann", sent, "hi", topic="lunch")
    assert desk.head() == head


def test_mentions_follow_the_text_and_nothing_becomes_unread(desk: Desk) -> None:
    bob, owner = desk.ids["bob"], desk.ids["owner"]
    sent = desk.send("ann", "general", content=f"@**Bob|{bob}**")
    desk.flag("owner", "add", "read", sent)
    desk.flag("bob", "add", "starred", sent)
    desk.skip_readers()
    desk.edit("ann", sent, f"@**Owner|{owner}** and @**Visitor|{desk.ids['visitor']}**")
    assert desk.flags("bob", sent) == ["starred"]
    assert desk.flags("owner", sent) == ["read", "mentioned"]
    told = {name: [event["flags"] for event in desk.readers[name].events()] for name in ("bob", "owner", "admin")}
    assert told == {"bob": [["starred"]], "owner": [["read", "mentioned"]], "admin": [[]]}
    desk.check()


def test_only_the_sender_edits_the_text_and_only_for_a_time(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    for who in ("owner", "bob"):
        with pytest.raises(ApiError):
            desk.edit(who, sent, "mine")
    grow_old(desk, sent, 700)
    with pytest.raises(ApiError, match="time limit"):
        desk.edit("ann", sent, "late")
    fresh = desk.send("ann", "general")
    desk.store.write(1, lambda tx: tx.execute(SETTINGS, settings='{"allow_message_editing":false}'))
    with pytest.raises(ApiError, match="turned off"):
        desk.edit("ann", fresh, "never")


def test_what_cannot_be_asked(desk: Desk) -> None:
    sent, direct = desk.send("ann", "general"), desk.write("ann", "bob")
    asked: list[tuple[int, str | None, dict[str, Any]]] = [
        (sent, None, {}),
        (sent, "x", {"stream_id": desk.stream_id("secret")}),
        (sent, "x", {"propagate_mode": "change_all"}),
        (direct, None, {"topic": "x"}),
        (direct, None, {"stream_id": desk.stream_id("general")}),
        (99999, "x", {}),
        (sent, None, {"stream_id": 99999}),
    ]
    for message_id, content, edit in asked:
        with pytest.raises(ApiError):
            desk.edit("ann", message_id, content, **edit)


@pytest.mark.parametrize(("mode", "moved"), [("change_one", [1]), ("change_later", [1, 2]), ("change_all", [0, 1, 2])])
def test_a_move_takes_one_message_or_the_later_or_all(desk: Desk, mode: str, moved: list[int]) -> None:
    ids = [desk.send("ann", "general", topic) for topic in ("lunch", "Lunch", "LUNCH", "dinner")]
    desk.skip_readers()
    desk.edit("bob", ids[1], topic="supper", propagate_mode=mode, notify_new_thread=False)
    [event] = desk.readers["owner"].events()
    assert event["message_ids"] == [ids[place] for place in moved]
    assert (event["orig_subject"], event["subject"], event["propagate_mode"]) == ("Lunch", "supper", mode)
    assert "content" not in event
    assert desk.find("owner", ["topic", "supper"]) == event["message_ids"]
    [shown] = desk.show("owner", ids[1])
    assert shown.last_moved_timestamp == event["edit_timestamp"]
    assert isinstance(shown.edit_history, list)
    desk.check()


def test_text_and_topic_in_one_edit(desk: Desk) -> None:
    first, second = desk.send("ann", "general"), desk.send("ann", "general")
    desk.skip_readers()
    desk.edit("ann", first, "new", topic="other", propagate_mode="change_all", notify_new_thread=False)
    [event] = desk.readers["legacy"].events()
    assert (event["content"], event["subject"], event["message_ids"]) == ("new", "other", [first, second])
    desk.check()


def test_notices_are_left_where_asked(desk: Desk) -> None:
    sent = desk.send("ann", "general", "lunch")
    desk.edit("ann", sent, topic="dinner", propagate_mode="change_all", notify_old_thread=True)
    [_, there] = desk.find("bob", ["topic", "dinner"])
    [here] = desk.find("bob", ["topic", "lunch"])
    [notice] = desk.show("bob", there, apply_markdown=False)
    assert "this topic here from #**general>lunch**" in notice.content
    [notice] = desk.show("bob", here, apply_markdown=False)
    assert "this topic to #**general>dinner**" in notice.content
    assert "read" not in desk.flags("ann", here)
    desk.check()


def test_resolving_is_noted_and_undone_without_trace(desk: Desk) -> None:
    sent = desk.send("ann", "general", "lunch")
    desk.edit("bob", sent, topic="\N{HEAVY CHECK MARK} lunch", propagate_mode="change_all")
    assert len(desk.find("bob", ["is", "resolved"])) == 2
    [shown] = desk.show("bob", sent)
    assert not isinstance(shown.last_moved_timestamp, int)
    desk.check()
    desk.edit("bob", sent, topic="lunch", propagate_mode="change_all")
    assert desk.find("bob", ["topic", "lunch"]) == [sent]
    desk.check()


def test_old_messages_are_moved_by_moderators_and_above(desk: Desk) -> None:
    ids = [desk.send("ann", "general") for _ in range(3)]
    grow_old(desk, ids[0], 8 * 24 * 3600)
    with pytest.raises(ApiError, match="time limit"):
        desk.edit("bob", ids[0], topic="x")
    with pytest.raises(ApiError) as refused:
        desk.edit("bob", ids[1], topic="x", propagate_mode="change_all")
    assert refused.value.code == "MOVE_MESSAGES_TIME_LIMIT_EXCEEDED"
    assert refused.value.fields == {
        "first_message_id_allowed_to_move": ids[1],
        "total_messages_in_topic": 3,
        "total_messages_allowed_to_move": 2,
    }
    desk.edit("admin", ids[1], topic="x", propagate_mode="change_all")
    desk.check()


def test_the_empty_topic_goes_by_a_name_where_clients_cannot_show_it(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    desk.skip_readers()
    desk.edit("ann", sent, topic="", notify_new_thread=False)
    [modern], [legacy] = desk.readers["bob"].events(), desk.readers["legacy"].events()
    assert (modern["subject"], legacy["subject"]) == ("", "general chat")
    assert desk.show("bob", sent)[0].subject == "general chat"
    assert desk.show("bob", sent, allow_empty_topic_name=True)[0].subject == ""
    desk.check()


def test_topics_may_be_required(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    desk.store.write(1, lambda tx: tx.execute(SETTINGS, settings='{"mandatory_topics":true}'))
    assert desk.store.read(1, realm_settings)["mandatory_topics"]
    with pytest.raises(ApiError, match="required"):
        desk.edit("ann", sent, topic="(no topic)")


def test_an_edit_in_a_protected_history_is_told_to_who_can_read_it(desk: Desk) -> None:
    sent = desk.send("ann", "secret")
    desk.subscribe("ann", "secret", people=["owner"])
    later = desk.send("ann", "secret")
    desk.skip_readers()
    desk.edit("ann", sent, "the plan")
    assert desk.readers["owner"].events() == []
    desk.edit("ann", sent, topic="plans", propagate_mode="change_all", notify_new_thread=False)
    [event] = desk.readers["owner"].events()
    assert event["message_ids"] == [later]
    assert event["message_id"] == later
    desk.check()
