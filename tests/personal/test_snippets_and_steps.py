"""Saved snippets and the hints for new users: theirs alone, with their bounds."""

import pytest
from tests.personal.kit import START, only_own_told, refused
from tests.world import World

from aloha_server.actions import saved_snippets as actions

BAD, GONE = ("BAD_REQUEST", 400), ("BAD_REQUEST", 404)


def test_snippets_are_saved_edited_and_deleted_for_all_clients_of_their_owner(world: World) -> None:
    member = world.member
    id_ = member.post("/saved_snippets", title=" Hello ", content="**Hi** there ")["saved_snippet_id"]
    snippet = {"id": id_, "title": "Hello", "content": "**Hi** there", "date_created": int(START)}
    [event] = only_own_told(world, member)
    assert event == {"type": "saved_snippets", "op": "add", "saved_snippet": snippet, "id": event["id"]}
    member.patch(f"/saved_snippets/{id_}", title="t" * 60)
    member.patch(f"/saved_snippets/{id_}", content="Bye")
    member.patch(f"/saved_snippets/{id_}", content="Bye")  # no change, no event
    changed = {**snippet, "title": "t" * 60, "content": "Bye"}
    events = only_own_told(world, member)
    assert [(event["op"], event["saved_snippet"]["content"]) for event in events] == [
        ("update", "**Hi** there"),
        ("update", "Bye"),
    ]
    assert member.get("/saved_snippets")["saved_snippets"] == [changed]
    world.check()
    member.delete(f"/saved_snippets/{id_}")
    [event] = only_own_told(world, member)
    assert event == {"type": "saved_snippets", "op": "remove", "saved_snippet_id": id_, "id": event["id"]}
    world.check()


def test_what_is_no_snippet_is_refused_and_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    member, path = world.member, "/saved_snippets"
    id_ = member.post(path, title="one", content="1")["saved_snippet_id"]
    head = world.head()
    for title, content in [(" ", "x"), ("x", " "), ("t" * 61, "x"), ("x", "c" * 10_001)]:
        assert refused(member, "POST", path, title=title, content=content) == BAD
        assert refused(member, "PATCH", f"{path}/{id_}", title=title, content=content) == BAD
    assert refused(member, "PATCH", f"{path}/{id_}") == BAD
    for other in (f"{path}/{id_}", f"{path}/999999"):
        assert refused(world.owner, "PATCH", other, title="mine") == GONE
        assert refused(world.owner, "DELETE", other) == GONE
    monkeypatch.setattr(actions, "SNIPPETS_MAX", 1)
    assert refused(member, "POST", path, title="two", content="2") == BAD
    assert world.owner.get(path)["saved_snippets"] == []
    assert world.head() == head


def test_a_dismissed_hint_is_not_shown_again(world: World) -> None:
    guest, name = world.guest, "intro_inbox_view_modal"
    before = guest.replica.state["onboarding_steps"]
    assert {"type": "one_time_notice", "name": name} in before
    guest.post("/users/me/onboarding_steps", onboarding_step=name)
    [event] = only_own_told(world, guest)
    assert event["type"] == "onboarding_steps"
    assert event["onboarding_steps"] == [step for step in before if step["name"] != name]
    guest.post("/users/me/onboarding_steps", onboarding_step=name)
    assert refused(guest, "POST", "/users/me/onboarding_steps", onboarding_step="nosuch") == BAD
    assert only_own_told(world, guest) == []
    world.check()
