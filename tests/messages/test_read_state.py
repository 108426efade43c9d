"""What is unread, and its flags."""

from typing import Any

import pytest
from tests.messages.kit import Desk

from aloha_server.access.read_state import (
    FLOOR_STEP,
    load_marks,
    mark_all_read,
    mark_read,
    mark_unread,
    raise_floor,
    unread_ids,
)
from aloha_server.access.users import User
from aloha_server.actions.flags import update_flags
from aloha_server.store import WriteTx
from aloha_server.store.tx import Cursor


def test_a_message_is_unread_for_all_who_receive_it_but_the_sender(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    assert sent in desk.readers["bob"].unread()
    assert sent not in desk.readers["ann"].unread()
    assert sent not in desk.readers["visitor"].unread()
    desk.check()


def test_direct_messages_are_unread_by_conversation(desk: Desk) -> None:
    alone, pair, group = desk.write("bob", "bob"), desk.write("ann", "bob"), desk.write("ann", "bob", "owner")
    desk.flag("bob", "remove", "read", alone)
    unread = desk.readers["bob"].fresh()[0]["unread_msgs"]
    bob, ann, owner = (desk.ids[name] for name in ("bob", "ann", "owner"))
    assert [(item["other_user_id"], item["unread_message_ids"]) for item in unread["pms"]] == sorted(
        [(bob, [alone]), (ann, [pair])]
    )
    key = ",".join(map(str, sorted([bob, ann, owner])))
    assert unread["huddles"] == [{"user_ids_string": key, "unread_message_ids": [group]}]
    desk.check()


def test_who_leaves_a_stream_has_nothing_unread_there_and_does_not_get_it_back(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    desk.unsubscribe("bob", "general")
    assert sent not in desk.readers["bob"].unread()
    desk.check()
    desk.subscribe("bob", "general")
    assert sent not in desk.readers["bob"].unread()
    assert desk.flags("bob", sent) == ["read"]
    later = desk.send("ann", "general")
    assert later in desk.readers["bob"].unread()
    desk.check()


def test_reading_and_unreading(desk: Desk) -> None:
    ids = [desk.send("ann", "general") for _ in range(3)]
    desk.flag("bob", "add", "read", *ids)
    assert not set(ids) & set(desk.readers["bob"].unread())
    desk.check()
    desk.flag("bob", "remove", "read", ids[1])
    assert ids[1] in desk.readers["bob"].unread()
    assert desk.flags("bob", ids[0]) == ["read"]
    assert desk.flags("bob", ids[1]) == []
    desk.check()


def test_nothing_is_told_where_nothing_changes(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    desk.flag("bob", "add", "read", sent)
    head = desk.head()
    desk.flag("bob", "add", "read", sent, 99999)
    desk.flag("bob", "remove", "starred", sent)
    assert desk.head() == head


def test_unread_again_below_the_floor_of_mark_all(desk: Desk) -> None:
    ids = [desk.send("ann", "general") for _ in range(4)]
    bob = desk.ids["bob"]
    assert desk.store.write(1, lambda tx: mark_all_read(tx, bob))
    assert not desk.store.write(1, lambda tx: mark_all_read(tx, bob))
    assert desk.store.write(1, lambda tx: mark_unread(tx, bob, [ids[1]])) == [ids[1]]
    assert desk.readers["bob"].unread() == [ids[1]]
    assert desk.store.write(1, lambda tx: mark_read(tx, bob, ids)) == [ids[1]]
    assert desk.readers["bob"].unread() == []


def test_unread_again_across_blocks_of_marks(desk: Desk) -> None:
    """Ids far apart: the floor falls through several blocks, of which all stay read but one id."""
    first = desk.send("ann", "general")
    desk.store.write(1, lambda tx: setattr(tx, "last_message_id", 200_000))
    last = desk.send("ann", "general")
    assert last == 200_001
    bob = desk.ids["bob"]
    desk.store.write(1, lambda tx: mark_all_read(tx, bob))
    desk.store.write(1, lambda tx: mark_unread(tx, bob, [first]))
    marks = desk.store.read(1, lambda tx: load_marks(tx, bob))
    assert marks.floor == first - 1
    assert sorted(marks.blocks) == [0, 1, 2, 3]
    assert all(id_ in marks for id_ in (first + 1, 65_535, 65_536, 131_072, 200_000, last))
    assert first not in marks
    assert last + 1 not in marks


def test_the_floor_rises_to_the_oldest_unread_message(desk: Desk) -> None:
    oldest = desk.send("ann", "general")
    desk.store.write(1, lambda tx: setattr(tx, "last_message_id", 3 * FLOOR_STEP))
    desk.send("ann", "general")
    bob = desk.ids["bob"]
    desk.store.write(1, lambda tx: mark_read(tx, bob, [i for i in range(oldest) if i]))
    desk.store.write(1, lambda tx: raise_floor(tx, bob))
    assert desk.store.read(1, lambda tx: load_marks(tx, bob)).floor == oldest - 1
    desk.store.write(1, lambda tx: mark_read(tx, bob, [oldest]))
    for _ in range(4):
        desk.store.write(1, lambda tx: raise_floor(tx, bob))
    assert desk.store.read(1, lambda tx: load_marks(tx, bob)).floor == 3 * FLOOR_STEP
    assert desk.store.read(1, lambda tx: unread_ids(tx, bob)) == ([3 * FLOOR_STEP + 1], False)


def test_messages_of_a_stream_that_is_not_subscribed_cannot_become_unread(desk: Desk) -> None:
    desk.subscribe("owner", "open")
    sent = desk.send("owner", "open")
    assert desk.flag("bob", "remove", "read", sent) == [desk.stream_id("open")]
    assert desk.flags("bob", sent) == ["read", "historical"]


def test_marks_of_ten_thousand_messages_take_few_statements(desk: Desk) -> None:
    ids = [desk.send("ann", "general") for _ in range(20)]
    statements: list[str] = []

    def mark(tx: WriteTx, actor: User) -> None:
        run = tx._run

        def count(sql: str, parameters: dict[str, Any]) -> Cursor:
            statements.append(sql)
            return run(sql, parameters)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tx, "_run", count)
            update_flags(tx, actor, [*ids, *range(10**6, 10**6 + 10_000)], "add", "read")

    desk.act("bob", mark)
    assert len(statements) < 12


def test_an_edit_that_mentions_somebody_leaves_it_unread_or_read_as_it_was(desk: Desk) -> None:
    unread, read = desk.send("ann", "general"), desk.send("ann", "general")
    desk.flag("bob", "add", "read", read)
    desk.check()
    for message_id in (unread, read):
        desk.edit("ann", message_id, f"@**Bob|{desk.ids['bob']}** look")
    desk.check()
    assert desk.readers["bob"].fresh()[0]["unread_msgs"]["mentions"] == [unread]
    assert desk.flags("bob", read) == ["read", "mentioned"]
    desk.edit("ann", unread, "never mind")
    desk.check()
    assert desk.readers["bob"].fresh()[0]["unread_msgs"]["mentions"] == []
    assert unread in desk.readers["bob"].unread()


def test_becoming_unread_tells_where_each_message_belongs(desk: Desk) -> None:
    sent = desk.send("ann", "general", "lunch", f"@**Bob|{desk.ids['bob']}**")
    direct = desk.write("ann", "bob")
    desk.flag("bob", "add", "read", sent, direct)
    desk.skip_readers()
    desk.flag("bob", "remove", "read", sent, direct)
    [event] = desk.readers["bob"].events()
    assert (event["op"], event["messages"]) == ("remove", [sent, direct])
    assert event["message_details"] == {
        str(sent): {
            "type": "stream",
            "stream_id": desk.stream_id("general"),
            "topic": "lunch",
            "unmuted_stream_msg": True,
            "mentioned": True,
        },
        str(direct): {"type": "private", "user_ids": [desk.ids["ann"]]},
    }
    desk.check()


def test_moving_a_topic_changes_nothing_that_was_read_or_unread(desk: Desk) -> None:
    desk.subscribe("owner", "kitchen", people=["owner", "bob", "admin"])
    read, unread = desk.send("ann", "general", "lunch"), desk.send("ann", "general", "lunch")
    desk.flag("bob", "add", "read", read)
    desk.edit("owner", read, topic="dinner", propagate_mode="change_all", notify_new_thread=False)
    assert {read, unread} & set(desk.readers["bob"].unread()) == {unread}
    desk.check()
    later = desk.send("ann", "general", "dinner")
    desk.edit(
        "owner",
        read,
        stream_id=desk.stream_id("kitchen"),
        propagate_mode="change_all",
        notify_new_thread=False,
        notify_old_thread=False,
    )
    assert {read, unread, later} & set(desk.readers["bob"].unread()) == {unread, later}
    assert not {read, unread, later} & set(desk.readers["guest"].unread())
    desk.check()
