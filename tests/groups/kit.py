"""A served organization whose people make groups, and older clients beside their modern ones."""

from typing import Any

import pytest
from tests.world import Person, World, normalize

from aloha.contract.errors import ApiError
from aloha.replica import Replica

LEGACY_SECTIONS = ("realm_user_groups", "streams", "can_create_streams", "can_invite_others_to_realm")


class Legacy:
    """A client without any capabilities."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.replica = Replica(person.post("/register"))

    def events(self) -> list[dict[str, Any]]:
        events = self.person.poll(self.replica.queue_id, self.replica.position)
        for event in events:
            self.replica.apply(event)
        return [event for event in events if event["type"] != "heartbeat"]

    def check(self) -> None:
        while self.events():
            pass
        mine, theirs = normalize(self.replica.state), normalize(Replica(self.person.post("/register")).state)
        for section in LEGACY_SECTIONS:
            assert mine[section] == theirs[section], (self.person.name, section)


class Club:
    """Short forms of what people do with groups."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.owner, self.admin, self.member, self.guest = world.owner, world.admin, world.member, world.guest
        self.moderator, self.bot = world.moderator, world.bot
        self.legacy = [Legacy(self.member), Legacy(self.guest)]

    def make(self, name: str, *members: Person, by: Person | None = None, **more: Any) -> int:
        ids = [person.user_id for person in members]
        answer = (by or self.owner).post(
            "/user_groups/create", **{"name": name, "description": "", "members": ids, **more}
        )
        return int(answer["group_id"])

    def groups(self, person: Person | None = None) -> dict[str, dict[str, Any]]:
        """By name, deactivated ones included, as somebody sees them."""
        listed = (person or self.owner).get("/user_groups", include_deactivated_groups=True)["user_groups"]
        return {group["name"]: group for group in listed}

    def system(self, name: str) -> int:
        return int(self.groups()[f"role:{name}"]["id"])

    def members(self, group_id: int, **changes: Any) -> None:
        self.owner.post(f"/user_groups/{group_id}/members", **changes)

    def limit_guests(self) -> None:
        self.owner.patch("/realm", can_access_all_users_group={"new": self.system("members")})

    def told(self, person: Person) -> list[dict[str, Any]]:
        """The `user_group` events since the last call, without ids."""
        events = [event for event in person.events() if event["type"] == "user_group"]
        return [{name: value for name, value in event.items() if name not in ("id", "type")} for event in events]

    def skip(self) -> None:
        for person in self.world.people.values():
            person.events()
        for legacy in self.legacy:
            legacy.events()

    def check(self) -> None:
        """Snapshot + events == fresh snapshot, for everybody and for older clients."""
        self.world.check()
        for legacy in self.legacy:
            legacy.check()


def refused(person: Person, method: str, path: str, **params: Any) -> str:
    """The code of a refusal."""
    with pytest.raises(ApiError) as caught:
        person.call(method, path, **params)
    assert caught.value.status == 400
    return caught.value.code
