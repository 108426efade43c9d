"""Groups over the API: what each change tells whom, and what is refused."""

from typing import Any

import pytest
from tests.groups.kit import Club, refused

from aloha.contract.errors import ApiError


def only(ids: list[int]) -> dict[str, list[int]]:
    return {"direct_members": ids, "direct_subgroups": []}


def test_a_group_is_made_changed_and_told_of_to_everybody(club: Club) -> None:
    nobody, everyone = club.system("nobody"), club.system("everyone")
    club.skip()
    group_id = club.make("cooks", club.member, club.guest, by=club.admin, description="lunch")
    expected: dict[str, Any] = {
        "id": group_id,
        "name": "cooks",
        "description": "lunch",
        "creator_id": club.admin.user_id,
        "members": [club.member.user_id, club.guest.user_id],
        "direct_subgroup_ids": [],
        "is_system_group": False,
        "can_add_members_group": only([club.admin.user_id]),
        "can_join_group": nobody,
        "can_leave_group": everyone,
        "can_manage_group": only([club.admin.user_id]),
        "can_mention_group": everyone,
        "can_remove_members_group": nobody,
        "deactivated": False,
    }
    for person in club.world.people.values():
        [told] = club.told(person)
        expected["date_created"] = told["group"]["date_created"]
        assert told == {"op": "add", "group": expected}
        assert club.groups(person)["cooks"] == expected
    club.check()
    change = {"new": only([club.moderator.user_id]), "old": everyone}
    club.admin.patch(f"/user_groups/{group_id}", name="bakers", description="bread", can_mention_group=change)
    data = [{"name": "bakers"}, {"description": "bread"}, {"can_mention_group": only([club.moderator.user_id])}]
    assert club.told(club.guest) == [{"op": "update", "group_id": group_id, "data": one} for one in data]
    club.admin.patch(f"/user_groups/{group_id}", name="bakers")
    assert club.told(club.guest) == []  # nothing changed
    club.check()
    stale = {"new": nobody, "old": everyone}
    assert refused(club.admin, "PATCH", f"/user_groups/{group_id}", can_mention_group=stale) == "EXPECTATION_MISMATCH"
    club.check()


def test_members_and_subgroups_come_and_go(club: Club) -> None:
    outer, inner = club.make("outer", club.admin), club.make("inner", club.guest)
    club.skip()
    member, admin, guest = club.member.user_id, club.admin.user_id, club.guest.user_id
    club.members(outer, add=[member], delete=[admin], add_subgroups=[inner, club.system("owners")])
    assert club.told(club.bot) == [
        {"op": "add_members", "group_id": outer, "user_ids": [member]},
        {"op": "remove_members", "group_id": outer, "user_ids": [admin]},
        {"op": "add_subgroups", "group_id": outer, "direct_subgroup_ids": [club.system("owners"), inner]},
    ]
    club.check()
    everybody = club.member.get(f"/user_groups/{outer}/members")["members"]
    assert everybody == [club.owner.user_id, member, guest]
    assert club.member.get(f"/user_groups/{outer}/members", direct_member_only=True)["members"] == [member]
    assert club.member.get(f"/user_groups/{outer}/members/{guest}")["is_user_group_member"] is True
    direct = club.member.get(f"/user_groups/{outer}/members/{guest}", direct_member_only=True)
    assert direct["is_user_group_member"] is False
    moderators = club.system("moderators")
    club.owner.post(f"/user_groups/{inner}/subgroups", add=[moderators])
    subgroups = club.member.get(f"/user_groups/{outer}/subgroups")["subgroups"]
    assert subgroups == sorted([club.system("owners"), club.system("administrators"), moderators, inner])
    only_direct = club.member.get(f"/user_groups/{outer}/subgroups", direct_subgroup_only=True)["subgroups"]
    assert only_direct == sorted([club.system("owners"), inner])
    club.check()
    club.owner.post(f"/user_groups/{outer}/subgroups", delete=[inner])
    assert club.told(club.bot)[-1] == {"op": "remove_subgroups", "group_id": outer, "direct_subgroup_ids": [inner]}
    club.check()


