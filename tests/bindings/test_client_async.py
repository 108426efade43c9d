"""The asyncio client: the same truths, and those that only asyncio knows."""

import asyncio
import threading
from typing import Any

import pytest
from tests.bindings.client_kit import (
    PROXY_PAGE,
    QUEUE_GONE,
    RATE_LIMIT,
    WAIT_MAX_S,
    WRONG_KEY,
    TinyServer,
    cut,
    lose_answer,
    make_async_client,
)

from aloha import ApiError, Gap, NetworkError


async def emit_when_polled(server: TinyServer, count: int) -> None:
    assert await asyncio.to_thread(server.is_polled.wait, WAIT_MAX_S)
    for n in range(count):
        server.emit(type="message", message={"n": n})


async def collect(server: TinyServer, count: int, naps: list[float], **options: Any) -> list[int]:
    seen: list[int] = []
    async with make_async_client(server, naps) as client, asyncio.TaskGroup() as group:

        async def take(event: dict[str, Any]) -> None:
            await asyncio.sleep(0)
            seen.append(event["id"])
            if len(seen) == count:
                client.stop()

        group.create_task(emit_when_polled(server, count))
        group.create_task(client.call_on_each_event(take, **options))
    return seen


@pytest.mark.parametrize("fault", [cut, lose_answer, PROXY_PAGE, RATE_LIMIT], ids=["cut", "lost", "page", "limit"])
def test_no_event_is_lost_or_repeated_by_a_faulty_poll(server: TinyServer, fault: Any) -> None:
    server.faults["POST /register"].append(fault)
    server.faults["GET /events"].extend([fault, fault])
    naps: list[float] = []
    assert asyncio.run(collect(server, 3, naps)) == [0, 1, 2]
    assert naps == [7.5 if fault is RATE_LIMIT else 0.0] * 3
    assert len(server.queues) == (fault is lose_answer)  # a queue that nobody heard of can only expire


def test_a_lost_queue_is_told_and_replaced(server: TinyServer) -> None:
    server.faults["GET /events"].append(QUEUE_GONE)
    gaps: list[Gap] = []
    assert asyncio.run(collect(server, 1, [], on_gap=gaps.append)) == [0]
    assert len(gaps) == 1


def test_a_wrong_key_ends_the_loop_at_once(server: TinyServer) -> None:
    server.faults["POST /register"].append(WRONG_KEY)

    async def main() -> None:
        async with make_async_client(server, []) as client:
            await client.call_on_each_event(print)

    with pytest.raises(ApiError):
        asyncio.run(main())


def test_a_plain_function_is_a_callback_too_and_its_exception_is_isolated(
    server: TinyServer, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        async with make_async_client(server, []) as client, asyncio.TaskGroup() as group:

            def fail(message: dict[str, Any]) -> None:
                if message["n"] == 1:
                    client.stop()
                raise RuntimeError("a bug in a bot")

            group.create_task(emit_when_polled(server, 2))
            group.create_task(client.call_on_each_message(fail))

    asyncio.run(main())
    assert caplog.text.count("RuntimeError: a bug in a bot") == 2


def test_stop_from_another_thread_ends_a_waiting_poll(server: TinyServer) -> None:
    async def main() -> None:
        async with make_async_client(server, []) as client:

            def stop() -> None:
                assert server.is_polled.wait(WAIT_MAX_S)
                client.stop()

            thread = threading.Thread(target=stop)
            thread.start()
            await asyncio.wait_for(client.call_on_each_event(print), WAIT_MAX_S)
            thread.join()
            await client.call_on_each_event(print)  # a stopped client starts no loop

    asyncio.run(main())


def test_closing_the_client_ends_its_loops(server: TinyServer) -> None:
    async def main() -> None:
        client = make_async_client(server, [])
        loop = asyncio.create_task(client.call_on_each_event(print))
        await emit_when_polled(server, 0)
        await client.close()
        await asyncio.wait_for(loop, WAIT_MAX_S)

    asyncio.run(main())
    assert not server.queues


def test_cancelling_the_task_cancels_the_loop_and_gives_the_queue_back(server: TinyServer) -> None:
    async def main() -> None:
        async with make_async_client(server, []) as client:
            loop = asyncio.create_task(client.call_on_each_event(print))
            await emit_when_polled(server, 0)
            loop.cancel()
            with pytest.raises(asyncio.CancelledError):
                await loop

    asyncio.run(main())
    assert not server.queues


def test_a_send_is_repeated_with_its_key_and_arrives_once(server: TinyServer) -> None:
    server.faults["POST /messages"].extend([lose_answer, cut])

    async def main() -> int:
        async with make_async_client(server, []) as client:
            return (await client.send_message(type="direct", to=[9], content="once")).id

    assert asyncio.run(main()) == 1
    assert (server.messages, len(server.requests)) == (["once"], 3)


def test_a_change_whose_answer_is_lost_is_not_repeated(server: TinyServer) -> None:
    server.faults["PATCH /messages/7"].append(lose_answer)

    async def main() -> None:
        async with make_async_client(server, []) as client:
            await client.update_message(message_id=7, content="x")

    with pytest.raises(NetworkError):
        asyncio.run(main())
    assert len(server.requests) == 1
