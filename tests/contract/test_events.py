"""Events read from recorded exchanges, and what is done with those that this release does not know."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from aloha.contract import events
from aloha.contract.events import (
    EVENT_KINDS,
    HeartbeatEvent,
    MessageEvent,
    StreamCreateEvent,
    StreamDeleteEvent,
    UnknownEvent,
    decode_event,
)

SAMPLES = Path(__file__).parents[3] / "shared" / "contract" / "samples"


def recorded_events() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(SAMPLES.glob("*.json")):
        for observer, seen in (json.loads(path.read_text()).get("events") or {}).items():
            for event in seen:
                yield f"{path.stem} ({observer})", event


def test_recorded_events_are_read_and_written_without_loss() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the recorded exchanges (../shared/contract/samples) are not here")
    count = 0
    for where, raw in recorded_events():
        event = decode_event(raw)
        assert not isinstance(event, UnknownEvent), (where, event)
        assert msgspec.to_builtins(event) == raw, where
        assert decode_event(json.dumps(raw).encode()) == event, where
        count += 1
    assert count > 100


def test_each_kind_is_keyed_by_what_its_struct_writes() -> None:
    for (type_, op), kind in EVENT_KINDS.items():
        assert kind.struct.__struct_config__.tag == type_ == kind.type
        fields = {field.name: field for field in msgspec.structs.fields(kind.struct)}
        assert (fields["op"].default if "op" in fields else None) == op == kind.op
        assert kind.struct.__name__ == camel(type_) + camel(op or "") + "Event"


def camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def test_every_kind_says_when_it_is_sent() -> None:
    own = [(kind.name, kind.struct.__dict__.get("__doc__")) for kind in EVENT_KINDS.values()]
    assert [name for name, doc in own if not doc] == []


def test_op_is_written_though_it_has_a_default() -> None:
    event = StreamDeleteEvent(id=3, stream_ids=[1])
    assert msgspec.to_builtins(event) == {"type": "stream", "id": 3, "op": "delete", "stream_ids": [1]}


def test_unknown_type_is_kept_whole() -> None:
    raw = {"type": "channel_folder", "op": "add", "id": 7, "channel_folder": {"id": 1}}
    expected = UnknownEvent(id=7, type="channel_folder", op="add", raw=raw, problem="unknown type or op")
    assert decode_event(raw) == expected
    assert decode_event(json.dumps(raw).encode()) == expected


def test_unknown_op_of_a_known_type_is_kept_whole() -> None:
    event = decode_event({"type": "stream", "op": "reorder", "id": 7, "order": [1]})
    assert isinstance(event, UnknownEvent)
    assert (event.type, event.op, event.raw["order"]) == ("stream", "reorder", [1])


def test_unknown_fields_are_dropped() -> None:
    assert decode_event({"type": "heartbeat", "id": 4, "of": {"a": 1}}) == HeartbeatEvent(id=4)


def test_known_event_of_an_unexpected_shape_is_kept_with_the_reason() -> None:
    raw = {"type": "stream", "op": "create", "id": 7, "streams": {"5": {}}}
    event = decode_event(raw)
    assert isinstance(event, UnknownEvent)
    assert event.raw == raw
    assert "$.streams" in event.problem


@pytest.mark.parametrize("raw", [{}, {"type": "message"}, {"id": 1}, {"id": "1", "type": "message"}])
def test_what_is_no_event_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode_event(raw)
    with pytest.raises(msgspec.ValidationError):
        decode_event(json.dumps(raw).encode())


def test_type_of_an_event_is_its_type_on_the_wire() -> None:
    assert StreamCreateEvent(id=1, streams=[]).type == "stream"
    assert decode_event({"type": "heartbeat", "id": 4}).type == "heartbeat"
    assert MessageEvent.__struct_config__.tag == "message"


def test_only_what_tells_of_a_moment_is_ephemeral() -> None:
    ephemeral = {kind.type for kind in EVENT_KINDS.values() if kind.ephemeral}
    assert ephemeral == {"heartbeat", "presence", "typing", "typing_edit_message"}


def test_public_names_are_sorted_and_hold_every_event() -> None:
    structs = {kind.struct.__name__ for kind in EVENT_KINDS.values()}
    assert structs <= set(events.__all__)
    assert all(hasattr(events, name) for name in events.__all__)