def test_the_notification_bot_tells_people_what_others_did_to_them(club: Club) -> None:
    group_id = club.make("cooks", club.bot)
    club.skip()
    club.members(group_id, add=[club.member.user_id, club.owner.user_id])
    [message] = [event["message"] for event in club.member.events() if event["type"] == "message"]
    assert message["sender_full_name"] == "Notification Bot"
    assert f'data-user-group-id="{group_id}"' in message["content"]
    club.members(group_id, delete=[club.member.user_id, club.bot.user_id])
    assert len([event for event in club.member.events() if event["type"] == "message"]) == 1
    for person in (club.owner, club.bot, club.guest):
        assert not [event for event in person.events() if event["type"] == "message"]


def test_what_is_refused_changes_nothing(club: Club) -> None:
    group_id, other = club.make("cooks", club.member), club.make("bakers")
    club.owner.post(f"/user_groups/{other}/subgroups", add=[group_id])
    club.owner.delete(f"/users/{club.moderator.user_id}")
    del club.world.people["moderator"]
    club.skip()
    head = club.world.head()
    new: dict[str, Any] = {"description": "", "members": []}
    for name in ("", "   ", "x" * 101, "@x", "role:x", "user:x", "stream:x", "channel:x", "COOKS", "a*b", "a\nb"):
        assert refused(club.owner, "POST", "/user_groups/create", **{**new, "name": name}) == "BAD_REQUEST"
    assert refused(club.owner, "PATCH", f"/user_groups/{other}", name="Cooks") == "BAD_REQUEST"
    bad_settings = [
        ("can_manage_group", club.system("everyone")),
        ("can_mention_group", club.system("internet")),
        ("can_mention_group", 999),
        ("can_mention_group", only([999])),
        ("can_mention_group", only([club.moderator.user_id])),  # deactivated
    ]
    for name, value in bad_settings:
        assert refused(club.owner, "POST", "/user_groups/create", **{**new, "name": "n", name: value}) == "BAD_REQUEST"
        assert refused(club.owner, "PATCH", f"/user_groups/{other}", **{name: {"new": value}}) == "BAD_REQUEST"
    assert refused(club.owner, "POST", "/user_groups/create", **{**new, "name": "n", "members": [999]})
    assert refused(club.owner, "POST", "/user_groups/create", **{**new, "name": "n", "subgroups": [999]})
    bad_changes: list[dict[str, Any]] = [
        {},
        {"add": [club.member.user_id]},  # is one already
        {"delete": [club.admin.user_id]},  # is none
        {"add": [999]},
        {"add": [club.moderator.user_id]},
        {"delete_subgroups": [other]},
        {"add_subgroups": [999]},
        {"add_subgroups": [group_id]},
        {"add_subgroups": [other]},  # would close a circle
        {"add": [club.admin.user_id], "delete": [club.guest.user_id]},  # half of it could be done
    ]
    for change in bad_changes:
        assert refused(club.owner, "POST", f"/user_groups/{group_id}/members", **change) == "BAD_REQUEST"
    system = club.system("members")
    assert refused(club.owner, "POST", f"/user_groups/{system}/members", add=[club.guest.user_id]) == "BAD_REQUEST"
    assert refused(club.owner, "PATCH", f"/user_groups/{system}", name="x") == "BAD_REQUEST"
    assert refused(club.owner, "POST", f"/user_groups/{system}/deactivate") == "BAD_REQUEST"
    assert refused(club.owner, "GET", "/user_groups/999/members") == "BAD_REQUEST"
    assert refused(club.owner, "GET", f"/user_groups/{group_id}/members/999") == "BAD_REQUEST"
    assert club.world.head() == head
    club.check()


