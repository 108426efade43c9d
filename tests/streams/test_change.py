"""Changing and archiving streams."""

from typing import Any

import pytest
from tests.streams.kit import Event, Office, updates

from aloha.contract.endpoints._params import GroupSettingUpdate
from aloha.contract.errors import ApiError
from aloha.contract.objects import GroupSettingMembers


def contents(events: list[Event]) -> list[str]:
    return [event["message"]["content"] for event in events if event["type"] == "message"]


def test_name_and_description_are_told_to_those_who_know_the_stream(office: Office) -> None:
    office.subscribe("ann", "plans")
    office.skip()
    office.update("ann", "plans", new_name="ideas", description="new ```` **d**\nx")
    bob, guest = office["bob"].events(), office["guest"].events()
    assert updates(bob) == {"name": "ideas", "description": "new ```` **d** x"}
    assert {event["name"] for event in bob} == {"plans"}
    assert guest == []
    notices = contents(office["ann"].events())
    assert len(notices) == 2
    office.check()


def test_what_stays_as_it_is_tells_nobody(office: Office) -> None:
    office.subscribe("ann", "plans")
    head = office.head()
    office.update("ann", "plans", new_name="plans", description="", is_private=False)
    assert office.head() == head


def test_only_administrators_of_a_stream_change_it(office: Office) -> None:
    office.subscribe("ann", "plans", people=["ann", "bob"])
    with pytest.raises(ApiError) as refused:
        office.update("bob", "plans", new_name="ideas")
    assert refused.value.code == "UNAUTHORIZED_PRINCIPAL"
    office.subscribe("ann", "secret", invite_only=True)
    with pytest.raises(ApiError, match="Invalid channel ID"):
        office.update("bob", "secret", new_name="ideas")
    office.update("admin", "secret", new_name="mystery")
    with pytest.raises(ApiError, match="content access"):
        office.update("admin", "mystery", is_private=False)


def test_a_name_that_is_taken_is_refused(office: Office) -> None:
    office.subscribe("ann", "one", "two")
    with pytest.raises(ApiError, match="already exists"):
        office.update("ann", "one", new_name="TWO")
    office.update("ann", "one", new_name="ONE")
    office.check()


def test_going_private_takes_the_stream_from_others_and_back_gives_it(office: Office) -> None:
    office.subscribe("ann", "plans", people=["ann", "guest"])
    office.subscribe("bob", "plans")
    office.unsubscribe("bob", "plans")
    office.skip()
    office.update("ann", "plans", is_private=True, description="for us")
    assert office["bob"].told() == ["stream/delete"]
    assert "stream/update" in office["guest"].told()
    assert "stream/update" in office["owner"].told()
    office.check()
    office.update("ann", "plans", is_private=False)
    assert office["bob"].told() == ["stream/create", "subscription/peer_add"]
    office.check()
    office.update("owner", "plans", is_web_public=True)
    assert office["visitor"].told() == ["stream/create", "subscription/peer_add"]
    office.check()
    office.update("ann", "plans", is_private=True)
    assert office["visitor"].told() == ["stream/delete"]
    office.check()


def test_privacy_event_has_the_fields_of_the_wire(office: Office) -> None:
    office.subscribe("ann", "plans")
    office.skip()
    office.update("owner", "plans", is_web_public=True)
    [event] = office["bob"].events()
    event.pop("id")
    assert event == {
        "type": "stream",
        "op": "update",
        "property": "invite_only",
        "value": False,
        "history_public_to_subscribers": True,
        "is_web_public": True,
        "stream_id": office.stream_id("plans"),
        "name": "plans",
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"is_private": True, "is_web_public": True},
        {"history_public_to_subscribers": False},
        {"is_private": True, "is_default_stream": True},
        {"message_retention_days": 0},
        {"message_retention_days": "sometimes"},
        {"new_name": " "},
        {"description": "x" * 1025},
    ],
)
def test_what_does_not_go_together_is_refused(office: Office, changes: dict[str, Any]) -> None:
    office.subscribe("owner", "plans")
    head = office.head()
    with pytest.raises(ApiError):
        office.update("owner", "plans", **changes)
    assert office.head() == head


def test_retention_is_an_owners(office: Office) -> None:
    office.subscribe("ann", "plans")
    with pytest.raises(ApiError):
        office.update("ann", "plans", message_retention_days=7)
    for value in (7, "unlimited", "realm_default"):
        office.update("owner", "plans", message_retention_days=value)
        office.check()


def test_who_may_send_is_told_in_the_older_form_too(office: Office) -> None:
    office.subscribe("ann", "plans")
    office.skip()
    admins = office.groups["role:administrators"]
    office.update("ann", "plans", can_send_message_group=GroupSettingUpdate(new=admins))
    expected = {"can_send_message_group": admins, "stream_post_policy": 2, "is_announcement_only": True}
    assert updates(office["bob"].events()) == expected
    office.check()


def test_permission_is_not_changed_over_another_change(office: Office) -> None:
    office.subscribe("ann", "plans")
    groups = office.groups
    wrong = GroupSettingUpdate(new=groups["role:members"], old=groups["role:owners"])
    with pytest.raises(ApiError) as refused:
        office.update("ann", "plans", can_send_message_group=wrong)
    assert refused.value.code == "EXPECTATION_MISMATCH"
    everyone = GroupSettingMembers(direct_members=[], direct_subgroups=[groups["role:everyone"]])
    office.update("ann", "plans", can_send_message_group=GroupSettingUpdate(new=groups["role:members"], old=everyone))
    office.check()


@pytest.mark.parametrize("group", ["role:internet", "role:everyone", "missing"])
def test_permission_takes_only_groups_that_fit(office: Office, group: str) -> None:
    office.subscribe("ann", "plans")
    group_id = office.groups.get(group, 999)
    with pytest.raises(ApiError):
        office.update("ann", "plans", can_add_subscribers_group=GroupSettingUpdate(new=group_id))


def test_who_may_join_decides_who_knows_a_private_stream(office: Office) -> None:
    office.subscribe("ann", "secret", invite_only=True)
    office.skip()
    bob = GroupSettingMembers(direct_members=[office.ids["bob"]], direct_subgroups=[])
    office.update("ann", "secret", can_subscribe_group=GroupSettingUpdate(new=bob))
    assert office["bob"].told() == ["stream/create", "subscription/peer_add"]
    office.check()
    nobody = office.groups["role:nobody"]
    office.update("ann", "secret", can_subscribe_group=GroupSettingUpdate(new=nobody))
    assert office["bob"].told() == ["stream/delete"]
    office.check()


def test_default_streams_are_told_to_all_but_guests(office: Office) -> None:
    office.subscribe("admin", "plans")
    office.skip()
    with pytest.raises(ApiError):
        office.update("ann", "plans", is_default_stream=True)
    office.update("admin", "plans", is_default_stream=True)
    assert office["bob"].told() == ["default_streams"]
    assert office["guest"].told() == []
    office.check()
