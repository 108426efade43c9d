"""zulip-terminal's way of talking, through the unmodified `zulip` package: what it registers, fetches and toggles.

It sends narrows as JSON text of pairs with the older operators, the topic as `subject`, flags from a poll that runs
in a thread of its own, and lives on the older events and fields of clients without capabilities.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import zulip
from tests.world import Person, World, run_world

EVENT_TYPES = [
    "message",
    "update_message",
    "delete_message",
    "reaction",
    "subscription",
    "typing",
    "update_message_flags",
    "update_global_notifications",
    "update_display_settings",
    "user_settings",
    "realm_emoji",
    "realm_user",
    "user_status",
    "custom_profile_fields",
]
FETCHED = [
    "realm",
    "presence",
    "subscription",
    "message",
    "starred_messages",
    "update_message_flags",
    "muted_topics",
    "realm_user",
    "realm_user_groups",
    "update_global_notifications",
    "update_display_settings",
    "user_settings",
    "realm_emoji",
    "custom_profile_fields",
    "zulip_version",
]
USED = {
    "user_id", "email", "full_name", "realm_name", "realm_users", "cross_realm_bots", "realm_non_active_users",
    "subscriptions", "unsubscribed", "never_subscribed", "unread_msgs", "starred_messages", "muted_topics",
    "realm_user_groups", "presences", "realm_emoji", "custom_profile_fields", "max_message_id", "user_settings",
    "twenty_four_hour_time", "pm_content_in_desktop_notifications", "zulip_version", "zulip_feature_level",
    "max_message_length", "max_topic_length", "max_stream_name_length", "realm_allow_message_editing",
    "realm_message_content_edit_limit_seconds", "server_presence_ping_interval_seconds",
    "server_presence_offline_threshold_seconds", "server_typing_started_wait_period_milliseconds",
}  # fmt: skip


class Terminal:
    """The member's client, registered as zulip-terminal does, whose events another thread takes."""

    def __init__(self, person: Person, **capabilities: Any) -> None:
        self.client = zulip.Client(
            email=person.email,
            api_key=person.api_key,
            site=f"http://127.0.0.1:{person.port}",
            client="ZulipTerminal/0.7.0 Linux",
        )
        self.state = self.client.register(
            event_types=EVENT_TYPES,
            fetch_event_types=FETCHED,
            client_gravatar=True,
            apply_markdown=True,
            include_subscribers=True,
            **capabilities,
        )
        self.events: list[dict[str, Any]] = []
        self.ended_with: dict[str, Any] = {}
        self._came = threading.Condition()
        self._thread = threading.Thread(target=self._poll)
        self._thread.start()

    def _poll(self) -> None:
        last = self.state["last_event_id"]
        while True:
            answer = self.client.get_events(queue_id=self.state["queue_id"], last_event_id=last)
            if answer["result"] != "success":
                self.ended_with = answer
                return
            with self._came:
                for event in answer["events"]:
                    last = max(last, event["id"])
                    self.events.append(event)
                self._came.notify_all()

    def wait(self, type_: str, count: int = 1) -> list[dict[str, Any]]:
        """The events of a type, when there are so many."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.of(type_)) >= count, 20), self.events
            return self.of(type_)

    def of(self, type_: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["type"] == type_]

    def fetch(self, *narrow: list[str], anchor: int | None = None) -> list[dict[str, Any]]:
        """A page of messages, in the terminal's words."""
        answer = self.ok(
            self.client.get_messages(
                {
                    "anchor": 0 if anchor is None else anchor,
                    "num_before": 30,
                    "num_after": 10,
                    "apply_markdown": True,
                    "use_first_unread_anchor": anchor is None,
                    "client_gravatar": True,
                    "narrow": json.dumps(narrow),
                }
            )
        )
        found: list[dict[str, Any]] = answer["messages"]
        return found

    @staticmethod
    def ok(answer: dict[str, Any]) -> dict[str, Any]:
        assert answer["result"] == "success", answer
        return answer

    def stop(self) -> None:
        """Ends the queue; the poll that waits is answered, and the thread ends."""
        self.client.deregister(self.state["queue_id"])
        self._thread.join(20)
        assert not self._thread.is_alive()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with run_world(tmp_path_factory.mktemp("terminal") / "var") as world:
        people = [world.owner.user_id, world.member.user_id, world.guest.user_id]
        world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "kitchen"}], principals=people)
        yield world


