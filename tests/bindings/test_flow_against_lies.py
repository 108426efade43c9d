"""The pure flow against a server that lies, in scripts of 30 steps and more; and the flow's bugs, planted one at a
time, each of which some script finds out."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from aloha.client import flow as real_flow
from aloha.client.backoff import BASE_S
from aloha.client.wire import Answer, ConnectionFailed, Outcome
from aloha.contract.errors import ApiError

FAILED = ConnectionFailed(error=OSError("cut"))
RETRY_AFTER_S = 40.0
JITTER = 0.5


def success(elapsed_s: float = 50.0, **fields: Any) -> Answer:
    return Answer(status=200, body={"result": "success", "msg": "", **fields}, elapsed_s=elapsed_s)


def refusal(http_status: int, code: str, **fields: Any) -> Answer:
    return Answer(status=http_status, body={"result": "error", "msg": "no", "code": code, **fields})


class LyingServer:
    """A log of events, some of which share ids, and a way to answer that a script makes go wrong."""

    def __init__(self, log: list[int]) -> None:
        self.log: list[dict[str, Any]] = [{"id": id_, "type": "message", "n": n} for n, id_ in enumerate(log)]
        self.queue = 0
        self.start = -1
        self.served = -1

    def answer(self, step: Any, lie: str, size: int) -> Outcome:
        match lie:
            case "cut":
                return FAILED
            case "page":
                return Answer(status=502)
            case "limit":
                return refusal(429, "RATE_LIMIT_HIT", **{"retry-after": RETRY_AFTER_S})
            case "empty":
                return success(events=[], elapsed_s=0.0)
            case "falling" if hasattr(step, "position"):
                return success(events=[{"id": 9, "type": "message"}, {"id": 8, "type": "message"}])
            case "forget":
                self.queue += 1  # restored from a backup: every queue from before has ended
        elapsed_s = -3600.0 if lie == "jump" else 0.0  # the machine's clock was set back
        if not hasattr(step, "position"):
            return self._register(lie, size, elapsed_s)
        if step.position.queue_id != f"q{self.queue}":
            return refusal(400, "BAD_EVENT_QUEUE_ID")
        after = -1 if lie == "repeat" else step.position.last_event_id
        later = [event for event in self.log if event["id"] > max(after, self.start)]
        last = later[min(size, len(later) - 1)]["id"] if later else -1
        whole = [event for event in later if event["id"] <= last]
        if lie == "heartbeat" and not later:
            whole, last = [{"id": self.start + len(self.log), "type": "heartbeat"}], self.served
        self.served = max(self.served, last)
        return FAILED if lie == "lose" else success(events=whole, elapsed_s=elapsed_s)

    def _register(self, lie: str, size: int, elapsed_s: float) -> Outcome:
        head = max((event["id"] for event in self.log[: size * 2]), default=-1)
        self.start = max(self.start, self.served, head)
        self.queue += 1
        if lie == "lose":
            return FAILED
        return success(queue_id=f"q{self.queue}", last_event_id=self.start, elapsed_s=elapsed_s)


LIES = [
    "truth", "truth", "truth", "truth", "cut", "lose", "repeat", "page", "limit", "empty", "forget", "heartbeat",
    "falling", "jump",
]  # fmt: skip
STEPS = st.lists(st.integers(0, 1), min_size=1, max_size=25)
SCRIPT = st.lists(st.tuples(st.sampled_from(LIES), st.integers(0, 4)), min_size=30, max_size=60)


class Client:
    """A driver that checks each step against what it knows to be true."""

    def __init__(self, flow: ModuleType, server: LyingServer) -> None:
        self.flow = flow
        self.server = server
        self.delivered: list[Any] = []
        self.gaps: list[range] = []
        self.first: int | None = None
        self.must_sleep_s = -1.0  # at least so long before the next request
        self.failures = 0  # since something good came
        self.gap_is_due = False  # a queue was refused: its gap is told before the new queue's position is saved

    def run(self, lies: Iterator[tuple[str, int]]) -> None:
        steps = self.flow.event_flow(self.flow.FlowOptions(random=lambda: JITTER, clock=lambda: 7.0))
        step = next(steps)
        while True:
            outcome: Outcome = None
            if isinstance(step, self.flow.Poll | self.flow.Register):
                told = next(lies, None)
                if told is None:
                    return
                outcome = self._ask(step, *told)
            else:
                self._hear(step)
            step = steps.send(outcome)

    def _ask(self, step: Any, lie: str, size: int) -> Outcome:
        assert self.must_sleep_s < 0, "it asked again without a pause"
        outcome = self.server.answer(step, lie, size)
        body = outcome.body if isinstance(outcome, Answer) else None
        events = (body or {}).get("events")
        is_good = body is not None and body["result"] == "success"
        if events is not None:
            waited = isinstance(outcome, Answer) and outcome.elapsed_s >= 1
            is_news = any(event["id"] > step.position.last_event_id for event in events)
            is_good = is_good and (is_news or waited) and [event["id"] for event in events] != [9, 8]
        if is_good:
            self.failures = 0 if events is not None else self.failures
        else:
            self.must_sleep_s = RETRY_AFTER_S if lie == "limit" else 0.0
        if (body or {}).get("code") == "BAD_EVENT_QUEUE_ID":
            self.gap_is_due = True
        return outcome

    def _hear(self, step: Any) -> None:
        match type(step).__name__:
            case "Deliver":
                assert step.event["type"] != "heartbeat"
                self.delivered.append(step.event)
            case "Gap":
                assert self.gap_is_due
                self.gap_is_due = False
                self.gaps.append(range(step.lost.last_event_id + 1, step.resumed.last_event_id + 1))
            case "Save":
                self._check_saved(step.position)
            case "Sleep":
                ceiling = min(30.0, BASE_S * 2**self.failures)
                assert step.seconds == max(self.must_sleep_s, 0.0) + JITTER * ceiling, "not the backoff's next wait"
                self.failures += 1
                self.must_sleep_s = -1.0

    def _check_saved(self, position: Any) -> None:
        assert not self.gap_is_due, "the new queue was saved before its gap was told"
        assert position.reached_at == 7.0
        if self.first is None:
            self.first = position.last_event_id
        assert self.expected(until=position.last_event_id) == self.delivered, "saved what was not delivered"

    def expected(self, until: int | None = None) -> list[Any]:
        """What should have been delivered."""
        assert self.first is not None
        return [
            event
            for event in self.server.log
            if event["id"] > self.first and not any(event["id"] in gap for gap in self.gaps)
            if until is None or event["id"] <= until
        ]


def drive(flow: ModuleType, steps: list[int], script: list[tuple[str, int]]) -> None:
    client = Client(flow, LyingServer([sum(steps[: n + 1]) for n in range(len(steps))]))
    client.run(iter([*script, *[("truth", 4)] * 40]))
    assert client.delivered == client.expected()


@settings(max_examples=150, deadline=None)
@given(steps=STEPS, script=SCRIPT)
def test_lies_make_it_lose_and_repeat_nothing_and_hammer_nobody(
    steps: list[int], script: list[tuple[str, int]]
) -> None:
    drive(real_flow, steps, script)


PLANTED = {
    "events that were delivered are delivered again": (
        'fresh = [event for event in events if event["id"] > position.last_event_id]',
        "fresh = events",
    ),
    "the second event of an id is dropped": (
        "for event, next_id in zip(events, following, strict=False):",
        'for event, next_id in zip({e["id"]: e for e in events}.values(), [None] * 99, strict=False):',
    ),
    "an id is saved before its last event": ('if event["id"] != next_id:', "if True:"),
    "a position is saved before its event is delivered": (
        '        if event["type"] != "heartbeat":\n            yield Deliver(event)\n',
        '        yield Save(msgspec.structs.replace(position, last_event_id=event["id"], reached_at=clock()))\n'
        '        if event["type"] != "heartbeat":\n            yield Deliver(event)\n',
    ),
    "heartbeats are passed on": ('if event["type"] != "heartbeat":', "if True:"),
    "a gap is silent": ("    yield Gap(lost, position, reason)\n", ""),
    "a gap is told after the new queue was saved": (
        "    yield Gap(lost, position, reason)\n    yield Save(position)\n",
        "    yield Save(position)\n    yield Gap(lost, position, reason)\n",
    ),
    "a lost queue is replaced without a pause": ("    yield Sleep(backoff.next_s(), str(reason))\n", ""),
    "an empty answer is asked again at once": (
        'yield Sleep(backoff.next_s(), "an answer without anything new")',
        "pass",
    ),
    "a failed request is repeated at once": ("        yield Sleep(backoff.next_s(wait_s), reason)\n", ""),
    "Retry-After is ignored": ("backoff.next_s(wait_s)", "backoff.next_s()"),
    "the backoff is never reset": ("            backoff.reset()\n", ""),
    "falling ids are believed": ("if ids != sorted(ids):", "if False:"),
    "a passing refusal ends the loop": ("if refusal is not None and is_final(refusal):", "if refusal is not None:"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_is_found_out(name: str) -> None:
    flow = plant(*PLANTED[name])

    @settings(
        max_examples=400,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=STEPS, script=SCRIPT)
    def search(steps: list[int], script: list[tuple[str, int]]) -> None:
        drive(flow, steps, script)

    with pytest.raises((AssertionError, ApiError)):
        search()


def plant(good: str, bad: str) -> ModuleType:
    """The flow with one change."""
    source = Path(real_flow.__file__).read_text()
    assert source.count(good) == 1, "the flow has changed: plant this bug anew"
    module = ModuleType("planted_flow")
    sys.modules["planted_flow"] = module  # where msgspec looks annotations up
    exec(compile(source.replace(good, bad), "planted_flow", "exec"), module.__dict__)  # noqa: S102
    return module
