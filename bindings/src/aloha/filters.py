"""Filters of events: small values that combine with `&`, `|` and `~`.

    import aloha
    from aloha.contract.events import MessageEvent
    from aloha.filters import direct, mentioned, sender, stream

    bot = aloha.Bot()

    @bot.on(MessageEvent, direct | (stream("ops") & mentioned), ~sender("noisy@example.com"))
    def hear(event: MessageEvent) -> None:
        print(event.message.content)

    bot.run()

A filter of messages turns away every other event.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from aloha.contract.events import Event, MessageEvent
from aloha.contract.objects import Message


class Scene(NamedTuple):
    """An event, and who the bot that looks at it is."""

    event: Event
    own_id: int


class Filter:
    """Asks a question of an event: `Filter(lambda scene: scene.event.type == "message")`."""

    def __init__(self, test: Callable[[Scene], bool]) -> None:
        self._test = test

    def __call__(self, scene: Scene) -> bool:
        return self._test(scene)

    def __and__(self, other: "Filter") -> "Filter":
        return Filter(lambda scene: self(scene) and other(scene))

    def __or__(self, other: "Filter") -> "Filter":
        return Filter(lambda scene: self(scene) or other(scene))

    def __invert__(self) -> "Filter":
        return Filter(lambda scene: not self(scene))


def of_message(test: Callable[[Message], bool]) -> Filter:
    """A filter that looks at a new message."""
    return Filter(lambda scene: isinstance(scene.event, MessageEvent) and test(scene.event.message))


def stream(*named: str | int) -> Filter:
    """In one of these channels, by name (whatever the case of its letters) or id."""
    wanted = {name.casefold() if isinstance(name, str) else name for name in named}

    def test(message: Message) -> bool:
        name = message.display_recipient
        return message.stream_id in wanted or (isinstance(name, str) and name.casefold() in wanted)

    return of_message(test)


def topic(name: str) -> Filter:
    """In a channel's topic of this name, whatever the case of its letters."""
    return of_message(lambda message: message.type == "stream" and message.subject.casefold() == name.casefold())


def sender(*named: str | int) -> Filter:
    """From one of these people, by address or id."""
    wanted = {name.casefold() if isinstance(name, str) else name for name in named}
    return of_message(lambda message: message.sender_id in wanted or message.sender_email.casefold() in wanted)


def matching(pattern: str) -> Filter:
    """Whose content the regular expression finds something in."""
    compiled = re.compile(pattern)
    return of_message(lambda message: compiled.search(message.content) is not None)


direct = of_message(lambda message: message.type == "private")
mentioned = Filter(lambda scene: isinstance(scene.event, MessageEvent) and "mentioned" in scene.event.flags)
from_me = Filter(lambda scene: own_id_of(scene.event) == scene.own_id)


def own_id_of(event: Event) -> int | None:
    """Who made the event happen, where it tells."""
    if isinstance(event, MessageEvent):
        return event.message.sender_id
    found = getattr(event, "user_id", None)
    return found if isinstance(found, int) else None