@contextmanager
def terminal(world: World, **capabilities: Any) -> Iterator[Terminal]:
    running = Terminal(world.member, **capabilities)
    try:
        yield running
    finally:
        running.stop()
        assert running.ended_with["code"] == "BAD_EVENT_QUEUE_ID"


def kitchen(found: Terminal) -> int:
    subscriptions = {one["name"]: one["stream_id"] for one in found.state["subscriptions"]}
    return int(subscriptions["kitchen"])


def test_it_registers_and_finds_all_that_it_reads(world: World) -> None:
    with terminal(world) as ours:
        assert ours.state["result"] == "success"
        assert set(ours.state) >= USED
        [kitchen_] = [one for one in ours.state["subscriptions"] if one["name"] == "kitchen"]
        assert world.owner.user_id in kitchen_["subscribers"]
    with terminal(world, client_capabilities={"notification_settings_null": True, "user_settings_object": True}) as new:
        assert set(new.state) >= USED - {"twenty_four_hour_time", "pm_content_in_desktop_notifications"}


def test_it_sends_and_reads_with_its_narrows(world: World) -> None:
    owner, guest = world.owner, world.guest
    with terminal(world) as ours:
        client, ok = ours.client, ours.ok
        stream = {"type": "stream", "to": "kitchen", "subject": "soup", "content": "*hot* @**Member**"}
        soup = ok(client.send_message({**stream, "read_by_sender": True}))["id"]
        stew = owner.post("/messages", type="stream", to="kitchen", topic="stew", content="@**Member** look")["id"]
        pair = ok(client.send_message({"type": "private", "to": [owner.user_id], "content": "psst"}))["id"]
        both = [owner.user_id, guest.user_id]
        group = ok(client.send_message({"type": "private", "to": both, "content": "all of you"}))["id"]
        ok(client.update_message_flags({"messages": [soup], "flag": "starred", "op": "add"}))
        shown = [ok(client.get_user_by_id(person.user_id))["user"]["email"] for person in (owner, guest)]
        narrows: dict[tuple[tuple[str, str], ...], list[int]] = {
            (): [soup, stew, pair, group],
            (("is", "private"),): [pair, group],
            (("stream", "kitchen"),): [soup, stew],
            (("stream", "kitchen"), ("topic", "soup")): [soup],
            (("stream", "kitchen"), ("topic", "nothing")): [],
            (("pm-with", shown[0]),): [pair],
            (("pm-with", ", ".join(shown)),): [group],
            (("is", "starred"),): [soup],
            (("is", "mentioned"),): [soup, stew],
        }
        for narrow, expected in narrows.items():
            for anchor in (None, soup, 10**16):
                found = [message["id"] for message in ours.fetch(*map(list, narrow), anchor=anchor)]
                assert [id_ for id_ in found if id_ in (soup, stew, pair, group)] == expected, (narrow, anchor)
        messages = {event["message"]["id"]: event for event in ours.wait("message", 4)}
        assert messages[soup]["message"]["subject"] == "soup"
        assert "read" in messages[soup]["flags"]
        assert messages[stew]["flags"] == ["mentioned"]
        assert ok(client.get_stream_topics(kitchen(ours)))["topics"][0]["name"] == "stew"
        assert ok(client.get_raw_message(soup))["raw_content"] == stream["content"]
        assert ok(client.get_message_history(soup))["message_history"]


