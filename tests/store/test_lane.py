"""The lane and its batches: order, savepoints, what a failed COMMIT does."""

import threading
from collections.abc import Callable

import pytest
from tests.helpers import Collector, make_bare_realm

from aloha.contract.errors import ApiError
from aloha_server.store import Job, LogRow, Store, StoreError, Tx, WriteTx
from aloha_server.store.batch import Batch
from aloha_server.store.engine import WriteConnection


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    store = open_store()
    make_bare_realm(store)
    return store


def append(tx: WriteTx) -> int:
    return tx.append("kind", b"{}", None)


def test_positions_are_gap_free_and_in_the_order_of_submission(store: Store) -> None:
    collector = Collector(store)
    for _ in range(500):
        store.submit(Job(1, append))
    jobs, rows = collector.wait_for(500)
    assert [job.result for job in jobs] == list(range(1, 501))
    assert [row.position for row in rows] == list(range(1, 501))


def test_a_failed_action_takes_nothing_with_it_and_leaves_no_gap(store: Store) -> None:
    def fail(tx: WriteTx) -> None:
        tx.append("lost", b"{}", None)
        tx.next_message_id()
        raise ApiError("no")

    collector = Collector(store)
    release = collector.hold(store)  # so that all three are one batch
    for action in (append, fail, append):
        store.submit(Job(1, action))
    release()
    jobs, rows = collector.wait_for(4)
    assert isinstance(jobs[2].error, ApiError)
    assert [row.kind for row in rows] == ["kind", "kind"]
    assert [row.position for row in rows] == [1, 2]
    assert store.read(1, lambda tx: tx.rows("select position, kind from log_entry where realm_id = 1")) == [
        (1, "kind"),
        (2, "kind"),
    ]
    assert store.read(1, lambda tx: tx.row("select position, last_message_id from log_head")) == (2, 0)


def test_a_failed_commit_fails_the_whole_batch_and_tells_nobody(store: Store) -> None:
    def reach(point: str) -> None:
        if point == "commit":
            raise OSError("disk full")

    collector = Collector(store)
    release = collector.hold(store)
    store.batch.probe = reach
    store.submit(Job(1, append))
    store.submit(Job(1, append))
    release()
    jobs, rows = collector.wait_for(3)
    assert all(isinstance(job.error, OSError) for job in jobs)
    assert rows == []
    store.batch.probe = None
    assert store.write(1, append) == 1


def test_a_long_action_has_a_batch_of_its_own(store: Store) -> None:
    collector = Collector(store)
    release = collector.hold(store)
    for alone in (False, True, False):
        store.submit(Job(1, append, alone=alone))
    release()
    collector.wait_for(4)
    assert collector.sizes == [1, 1, 1, 1]


def test_the_lane_refuses_work_past_its_backlog(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aloha_server.store.lane.BACKLOG_JOBS_MAX", 3)
    collector = Collector(store)
    release = collector.hold(store)
    for _ in range(3):
        store.submit(Job(1, append))
    with pytest.raises(ApiError) as caught:
        store.submit(Job(1, append))
    assert caught.value.code == "SERVER_BUSY"
    release()
    collector.wait_for(4)


def test_the_head_is_read_from_its_row_and_not_remembered(store: Store) -> None:
    """Another process, such as the command line, may have written since."""
    assert store.write(1, append) == 1
    with store.engine.writing() as connection:
        connection.execute("update log_head set position = 41", {})
        connection.commit()
    assert store.write(1, append) == 42


def test_nobody_hears_of_a_write_before_its_commit(store: Store) -> None:
    seen: list[str] = []
    store.batch.probe = seen.append
    told = threading.Event()

    def deliver(jobs: list[Job], rows: list[LogRow]) -> None:
        seen.append("delivered")
        told.set()

    store.deliver = deliver
    store.submit(Job(1, append))
    assert told.wait(10)
    assert seen == ["begun", "locked", "commit", "committed", "delivered"]


def test_an_unknown_realm_is_an_error_of_its_job_alone(store: Store) -> None:
    jobs = [Job(7, append), Job(1, append)]
    rows = Batch(store.engine).run(jobs)
    assert isinstance(jobs[0].error, LookupError)
    assert [row.position for row in rows] == [1]
    assert jobs[1].result == 1


def test_a_transaction_left_without_commit_changes_nothing(store: Store) -> None:
    def use(connection: WriteConnection) -> None:
        connection.execute("update log_head set position = 5", {})

    with store.engine.writing() as connection:
        use(connection)
    assert store.read(1, lambda tx: tx.value("select position from log_head")) == 0


def test_a_read_sees_one_state_however_long_it_takes(store: Store) -> None:
    def read(tx: Tx) -> tuple[int, int]:
        first = tx.value("select position from log_head where realm_id = 1")
        store.write(1, append)
        return first, tx.value("select position from log_head where realm_id = 1")

    assert store.read(1, read) == (0, 0)
    assert store.read(1, lambda tx: tx.value("select position from log_head")) == 1


def test_a_database_of_a_newer_release_is_refused(open_store: Callable[[], Store]) -> None:
    store = open_store()
    with store.engine.writing() as connection:
        connection.execute("update alembic_version set version_num = '9999'", {})
        connection.commit()
    with pytest.raises(StoreError, match="newer than this release"):
        open_store()
