"""Presence over the API: pings, answers in both forms, events, invisible people, and guests."""

import asyncio
import time
from typing import Any

import pytest
from tests.people.kit import EVERYBODY, join, limit_guests, refused, told, with_legacy
from tests.world import MODERN, Person, World

from aloha_server.actions import presence as actions

PATH = "/users/me/presence"


def ping(person: Person, status: str = "active", **params: Any) -> dict[str, Any]:
    return person.post(PATH, status=status, **params)


def later(world: World, seconds: float) -> None:
    """Turns the clock of reads, which pings are."""
    world.store.clock = lambda: time.time() + seconds


def test_coming_online_is_told_once_and_answered_in_both_forms(world: World) -> None:
    member, member_id = world.member, world.member.user_id
    with with_legacy(world):
        assert ping(world.admin, ping_only=True).keys() == {"result", "msg"}
        told(world)
        answer = ping(member)
        shown = f"user{member_id}@aloha.invalid"
        assert answer["presences"][shown]["website"].keys() == {"client", "status", "timestamp", "pushable"}
        assert answer["presences"][shown]["aggregated"]["status"] == "active"
        assert "zephyr_mirror_active" not in answer
        events = told(world, "presence")
        assert events.keys() == EVERYBODY
        [event] = events["guest"]
        assert (event["user_id"], event["presence"]["website"]["status"]) == (member_id, "active")
        assert event.keys() == {"type", "user_id", "server_timestamp", "presence"}
        assert events["legacy"][0]["email"] == shown
        later(world, 100)
        ping(member)
        assert told(world, "presence") == {}
        known = ping(world.admin, last_update_id=-1)
        assert known["presences"].keys() == {str(member_id), str(world.admin.user_id)}
        assert known["presences"][str(member_id)].keys() == {"active_timestamp", "idle_timestamp"}
        known_id = known["presence_last_update_id"]
        assert ping(world.admin, last_update_id=known_id)["presences"] == {}
        ping(world.guest, "idle")
        assert told(world, "presence") == {}, "an idle client brings nobody online"
        changed = ping(world.admin, last_update_id=known_id)["presences"]
        assert [*map(list, changed.values())] == [["idle_timestamp"]]
        assert ping(world.admin, slim_presence=True)["presences"].keys() > changed.keys()
        state = world.owner.register()
        assert state["presences"].keys() == {str(p.user_id) for p in (member, world.admin, world.guest)}
        assert world.people["legacy"].register()["presences"][shown]["website"]["status"] == "active"
        assert state["presence_last_update_id"] >= known_id
        world.check()


def test_one_persons_presence(world: World) -> None:
    ping(world.member)
    for asked in (str(world.member.user_id), f"user{world.member.user_id}@aloha.invalid"):
        shown = world.guest.get(f"/users/{asked}/presence")["presence"]
        assert shown["aggregated"] == shown["website"]
        assert shown["website"].keys() == {"status", "timestamp"}
        assert shown["website"]["status"] == "active"
    later(world, 300)
    shown = world.guest.get(f"/users/{world.member.user_id}/presence")["presence"]
    assert (shown["aggregated"]["status"], shown["website"]["status"]) == ("offline", "active")
    assert world.guest.get("/realm/presence")["presences"].keys() == {f"user{world.member.user_id}@aloha.invalid"}
    for asked in ("999", "nobody@example.com", str(world.bot.user_id), str(world.guest.user_id)):
        assert refused(world.owner, "GET", f"/users/{asked}/presence").code == "BAD_REQUEST", asked


def test_bad_pings_are_refused(world: World) -> None:
    assert refused(world.bot, "POST", PATH, status="active").code == "BAD_REQUEST", "bots are not there"
    assert refused(world.member, "POST", PATH).code == "REQUEST_VARIABLE_MISSING"
    for params in ({"status": "away"}, {"last_update_id": "x"}, {"history_limit_days": -1}):
        assert refused(world.member, "POST", PATH, **{"status": "active", **params}).code == "BAD_REQUEST", params
    assert world.owner.register()["presences"] == {}
    later(world, 0)
    ping(world.member)
    later(world, 3 * 24 * 3600)
    assert ping(world.admin, last_update_id=-1, history_limit_days=2)["presences"].keys() == {str(world.admin.user_id)}
    assert len(ping(world.admin, last_update_id=-1)["presences"]) == 2
    assert len(world.owner.register(presence_history_limit_days=2)["presences"]) == 1


def test_the_invisible_are_seen_to_leave_and_report_nothing(world: World) -> None:
    member_id = str(world.member.user_id)
    ping(world.member)
    told(world)
    world.member.patch("/settings", presence_enabled=False)
    [event] = told(world, "presence")["guest"]
    entry = event["presence"]["website"]
    assert entry["status"] == "idle"
    assert event["server_timestamp"] - entry["timestamp"] > 200
    known = ping(world.admin, last_update_id=-1)
    assert known["presences"][member_id] == {"idle_timestamp": entry["timestamp"]}
    later(world, 100)
    ping(world.member)
    assert told(world, "presence").keys() == EVERYBODY - {"legacy"}, "of the administrator alone"
    assert member_id not in ping(world.admin, last_update_id=known["presence_last_update_id"])["presences"]
    world.member.patch("/settings", presence_enabled=True)
    [event] = told(world, "presence")["guest"]
    assert event["presence"]["website"]["status"] == "active"
    changed = ping(world.admin, last_update_id=known["presence_last_update_id"])["presences"]
    assert "active_timestamp" in changed[member_id]
    world.check()


def test_guests_get_the_presence_of_those_whom_they_see(world: World) -> None:
    limit_guests(world)
    told(world)
    ping(world.member)
    assert "guest" not in told(world, "presence")
    assert ping(world.guest)["presences"].keys() == {f"user{world.guest.user_id}@aloha.invalid"}
    assert world.guest.register()["presences"].keys() == {str(world.guest.user_id)}
    assert refused(world.guest, "GET", f"/users/{world.member.user_id}/presence").code == "BAD_REQUEST"
    join(world, world.member, world.guest)
    assert ping(world.guest, last_update_id=-1)["presences"].keys() > {str(world.member.user_id)}
    world.owner.delete(f"/users/{world.member.user_id}")
    del world.people["member"], world.people["bot"]
    assert str(world.member.user_id) not in ping(world.guest, last_update_id=-1)["presences"]
    assert str(world.member.user_id) not in world.owner.register()["presences"]


def test_in_large_organizations_only_who_understands_many_at_once_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And of all together, by background work; for them, one is told in the same form."""
    simple = {**MODERN, "simplified_presence_events": True}
    queue = world.owner.register(client_capabilities=simple)

    def heard() -> list[dict[str, Any]]:
        events = world.owner.poll(queue["queue_id"], queue["last_event_id"])
        return [{**event, "id": 0} for event in events if event["type"] == "presence"]

    ping(world.member)
    [event] = heard()
    assert event.keys() == {"id", "type", "presences"}
    assert event["presences"].keys() == {str(world.member.user_id)}
    monkeypatch.setattr(actions, "TOLD_AT_ONCE_MAX", 2)
    told(world)
    before = world.head()
    ping(world.admin)
    ping(world.guest)
    world.guest.patch("/settings", presence_enabled=False)
    data = world.server.data
    asyncio.run_coroutine_threadsafe(data.keep_presence(), data._loop).result(20)
    assert told(world, "presence") == {}
    came = {user_id for event in heard()[1:] for user_id in event["presences"]}
    assert came == {str(world.admin.user_id), str(world.guest.user_id)}
    assert world.head() - before <= 4
