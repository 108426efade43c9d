"""What the tests of this folder share."""

import time
from typing import Any

import pytest
from tests.world import Person, World

from aloha.contract.errors import ApiError

START = 1_800_000_000.0


class Clock:
    """The server's time, which stands still until it is turned."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


def stream_id(world: World, name: str) -> int:
    found: int = world.member.get("/get_stream_id", stream=name)["stream_id"]
    return found


def refused(person: Person, method: str, path: str, **params: Any) -> tuple[str, int]:
    """The code and status of an error."""
    with pytest.raises(ApiError) as caught:
        person.call(method, path, **params)
    return caught.value.code, caught.value.status


def wait_for(person: Person, type_: str, count: int = 1) -> list[dict[str, Any]]:
    """The events of the main queue up to so many of a type; the replica has them applied. Long-polls, bounded."""
    found: list[dict[str, Any]] = []
    deadline = time.monotonic() + 20
    while sum(event["type"] == type_ for event in found) < count:
        assert time.monotonic() < deadline, found
        answer = person.get("/events", queue_id=person.replica.queue_id, last_event_id=person.replica.position)
        for event in answer["events"]:
            person.replica.apply(event)
        found += [event for event in answer["events"] if event["type"] != "heartbeat"]
    return found


def only_own_told(world: World, person: Person) -> list[dict[str, Any]]:
    """The events of somebody since the last call; nobody else had any."""
    for other in world.people.values():
        if other is not person:
            assert other.events() == [], other.name
    return person.events()
