"""The blocking client against a real server on loopback whose answers go wrong."""

import logging
import signal
import threading
import time
from pathlib import Path
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
    make_client,
    replies,
)

from aloha import ApiError, Client, ConfigError, FilePosition, Gap, NetworkError, Position, ProtocolError


def collect(server: TinyServer, count: int, naps: list[float] | None = None, **options: Any) -> list[int]:
    """The ids of the first `count` events that a loop delivers."""
    seen: list[int] = []
    with make_client(server, [] if naps is None else naps) as client:

        def take(event: dict[str, Any]) -> None:
            seen.append(event["id"])
            if len(seen) == count:
                client.stop()

        client.call_on_each_event(take, **options)
    return seen


def emit_when_polled(server: TinyServer, count: int) -> threading.Thread:
    def emit() -> None:
        assert server.is_polled.wait(WAIT_MAX_S)
        for n in range(count):
            server.emit(type="message", message={"n": n})

    thread = threading.Thread(target=emit)
    thread.start()
    return thread


def test_events_arrive_in_order_and_the_queue_is_given_back(server: TinyServer) -> None:
    thread = emit_when_polled(server, 5)
    assert collect(server, 5) == [0, 1, 2, 3, 4]
    thread.join()
    assert server.names()[-1] == "DELETE /events"
    assert not server.queues


def test_messages_are_passed_as_plain_dicts(server: TinyServer) -> None:
    thread = emit_when_polled(server, 1)
    with make_client(server, []) as client:

        def take(message: dict[str, Any]) -> None:
            assert message == {"n": 0}
            client.stop()

        client.call_on_each_message(take, narrow=[["channel", "general"]], raise_errors=True)
    thread.join()
    assert server.requests[0][1] == {
        "event_types": '["message"]',
        "fetch_event_types": '["realm"]',
        "narrow": '[["channel","general"]]',
    }


def test_requests_are_authenticated_and_name_their_client(server: TinyServer) -> None:
    with make_client(server, []) as client:
        client.delete_message(message_id=7)
    name, _, headers, _ = server.requests[0]
    assert name == "DELETE /messages/7"
    assert headers["Authorization"].startswith("Basic ")
    assert headers["User-Agent"].startswith("AlohaPython/")


@pytest.mark.parametrize("fault", [cut, lose_answer, PROXY_PAGE, RATE_LIMIT], ids=["cut", "lost", "page", "limit"])
def test_no_event_is_lost_or_repeated_by_a_faulty_poll(server: TinyServer, fault: Any) -> None:
    thread = emit_when_polled(server, 3)
    server.faults["POST /register"].append(fault)
    server.faults["GET /events"].extend([fault, fault])
    naps: list[float] = []
    assert collect(server, 3, naps) == [0, 1, 2]
    thread.join()
    assert naps == [7.5 if fault is RATE_LIMIT else 0.0] * 3


@pytest.mark.parametrize("is_listening", [True, False])
def test_a_lost_queue_is_replaced_and_the_gap_never_silent(
    server: TinyServer, caplog: pytest.LogCaptureFixture, is_listening: bool
) -> None:
    server.faults["GET /events"].append(QUEUE_GONE)
    thread = emit_when_polled(server, 1)
    gaps: list[Gap] = []
    options: dict[str, Any] = {"on_gap": gaps.append} if is_listening else {}
    assert collect(server, 1, **options) == [0]
    thread.join()
    assert [gap.reason.code for gap in gaps] == ["BAD_EVENT_QUEUE_ID"] * is_listening
    assert ("did not arrive" in caplog.text) != is_listening


def test_a_wrong_key_ends_the_loop_at_once(server: TinyServer) -> None:
    server.faults["POST /register"].append(WRONG_KEY)
    naps: list[float] = []
    with pytest.raises(ApiError) as caught:
        collect(server, 1, naps)
    assert (caught.value.code, naps) == ("UNAUTHORIZED", [])


def test_a_misspelled_parameter_ends_the_loop_before_it_begins(server: TinyServer) -> None:
    with pytest.raises(TypeError, match="aply_markdown"):
        collect(server, 1, aply_markdown=True)
    assert not server.requests


def test_an_exception_in_a_callback_is_logged_and_the_next_event_follows(
    server: TinyServer, caplog: pytest.LogCaptureFixture
) -> None:
    thread = emit_when_polled(server, 2)
    with make_client(server, []) as client:

        def fail(event: dict[str, Any]) -> None:
            if event["id"] == 1:
                client.stop()
            raise RuntimeError("a bug in a bot")

        client.call_on_each_event(fail)
    thread.join()
    failures = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert ["event 0" in failures[0].getMessage(), "event 1" in failures[1].getMessage()] == [True, True]
    assert failures[0].exc_info is not None


