"""Which new messages a queue with a narrow gets."""

from typing import Any

import msgspec
from tests.messages.kit import MODERN, Desk

from aloha.contract.narrow import parse_register_narrow
from aloha_server.access.users import acting_user
from aloha_server.events.audience import Audiences
from aloha_server.events.bodies import MessageBody
from aloha_server.events.filter import admits
from aloha_server.events.log import read_entries
from aloha_server.events.queues import Queue, QueueSpec
from aloha_server.store import Tx


def heard(desk: Desk, who: str, since: int, *terms: Any) -> list[int]:
    """The ids of the messages sent after a position that a queue with this narrow gets."""
    spec = msgspec.json.encode(QueueSpec(narrow=parse_register_narrow(terms), capabilities=MODERN)).decode()
    queue = Queue(1, ("q", desk.ids[who], "test", spec, 0, 0, 0.0, 60.0), {})

    def read(tx: Tx) -> list[int]:
        guest = acting_user(tx, queue.user_id).is_guest
        entries = [e for e in read_entries(tx, since, 2**62, Audiences(), 1000) if e.kind == "message"]
        own = [entry for entry in entries if admits(entry, queue, is_guest=guest, now=tx.now)]
        return [entry.decoded(MessageBody).message_id for entry in own]

    return desk.store.read(1, read)


def test_the_narrow_of_a_queue(desk: Desk) -> None:
    desk.subscribe("owner", "open")
    bob, ann = desk.ids["bob"], desk.ids["ann"]
    since = desk.head()
    lunch, empty = desk.send("ann", "general", "Lunch"), desk.send("bob", "general", "")
    pair, group = desk.write("ann", "bob"), desk.write("ann", "bob", "owner")
    mention = desk.send("owner", "general", "\N{HEAVY CHECK MARK} x", f"@**Bob|{bob}**")
    elsewhere = desk.send("owner", "open", "x", "@**all**")
    secret = desk.send("ann", "secret", "s")
    everything = [lunch, empty, pair, group, mention, elsewhere, secret]

    def of(*terms: Any, who: str = "bob") -> list[int]:
        return heard(desk, who, since, *terms)

    def without(operator: str, operand: Any) -> list[int]:
        return of({"operator": operator, "operand": operand, "negated": True})

    assert of(["channel", "General"]) == of(["stream", desk.stream_id("general")]) == [lunch, empty, mention]
    assert of(["topic", "LUNCH"]) == [lunch]
    assert of(["topic", ""]) == of(["topic", "general chat"]) == [empty]
    assert of(["sender", ann]) == of(["sender", f"user{ann}@aloha.invalid"]) == [lunch, pair, group, secret]
    assert of(["sender", "me"]) == [empty]
    assert without("sender", "me") == [id_ for id_ in everything if id_ != empty]
    assert of(["is", "dm"]) == [pair, group]
    assert without("is", "dm") == [lunch, empty, mention, elsewhere, secret]
    assert of(["dm", [ann]]) == of(["pm-with", f"user{ann}@aloha.invalid"]) == [pair]
    assert of(["dm", [ann, desk.ids["owner"]]]) == [group]
    assert of(["dm", [desk.ids["owner"]]]) == []
    assert of(["is", "mentioned"]) == [mention]  # not the wildcard of a channel that bob is not subscribed to
    assert of(["is", "resolved"]) == [mention]
    assert empty not in of(["is", "unread"])
    assert of(["channel", "open"], who="guest") == of(["channel", "secret"], who="owner") == []
