"""The task that waits for what is due: what it hears of while it looks is not forgotten; failures are not for ever."""

import asyncio
import math
from collections.abc import Callable
from typing import Any

import pytest

from aloha.contract.errors import ApiError
from aloha_server.access.scheduled import Scheduled
from aloha_server.deliveries import TRIES_MAX, Deliveries
from aloha_server.store import Tx, WriteTx

ROW = Scheduled(1, 1, 1, "[]", "t", "c", "r", "client", 0, 1, 0)


class Rounds:
    """Lanes on which nothing is due; each look runs the next of the given steps, and the last one ends it all."""

    def __init__(self, *steps: Callable[[], None]) -> None:
        self.steps = list(steps)
        self.done = asyncio.Event()

    async def read(self, realm_id: int, fn: Callable[[Tx], Any]) -> Any:
        if not self.steps:
            self.done.set()
            return [], math.inf
        self.steps.pop(0)()
        return [], math.inf

    async def write(self, realm_id: int, fn: Callable[[WriteTx], Any]) -> Any:
        raise AssertionError("nothing is due")


def test_what_is_scheduled_while_it_looks_is_heard() -> None:
    async def run() -> None:
        lanes = Rounds(lambda: deliveries.hear(5.0))
        deliveries = Deliveries(lanes, lambda: 2.0)
        deliveries.next_due_at = 1.0  # what began this round
        task = asyncio.create_task(deliveries.run())
        async with asyncio.timeout(10):
            await lanes.done.wait()
        task.cancel()

    asyncio.run(run())


class Failing:
    """Lanes on which one message is due, and sending it fails."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.written = 0

    async def read(self, realm_id: int, fn: Callable[[Tx], Any]) -> Any:
        if realm_id == 0:
            return ([(1, "message", 1, 1)], math.inf) if not self.written else ([], math.inf)
        if "find_scheduled" in fn.__code__.co_names:
            return ROW
        raise self.error

    async def write(self, realm_id: int, fn: Callable[[WriteTx], Any]) -> Any:
        assert "fail_scheduled" in fn.__code__.co_names
        self.written += 1


def tries_until_marked(error: Exception) -> int:
    """How many rounds failed before the message was marked; at most 10."""

    async def run() -> int:
        lanes = Failing(error)
        deliveries = Deliveries(lanes, lambda: 2.0)
        for count in range(10):
            try:
                await deliveries.deliver_due()
            except type(error):
                continue
            assert lanes.written == 1
            return count
        return 10

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (ApiError("No permission"), 0),
        (OSError("a fault of the server"), TRIES_MAX),
        (ApiError("Wait", code="SERVER_BUSY"), 10),
    ],
    ids=["refused", "fault", "busy"],
)
def test_a_refusal_is_marked_at_once_a_fault_after_some_tries_and_a_busy_server_never(
    error: Exception, tries: int
) -> None:
    assert tries_until_marked(error) == tries