def test_an_exception_ends_the_loop_where_that_is_asked_for(server: TinyServer, tmp_path: Path) -> None:
    thread = emit_when_polled(server, 2)
    resume = tmp_path / "position"
    with make_client(server, []) as client, pytest.raises(ZeroDivisionError):
        client.call_on_each_event(lambda event: 1 // (1 - event["id"]), raise_errors=True, resume=resume)
    thread.join()
    saved = FilePosition(resume).load()
    assert saved is not None
    assert saved.last_event_id == 0


def test_a_loop_goes_on_where_the_last_one_stopped(server: TinyServer, tmp_path: Path) -> None:
    resume = tmp_path / "position"
    thread = emit_when_polled(server, 4)
    assert collect(server, 2, resume=resume) == [0, 1]
    thread.join()
    assert "DELETE /events" not in server.names()
    assert collect(server, 2, resume=resume) == [2, 3]
    assert server.names().count("POST /register") == 1


def test_a_broken_position_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "position"
    path.write_text("{}")
    with pytest.raises(ConfigError, match="delete it"):
        FilePosition(path).load()


def test_a_position_file_holds_what_was_saved(tmp_path: Path) -> None:
    store, position = FilePosition(tmp_path / "p"), Position(queue_id="q", last_event_id=7)
    assert store.load() is None
    store.save(position)
    assert store.load() == position


def test_stop_from_another_thread_ends_a_waiting_poll(server: TinyServer) -> None:
    with make_client(server, []) as client:
        loop = threading.Thread(target=client.call_on_each_event, args=(print,))
        loop.start()
        assert server.is_polled.wait(WAIT_MAX_S)
        client.stop()
        loop.join(WAIT_MAX_S)
        assert not loop.is_alive()
        client.call_on_each_event(print)  # a stopped client starts no loop


def test_stop_from_a_signal_handler_ends_a_waiting_poll(server: TinyServer) -> None:
    def send_signal() -> None:
        assert server.is_polled.wait(WAIT_MAX_S)
        # To the main thread, as the kernel does with a signal to the process: only that interrupts its read.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)

    with make_client(server, []) as client:
        before = signal.signal(signal.SIGUSR1, lambda *_: client.stop())
        try:
            thread = threading.Thread(target=send_signal)
            thread.start()
            started = time.monotonic()
            client.call_on_each_event(print)
            assert time.monotonic() - started < WAIT_MAX_S
            thread.join()
        finally:
            signal.signal(signal.SIGUSR1, before)


def test_a_stopped_client_pauses_no_more(server: TinyServer) -> None:
    with Client(email="b@x.example", api_key="k", site=server.site, random=lambda: 1.0) as client:
        client.stop()
        client._sleep(WAIT_MAX_S * 100)


@pytest.mark.parametrize("fault", [cut, lose_answer, PROXY_PAGE, RATE_LIMIT], ids=["cut", "lost", "page", "limit"])
def test_a_send_is_repeated_with_its_key_and_arrives_once(server: TinyServer, fault: Any) -> None:
    server.faults["POST /messages"].extend([fault, fault])
    with make_client(server, []) as client:
        answer = client.send_message(type="direct", to=[9], content="once")
    keys = [headers["Idempotency-Key"] for name, _, headers, _ in server.requests]
    assert (answer.id, server.messages, len(keys), len(set(keys))) == (1, ["once"], 3, 1)


def test_a_change_whose_answer_is_lost_is_not_repeated(server: TinyServer) -> None:
    server.faults["PATCH /messages/7"].append(lose_answer)
    with make_client(server, []) as client, pytest.raises(NetworkError):
        client.update_message(message_id=7, content="x")
    assert server.names() == ["PATCH /messages/7"]


def test_a_proxys_page_is_told_as_what_it_is(server: TinyServer) -> None:
    server.faults["DELETE /messages/7"].append(PROXY_PAGE)
    with make_client(server, []) as client, pytest.raises(ProtocolError, match="HTTP 502"):
        client.delete_message(message_id=7)


def test_the_key_does_not_follow_a_redirect(server: TinyServer) -> None:
    server.faults["DELETE /messages/7"].append(replies(307, b"", Location=f"{server.site}/elsewhere"))
    with make_client(server, []) as client, pytest.raises(ProtocolError, match="elsewhere"):
        client.delete_message(message_id=7)
    assert len(server.requests) == 1


def test_a_server_that_is_not_there_is_a_network_error(server: TinyServer) -> None:
    naps: list[float] = []
    with make_client(server, naps) as client:
        server.close()
        with pytest.raises(NetworkError, match="DELETE /messages/7"):
            client.delete_message(message_id=7)
    assert naps == [0.0] * 4


def test_a_file_travels_as_multipart(server: TinyServer) -> None:
    with make_client(server, []) as client:
        client.upload_custom_emoji(emoji_name="x", filename=("x.png", b"picture"))
    _, _, headers, body = server.requests[0]
    assert headers["Content-Type"].startswith("multipart/form-data")
    assert 'name="filename"; filename="x.png"' in body
    assert "picture" in body


def test_register_and_deregister(server: TinyServer) -> None:
    server.faults["POST /register"].append(
        replies(
            200,
            {
                "result": "success",
                "msg": "",
                "queue_id": "q",
                "last_event_id": 3,
                "zulip_version": "10.2",
                "zulip_feature_level": 372,
                "zulip_merge_base": "",
            },
        )
    )
    with make_client(server, []) as client:
        registration = client.register(["message"], apply_markdown=True)
        client.deregister("q")
    assert (registration.queue_id, registration.last_event_id) == ("q", 3)
    assert server.requests[0][1] == {"event_types": '["message"]', "apply_markdown": "true"}
    assert server.requests[1][1] == {"queue_id": "q"}
