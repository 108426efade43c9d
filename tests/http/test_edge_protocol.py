"""What the table of equal answers does not show: waiting, holding, bounds and ends of a connection."""

import logging
from typing import Any

import pytest
from tests.http.edge_kit import BASIC, FakeLongPolls, FakePoll, Wire, run

from aloha_server.http.interfaces import PollRequest, Respond
from aloha_server.http.limits import Limits

POLL = b"GET /api/v1/events?n=%d HTTP/1.1\r\nHost: h\r\nAuthorization: " + BASIC + b"\r\n\r\n"
HEALTH = b"GET /health HTTP/1.1\r\nHost: h\r\n\r\n"
SLOW_ECHO = b"POST /api/v1/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\nAuthorization: " + BASIC
SLOW_ECHO += b"\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"


def queries(wire: Wire) -> list[str]:
    return [answer.json().get("query", "health") for answer in wire.answers]


def codes(wire: Wire) -> list[tuple[int, str]]:
    return [(answer.status, answer.json().get("code", "")) for answer in wire.answers]


def idles(wire: Wire) -> bool:
    """Whether the keep-alive timer runs."""
    return wire.protocol.timeout_keep_alive_task is not None


def test_a_lost_connection_cancels_its_poll() -> None:
    async def main() -> None:
        polls = FakeLongPolls()
        wire = Wire(polls)
        await wire.send(POLL % 1)
        parked = [wire.edge.counters.parked]
        wire.lose()
        assert polls.polls[0].cancelled
        assert [*parked, wire.edge.counters.parked] == [1, 0]

    run(main())


def test_a_parked_poll_has_no_task_and_no_timer() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls())
        await wire.send(POLL % 1)
        assert not wire.state.tasks
        assert not idles(wire)
        wire.lose()

    run(main())


def test_requests_behind_a_parked_poll_are_answered_after_it_in_order() -> None:
    async def main() -> None:
        polls = FakeLongPolls()
        wire = Wire(polls)
        await wire.send(POLL % 1)
        await wire.send(HEALTH + POLL % 2)
        await wire.send(POLL % 3)
        assert not wire.answers
        assert len(polls.polls) == 1
        polls.waiting[0].answer()
        await wire.settle()
        assert queries(wire) == ["n=1", "health"]
        polls.waiting[0].answer()
        await wire.settle()
        polls.waiting[0].answer()
        await wire.settle()
        assert queries(wire) == ["n=1", "health", "n=2", "n=3"]
        wire.lose()

    run(main())


def test_what_is_held_behind_a_poll_is_bounded_and_then_read_on() -> None:
    async def main() -> None:
        polls = FakeLongPolls()
        wire = Wire(polls, limits=Limits(held_bytes_max=len(HEALTH)))
        await wire.send(POLL % 1)
        await wire.send(HEALTH)
        paused = not wire.transport.reading
        assert paused
        assert wire.edge.counters.held_full == 1
        polls.waiting[0].answer()
        await wire.settle()
        assert wire.transport.reading
        assert queries(wire) == ["n=1", "health"]
        wire.lose()

    run(main())


def test_a_lost_connection_drops_what_it_held() -> None:
    async def main() -> None:
        polls = FakeLongPolls()
        wire = Wire(polls)
        await wire.send(POLL % 1 + HEALTH)
        await wire.send(POLL % 2)
        wire.lose()
        await wire.settle()
        assert len(polls.polls) == 1
        assert not wire.transport.written
        assert not wire.state.tasks

    run(main())


def test_keep_alive_is_armed_after_our_own_answer_and_disarmed_by_the_next_poll() -> None:
    async def main() -> None:
        polls = FakeLongPolls()
        wire = Wire(polls)
        await wire.send(POLL % 1)
        polls.waiting[0].answer()
        assert idles(wire)
        await wire.send(POLL % 2)
        assert not idles(wire)
        polls.waiting[0].answer()
        wire.protocol.timeout_keep_alive_handler()
        assert wire.transport.closed
        assert not wire.transport.aborted

    run(main())


class FirstAtOnce(FakeLongPolls):
    def begin(self, request: PollRequest, respond: Respond) -> FakePoll:
        self.at_once = not self.polls
        return super().begin(request, respond)


def test_an_immediate_answer_before_a_parked_poll_leaves_no_timer() -> None:
    async def main() -> None:
        wire = Wire(FirstAtOnce())
        await wire.send(POLL % 1 + POLL % 2)
        assert queries(wire) == ["n=1"]
        assert not idles(wire)
        wire.lose()

    run(main())


def test_an_idle_new_connection_has_a_timer() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls())
        assert idles(wire)
        wire.lose()
        assert not idles(wire)

    run(main())


