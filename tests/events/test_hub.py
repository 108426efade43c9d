"""The hub: whoever waits is woken by what is theirs, once, in order, whatever comes in between."""

import asyncio
import random
from collections.abc import Coroutine
from typing import Any

import msgspec
import pytest
from pyroaring import FrozenBitMap
from tests.entries import NOW, entry, message, queue

from aloha_server.events import hub as hub_module
from aloha_server.events.entry import Entry
from aloha_server.events.hub import Hub, Poll, RealmHub
from aloha_server.events.log import Answer
from aloha_server.events.queues import Queue


class Desk:
    """A hub, and what its polls were answered."""

    def __init__(self, position: int = 0) -> None:
        self.heartbeats: list[tuple[str, int]] = []
        self.hub = Hub(lambda: NOW, heartbeat=self._heartbeat)
        self.realm = self.hub.open(1, position)
        self.answers: list[tuple[str, list[int], int]] = []
        self.sent_back: list[str] = []

    def _heartbeat(self, realm: RealmHub, poll: Poll) -> None:
        self.heartbeats.append((poll.queue.queue_id, realm.checked(poll)))

    def _deliver(self, poll: Poll, answer: Answer | None) -> None:
        if answer is None:
            self.sent_back.append(poll.queue.queue_id)
        else:
            ids = [msgspec.json.decode(event)["id"] for event in answer.events]
            self.answers.append((poll.queue.queue_id, ids, answer.through))

    def park(self, waiting: Queue, after: int | None = None) -> Poll:
        poll = Poll(waiting, self.realm.tail.end if after is None else after, self._deliver, is_guest=False)
        self.hub.park(self.realm, poll)
        return poll

    async def publish(self, *entries: Entry) -> None:
        self.realm.publish(entries)
        await self.settle()

    async def settle(self) -> None:
        while self.realm.woken < self.realm.tail.end:
            await asyncio.sleep(0)


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def test_only_those_in_the_audience_are_woken() -> None:
    async def scene() -> None:
        desk = Desk()
        for user_id in (1, 2, 3):
            desk.park(queue(user_id))
        await desk.publish(entry(1, {1, 3}))
        assert sorted(desk.answers) == [("q1", [1], 1), ("q3", [1], 1)]
        await desk.publish(entry(2, None))
        assert desk.answers[2:] == [("q2", [2], 2)]

    run(scene())


def test_an_entry_above_a_hole_wakes_nobody_and_heartbeats_stay_below_it() -> None:
    async def scene() -> None:
        desk = Desk()
        poll = desk.park(queue(1))
        await desk.publish(entry(1, {9}), entry(3, {1}))
        assert desk.answers == []
        assert desk.realm.checked(poll) == 1
        await desk.publish(entry(2, {1}))
        assert desk.answers == [("q1", [2, 3], 3)]

    run(scene())


def test_a_woken_poll_reads_the_log_and_not_only_what_woke_it() -> None:
    """A wake without re-reading would hand over entry 3 alone."""

    async def scene() -> None:
        desk = Desk()
        desk.park(queue(1))
        desk.realm.publish([entry(1, {1})])
        desk.realm.publish([entry(2, {2})])
        desk.realm.publish([entry(3, {1})])
        await desk.settle()
        got = [event_id for _, ids, _ in desk.answers for event_id in ids]
        assert got in ([1], [1, 3])
        assert desk.answers[0][1][0] == 1

    run(scene())


