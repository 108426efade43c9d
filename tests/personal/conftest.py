"""A world for each test, whose clock the test turns."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.personal.kit import Clock
from tests.world import World, run_world

from aloha_server import deliveries


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def _short_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is looked at often, so that a test which turns it goes on at once; so are failures tried again."""
    monkeypatch.setattr(deliveries, "LOOK_S", 0.02)
    monkeypatch.setattr(deliveries, "RETRY_S", 0.02)


@pytest.fixture
def world(tmp_path: Path, database_url: str, clock: Clock) -> Iterator[World]:
    """Everybody but the guest and the bot is subscribed to `open`; the member alone to the private `den`."""
    with run_world(tmp_path / "var", database_url, clock=clock) as world:
        people = [world.owner.user_id, world.admin.user_id, world.moderator.user_id, world.member.user_id]
        world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "open"}], principals=people)
        world.member.post("/users/me/subscriptions", subscriptions=[{"name": "den"}], invite_only=True)
        for person in world.people.values():
            person.start()
        yield world
