"""Snapshot + events == fresh snapshot, for everybody and for older clients, along random walks through what groups are
made of and what they open. Where a walk fails, its seed and its steps so far stand in the message."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from tests.groups.kit import Club, Legacy
from tests.world import ROLES, Person

from aloha.contract.errors import ApiError

LENGTH = 30
OF_REALM = ("can_create_public_channel_group", "can_add_subscribers_group", "can_invite_users_group")
OF_STREAM = ("can_administer_channel_group", "can_subscribe_group", "can_add_subscribers_group")
OF_GROUP = ("can_manage_group", "can_mention_group", "can_join_group")


class Walk:
    def __init__(self, club: Club, seed: int) -> None:
        self.club, self.people, self.seed = club, club.world.people, seed
        self.chance = random.Random(seed)
        self.steps: list[str] = []

    def person(self) -> Person:
        return self.people[self.chance.choice(sorted(self.people))]

    def ids(self) -> list[int]:
        return [self.people[name].user_id for name in self.chance.sample(sorted(self.people), 2)]

    def group(self, *, system: bool = False) -> int:
        groups = [one["id"] for one in self.club.groups().values() if system or not one["is_system_group"]]
        return int(self.chance.choice(groups)) if groups else self.club.make("first")

    def holder(self) -> Any:
        """A group, or people and groups."""
        one = self.group(system=True)
        return self.chance.choice([one, {"direct_members": self.ids(), "direct_subgroups": [one]}])

    def go(self) -> None:
        for _ in range(LENGTH):
            step = self.chance.choice(STEPS)
            try:
                step(self)
                self.steps.append(step.__name__)
            except ApiError as error:  # what is refused changes nothing
                if error.status != 400:
                    raise
                self.steps.append(f"{step.__name__} is refused: {error.msg}")
            try:
                self.club.check()
            except AssertionError as error:
                raise AssertionError(f"seed {self.seed}: {self.steps}: {error}") from error


def make(walk: Walk) -> None:
    parts = [walk.group()] if walk.chance.random() < 0.5 else []
    ids = walk.ids()
    name = f"group {walk.chance.randrange(100)}"
    walk.person().post("/user_groups/create", name=name, description="", members=ids, subgroups=parts)


def add(walk: Walk) -> None:
    walk.club.members(walk.group(), add=walk.ids()[:1])


def remove(walk: Walk) -> None:
    groups = [group for group in walk.club.groups().values() if group["members"] and not group["is_system_group"]]
    if groups:
        group = walk.chance.choice(groups)
        walk.club.members(group["id"], delete=[walk.chance.choice(group["members"])])


def nest(walk: Walk) -> None:
    walk.club.members(walk.group(), add_subgroups=[walk.group(system=True)])


def unnest(walk: Walk) -> None:
    groups = [one for one in walk.club.groups().values() if one["direct_subgroup_ids"] and not one["is_system_group"]]
    if groups:
        group = walk.chance.choice(groups)
        walk.club.members(group["id"], delete_subgroups=group["direct_subgroup_ids"][:1])


def deactivate(walk: Walk) -> None:
    walk.club.owner.post(f"/user_groups/{walk.group()}/deactivate")


def bring_back(walk: Walk) -> None:
    walk.club.owner.patch(f"/user_groups/{walk.group()}", deactivated=False)


def permit(walk: Walk) -> None:
    walk.club.owner.patch("/realm", **{walk.chance.choice(OF_REALM): {"new": walk.holder()}})


def permit_in_group(walk: Walk) -> None:
    walk.club.owner.patch(f"/user_groups/{walk.group()}", **{walk.chance.choice(OF_GROUP): {"new": walk.holder()}})


def permit_in_stream(walk: Walk) -> None:
    stream_id = walk.club.owner.get("/get_stream_id", stream=walk.chance.choice(["hall", "secret"]))["stream_id"]
    walk.club.owner.patch(f"/streams/{stream_id}", **{walk.chance.choice(OF_STREAM): {"new": walk.holder()}})


def share(walk: Walk) -> None:
    stream = walk.chance.choice(["hall", "secret"])
    ids = [*walk.ids(), walk.club.owner.user_id]
    walk.club.owner.post(
        "/users/me/subscriptions", subscriptions=[{"name": stream}], principals=ids, invite_only=stream == "secret"
    )


def part(walk: Walk) -> None:
    walk.person().delete("/users/me/subscriptions", subscriptions=[walk.chance.choice(["hall", "secret"])])


def change_role(walk: Walk) -> None:
    walk.club.owner.patch(f"/users/{walk.person().user_id}", role=walk.chance.choice(list(ROLES.values())))


def set_waiting_period(walk: Walk) -> None:
    walk.club.owner.patch("/realm", waiting_period_threshold=walk.chance.choice([0, 3]))


def limit(walk: Walk) -> None:
    name = walk.chance.choice(["members", "everyone"])
    walk.club.owner.patch("/realm", can_access_all_users_group={"new": walk.club.system(name)})


def rest(walk: Walk) -> None:
    """Somebody is away for a while."""
    user_id = walk.club.bot.user_id
    walk.club.owner.delete(f"/users/{user_id}")
    walk.club.owner.post(f"/users/{user_id}/reactivate")
    walk.club.bot.start()


Step = Callable[[Walk], None]
STEPS: list[Step] = [
    make, make, add, add, remove, nest, nest, unnest, deactivate, bring_back, permit, permit_in_group,
    permit_in_stream, permit_in_stream, share, share, part, change_role, change_role, set_waiting_period, limit, rest,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_everybodys_copy_stays_true(club: Club, seed: int) -> None:
    if seed % 2:
        club.limit_guests()
    club.legacy.append(Legacy(club.moderator))
    Walk(club, seed).go()
