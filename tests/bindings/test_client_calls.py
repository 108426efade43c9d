"""How calls are made, repeated and read, without a network."""

from typing import Any

import pytest

from aloha.client.backoff import Backoff
from aloha.client.base import make_call, make_user_agent
from aloha.client.calls import Send, call_flow, read_result
from aloha.client.errors import NetworkError, ProtocolError
from aloha.client.flow import Sleep
from aloha.client.wire import Answer, Call, ConnectionFailed, Outcome
from aloha.contract.endpoint import Empty
from aloha.contract.endpoints.messages import SendMessageResult
from aloha.contract.errors import ApiError

READ = Call(method="GET", path="/users", repeatable=True)
WRITE = Call(method="PATCH", path="/settings")
LOST = ConnectionFailed(error=OSError("cut"))
UNSENT = ConnectionFailed(error=OSError("refused"), sent=False)
DONE = Answer(status=200, body={"result": "success", "msg": ""})
LIMIT = Answer(status=429, body={"result": "error", "code": "RATE_LIMIT_HIT", "msg": "", "retry-after": 3})
BUSY = Answer(status=503, body={"result": "error", "code": "SERVER_BUSY", "msg": "", "retry-after": 1})
PAGE = Answer(status=502)


def run(call: Call, *outcomes: Outcome) -> tuple[Any, list[float]]:
    """What the caller gets (an answer or an error), and the pauses before it."""
    flow = call_flow(call, Backoff(lambda: 0.0))
    remaining, waits = iter(outcomes), []
    step = next(flow)
    try:
        while True:
            match step:
                case Send():
                    step = flow.send(next(remaining))
                case Sleep(seconds):
                    waits.append(seconds)
                    step = flow.send(None)
    except StopIteration as done:
        return done.value, waits
    except NetworkError as error:
        return error, waits


@pytest.mark.parametrize("outcome", [LOST, UNSENT, LIMIT, BUSY, PAGE], ids=["lost", "unsent", "limit", "busy", "page"])
def test_a_repeatable_call_is_sent_again(outcome: Outcome) -> None:
    assert run(READ, outcome, DONE)[0] is DONE


@pytest.mark.parametrize("outcome", [UNSENT, LIMIT, BUSY], ids=["unsent", "limit", "busy"])
def test_a_change_is_sent_again_only_where_the_first_cannot_have_been_done(outcome: Outcome) -> None:
    assert run(WRITE, outcome, DONE)[0] is DONE


def test_a_change_whose_answer_was_lost_is_told_to_the_caller() -> None:
    assert isinstance(run(WRITE, LOST, DONE)[0], NetworkError)
    assert run(WRITE, PAGE, DONE)[0] is PAGE


def test_a_call_gives_up_after_its_attempts() -> None:
    assert isinstance(run(READ, *[LOST] * 5)[0], NetworkError)
    assert run(READ, *[LIMIT] * 5) == (LIMIT, [3.0] * 4)


def test_a_pause_longer_than_a_caller_waits_is_the_callers() -> None:
    long = Answer(status=429, headers={"retry-after": "600"})
    assert run(READ, long, DONE) == (long, [])


def test_a_send_carries_one_key_and_each_send_its_own() -> None:
    params = {"type": "direct", "to": [9], "content": "hi"}
    first, second = (dict(make_call("POST", "/messages", params).headers) for _ in range(2))
    assert first["Idempotency-Key"] != second["Idempotency-Key"]
    assert make_call("POST", "/messages", params).repeatable
    assert not make_call("POST", "/mark_all_as_read", {}).headers


def test_values_travel_as_declared() -> None:
    call = make_call("POST", "/messages", {"type": "stream", "to": "12", "topic": "a&b", "content": "é"})
    assert dict(call.form) == {"type": "stream", "to": '"12"', "topic": "a&b", "content": "é"}
    call = make_call("GET", "/messages", {"anchor": "newest", "num_before": 5, "narrow": [["dm", [9]]]})
    assert dict(call.query) == {"anchor": "newest", "num_before": "5", "narrow": '[["dm",[9]]]'}


def test_path_parameters_are_quoted() -> None:
    assert make_call("GET", "/users/{email}", {"email": "a/b@x.example"}).path == "/users/a%2Fb%40x.example"


def test_a_file_is_named_after_itself() -> None:
    call = make_call("POST", "/realm/emoji/{emoji_name}", {"emoji_name": "x", "filename": ("x.png", b"png")})
    assert call.files == (("filename", ("x.png", b"png")),)


@pytest.mark.parametrize(
    ("params", "words"),
    [({"streem": "x", "stream": "y"}, "no parameter streem"), ({}, "needs stream")],
)
def test_a_wrong_parameter_is_told_before_anything_is_sent(params: dict[str, Any], words: str) -> None:
    with pytest.raises(TypeError, match=words):
        make_call("GET", "/get_stream_id", params)


def test_unknown_fields_of_an_answer_are_dropped() -> None:
    answer = Answer(status=200, body={"result": "success", "msg": "", "id": 7, "of_the_future": [1]})
    assert read_result(WRITE, answer, SendMessageResult).id == 7


def test_a_refusal_is_raised_with_code_status_and_fields() -> None:
    answer = Answer(status=400, body={"result": "error", "msg": "no", "code": "NEW_CODE", "why": 3})
    with pytest.raises(ApiError) as caught:
        read_result(WRITE, answer, Empty)
    error = caught.value
    assert (error.code, error.status, error.msg, error.fields) == ("NEW_CODE", 400, "no", {"why": 3})


@pytest.mark.parametrize("answer", [PAGE, Answer(status=200), Answer(status=200, body={"result": "success"})])
def test_what_no_server_of_this_api_sends_is_a_protocol_error(answer: Answer) -> None:
    with pytest.raises(ProtocolError):
        read_result(WRITE, answer, SendMessageResult)


def test_ignored_parameters_are_told(caplog: pytest.LogCaptureFixture) -> None:
    body = {"result": "success", "msg": "", "ignored_parameters_unsupported": ["colour"]}
    read_result(WRITE, Answer(status=200, body=body), Empty)
    assert "colour" in caplog.text


def test_the_user_agent_begins_with_the_clients_name() -> None:
    assert make_user_agent("MyBot").startswith("MyBot/")
    assert make_user_agent("MyBot/2") == "MyBot/2"
    with pytest.raises(ValueError, match="header"):
        make_user_agent("My\r\nBot")
