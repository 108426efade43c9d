"""The edge and the application's route answer the same bytes to the same bytes, however these are cut."""

import pytest
from tests.http.edge_kit import BASIC, Answer, FakeLongPolls, Wire, parse_answers, run

from aloha_server.http.interfaces import PollRequest

HEAD = b"Host: chat.example\r\nAuthorization: " + BASIC + b"\r\nUser-Agent: zulip/1\r\n"
POLL = b"GET /api/v1/events?queue_id=q&last_event_id=%d HTTP/1.1\r\n" + HEAD
HEALTH = b"GET /health HTTP/1.1\r\nHost: chat.example\r\n\r\n"
ECHO = b"POST /api/v1/echo HTTP/1.1\r\n" + HEAD + b"Content-Type: application/x-www-form-urlencoded\r\n"

ROWS = {
    "plain": POLL % 1 + b"\r\n",
    "no query": b"GET /api/v1/events HTTP/1.1\r\n" + HEAD + b"\r\n",
    "empty query": b"GET /api/v1/events? HTTP/1.1\r\n" + HEAD + b"\r\n",
    "odd query": b"GET /api/v1/events?a=%20b&a=[]{}|&&=?/ HTTP/1.1\r\n" + HEAD + b"\r\n",
    "close": POLL % 1 + b"Connection: close\r\n\r\n",
    "keep-alive": POLL % 1 + b"Connection: Keep-Alive\r\n\r\n",
    "several connection tokens": POLL % 1 + b"Connection: foo, close\r\n\r\n",
    "no headers": b"GET /api/v1/events?queue_id=q HTTP/1.1\r\n\r\n",
    "a header twice": POLL % 1 + b"Host: other\r\nAuthorization: Basic eA==\r\nUser-Agent: b\r\n\r\n",
    "length nought": POLL % 1 + b"Content-Length: 0\r\n\r\n",
    "a body": POLL % 1 + b"Content-Length: 3\r\n\r\nabc",
    "a chunked body": POLL % 1 + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "expect": POLL % 1 + b"Expect: 100-continue\r\n\r\n",
    "expect and a body": POLL % 1 + b"Expect: 100-continue\r\nContent-Length: 1\r\n\r\na",
    "upgrade": POLL % 1 + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    "websocket": POLL % 1 + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "1.0": (POLL % 1).replace(b"HTTP/1.1", b"HTTP/1.0") + b"\r\n",
    "1.0 keep-alive": (POLL % 1).replace(b"HTTP/1.1", b"HTTP/1.0") + b"Connection: keep-alive\r\n\r\n",
    "HEAD": (POLL % 1).replace(b"GET", b"HEAD", 1) + b"\r\n",
    "OPTIONS": (POLL % 1).replace(b"GET", b"OPTIONS", 1) + b"\r\n",
    "POST": (POLL % 1).replace(b"GET", b"POST", 1) + b"Content-Length: 0\r\n\r\n",
    "an encoded path": (POLL % 1).replace(b"events", b"%65vents") + b"\r\n",
    "an absolute URL": (POLL % 1).replace(b"/api", b"http://chat.example/api", 1) + b"\r\n",
    "a fragment": b"GET /api/v1/events?queue_id=q#f HTTP/1.1\r\n" + HEAD + b"\r\n",
    "a slash more": b"GET /api/v1/events/?queue_id=q HTTP/1.1\r\n" + HEAD + b"\r\n",
    "a longer name": b"GET /api/v1/eventsx?queue_id=q HTTP/1.1\r\n" + HEAD + b"\r\n",
    "forwarded": POLL % 1 + b"X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\n\r\n",
    "two polls": POLL % 1 + b"\r\n" + POLL % 2 + b"\r\n",
    "three polls, the last closes": POLL % 1 + b"\r\n" + POLL % 2 + b"\r\n" + POLL % 3 + b"Connection: close\r\n\r\n",
    "a request behind a poll": POLL % 1 + b"\r\n" + HEALTH,
    "a body behind a poll": POLL % 1 + b"\r\n" + ECHO + b"Content-Length: 6\r\n\r\ntext=a" + HEALTH,
    "a poll behind a body": ECHO + b"Content-Length: 6\r\n\r\ntext=a" + POLL % 1 + b"\r\n" + HEALTH,
}


class Server:
    """One server, and a new connection to it for each exchange."""

    def __init__(self, *, plain: bool, at_once: bool) -> None:
        self._polls = FakeLongPolls(at_once=at_once)
        self._wire = Wire(self._polls, plain=plain)

    async def exchange(self, *pieces: bytes) -> tuple[bytes, list[PollRequest], bool]:
        """What came back, what was polled, and whether the connection was closed."""
        wire, polls = self._wire, self._polls
        polls.polls.clear()
        wire.connect()
        for piece in pieces:
            await wire.send(piece)
        while polls.waiting and not wire.transport.closed:
            polls.waiting[0].answer(headers=((b"x-extra", b"1"),))
            await wire.settle()
        assert not wire.state.tasks
        written, closed = bytes(wire.transport.written), wire.transport.closed
        wire.lose()
        return written, [poll.request for poll in polls.polls], closed


def parse(name: str, written: bytes) -> list[Answer]:
    """The answers, but for what counts the requests of the same user before."""
    return [
        Answer(answer.status, frozenset(h for h in answer.headers if b"ratelimit" not in h[0]), answer.body)
        for answer in parse_answers(written, heads=name == "HEAD")
    ]


@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "parked"])
@pytest.mark.parametrize("name", ROWS)
def test_the_edge_answers_as_the_application_does(name: str, at_once: bool) -> None:
    async def main() -> None:
        written, polled, closed = await Server(plain=True, at_once=at_once).exchange(ROWS[name])
        answers = parse(name, written)
        assert answers
        raw = ROWS[name]
        edge = Server(plain=False, at_once=at_once)
        for at in range(len(raw)):
            pieces = (raw[:at], raw[at:]) if at else (raw,)
            edge_written, edge_polled, edge_closed = await edge.exchange(*pieces)
            assert (parse(name, edge_written), edge_polled, edge_closed) == (answers, polled, closed), at

    run(main())


@pytest.mark.parametrize("name", ["plain", "two polls", "a body behind a poll", "a poll behind a body"])
def test_bytes_one_by_one_are_answered_as_the_whole(name: str) -> None:
    async def main() -> None:
        raw = ROWS[name]
        pieces = [raw[at : at + 1] for at in range(len(raw))]
        whole, *whole_rest = await Server(plain=True, at_once=False).exchange(raw)
        single, *single_rest = await Server(plain=False, at_once=False).exchange(*pieces)
        assert parse(name, single) == parse(name, whole)
        assert single_rest == whole_rest

    run(main())