def test_shutdown_closes_an_idle_connection_and_lets_a_parked_poll_be_answered() -> None:
    async def main() -> None:
        polls = FakeLongPolls()
        idle, parked = Wire(polls), Wire(polls)
        await parked.send(POLL % 1)
        idle.protocol.shutdown()
        parked.protocol.shutdown()
        assert idle.transport.closed
        assert not parked.transport.closed
        polls.waiting[0].answer()
        assert parked.answers[0].header(b"connection") == b"close"
        assert parked.transport.closed

    run(main())


def test_a_poll_parked_before_the_draining_closes_too() -> None:
    async def main() -> None:
        polls = FakeLongPolls()
        wire = Wire(polls)
        await wire.send(POLL % 1)
        wire.edge.draining = True
        polls.waiting[0].answer()
        assert wire.answers[0].header(b"connection") == b"close"
        assert wire.transport.closed

    run(main())


def test_while_draining_every_answer_closes() -> None:
    async def main() -> None:
        polls = FakeLongPolls(at_once=True)
        poll, other = Wire(polls), Wire(polls)
        poll.edge.draining = other.edge.draining = True
        await poll.send(POLL % 1)
        await other.send(HEALTH)
        for wire in (poll, other):
            assert wire.answers[0].header(b"connection") == b"close"
            assert wire.transport.closed

    run(main())


@pytest.mark.parametrize("padding", [b"X-Pad: " + b"a" * 600 + b"\r\n", b"X-Pad: a\r\n" * 60])
@pytest.mark.parametrize("first", [POLL % 1, HEALTH], ids=["poll", "health"])
def test_headers_past_their_bound_are_refused_however_they_come(first: bytes, padding: bytes) -> None:
    async def main() -> None:
        raw = first[:-2] + padding + b"\r\n"
        for pieces in ([raw], [raw[at : at + 1] for at in range(len(raw))]):
            wire = Wire(FakeLongPolls(), limits=Limits(head_bytes_max=500))
            for piece in pieces:
                await wire.send(piece)
            assert codes(wire) == [(431, "REQUEST_TOO_LARGE")]
            assert wire.transport.closed
            assert wire.edge.counters.refused == 1

    run(main())


def test_a_header_that_never_ends_is_refused() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls(), limits=Limits(head_bytes_max=500))
        await wire.send(b"GET / HTTP/1.1\r\nX-Pad: ")
        for _ in range(6):
            await wire.send(b"a" * 100)
        assert codes(wire) == [(431, "REQUEST_TOO_LARGE")]

    run(main())


def test_a_trailer_that_never_ends_is_refused() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls(), limits=Limits(head_bytes_max=500))
        await wire.send(SLOW_ECHO.replace(b"Content-Length: 6", b"Transfer-Encoding: chunked") + b"0\r\nX-Pad: ")
        for _ in range(6):
            await wire.send(b"a" * 100)
        assert codes(wire) == [(431, "REQUEST_TOO_LARGE")]
        assert wire.transport.closed

    run(main())


def test_a_body_longer_than_a_head_may_be_is_read() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls(), limits=Limits(head_bytes_max=500))
        await wire.send(SLOW_ECHO.replace(b"Length: 6", b"Length: 2005") + b"text=")
        for _ in range(20):
            await wire.send(b"a" * 100)
        assert wire.answers[0].json()["text"] == "a" * 2000
        wire.lose()

    run(main())


def test_a_url_past_its_bound_is_refused() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls(), limits=Limits(url_bytes_max=100))
        await wire.send((POLL % 1).replace(b"n=1", b"n=" + b"1" * 100))
        assert codes(wire) == [(413, "REQUEST_TOO_LARGE")]

    run(main())


def test_what_is_not_http_is_refused_in_the_envelope() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls())
        await wire.send(b"\x16\x03\x01 hello\r\n\r\n")
        assert codes(wire) == [(400, "BAD_REQUEST")]
        assert wire.transport.closed

    run(main())


@pytest.mark.parametrize("together", [True, False])
def test_rubbish_behind_a_parked_poll_closes_only_after_its_answer(together: bool) -> None:
    async def main() -> None:
        polls = FakeLongPolls()
        wire = Wire(polls)
        for piece in [POLL % 1 + b"\x00\x00"] if together else [POLL % 1, b"\x00\x00"]:
            await wire.send(piece)
        assert not wire.transport.closed
        polls.waiting[0].answer()
        await wire.settle()
        assert codes(wire)[0] == (200, "")
        assert wire.transport.closed

    run(main())


def test_a_broken_chunk_is_refused_and_its_handler_let_go() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls())
        await wire.send(SLOW_ECHO.replace(b"Content-Length: 6", b"Transfer-Encoding: chunked") + b"zz\r\n")
        assert codes(wire) == [(400, "BAD_REQUEST")]
        assert wire.transport.closed
        assert not wire.state.tasks

    run(main())


def test_a_client_that_does_not_read_is_cut_off_at_the_bound() -> None:
    async def main() -> None:
        polls = FakeLongPolls()
        wire = Wire(polls, limits=Limits(unread_bytes_max=1000))
        await wire.send(POLL % 1)
        wire.transport.unread = 1001
        polls.waiting[0].answer()
        assert wire.transport.aborted
        assert wire.edge.counters.unread_cut == 1

    run(main())


