"""Bots: functions that are called for events, sugar over `AsyncClient`.

    import aloha
    from aloha.contract.events import MessageEvent, ReactionAddEvent
    from aloha.filters import sender

    bot = aloha.Bot(config_file="~/botrc")

    @bot.command("deploy {env}")
    async def deploy(message: aloha.BotMessage, env: str) -> None:
        "Puts the newest release on a machine."
        await message.reply(f"Deploy to {env}? Say yes.")
        answer = await bot.wait_for(MessageEvent, sender(message.sender_id), timeout_s=60)
        await message.reply(f"You said {answer.message.content}.")

    @bot.on(ReactionAddEvent)
    async def thank(event: ReactionAddEvent) -> None:
        await bot.client.send_message(type="direct", to=[event.user_id], content="Thank you.")

    bot.run()

Handlers run one after the other in the order of events. An event is acknowledged when each of its handlers has
returned or waits in `wait_for`, so that the event it waits for can arrive. What a handler raises goes to the error
hook and ends nothing. A bot never hears its own events, unless a filter says `from_me`.
"""

import asyncio
import contextlib
import inspect
import logging
import re
import signal
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any, TypeVar

import msgspec

from aloha.client import AsyncClient
from aloha.client.base import GapCallback, Resume, log_gap
from aloha.contract.endpoints.messages import SendMessageResult
from aloha.contract.events import EVENT_KINDS, Event, MessageEvent
from aloha.contract.objects import Message
from aloha.filters import Filter, Scene, direct, from_me, mentioned, sender, stream, topic

logger = logging.getLogger("aloha.bot")

Handler = Callable[..., object]
ErrorHook = Callable[[Exception, Event], object]
E = TypeVar("E", bound=Event)
H = TypeVar("H", bound=Handler)

_PLACEHOLDER = re.compile(r"\{(\w+)(\.\.\.)?\}")
_waits: ContextVar[asyncio.Event] = ContextVar("waits")  # set when the handler at work waits for a later event


class BotMessage:
    """A message with what a bot does to it; its fields are those of `aloha.contract.objects.Message`."""

    def __init__(self, bot: "Bot", message: Message) -> None:
        self._bot = bot
        self.wire = message

    def __getattr__(self, name: str) -> Any:
        return getattr(self.wire, name)

    async def reply(self, content: str) -> SendMessageResult:
        """Sends where this message is: its topic, or its direct conversation."""
        place = self.wire.display_recipient
        if isinstance(place, str):
            return await self._bot.client.send_message(
                type="channel", to=self.wire.stream_id or place, topic=self.wire.subject, content=content
            )
        people = [person.id for person in place]
        others = [id_ for id_ in people if id_ != self._bot.user_id]
        return await self._bot.client.send_message(type="direct", to=others or people, content=content)

    async def react(self, emoji_name: str) -> None:
        await self._bot.client.add_reaction(message_id=self.wire.id, emoji_name=emoji_name)


class _Listener(msgspec.Struct, frozen=True):
    kind: type[Event]
    filter: Filter
    handler: Handler


class _Command(msgspec.Struct, frozen=True):
    usage: str
    pattern: re.Pattern[str]
    handler: Handler

    @property
    def summary(self) -> str:
        return inspect.cleandoc(self.handler.__doc__ or "").partition("\n")[0]


class _Waiter(msgspec.Struct, eq=False):
    kind: type[Event]
    filter: Filter
    found: "asyncio.Future[Event]"


