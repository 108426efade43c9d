"""Whatever happens to streams, in whatever order: snapshot + events == fresh snapshot, for every kind of user."""

import random
from pathlib import Path
from typing import Any

import pytest
from tests.streams.kit import PEOPLE_BY_NAME, Office

from aloha.contract.endpoints._params import GroupSettingUpdate
from aloha.contract.errors import ApiError
from aloha.contract.objects import GroupSettingMembers
from aloha_server.access.users import Role, find_user
from aloha_server.actions.roles import change_role
from aloha_server.store import Store

STEPS = 40
NAMES = ("red", "green", "blue")
GROUPS = ("role:nobody", "role:members", "role:administrators")
PERMISSIONS = ("can_subscribe_group", "can_add_subscribers_group", "can_administer_channel_group")


class Walk:
    """Random steps; those that are refused change nothing."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office = office
        self.random = random.Random(seed)
        self.people = [*PEOPLE_BY_NAME, "bot"]

    def step(self) -> None:
        pick = self.random.choice
        stream = pick(NAMES)
        steps = [self.subscribe, self.subscribe, self.unsubscribe, self.unsubscribe, self.change, self.change_role]
        try:
            pick(steps)(pick(["owner", "admin", *self.people]), stream)
            if self.random.random() < 0.05:
                self.office.archive("owner", stream)
            elif self.random.random() < 0.05:
                self.office.update("owner", stream, is_archived=False)
        except (ApiError, TypeError):  # TypeError: there is no such stream yet
            pass

    def some(self) -> list[str]:
        return self.random.sample(self.people, self.random.randint(1, 3))

    def subscribe(self, who: str, stream: str) -> None:
        private = self.random.random() < 0.3
        self.office.subscribe(who, stream, people=self.some(), invite_only=private)

    def unsubscribe(self, who: str, stream: str) -> None:
        self.office.unsubscribe(who, stream, people=self.some())

    def change(self, who: str, stream: str) -> None:
        pick = self.random.choice
        bob = GroupSettingMembers(direct_members=[self.office.ids["bob"]], direct_subgroups=[])
        changes: list[dict[str, Any]] = [
            {"is_private": True},
            {"is_private": False},
            {"is_web_public": True},
            {"is_web_public": False},
            {"is_default_stream": True},
            {"is_private": True, "history_public_to_subscribers": False},
            {"description": pick(NAMES)},
            {pick(PERMISSIONS): GroupSettingUpdate(new=self.office.groups[pick(GROUPS)])},
            {pick(PERMISSIONS): GroupSettingUpdate(new=bob)},
        ]
        self.office.update(who, stream, **pick(changes))

    def change_role(self, who: str, stream: str) -> None:
        user_id = self.office.ids[self.random.choice(["bob", "guest"])]
        role = self.random.choice([Role.ADMIN, Role.MEMBER, Role.GUEST])

        def change(tx: Any, actor: Any) -> None:
            user = find_user(tx, user_id)
            assert user is not None
            change_role(tx, actor, user, role)

        self.office.act("owner", change)
        for client in self.office.clients.values():
            if client.user_id == user_id:  # whose own view of people begins or ends to be limited
                client.begin_people_anew()


@pytest.mark.parametrize("seed", range(6))
def test_replicas_stay_true(tmp_path: Path, seed: int) -> None:
    """Half of the walks are in an organization where guests see only some people."""
    settings = {"can_access_all_users_group": "role:members"} if seed % 2 else {}
    store = Store.open(tmp_path / "var")
    walk = Walk(Office(store, tmp_path, settings=settings), seed)
    for _ in range(STEPS):
        walk.step()
        walk.office.check()
    store.close()