def test_a_group_in_use_stays_and_says_what_uses_it(club: Club) -> None:
    group_id = club.make("cooks", club.member)
    whole, friend = club.make("staff", subgroups=[group_id]), club.make("friends", can_mention_group=group_id)
    club.owner.patch("/realm", can_create_groups={"new": {"direct_members": [], "direct_subgroups": [group_id]}})
    club.admin.post("/users/me/subscriptions", subscriptions=[{"name": "kitchen"}], can_send_message_group=group_id)
    stream_id = club.admin.get("/get_stream_id", stream="kitchen")["stream_id"]
    club.owner.patch(f"/user_groups/{group_id}", can_mention_group={"new": group_id})  # its own does not count
    with pytest.raises(ApiError) as caught:
        club.owner.post(f"/user_groups/{group_id}/deactivate")
    assert caught.value.code == "CANNOT_DEACTIVATE_GROUP_IN_USE"
    assert caught.value.fields["objections"] == [
        {"type": "subgroup", "supergroup_ids": [whole]},
        {"type": "realm", "settings": ["can_create_groups"]},
        {"type": "channel", "channel_id": stream_id, "settings": ["can_send_message_group"]},
        {"type": "user_group", "group_id": friend, "settings": ["can_mention_group"]},
    ]
    assert (
        refused(club.owner, "PATCH", f"/user_groups/{group_id}", deactivated=True) == "CANNOT_DEACTIVATE_GROUP_IN_USE"
    )
    everyone = club.system("everyone")
    club.owner.post(f"/user_groups/{whole}/deactivate")
    club.owner.patch("/realm", can_create_groups={"new": club.system("members")})
    club.admin.patch(f"/streams/{stream_id}", can_send_message_group={"new": everyone})
    club.owner.patch(f"/user_groups/{friend}", can_mention_group={"new": everyone})
    club.owner.post(f"/user_groups/{group_id}/deactivate")
    club.check()


def test_deactivating_looks_like_removing_to_clients_that_know_no_deactivated_groups(club: Club) -> None:
    group_id = club.make("cooks", club.member)
    club.skip()
    club.owner.post(f"/user_groups/{group_id}/deactivate")
    assert club.told(club.member) == [{"op": "update", "group_id": group_id, "data": {"deactivated": True}}]
    for legacy in club.legacy:
        assert [(event["op"], event["group_id"]) for event in legacy.events()] == [("remove", group_id)]
    club.check()
    assert refused(club.owner, "POST", f"/user_groups/{group_id}/deactivate") == "BAD_REQUEST"
    assert refused(club.owner, "POST", f"/user_groups/{group_id}/members", add=[club.admin.user_id]) == "BAD_REQUEST"
    assert refused(club.owner, "PATCH", "/realm", can_create_groups={"new": group_id}) == "BAD_REQUEST"
    assert group_id not in {group["id"] for group in club.member.get("/user_groups")["user_groups"]}
    assert club.groups(club.guest)["cooks"]["deactivated"] is True
    taken = club.make("Cooks")
    assert refused(club.owner, "PATCH", f"/user_groups/{group_id}", deactivated=False) == "BAD_REQUEST"
    club.skip()
    club.owner.patch(f"/user_groups/{group_id}", name="old cooks")
    assert all(legacy.events() == [] for legacy in club.legacy)
    club.check()
    club.owner.delete(f"/users/{club.admin.user_id}")  # in none of them
    del club.world.people["admin"]
    club.skip()
    club.owner.patch(f"/user_groups/{group_id}", deactivated=False)
    assert club.told(club.member) == [{"op": "update", "group_id": group_id, "data": {"deactivated": False}}]
    for legacy in club.legacy:
        [event] = legacy.events()
        assert (event["op"], event["group"]["name"], event["group"]["members"]) == (
            "add",
            "old cooks",
            [club.member.user_id],
        )
    assert taken != group_id
    club.check()
