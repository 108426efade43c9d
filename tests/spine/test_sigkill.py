"""Killed at any time and started again: every acknowledged send is there, every event comes once and in order.

The clients are the naive loop that anybody would write: poll with the last id that was seen, and try again on any
failure. A send that was not answered is repeated with its Idempotency-Key.
"""

import http.client
import random
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.process import ServerProcess
from tests.world import Http, make_people

from aloha_server.people import MadeUser
from aloha_server.settings import Settings
from aloha_server.store import Store

SENDS = 120
KILLS = 6
LOST = (OSError, http.client.HTTPException)


@pytest.fixture
def people(tmp_path: Path, database_url: str) -> list[MadeUser]:
    settings = Settings(data=tmp_path / "var", database_url=database_url)
    with closing(Store.open(settings.data, database_url)) as store:
        return make_people(store, settings)


@pytest.fixture
def process(people: list[MadeUser], tmp_path: Path, database_url: str) -> Iterator[ServerProcess]:
    del people  # made before the server starts
    process = ServerProcess(tmp_path / "var", database_url)
    yield process
    process.close()


def send_all(process: ServerProcess, user: MadeUser, to: int, count: int) -> list[int]:
    """The ids of so many sends, each repeated until it was answered."""
    ids = []
    client = Http(process.port, user.email, user.api_key)
    for number in range(count):
        params = {"type": "direct", "to": [to], "content": f"message {number}"}
        while True:
            assert process.running.wait(60)
            try:
                status, _, body = client.request("POST", "/messages", params, {"Idempotency-Key": f"send-{number}"})
            except LOST:
                client.close()  # the next request connects anew
                continue
            assert status == 200, body
            ids.append(body["id"])
            break
    client.close()
    return ids


def listen(process: ServerProcess, user: MadeUser, queue_id: str, position: int, count: int) -> list[tuple[int, str]]:
    """The messages of a queue as they come: id and content."""
    got: list[tuple[int, str]] = []
    client = Http(process.port, user.email, user.api_key)
    while len(got) < count:
        assert process.running.wait(60)
        try:
            answer = client.get("/events", queue_id=queue_id, last_event_id=position)
        except LOST:
            client.close()
            continue
        for event in answer["events"]:
            assert event["id"] > position
            position = event["id"]
            if event["type"] == "message":
                got.append((event["message"]["id"], event["message"]["content"]))
    client.close()
    return got


@pytest.mark.parametrize("seed", [1])
def test_a_queue_goes_on_over_sigkill_without_loss_or_repetition(
    process: ServerProcess, people: list[MadeUser], seed: int
) -> None:
    dice = random.Random(seed)
    sender, reader = people[0], people[3]
    process.start()
    client = Http(process.port, reader.email, reader.api_key)
    queue = client.post("/register", event_types=["message"])
    client.close()
    sent: list[int] = []
    got: list[tuple[int, str]] = []
    work = [
        threading.Thread(target=lambda: sent.extend(send_all(process, sender, reader.user_id, SENDS))),
        threading.Thread(
            target=lambda: got.extend(listen(process, reader, queue["queue_id"], queue["last_event_id"], SENDS))
        ),
    ]
    for thread in work:
        thread.start()
    for _ in range(KILLS):
        work[0].join(dice.uniform(0.01, 0.15))  # let some sends through
        process.kill()
        process.start()
    for thread in work:
        thread.join(90)
        assert not thread.is_alive(), f"seed {seed}"
    assert [content for _, content in got] == [f"message {number}" for number in range(SENDS)], f"seed {seed}"
    assert [message_id for message_id, _ in got] == sent, f"seed {seed}"


def test_sigterm_answers_who_waits_and_exits_cleanly(process: ServerProcess, people: list[MadeUser]) -> None:
    reader = people[3]
    process.start()
    client = Http(process.port, reader.email, reader.api_key)
    queue = client.post("/register", event_types=["message"])
    answers: list[tuple[int, dict[str, str], object]] = []
    waiting = threading.Thread(
        target=lambda: answers.append(
            client.request("GET", "/events", {"queue_id": queue["queue_id"], "last_event_id": queue["last_event_id"]})
        )
    )
    waiting.start()
    other = Http(process.port, reader.email, reader.api_key)
    other.get("/users/me")  # the poll before it was sent earlier; both are served by one loop
    assert process.stop() == 0
    waiting.join(30)
    client.close()
    other.close()
    [(status, headers, body)] = answers
    assert status == 200
    assert headers["connection"] == "close"
    assert [event["type"] for event in body["events"]] == ["heartbeat"]  # type: ignore[index]
