"""Where somebody may write: streams, bots on their owner's behalf, people by the addresses that one sees."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.messages.kit import Desk

from aloha.contract.endpoints._params import GroupSettingUpdate
from aloha.contract.errors import ApiError
from aloha_server.access import wildcards
from aloha_server.access.realm import load_realm
from aloha_server.access.topics import check_topic
from aloha_server.actions.targets import people_target
from aloha_server.store import Store

SETTINGS = "update realm set settings = :settings where realm_id = :realm_id"


def address(desk: Desk, who: str, *named: int | str) -> list[int]:
    def act(tx: Any, actor: Any) -> list[int]:
        target = people_target(tx, actor, load_realm(tx), list(named))  # type: ignore[arg-type]
        return [user.user_id for user in target.people]

    people: list[int] = desk.act(who, act)
    return people


def test_people_are_found_by_the_addresses_that_the_sender_sees(desk: Desk) -> None:
    ann, bob, owner = (desk.ids[name] for name in ("ann", "bob", "owner"))
    assert address(desk, "ann", f"user{bob}@aloha.invalid") == [ann, bob]
    assert address(desk, "owner", "BOB@office.example", "ann@office.example") == sorted([owner, ann, bob])
    assert address(desk, "ann", "bot@office.example", f"user{ann}@aloha.invalid") == sorted([ann, desk.ids["bot"]])
    assert address(desk, "ann", "ann@office.example") == [ann]
    for hidden in ("bob@office.example", "nobody@office.example", "user999@aloha.invalid", "user@aloha.invalid"):
        with pytest.raises(ApiError, match="Invalid email"):
            address(desk, "ann", hidden)
    with pytest.raises(ApiError, match="Invalid user ID"):
        address(desk, "ann", 999)
    with pytest.raises(ApiError, match="must have recipients"):
        address(desk, "ann")
    with pytest.raises(ApiError, match="at most"):
        address(desk, "ann", *range(1, 102))


def test_who_may_begin_and_be_in_conversations_is_the_organizations_to_say(desk: Desk) -> None:
    nobody, admins = desk.groups["role:nobody"], desk.groups["role:administrators"]
    direct = {"direct_message_permission_group": admins, "direct_message_initiator_group": admins}
    desk.write("ann", "bob")
    desk.store.write(1, lambda tx: tx.execute(SETTINGS, settings=json.dumps(direct)))
    for who, whom, refused in (("ann", "bob", True), ("ann", "owner", True), ("owner", "ann", False)):
        if refused:
            with pytest.raises(ApiError):
                desk.write(who, whom)
        else:
            desk.write(who, whom)
    desk.write("ann", "owner")  # the conversation was begun
    desk.store.write(1, lambda tx: tx.execute(SETTINGS, settings=json.dumps(dict.fromkeys(direct, nobody))))
    with pytest.raises(ApiError, match="authorize"):
        desk.write("owner", "ann")
    desk.write("ann", "ann")
    desk.write("ann", "bot")


def test_a_bot_writes_where_its_owner_may(desk: Desk) -> None:
    sent = desk.send("bot", "secret")
    assert desk.find("bob", ["channel", "secret"])[-1] == sent
    assert desk.readers["bot"].unread() == []
    desk.subscribe("owner", "board", people=["owner"], invite_only=True)
    for who in ("ann", "bot", "guest"):
        with pytest.raises(ApiError) as refused:
            desk.send(who, "board")
        assert refused.value.code == "STREAM_DOES_NOT_EXIST"
    desk.check()


def test_topics_are_kept_in_one_form() -> None:
    assert [check_topic(topic) for topic in (" x ", "(no topic)", "general chat", "y" * 61)] == [
        "x",
        "",
        "",
        "y" * 57 + "...",
    ]
    for wrong in ("a\nb", "a\x07b"):
        with pytest.raises(ApiError):
            check_topic(wrong)


def test_wildcards_are_counted_by_subscribers_and_by_who_takes_part(
    open_store: Callable[[], Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wildcards, "PEOPLE_MAX", 2)
    desk = Desk(open_store(), tmp_path)
    desk.subscribe("owner", "general", people=["owner", "ann", "bob"])
    quiet = desk.send("ann", "general", "lunch", "@**topic** soup?")
    with pytest.raises(ApiError) as refused:
        desk.send("ann", "general", "lunch", "@**all** soup?")
    assert refused.value.code == "STREAM_WILDCARD_MENTION_NOT_ALLOWED"
    desk.send("bob", "general", "lunch")
    assert "topic_wildcard_mentioned" not in desk.flags("bob", quiet)
    desk.react("owner", quiet, "tada")
    head = desk.head()
    with pytest.raises(ApiError) as refused:
        desk.send("ann", "general", "lunch", "@**topic** soup?")
    assert refused.value.code == "TOPIC_WILDCARD_MENTION_NOT_ALLOWED"
    with pytest.raises(ApiError):
        desk.edit("ann", quiet, "@**topic** now?")
    assert desk.head() == head
    heard = desk.send("owner", "general", "lunch", "@**topic** soup")
    assert all("topic_wildcard_mentioned" in desk.flags(who, heard) for who in ("owner", "ann", "bob"))


def test_to_begin_a_topic_takes_the_streams_permission(desk: Desk) -> None:
    desk.send("ann", "general", "lunch")
    creators = GroupSettingUpdate(new=desk.groups["role:administrators"])
    desk.update("owner", "general", can_create_topics_group=creators)
    for act in (
        lambda: desk.send("bob", "general", "dinner"),
        lambda: desk.edit("bob", desk.send("bob", "general", "lunch"), topic="dinner"),
    ):
        with pytest.raises(ApiError, match="create new topics"):
            act()
    desk.send("owner", "general", "dinner")
    desk.send("bob", "general", "Dinner")
