"""Bots against the fake: what their handlers hear, in which order, and what becomes of what they raise."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

import aloha
from aloha import filters
from aloha.bot import BotMessage
from aloha.contract.events import Event, MessageEvent, ReactionAddEvent
from aloha.testing import LOST, FakeServer


@pytest.fixture
def server() -> FakeServer:
    return FakeServer()


def run(server: FakeServer, bot: aloha.Bot, script: Coroutine[Any, Any, None], **options: Any) -> None:
    """Runs the bot while the script does, on one loop."""

    async def both() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(bot.start(**options))
            await asyncio.to_thread(server.wait_until_polled)
            try:
                await asyncio.wait_for(script, 20)
            finally:
                bot.stop()

    asyncio.run(both())


async def said(server: FakeServer, count: int) -> list[str]:
    """The contents of all messages, once there are so many."""
    return [message.content for message in await asyncio.to_thread(server.wait_for_messages, count)]


def test_a_command_is_called_with_its_words_and_its_answer_goes_to_the_same_topic(server: FakeServer) -> None:
    bot = aloha.Bot(server.async_client())
    ada = server.add_user("Ada")

    @bot.command("deploy {env} {notes...}")
    async def deploy(message: BotMessage, env: str, notes: str) -> None:
        await message.reply(f"{env}: {notes}")
        await message.react("tada")

    async def script() -> None:
        server.say(ada, "@**Bot** deploy  prod with care, please", stream="general", topic="ops")
        server.say(ada, "deploy prod in a channel is no command", stream="general", topic="ops")
        server.say(ada, "DEPLOY test again")
        contents = await said(server, 5)
        assert contents[3:] == ["prod: with care, please", "test: again"]
        answer, direct = server.messages[3:]
        assert (answer.stream, answer.topic) == ("general", "ops")
        assert {user.full_name for user in direct.people} == {"Ada", "Bot"}
        await asyncio.to_thread(server.wait_for, lambda: bool(server.messages[2].reactions))

    run(server, bot, script())


def test_help_lists_the_commands_with_their_first_lines(server: FakeServer) -> None:
    bot = aloha.Bot(server.async_client(), prefix="!")

    @bot.command("greet {name}")
    def greet(message: BotMessage, name: str) -> Any:
        """Says hello.

        And no more.
        """
        return message.reply(f"hello {name}")

    async def script() -> None:
        server.say(server.add_user("Ada"), "!help", stream="general")
        assert (await said(server, 2))[1] == "* `help` Lists what the bot can do.\n* `greet {name}` Says hello."
        server.say(server.add_user("Bob"), "! greet Bob", stream="general")
        assert (await said(server, 4))[3] == "hello Bob"

    run(server, bot, script())


def test_listeners_hear_what_passes_their_filters_in_order_and_never_the_bot_itself(server: FakeServer) -> None:
    bot = aloha.Bot(server.async_client())
    ada, bob = server.add_user("Ada"), server.add_user("Bob")
    heard: list[tuple[str, str]] = []

    def note(name: str) -> Any:
        return lambda event: heard.append((name, event.message.content))

    bot.on(MessageEvent, stream="General", mentioned=True)(note("mentioned"))
    bot.on(MessageEvent, filters.direct | (filters.stream("ops") & ~filters.sender(bob.user_id)))(note("chosen"))
    bot.on(MessageEvent, filters.from_me)(note("own"))
    bot.on(MessageEvent, filters.matching(r"^re.*x$"), topic="T", sender=bob.email, direct=False)(note("pattern"))
    bot.on(MessageEvent)(note("all"))

    async def script() -> None:
        server.say(ada, "1 @**Bot**", stream="general")
        server.say(ada, "2", stream="ops")
        server.say(bob, "3", stream="ops")
        server.say(bob, "4")
        server.say(bob, "regex", stream="ops", topic="t")
        server.say(server.bot, "5", stream="ops")
        server.say(bob, "last", stream="general")
        await asyncio.to_thread(server.wait_for, lambda: ("all", "last") in heard)

    run(server, bot, script())
    assert heard == [
        ("mentioned", "1 @**Bot**"),
        ("all", "1 @**Bot**"),
        ("chosen", "2"),
        ("all", "2"),
        ("all", "3"),
        ("chosen", "4"),
        ("all", "4"),
        ("pattern", "regex"),
        ("all", "regex"),
        ("own", "5"),
        ("all", "last"),
    ]


def test_a_handler_may_wait_for_a_later_event_while_others_are_heard(server: FakeServer) -> None:
    bot = aloha.Bot(server.async_client())
    ada, bob = server.add_user("Ada"), server.add_user("Bob")

    @bot.command("ask")
    async def ask(message: BotMessage) -> None:
        await message.reply("sure?")
        answer = await bot.wait_for(MessageEvent, filters.sender(message.sender_id), timeout_s=20)
        await message.reply(f"you said {answer.message.content}")

    @bot.command("ping")
    async def ping(message: BotMessage) -> None:
        await message.reply("pong")

    async def script() -> None:
        server.say(ada, "ask")
        await said(server, 2)
        server.say(bob, "ping")
        assert (await said(server, 4))[3] == "pong"
        server.say(ada, "yes")
        assert (await said(server, 6))[5] == "you said yes"

    run(server, bot, script())


def test_waiting_ends_by_itself(server: FakeServer) -> None:
    bot = aloha.Bot(server.async_client())
    errors: list[tuple[Exception, Event]] = []
    bot.error(lambda error, event: errors.append((error, event)))

    @bot.command("ask")
    async def ask(message: BotMessage) -> None:
        await bot.wait_for(ReactionAddEvent, timeout_s=0.01)

    async def patient() -> None:
        server.say(server.add_user("Ada"), "ask")
        while not errors:
            await asyncio.sleep(0.01)

    run(server, bot, patient())
    assert isinstance(errors[0][0], TimeoutError)


def test_what_a_handler_raises_goes_to_the_hook_and_the_next_event_follows(
    server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    bot = aloha.Bot(server.async_client())
    heard: list[str] = []

    @bot.on(MessageEvent)
    def fail(event: MessageEvent) -> None:
        heard.append(event.message.content)
        raise ValueError("a bug")

    async def script() -> None:
        ada = server.add_user("Ada")
        server.say(ada, "one")
        server.say(ada, "two")
        await asyncio.to_thread(server.wait_for, lambda: heard == ["one", "two"])

    run(server, bot, script())
    assert "a handler failed" in caplog.text


def test_a_bot_goes_on_after_lost_answers_and_sends_once(server: FakeServer) -> None:
    bot = aloha.Bot(server.async_client())

    @bot.command("ping")
    async def ping(message: BotMessage) -> None:
        await message.reply("pong")

    async def script() -> None:
        server.fail("POST", "/messages", LOST)
        server.fail("GET", "/events", LOST, LOST)
        ada = server.add_user("Ada")
        server.say(ada, "ping")
        server.say(ada, "ping")
        await said(server, 4)
        await asyncio.to_thread(server.wait_until_polled)

    run(server, bot, script())
    assert [message.content for message in server.messages].count("pong") == 2


def test_the_queue_is_asked_for_no_more_than_the_listeners_hear(server: FakeServer) -> None:
    bot = aloha.Bot(server.async_client())
    bot.on(ReactionAddEvent)(lambda event: None)

    async def script() -> None:
        [queue] = server.queues
        assert queue.event_types == frozenset({"message", "reaction"})

    run(server, bot, script())
