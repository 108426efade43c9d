"""Channels over the API, as clients see them: every change is told to all who may know, and to nobody else."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest
from tests.streams.kit import updates
from tests.world import Http, Person, World

from aloha.contract.errors import ApiError

ADDRESS = re.compile(r"plans-tea\.[0-9a-f]{32}\.show-sender@aloha\.invalid")


class OldClient(Person):
    """Of the member; it names no capabilities."""

    def register(self, **params: Any) -> dict[str, Any]:
        return super().register(**{"client_capabilities": {}, **params})


@pytest.fixture
def old_clients(world: World) -> Iterator[None]:
    """Two more, whom `World.check` looks at too."""
    with ExitStack() as stack:
        for name in ("member", "guest"):
            person = world.people[name]
            old = OldClient(person.port, person.user_id, person.email, person.api_key, f"old {name}")
            stack.callback(old.close)
            old.start()
            world.people[old.name] = old
        yield


def groups_of(world: World) -> dict[str, int]:
    return {group["name"]: group["id"] for group in world.owner.replica.state["realm_user_groups"]}


def make(person: Http, name: str, **params: Any) -> int:
    person.post("/users/me/subscriptions", subscriptions=[{"name": name}], **params)
    found: int = person.get("/get_stream_id", stream=name)["stream_id"]
    return found


def refused(person: Http, method: str, path: str, **params: Any) -> ApiError:
    with pytest.raises(ApiError) as caught:
        person.call(method, path, **params)
    return caught.value


def shown_email(viewer: Person, person: Person) -> str:
    users = viewer.replica.state["realm_users"]
    return next(str(user["email"]) for user in users if user["user_id"] == person.user_id)


def send(person: Http, stream_id: int, topic: str = "lunch") -> int:
    sent: int = person.post("/messages", type="stream", to=stream_id, topic=topic, content="hi")["id"]
    return sent


@pytest.mark.usefixtures("old_clients")
def test_everybodys_copy_stays_true_through_the_life_of_a_channel(world: World) -> None:
    admin, member, guest = world.admin, world.member, world.guest
    everybody = [person.user_id for person in (admin, member, guest, world.bot)]
    stream_id = make(admin, "plans", principals=everybody, is_default_stream=True)
    world.check()
    send(member, stream_id)
    send(admin, stream_id)
    world.check()
    assert member.replica.state["unread_msgs"]["count"] > 1
    path = f"/streams/{stream_id}"
    admin.patch(path, new_name="ideas", description="**d**")
    admin.patch(path, is_private=True, is_default_stream=False, history_public_to_subscribers=False)
    world.check()
    admin.delete("/users/me/subscriptions", subscriptions=["ideas"], principals=[member.user_id, guest.user_id])
    world.check()
    assert member.replica.state["unread_msgs"]["streams"] == []
    send(admin, stream_id)
    admin.post("/users/me/subscriptions", subscriptions=[{"name": "ideas"}], principals=[member.user_id])
    send(admin, stream_id)
    world.check()
    topics = member.replica.state["unread_msgs"]["streams"]
    assert [len(topic["unread_message_ids"]) for topic in topics] == [1], "what was sent meanwhile is not unread"
    admin.delete(path)
    world.check()
    assert member.replica.state["unread_msgs"]["streams"] == []
    admin.patch(path, is_archived=False, is_private=False)
    world.check()
    world.owner.patch(path, is_web_public=True, message_retention_days=30)
    admin.patch(path, can_send_message_group={"new": groups_of(world)["role:moderators"]})
    world.check()


def test_settings_of_a_channel_are_told_as_the_wire_has_them(world: World) -> None:
    stream_id = make(world.admin, "plans", principals=[world.admin.user_id, world.member.user_id])
    groups, path = groups_of(world), f"/streams/{stream_id}"
    world.member.events()
    permissions = {
        "can_add_subscribers_group": groups["role:members"],
        "can_remove_subscribers_group": groups["role:moderators"],
        "can_administer_channel_group": groups["role:administrators"],
        "can_send_message_group": {"direct_members": [world.member.user_id], "direct_subgroups": []},
        "can_create_topics_group": groups["role:members"],
        "can_subscribe_group": groups["role:members"],
    }
    world.admin.patch(path, **{name: {"new": setting} for name, setting in permissions.items()})
    assert updates(world.member.events()) == permissions
    for name, setting in permissions.items():
        stale = {"new": groups["role:members"], "old": groups["role:owners"]}
        assert refused(world.admin, "PATCH", path, **{name: stale}).code == "EXPECTATION_MISMATCH"
        world.admin.patch(path, **{name: {"new": setting, "old": setting}})
    world.check()
    world.owner.patch(path, message_retention_days=7)
    assert updates(world.member.events()) == {"message_retention_days": 7}
    notices = [event["message"]["content"] for event in world.member.seen if event["type"] == "message"]
    assert "1 person" in notices[-2]
    assert world.member.name.title() not in notices[-2]
    assert "7 days" in notices[-1]
    world.check()


def test_default_channels_are_an_administrators(world: World) -> None:
    stream_id = make(world.member, "plans")
    secret_id = make(world.admin, "secret", invite_only=True)
    world.guest.events()
    assert refused(world.member, "POST", "/default_streams", stream_id=stream_id).code == "UNAUTHORIZED_PRINCIPAL"
    assert refused(world.admin, "POST", "/default_streams", stream_id=secret_id).code == "BAD_REQUEST"
    assert refused(world.admin, "POST", "/default_streams", stream_id=999).code == "BAD_REQUEST"
    world.admin.post("/default_streams", stream_id=stream_id)
    names = {"group_name": "dsg", "description": "d", "stream_names": ["plans"]}
    assert refused(world.admin, "POST", "/default_stream_groups/create", **names).code == "BAD_REQUEST"
    world.admin.delete("/default_streams", stream_id=stream_id)
    world.admin.post("/default_stream_groups/create", **names)
    world.admin.patch("/default_stream_groups/1", new_group_name="more")
    assert refused(world.member, "DELETE", "/default_stream_groups/1").code == "UNAUTHORIZED_PRINCIPAL"
    other = {"op": "add", "stream_names": ["secret"]}
    assert refused(world.admin, "PATCH", "/default_stream_groups/1/streams", **other).code == "BAD_REQUEST"
    kinds = [event["type"] for event in world.member.events() if event["type"].startswith("default")]
    assert kinds == ["default_streams", "default_streams", "default_stream_groups", "default_stream_groups"]
    assert world.guest.events() == []
    world.check()
    assert world.member.replica.state["realm_default_stream_groups"][0]["name"] == "more"
    world.admin.patch("/default_stream_groups/1/streams", op="remove", stream_names=["plans"])
    world.owner.patch(f"/users/{world.member.user_id}", role=600)
    world.check()
    world.admin.delete("/default_stream_groups/1")
    world.check()


def test_everyone_has_an_address_of_their_own(world: World) -> None:
    stream_id = make(world.member, "Plans & Tea", invite_only=True)
    path = f"/streams/{stream_id}/email_address"
    head = world.head()
    address = world.member.get(path)["email"]
    assert ADDRESS.fullmatch(address)
    assert world.member.get(path)["email"] == address
    as_bot = world.member.get(path, sender_id=world.bot.user_id)["email"]
    gateway = next(b for b in world.member.replica.state["cross_realm_bots"] if b["full_name"] == "Email Gateway")
    as_gateway = world.member.get(path, sender_id=gateway["user_id"])["email"]
    assert len({address, as_bot, as_gateway}) == 3
    assert world.head() == head, "nobody is told"
    assert refused(world.member, "GET", path, sender_id=world.admin.user_id).code == "BAD_REQUEST"
    assert refused(world.moderator, "GET", path).msg == refused(world.moderator, "GET", "/streams/999").msg
    assert refused(world.admin, "GET", path).code == "BAD_REQUEST", "who only knows of it cannot post"
    token = address.split(".")[1].encode()
    stored = world.store.read(1, lambda tx: tx.rows("select token_digest, token_sealed from stream_email"))
    assert not any(token in bytes(value) for row in stored for value in row)


def test_channels_are_made_by_name_and_listed_by_person(world: World) -> None:
    people = [world.member.user_id, world.guest.user_id]
    made = world.admin.post("/channels/create", name="music", description="*all*", subscribers=people)["id"]
    empty = world.admin.post("/channels/create", name="empty", subscribers=[], invite_only=True)["id"]
    assert refused(world.admin, "POST", "/channels/create", name="MUSIC", subscribers=[]).code == "BAD_REQUEST"
    assert refused(world.guest, "POST", "/channels/create", name="x", subscribers=[]).code == "BAD_REQUEST"
    shown = world.admin.get(f"/streams/{made}")["stream"]
    assert (shown["rendered_description"], shown["creator_id"]) == ("<p><em>all</em></p>", world.admin.user_id)
    secret = make(world.member, "secret", invite_only=True)
    path = f"/users/{world.member.user_id}/channels"
    assert world.member.get(path)["subscribed_channel_ids"] == [made, secret]
    assert world.admin.get(path)["subscribed_channel_ids"] == [made, secret]
    assert world.moderator.get(path)["subscribed_channel_ids"] == [made]
    assert world.guest.get(path)["subscribed_channel_ids"] == [made]
    assert refused(world.guest, "GET", "/users/999/channels").code == "BAD_REQUEST"
    assert world.admin.get(f"/streams/{empty}/members")["subscribers"] == []
    world.check()


def test_answers_of_subscribing_are_as_asked_for(world: World) -> None:
    stream_id = make(world.member, "plans")
    make(world.member, "secret", invite_only=True)
    add = {"subscriptions": [{"name": "plans"}], "principals": [shown_email(world.moderator, world.admin)]}
    answer = world.moderator.post("/users/me/subscriptions", **add)
    admin_id = str(world.admin.user_id)
    assert answer == {
        "result": "success",
        "msg": "",
        "subscribed": {admin_id: ["plans"]},
        "already_subscribed": {},
    }
    assert "message" in {event["type"] for event in world.admin.events()}
    add["principals"] = [world.owner.user_id]
    answer = world.moderator.post("/users/me/subscriptions", **add, send_new_subscription_messages=False)
    assert "new_subscription_messages_sent" not in answer
    assert "message" not in {event["type"] for event in world.owner.events()}
    add["principals"] = [world.bot.user_id, world.guest.user_id]
    answer = world.moderator.post("/users/me/subscriptions", **add, send_new_subscription_messages=True)
    assert answer["new_subscription_messages_sent"] is True
    both = [{"name": "plans"}, {"name": "secret"}]
    answer = world.moderator.post("/users/me/subscriptions", subscriptions=both, authorization_errors_fatal=False)
    assert answer["unauthorized"] == ["secret"]
    assert answer["subscribed"] == {str(world.moderator.user_id): ["plans"]}
    assert refused(world.guest, "POST", "/users/me/subscriptions", subscriptions=both).code == "BAD_REQUEST"
    own = world.moderator.get("/users/me/subscriptions", include_subscribers="partial")["subscriptions"]
    assert len(own[0]["subscribers"]) == 6
    state = world.moderator.register(include_subscribers="partial")
    assert [len(item["subscribers"]) for item in state["subscriptions"]] == [6]
    assert refused(world.member, "PATCH", "/users/me/subscriptions").code == "BAD_REQUEST"
    with closing(Http(world.owner.port)) as nobody:
        assert refused(nobody, "GET", f"/streams/{stream_id}").code == "UNAUTHORIZED"
    world.check()


def test_new_channels_are_announced_where_the_organization_does_that(world: World) -> None:
    place = make(world.admin, "news")
    world.admin.patch("/realm", new_stream_announcements_stream_id=place)
    make(world.member, "plans", announce=True)
    make(world.member, "secret", announce=True, invite_only=True)
    make(world.member, "quiet")
    messages = [event["message"] for event in world.admin.events() if event["type"] == "message"]
    announced = [message for message in messages if message["subject"] == "new channels"]
    assert [message["stream_id"] for message in announced] == [place]
    assert ">#plans</a>" in announced[0]["content"]
    world.check()
