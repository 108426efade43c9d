"""The pure flow, driven by scripts: no network, no clock, no chance but a seeded one."""

from collections.abc import Callable
from typing import Any

import pytest

from aloha.client.backoff import Backoff
from aloha.client.flow import (
    Deliver,
    Flow,
    FlowOptions,
    Gap,
    Poll,
    Position,
    Register,
    Save,
    Sleep,
    event_flow,
)
from aloha.client.wire import Answer, ConnectionFailed, Outcome, get_retry_after_s
from aloha.contract.errors import ApiError

FAILED = ConnectionFailed(error=OSError("cut"))
GONE = {"result": "error", "msg": "", "code": "BAD_EVENT_QUEUE_ID", "queue_id": "q"}


def success(elapsed_s: float = 50.0, **fields: Any) -> Answer:
    return Answer(status=200, body={"result": "success", "msg": "", **fields}, elapsed_s=elapsed_s)


def refusal(http_status: int, code: str, **fields: Any) -> Answer:
    return Answer(status=http_status, body={"result": "error", "msg": "no", "code": code, **fields})


def registered(queue_id: str = "q", last_event_id: int = 10, **fields: Any) -> Answer:
    return success(queue_id=queue_id, last_event_id=last_event_id, **fields)


def events(*ids: int, type_: str = "message", elapsed_s: float = 50.0) -> Answer:
    return success(events=[{"id": id_, "type": type_} for id_ in ids], elapsed_s=elapsed_s)


def start(resume: Position | None = None, random: Callable[[], float] = lambda: 0.0) -> Flow:
    return event_flow(FlowOptions(random=random, register={"event_types": ["message"]}, resume=resume))


def at(last_event_id: int, queue_id: str = "q") -> Position:
    return Position(queue_id=queue_id, last_event_id=last_event_id)


def begin(**options: Any) -> Flow:
    """A flow that resumed at 10 and has just asked for its first poll."""
    flow = start(resume=at(10), **options)
    assert next(flow) == Poll(at(10))
    return flow


def run(flow: Flow, outcome: Outcome) -> list[Any]:
    """Send the outcome of a request; all steps up to and with the next request."""
    steps: list[Any] = [flow.send(outcome)]
    while not isinstance(steps[-1], Poll | Register):
        steps.append(flow.send(None))
    return steps


def test_it_registers_then_saves_then_polls_from_the_snapshots_position() -> None:
    flow = start()
    assert next(flow) == Register({"event_types": ["message"]})
    assert run(flow, registered()) == [Save(at(10)), Poll(at(10))]


def test_the_poll_may_last_as_long_as_the_server_says() -> None:
    flow = start()
    next(flow)
    *_, poll = run(flow, registered(event_queue_longpoll_timeout_seconds=300))
    assert poll.position.longpoll_timeout_s == 300


def test_an_id_is_acknowledged_after_its_event_was_delivered() -> None:
    flow = begin()
    assert flow.send(events(11, 12)) == Deliver({"id": 11, "type": "message"})
    assert flow.send(None) == Save(at(11))
    assert flow.send(None) == Deliver({"id": 12, "type": "message"})
    assert flow.send(None) == Save(at(12))
    assert flow.send(None) == Poll(at(12))


def test_events_that_share_an_id_are_all_delivered_and_saved_after_the_last() -> None:
    steps = run(begin(), events(11, 11, 11, 12))
    assert [type(step) for step in steps] == [Deliver, Deliver, Deliver, Save, Deliver, Save, Poll]
    assert [step.position.last_event_id for step in steps if isinstance(step, Save)] == [11, 12]


def test_events_up_to_the_acknowledged_one_are_dropped() -> None:
    steps = run(begin(), events(9, 10, 10, 11))
    assert [step.event["id"] for step in steps if isinstance(step, Deliver)] == [11]


def test_a_heartbeat_moves_the_position_and_is_not_delivered() -> None:
    assert run(begin(), events(15, type_="heartbeat")) == [Save(at(15)), Poll(at(15))]


def test_a_heartbeat_at_the_same_position_is_no_fault() -> None:
    assert run(begin(), events(10, type_="heartbeat")) == [Poll(at(10))]


@pytest.mark.parametrize("answer", [events(elapsed_s=0.0), events(10, type_="heartbeat", elapsed_s=0.0), events(9)])
def test_answers_with_nothing_new_in_no_time_do_not_make_it_spin(answer: Answer) -> None:
    flow = begin(random=lambda: 0.5)
    quick = Answer(status=200, body=answer.body)
    waits = [step.seconds for _ in range(3) for step in run(flow, quick) if isinstance(step, Sleep)]
    assert waits == [0.5, 1.0, 2.0]


