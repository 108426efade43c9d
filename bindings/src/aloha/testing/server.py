"""The fake's face: who is there, what people do, what goes wrong. What requests do is in `endpoints`."""

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from typing import Any

from aloha.client.wire import Answer, Call, ConnectionFailed
from aloha.contract.errors import ApiError

from . import endpoints
from .faults import Fault
from .state import FakeMessage, FakeQueue, FakeUser, State
from .transports import AsyncFakeClient, FakeClient, Wake

WAIT_S = 10.0  # a test that waits longer has failed


class FakeServer:
    """Safe from any thread. It begins with one bot, "Bot", whose clients `client` makes."""

    def __init__(self, bot_name: str = "Bot") -> None:
        self._state = State()
        self._changed = threading.Condition(threading.RLock())
        self._faults: dict[tuple[str, str], deque[Fault]] = defaultdict(deque)
        self._wakes: set[Wake] = set()
        self._requests: list[Call] = []
        self.bot = self.add_user(bot_name, is_bot=True)

    # Who is there, and their clients.

    def add_user(self, full_name: str, *, role: int = 400, is_bot: bool = False) -> FakeUser:
        with self._changed:
            return self._state.add_user(full_name, role=role, is_bot=is_bot)

    def client(self, user: FakeUser | None = None, **options: Any) -> FakeClient:
        """A client of the bot, or of somebody else. `options` are those of `aloha.Client`."""
        return FakeClient(self, (user or self.bot).email, **options)

    def async_client(self, user: FakeUser | None = None, **options: Any) -> AsyncFakeClient:
        return AsyncFakeClient(self, (user or self.bot).email, **options)

    # What happens.

    def say(
        self,
        sender: FakeUser,
        content: str,
        *,
        stream: str | None = None,
        topic: str = "chat",
        to: Iterable[FakeUser] | None = None,
    ) -> FakeMessage:
        """Somebody writes: to a channel, or (without one) directly to `to`, the bot unless said otherwise."""
        with self._changed:
            people = [self.bot] if to is None else list(to)
            message = self._state.send(sender, content, stream=stream, topic=topic, people=people)
            self._wake()
            return message

    def emit(self, type: str, *, to: Iterable[FakeUser] | None = None, **fields: Any) -> int:  # noqa: A002
        """Any event, to these people or to everybody; its id."""
        with self._changed:
            ids = None if to is None else {user.user_id for user in to}
            position = self._state.append({"type": type, **fields}, ids)
            self._wake()
            return position

    def drop_queues(self) -> None:
        """Every queue ends, as after the loss of a server's data."""
        with self._changed:
            self._state.queues.clear()
            self._wake()

    def fail(self, method: str, path: str, *faults: Fault) -> None:
        """The next requests there go wrong, one fault each: `server.fail("GET", "/events", CUT, LOST)`."""
        with self._changed:
            self._faults[method, path].extend(faults)
            self._wake()

    # What there is to see.

    @property
    def requests(self) -> list[Call]:
        """Everything that clients asked for, oldest first; a poll that waits is there once."""
        with self._changed:
            return list(self._requests)

    @property
    def messages(self) -> list[FakeMessage]:
        """All that was sent and not deleted, oldest first."""
        with self._changed:
            return list(self._state.messages.values())

    @property
    def queues(self) -> list[FakeQueue]:
        with self._changed:
            return list(self._state.queues.values())

    def wait_for(self, condition: Callable[[], bool], what: str = "it") -> None:
        """Returns when `condition` holds after some request; AssertionError after `WAIT_S`."""
        with self._changed:
            assert self._changed.wait_for(condition, WAIT_S), f"waited {WAIT_S} s for {what}"

    def wait_for_messages(self, count: int) -> list[FakeMessage]:
        """All messages, once there are so many."""
        self.wait_for(lambda: len(self._state.messages) >= count, f"{count} messages")
        return self.messages

    def wait_until_polled(self) -> None:
        """Returns when a client waits for events, having taken all there were."""
        self.wait_for(lambda: bool(self._wakes), "a poll")

    # What transports call.

    def carry_out(self, email: str, call: Call, wake: Wake) -> Answer | ConnectionFailed | None:
        """What becomes of a request. None: it waits, and is to be made again when `wake` was called."""
        with self._changed:
            if wake not in self._wakes:
                self._requests.append(call)
            self._wakes.discard(wake)
            outcome = self._carry_out(email, call)
            if outcome is None:
                self._wakes.add(wake)
            self._changed.notify_all()
            return outcome

    def _carry_out(self, email: str, call: Call) -> Answer | ConnectionFailed | None:
        faults = self._faults[call.method, call.path]
        fault = faults.popleft() if faults else None
        answer = self._answer(email, call) if fault is None or fault.happens else None
        if fault is None:
            return answer
        return fault.answer or ConnectionFailed(error=ConnectionResetError("cut by the fake"))

    def _answer(self, email: str, call: Call) -> Answer | None:
        before = len(self._state.log)
        try:
            result = endpoints.answer(self._state, email, call)
        except ApiError as error:
            return Answer(status=error.status, headers=error.headers, body=error.envelope())
        if len(self._state.log) > before:
            self._wake()
        if result is None:
            return None
        return Answer(status=200, body={"result": "success", "msg": "", **result})

    def _wake(self) -> None:
        for wake in list(self._wakes):
            wake()
        self._changed.notify_all()
