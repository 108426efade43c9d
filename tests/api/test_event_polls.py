"""Long polls whose queue or events must be read from the database while the log goes on."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import msgspec
import pytest
from tests.helpers import make_bare_realm

from aloha.contract.errors import ApiError
from aloha_server.access.accounts import Account, Accounts
from aloha_server.api.polls import EventPolls
from aloha_server.events.audience import Audiences
from aloha_server.events.emit import emit, to_users
from aloha_server.events.hub import Hub, Poll, RealmHub
from aloha_server.events.log import read_entries, read_head
from aloha_server.events.queues import QueueSpec, create_queue
from aloha_server.store import Store, Tx

T = TypeVar("T")
USER = Account(1, 7, 400, False, "ada@example.com", "Ada")


class Call(msgspec.Struct):
    query: bytes
    counted: bool = True
    host: bytes = b"x"
    authorization: bytes | None = b""


class Scene:
    """A server without HTTP; `gate` holds the results of reads of the database back, from number `hold_from` on."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.gate = asyncio.Event()
        self.gate.set()
        self.reads = 0
        self.hold_from = 1
        self.answers: list[tuple[int, dict[str, Any]]] = []
        self.audiences = Audiences()
        self.hub = Hub(store.clock, heartbeat=self._heartbeat)
        self.accounts = Accounts(self.read)
        self.polls = EventPolls(self, self.hub, self.accounts, self.audiences, store.clock)
        self.spec = QueueSpec()
        self.queue_id = store.write(
            1, lambda tx: create_queue(tx, user_id=7, client="x", spec=self.spec, start=0, lifespan_s=999)
        )
        self.accounts.cached = lambda *_: USER  # type: ignore[method-assign]
        self.accounts.authenticate = self._authenticate  # type: ignore[method-assign,assignment]

    async def _authenticate(self, *_: object) -> Account:
        return USER

    def _heartbeat(self, hub: RealmHub, poll: Poll) -> None:
        self.polls.heartbeat(hub, poll)

    async def read(self, realm_id: int, fn: Callable[[Tx], T]) -> T:
        result = self.store.read(realm_id, fn)
        self.reads += 1
        if self.reads >= self.hold_from:
            await self.gate.wait()
        return result

    def find_realm_id(self, host: bytes) -> int:
        return 1

    def parse_credentials(self, authorization: bytes | None) -> tuple[str, str]:
        return "ada", "key"

    def check_limit(self, realm_id: int, user_id: int) -> None:
        return

    async def open_hub(self, realm_id: int) -> RealmHub:
        head = await self.read(realm_id, read_head)
        return self.hub.open(realm_id, head.position)

    def poll(self, last_event_id: int, queue_id: str = "") -> Any:
        query = f"queue_id={queue_id or self.queue_id}&last_event_id={last_event_id}".encode()
        return self.polls.begin(
            Call(query), lambda status, _, body: self.answers.append((status, msgspec.json.decode(body)))
        )

    def write(self, *users: int) -> int:
        """Commits one event and publishes it as the server would."""
        position = self.store.write(1, lambda tx: emit(tx, {"type": "reaction"}, to_users(tx, users)))
        hub = self.hub.realm(1)
        if hub is not None:
            hub.publish(self.store.read(1, lambda tx: read_entries(tx, position - 1, position, self.audiences, 1)))
        return position

    async def settle(self) -> None:
        for _ in range(20):
            await asyncio.sleep(0)

    def ids(self) -> list[int]:
        return [event["id"] for status, body in self.answers for event in body["events"]]


def run(scene: Callable[[Scene], Coroutine[Any, Any, None]], store: Store) -> None:
    async def main() -> None:
        await scene(Scene(store))

    asyncio.run(main())


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    store = open_store()
    make_bare_realm(store)
    return store


@pytest.mark.parametrize("reads_before", range(1, 5))
def test_wherever_in_the_slow_path_an_event_comes_it_is_answered(store: Store, reads_before: int) -> None:
    async def scene(scene: Scene) -> None:
        scene.write(8)
        await scene.open_hub(1)
        scene.poll(0)
        for _ in range(reads_before):
            await asyncio.sleep(0)
        scene.write(7)
        await scene.settle()
        assert scene.ids() == [2]

    run(scene, store)


@pytest.mark.parametrize("read", [1, 2])
def test_an_event_that_comes_while_the_database_is_read_is_not_lost(store: Store, read: int) -> None:
    """The first read is of the head, the second of the log. The event is published while its result, which does not
    have it, is on its way: parking then, without reading the tail again, would lose it."""

    async def scene(scene: Scene) -> None:
        scene.write(8)
        await scene.open_hub(1)  # the tail begins at 1: a poll from 0 is behind it
        scene.poll(0)
        await scene.settle()
        scene.polls.forget_user(1, 7)  # the poll is over; the queue is known from here on
        scene.answers.clear()
        scene.gate.clear()
        scene.hold_from = scene.reads + read
        scene.poll(0)
        await scene.settle()
        assert scene.reads == scene.hold_from
        scene.write(7)
        scene.gate.set()
        await scene.settle()
        assert scene.ids() == [2]

    run(scene, store)


def test_a_cancelled_poll_is_never_answered_and_leaves_no_trace(store: Store) -> None:
    async def scene(scene: Scene) -> None:
        scene.gate.clear()
        handle = scene.poll(0)
        await scene.settle()
        handle.cancel()
        scene.gate.set()
        scene.write(7)
        await scene.settle()
        assert scene.answers == []
        parked = scene.poll(1)
        await scene.settle()
        parked.cancel()
        scene.write(7)
        await scene.settle()
        assert scene.answers == []
        assert len(await scene.open_hub(1)) == 0

    run(scene, store)


def test_a_position_that_the_log_never_had_or_has_no_more_ends_the_queue(store: Store) -> None:
    async def scene(scene: Scene) -> None:
        for _ in range(5):
            scene.write(8)
        scene.store.write(1, lambda tx: tx.execute("update log_head set pruned = 3 where realm_id = :realm_id"))
        for position in (99, 2):
            scene.poll(position)
            await scene.settle()
        assert [(status, body["code"]) for status, body in scene.answers] == [(400, "BAD_EVENT_QUEUE_ID")] * 2
        scene.poll(3)
        await scene.settle()
        assert len(scene.answers) == 2

    run(scene, store)


def test_a_failure_of_the_database_is_answered(store: Store) -> None:
    async def scene(scene: Scene) -> None:
        async def fail(realm_id: int, fn: object) -> Any:
            raise ApiError("The server has too much waiting", code="SERVER_BUSY")

        scene.read = fail  # type: ignore[method-assign]
        scene.poll(0)
        await scene.settle()
        assert scene.answers[0][0] == 503

    run(scene, store)


def test_a_second_poll_of_a_queue_completes_the_first(store: Store) -> None:
    async def scene(scene: Scene) -> None:
        scene.poll(0)
        await scene.settle()
        scene.poll(0)
        await scene.settle()
        assert scene.answers == [(200, {"result": "success", "msg": "", "events": [], "queue_id": scene.queue_id})]
        scene.write(7)
        await scene.settle()
        assert scene.ids() == [1]

    run(scene, store)
