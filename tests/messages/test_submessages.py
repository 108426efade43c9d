"""Polls and to-do lists: what makes a message one, who may do what in it, who hears of it."""

import json
from typing import Any

import pytest
from tests.messages.kit import Desk

from aloha.contract.errors import ApiError
from aloha_server.access.widgets import check_step, widget_of
from aloha_server.actions import submessages

POLL = "/poll lunch?\npizza\n- sushi\n\n* "
FIRST = {"widget_type": "poll", "extra_data": {"question": "lunch?", "options": ["pizza", "sushi"]}}
VOTE = {"type": "vote", "key": "canned,0", "vote": 1}


@pytest.mark.parametrize(
    ("content", "extra"),
    [
        (POLL, FIRST["extra_data"]),
        ("/poll", {"question": "", "options": []}),
        ("/poll\na", {"question": "", "options": ["a"]}),
        ("/todo", {"task_list_title": "", "tasks": []}),
        (
            "/todo  Trip \n- pack: warm things\nrun",
            {
                "task_list_title": "Trip",
                "tasks": [{"task": "pack", "desc": "warm things"}, {"task": "run", "desc": ""}],
            },
        ),
    ],
)
def test_a_command_makes_a_widget(content: str, extra: dict[str, Any]) -> None:
    widget = widget_of(content)
    assert widget is not None
    assert json.loads(widget) == {"widget_type": content[1:5], "extra_data": extra}


@pytest.mark.parametrize("content", ["poll", "/polls x", " /poll", "/pol", "hi /poll", "/me polls", "/Poll"])
def test_other_texts_make_none(content: str) -> None:
    assert widget_of(content) is None


STEPS: dict[str, list[dict[str, Any]]] = {
    "poll": [VOTE, {**VOTE, "vote": -1}, {"type": "new_option", "option": "soup", "idx": 3}],
    "todo": [
        {"type": "new_task", "key": 1, "task": "run", "desc": "", "completed": False},
        {"type": "strike", "key": "0,canned"},
    ],
}
OWN = {"poll": {"type": "question", "question": "?"}, "todo": {"type": "new_task_list_title", "title": "!"}}


def test_steps_are_those_of_the_widget() -> None:
    for kind, other in (("poll", "todo"), ("todo", "poll")):
        first = json.dumps({"widget_type": kind})
        for step in STEPS[kind]:
            check_step(first, json.dumps(step), is_author=False)
        check_step(first, json.dumps(OWN[kind]), is_author=True)
        wrong: list[Any] = [
            *STEPS[other],
            OWN[kind],
            {**STEPS[kind][0], "more": 1},
            {"type": "x"},
            {},
            [],
            "vote",
            None,
        ]
        for text in [*map(json.dumps, wrong), "{", "[" * 9000 + "]" * 9000]:
            with pytest.raises(ApiError):
                check_step(first, text, is_author=False)
    for vote in (0, 2, "1", None):
        with pytest.raises(ApiError):
            check_step(json.dumps(FIRST), json.dumps({**VOTE, "vote": vote}), is_author=True)
    check_step('{"widget_type": "zform"}', '{"any": "thing"}', is_author=False)
    check_step("[]", '{"any": "thing"}', is_author=False)


def test_a_poll_comes_with_its_first_submessage_and_every_step_is_told(desk: Desk) -> None:
    desk.skip_readers()
    sent = desk.send("ann", "general", "lunch", POLL)
    [message] = [event["message"] for event in desk.readers["legacy"].events() if event["type"] == "message"]
    [first] = message["submessages"]
    assert json.loads(first.pop("content")) == FIRST
    ann = desk.ids["ann"]
    assert first == {"id": first["id"], "message_id": sent, "sender_id": ann, "msg_type": "widget"}
    desk.skip_readers()
    desk.step("guest", sent, **VOTE)
    [event] = desk.readers["bob"].events()
    assert json.loads(event.pop("content")) == VOTE
    assert event == {
        "id": event["id"],
        "type": "submessage",
        "msg_type": "widget",
        "message_id": sent,
        "submessage_id": first["id"] + 1,
        "sender_id": desk.ids["guest"],
    }
    assert desk.readers["visitor"].events() == []
    [shown] = desk.show("bob", sent)
    assert [step.sender_id for step in shown.submessages] == [ann, desk.ids["guest"]]
    desk.check()


def test_only_who_sent_a_message_makes_it_a_widget(desk: Desk) -> None:
    plain, hidden = desk.send("ann", "general"), desk.send("ann", "secret", "x", "/poll")
    head = desk.head()
    for who, message_id, match in (
        ("bob", plain, "cannot attach"),
        ("guest", hidden, r"Invalid message\(s\)"),
        ("bob", 99999, r"Invalid message\(s\)"),
    ):
        with pytest.raises(ApiError, match=match):
            desk.step(who, message_id, **VOTE)
    assert desk.head() == head
    desk.step("ann", plain, widget_type="zform")
    desk.step("bob", plain, any="thing")
    assert len(desk.show("bob", plain)[0].submessages) == 2


def test_a_widget_is_not_edited_but_moved_and_deleted(desk: Desk) -> None:
    sent = desk.send("ann", "general", "lunch", POLL)
    with pytest.raises(ApiError, match="Widgets"):
        desk.edit("ann", sent, "no poll")
    desk.edit("ann", sent, topic="dinner")
    desk.delete("owner", sent)
    assert desk.store.read(1, lambda tx: tx.value("select count(*) from submessage")) == 0


def test_steps_are_bounded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submessages, "SUBMESSAGES_MAX", 2)
    sent = desk.send("ann", "general", "lunch", POLL)
    desk.step("bob", sent, **VOTE)
    with pytest.raises(ApiError, match="at most 2"):
        desk.step("bob", sent, **VOTE)
