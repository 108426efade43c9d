"""Polls and to-do lists: messages that begin with `/poll` or `/todo`, and what may be done in one.

The first submessage of a widget says what it is; each later one is a step, JSON that the clients put together. Nothing
here asks the database.
"""

import json
import re
from typing import Any, Literal

import msgspec

from aloha.contract.errors import ApiError

_COMMAND = re.compile(r"/(poll|todo)(?!\S)")
_BULLET = re.compile(r"^[-*]?\s*")
_UNKNOWN = "Invalid json for submessage"


class _Step(msgspec.Struct, frozen=True, tag_field="type", forbid_unknown_fields=True):
    """What somebody does in a widget."""


class Vote(_Step, frozen=True, tag="vote"):
    key: str
    vote: Literal[1, -1]


class Question(_Step, frozen=True, tag="question"):
    question: str


class NewOption(_Step, frozen=True, tag="new_option"):
    option: str
    idx: int


class NewTask(_Step, frozen=True, tag="new_task"):
    key: int
    task: str
    desc: str
    completed: bool


class Strike(_Step, frozen=True, tag="strike"):
    key: str


class NewTitle(_Step, frozen=True, tag="new_task_list_title"):
    title: str


class _Widget(msgspec.Struct, frozen=True):
    widget_type: str = ""


STEPS: dict[str, Any] = {"poll": Vote | Question | NewOption, "todo": NewTask | Strike | NewTitle}
AUTHORS_OWN = (Question, NewTitle)


def widget_of(content: str) -> str | None:
    """The first submessage of a message with this text; None where it is no widget."""
    found = _COMMAND.match(content)
    if found is None:
        return None
    head, *lines = content[found.end() :].splitlines() or [""]
    items = [item for line in lines if (item := _BULLET.sub("", line.strip()))]
    extra: dict[str, Any]
    if found[1] == "poll":
        extra = {"question": head.strip(), "options": items}
    else:
        extra = {"task_list_title": head.strip(), "tasks": [_task(item) for item in items]}
    return json.dumps({"widget_type": found[1], "extra_data": extra})


def check_step(first: str, content: str, *, is_author: bool) -> None:
    """Whether a step fits the widget that `first` made. Raises ApiError."""
    kind = STEPS.get(_widget_type(first), Any)
    try:
        step = msgspec.json.decode(content, type=kind)
    except msgspec.ValidationError as error:
        raise ApiError(f"Invalid submessage: {error}") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise ApiError(_UNKNOWN) from error
    if isinstance(step, AUTHORS_OWN) and not is_author:
        raise ApiError("Only who sent the widget changes its title.")


def check_json(content: str) -> None:
    """Of a first submessage, whose form is its author's own."""
    try:
        msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ApiError(_UNKNOWN) from error


def _widget_type(first: str) -> str:
    try:
        return msgspec.json.decode(first, type=_Widget).widget_type
    except msgspec.ValidationError:  # a widget of a kind that only its clients know
        return ""


def _task(item: str) -> dict[str, str]:
    """A task, and what is said of it after a colon."""
    task, _, more = item.partition(":")
    return {"task": task.strip(), "desc": more.strip()}
