"""Subscribing: who may, who is told of what, and in which order."""

import pytest
from tests.streams.kit import Office

from aloha.contract.errors import ApiError


def test_a_new_stream_is_told_of_as_the_wire_has_it(office: Office) -> None:
    office.subscribe("admin", "plans", people=["admin", "ann"])
    owner, ann, guest = (office[name].events() for name in ("owner", "ann", "guest"))
    [create, peers] = owner
    assert create["streams"][0]["can_administer_channel_group"] == {
        "direct_members": [office.ids["admin"]],
        "direct_subgroups": [],
    }
    assert (peers["op"], peers["user_ids"]) == ("peer_add", sorted([office.ids["admin"], office.ids["ann"]]))
    assert [event["type"] for event in ann] == ["stream", "subscription", "message"]
    assert ann[1]["subscriptions"][0]["subscribers"] == peers["user_ids"]
    assert guest == []
    office.check()


def test_result_names_streams_by_user(office: Office) -> None:
    office.subscribe("ann", "one")
    done = office.subscribe("ann", "one", "two")
    assert (done.subscribed, done.already_subscribed) == ({office.ids["ann"]: ["two"]}, {office.ids["ann"]: ["one"]})


def test_subscribing_again_tells_nobody(office: Office) -> None:
    office.subscribe("ann", "one")
    head = office.head()
    office.subscribe("ann", "ONE")
    assert office.head() == head


def test_guest_learns_of_a_public_stream_by_being_subscribed(office: Office) -> None:
    office.subscribe("ann", "plans")
    office.skip()
    office.subscribe("ann", "plans", people=["guest"])
    assert office["guest"].told()[:2] == ["stream/create", "subscription/add"]
    assert office["bob"].told() == ["subscription/peer_add"]
    office.check()
    office.unsubscribe("guest", "plans")
    assert office["guest"].told() == ["subscription/remove", "stream/delete"]
    office.check()


def test_private_stream_is_nobodys_business(office: Office) -> None:
    office.subscribe("ann", "secret", invite_only=True)
    assert office["bob"].told() == []
    assert office["guest"].told() == []
    assert office["owner"].told() == ["stream/create", "subscription/peer_add"]
    office.subscribe("ann", "secret", people=["guest", "bot"])
    office.unsubscribe("guest", "secret")
    assert office["bob"].told() == []
    office.check()


def test_private_stream_cannot_be_joined(office: Office) -> None:
    office.subscribe("ann", "secret", invite_only=True)
    for name in ("bob", "guest", "admin"):
        with pytest.raises(ApiError, match="Unable to access"):
            office.subscribe(name, "secret")
    done = office.subscribe("bob", "secret", "open", refuse_all=False)
    assert (done.subscribed, done.unauthorized) == ({office.ids["bob"]: ["open"]}, ["secret"])
    office.check()


def test_a_private_stream_is_made_for_others(office: Office) -> None:
    office.subscribe("ann", "secret", people=["ann", "bob"], invite_only=True)
    office.subscribe("ann", "theirs", people=["bob", "guest"], invite_only=True)
    assert len(office["bob"].fresh()[0]["subscriptions"]) == 2
    office.check()


def test_guests_make_no_streams_and_subscribe_nobody(office: Office) -> None:
    with pytest.raises(ApiError) as refused:
        office.subscribe("guest", "guestnew")
    assert refused.value.code == "BAD_REQUEST"
    office.subscribe("ann", "plans", people=["ann", "guest"])
    with pytest.raises(ApiError):
        office.subscribe("guest", "plans", people=["visitor"])


def test_guest_joins_a_web_public_stream(office: Office) -> None:
    office.subscribe("owner", "world", is_web_public=True)
    assert office["guest"].told() == ["stream/create", "subscription/peer_add"]
    office.subscribe("guest", "world")
    office.unsubscribe("guest", "world")
    office.check()


