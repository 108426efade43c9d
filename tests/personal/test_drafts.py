"""Drafts: their events reach their writer alone, bad ones leave nothing behind, and the switch that ends them."""

from typing import Any

import pytest
from tests.personal.kit import START, only_own_told, refused, stream_id
from tests.world import World

from aloha.replica import Replica
from aloha_server.actions import drafts as actions

BAD, GONE = ("BAD_REQUEST", 400), ("BAD_REQUEST", 404)
NOW = int(START)


def draft(**fields: Any) -> dict[str, Any]:
    return {"type": "", "to": [], "topic": "", "content": "Soup or", "timestamp": NOW - 60, **fields}


def test_drafts_are_kept_edited_and_deleted_for_all_clients_of_their_writer(world: World) -> None:
    member, place = world.member, stream_id(world, "open")
    new = [
        draft(type="stream", to=[place], topic="t" * 70),
        draft(type="private", to=[world.owner.user_id, member.user_id], content="x" * 10_001),
        draft(type="private", to=[member.user_id], timestamp=NOW),
        {name: value for name, value in draft(topic="dropped").items() if name != "timestamp"},
        draft(type="private"),
    ]
    ids = member.post("/drafts", drafts=new)["ids"]
    assert ids == list(range(ids[0], ids[0] + 5))
    [event] = only_own_told(world, member)
    assert (event["type"], event["op"]) == ("drafts", "add")
    shown = event["drafts"]
    assert shown[0] == {**new[0], "id": ids[0], "topic": "t" * 57 + "..."}
    assert shown[1]["to"] == [world.owner.user_id]
    assert shown[1]["content"].endswith("[message truncated]")
    assert len(shown[1]["content"]) == 10_000
    assert shown[2]["to"] == [member.user_id]
    assert (shown[3]["topic"], shown[3]["timestamp"]) == ("", NOW)
    assert (shown[4]["type"], shown[4]["to"]) == ("", [])
    listed = member.get("/drafts")
    assert listed["count"] == 5
    assert listed["drafts"] == sorted(shown, key=lambda one: (one["timestamp"], one["id"]))

    member.patch(f"/drafts/{ids[0]}", draft=draft(content="later", timestamp=NOW + 5))
    member.delete(f"/drafts/{ids[1]}")
    updated, removed = only_own_told(world, member)
    assert (updated["op"], removed["op"], removed["draft_id"]) == ("update", "remove", ids[1])
    assert updated["draft"] == draft(id=ids[0], content="later", timestamp=NOW + 5)
    assert [one["id"] for one in member.replica.state["drafts"]] == [ids[0], ids[3], ids[2], ids[4]]
    assert member.replica.state["drafts"] == member.register()["drafts"]
    world.check()


def test_what_is_no_draft_is_refused_and_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    member, guest = world.member, world.guest
    [kept] = member.post("/drafts", drafts=[draft()])["ids"]
    only_own_told(world, member)
    head, closed, place = world.head(), stream_id(world, "den"), stream_id(world, "open")
    bad: list[dict[str, Any]] = [
        draft(type="channel"),
        draft(content=" \n "),
        draft(content="a\0b"),
        draft(type="stream", to=[]),
        draft(type="stream", to=[place, place]),
        draft(type="stream", to=[999_999]),
        draft(type="stream", to=[place], topic="a\nb"),
        draft(type="private", to=[999_999]),
        draft(timestamp=-1),
        draft(timestamp=NOW + 10**6),
        draft(timestamp="x"),
        {"type": ""},
    ]
    for one in bad:
        assert refused(member, "POST", "/drafts", drafts=[draft(), one]) == BAD, one
        assert refused(member, "PATCH", f"/drafts/{kept}", draft=one) == BAD, one
    assert refused(world.owner, "POST", "/drafts", drafts=[draft(type="stream", to=[closed])]) == BAD
    assert refused(guest, "POST", "/drafts", drafts=[draft(type="stream", to=[place])]) == BAD
    assert refused(member, "PATCH", f"/drafts/{kept}") == ("REQUEST_VARIABLE_MISSING", 400)
    for path in (f"/drafts/{kept}", "/drafts/999999"):
        assert refused(guest, "PATCH", path, draft=draft()) == GONE
        assert refused(guest, "DELETE", path) == GONE
    monkeypatch.setattr(actions, "DRAFTS_MAX", 3)
    assert refused(member, "POST", "/drafts", drafts=[draft()] * 3) == BAD
    assert member.post("/drafts")["ids"] == []
    assert member.get("/drafts")["count"] == 1
    assert world.head() == head


def test_who_ends_the_synchronization_has_no_drafts_on_the_server_any_more(world: World) -> None:
    member = world.member
    [kept] = member.post("/drafts", drafts=[draft()])["ids"]
    world.owner.post("/drafts", drafts=[draft()])
    legacy = member.register(client_capabilities={})
    member.patch("/settings", enable_drafts_synchronization=False)
    assert refused(member, "GET", "/drafts") == BAD
    assert refused(member, "POST", "/drafts", drafts=[draft()]) == BAD
    assert refused(member, "PATCH", f"/drafts/{kept}", draft=draft()) == BAD
    assert refused(member, "DELETE", f"/drafts/{kept}") == BAD
    told = member.poll(legacy["queue_id"], legacy["last_event_id"])
    assert "drafts" not in {event["type"] for event in told}
    replica = Replica(legacy)
    for event in told:
        replica.apply(event)
    assert replica.state["drafts"] == []
    member.events()
    assert member.replica.state["drafts"] == []
    world.check()
    member.patch("/settings", enable_drafts_synchronization=True)
    assert member.get("/drafts")["drafts"] == []
    assert world.owner.get("/drafts")["count"] == 1
