"""The drop-in against the installed `zulip` package's signatures, and a bot written for that package."""

import inspect
import threading
from typing import Any

import zulip as original

from aloha.compat import zulip
from aloha.testing import FakeServer, FakeUser, refusal


def methods(client: type) -> dict[str, inspect.Signature]:
    found = inspect.getmembers(client, inspect.isfunction)
    return {name: inspect.signature(function) for name, function in found if not name.startswith("_")}


def test_every_method_of_the_package_is_here_with_its_parameters() -> None:
    ours, theirs = methods(zulip.Client), methods(original.Client)
    assert ours.keys() - theirs.keys() == {"stop"}
    for name, signature in theirs.items():
        expected = [(p.name, p.kind, p.default) for p in signature.parameters.values()]
        assert [(p.name, p.kind, p.default) for p in ours[name].parameters.values()] == expected, name
    own = [(p.name, p.default) for p in inspect.signature(zulip.Client.__init__).parameters.values()]
    assert own == [(p.name, p.default) for p in inspect.signature(original.Client.__init__).parameters.values()]


def connect(server: FakeServer) -> Any:
    client = zulip.Client(email=server.bot.email, api_key="fake", site="http://fake.invalid")
    client._client = server.client()
    return client


def test_a_bot_of_the_package_hears_and_answers() -> None:
    server = FakeServer()
    client, ada = connect(server), server.add_user("Ada")
    answered = threading.Event()

    def echo(message: dict[str, Any]) -> None:
        if message["sender_id"] == ada.user_id:
            sent = client.send_message({"type": "private", "to": [ada.email], "content": f"you: {message['content']}"})
            assert sent["result"] == "success"
            answered.set()

    thread = threading.Thread(target=client.call_on_each_message, args=(echo,), kwargs={"narrow": [["is", "dm"]]})
    thread.start()
    server.wait_until_polled()
    server.say(ada, "elsewhere", stream="general")
    server.say(ada, "hello")
    assert answered.wait(10)
    client.stop()
    thread.join(10)
    assert [message.content for message in server.messages] == ["elsewhere", "hello", "you: hello"]


def test_a_refusal_is_an_answer() -> None:
    server = FakeServer()
    client = connect(server)
    assert client.get_stream_id("nowhere") == {
        "result": "error",
        "msg": "No such channel",
        "code": "STREAM_DOES_NOT_EXIST",
    }
    server.fail("GET", "/users/me", refusal("UNAUTHORIZED", status=401))
    assert client.get_profile()["code"] == "UNAUTHORIZED"
    assert client.get_profile()["full_name"] == "Bot"


def test_a_topic_is_moved_by_its_newest_message() -> None:
    server = FakeServer()
    client = connect(server)
    ada: FakeUser = server.add_user("Ada")
    server.say(ada, "one", stream="general", topic="old")
    assert client.move_topic("general", "general", "old", "new")["result"] == "success"
    assert [message.topic for message in server.messages] == ["new"]
    assert client.move_topic("general", "general", "nothing")["result"] == "error"
