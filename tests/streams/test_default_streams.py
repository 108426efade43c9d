"""Default streams, and sets of streams that people who join may choose."""

import pytest
from tests.streams.kit import Office

from aloha.contract.errors import ApiError
from aloha_server.actions import default_stream_groups as groups


def make(office: Office, name: str, *streams: str, who: str = "admin") -> None:
    office.act(who, lambda tx, actor: groups.create_group(tx, actor, name, "d", streams))


def test_a_set_is_told_to_all_but_guests(office: Office) -> None:
    office.subscribe("ann", "one", "two")
    office.skip()
    make(office, "dsg", "TWO")
    [event] = office["bob"].events()
    event.pop("id")
    made = {"name": "dsg", "id": 1, "description": "d", "streams": [office.stream_id("two")]}
    assert event == {"type": "default_stream_groups", "default_stream_groups": [made]}
    assert office["guest"].told() == []
    office.check()
    office.act("admin", lambda tx, actor: groups.add_streams(tx, actor, 1, ["one"]))
    office.act("admin", lambda tx, actor: groups.change_group(tx, actor, 1, name="DSG", description="new"))
    office.check()
    office.act("admin", lambda tx, actor: groups.remove_streams(tx, actor, 1, ["two"]))
    office.check()
    assert office["bob"].state["realm_default_stream_groups"] == [
        {"name": "DSG", "id": 1, "description": "new", "streams": [office.stream_id("one")]}
    ]
    office.act("admin", lambda tx, actor: groups.remove_group(tx, actor, 1))
    office.check()


def test_what_a_set_cannot_be_is_refused(office: Office) -> None:
    office.subscribe("admin", "one", "two")
    office.subscribe("admin", "secret", invite_only=True)
    office.subscribe("admin", "everybody", is_default=True)
    make(office, "dsg", "one")
    head = office.head()
    for action in (
        lambda tx, actor: groups.create_group(tx, actor, "DSG", "", ["two"]),
        lambda tx, actor: groups.create_group(tx, actor, " ", "", ["two"]),
        lambda tx, actor: groups.create_group(tx, actor, "x", "", ["everybody"]),
        lambda tx, actor: groups.create_group(tx, actor, "x", "", ["secret"]),
        lambda tx, actor: groups.create_group(tx, actor, "x", "", ["missing"]),
        lambda tx, actor: groups.add_streams(tx, actor, 1, ["one"]),
        lambda tx, actor: groups.remove_streams(tx, actor, 1, ["two"]),
        lambda tx, actor: groups.change_group(tx, actor, 1),
        lambda tx, actor: groups.change_group(tx, actor, 7, name="x"),
        lambda tx, actor: groups.remove_group(tx, actor, 7),
    ):
        with pytest.raises(ApiError):
            office.act("admin", action)
    with pytest.raises(ApiError) as refused:
        make(office, "mine", "two", who="ann")
    assert refused.value.code == "UNAUTHORIZED_PRINCIPAL"
    assert office.head() == head


def test_a_stream_leaves_the_sets_when_it_cannot_be_chosen(office: Office) -> None:
    office.subscribe("admin", "one", "two", "three")
    make(office, "dsg", "one", "two", "three")
    office.update("admin", "one", is_private=True)
    office.update("admin", "two", is_default_stream=True)
    office.archive("admin", "three")
    office.check()
    assert office["bob"].state["realm_default_stream_groups"][0]["streams"] == []
