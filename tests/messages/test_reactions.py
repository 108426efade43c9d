"""Reactions: which emoji, who hears of them, and what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.messages.kit import Desk

from aloha.contract.errors import ApiError
from aloha_server.actions import reactions as actions
from aloha_server.store import Store, WriteTx

EMOJI = """
    insert into realm_emoji (realm_id, emoji_id, name, file_name, author_id, is_active, image, image_type)
    values (:realm_id, 3, 'smile', 'x.png', null, 1, :image, 'image/png')
"""


def reactions(desk: Desk, message_id: int) -> list[tuple[str, str, str, int]]:
    [message] = desk.show("owner", message_id)
    return [(item.emoji_name, item.emoji_code, item.reaction_type, item.user_id) for item in message.reactions]


def test_a_reaction_reaches_the_subscribers(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    desk.skip_readers()
    desk.react("bob", sent, "thumbs_up")
    bob = desk.ids["bob"]
    [event] = desk.readers["guest"].events()
    assert event == {
        "id": event["id"],
        "type": "reaction",
        "op": "add",
        "user_id": bob,
        "user": {"user_id": bob, "email": event["user"]["email"], "full_name": "Bob"},
        "message_id": sent,
        "emoji_name": "thumbs_up",
        "emoji_code": "1f44d",
        "reaction_type": "unicode_emoji",
    }
    assert desk.readers["visitor"].events() == []
    assert reactions(desk, sent) == [("thumbs_up", "1f44d", "unicode_emoji", bob)]


def test_a_reaction_is_there_once(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    desk.react("bob", sent, "thumbs_up")
    head = desk.head()
    for name in ("thumbs_up", "+1"):
        with pytest.raises(ApiError) as refused:
            desk.react("bob", sent, name)
        assert refused.value.code == "REACTION_ALREADY_EXISTS"
    assert desk.head() == head
    desk.unreact("bob", sent, None, code="1f44d")
    assert reactions(desk, sent) == []
    with pytest.raises(ApiError) as refused:
        desk.unreact("bob", sent, "thumbs_up")
    assert refused.value.code == "REACTION_DOES_NOT_EXIST"


def test_an_emoji_of_the_organization_comes_first_and_may_be_joined_when_gone(desk: Desk) -> None:
    sent = desk.send("ann", "general")

    def add(tx: WriteTx) -> None:
        tx.execute(EMOJI, image=b"")

    desk.store.write(1, add)
    desk.react("ann", sent, "smile")
    desk.store.write(1, lambda tx: tx.execute("update realm_emoji set is_active = 0 where realm_id = :realm_id"))
    desk.react("bob", sent, "smile", code="3", kind="realm_emoji")
    with pytest.raises(ApiError):
        desk.react("owner", desk.send("ann", "general"), "smile", code="3", kind="realm_emoji")
    assert [code for _, code, _, _ in reactions(desk, sent)] == ["3", "3"]


def test_what_is_no_emoji_is_refused(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    for name, more in (
        ("no_such_emoji", {}),
        ("smile", {"code": "1f44d", "kind": "unicode_emoji"}),
        ("smile", {"kind": "postage_stamp"}),
    ):
        with pytest.raises(ApiError):
            desk.react("bob", sent, name, **more)
    desk.react("bob", sent, "zulip")
    assert reactions(desk, sent)[0][1:3] == ("zulip", "zulip_extra_emoji")


def test_a_message_that_cannot_be_read_takes_no_reaction(desk: Desk) -> None:
    for sent in (desk.send("ann", "secret"), desk.write("ann", "bob"), 99999):
        with pytest.raises(ApiError, match=r"Invalid message\(s\)"):
            desk.react("guest", sent, "tada")


def test_who_came_later_to_a_protected_history_does_not_hear_of_older_messages(desk: Desk) -> None:
    sent = desk.send("ann", "secret")
    desk.subscribe("ann", "secret", people=["owner"])
    desk.skip_readers()
    desk.react("bob", sent, "tada")
    assert desk.readers["owner"].events() == []
    assert len(desk.readers["ann"].events()) == 1


def test_a_guest_who_may_not_see_the_actor_is_told_no_name(open_store: Callable[[], Store], tmp_path: Path) -> None:
    desk = Desk(open_store(), tmp_path, settings={"can_access_all_users_group": "role:members"})
    desk.subscribe("owner", "general", people=["owner", "guest"])
    sent = desk.send("owner", "general")
    left = desk.send("owner", "general")
    desk.start()
    desk.react("ann", sent, "tada")
    [[unnamed], [named]] = [desk.readers[name].events() for name in ("guest", "owner")]
    assert unnamed["user"]["full_name"] == "Unknown user"
    assert named["user"]["full_name"] == "Ann"
    desk.subscribe("owner", "general", people=["ann"])
    by_ann = desk.send("ann", "general")
    desk.unsubscribe("ann", "general")
    shown = {message.id: message.sender_full_name for message in desk.show("guest", left, by_ann)}
    assert shown == {left: "Owner", by_ann: "Unknown user"}


def test_different_reactions_are_bounded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "DISTINCT_MAX", 2)
    sent = desk.send("ann", "general")
    for name in ("tada", "smile"):
        desk.react("ann", sent, name)
    with pytest.raises(ApiError, match="at most 2"):
        desk.react("bob", sent, "heart")
    desk.react("bob", sent, "tada")
