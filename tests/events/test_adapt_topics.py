"""The empty topic under its name, wherever an event tells of one, for clients that cannot show it."""

import json
from typing import Any

import pytest
from tests.entries import entry, message, queue

from aloha.contract.objects import NarrowTerm
from aloha_server.events.adapt import Adaptation
from aloha_server.events.bodies import DeleteMessageBody, MutedTopicsBody, UpdateMessageBody
from aloha_server.events.filter import admits

TRICKY = {"note": '"topic":""'}  # text that looks like a field stays as it is
UPDATE = {"type": "update_message", "subject": "", "orig_subject": "x"}
BODIES: dict[str, Any] = {
    "user_topic": {"type": "user_topic", "topic_name": "", **TRICKY},
    "typing": {"type": "typing", "message_type": "stream", "topic": "", **TRICKY},
    "typing_edit_message": {"type": "typing_edit_message", "recipient": {"topic": ""}, **TRICKY},
    "muted_topics": MutedTopicsBody(muted={1: [("Rome", "", 5)]}),
    "update_message": UpdateMessageBody(event={**UPDATE, **TRICKY}),
    "delete_message": DeleteMessageBody(message_ids=[1], message_type="stream", stream_id=5, topic=""),
}


@pytest.mark.parametrize("kind", BODIES)
def test_an_empty_topic_is_named_for_who_needs_it(kind: str) -> None:
    told = entry(1, {1}, kind=kind, body=BODIES[kind])
    capabilities = {"stream_typing_notifications": True, "bulk_message_deletion": True}
    able = queue(1, capabilities={**capabilities, "empty_topic_name": True})
    unable = queue(1, capabilities=capabilities)
    [modern], [legacy] = (Adaptation()(told, reader) for reader in (able, unable))
    assert b"general chat" not in modern
    assert legacy.count(b"general chat") == 1
    assert json.loads(legacy).get("note") == json.loads(modern).get("note")
    assert Adaptation()(told, able) == (modern,)


def test_muted_topics_are_each_readers_own() -> None:
    told = entry(1, {1, 2}, kind="muted_topics", body=MutedTopicsBody(muted={1: [("Rome", "lunch", 5)]}))
    lists = [json.loads(Adaptation()(told, queue(user_id))[0])["muted_topics"] for user_id in (1, 2)]
    assert lists == [[["Rome", "lunch", 5]], []]
    assert Adaptation()(told, queue(1, event_types=("user_topic", "muted_topics"))) == ()


def test_a_narrow_finds_the_empty_topic_by_its_name() -> None:
    for operand, topic, found in (("general chat", "", True), ("", "", True), ("general chat", "x", False)):
        narrowed = queue(1, narrow=(NarrowTerm(operator="topic", operand=operand),))
        assert admits(message(1, {1}, topic=topic), narrowed, is_guest=False, now=0.0) == found
