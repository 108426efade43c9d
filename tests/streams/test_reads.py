"""What is read of streams, over the handlers of the API."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from tests.streams.kit import Client, Office, say

from aloha.contract.endpoints.streams import (
    ArchiveStream,
    GetStreamById,
    GetStreamId,
    GetStreams,
    GetStreamTopics,
    GetSubscribers,
    UpdateStream,
)
from aloha.contract.endpoints.subscriptions import (
    ColoredSubscription,
    GetSubscriptions,
    GetSubscriptionStatus,
    NewSubscription,
    Subscribe,
    SubscriptionChange,
    Unsubscribe,
    UpdateSubscriptionProperty,
    UpdateSubscriptions,
    UpdateSubscriptionSettings,
)
from aloha.contract.errors import ApiError
from aloha.contract.register import ClientCapabilities
from aloha_server.access.keys import KeyRing
from aloha_server.access.presence import Presences
from aloha_server.api import streams, subscriptions
from aloha_server.api.context import Context, Realm, User
from aloha_server.files import open_files
from aloha_server.settings import Settings
from aloha_server.store import Store, Tx, WriteTx

T = TypeVar("T")


class Direct:
    """The ways to the data, without threads."""

    def __init__(self, store: Store, data: Path) -> None:
        self.store = store
        self.settings = Settings(data=data)
        self.keys = KeyRing(data)
        self.presences = Presences()
        self.files = open_files(self.settings)

    async def read(self, realm_id: int, fn: Callable[[Tx], T]) -> T:
        return self.store.read(realm_id, fn)

    async def write(self, realm_id: int, fn: Callable[[WriteTx], T]) -> T:
        return self.store.write(realm_id, fn)

    async def offload(self, fn: Callable[[], T]) -> T:
        return fn()


def call(office: Office, who: str, handler: Any, params: Any) -> Any:
    """The answer as it travels."""
    user = User(realm_id=1, user_id=office.ids[who], role=0, is_bot=False, email="", full_name="")
    ctx = Context(
        services=Direct(office.store, office.data),
        realm=Realm(1, ""),
        account=user,
        client="test",
        base_url="",
        idempotency_key=None,
        remote_addr="",
        files={},
    )
    return msgspec.to_builtins(asyncio.run(handler(ctx, params)))


def listed(office: Office, who: str, **params: bool) -> list[str]:
    answer = call(office, who, streams.list_streams, GetStreams(**params))
    return [stream["name"] for stream in answer["streams"]]


def test_lists_are_of_what_one_knows(office: Office) -> None:
    office.subscribe("ann", "open")
    office.subscribe("ann", "secret", invite_only=True)
    office.subscribe("owner", "world", is_web_public=True)
    office.subscribe("ann", "old")
    call(office, "ann", streams.put_stream_away, ArchiveStream(stream_id=office.stream_id("old")))
    assert listed(office, "ann") == ["open", "secret", "world"]
    assert listed(office, "bob") == ["open", "world"]
    assert listed(office, "owner") == ["open", "world"]
    assert listed(office, "owner", include_all=True) == ["open", "secret", "world"]
    assert listed(office, "owner", include_all=True, exclude_archived=False) == ["open", "secret", "world", "old"]
    assert listed(office, "guest", include_all=True) == ["world"]
    assert listed(office, "ann", include_public=False, exclude_archived=False) == ["open", "secret", "old"]
    assert listed(office, "bot", include_public=False, include_owner_subscribed=True) == ["open", "secret"]


def test_unknown_and_private_streams_answer_alike(office: Office) -> None:
    office.subscribe("ann", "secret", invite_only=True)
    stream_id = office.stream_id("secret")
    for handler, params in (
        (streams.read_stream, lambda id_: GetStreamById(stream_id=id_)),
        (streams.list_subscribers, lambda id_: GetSubscribers(stream_id=id_)),
        (streams.list_topics, lambda id_: GetStreamTopics(stream_id=id_)),
        (streams.put_stream_away, lambda id_: ArchiveStream(stream_id=id_)),
        (streams.change_stream, lambda id_: UpdateStream(stream_id=id_, new_name="x")),
        (subscriptions.read_status, lambda id_: GetSubscriptionStatus(user_id=office.ids["ann"], stream_id=id_)),
    ):
        answers = []
        for asked in (stream_id, 999):
            with pytest.raises(ApiError) as refused:
                call(office, "bob", handler, params(asked))
            answers.append(refused.value.envelope())
        assert answers[0] == answers[1]
    with pytest.raises(ApiError) as refused:
        call(office, "bob", streams.find_stream_id, GetStreamId(stream="secret"))
    assert refused.value.code == "BAD_REQUEST"


def test_one_stream_is_read_by_id_and_name(office: Office) -> None:
    new = [NewSubscription(name="Plans", description="a *desc*")]
    call(office, "ann", subscriptions.join, Subscribe(subscriptions=new))
    [stream_id] = call(office, "bob", streams.find_stream_id, GetStreamId(stream="pLANS")).values()
    stream = call(office, "bob", streams.read_stream, GetStreamById(stream_id=stream_id))["stream"]
    assert stream["rendered_description"] == "<p>a <em>desc</em></p>"
    members = call(office, "bob", streams.list_subscribers, GetSubscribers(stream_id=stream_id))
    assert members == {"subscribers": [office.ids["ann"]]}
    status = GetSubscriptionStatus(user_id=office.ids["ann"], stream_id=stream_id)
    assert call(office, "bob", subscriptions.read_status, status) == {"is_subscribed": True}


def test_topics_come_newest_first_and_respect_protected_history(office: Office) -> None:
    office.subscribe("ann", "plans", invite_only=True, history_public=False)
    stream_id = office.stream_id("plans")
    first = say(office, "plans", "Lunch")
    office.subscribe("ann", "plans", people=["bob"])
    second, third = say(office, "plans", ""), say(office, "plans", "tea")
    last = say(office, "plans", "TEA")

    def topics(who: str, **params: bool) -> list[tuple[str, int]]:
        answer = call(office, who, streams.list_topics, GetStreamTopics(stream_id=stream_id, **params))
        return [(topic["name"], topic["max_id"]) for topic in answer["topics"]]

    assert third < last
    assert topics("bob") == [("TEA", last), ("general chat", second)]
    seen = topics("ann", allow_empty_topic_name=True)
    assert seen[:3] == [("TEA", last), ("", second), ("Lunch", first)]
    with pytest.raises(ApiError):
        topics("admin")


def test_joining_and_leaving_in_one_step(office: Office) -> None:
    office.subscribe("ann", "one")
    change = UpdateSubscriptions(delete=["one"], add=[ColoredSubscription(name="two", color="#123abc")])
    answer = call(office, "ann", subscriptions.join_and_leave, change)
    assert answer == {
        "subscribed": {str(office.ids["ann"]): ["two"]},
        "already_subscribed": {},
        "removed": ["one"],
        "not_removed": [],
    }
    [own] = call(office, "ann", subscriptions.list_own, GetSubscriptions(include_subscribers=True))["subscriptions"]
    assert (own["color"], own["subscribers"]) == ("#123abc", [office.ids["ann"]])
    with pytest.raises(ApiError):
        call(office, "ann", subscriptions.join_and_leave, UpdateSubscriptions())
    with pytest.raises(ApiError):
        call(office, "ann", subscriptions.join_and_leave, UpdateSubscriptions(delete=["two"], add=[bad_color()]))
    office.check()
    left = call(office, "ann", subscriptions.leave, Unsubscribe(subscriptions=["two", "one"]))
    assert left == {"removed": ["two"], "not_removed": ["one"]}


def bad_color() -> ColoredSubscription:
    return ColoredSubscription(name="three", color="blue")


def test_settings_of_a_subscription_are_told_to_its_user(office: Office) -> None:
    office.subscribe("ann", "one")
    office.skip()
    stream_id = office.stream_id("one")
    changes = [
        SubscriptionChange(stream_id=stream_id, property="color", value="#f00f00"),
        SubscriptionChange(stream_id=stream_id, property="is_muted", value=True),
        SubscriptionChange(stream_id=stream_id, property="pin_to_top", value=False),
        SubscriptionChange(stream_id=stream_id, property="push_notifications", value=False),
    ]
    call(office, "ann", subscriptions.change_settings, UpdateSubscriptionSettings(subscription_data=changes))
    told = [(event["property"], event["value"]) for event in office["ann"].events()]
    assert told == [("color", "#f00f00"), ("in_home_view", False), ("is_muted", True), ("push_notifications", False)]
    one = UpdateSubscriptionProperty(stream_id=stream_id, property="in_home_view", value=True)
    call(office, "ann", subscriptions.change_setting, one)
    assert office["bob"].told() == []
    office.check()


@pytest.mark.parametrize(
    ("property_", "value"), [("color", "red"), ("color", True), ("is_muted", "yes"), ("pin_to_top", "#fff")]
)
def test_bad_settings_of_a_subscription_are_refused(office: Office, property_: Any, value: Any) -> None:
    office.subscribe("ann", "one")
    for stream_id in (office.stream_id("one"), 999):
        change = SubscriptionChange(stream_id=stream_id, property=property_, value=value)
        with pytest.raises(ApiError):
            call(office, "ann", subscriptions.change_settings, UpdateSubscriptionSettings(subscription_data=[change]))


def test_older_clients_get_no_null(office: Office) -> None:
    office.subscribe("bob", "one")
    [subscription] = Client(office, office.ids["bob"], ClientCapabilities()).state["subscriptions"]
    assert subscription["desktop_notifications"] is False


def test_subscribers_stay_away_unless_asked_for(office: Office) -> None:
    office.subscribe("ann", "one")
    client = office["bob"]
    client.request = msgspec.structs.replace(client.request, include_subscribers=False)
    client.state, client.people, client.position = client.fresh()
    office.subscribe("bob", "one", "two")
    client.check()
    assert all("subscribers" not in item for item in client.state["subscriptions"])
