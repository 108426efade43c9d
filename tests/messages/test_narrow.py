"""What each narrow holds, and for whom."""

import pytest
from tests.messages.kit import Desk

from aloha.contract.errors import ApiError, BadNarrowError


def address_of(desk: Desk, name: str) -> str:
    """The one that everybody sees."""
    return f"user{desk.ids[name]}@aloha.invalid"


def test_an_empty_narrow_holds_what_was_received(desk: Desk) -> None:
    in_general, direct = desk.send("ann", "general"), desk.write("ann", "bob")
    desk.subscribe("owner", "open")
    elsewhere = desk.send("owner", "open")
    found = desk.find("bob")
    assert {in_general, direct} <= set(found)
    assert elsewhere not in found
    assert elsewhere in desk.find("bob", ["channel", "open"])
    assert elsewhere in desk.find("bob", ["channels", "public"])


def test_a_guest_knows_no_channel_but_their_own(desk: Desk) -> None:
    desk.subscribe("owner", "open")
    sent = desk.send("owner", "open")
    with pytest.raises(BadNarrowError) as refused:
        desk.find("guest", ["channel", "open"])
    assert refused.value.fields["desc"] == "unknown channel open"
    assert sent not in desk.find("guest", ["channels", "public"])
    assert desk.find("guest", ["id", sent]) == []


def test_a_protected_history_is_read_where_one_was_subscribed(desk: Desk) -> None:
    before = desk.send("ann", "secret")
    desk.unsubscribe("bob", "secret")
    missed = desk.send("ann", "secret")
    with pytest.raises(BadNarrowError):
        desk.find("bob", ["channel", "secret"])
    assert desk.find("bob", ["id", before]) == []
    desk.subscribe("ann", "secret", people=["bob"])
    after = desk.send("ann", "secret")
    found = desk.find("bob", ["channel", "secret"])
    assert {before, after} <= set(found)
    assert missed not in found


def test_topics_match_whatever_their_case(desk: Desk) -> None:
    sent = desk.send("ann", "general", "Lunch Menu")
    empty = desk.send("ann", "general", "")
    assert desk.find("bob", ["channel", "general"], ["topic", "lunch MENU"]) == [sent]
    assert desk.find("bob", ["topic", ""], ["channel", desk.stream_id("general")]) == [empty]
    assert desk.find("bob", ["topic", "general chat"], ["channel", str(desk.stream_id("general"))]) == [empty]


def test_senders_by_id_address_and_as_oneself(desk: Desk) -> None:
    sent, own = desk.send("ann", "general"), desk.send("bob", "general")
    assert desk.find("bob", ["sender", desk.ids["ann"]], ["channel", "general"])[-1] == sent
    assert sent in desk.find("bob", ["sender", address_of(desk, "ann")])
    assert sent in desk.find("owner", ["sender", "ann@office.example"])  # who sees the hidden one
    with pytest.raises(BadNarrowError):
        desk.find("bob", ["sender", "ann@office.example"])
    assert desk.find("bob", ["sender", "me"]) == [own]
    with pytest.raises(BadNarrowError):
        desk.find("bob", ["sender", "nobody@office.example"])


def test_direct_conversations_of_exactly_or_at_least_these_people(desk: Desk) -> None:
    pair, group = desk.write("ann", "bob"), desk.write("ann", "bob", "owner")
    alone = desk.write("bob", "bob")
    ann = desk.ids["ann"]
    assert desk.find("bob", ["dm", [ann]]) == [pair]
    assert desk.find("bob", ["pm-with", address_of(desk, "ann")]) == [pair]
    assert desk.find("bob", ["dm", [ann, desk.ids["owner"]]]) == [group]
    assert desk.find("bob", ["dm", [desk.ids["bob"]]]) == [alone]
    assert desk.find("bob", ["dm-including", ann]) == [pair, group]
    assert desk.find("bob", ["group-pm-with", address_of(desk, "ann")]) == [group]
    assert desk.find("admin", ["dm", [ann]]) == []
    assert set(desk.find("bob", ["is", "dm"])) >= {pair, group, alone}
    assert pair not in desk.find("bob", {"operator": "is", "operand": "dm", "negated": True})


def test_flags_and_traits(desk: Desk) -> None:
    bob = desk.ids["bob"]
    mention = desk.send("ann", "general", content=f"@**Bob|{bob}** look")
    wildcard = desk.send("ann", "general", content="@**all** look")
    link = desk.send("ann", "general", content="https://example.com")
    desk.flag("bob", "add", "starred", link)
    desk.flag("bob", "add", "read", mention, link)
    desk.react("ann", link, "tada")
    assert desk.find("bob", ["is", "mentioned"]) == [mention, wildcard]
    assert desk.find("bob", ["is", "starred"]) == [link]
    assert wildcard in desk.find("bob", ["is", "unread"])
    assert mention not in desk.find("bob", ["is", "unread"])
    assert desk.find("bob", ["has", "link"]) == [link]
    assert desk.find("bob", ["has", "reaction"]) == [link]
    assert desk.find("guest", ["is", "starred"]) == []


def test_negated_terms_keep_direct_messages(desk: Desk) -> None:
    direct, sent = desk.write("ann", "bob"), desk.send("ann", "general")
    found = desk.find("bob", {"operator": "channel", "operand": "general", "negated": True})
    assert direct in found
    assert sent not in found
    found = desk.find("bob", {"operator": "topic", "operand": "lunch", "negated": True})
    assert direct in found


def test_muted_streams_are_not_home(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    sql = "update subscription set is_muted = 1 where realm_id = :realm_id and user_id = :user_id"
    desk.store.write(1, lambda tx: tx.execute(sql, user_id=desk.ids["bob"]))
    assert sent in desk.find("bob", ["in", "all"])
    assert sent not in desk.find("bob", ["in", "home"])
    assert sent in desk.find("bob", ["is", "muted"])


def test_with_follows_a_message_that_was_moved(desk: Desk) -> None:
    first, second = desk.send("ann", "general", "lunch"), desk.send("ann", "general", "dinner")
    desk.edit("owner", first, topic="dinner", notify_new_thread=False)
    general = ["channel", "general"]
    assert desk.find("bob", general, ["topic", "lunch"], ["with", first]) == [first, second]
    assert desk.find("bob", ["with", first]) == [first, second]
    pair = desk.write("ann", "bob")
    assert desk.find("bob", ["with", pair]) == [pair]
    assert desk.find("owner", general, ["topic", "dinner"], ["with", pair]) == [first, second]
    with pytest.raises(BadNarrowError):
        desk.find("owner", ["with", pair])


def test_resolved_topics(desk: Desk) -> None:
    sent = desk.send("ann", "general", "\N{HEAVY CHECK MARK} done")
    assert desk.find("bob", ["is", "resolved"]) == [sent]


def test_mentions_of_somebody(desk: Desk) -> None:
    bob = desk.ids["bob"]
    mention = desk.send("ann", "general", content=f"@**Bob|{bob}** look")
    desk.send("ann", "general", content="@**all** look")
    for operand in (bob, address_of(desk, "bob")):
        assert desk.find("owner", ["mentions", operand]) == [mention]
    assert desk.find("owner", ["mentions", "me"]) == []


def test_a_narrow_has_a_bound(desk: Desk) -> None:
    with pytest.raises(ApiError):
        desk.find("bob", *[["is", "dm"]] * 51)
