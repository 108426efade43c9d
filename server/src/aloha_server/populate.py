"""Fills an organization in bulk, for benchmarks and development: people, streams, subscriptions and messages.

Outside the log: no events tell of it, so clients that are connected must register anew. People have API keys and
no passwords. The same arguments and seed make the same organization, but for the keys.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from pyroaring import BitMap

from aloha.contract.settings import STREAM_GROUP_SETTINGS

from .access.accounts import digest_api_key
from .access.colors import pick_color
from .access.keys import KeyRing, new_api_key
from .access.realm import system_groups
from .access.search_index import index_message
from .access.users import Role
from .events.audience import store_audience
from .store import Store, WriteTx

CHUNK = 10_000
TOPICS = ("lunch", "releases", "help", "random", "design", "incidents")
WORDS = ("soup", "build", "green", "review", "merge", "latency", "coffee", "deploy", "graph", "queue", "done", "why")
NOBODY_CREATED = "stream_creator_or_nobody"

INSERT_ACCOUNT = """
    insert into account (realm_id, user_id, email, email_key, full_name, name_key, role, joined_at, api_key_digest,
        api_key_sealed, settings, read_floor)
    values (:realm_id, :user_id, :email, :email, :full_name, :name_key, :role, :joined_at, :digest, :sealed, '{}', 0)
"""
INSERT_RECIPIENT = """
    insert into recipient (realm_id, recipient_id, stream_id, audience_id)
    values (:realm_id, :recipient_id, :stream_id, :audience_id)
"""
INSERT_STREAM = """
    insert into stream (realm_id, stream_id, recipient_id, name, name_key, description, rendered_description,
        created_at, invite_only, is_web_public, history_public, permissions, first_message_id)
    values (:realm_id, :stream_id, :recipient_id, :name, :name, '', '', :created_at, 0, 0, 1, :permissions, :first)
"""
INSERT_SUBSCRIPTION = """
    insert into subscription (realm_id, user_id, stream_id, is_active, color)
    values (:realm_id, :user_id, :stream_id, 1, :color)
"""
INSERT_WINDOW = """
    insert into subscription_window (realm_id, user_id, stream_id, first_message_id)
    values (:realm_id, :user_id, :stream_id, :first_message_id)
"""
INSERT_MESSAGE = """
    insert into message (realm_id, message_id, sender_id, recipient_id, stream_id, topic, topic_key, content, rendered,
        sent_at, client, is_me, traits)
    values (:realm_id, :message_id, :sender_id, :recipient_id, :stream_id, :topic, :topic, :content, :rendered,
        :sent_at, 'populate', 0, 0)
