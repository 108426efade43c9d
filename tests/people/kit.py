"""What the tests of people over the API share: a client of the older kind, what each was told, and refusals."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from tests.world import Http, Person, World

from aloha.contract.errors import ApiError

EVERYBODY = {"owner", "admin", "moderator", "member", "guest", "bot", "legacy"}


class LegacyPerson(Person):
    """The member's second client, which says nothing of itself when it registers."""

    def register(self, **params: Any) -> dict[str, Any]:
        return self.post("/register", **params)


@contextmanager
def with_legacy(world: World) -> Iterator[LegacyPerson]:
    """`world.check` and `told` look at the older client too."""
    member = world.member
    legacy = LegacyPerson(member.port, member.user_id, member.email, member.api_key, "legacy")
    legacy.start()
    world.people["legacy"] = legacy
    try:
        yield legacy
    finally:
        del world.people["legacy"]
        legacy.close()


def told(world: World, *types: str) -> dict[str, list[dict[str, Any]]]:
    """What came to each since the last look, of these types, without ids; who was told nothing is left out."""
    found = {
        name: [
            {key: value for key, value in event.items() if key != "id"}
            for event in person.events()
            if event["type"] in types
        ]
        for name, person in world.people.items()
    }
    return {name: events for name, events in found.items() if events}


def refused(person: Http, method: str, path: str, **params: Any) -> ApiError:
    """The error; nothing may have changed, which the next `check` shows."""
    with pytest.raises(ApiError) as caught:
        person.call(method, path, **params)
    return caught.value


def limit_guests(world: World) -> None:
    """From here on guests see only people whom they share something with."""
    groups = {group["name"]: group["id"] for group in world.owner.replica.state["realm_user_groups"]}
    world.owner.patch("/realm", can_access_all_users_group={"new": groups["role:members"]})


def join(world: World, *people: Person, stream: str = "Rome") -> None:
    ids = [person.user_id for person in people]
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": stream}], principals=ids)
