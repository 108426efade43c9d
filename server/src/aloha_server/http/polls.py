"""The long poll as an ordinary route, for the requests that `EdgeProtocol` leaves to the application.

It answers what the edge answers, and is the reference against which the edge is tested.
"""

import asyncio

from starlette.types import Receive, Scope

from .interfaces import Headers, LongPolls, first_values, poll_request

Answer = tuple[int, Headers, bytes]


async def wait_for_poll(long_polls: LongPolls, scope: Scope, receive: Receive) -> Answer | None:
    """The poll's answer, or None when the client went away. Cancelling it leaves nothing behind."""
    answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

    def respond(status: int, headers: Headers, body: bytes) -> None:
        answer.set_result((status, headers, body))

    handle = long_polls.begin(poll_request(first_values(scope["headers"]), scope["query_string"]), respond)
    gone = asyncio.ensure_future(_disconnected(receive))
    try:
        await asyncio.wait((answer, gone), return_when=asyncio.FIRST_COMPLETED)
        return answer.result() if answer.done() else None
    finally:
        gone.cancel()
        if not answer.done():
            handle.cancel()
            answer.cancel()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass  # a body, which a poll does not have a use for