def test_it_marks_edits_reacts_and_deletes(world: World) -> None:
    with terminal(world) as ours:
        client, ok = ours.client, ours.ok
        told = [
            world.owner.post("/messages", type="stream", to="kitchen", topic="soup", content=f"number {number}")["id"]
            for number in range(3)
        ]
        ok(client.update_message_flags({"messages": told[:1], "flag": "read", "op": "add"}))
        assert ours.wait("update_message_flags")[0]["messages"] == told[:1]
        ok(client.update_message_flags({"messages": told[1:2], "flag": "starred", "op": "add"}))
        ok(client.update_message_flags({"messages": told[1:2], "flag": "starred", "op": "remove"}))
        ok(client.mark_all_as_read())
        assert {event["flag"] for event in ours.wait("update_message_flags", 4)} == {"read", "starred"}
        assert "read" in ours.fetch(anchor=told[2])[-1]["flags"]
        thumb = {"emoji_name": "thumbs_up", "emoji_code": "1f44d", "reaction_type": "unicode_emoji"}
        ok(client.add_reaction({**thumb, "message_id": str(told[0])}))
        ok(client.remove_reaction({**thumb, "message_id": str(told[0])}))
        assert [event["op"] for event in ours.wait("reaction", 2)] == ["add", "remove"]
        own = ok(client.send_message({"type": "stream", "to": "kitchen", "subject": "soup", "content": "a"}))["id"]
        ok(client.update_message({"message_id": own, "content": "b"}))
        move = {"message_id": own, "propagate_mode": "change_one", "topic": "stew"}
        ok(client.update_message({**move, "send_notification_to_old_thread": False}))
        edited, moved = ours.wait("update_message", 2)
        assert (edited["rendered_content"], moved["subject"]) == ("<p>b</p>", "stew")
        world.owner.delete(f"/messages/{told[1]}")
        assert ours.wait("delete_message")[0]["message_id"] == told[1]


def test_it_mutes_pins_and_hears_of_settings_in_the_older_form(world: World) -> None:
    with terminal(world) as ours:
        client, ok = ours.client, ours.ok
        place = kitchen(ours)
        for property_, value in [("is_muted", True), ("is_muted", False), ("pin_to_top", True)]:
            change = {"stream_id": place, "property": property_, "value": value}
            ok(client.update_subscription_settings([change]))
        changes = [(event["property"], event["value"]) for event in ours.wait("subscription", 5)]
        assert ("pin_to_top", True) in changes
        ok(client.call_endpoint(url="settings", method="PATCH", request={"twenty_four_hour_time": True}))
        ok(client.call_endpoint(url="settings", method="PATCH", request={"enable_sounds": False}))
        assert ours.wait("update_display_settings")[0]["setting_name"] == "twenty_four_hour_time"
        assert ours.wait("update_global_notifications")[0]["notification_name"] == "enable_sounds"
        assert [event["property"] for event in ours.wait("user_settings", 2)] == [
            "twenty_four_hour_time",
            "enable_sounds",
        ]
        world.guest.patch("/settings", full_name="Guestina")
        assert ours.wait("realm_user")[0]["person"]["full_name"] == "Guestina"
        assert ok(client.get_members())["members"]
        assert ok(client.get_user_by_id(world.guest.user_id))["user"]["full_name"] == "Guestina"


def test_it_searches_and_mutes_topics(world: World) -> None:
    with terminal(world) as ours:
        client, ok, place = ours.client, ours.ok, kitchen(ours)
        world.owner.post("/messages", type="stream", to="kitchen", topic="menu", content="Käsespätzle on Friday")
        [found] = [message["content"] for message in ours.fetch(["search", "kasespatzle friday"])]
        assert found == "<p>Käsespätzle on Friday</p>"
        assert [message["id"] for message in ours.fetch(["stream", "kitchen"], ["search", "nothing like it"])] == []
        ok(client.mute_topic({"stream_id": place, "topic": "menu", "op": "add"}))
        again = Terminal(world.member)
        muted = again.state["muted_topics"]
        again.stop()
        assert [entry[:2] for entry in muted] == [["kitchen", "menu"]]
        topics = [topic["name"] for topic in ok(client.get_stream_topics(place))["topics"]]
        assert "menu" in topics


def test_it_says_that_it_is_there_and_what_it_types(world: World) -> None:
    owner, member = world.owner, world.member
    with terminal(world) as ours:
        client, ok = ours.client, ours.ok
        shown = ok(client.update_presence({"status": "active", "ping_only": False, "new_user_input": True}))
        addresses = {person["user_id"]: person["email"] for person in ours.state["realm_users"]}
        assert shown["presences"][addresses[member.user_id]]["aggregated"]["status"] == "active"
        owner.post("/typing", op="start", to=[member.user_id])
        [typing] = ours.wait("typing")
        assert (typing["op"], typing["sender"]["user_id"]) == ("start", owner.user_id)
        owner.events()
        for op in ("start", "stop"):
            ok(client.set_typing_status({"to": [owner.user_id], "op": op}))
        told = [event["op"] for event in owner.events() if event["type"] == "typing"]
        assert told == ["start", "stop"]
