"""The races of PostgreSQL: two processes (here: two stores) write one realm at the same moment.

Each test stops one writer at a named point, lets the other do all its work, and lets the first go on. A write
transaction that read anything before its lock would act on what is no longer true.
"""

import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.postgres import Cluster
from tests.world import make_people

from aloha_server.access.directory import render_content
from aloha_server.access.users import acting_user
from aloha_server.actions.alert_words import add_alert_words
from aloha_server.actions.messages import Outgoing, send_message
from aloha_server.actions.realm_settings import update_realm
from aloha_server.actions.streams import NewStream
from aloha_server.actions.subscriptions import SubscribeRequest, subscribe, unsubscribe
from aloha_server.events.audience import Audiences, store_audience
from aloha_server.events.emit import EVERYBODY, emit
from aloha_server.events.log import read_entries, read_head
from aloha_server.people import MadeUser
from aloha_server.settings import Settings
from aloha_server.store import Job, LogRow, Store, Tx, WriteTx


@pytest.fixture
def url(cluster: Cluster) -> Iterator[str]:
    yield cluster.create()
    cluster.drop_all()


@pytest.fixture
def stores(url: str, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two processes on one database."""
    first, second = Store.open(tmp_path, url), Store.open(tmp_path, url)
    yield first, second
    first.close()
    second.close()


@pytest.fixture
def people(stores: tuple[Store, Store], url: str, tmp_path: Path) -> list[MadeUser]:
    made = make_people(stores[0], Settings(data=tmp_path, database_url=url))
    owner, member = made[0].user_id, made[3].user_id

    def fill(tx: WriteTx) -> None:
        request = SubscribeRequest(streams=[NewStream("Rome")], principals=[owner, member])
        subscribe(tx, acting_user(tx, owner), request)

    stores[0].write(1, fill)
    return made


def while_stopped_at(point: str, slow: Store, write: Callable[[], Any], meanwhile: Callable[[], Any]) -> Any:
    """Runs `write` on the slow store, and all of `meanwhile` while it stands at `point`."""
    reached, go_on = threading.Event(), threading.Event()

    def reach(name: str) -> None:
        if name == point:
            reached.set()
            assert go_on.wait(30)

    slow.batch.probe = reach
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(write()))
    thread.start()
    assert reached.wait(30)
    meanwhile()
    go_on.set()
    thread.join(30)
    assert results, "the slow writer failed"
    return results[0]


def send(store: Store, sender_id: int, content: str = "hi") -> int:
    def action(tx: WriteTx) -> int:
        actor = acting_user(tx, sender_id)
        rendered = render_content(tx, content, actor)
        return send_message(
            tx, actor, Outgoing(stream="Rome", topic="t", content=content, rendered=rendered, client="x")
        ).message_id

    return store.write(1, action)


def entries(store: Store) -> list[Any]:
    return store.read(1, lambda tx: read_entries(tx, 0, 10_000, Audiences(), 10_000))


def test_a_send_that_began_before_an_unsubscribe_is_not_sent_to_who_left(
    stores: tuple[Store, Store], people: list[MadeUser]
) -> None:
    """The audience is read under the lock: read before it, the message would leak to the one who left."""
    slow, fast = stores
    owner, member = people[0].user_id, people[3].user_id
    while_stopped_at(
        "begun",
        slow,
        lambda: send(slow, owner),
        lambda: fast.write(1, lambda tx: unsubscribe(tx, acting_user(tx, member), ["Rome"], None)),
    )
    [message] = [entry for entry in entries(slow) if entry.kind == "message" and b'"hi"' in entry.body]
    assert set(message.audience) == {owner}


def test_of_two_edits_of_one_list_neither_is_lost(stores: tuple[Store, Store], people: list[MadeUser]) -> None:
    slow, fast = stores
    member = people[3].user_id

    def add(store: Store, word: str) -> Any:
        return store.write(1, lambda tx: add_alert_words(tx, acting_user(tx, member), [word]))

    while_stopped_at("begun", slow, lambda: add(slow, "slow"), lambda: add(fast, "fast"))
    told = [entry.body for entry in entries(slow) if entry.kind == "alert_words"]
    assert len(told) == 2
    assert b"slow" in told[1]
    assert b"fast" in told[1]


def test_a_send_obeys_a_setting_that_changed_before_it_had_the_lock(
    stores: tuple[Store, Store], people: list[MadeUser]
) -> None:
    slow, fast = stores
    owner = people[0].user_id

    def send_without_topic() -> Any:
        def action(tx: WriteTx) -> int:
            actor = acting_user(tx, owner)
            rendered = render_content(tx, "x", actor)
            return send_message(
                tx, actor, Outgoing(stream="Rome", topic="", content="x", rendered=rendered, client="x")
            ).message_id

        job = Job(1, action)
        slow.batch.run([job])
        return job

    job = while_stopped_at(
        "begun",
        slow,
        send_without_topic,
        lambda: fast.write(1, lambda tx: update_realm(tx, acting_user(tx, owner), {"mandatory_topics": True})),
    )
    assert "Topics are required" in str(job.error)


def test_a_writer_waits_for_the_one_that_holds_the_realm(stores: tuple[Store, Store], people: list[MadeUser]) -> None:
    """Stopped before its COMMIT, the first writer's ids are still the lower ones."""
    slow, fast = stores
    owner, member = people[0].user_id, people[3].user_id
    later: list[int] = []
    thread = threading.Thread(target=lambda: later.append(send(fast, member, "second")))

    def start_and_wait_for_its_lock() -> None:
        thread.start()
        while not slow.read(1, lambda tx: tx.value("select count(*) from pg_locks where not granted")):
            assert thread.is_alive(), "the second writer did not wait"

    first = while_stopped_at("commit", slow, lambda: send(slow, owner, "first"), start_and_wait_for_its_lock)
    thread.join(30)
    assert later == [first + 1]
    bodies = [entry.body for entry in entries(slow) if entry.kind == "message"]
    assert b'"first"' in bodies[-2]
    assert b'"second"' in bodies[-1]


WRITERS = 64
READERS = 32
WRITES = 4


@pytest.mark.parametrize("seed", [1])
def test_every_reader_sees_gap_free_ids_and_message_ids_that_rise_with_them(
    stores: tuple[Store, Store], people: list[MadeUser], seed: int
) -> None:
    """64 writers through two processes' lanes and 32 readers, with random pauses between lock, work and commit."""
    dice = random.Random(seed)
    begin = stores[0].read(1, read_head).position
    last_message_id = stores[0].read(1, lambda tx: tx.value("select last_message_id from log_head where realm_id = 1"))
    pause = threading.Event()  # never set: waiting on it is a pause

    def dawdle(_: str) -> None:
        pause.wait(dice.random() / 500)

    for store in stores:
        store.batch.probe = dawdle
    total = WRITERS * WRITES
    done = threading.Semaphore(0)

    def deliver(jobs: list[Job], rows: list[LogRow]) -> None:
        for job in jobs:
            assert job.error is None, job.error
            done.release()

    def write(tx: WriteTx) -> None:
        for _ in range(dice.randint(1, 3)):
            emit(tx, {"type": "message", "message_id": tx.next_message_id()}, EVERYBODY)

    def work(number: int) -> None:
        for _ in range(WRITES):
            stores[number % 2].submit(Job(1, write))
            pause.wait(dice.random() / 200)

    problems: list[str] = []
    finished = threading.Event()

    def read(number: int) -> None:
        after = begin
        while not finished.is_set() or after < stores[0].read(1, read_head).position:
            got = stores[number % 2].read(1, lambda tx: rows_after(tx, after))  # noqa: B023
            for position, message_id in got:
                if position != after + 1:
                    problems.append(f"reader {number} saw {position} after {after}")
                if message_id - last_message_id != position - begin:
                    problems.append(f"message {message_id} at {position}")
                after = position

    for store in stores:
        store.deliver = deliver
    threads = [threading.Thread(target=work, args=(number,)) for number in range(WRITERS)]
    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for thread in [*readers, *threads]:
        thread.start()
    for _ in range(total):
        assert done.acquire(timeout=60)
    finished.set()
    for thread in [*threads, *readers]:
        thread.join(60)
    assert problems == [], f"seed {seed}"
    assert stores[0].read(1, read_head).position - begin >= total


def rows_after(tx: Tx, after: int) -> list[tuple[int, int]]:
    rows = tx.rows(
        "select position, body from log_entry where realm_id = :realm_id and position > :after order by position",
        after=after,
    )
    return [(position, msgspec.json.decode(body)["message_id"]) for position, body in rows]


def test_a_set_stored_by_two_processes_is_stored_once(stores: tuple[Store, Store], people: list[MadeUser]) -> None:
    slow, fast = stores
    ids = [1, 2, 3]
    made: list[int] = []
    first = while_stopped_at(
        "begun",
        slow,
        lambda: slow.write(1, lambda tx: store_audience(tx, ids)),
        lambda: made.append(fast.write(1, lambda tx: store_audience(tx, ids))),
    )
    assert made == [first]
