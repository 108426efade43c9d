"""A topic is deleted for everybody, in slices."""

import pytest
from tests.messages.kit import Desk

from aloha.contract.errors import ApiError
from aloha_server.access.user_topics import Visibility
from aloha_server.actions import delete_topics


def test_a_topic_goes_in_slices_the_newest_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delete_topics, "SLICE", 2)
    kept = desk.send("ann", "general", "dinner")
    sent = [desk.send("ann", "general", topic) for topic in ("lunch", "Lunch", "LUNCH")]
    desk.flag("guest", "add", "starred", sent[0])
    desk.choose("bob", "general", "lunch", Visibility.MUTED)
    desk.skip_readers()
    assert not desk.delete_topic("owner", "general", "lunch")
    assert [event["message_ids"] for event in desk.readers["guest"].events()] == [sent[1:]]
    assert desk.readers["bob"].topics() == {"lunch": 1}
    desk.check()
    assert desk.delete_topic("owner", "general", "lunch")
    events = desk.readers["bob"].events()
    assert [event["type"] for event in events] == ["delete_message", "muted_topics", "user_topic"]
    assert events[0]["message_ids"] == sent[:1]
    assert desk.readers["bob"].topics() == {}
    assert desk.find("owner", ["channel", "general"])[-1] == kept
    assert desk.delete_topic("owner", "general", "lunch")
    desk.check()


def test_a_legacy_client_hears_of_each_message(desk: Desk) -> None:
    sent = [desk.send("ann", "general", "lunch") for _ in range(2)]
    desk.skip_readers()
    desk.delete_topic("owner", "general", "lunch")
    events = desk.readers["legacy"].events()
    assert sorted(event["message_id"] for event in events) == sent
    desk.check()


def test_it_takes_the_right_to_delete_any_message_and_reaches_what_one_can_read(desk: Desk) -> None:
    sent = desk.send("ann", "general", "lunch")
    head = desk.head()
    with pytest.raises(ApiError) as refused:
        desk.delete_topic("ann", "general", "lunch")
    assert refused.value.code == "UNAUTHORIZED_PRINCIPAL"
    with pytest.raises(ApiError, match="Invalid channel ID"):
        desk.delete_topic("visitor", "general", "lunch")
    hidden = desk.send("ann", "secret", "plot")
    head = desk.head()
    assert desk.delete_topic("owner", "secret", "plot")
    assert desk.head() == head
    assert [message.id for message in desk.show("ann", sent, hidden)] == [sent, hidden]
