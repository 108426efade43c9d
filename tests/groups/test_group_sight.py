"""What a change of members shows and hides: private channels, and people to guests who see only some."""

from typing import Any

from tests.groups.kit import Club
from tests.world import Person


def kinds(person: Person) -> list[str]:
    """Of the events about channels and people."""
    types = ("stream", "subscription", "realm_user")
    return [f"{event['type']}/{event['op']}" for event in person.events() if event["type"] in types]


def test_a_private_channel_comes_and_goes_with_the_group_that_may_administer_it(club: Club) -> None:
    inner = club.make("inner")
    outer = club.make("outer", subgroups=[inner])
    club.owner.post(
        "/users/me/subscriptions",
        subscriptions=[{"name": "secret"}],
        invite_only=True,
        can_administer_channel_group={"direct_members": [], "direct_subgroups": [outer, club.system("nobody")]},
    )
    club.skip()
    both = [club.member.user_id, club.guest.user_id]
    club.members(inner, add=both)
    assert kinds(club.member) == ["stream/create", "subscription/peer_add"]
    assert kinds(club.guest) == kinds(club.moderator) == kinds(club.bot) == []
    club.check()
    club.members(outer, delete_subgroups=[inner])
    assert kinds(club.member) == ["stream/delete"]
    assert kinds(club.guest) == kinds(club.moderator) == []
    club.check()
    club.members(outer, add=both)
    assert kinds(club.member) == ["stream/create", "subscription/peer_add"]
    club.members(outer, delete=both)
    assert kinds(club.member) == ["stream/delete"]
    club.check()


def test_a_permission_that_names_a_group_shows_the_channel_to_its_members(club: Club) -> None:
    group_id = club.make("cooks", club.member, club.guest)
    club.owner.post("/users/me/subscriptions", subscriptions=[{"name": "secret"}], invite_only=True)
    stream_id = club.owner.get("/get_stream_id", stream="secret")["stream_id"]
    club.skip()
    club.owner.patch(f"/streams/{stream_id}", can_subscribe_group={"new": group_id})
    assert "stream/create" in kinds(club.member)
    assert kinds(club.guest) == []
    club.member.post("/messages", type="direct", to=[club.guest.user_id], content="see #**secret**")
    [message] = [event["message"] for event in club.guest.events() if event["type"] == "message"]
    assert f'data-stream-id="{stream_id}"' in message["content"]
    club.check()
    club.member.post("/users/me/subscriptions", subscriptions=[{"name": "secret"}])
    club.members(group_id, delete=[club.member.user_id])
    assert "stream/delete" not in kinds(club.member)  # a subscriber knows of it anyway
    club.check()


def test_guests_are_told_of_members_whom_they_see(club: Club) -> None:
    club.limit_guests()
    club.owner.post(
        "/users/me/subscriptions",
        subscriptions=[{"name": "hall"}],
        principals=[club.guest.user_id, club.member.user_id],
    )
    club.skip()
    member, moderator = club.member.user_id, club.moderator.user_id
    group_id = club.make("cooks", club.member, club.moderator)
    assert club.told(club.guest)[0]["group"]["members"] == [member]
    assert club.told(club.bot)[0]["group"]["members"] == sorted([member, moderator])
    assert club.groups(club.guest)["cooks"]["members"] == [member]
    assert club.guest.get(f"/user_groups/{group_id}/members")["members"] == [member]
    club.check()
    club.members(group_id, delete=[member, moderator])
    club.members(group_id, add=[moderator])
    assert club.told(club.guest) == [{"op": "remove_members", "group_id": group_id, "user_ids": [member]}]
    club.check()
    # Who comes into view is named in their groups, and in none once out of view.
    club.owner.post("/users/me/subscriptions", subscriptions=[{"name": "hall"}], principals=[moderator])
    named = {"op": "add_members", "group_id": group_id, "user_ids": [moderator]}
    assert named in club.told(club.guest)
    club.check()
    club.owner.delete("/users/me/subscriptions", subscriptions=["hall"], principals=[moderator])
    club.check()
    assert club.guest.replica.state["realm_user_groups"][-1]["members"] == []
    club.owner.post(f"/user_groups/{group_id}/deactivate")
    club.owner.post("/users/me/subscriptions", subscriptions=[{"name": "hall"}], principals=[moderator])
    assert not [
        event for event in club.legacy[1].events() if event.get("group_id") == group_id and event["op"] != "remove"
    ]
    club.owner.patch(f"/user_groups/{group_id}", deactivated=False)
    club.check()


def test_deactivated_people_leave_their_groups_and_come_back_to_them(club: Club) -> None:
    group_id = club.make("cooks", club.moderator, club.member)
    moderator = club.moderator.user_id
    club.skip()
    club.owner.delete(f"/users/{moderator}")
    gone: dict[str, Any] = {"op": "remove_members", "group_id": group_id, "user_ids": [moderator]}
    assert gone in club.told(club.guest)
    away = club.world.people.pop("moderator")
    assert club.member.get(f"/user_groups/{group_id}/members")["members"] == [club.member.user_id]
    club.check()
    club.owner.post(f"/users/{moderator}/reactivate")
    assert {**gone, "op": "add_members"} in club.told(club.guest)
    away.start()
    club.world.people["moderator"] = away
    club.check()
