"""Guests who see only people with whom they share something."""

from tests.streams.kit import Office

from aloha_server.access.users import Role, find_user
from aloha_server.actions.roles import change_role
from aloha_server.actions.streams import archive_stream


def test_sharing_a_stream_shows_people_before_they_are_named(discreet_office: Office) -> None:
    office = discreet_office
    office.subscribe("ann", "plans", people=["ann", "bob"])
    office.subscribe("ann", "plans", people=["guest"])
    told = office["guest"].told()
    groups = ["user_group/add_members"] * 2  # of both, as members and as full members
    assert told[:5] == ["realm_user/add", "realm_user/add", *groups, "stream/create"]
    office.check()


def test_who_joins_is_shown_to_the_guests_there(discreet_office: Office) -> None:
    office = discreet_office
    office.subscribe("ann", "plans", people=["ann", "guest"])
    office.skip()
    office.subscribe("ann", "plans", people=["bob", "visitor"])
    told = office["guest"].told()
    groups = ["user_group/add_members"] * 3  # of bob as member and full member, of the visitor as a guest
    assert told == ["realm_user/add", "realm_user/add", *groups, "subscription/peer_add"]
    office.check()


def test_who_leaves_is_shown_no_longer_unless_something_else_is_shared(discreet_office: Office) -> None:
    office = discreet_office
    office.subscribe("ann", "plans", people=["ann", "bob", "guest"])
    office.subscribe("ann", "lunch", people=["ann", "guest"])
    office.skip()
    office.unsubscribe("ann", "plans")
    assert office["guest"].told() == ["subscription/peer_remove"]
    office.unsubscribe("bob", "plans")
    assert office["guest"].told() == ["subscription/peer_remove", "realm_user/remove"]
    office.check()


def test_a_guest_who_leaves_loses_sight_of_people_and_stream(discreet_office: Office) -> None:
    office = discreet_office
    office.subscribe("ann", "plans", people=["ann", "bob", "guest"])
    office.skip()
    office.unsubscribe("guest", "plans")
    told = office["guest"].told()
    assert told == ["subscription/remove", "stream/delete", "realm_user/remove", "realm_user/remove"]
    office.check()


def test_web_public_stream_lists_nobody_to_guests_outside(discreet_office: Office) -> None:
    office = discreet_office
    office.subscribe("owner", "world", people=["owner", "bob"], is_web_public=True)
    assert office["guest"].told() == ["stream/create"]
    office.subscribe("guest", "world")
    office.check()
    office.unsubscribe("guest", "world")
    office.check()


def test_archived_stream_is_shared_no_longer(discreet_office: Office) -> None:
    office = discreet_office
    office.subscribe("ann", "plans", people=["ann", "bob", "guest"])
    office.skip()
    stream_id = office.stream_id("plans")
    office.act("ann", lambda tx, actor: archive_stream(tx, actor, stream_id))
    assert office["guest"].told()[-2:] == ["realm_user/remove", "realm_user/remove"]
    office.check()


def test_member_who_becomes_a_guest_loses_streams_and_people(discreet_office: Office) -> None:
    office = discreet_office
    office.subscribe("ann", "plans", people=["ann", "bob"])
    office.subscribe("ann", "lunch")
    office.skip()
    user_id = office.ids["bob"]

    def demote(role: int) -> None:
        office.act("owner", lambda tx, actor: change_role(tx, actor, find_user(tx, user_id), role))  # type: ignore[arg-type]

    demote(Role.GUEST)
    told = office["bob"].told()
    assert "stream/delete" in told
    assert "realm_user/remove" in told
    for client in (office["bob"], office["legacy"]):
        client.begin_people_anew()
    office.check()
    demote(Role.ADMIN)
    assert "stream/create" in office["bob"].told()
    for client in (office["bob"], office["legacy"]):
        client.begin_people_anew()
    office.check()
