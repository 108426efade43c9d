"""Guests who see only people with whom they share something."""

from collections.abc import Callable

import pytest
from tests.streams.kit import Office

from aloha.contract.endpoints._params import GroupSettingUpdate
from aloha.contract.errors import ApiError
from aloha_server.access.directory import render_content
from aloha_server.access.users import Role, User, find_user
from aloha_server.actions.activity import deactivate_user, reactivate_user
from aloha_server.actions.messages import Outgoing, send_message
from aloha_server.actions.roles import change_role
from aloha_server.store import WriteTx


def act_on(office: Office, name: str, change: Callable[[WriteTx, User, User], object]) -> None:
    """By the owner."""

    def act(tx: WriteTx, actor: User) -> None:
        user = find_user(tx, office.ids[name])
        assert user is not None
        change(tx, actor, user)

    office.act("owner", act)


def set_role(office: Office, name: str, role: int) -> None:
    act_on(office, name, lambda tx, actor, user: change_role(tx, actor, user, role))


def test_sharing_a_stream_shows_people_before_they_are_named(discreet_office: Office) -> None:
    office = discreet_office
    office.subscribe("ann", "plans", people=["ann", "bob"])
    office.subscribe("ann", "plans", people=["guest"])
    told = office["guest"].told()
    groups = ["user_group/add_members"] * 2  # of both, as members and as full members
    assert told[:5] == ["realm_user/add", "realm_user/add", *groups, "stream/create"]
    office.check()


def test_guests_who_join_together_do_not_see_each_others_addresses(discreet_office: Office) -> None:
    office = discreet_office
    office.subscribe("admin", "plans", people=["guest", "visitor"])
    for name in ("guest", "visitor"):
        [person] = [event["person"] for event in office[name].events() if event["type"] == "realm_user"]
        assert person["delivery_email"] is None
        assert person["user_id"] != office.ids[name]


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
    office.archive("ann", "plans")
    assert office["guest"].told()[-2:] == ["realm_user/remove", "realm_user/remove"]
    office.check()


def test_member_who_becomes_a_guest_loses_streams_and_people(discreet_office: Office) -> None:
    office = discreet_office
    office.subscribe("ann", "plans", people=["ann", "bob"])
    office.subscribe("ann", "lunch")
    office.skip()
    set_role(office, "bob", Role.GUEST)
    told = office["bob"].told()
    assert "stream/delete" in told
    assert "realm_user/remove" in told
    for client in (office["bob"], office["legacy"]):
        client.begin_people_anew()
    office.check()
    set_role(office, "bob", Role.ADMIN)
    assert "stream/create" in office["bob"].told()
    for client in (office["bob"], office["legacy"]):
        client.begin_people_anew()
    office.check()


def write_to(office: Office, who: str, *people: str) -> None:
    def send(tx: WriteTx, actor: User) -> None:
        ids = [office.ids[name] for name in people]
        rendered = render_content(tx, "hi", actor)
        send_message(tx, actor, Outgoing(people=ids, content="hi", rendered=rendered, client="t"))

    office.act(who, send)


def test_first_direct_message_shows_its_people_before_it_comes(discreet_office: Office) -> None:
    office = discreet_office
    write_to(office, "ann", "guest")
    joining = ["user_group/add_members"] * 2  # who is seen is seen in their groups
    assert office["guest"].told() == ["realm_user/add", *joining, "message"]
    write_to(office, "guest", "ann")
    assert office["guest"].told() == ["message"]
    write_to(office, "bob", "guest", "visitor", "ann")
    for name, people in (("guest", 2), ("visitor", 3)):
        told = office[name].told()
        assert told[:people] == ["realm_user/add"] * people
        assert set(told[people:-1]) == {"user_group/add_members"}
        assert told[-1] == "message"
    office.check()
    with pytest.raises(ApiError):
        write_to(office, "guest", "owner")


def test_who_is_met_in_a_conversation_stays_in_view_when_streams_part(discreet_office: Office) -> None:
    office = discreet_office
    office.subscribe("ann", "plans", people=["ann", "bob", "guest"])
    write_to(office, "ann", "guest")
    office.skip()
    office.unsubscribe("guest", "plans")
    gone = [event["person"]["full_name"] for event in office["guest"].events() if event["type"] == "realm_user"]
    assert gone == ["Bob"]
    office.check()


def test_deactivated_people_stay_in_view(discreet_office: Office) -> None:
    office = discreet_office
    office.subscribe("ann", "plans", people=["ann", "bob", "guest"])
    office.skip()
    others = [client for name, client in office.clients.items() if name not in ("ann", "bot", "visitor")]
    for change in (deactivate_user, reactivate_user):
        act_on(office, "visitor", change)
        assert office["guest"].told() == [], "a stranger"
        act_on(office, "ann", change)
        assert "realm_user/update" in office["guest"].told()
        for client in others:
            client.check()


def test_limits_that_begin_and_end_are_told_to_every_guest(office: Office) -> None:
    office.subscribe("ann", "plans", people=["ann", "guest"])
    office.skip()
    for group in ("role:members", "role:everyone"):
        setting = GroupSettingUpdate(new=office.groups[group])
        office.set_realm(can_access_all_users_group=setting)
        told = office["visitor"].told()
        op = "realm_user/remove" if group == "role:members" else "realm_user/add"
        assert told.count(op) == 6
        for name in ("guest", "legacy guest", "visitor"):
            office[name].begin_people_anew()
        office.check()


def test_a_promoted_guest_is_shown_what_the_new_role_may_see(discreet_office: Office) -> None:
    office = discreet_office
    set_role(office, "guest", Role.ADMIN)
    added = [event["person"] for event in office["guest"].events() if event["type"] == "realm_user"]
    ann = next(person for person in added if person.get("full_name") == "Ann")
    assert ann["delivery_email"] == "ann@office.example"
    set_role(office, "guest", Role.GUEST)
    office.subscribe("ann", "plans", people=["ann", "guest"])
    added = [event["person"] for event in office["guest"].events() if event["type"] == "realm_user"]
    assert [person["delivery_email"] for person in added if person.get("email")] == [None]
