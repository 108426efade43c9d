"""The bugs that the design names, planted one at a time in a copy of the sources: each makes a test fail.

A test that still passes with its bug in place would be a test that cannot fail.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).parent.parent


class Planted(msgspec.Struct, frozen=True):
    """`good` is replaced by `bad` in `file` (below `server/src/aloha_server`); `test` must then fail."""

    name: str
    file: str
    good: str
    bad: str
    test: str


PLANTED = (
    Planted(
        "ids from a sequence: a rolled back action leaves a gap",
        "store/tx.py",
        "self.position, self.last_message_id, length = mark",
        "_, self.last_message_id, length = mark",
        "tests/store/test_lane.py::test_a_failed_action_takes_nothing_with_it_and_leaves_no_gap[sqlite]",
    ),
    Planted(
        "audience read before the lock: the transaction's view is older than the lock",
        "store/batch.py",
        '            self._reach("begun")',
        "            connection.execute('set transaction isolation level repeatable read', {})\n"
        "            connection.execute('select count(*) from recipient', {})\n"
        "            self._reach('begun')",
        "tests/races/test_races.py::test_a_send_that_began_before_an_unsubscribe_is_not_sent_to_who_left",
    ),
    Planted(
        "no lock at all",
        "store/tx.py",
        "where realm_id = :realm_id for update",
        "where realm_id = :realm_id",
        "tests/races/test_races.py::test_a_writer_waits_for_the_one_that_holds_the_realm",
    ),
    Planted(
        "message ids out of log order: read before the lock",
        "store/tx.py",
        "        row = self.row(LOCK_HEAD)\n",
        "        early = self.row('select last_message_id from log_head where realm_id = :realm_id')\n"
        "        row = self.row(LOCK_HEAD)\n"
        "        row = row and early and (row[0], early[0])\n",
        "tests/races/test_races.py::test_a_writer_waits_for_the_one_that_holds_the_realm",
    ),
    Planted(
        "a heartbeat at the head",
        "events/hub.py",
        "return max(poll.after, self.woken)",
        "return self.tail.end",
        "tests/events/test_hub.py::test_a_heartbeat_carries_the_position_up_to_which_the_queue_was_asked",
    ),
    Planted(
        "a wake without reading again",
        "api/polls.py",
        "        if after > handle.hub.tail.end:  # another",
        "        if after >= handle.queue.start:  # another",
        "tests/api/test_event_polls.py::test_an_event_that_comes_while_the_database_is_read_is_not_lost[sqlite-2]",
    ),
    Planted(
        "a tail with a hole",
        "events/tail.py",
        "        while self.end + 1 in self._above:\n            self.end += 1",
        "        while self._above:\n            self.end = min(self._above)",
        "tests/events/test_tail.py::test_an_entry_above_a_hole_waits_until_the_hole_is_filled",
    ),
    Planted(
        "an answer without COMMIT",
        "store/batch.py",
        '                self._reach("commit")\n                connection.commit()',
        '                self._reach("commit")',
        "tests/store/test_lane.py::test_a_failed_action_takes_nothing_with_it_and_leaves_no_gap[sqlite]",
    ),
)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_a_planted_bug_is_caught(planted: Planted, tmp_path: Path) -> None:
    sources = tmp_path / "src"
    shutil.copytree(ROOT / "server/src/aloha_server", sources / "aloha_server", ignore=shutil.ignore_patterns("*.pyc"))
    file = sources / "aloha_server" / planted.file
    text = file.read_text()
    assert text.count(planted.good) == 1, f"{planted.file} has changed: plant this bug anew"
    file.write_text(text.replace(planted.good, planted.bad))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:xdist",
        "-p",
        "no:randomly",
        "--timeout",
        "60",
        planted.test,
    ]
    environment = {**os.environ, "PYTHONPATH": str(sources)}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 1, run.stdout[-2000:] + run.stderr[-500:]
    assert f"FAILED {planted.test}" in run.stdout, run.stdout[-2000:]