@pytest.mark.parametrize(
    "fault",
    [
        FAILED,
        Answer(status=502),
        Answer(status=200),  # a captive portal's page
        Answer(status=404),  # a proxy's page, not the API's refusal
        Answer(status=301, headers={"location": "https://elsewhere.example"}),
        Answer(status=200, body={"hello": "world"}),
        refusal(500, "INTERNAL_SERVER_ERROR"),
        refusal(503, "SERVER_BUSY"),
        refusal(429, "RATE_LIMIT_HIT"),
        refusal(408, "REQUEST_TIMEOUT"),
        success(),
        success(events=None),
        success(events=[{"type": "message"}]),
        success(events=[{"id": "11", "type": "message"}]),
        success(events=[["id", 11]]),
        events(12, 11),
    ],
    ids=str,
)
def test_a_passing_fault_is_waited_out_and_the_same_poll_repeated(fault: Answer | ConnectionFailed) -> None:
    sleep, poll = run(begin(), fault)
    assert isinstance(sleep, Sleep)
    assert poll == Poll(at(10))


@pytest.mark.parametrize(
    "final",
    [
        refusal(401, "UNAUTHORIZED"),
        refusal(400, "BAD_REQUEST"),
        refusal(401, "USER_DEACTIVATED"),
        refusal(404, "NOT_FOUND"),
    ],
)
def test_a_refusal_that_will_never_heal_is_raised_at_once(final: Answer) -> None:
    with pytest.raises(ApiError) as caught:
        begin().send(final)
    assert caught.value.status == final.status


def test_a_refused_registration_is_raised_with_its_fields() -> None:
    flow = start()
    next(flow)
    with pytest.raises(ApiError) as caught:
        flow.send(refusal(400, "BAD_NARROW", desc="unknown operator", status="odd"))
    assert (caught.value.code, caught.value.fields) == ("BAD_NARROW", {"desc": "unknown operator", "status": "odd"})


def test_a_failed_registration_is_tried_again() -> None:
    flow = start()
    next(flow)
    assert [type(step) for step in run(flow, FAILED)] == [Sleep, Register]


def test_waits_double_up_to_the_cap_and_start_anew_after_a_success() -> None:
    flow = begin(random=lambda: 1.0)
    waits = [run(flow, FAILED)[0].seconds for _ in range(8)]
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]
    run(flow, events(11))
    assert run(flow, FAILED)[0].seconds == 1


def test_backoff_does_not_overflow_after_years_of_failures() -> None:
    backoff = Backoff(lambda: 1.0)
    assert max(backoff.next_s() for _ in range(5000)) == 30


def test_retry_after_is_waited_in_full_and_the_jitter_on_top() -> None:
    limited = refusal(429, "RATE_LIMIT_HIT", **{"retry-after": 28.7})
    assert run(begin(random=lambda: 0.5), limited)[0].seconds == pytest.approx(29.2)


@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        ({}, None, 0.0),
        ({"retry-after": "3.5"}, None, 3.5),
        ({"retry-after": "3.5"}, {"retry-after": 4}, 4.0),
        ({"retry-after": "soon"}, None, 0.0),
        ({"retry-after": "-5"}, None, 0.0),
        ({"retry-after": "nan"}, None, 0.0),
        ({"retry-after": "inf"}, None, 0.0),
        ({"retry-after": "1e9"}, None, 3600.0),
        ({"retry-after": "Tue, 24 Nov 2026 10:00:30 GMT", "date": "Tue, 24 Nov 2026 10:00:00 GMT"}, None, 30.0),
        ({"retry-after": "Tue, 24 Nov 2026 10:00:30 GMT"}, None, 0.0),
    ],
)
def test_retry_after_is_read_from_body_and_header(
    headers: dict[str, str], body: dict[str, Any] | None, seconds: float
) -> None:
    assert get_retry_after_s(Answer(status=429, headers=headers, body=body)) == seconds


def test_a_lost_queue_is_replaced_and_the_gap_told_before_the_new_position_is_saved() -> None:
    flow = begin()
    sleep, register = run(flow, refusal(400, "BAD_EVENT_QUEUE_ID", queue_id="q"))
    assert isinstance(sleep, Sleep)
    assert register == Register({"event_types": ["message"]})
    gap, save, poll = run(flow, registered("new", 99))
    assert isinstance(gap, Gap)
    assert (gap.lost, gap.resumed, gap.reason.code) == (at(10), at(99, "new"), "BAD_EVENT_QUEUE_ID")
    assert (save, poll) == (Save(at(99, "new")), Poll(at(99, "new")))


def test_queues_that_die_at_once_are_replaced_ever_more_slowly() -> None:
    flow = begin(random=lambda: 1.0)
    waits = []
    for _ in range(4):
        waits.append(run(flow, refusal(400, "BAD_EVENT_QUEUE_ID"))[0].seconds)
        run(flow, registered())
    assert waits == [1, 2, 4, 8]