def test_a_heartbeat_carries_the_position_up_to_which_the_queue_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the head: while a round of waking is under way, the head is above what was asked."""
    monkeypatch.setattr(hub_module, "SLICE_S_MAX", -1.0)  # a slice is 16 steps

    async def scene() -> None:
        desk = Desk()
        for user_id in range(1, 41):
            desk.park(queue(user_id))
        last = desk.park(queue(99))
        desk.realm.publish([entry(1, None, kind="_internal")])
        await desk.settle()
        desk.realm.publish([entry(2, set(range(1, 41))), entry(3, {99})])
        assert desk.realm.tail.end == 3
        assert last.parked
        assert desk.realm.checked(last) == 1
        await desk.settle()
        assert desk.answers[-1] == ("q99", [3], 3)

    run(scene())


def test_a_poll_that_fell_out_of_the_tail_is_sent_to_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aloha_server.events.tail.ENTRIES_MAX", 10)

    async def scene() -> None:
        desk = Desk()
        desk.park(queue(1))
        desk.realm.publish([entry(n, {1} if n in (1, 30) else {9}) for n in range(1, 31)])
        await desk.settle()
        assert desk.sent_back == ["q1"]
        assert desk.answers == []

    run(scene())


def test_a_cancelled_poll_leaves_no_trace() -> None:
    async def scene() -> None:
        desk = Desk()
        poll = desk.park(queue(1, narrow=(), all_public_streams=True))
        desk.hub.forget(desk.realm, poll)
        assert len(desk.realm) == 0
        assert desk.realm.parked("q1") is None
        assert desk.realm.parked_of(1) == []
        assert not desk.hub._due.get(poll.due)
        await desk.publish(entry(1, {1}))
        assert desk.answers == []

    run(scene())


def test_public_messages_reach_queues_that_asked_for_all_and_say_nothing_of_flags() -> None:
    async def scene() -> None:
        desk = Desk()
        desk.park(queue(1, "wide", all_public_streams=True))
        desk.park(queue(1, "plain"))
        await desk.publish(message(1, {2}, public=1, flags_of_others=["wildcard_mentioned"]))
        assert desk.answers == [("wide", [1], 1)]
        await desk.publish(message(2, {2}, public=0))
        assert len(desk.answers) == 1

    run(scene())


@pytest.mark.parametrize("seed", range(25))
def test_every_queue_gets_exactly_its_entries_in_order_whatever_the_interleaving(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Random publishes (with holes), polls and cancellations against the plain rule `admits`."""
    monkeypatch.setattr(hub_module, "SLICE_S_MAX", -1.0)
    dice = random.Random(seed)
    users = range(1, 9)
    log = [
        entry(n, None if dice.random() < 0.1 else set(dice.sample(users, dice.randint(0, 4)))) for n in range(1, 200)
    ]

    async def scene() -> None:
        desk = Desk()
        got: dict[int, list[int]] = {user_id: [] for user_id in users}
        at: dict[int, int] = dict.fromkeys(users, 0)
        waiting: dict[int, Poll] = {}

        def deliver(poll: Poll, answer: Answer | None) -> None:
            assert answer is not None
            user_id = poll.queue.user_id
            del waiting[user_id]
            desk.hub.settled(poll)
            got[user_id] += [msgspec.json.decode(event)["id"] for event in answer.events]
            at[user_id] = answer.through

        def poll(user_id: int) -> None:
            one = queue(user_id)
            answer = desk.realm.read(one, at[user_id], is_guest=False)
            if answer.events:
                got[user_id] += [msgspec.json.decode(event)["id"] for event in answer.events]
                at[user_id] = answer.through
                return
            waiting[user_id] = Poll(one, answer.through, deliver, is_guest=False)
            desk.hub.park(desk.realm, waiting[user_id])

        late: list[Entry] = []
        for one in log:
            (late if dice.random() < 0.2 else [*late]).append(one)
            if one not in late:
                desk.realm.publish([one])
            if late and dice.random() < 0.5:
                dice.shuffle(late)
                desk.realm.publish(late)
                late = []
            for user_id in users:
                if user_id not in waiting and dice.random() < 0.5:
                    poll(user_id)
                elif user_id in waiting and dice.random() < 0.1:
                    gone = waiting.pop(user_id)
                    at[user_id] = max(at[user_id], gone.after)
                    desk.hub.forget(desk.realm, gone)
            if dice.random() < 0.3:
                await asyncio.sleep(0)
        desk.realm.publish(late)
        await desk.settle()
        for user_id in users:
            while user_id not in waiting:
                poll(user_id)
        for user_id in users:
            expected = [e.position for e in log if e.audience is None or user_id in FrozenBitMap(e.audience)]
            assert got[user_id] == expected, f"seed {seed}, user {user_id}"

    run(scene())


def test_heartbeats_come_between_45_and_55_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        desk = Desk()
        loop = asyncio.get_running_loop()
        began = loop.time()
        polls = [desk.park(queue(user_id)) for user_id in range(1, 200)]
        assert {45, 55} <= {poll.due - int(began) for poll in polls} <= set(range(45, 57))
        now = began
        monkeypatch.setattr(loop, "time", lambda: now)
        now = began + 44
        desk.hub.tick()
        assert desk.heartbeats == []
        now = began + 57
        desk.hub.tick()
        assert len(desk.heartbeats) == 199
        assert len(desk.realm) == 0

    run(scene())