def test_a_client_that_stops_reading_is_cut_off_and_a_slow_one_is_not() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls())
        wire.transport.unread = 1000
        wire.protocol.pause_writing()
        wire.transport.unread = 900
        fire(wire, "_on_unread")
        assert not wire.transport.aborted
        fire(wire, "_on_unread")
        assert wire.transport.aborted

    run(main())


def test_unread_bytes_when_keep_alive_ends_cut_the_connection() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls(at_once=True))
        await wire.send(POLL % 1)
        wire.transport.unread = 10
        wire.protocol.timeout_keep_alive_handler()
        assert wire.transport.aborted

    run(main())


def fire(wire: Wire, timer: str) -> None:
    """As if the timer's time had come."""
    wire.protocol._arrival_deadline = 0.0  # type: ignore[attr-defined]
    getattr(wire.protocol, timer)()


def test_a_head_that_does_not_arrive_is_refused() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls())
        await wire.send(POLL[:30])
        fire(wire, "_on_arrival_deadline")
        assert codes(wire) == [(408, "REQUEST_TIMEOUT")]
        assert wire.edge.counters.arrival_cut == 1

    run(main())


def test_a_body_that_does_not_arrive_is_refused() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls())
        await wire.send(SLOW_ECHO + b"te")
        fire(wire, "_on_arrival_deadline")
        await wire.settle()
        assert codes(wire) == [(408, "REQUEST_TIMEOUT")]
        assert not wire.state.tasks

    run(main())


def test_a_request_that_arrived_has_no_deadline() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls())
        await wire.send((POLL % 1)[:30])
        await wire.send((POLL % 1)[30:])
        assert wire.protocol._arrival_timer is None  # type: ignore[attr-defined]
        wire.lose()

    run(main())


def test_a_declined_upgrade_goes_on_with_the_next_request() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls(at_once=True))
        upgrade = (POLL % 1)[:-2] + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
        await wire.send(upgrade + POLL % 2)
        await wire.send(POLL % 3)
        assert queries(wire) == ["n=1", "n=2", "n=3"]
        wire.lose()

    run(main())


def test_a_large_body_and_headers_arrive_whole() -> None:
    async def main() -> None:
        polls = FakeLongPolls()
        wire = Wire(polls)
        body = b'{"a":"' + b"x" * 100_000 + b'"}'
        await wire.send(POLL % 1)
        polls.waiting[0].answer(401, ((b"www-authenticate", b'Basic realm="aloha"'),), body)
        (answer,) = wire.answers
        assert (answer.status, answer.body) == (401, body)
        assert answer.header(b"www-authenticate") == b'Basic realm="aloha"'
        wire.lose()

    run(main())


def test_default_headers_follow_the_servers() -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls(at_once=True))
        await wire.send(POLL % 1)
        wire.state.default_headers = [(b"date", b"later")]
        await wire.send(POLL % 2)
        first, second = wire.answers
        assert first.header(b"server") == b"aloha"
        assert (second.header(b"server"), second.header(b"date")) == (None, b"later")
        wire.lose()

    run(main())


class BrokenLongPolls:
    def begin(self, request: PollRequest, respond: Respond) -> FakePoll:
        raise RuntimeError("the secret reason")


def test_a_failure_of_long_polls_is_logged_and_told_without_its_reason(caplog: Any) -> None:
    async def main() -> None:
        wire = Wire(BrokenLongPolls())
        await wire.send(POLL % 1)
        assert codes(wire) == [(500, "INTERNAL_SERVER_ERROR")]
        wire.lose()

    run(main())
    assert "the secret reason" in caplog.text


def test_the_access_log_has_the_forwarded_client_of_a_trusted_proxy(caplog: Any) -> None:
    async def main() -> None:
        wire = Wire(FakeLongPolls(at_once=True), access_log=True)
        await wire.send(POLL % 1)
        wire.protocol.client = ("127.0.0.1", 80)
        await wire.send((POLL % 2)[:-2] + b"X-Forwarded-For: 198.51.100.1\r\n\r\n")
        await wire.send(b"GET /api/v1/events?a=%20%d HTTP/1.1\r\nHost: h\r\n\r\n")
        wire.lose()

    with caplog.at_level(logging.INFO, "uvicorn.access"):
        run(main())
    assert [record.getMessage() for record in caplog.records if record.name == "uvicorn.access"] == [
        '192.0.2.9:5000 - "GET /api/v1/events?n=1 HTTP/1.1" 200',
        '198.51.100.1:0 - "GET /api/v1/events?n=2 HTTP/1.1" 200',
        '127.0.0.1:80 - "GET /api/v1/events?a=%20%d HTTP/1.1" 200',
    ]
