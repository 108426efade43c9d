"""Archiving streams and bringing them back."""

import pytest
from tests.streams.kit import Office, say

from aloha.contract.errors import ApiError
from aloha_server.access.read_state import unread_ids
from aloha_server.access.streams import find_stream


def contents(office: Office, name: str) -> list[str]:
    return [event["message"]["content"] for event in office[name].events() if event["type"] == "message"]


def test_archiving_looks_like_deleting_to_older_clients(office: Office) -> None:
    office.subscribe("admin", "plans", people=["ann", "bob", "guest"], is_default=True)
    office.skip()
    office.archive("admin", "plans")
    assert office["bob"].told() == ["message", "stream/update", "default_streams"]
    assert office["legacy"].told() == ["message", "stream/delete", "default_streams"]
    office.check()
    head = office.head()
    office.archive("admin", "plans")
    assert office.head() == head
    office.unsubscribe("guest", "plans")
    office.check()


def test_bringing_back_looks_like_making_to_older_clients(office: Office) -> None:
    office.subscribe("admin", "plans", people=["ann", "bob", "guest", "visitor"])
    office.unsubscribe("admin", "plans", people=["ann", "visitor"])
    office.archive("admin", "plans")
    office.skip()
    office.update("admin", "plans", is_archived=False)
    assert office["bob"].told() == ["stream/update", "message"]
    assert office["legacy"].told() == [
        "stream/create",
        "subscription/peer_add",
        "subscription/add",
        "message",
    ]
    assert office["visitor"].told() == [], "a guest who left does not know of it"
    office.check()


def test_who_left_a_stream_that_comes_back_has_left_it(office: Office) -> None:
    office.subscribe("admin", "plans", people=["bob"])
    office.unsubscribe("bob", "plans")
    office.archive("admin", "plans")
    office.skip()
    office.update("admin", "plans", is_archived=False)
    assert office["legacy"].told() == ["stream/create", "subscription/add", "subscription/remove"]
    office.check()


def test_limited_guests_see_people_of_streams_that_are_not_archived(discreet_office: Office) -> None:
    office = discreet_office
    office.subscribe("admin", "plans", people=["ann", "guest", "visitor"])
    office.archive("admin", "plans")
    office.check()
    office.update("admin", "plans", is_archived=False)
    assert office["guest"].told()[:3] == ["stream/update", "realm_user/add", "realm_user/add"]
    office.check()


def test_a_stream_that_comes_back_names_nobody_to_limited_guests_outside(discreet_office: Office) -> None:
    office = discreet_office
    office.subscribe("owner", "world", people=["owner", "bob", "guest"], is_web_public=True)
    office.unsubscribe("guest", "world")
    office.archive("owner", "world")
    office.check()
    office.update("owner", "world", is_archived=False)
    assert office["legacy guest"].told() == ["stream/create", "subscription/add", "subscription/remove"]
    office.check()


def test_archived_stream_takes_neither_people_nor_changes(office: Office) -> None:
    office.subscribe("ann", "plans")
    stream_id = office.stream_id("plans")
    office.archive("ann", "plans")
    with pytest.raises(ApiError):
        office.update("ann", "plans", new_name="ideas")
    with pytest.raises(ApiError):
        office.update("bob", "plans", is_archived=False)
    office.check()
    office.update("ann", "plans", is_archived=False, new_name="ideas")
    assert office.stream_id("ideas") == stream_id
    office.check()


def test_the_name_of_an_archived_stream_is_free(office: Office) -> None:
    office.subscribe("ann", "plans")
    old_id = office.stream_id("plans")
    office.archive("ann", "plans")
    found = office.store.read(1, lambda tx: find_stream(tx, "plans"))
    assert found is not None
    assert found.stream_id == old_id, "it keeps its name until another takes it"
    office.subscribe("bob", "PLANS")
    assert office.stream_id("plans") != old_id
    with pytest.raises(ApiError, match="already exists"):
        office.update_id("ann", old_id, is_archived=False)
    office.update("admin", "PLANS", new_name="other")
    office.update_id("ann", old_id, is_archived=False)
    assert office.stream_id("plans") == old_id
    office.check()
    office.archive("ann", "plans")
    office.update("admin", "other", new_name="Plans")
    office.check()


def test_nothing_in_the_archive_is_unread(office: Office) -> None:
    office.subscribe("ann", "plans", people=["ann", "bob"], invite_only=True, history_public=False)
    say(office, "plans", "lunch")

    def unread() -> list[int]:
        return office.store.read(1, lambda tx: unread_ids(tx, office.ids["bob"]))[0]

    assert unread()
    office.archive("ann", "plans")
    assert unread() == []
    office.update("ann", "plans", is_archived=False)
    [notice] = unread()
    assert unread() == [notice]
    assert say(office, "plans", "lunch") == unread()[-1]


def test_what_happens_to_a_stream_is_written_there(office: Office) -> None:
    office.subscribe("ann", "plans", people=["ann", "bob"])
    office.skip()
    office.archive("ann", "plans")
    office.update("ann", "plans", is_archived=False)
    archived, back = contents(office, "bob")
    assert "archived" in archived
    assert "back" in back


def test_an_archived_stream_stands_in_no_set_of_defaults(office: Office) -> None:
    office.subscribe("admin", "plans", is_default=True)
    office.archive("admin", "plans")
    assert office["bob"].state["realm_default_streams"] == []
    office.update("admin", "plans", is_archived=False)
    office.check()
    assert office["bob"].state["realm_default_streams"] == []
