"""The unmodified `zulip` package from PyPI against a real server: what thousands of bots do."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import zulip
from tests.world import Person, World, run_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with run_world(tmp_path_factory.mktemp("zulip") / "var") as world:
        yield world


def connect(person: Person) -> Any:
    return zulip.Client(
        email=person.email, api_key=person.api_key, site=f"http://127.0.0.1:{person.port}", client="ZulipTest/1.0"
    )


def test_a_bot_registers_sends_reads_reacts_edits_and_subscribes(world: World) -> None:
    client = connect(world.member)
    assert client.get_profile()["user_id"] == world.member.user_id
    assert client.get_server_settings()["zulip_feature_level"] == 372
    added = client.add_subscriptions([{"name": "kitchen"}])
    assert added["result"] == "success"
    assert list(added["subscribed"].values()) == [["kitchen"]]
    queue = client.register(event_types=["message", "reaction", "update_message", "subscription"])
    sent = client.send_message({"type": "stream", "to": "kitchen", "topic": "soup", "content": "**hot**"})
    assert sent["result"] == "success"
    assert client.add_reaction({"message_id": sent["id"], "emoji_name": "octopus"})["result"] == "success"
    assert client.update_message({"message_id": sent["id"], "content": "cold"})["result"] == "success"
    got: list[dict[str, Any]] = []
    last = queue["last_event_id"]
    while len(got) < 3:
        for event in client.get_events(queue_id=queue["queue_id"], last_event_id=last)["events"]:
            last = max(last, event["id"])
            got.append(event)
    assert [event["type"] for event in got] == ["message", "reaction", "update_message"]
    assert got[0]["message"]["content"] == "**hot**"
    assert got[2]["content"] == "cold"
    found = client.get_messages(
        {"anchor": "newest", "num_before": 5, "num_after": 0, "narrow": [{"operator": "channel", "operand": "kitchen"}]}
    )
    assert [message["id"] for message in found["messages"]][-1] == sent["id"]
    assert (
        client.update_message_flags({"messages": [sent["id"]], "op": "add", "flag": "starred"})["result"] == "success"
    )
    assert client.delete_message(sent["id"])["result"] == "success"
    assert client.deregister(queue["queue_id"])["result"] == "success"


def test_call_on_each_message_answers(world: World) -> None:
    """The echo bot of every tutorial: its loop never returns, so it runs in a daemon thread."""
    bot = connect(world.bot)
    registered = threading.Event()

    def answer(message: dict[str, Any]) -> None:
        if message["sender_id"] != world.bot.user_id:
            bot.send_message({"type": "private", "to": [message["sender_id"]], "content": f"echo {message['content']}"})

    plain_register = bot.register

    def register(*args: Any, **kwargs: Any) -> Any:
        result = plain_register(*args, **kwargs)
        registered.set()
        return result

    bot.register = register
    threading.Thread(target=lambda: bot.call_on_each_message(answer), daemon=True).start()
    assert registered.wait(20)
    queue = world.owner.register(event_types=["message"], apply_markdown=False)
    world.owner.post("/messages", type="direct", to=[world.bot.user_id], content="hello")
    last, contents = queue["last_event_id"], list[str]()
    while "echo hello" not in contents:
        for event in world.owner.get("/events", queue_id=queue["queue_id"], last_event_id=last)["events"]:
            last = event["id"]
            if event["type"] == "message":
                contents.append(event["message"]["content"])
    assert contents == ["hello", "echo hello"]


def test_errors_look_as_the_package_expects(world: World) -> None:
    client = connect(world.guest)
    assert client.get_events(queue_id="nosuch", last_event_id=-1)["code"] == "BAD_EVENT_QUEUE_ID"
    assert client.send_message({"type": "stream", "to": "nosuch", "topic": "t", "content": "x"})["result"] == "error"
    assert client.add_subscriptions([{"name": "mine"}])["result"] == "error"


def test_a_listing_of_streams_and_users(world: World) -> None:
    client = connect(world.member)
    assert {user["user_id"] for user in client.get_members()["members"]} >= {world.owner.user_id, world.guest.user_id}
    assert client.get_streams()["result"] == "success"
    assert client.get_subscriptions()["result"] == "success"
