"""The replica's share of streams, by itself."""

from typing import Any

from aloha.replica.streams import APPLY


def apply(state: dict[str, Any], *events: dict[str, Any]) -> dict[str, Any]:
    for event in events:
        APPLY[event["type"]](state, event)
    return state


def stream(stream_id: int, **fields: Any) -> dict[str, Any]:
    return {"stream_id": stream_id, "name": f"s{stream_id}", "is_web_public": False, **fields}


def empty(**sections: Any) -> dict[str, Any]:
    return {"user_id": 7, "streams": [], "subscriptions": [], "unsubscribed": [], "never_subscribed": [], **sections}


def subscribed(stream_id: int, *people: int) -> dict[str, Any]:
    return {**stream(stream_id), "color": "#123456", "subscribers": list(people)}


CREATE = {"type": "stream", "op": "create", "streams": [stream(3), stream(1)]}


def test_new_streams_stand_in_order() -> None:
    state = apply(empty(), CREATE)
    assert [item["stream_id"] for item in state["streams"]] == [1, 3]
    assert state["never_subscribed"] == [{**stream(1), "subscribers": []}, {**stream(3), "subscribers": []}]


def test_own_subscription_moves_between_the_lists() -> None:
    add = {"type": "subscription", "op": "add", "subscriptions": [subscribed(1, 5, 7)]}
    state = apply(empty(), CREATE, add)
    assert [item["stream_id"] for item in state["never_subscribed"]] == [3]
    remove = {"type": "subscription", "op": "remove", "subscriptions": [{"stream_id": 1, "name": "s1"}]}
    apply(state, remove)
    assert state["subscriptions"] == []
    assert state["unsubscribed"] == [subscribed(1, 5)]
    apply(state, {"type": "stream", "op": "delete", "stream_ids": [1, 3]})
    assert state == empty()


def test_peers_come_and_go_wherever_the_stream_stands() -> None:
    state = empty(subscriptions=[subscribed(1, 7)], unsubscribed=[subscribed(2)], never_subscribed=[subscribed(3, 9)])
    apply(state, {"type": "subscription", "op": "peer_add", "stream_ids": [1, 2, 3, 4], "user_ids": [9, 5]})
    assert [state[name][0]["subscribers"] for name in ("subscriptions", "unsubscribed", "never_subscribed")] == [
        [5, 7, 9],
        [5, 9],
        [5, 9],
    ]
    apply(state, {"type": "subscription", "op": "peer_remove", "stream_ids": [1], "user_ids": [5, 6]})
    assert state["subscriptions"][0]["subscribers"] == [7, 9]


def test_a_stream_changes_wherever_it_stands() -> None:
    state = empty(streams=[stream(1)], subscriptions=[subscribed(1, 7)])
    event = {"type": "stream", "op": "update", "stream_id": 1, "name": "s1", "property": "invite_only", "value": False}
    apply(state, {**event, "is_web_public": True, "history_public_to_subscribers": True})
    for item in (state["streams"][0], state["subscriptions"][0]):
        assert (item["invite_only"], item["is_web_public"], item["name"]) == (False, True, "s1")


def test_sections_that_were_not_asked_for_stay_away() -> None:
    add = {"type": "subscription", "op": "add", "subscriptions": [subscribed(1, 7)]}
    defaults = {"type": "default_streams", "default_streams": [1]}
    assert apply({}, CREATE, add, defaults) == {}
    assert apply({"streams": []}, CREATE)["streams"] == [stream(1), stream(3)]