class Bot:
    """Made with the arguments of `AsyncClient`, or with a client. In direct messages a command stands alone; in
    channels the bot is mentioned before it, or `prefix` is. `has_help` adds a command that lists the others."""

    def __init__(
        self, client: AsyncClient | None = None, *, prefix: str = "", has_help: bool = True, **options: Any
    ) -> None:
        self.client = AsyncClient(**options) if client is None else client
        self.user_id = 0
        self._prefix = prefix
        self._address = re.compile(r"(?!)")
        self._listeners: list[_Listener] = []
        self._commands: list[_Command] = []
        self._waiters: list[_Waiter] = []
        self._error_hook: ErrorHook = _log_error
        if has_help:
            self.command("help")(self._help)

    # What to listen to.

    def on(
        self,
        kind: type[E],
        *filters: Filter,
        stream: str | int | None = None,
        topic: str | None = None,
        sender: str | int | None = None,
        mentioned: bool | None = None,
        direct: bool | None = None,
    ) -> Callable[[Callable[[E], object]], Callable[[E], object]]:
        """Decorates a function that is called with each event of this kind which passes all filters."""
        asked = [*filters, *_keyword_filters(stream, topic, sender, mentioned=mentioned, direct=direct)]
        chosen = _all(asked) if from_me in filters else _all([~from_me, *asked])

        def register(handler: Callable[[E], object]) -> Callable[[E], object]:
            self._listeners.append(_Listener(kind, chosen, handler))
            return handler

        return register

    def command(self, usage: str) -> Callable[[H], H]:
        """Decorates a function that is called with the message and what stands at the usage's placeholders:
        `{word}` is one word, `{rest...}` all that follows. Its docstring's first line is its help."""
        pattern = re.compile(_usage_pattern(usage), re.IGNORECASE | re.DOTALL)

        def register(handler: H) -> H:
            self._commands.append(_Command(usage, pattern, handler))
            return handler

        return register

    def error(self, hook: ErrorHook) -> ErrorHook:
        """Decorates the function that hears of what handlers raise; without one it is logged."""
        self._error_hook = hook
        return hook

    async def wait_for(self, kind: type[E], *filters: Filter, timeout_s: float | None = None) -> E:
        """The next event of this kind that passes all filters; raises TimeoutError."""
        waiter = _Waiter(kind, _all([~from_me, *filters]), asyncio.get_running_loop().create_future())
        self._waiters.append(waiter)
        waiting = _waits.get(None)
        if waiting is not None:
            waiting.set()
        try:
            found = await asyncio.wait_for(waiter.found, timeout_s)
        finally:
            self._waiters.remove(waiter)
        assert isinstance(found, kind)
        return found

    # Running.

    def run(self, **options: Any) -> None:
        """Runs until `stop()`, SIGINT or SIGTERM; what a handler does by then is finished. `options` are those of
        `start`."""
        asyncio.run(self._run(options))

    async def start(
        self, *, resume: Resume = None, drop_pending: bool = False, on_gap: GapCallback = log_gap, **register: Any
    ) -> None:
        """Runs on this asyncio loop until `stop()`; see `AsyncClient.call_on_each_event` for the arguments."""
        own = await self.client.get_own_user()
        self.user_id = own.user_id
        name = re.escape(own.full_name)
        prefix = f"|{re.escape(self._prefix)}" if self._prefix else ""
        self._address = re.compile(rf"\s*(?:@\*\*{name}(?:\|{own.user_id})?\*\*[:,]?\s*{prefix})", re.IGNORECASE)
        running: set[asyncio.Task[None]] = set()
        events = self.client.events(
            self._event_types(), resume=resume, drop_pending=drop_pending, on_gap=on_gap, **register
        )
        try:
            async with contextlib.aclosing(events):
                async for event in events:
                    await self._hear(event, running)
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def stop(self) -> None:
        """Ends `run` and `start`; any thread and any signal handler may call it."""
        self.client.stop()

    async def _run(self, options: dict[str, Any]) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):  # not here, or not in this thread
                loop.add_signal_handler(number, self.stop)
        async with self.client:
            await self.start(**options)

    def _event_types(self) -> list[str]:
        """What the queue is asked for: the listeners' kinds, and messages for commands and `wait_for`."""
        kinds = {listener.kind for listener in self._listeners} | {MessageEvent}
        return sorted({kind.type for kind in EVENT_KINDS.values() if issubclass(kind.struct, tuple(kinds))})

    async def _hear(self, event: Event, running: set[asyncio.Task[None]]) -> None:
        scene = Scene(event, self.user_id)
        for waiter in self._waiters:
            if isinstance(event, waiter.kind) and waiter.filter(scene) and not waiter.found.done():
                waiter.found.set_result(event)
        for call in self._calls(scene):
            waiting = asyncio.Event()
            token = _waits.set(waiting)
            task = asyncio.ensure_future(self._guard(call, event))
            _waits.reset(token)
            running.add(task)
            task.add_done_callback(running.discard)
            parked = asyncio.ensure_future(waiting.wait())
            await asyncio.wait({task, parked}, return_when=asyncio.FIRST_COMPLETED)
            parked.cancel()

    def _calls(self, scene: Scene) -> Iterable[Callable[[], object]]:
        event = scene.event
        for listener in self._listeners:
            if isinstance(event, listener.kind) and listener.filter(scene):
                yield lambda listener=listener: listener.handler(event)  # type: ignore[misc]
        if isinstance(event, MessageEvent) and not from_me(scene):
            called = self._find_command(event)
            if called is not None:
                command, arguments = called
                yield lambda: command.handler(BotMessage(self, event.message), **arguments)

    def _find_command(self, event: MessageEvent) -> tuple[_Command, dict[str, str]] | None:
        """The first command whose usage fits what the bot was told."""
        text = event.message.content
        addressed = self._address.match(text)
        if addressed is None and event.message.type != "private":
            return None
        told = text[addressed.end() :] if addressed else text
        for command in self._commands:
            found = command.pattern.fullmatch(told.strip())
            if found is not None:
                return command, found.groupdict()
        return None

    async def _guard(self, call: Callable[[], object], event: Event) -> None:
        try:
            await _finish(call())
        except Exception as error:
            await _finish(self._error_hook(error, event))

    async def _help(self, message: BotMessage) -> None:
        """Lists what the bot can do."""
        lines = [f"* `{command.usage}` {command.summary}".rstrip() for command in self._commands]
        await message.reply("\n".join(lines))


async def _finish(returned: object) -> None:
    if inspect.isawaitable(returned):
        await returned


def _log_error(error: Exception, event: Event) -> None:
    logger.error("a handler failed at event %d; going on", event.id, exc_info=error)


def _all(filters: Iterable[Filter]) -> Filter:
    chosen = list(filters)
    return Filter(lambda scene: all(each(scene) for each in chosen))


def _keyword_filters(
    in_stream: str | int | None,
    in_topic: str | None,
    from_sender: str | int | None,
    *,
    mentioned: bool | None,
    direct: bool | None,
) -> list[Filter]:
    found = []
    if in_stream is not None:
        found.append(stream(in_stream))
    if in_topic is not None:
        found.append(topic(in_topic))
    if from_sender is not None:
        found.append(sender(from_sender))
    for wanted, each in ((mentioned, _MENTIONED), (direct, _DIRECT)):
        if wanted is not None:
            found.append(each if wanted else ~each)
    return found


_MENTIONED, _DIRECT = mentioned, direct


def _usage_pattern(usage: str) -> str:
    """A regular expression for a usage: words apart by any white space."""
    parts = []
    for word in usage.split():
        found = _PLACEHOLDER.fullmatch(word)
        if found is None:
            parts.append(re.escape(word))
        else:
            parts.append(rf"(?P<{found[1]}>{'.+' if found[2] else '[^ ]+'})")
    return r"\s+".join(parts)