"""
ALL_READ = "update account set read_floor = :floor where realm_id = :realm_id"


class Person(msgspec.Struct, frozen=True):
    user_id: int
    email: str
    api_key: str


class Room(msgspec.Struct):
    """A stream to be, and where its messages go."""

    stream_id: int
    recipient_id: int
    name: str
    subscribers: BitMap
    first_message_id: int | None = None


class Size(msgspec.Struct, frozen=True):
    users: int
    streams: int
    subscribers_per_stream: int
    messages: int


Progress = Callable[[str], None]


def populate(store: Store, keys: KeyRing, realm_id: int, size: Size, progress: Progress, seed: int = 1) -> list[Person]:
    """Adds so much to the realm; the people with their keys."""
    dice = random.Random(seed)  # noqa: S311  # made-up content

    def fill(tx: WriteTx) -> list[Person]:
        progress(f"{size.users} users")
        people = _add_people(tx, keys, size.users)
        progress(f"{size.streams} streams")
        rooms = _plan_rooms(tx, dice, people, size)
        first = tx.last_message_id + 1
        _add_messages(tx, dice, rooms, size.messages, progress)
        _add_rooms(tx, rooms, first)
        tx.execute(ALL_READ, floor=tx.last_message_id)
        return people

    return store.write(realm_id, fill)


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _add_people(tx: WriteTx, keys: KeyRing, count: int) -> list[Person]:
    if not count:
        return []
    last = tx.next_id("user", count)
    people = [
        Person(user_id, f"person{user_id}@populate.example", new_api_key())
        for user_id in range(last - count + 1, last + 1)
    ]
    rows = (
        {
            "user_id": person.user_id,
            "email": person.email,
            "full_name": f"Person {person.user_id}",
            "name_key": f"person {person.user_id}",
            "role": int(Role.MEMBER),
            "joined_at": int(tx.now),
            "digest": digest_api_key(person.api_key),
            "sealed": keys.seal(person.api_key),
        }
        for person in people
    )
    for chunk in _chunks(rows):
        tx.execute_many(INSERT_ACCOUNT, chunk)
    return people


def _plan_rooms(tx: WriteTx, dice: random.Random, people: list[Person], size: Size) -> list[Room]:
    ids = [person.user_id for person in people]
    rooms = []
    for _ in range(size.streams):
        stream_id, recipient_id = tx.next_id("stream"), tx.next_id("recipient")
        subscribers = BitMap(dice.sample(ids, min(len(ids), size.subscribers_per_stream)))
        rooms.append(Room(stream_id, recipient_id, f"stream {stream_id}", subscribers))
    return rooms


def _add_rooms(tx: WriteTx, rooms: list[Room], first_message_id: int) -> None:
    groups = system_groups(tx)
    permissions = {
        name: groups["role:nobody" if setting.default_group_name == NOBODY_CREATED else setting.default_group_name]
        for name, setting in STREAM_GROUP_SETTINGS.items()
    }
    text = msgspec.json.encode(permissions).decode()
    for room in rooms:
        tx.execute(
            INSERT_RECIPIENT,
            recipient_id=room.recipient_id,
            stream_id=room.stream_id,
            audience_id=store_audience(tx, room.subscribers),
        )
        tx.execute(
            INSERT_STREAM,
            stream_id=room.stream_id,
            recipient_id=room.recipient_id,
            name=room.name,
            created_at=int(tx.now),
            permissions=text,
            first=room.first_message_id,
        )
    color = pick_color(Counter())
    pairs = ((room, user_id) for room in rooms for user_id in room.subscribers)
    rows = (
        {"user_id": user_id, "stream_id": room.stream_id, "color": color, "first_message_id": first_message_id}
        for room, user_id in pairs
    )
    for chunk in _chunks(iter(rows)):
        subscription = ("user_id", "stream_id", "color")
        window = ("user_id", "stream_id", "first_message_id")
        tx.execute_many(INSERT_SUBSCRIPTION, [{name: row[name] for name in subscription} for row in chunk])
        tx.execute_many(INSERT_WINDOW, [{name: row[name] for name in window} for row in chunk])


def _add_messages(tx: WriteTx, dice: random.Random, rooms: list[Room], count: int, progress: Progress) -> None:
    """A minute apart, ending now; each by a subscriber of its stream."""
    inhabited = [(room, list(room.subscribers)) for room in rooms if room.subscribers]
    if not inhabited:
        return

    def rows() -> Iterator[dict[str, Any]]:
        for number in range(count):
            room, subscribers = dice.choice(inhabited)
            message_id = tx.next_message_id()
            room.first_message_id = room.first_message_id or message_id
            text = " ".join(dice.choices(WORDS, k=dice.randint(3, 30)))
            yield {
                "message_id": message_id,
                "sender_id": dice.choice(subscribers),
                "recipient_id": room.recipient_id,
                "stream_id": room.stream_id,
                "topic": dice.choice(TOPICS),
                "content": text,
                "rendered": f"<p>{text}</p>",
                "sent_at": int(tx.now) - 60 * (count - number),
            }

    for number, chunk in enumerate(_chunks(rows()), 1):
        tx.execute_many(INSERT_MESSAGE, chunk)
        for row in chunk:
            index_message(tx, row["message_id"], row["recipient_id"], row["topic"], row["content"])
        progress(f"{min(number * CHUNK, count)} of {count} messages")
