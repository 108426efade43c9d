"""Inviting people: who may, what is listed to whom, who is told."""

from typing import Any

import pytest
from tests.spine.test_secrets import everything_stored
from tests.world import Person, World

from aloha.contract.errors import ApiError

WANTED: dict[str, Any] = {"invitee_emails": "new@example.com", "stream_ids": []}


def refused(person: Person, method: str, path: str, **params: Any) -> ApiError:
    with pytest.raises(ApiError) as caught:
        person.call(method, path, **params)
    assert caught.value.status == 400
    return caught.value


def hearers(world: World) -> set[str]:
    """Who was told of a change of the invitations since the last call."""
    return {
        name
        for name, person in world.people.items()
        if [event for event in person.events() if event["type"] == "invites_changed"]
    }


def invites(person: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = person.get("/invites")["invites"]
    return found


def test_invitations_by_mail_are_listed_sent_again_and_revoked(world: World) -> None:
    world.member.post("/invites", **WANTED, invite_expires_in_minutes=60)
    assert hearers(world) == {"owner", "admin", "member"}
    [invite] = invites(world.member)
    assert invite == {
        "id": invite["id"],
        "invited_by_user_id": world.member.user_id,
        "invited": invite["invited"],
        "expiry_date": invite["invited"] + 3600,
        "invited_as": 400,
        "email": "new@example.com",
        "notify_referrer_on_join": True,
        "is_multiuse": False,
    }
    assert invites(world.admin) == [invite]
    assert invites(world.moderator) == []
    path = f"/invites/{invite['id']}"
    for person in (world.moderator, world.guest):
        refused(person, "DELETE", path)
        refused(person, "POST", f"{path}/resend")
    refused(world.owner, "DELETE", f"/invites/multiuse/{invite['id']}")
    assert hearers(world) == set()
    world.admin.post(f"{path}/resend")
    assert hearers(world) == {"owner", "admin", "member"}
    world.admin.delete(path)
    assert hearers(world) == {"owner", "admin", "member"}
    assert invites(world.owner) == []
    refused(world.owner, "DELETE", path)
    world.check()


def test_addresses_with_an_account_are_left_out_and_said(world: World) -> None:
    text = f"A <a@example.com>, b@example.com\n A@EXAMPLE.com,{world.guest.email}"
    error = refused(world.owner, "POST", "/invites", invitee_emails=text, stream_ids=[], invite_expires_in_minutes=None)
    assert error.code == "INVITATION_FAILED"
    assert error.fields["sent_invitations"] is True
    assert error.fields["errors"] == [[world.guest.email, "Already has an account.", False]]
    assert [(one["email"], one["expiry_date"]) for one in invites(world.owner)] == [
        ("A@EXAMPLE.com", None),
        ("b@example.com", None),
    ]
    head = world.head()
    for emails in (world.guest.email, "c@example.com, nobody", ""):
        error = refused(world.owner, "POST", "/invites", invitee_emails=emails, stream_ids=[])
        assert error.fields.get("sent_invitations", False) is False
    assert world.head() == head
    hearers(world)
    world.admin.post("/users", email="b@example.com", password="midsummer", full_name="B")
    assert hearers(world) == {"owner", "admin"}
    assert [one["email"] for one in invites(world.owner)] == ["A@EXAMPLE.com"]


def test_a_link_is_shown_to_who_may_see_it_and_stands_nowhere(world: World) -> None:
    refused(world.moderator, "POST", "/invites/multiuse")
    link = world.admin.post("/invites/multiuse", invite_as=600)["invite_link"]
    assert link.startswith("http")
    [invite] = invites(world.owner)
    assert (invite["link_url"], invite["is_multiuse"], invite["invited_as"]) == (link, True, 600)
    assert "email" not in invite
    assert invites(world.member) == []
    token = link.split("/")[-2]
    assert not [where for where, content in everything_stored(world) if token.encode() in content]
    hearers(world)
    world.owner.delete(f"/users/{world.admin.user_id}")
    del world.people["admin"]
    assert hearers(world) == {"owner"}
    assert invites(world.owner) == []


def test_who_may_invite_as_what_and_to_where(world: World) -> None:
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "secret"}], invite_only=True)
    secret = world.owner.get("/get_stream_id", stream="secret")["stream_id"]
    group = world.owner.post("/user_groups/create", name="cooks", description="", members=[])["group_id"]
    head = world.head()
    for person, params in (
        (world.guest, {}),
        (world.moderator, {"invite_as": 300}),
        (world.member, {"invite_as": 200}),
        (world.admin, {"invite_as": 100}),
        (world.owner, {"invite_as": 150}),
        (world.member, {"stream_ids": [secret]}),
        (world.owner, {"stream_ids": [999]}),
        (world.member, {"group_ids": [group]}),
        (world.owner, {"group_ids": [999]}),
        (world.owner, {"invite_expires_in_minutes": 0}),
    ):
        assert refused(person, "POST", "/invites", **{**WANTED, **params}).code == "BAD_REQUEST"
    assert world.head() == head
    world.owner.post("/invites", **{**WANTED, "invite_as": 100, "stream_ids": [secret], "group_ids": [group]})
    [invite] = invites(world.admin)
    refused(world.admin, "DELETE", f"/invites/{invite['id']}")  # owners are invited by owners
    world.owner.patch("/realm", can_invite_users_group={"new": group})
    refused(world.member, "POST", "/invites", **WANTED)
    world.owner.post(f"/user_groups/{group}/members", add=[world.member.user_id])
    world.member.post("/invites", **{**WANTED, "invitee_emails": "other@example.com"})
    world.check()
