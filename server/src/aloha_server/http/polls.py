"""The long poll as an ordinary route, for the requests that `EdgeProtocol` leaves to the application.

It answers what the edge answers, and is the reference against which the edge is tested.
"""

import asyncio

from starlette.types import Receive, Scope

from .interfaces import Headers, LongPolls, PollRequest, first_values, poll_request

Answer = tuple[int, Headers, bytes]


async def wait_for_poll(long_polls: LongPolls, scope: Scope, receive: Receive) -> Answer | None:
    """The poll's answer, or None when the client went away. Cancelling it leaves nothing behind."""
    gone = asyncio.ensure_future(disconnected(receive))
    try:
        request = poll_request(first_values(scope["headers"]), scope["query_string"])
        return await wait_for_answer(long_polls, request, gone)
    finally:
        gone.cancel()


async def wait_for_answer(long_polls: LongPolls, request: PollRequest, gone: "asyncio.Future[None]") -> Answer | None:
    """The answer, or None once `gone` is done."""
    answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

    def respond(status: int, headers: Headers, body: bytes) -> None:
        answer.set_result((status, headers, body))

    handle = long_polls.begin(request, respond)
    try:
        await asyncio.wait((answer, gone), return_when=asyncio.FIRST_COMPLETED)
        return answer.result() if answer.done() else None
    finally:
        if not answer.done():
            handle.cancel()
            answer.cancel()


async def disconnected(receive: Receive) -> None:
    """Returns when the client goes away."""
    while (await receive())["type"] != "http.disconnect":
        pass  # a body, which a poll does not have a use for
