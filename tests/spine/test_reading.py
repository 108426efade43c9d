"""Reading over the API: spectators and their limits, routes, and who hears of flags."""

from contextlib import closing
from typing import Any

from tests.world import Http, World

NARROW = [{"operator": "streams", "operand": "web-public"}]
PAGE: dict[str, Any] = {"anchor": "newest", "num_before": 10, "num_after": 0}


def codes(client: Http, *requests: tuple[str, dict[str, Any]]) -> list[tuple[int, str]]:
    answers = [client.request("GET", path, params) for path, params in requests]
    return [(status, body.get("code", "")) for status, _, body in answers]


def test_reading_without_an_account(world: World) -> None:
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "plaza"}], is_web_public=True)
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "office"}])
    seen = world.owner.post("/messages", type="stream", to="plaza", topic="hello", content="free soup")["id"]
    hidden = world.owner.post("/messages", type="stream", to="office", topic="hello", content="our soup")["id"]
    refused = (401, "UNAUTHORIZED")
    with closing(Http(world.owner.port)) as nobody:
        asked = [
            ("/messages", {**PAGE, "narrow": NARROW}),
            (f"/messages/{seen}", {}),
            (f"/messages/{hidden}", {}),
            ("/messages/999", {}),
            ("/messages", PAGE),
            ("/messages", {**PAGE, "narrow": [["channel", "office"]]}),
            ("/messages", {**PAGE, "narrow": [*NARROW, ["is", "dm"]]}),
            ("/messages", {**PAGE, "narrow": [{**NARROW[0], "negated": True}]}),
            ("/messages", {"message_ids": [seen]}),
            (f"/messages/{seen}/read_receipts", {}),
        ]
        assert codes(nobody, *asked) == [refused] * len(asked)
        world.owner.patch("/realm", enable_spectator_access=True)
        assert codes(nobody, *asked) == [(200, ""), (200, ""), *[refused] * (len(asked) - 2)]
        message = nobody.get("/messages", **PAGE, narrow=NARROW)["messages"][-1]
        assert (message["id"], message["flags"], message["sender_full_name"]) == (seen, ["read"], "Owner")
        assert message["avatar_url"] is not None
        for narrow in (
            [["channel", "plaza"], ["sender", world.owner.user_id]],
            [["channel", "plaza"], ["search", "soup"]],
            [*NARROW, ["topic", "hello"]],
        ):
            found = nobody.get("/messages", **{**PAGE, "anchor": "first_unread"}, narrow=narrow)["messages"]
            assert [message["id"] for message in found] == [seen]
        assert nobody.get(f"/messages/{seen}")["message"]["id"] == seen
        stream_id = message["stream_id"]
        world.owner.delete(f"/streams/{stream_id}")
        assert nobody.get("/messages", **PAGE, narrow=NARROW)["messages"] == []
        assert codes(nobody, asked[1]) == [refused]
    with closing(Http(world.owner.port, world.owner.email, "wrong")) as stranger:
        assert codes(stranger, asked[0]) == [refused]


def test_routes_and_flags_of_a_narrow(world: World) -> None:
    world.owner.post(
        "/users/me/subscriptions",
        subscriptions=[{"name": "Rome"}],
        principals=[person.user_id for person in world.people.values()],
    )
    ids = [world.owner.post("/messages", type="stream", to="Rome", topic="t", content="soup")["id"] for _ in range(5)]
    legacy = world.member.post("/register", event_types=["update_message_flags"])
    world.member.events()
    world.guest.events()
    slice_ = {"anchor": "first_unread", "num_before": 0, "num_after": 3, "narrow": [["search", "soup"]]}
    answer = world.member.post("/messages/flags/narrow", **slice_, op="add", flag="read")
    answer.pop("msg"), answer.pop("result")
    assert answer == {
        "processed_count": 4,
        "updated_count": 4,
        "first_processed_id": ids[0],
        "last_processed_id": ids[3],
        "found_oldest": True,
        "found_newest": False,
        "ignored_because_not_subscribed_channels": [],
    }
    for events in (world.member.events(), world.member.poll(legacy["queue_id"], legacy["last_event_id"])):
        [event] = [event for event in events if event["type"] == "update_message_flags"]
        assert event == {**event, "op": "add", "operation": "add", "flag": "read", "messages": ids[:4], "all": False}
    assert world.guest.events() == []
    matches = world.member.get("/messages/matches_narrow", msg_ids=ids, narrow=[["is", "unread"]])["messages"]
    assert list(matches) == [str(ids[4])]
    assert world.owner.get(f"/messages/{ids[0]}/read_receipts")["user_ids"] == [world.member.user_id]
    assert world.owner.get(f"/messages/{ids[4]}/read_receipts")["user_ids"] == []
    world.check()
