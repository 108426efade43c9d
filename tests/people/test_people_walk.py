"""Snapshot + events == fresh snapshot, for everybody, along random walks through what changes people and permissions.

Where a walk fails, its seed and its steps so far stand in the message.
"""

import random
from collections.abc import Callable

import pytest
from tests.world import ROLES, World

from aloha.contract.errors import ApiError

STEPS = 40
PERMISSIONS = (
    "can_create_public_channel_group",
    "can_create_private_channel_group",
    "can_create_web_public_channel_group",
    "can_add_subscribers_group",
    "can_invite_users_group",
    "can_mention_many_users_group",
    "can_access_all_users_group",
)
Step = Callable[[World, random.Random], str]


def change_role(world: World, chance: random.Random) -> str:
    name = chance.choice(sorted(world.people))
    role = chance.choice(list(ROLES.values()))
    world.owner.patch(f"/users/{world.people[name].user_id}", role=role)
    return f"{name} has role {role}"


def deactivate(world: World, chance: random.Random) -> str:
    name = chance.choice(["moderator", "guest", "bot"])
    person = world.people.pop(name, None)
    if person is None:
        return f"{name} is deactivated already"
    world.owner.delete(f"/users/{person.user_id}")
    world.gone[name] = person  # type: ignore[attr-defined]
    return f"{name} is deactivated"


def reactivate(world: World, chance: random.Random) -> str:
    gone = world.gone  # type: ignore[attr-defined]
    if not gone:
        return "nobody to reactivate"
    name = chance.choice(sorted(gone))
    person = gone.pop(name)
    world.owner.post(f"/users/{person.user_id}/reactivate")
    person.start()
    world.people[name] = person
    return f"{name} is reactivated"


def rename(world: World, chance: random.Random) -> str:
    name = chance.choice(sorted(world.people))
    world.owner.patch(f"/users/{world.people[name].user_id}", full_name=f"{name.title()} {chance.randrange(100)}")
    return f"{name} is renamed"


def set_visibility(world: World, chance: random.Random) -> str:
    name, value = chance.choice(sorted(world.people)), chance.randint(1, 5)
    world.people[name].patch("/settings", email_address_visibility=value)
    return f"{name} shows the address to {value}"


def change_email(world: World, chance: random.Random) -> str:
    name = chance.choice(sorted(world.people))
    email = f"{name}{chance.randrange(10**6)}@example.com"
    world.owner.patch(f"/users/{world.people[name].user_id}", new_email=email)
    world.people[name].email = email
    return f"{name} is {email}"


def set_permission(world: World, chance: random.Random) -> str:
    groups = {group["name"]: group["id"] for group in world.owner.replica.state["realm_user_groups"]}
    permission, group = chance.choice(PERMISSIONS), chance.choice(sorted(groups))
    value = {"direct_members": [world.member.user_id], "direct_subgroups": [groups[group]]}
    new = chance.choice([groups[group], value])
    world.owner.patch("/realm", **{permission: {"new": new}})
    return f"{permission} is {new}"


def set_waiting_period(world: World, chance: random.Random) -> str:
    days = chance.choice([0, 3])
    world.owner.patch("/realm", waiting_period_threshold=days)
    return f"new members wait {days} days"


def create_person(world: World, chance: random.Random) -> str:
    number = chance.randrange(10**6)
    answer = world.owner.post("/users", email=f"new{number}@example.com", password="midsummer", full_name=f"N {number}")
    return f"user {answer['user_id']} is made"


def share(world: World, chance: random.Random) -> str:
    names = chance.sample(sorted(world.people), 2)
    ids = [world.people[name].user_id for name in names]
    stream = chance.choice(["Rome", "Denmark", "Secret"])
    world.owner.post(
        "/users/me/subscriptions", subscriptions=[{"name": stream}], principals=ids, invite_only=stream == "Secret"
    )
    return f"{names} are subscribed to {stream}"


def part(world: World, chance: random.Random) -> str:
    name = chance.choice(sorted(world.people))
    streams = world.people[name].replica.state["subscriptions"]
    if not streams:
        return f"{name} is subscribed to nothing"
    stream = chance.choice([one["name"] for one in streams])
    world.people[name].delete("/users/me/subscriptions", subscriptions=[stream])
    return f"{name} leaves {stream}"


def write(world: World, chance: random.Random) -> str:
    writer, reader = chance.sample(sorted(world.people), 2)
    world.people[writer].post("/messages", type="direct", to=[world.people[reader].user_id], content="hi")
    return f"{writer} writes to {reader}"


WALK: list[Step] = [
    change_role,
    change_role,
    deactivate,
    reactivate,
    rename,
    set_visibility,
    change_email,
    set_permission,
    set_permission,
    set_waiting_period,
    create_person,
    share,
    share,
    part,
    write,
]


def _take(step: Step, world: World, chance: random.Random) -> str:
    """What is refused changes nothing, so everybody's copy is still to be true after it."""
    try:
        return step(world, chance)
    except ApiError as error:
        assert error.status == 400, error
        return f"{step.__name__} is refused: {error.msg}"


@pytest.mark.parametrize("seed", range(4))
def test_everybodys_copy_stays_true_along_a_walk(world: World, seed: int) -> None:
    walk(world, seed, STEPS)


def walk(world: World, seed: int, length: int) -> None:
    """In every other walk guests see only people whom they share something with."""
    chance = random.Random(seed)
    world.gone = {}  # type: ignore[attr-defined]
    groups = {group["name"]: group["id"] for group in world.owner.replica.state["realm_user_groups"]}
    if seed % 2:
        world.owner.patch("/realm", can_access_all_users_group={"new": groups["role:members"]})
    steps: list[str] = []
    for _ in range(length):
        steps.append(_take(chance.choice(WALK), world, chance))
        try:
            world.check()
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {steps}: {error}") from error
