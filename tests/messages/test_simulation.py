"""Random acts of many people; after each, everybody's copy equals a fresh registration."""

import random
from collections.abc import Callable

import pytest
from tests.messages.kit import Desk

from aloha.contract.errors import ApiError
from aloha_server.actions.flags import mark_all_as_read, mark_stream_as_read

STREAMS = ("general", "secret", "lounge", "crew")
TOPICS = ("lunch", "Lunch", "", "\N{HEAVY CHECK MARK} lunch")
PEOPLE = ("owner", "ann", "bob", "guest", "bot")
STEPS = 50


class Chaos:
    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.random = random.Random(seed)
        self.sent: list[int] = []

    def step(self) -> str:
        acts: list[Callable[[str], None]] = [
            self.send, self.send, self.send, self.write, self.flag, self.flag, self.mark, self.edit, self.move,
            self.move, self.delete, self.react, self.subscribe, self.unsubscribe, self.choose, self.choose, self.prefer,
            self.step_in_widget, self.delete_topic,
        ]  # fmt: skip
        act, who = self.random.choice(acts), self.random.choice(PEOPLE)
        try:
            act(who)
        except ApiError as error:  # not everybody may do everything
            return f"{who} {act.__name__}: {error}"
        return f"{who} {act.__name__}"

    def text(self) -> str:
        bob = self.desk.ids["bob"]
        return self.random.choice(["hi", f"@**Bob|{bob}**", "@**all**", "@**topic**", "/poll x\ny"])

    def some(self) -> list[int]:
        return self.random.sample(self.sent, min(len(self.sent), 4)) if self.sent else [1]

    def send(self, who: str) -> None:
        stream, topic = self.random.choice(STREAMS), self.random.choice(TOPICS)
        self.sent.append(self.desk.send(who, stream, topic, self.text()))

    def write(self, who: str) -> None:
        people = self.random.sample(PEOPLE, self.random.randint(1, 3))
        self.sent.append(self.desk.write(who, *people, content=self.text()))

    def flag(self, who: str) -> None:
        flag = self.random.choice(["read", "read", "starred", "collapsed"])
        self.desk.flag(who, self.random.choice(["add", "remove"]), flag, *self.some())

    def mark(self, who: str) -> None:
        if self.random.random() < 0.3:
            self.desk.act(who, mark_all_as_read)
            return
        stream_id = self.desk.stream_id(self.random.choice(STREAMS))
        topic = self.random.choice([None, *TOPICS])
        self.desk.act(who, lambda tx, actor: mark_stream_as_read(tx, actor, stream_id, topic))

    def edit(self, who: str) -> None:
        self.desk.edit(who, self.some()[0], self.text())

    def move(self, who: str) -> None:
        stream = self.random.choice([None, *STREAMS])
        self.desk.edit(
            who,
            self.some()[0],
            topic=self.random.choice(TOPICS),
            stream_id=None if stream is None else self.desk.stream_id(stream),
            propagate_mode=self.random.choice(["change_one", "change_later", "change_all"]),
            notify_old_thread=self.random.random() < 0.5,
        )

    def delete(self, who: str) -> None:
        self.desk.delete(who, self.some()[0])

    def react(self, who: str) -> None:
        self.desk.react(who, self.some()[0], self.random.choice(["tada", "smile"]))

    def subscribe(self, who: str) -> None:
        self.desk.subscribe(who, self.random.choice(STREAMS), people=[self.random.choice(PEOPLE)])

    def unsubscribe(self, who: str) -> None:
        self.desk.unsubscribe(who, self.random.choice(STREAMS))

    def choose(self, who: str) -> None:
        pick = self.random.choice
        self.desk.choose(who, pick(STREAMS), pick(TOPICS), self.random.randrange(4))

    def prefer(self, who: str) -> None:
        pick = self.random.choice
        self.desk.prefer(
            who,
            automatically_follow_topics_policy=pick([1, 2, 3, 4]),
            automatically_unmute_topics_in_muted_streams_policy=pick([1, 2, 3, 4]),
        )

    def step_in_widget(self, who: str) -> None:
        self.desk.step(who, self.some()[0], type="vote", key="canned,0", vote=1)

    def delete_topic(self, who: str) -> None:
        self.desk.delete_topic(who, self.random.choice(STREAMS), self.random.choice(TOPICS))


@pytest.mark.parametrize("seed", range(3))
def test_every_copy_stays_true(desk: Desk, seed: int) -> None:
    desk.subscribe("owner", "lounge", people=["owner", "bob"])
    desk.subscribe("owner", "crew", invite_only=True)
    desk.start()
    chaos = Chaos(desk, seed)
    past: list[str] = []
    for _ in range(STEPS):
        past.append(chaos.step())
        try:
            desk.check()
        except AssertionError as error:
            raise AssertionError(f"seed {seed}, after {past[-5:]}: {error}") from error
