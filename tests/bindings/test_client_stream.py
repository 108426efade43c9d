"""Server-sent events taken apart, however their bytes are cut."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloha import Position
from aloha.client.stream import StreamParser

BLOCKS = (
    b": events follow\nretry: 1000\n\n"
    b'data: {"id":3,"type":"a","text":"\\n\\n: id: 9"}\nid: 3\n\n'
    b'data: {"id":5,"type":"b"}\n\n'
    b'data: {"id":5,"type":"c"}\nid: 5\n\n'
    b": heartbeat\nid: 8\n\n"
    b'data: {"id":9,"type":"d"}\n\n'
)
EVENTS = [
    {"id": 3, "type": "a", "text": "\n\n: id: 9"},
    {"id": 5, "type": "b"},
    {"id": 5, "type": "c"},
    {"id": 8, "type": "heartbeat"},
]


def at(last_event_id: int) -> Position:
    return Position(queue_id="q", last_event_id=last_event_id)


@given(st.sets(st.integers(1, len(BLOCKS) - 1)))
def test_events_come_whole_and_in_order_and_an_id_only_with_its_last_event(cuts: set[int]) -> None:
    parser = StreamParser(at(1))
    got = []
    edges = [0, *sorted(cuts), len(BLOCKS)]
    for start, end in itertools.pairwise(edges):
        parser.feed(BLOCKS[start:end])
        if parser.has_answer:
            body = parser.take(0.5).body
            assert body is not None
            got += body["events"]
            assert parser.goes_on_from(at(got[-1]["id"]))
            ids = [event["id"] for event in got]
            assert ids.count(5) in (0, 2), "half an id was handed over"
    assert got == EVENTS


def test_an_error_is_the_answer_after_what_came_before_it() -> None:
    parser = StreamParser(at(1))
    gone = {"result": "error", "msg": "", "code": "BAD_EVENT_QUEUE_ID"}
    parser.feed(b'data: {"id":2,"type":"a"}\nid: 2\n\nevent: error\ndata: ' + json.dumps(gone).encode() + b"\n\n")
    first, second = parser.take(0), parser.take(0)
    assert first.body is not None
    assert [event["id"] for event in first.body["events"]] == [2]
    assert (second.status, second.body) == (400, gone)


def test_a_stream_that_brings_nothing_is_an_empty_answer_of_its_length() -> None:
    answer = StreamParser(at(1)).take(12.5)
    assert answer.body == {"result": "success", "msg": "", "events": []}
    assert answer.elapsed_s == 12.5


def test_another_position_is_none_that_the_stream_goes_on_from() -> None:
    parser = StreamParser(at(4))
    assert parser.goes_on_from(at(4))
    assert not parser.goes_on_from(at(3))
    assert not parser.goes_on_from(Position(queue_id="other", last_event_id=4))


def test_what_is_no_event_is_an_error() -> None:
    with pytest.raises(ValueError):
        StreamParser(at(1)).feed(b"data: <html>\n\n")
