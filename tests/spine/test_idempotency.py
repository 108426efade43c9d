"""G8: a repeated send is answered with the first one's message and is not sent again."""

import threading
from typing import Any

import pytest
from tests.world import Http, Person, World

from aloha.contract.errors import ApiError
from aloha_server.access.receipts import KEPT_S, forget_old_receipts

COUNT = "select count(*) from message where realm_id = :realm_id"


def send(person: Person, content: str, *, key: str = "", **params: Any) -> int:
    """Sends to the bot; the message's id."""
    values = {"type": "direct", "to": "helper-bot@example.com", "content": content, **params}
    headers = {"Idempotency-Key": key} if key else {}
    status, _, body = person.request("POST", "/messages", values, headers)
    if status != 200:
        raise ApiError(body["msg"], code=body["code"], status=status)
    message_id: int = body["id"]
    return message_id


def count_messages(world: World) -> int:
    return int(world.store.read(1, lambda tx: tx.value(COUNT)))


def test_a_repeated_idempotency_key_returns_the_first_id_and_appends_nothing(world: World) -> None:
    first = send(world.member, "once", key="a")
    head = world.head()
    assert send(world.member, "once", key="a") == first
    with pytest.raises(ApiError) as caught:
        send(world.member, "something else", key="a")
    assert (caught.value.code, caught.value.status) == ("IDEMPOTENCY_KEY_REUSED", 400)
    assert world.head() == head
    assert send(world.admin, "once", key="a") != first, "another user's key is another key"
    assert send(world.member, "once", key="b") != first
    assert send(world.member, "once") != first
    assert count_messages(world) == 4
    world.check()


def test_a_repeated_local_id_returns_the_first_id_but_another_request_is_a_new_send(world: World) -> None:
    echo = {"queue_id": world.member.replica.queue_id, "local_id": "7.01"}
    first = send(world.member, "once", **echo)
    head = world.head()
    assert send(world.member, "once", **echo) == first
    assert world.head() == head
    second = send(world.member, "changed", **echo)
    assert second > first
    assert send(world.member, "changed", **echo) == second, "the later send is the one that is remembered"
    assert send(world.member, "once", **{**echo, "local_id": "7.02"}) > second
    other_queue = world.member.register(event_types=["message"])["queue_id"]
    assert send(world.member, "once", queue_id=other_queue, local_id="7.01") > second + 1
    assert count_messages(world) == 4


def test_errors_are_not_remembered(world: World) -> None:
    target = world.admin.user_id
    world.owner.delete(f"/users/{target}")
    with pytest.raises(ApiError):
        send(world.member, "hello", key="a", to=[target])
    world.owner.post(f"/users/{target}/reactivate")
    assert send(world.member, "hello", key="a", to=[target]) == send(world.member, "hello", key="a", to=[target])
    assert count_messages(world) == 1


def test_of_two_in_flight_one_is_sent_and_both_are_answered_with_it(world: World) -> None:
    found: list[int] = []
    barrier = threading.Barrier(4)

    def run() -> None:
        client = Http(world.member.port, world.member.email, world.member.api_key)
        params = {"type": "direct", "to": "helper-bot@example.com", "content": "once"}
        barrier.wait(20)
        _, _, body = client.request("POST", "/messages", params, {"Idempotency-Key": "race"})
        found.append(body["id"])
        client.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(found) == 4
    assert len(set(found)) == 1
    assert count_messages(world) == 1


def test_after_a_day_a_key_is_forgotten(world: World) -> None:
    first = send(world.member, "once", key="a")
    clock = world.store.batch._clock  # the lane's; reads have their own
    try:
        world.store.batch._clock = lambda: clock() + KEPT_S - 60
        assert send(world.member, "once", key="a") == first
        assert world.store.write(1, forget_old_receipts) == 0
        world.store.batch._clock = lambda: clock() + KEPT_S + 60
        second = send(world.member, "once", key="a")
        assert second > first
        assert send(world.member, "once", key="a") == second
        world.store.batch._clock = lambda: clock() + 2 * KEPT_S + 120
        assert world.store.write(1, forget_old_receipts) == 1
    finally:
        world.store.batch._clock = clock