def test_joining_permission_opens_a_private_stream(office: Office) -> None:
    permissions = {"can_subscribe_group": office.groups["role:members"]}
    office.subscribe("ann", "secret", invite_only=True, permissions=permissions)
    assert "stream/create" in office["bob"].told()
    office.subscribe("bob", "secret")
    with pytest.raises(ApiError):
        office.subscribe("guest", "secret")
    office.check()


def test_unknown_and_deactivated_people_are_refused(office: Office) -> None:
    office.ids["nobody"] = 999
    with pytest.raises(ApiError) as refused:
        office.subscribe("ann", "plans", people=["ann", "nobody"])
    assert refused.value.code == "UNAUTHORIZED_PRINCIPAL"
    assert office.subscribe("ann", "plans", people=["ann"]).subscribed, "the first request changed nothing"


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\nb", "a\x00b"])
def test_bad_names_are_refused(office: Office, name: str) -> None:
    with pytest.raises(ApiError):
        office.subscribe("ann", name)


def test_names_differ_by_more_than_case(office: Office) -> None:
    office.subscribe("ann", "Straße")
    assert office.subscribe("bob", "STRASSE").subscribed == {office.ids["bob"]: ["Straße"]}


def test_colours_are_spread_and_kept(office: Office) -> None:
    office.subscribe("ann", "one", "two", "three", colors={"two": "#abcdef"})
    colors = {item["name"]: item["color"] for item in office["ann"].fresh()[0]["subscriptions"]}
    assert len(set(colors.values())) == 3
    assert colors["two"] == "#abcdef"
    office.unsubscribe("ann", "two")
    office.subscribe("ann", "two")
    office.check()
    assert {item["name"]: item["color"] for item in office["ann"].state["subscriptions"]} == colors


def test_protected_history_has_a_window_for_each_stay(office: Office) -> None:
    windows = "select first_message_id, last_message_id from subscription_window where user_id = :user_id"
    office.subscribe("ann", "one")  # its first message is the notice of its creation
    office.unsubscribe("ann", "one")
    office.subscribe("ann", "one")
    office.unsubscribe("ann", "one")
    office.subscribe("ann", "one")
    rows = office.store.read(1, lambda tx: tx.rows(windows, user_id=office.ids["ann"]))
    assert sorted(rows) == [(1, 1), (2, None)]


def test_several_who_leave_are_told_of_each_other(office: Office) -> None:
    office.subscribe("admin", "plans", people=["ann", "bob", "owner"])
    office.skip()
    office.unsubscribe("admin", "plans", people=["ann", "bob"])
    assert office["ann"].told() == ["subscription/remove", "subscription/peer_remove"]
    office.check()


def test_only_some_may_unsubscribe_others(office: Office) -> None:
    office.subscribe("ann", "plans", people=["ann", "bob", "bot"])
    with pytest.raises(ApiError) as refused:
        office.unsubscribe("bob", "plans", people=["ann"])
    assert refused.value.code == "UNAUTHORIZED_PRINCIPAL"
    assert office.unsubscribe("ann", "plans", people=["bot"]).removed == ["plans"], "one's own bot"
    assert office.unsubscribe("admin", "plans", people=["bob"]).removed == ["plans"]
    assert office.unsubscribe("admin", "plans", people=["bob"]).not_removed == ["plans"]
    office.check()


def test_unsubscribing_does_not_tell_that_a_private_stream_exists(office: Office) -> None:
    office.subscribe("ann", "secret", invite_only=True)
    messages = set()
    for name in ("secret", "missing"):
        with pytest.raises(ApiError) as refused:
            office.unsubscribe("bob", name)
        messages.add(refused.value.msg.replace(name, "..."))
    assert len(messages) == 1


def test_who_is_subscribed_by_somebody_else_is_written_to(office: Office) -> None:
    office.subscribe("ann", "plans")
    office.skip()
    office.subscribe("ann", "plans", people=["bob", "bot"])
    [message] = [event["message"] for event in office["bob"].events() if event["type"] == "message"]
    assert message["sender_full_name"] == "Notification Bot"
    assert "plans" in message["content"]
    assert "message" not in office["bot"].told()
