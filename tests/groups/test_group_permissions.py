"""Who may make a group, change it, and add, remove, join or leave."""

from typing import Any

from tests.groups.kit import Club, refused


def one(*ids: int) -> dict[str, Any]:
    return {"direct_members": list(ids), "direct_subgroups": []}


def test_each_permission_opens_what_it_says_and_no_more(club: Club) -> None:
    group_id = club.make("cooks", by=club.owner)
    path, others = f"/user_groups/{group_id}", [club.bot.user_id]
    member, me = club.member, club.member.user_id

    def may(method: str, where: str, **params: Any) -> bool:
        status, _, answer = member.request(method, where, params)
        assert status in (200, 400)
        assert status == 200 or answer["code"] == "BAD_REQUEST"
        return status == 200

    def abilities() -> dict[str, bool]:
        """What the member may do to the group; all of it is undone."""
        found = {"manage": may("PATCH", path, description="x"), "add": may("POST", f"{path}/members", add=others)}
        if not found["add"]:
            club.members(group_id, add=others)
        found["remove"] = may("POST", f"{path}/members", delete=others)
        if not found["remove"]:
            club.members(group_id, delete=others)
        found["join"] = may("POST", f"{path}/members", add=[me])
        if not found["join"]:
            club.members(group_id, add=[me])
        found["leave"] = may("POST", f"{path}/members", delete=[me])
        if not found["leave"]:
            club.members(group_id, delete=[me])
        return found

    nobody = club.system("nobody")
    club.owner.patch(path, can_leave_group={"new": nobody})
    none = dict.fromkeys(("manage", "add", "remove", "join", "leave"), False)
    assert abilities() == none
    opened = {
        "can_manage_group": {"manage", "add", "remove", "join", "leave"},
        "can_add_members_group": {"add", "join"},
        "can_remove_members_group": {"remove", "leave"},
        "can_join_group": {"join"},
        "can_leave_group": {"leave"},
        "can_mention_group": set(),
    }
    before = club.groups()["cooks"]
    for name, expected in opened.items():
        club.owner.patch(path, **{name: {"new": one(me)}})
        assert abilities() == none | dict.fromkeys(expected, True), name
        club.owner.patch(path, **{name: {"new": before[name]}})
    club.owner.patch("/realm", can_manage_all_groups={"new": one(me)})
    assert abilities() == dict.fromkeys(none, True)
    assert may("POST", f"{path}/deactivate")
    club.check()


def test_groups_are_made_by_those_whom_the_organization_names(club: Club) -> None:
    """A custom group opens it to its members, of any depth; but never to guests."""
    outer = club.make("outer", club.guest, subgroups=[club.make("inner", club.member)])
    club.owner.patch("/realm", can_create_groups={"new": outer}, can_create_public_channel_group={"new": outer})
    club.check()
    assert club.member.replica.state["can_create_public_streams"] is True
    assert club.guest.replica.state["can_create_public_streams"] is False
    assert club.moderator.replica.state["can_create_public_streams"] is False
    made = club.make("of the member", by=club.member)
    new: dict[str, Any] = {"name": "n", "description": "", "members": []}
    for person in (club.guest, club.moderator, club.admin):
        assert refused(person, "POST", "/user_groups/create", **new) == "BAD_REQUEST"
    # A guest holds nothing that not everybody may hold, but may leave.
    club.owner.patch(f"/user_groups/{made}", can_join_group={"new": one(club.guest.user_id)})
    join = {"add": [club.guest.user_id]}
    assert refused(club.guest, "POST", f"/user_groups/{made}/members", **join) == "BAD_REQUEST"
    club.members(made, **join)
    club.guest.post(f"/user_groups/{made}/members", delete=[club.guest.user_id])
    club.check()
    club.members(outer, delete_subgroups=[club.groups()["inner"]["id"]])
    assert refused(club.member, "POST", "/user_groups/create", **new) == "BAD_REQUEST"
    club.check()
    assert club.member.replica.state["can_create_public_streams"] is False


def test_what_everybody_may_hold_a_guest_holds_by_a_group(club: Club) -> None:
    group_id = club.make("visitors", club.guest)
    club.owner.post(
        "/users/me/subscriptions",
        subscriptions=[{"name": "hall"}],
        principals=[club.guest.user_id, club.member.user_id],
        can_send_message_group=group_id,
    )
    club.guest.post("/messages", type="channel", to="hall", topic="t", content="hi")
    assert refused(club.member, "POST", "/messages", type="channel", to="hall", topic="t", content="hi")
    club.members(group_id, add=[club.member.user_id])
    club.member.post("/messages", type="channel", to="hall", topic="t", content="hi")
    club.check()


def test_a_conversation_needs_one_whom_a_group_lets_have_it(club: Club) -> None:
    group_id = club.make("talkers", club.moderator)
    club.owner.patch(
        "/realm", direct_message_permission_group={"new": group_id}, direct_message_initiator_group={"new": group_id}
    )
    to = {"type": "direct", "content": "hi"}
    assert refused(club.member, "POST", "/messages", to=[club.guest.user_id], **to) == "BAD_REQUEST"
    assert refused(club.member, "POST", "/messages", to=[club.moderator.user_id], **to) == "BAD_REQUEST"
    club.moderator.post("/messages", to=[club.member.user_id], **to)
    club.member.post("/messages", to=[club.moderator.user_id], **to)  # begun by who may
    club.member.post("/messages", to=[club.bot.user_id], **to)  # bots are always fine
    club.check()
