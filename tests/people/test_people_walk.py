"""Snapshot + events == fresh snapshot, for everybody, along random walks through what changes people and permissions.

Where a walk fails, its seed and its steps so far stand in the message.
"""

import random
from collections.abc import Callable

import pytest
from tests.world import ROLES, Person, World

from aloha.contract.errors import ApiError

LENGTH = 40
PERMISSIONS = (
    "can_create_public_channel_group",
    "can_create_private_channel_group",
    "can_create_web_public_channel_group",
    "can_add_subscribers_group",
    "can_invite_users_group",
    "can_mention_many_users_group",
    "can_access_all_users_group",
)


class Walk:
    """A world, the chance that leads through it, and the people who are deactivated at the moment."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.people = world.people
        self.owner = world.owner
        self.seed = seed
        self.chance = random.Random(seed)
        self.gone: dict[str, Person] = {}
        self.steps: list[str] = []

    def groups(self) -> dict[str, int]:
        return {group["name"]: group["id"] for group in self.owner.replica.state["realm_user_groups"]}

    def anybody(self) -> Person:
        return self.people[self.chance.choice(sorted(self.people))]

    def go(self, length: int) -> None:
        for _ in range(length):
            self._take(self.chance.choice(STEPS))
            try:
                self.world.check()
            except AssertionError as error:
                raise AssertionError(f"seed {self.seed}: {self.steps}: {error}") from error

    def _take(self, step: "Step") -> None:
        """What is refused changes nothing, so everybody's copy is to be true after it as well."""
        try:
            self.steps.append(step(self))
        except ApiError as error:
            if error.status != 400:
                raise
            self.steps.append(f"{step.__name__} is refused: {error.msg}")


Step = Callable[[Walk], str]


def change_role(walk: Walk) -> str:
    person, role = walk.anybody(), walk.chance.choice(list(ROLES.values()))
    walk.owner.patch(f"/users/{person.user_id}", role=role)
    return f"{person.name} has role {role}"


def deactivate(walk: Walk) -> str:
    name = walk.chance.choice(["moderator", "guest", "bot"])
    if name not in walk.people:
        return f"{name} is deactivated already"
    walk.gone[name] = walk.people.pop(name)
    walk.owner.delete(f"/users/{walk.gone[name].user_id}")
    return f"{name} is deactivated"


def reactivate(walk: Walk) -> str:
    if not walk.gone:
        return "nobody to reactivate"
    name = walk.chance.choice(sorted(walk.gone))
    person = walk.people[name] = walk.gone.pop(name)
    walk.owner.post(f"/users/{person.user_id}/reactivate")
    person.start()
    return f"{name} is reactivated"


def rename(walk: Walk) -> str:
    person = walk.anybody()
    walk.owner.patch(f"/users/{person.user_id}", full_name=f"{person.name.title()} {walk.chance.randrange(100)}")
    return f"{person.name} is renamed"


def set_visibility(walk: Walk) -> str:
    person, value = walk.anybody(), walk.chance.randint(1, 5)
    person.patch("/settings", email_address_visibility=value)
    return f"{person.name} shows the address to {value}"


def change_email(walk: Walk) -> str:
    person = walk.anybody()
    email = f"{person.name}{walk.chance.randrange(10**6)}@example.com"
    walk.owner.patch(f"/users/{person.user_id}", new_email=email)
    person.email = email
    return f"{person.name} is {email}"


def set_permission(walk: Walk) -> str:
    """Not every group may hold every permission."""
    groups = walk.groups()
    permission, group = walk.chance.choice(PERMISSIONS), walk.chance.choice(sorted(groups))
    value = {"direct_members": [walk.world.member.user_id], "direct_subgroups": [groups[group]]}
    new = walk.chance.choice([groups[group], value])
    walk.owner.patch("/realm", **{permission: {"new": new}})
    return f"{permission} is {new}"


def set_waiting_period(walk: Walk) -> str:
    days = walk.chance.choice([0, 3])
    walk.owner.patch("/realm", waiting_period_threshold=days)
    return f"new members wait {days} days"


def create_person(walk: Walk) -> str:
    number = walk.chance.randrange(10**6)
    new = {"email": f"new{number}@example.com", "password": "midsummer", "full_name": f"N {number}"}
    return f"user {walk.owner.post('/users', **new)['user_id']} is made"


def share(walk: Walk) -> str:
    names = walk.chance.sample(sorted(walk.people), 2)
    ids = [walk.people[name].user_id for name in names]
    stream = walk.chance.choice(["Rome", "Denmark", "Secret"])
    walk.owner.post(
        "/users/me/subscriptions", subscriptions=[{"name": stream}], principals=ids, invite_only=stream == "Secret"
    )
    return f"{names} are subscribed to {stream}"


def part(walk: Walk) -> str:
    person = walk.anybody()
    streams = [one["name"] for one in person.replica.state["subscriptions"]]
    if not streams:
        return f"{person.name} is subscribed to nothing"
    stream = walk.chance.choice(streams)
    person.delete("/users/me/subscriptions", subscriptions=[stream])
    return f"{person.name} leaves {stream}"


def write(walk: Walk) -> str:
    """A guest cannot write to everybody."""
    writer, reader = walk.chance.sample(sorted(walk.people), 2)
    walk.people[writer].post("/messages", type="direct", to=[walk.people[reader].user_id], content="hi")
    return f"{writer} writes to {reader}"


def set_status(walk: Walk) -> str:
    person, text = walk.anybody(), walk.chance.choice(["", "busy", "out"])
    person.post("/users/me/status", status_text=text, emoji_name=walk.chance.choice(["", "car"]))
    return f"{person.name} is {text!r}"


def mute(walk: Walk) -> str:
    muter, other = (walk.people[name] for name in walk.chance.sample(sorted(walk.people), 2))
    is_muted = any(muted["id"] == other.user_id for muted in muter.replica.state["muted_users"])
    muter.call("DELETE" if is_muted else "POST", f"/users/me/muted_users/{other.user_id}")
    return f"{muter.name} {'un' if is_muted else ''}mutes {other.name}"


def fill_in(walk: Walk) -> str:
    """A field is made first, and sometimes taken away."""
    fields = walk.owner.replica.state["custom_profile_fields"]
    if not fields:
        walk.owner.post("/realm/profile_fields", field_type=1, name="Phone")
        return "a field is made"
    path = f"/realm/profile_fields/{fields[0]['id']}"
    if walk.chance.random() < 0.2:
        walk.owner.delete(path)
        return "the field is removed"
    person, value = walk.anybody(), walk.chance.choice(["", "1", "2"])
    person.patch("/users/me/profile_data", data=[{"id": fields[0]["id"], "value": value}])
    return f"{person.name} enters {value!r}"


def change_owner(walk: Walk) -> str:
    """Of those who are never deactivated, since their bots would go with them."""
    person = walk.people[walk.chance.choice(["owner", "admin", "member"])]
    walk.owner.patch(f"/bots/{walk.world.bot.user_id}", bot_owner_id=person.user_id)
    return f"{person.name} owns the bot"


STEPS: list[Step] = [
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
    write,
    set_status,
    mute,
    fill_in,
    change_owner,
]


@pytest.mark.parametrize("seed", range(4))
def test_everybodys_copy_stays_true_along_a_walk(world: World, seed: int) -> None:
    """In every other walk guests see only people whom they share something with."""
    walk = Walk(world, seed)
    if seed % 2:
        world.owner.patch("/realm", can_access_all_users_group={"new": walk.groups()["role:members"]})
    walk.go(LENGTH)
