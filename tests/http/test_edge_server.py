"""Over real sockets: start, stop and the order of both."""

import asyncio
import http.client
import socket
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from tests.http.edge_kit import FakeLongPolls, make_app, parse_answers, run

from aloha_server.http.patience import Edge
from aloha_server.http.server import EdgeServer, Hooks, ServerSettings

POLL = b"GET /api/v1/events?n=1 HTTP/1.1\r\nHost: h\r\n\r\n"
FREE = ServerSettings(port=0)


def make_server(polls: FakeLongPolls, hooks: Hooks | None = None, settings: ServerSettings = FREE) -> EdgeServer:
    return EdgeServer(make_app(polls), Edge(long_polls=polls), settings, hooks)


def test_a_thread_serves_on_a_free_port_and_stops() -> None:
    with make_server(FakeLongPolls(at_once=True)).in_thread() as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
        for path in ("/health", "/api/v1/events?n=1", "/health"):
            connection.request("GET", path)
            response = connection.getresponse()
            assert response.status == 200
            assert response.getheader("server") == "aloha"
            assert response.getheader("date")
            response.read()
        connection.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port))


def test_shutdown_answers_the_waiting_before_the_listener_closes() -> None:
    seen: list[str] = []
    polls = FakeLongPolls()
    server: EdgeServer

    def says(word: str) -> Callable[[], Coroutine[Any, Any, None]]:
        async def hook() -> None:
            seen.append(word)

        return hook

    async def drain() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET /health HTTP/1.1\r\nHost: h\r\n\r\n")
        (late,) = parse_answers(await reader.read())
        assert (late.status, late.header(b"connection")) == (200, b"close")
        writer.close()
        polls.polls[0].answer()
        seen.append("drain")

    async def main() -> None:
        nonlocal server
        hooks = Hooks(startup=[says("startup")], drain=[says("no writes"), drain], shutdown=[says("shutdown")])
        server = make_server(polls, hooks)
        async with server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(POLL)
            idle_reader, idle_writer = await asyncio.open_connection("127.0.0.1", server.port)
            while not polls.polls:
                await asyncio.sleep(0)
        (answer,) = parse_answers(await reader.read())
        assert (answer.status, answer.header(b"connection")) == (200, b"close")
        assert await idle_reader.read() == b""
        writer.close()
        idle_writer.close()

    run(main())
    assert seen == ["startup", "no writes", "drain", "shutdown"]


def test_a_poll_that_nobody_answers_is_cancelled_when_time_is_up() -> None:
    polls = FakeLongPolls()

    async def main() -> None:
        settings = ServerSettings(port=0, shutdown_s=0)
        async with make_server(polls, settings=settings) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(POLL)
            while not polls.polls:
                await asyncio.sleep(0)
        assert await reader.read() == b""
        writer.close()

    run(main())
    assert polls.polls[0].cancelled


def test_a_port_in_use_is_an_error_and_not_an_exit() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = make_server(FakeLongPolls(), settings=ServerSettings(port=taken.getsockname()[1]))
        with pytest.raises(OSError, match="in use"), server.in_thread():
            pytest.fail("started")


def test_a_failing_startup_hook_keeps_the_server_from_starting() -> None:
    async def fail() -> None:
        raise RuntimeError("no database")

    server = make_server(FakeLongPolls(), Hooks(startup=[fail]))
    with pytest.raises(RuntimeError, match="no database"), server.in_thread():
        pytest.fail("started")


def test_a_closed_client_cancels_its_poll() -> None:
    polls = FakeLongPolls()

    async def main() -> None:
        async with make_server(polls) as server:
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(POLL)
            while not polls.polls:
                await asyncio.sleep(0)
            writer.close()
            while not polls.polls[0].cancelled:
                await asyncio.sleep(0)

    run(main())
