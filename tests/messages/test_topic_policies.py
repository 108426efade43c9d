"""Topics that are followed or unmuted by themselves, as people's settings say."""

from typing import Any

import pytest
from tests.messages.kit import Desk

from aloha_server.access.receipts import ReceiptKey, Sent
from aloha_server.access.users import acting_user
from aloha_server.actions.messages import Outgoing, send_message
from aloha_server.markup import Directory, render
from aloha_server.store import WriteTx

FOLLOW, UNMUTE, MENTIONED = (
    "automatically_follow_topics_policy",
    "automatically_unmute_topics_in_muted_streams_policy",
    "automatically_follow_topics_where_mentioned",
)
MUTE = "update subscription set is_muted = 1 where realm_id = :realm_id and user_id = :user_id"
EMPTY = Directory(users_by_id={}, users_by_name={}, streams={}, groups={}, realm_emoji={})


def send(desk: Desk, who: str, topic: str, receipt: ReceiptKey | None = None) -> Sent:
    def act(tx: WriteTx) -> Sent:
        message = Outgoing(
            stream="general", topic=topic, content="hi", rendered=render("hi", EMPTY), client="t", receipt=receipt
        )
        return send_message(tx, acting_user(tx, desk.ids[who]), message)

    return desk.store.write(1, act)


def test_who_begins_a_topic_follows_it_and_is_told_so_before_the_message(desk: Desk) -> None:
    desk.skip_readers()
    assert send(desk, "ann", "new").visibility_policy == 3
    assert [event["type"] for event in desk.readers["ann"].events()] == ["muted_topics", "user_topic", "message"]
    assert [event["type"] for event in desk.readers["bob"].events()] == ["message"]
    assert send(desk, "bob", "New").visibility_policy is None
    assert desk.readers["bob"].topics() == {}
    assert send(desk, "bot", "other").visibility_policy is None
    desk.check()


def test_a_repeated_send_has_the_same_answer(desk: Desk) -> None:
    key = ReceiptKey("k:1", strict=True, digest=b"x")
    first = send(desk, "ann", "new", key)
    assert first.visibility_policy == 3
    assert send(desk, "ann", "new", key) == first


@pytest.mark.parametrize(
    ("settings", "muted", "began", "sent", "reacted"),
    [
        ({FOLLOW: 1, UNMUTE: 4}, False, 3, 3, 3),
        ({FOLLOW: 2, UNMUTE: 4}, False, 3, 3, 0),
        ({FOLLOW: 3, UNMUTE: 4}, False, 3, 0, 0),
        ({FOLLOW: 4, UNMUTE: 1}, False, 0, 0, 0),
        ({FOLLOW: 4, UNMUTE: 1}, True, 2, 2, 2),
        ({FOLLOW: 4, UNMUTE: 2}, True, 2, 2, 0),
        ({FOLLOW: 3, UNMUTE: 2}, True, 3, 2, 0),
        ({FOLLOW: 4, UNMUTE: 4}, True, 0, 0, 0),
    ],
)
def test_each_setting_does_what_it_says(
    desk: Desk, settings: dict[str, Any], muted: bool, began: int, sent: int, reacted: int
) -> None:
    desk.prefer("bob", **settings)
    if muted:
        desk.act("bob", lambda tx, actor: tx.execute(MUTE, user_id=actor.user_id))
    desk.send("ann", "general", "theirs")
    poll = desk.send("ann", "general", "polled", "/poll x")
    message = desk.send("ann", "general", "reacted")
    desk.send("bob", "general", "began")
    desk.send("bob", "general", "theirs")
    desk.step("bob", poll, type="vote", key="canned,0", vote=1)
    desk.react("bob", message, "tada")
    found = desk.readers["bob"].topics()
    assert [found.get(topic, 0) for topic in ("began", "theirs", "polled", "reacted")] == [
        began,
        sent,
        reacted,
        reacted,
    ]
    desk.check()


def test_a_policy_makes_a_topic_only_more_visible(desk: Desk) -> None:
    desk.act("bob", lambda tx, actor: tx.execute(MUTE, user_id=actor.user_id))
    desk.prefer("bob", **{FOLLOW: 4, UNMUTE: 1})
    for topic, policy in (("followed", 3), ("muted", 1)):
        desk.choose("bob", "general", topic, policy)
        desk.react("bob", desk.send("ann", "general", topic), "tada")
        desk.send("bob", "general", topic)
    assert desk.readers["bob"].topics() == {"followed": 3, "muted": 2}


def test_who_is_mentioned_follows_unless_they_muted_the_topic_or_do_not_wish_to(desk: Desk) -> None:
    desk.prefer("owner", **{MENTIONED: False})
    desk.choose("guest", "general", "lunch", 1)
    names = ("bob", "owner", "guest", "visitor", "bot")
    desk.skip_readers()
    content = " ".join(f"@**{name.title()}|{desk.ids[name]}**" for name in names)
    desk.send("ann", "general", "lunch", content)
    assert [event["type"] for event in desk.readers["bob"].events()] == ["muted_topics", "user_topic", "message"]
    assert {name: desk.readers[name].topics() for name in names} == {
        "bob": {"lunch": 3},
        "owner": {},
        "guest": {"lunch": 1},
        "visitor": {},
        "bot": {},
    }
    edited = desk.send("ann", "general", "dinner")
    desk.edit("ann", edited, content)
    assert desk.readers["bob"].topics() == {"lunch": 3}
    desk.check()
