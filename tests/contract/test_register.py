"""The register result read from recorded exchanges, its sections, and the client's capabilities."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import UNSET

from aloha.contract.register import SECTIONS, ClientCapabilities, RegisterResult

SAMPLES = Path(__file__).parents[3] / "shared" / "contract" / "samples"


@pytest.mark.parametrize(
    "name",
    [
        "all_public_streams_messages_only",
        "default_no_capabilities",
        "fetch_event_types",
        "full_guest",
        "full_member",
    ],
)
def test_recorded_state_is_read_and_written_without_loss(name: str) -> None:
    path = SAMPLES / f"register_{name}.json"
    if not path.is_file():
        pytest.skip("the recorded exchanges (../shared/contract/samples) are not here")
    body: dict[str, Any] = json.loads(path.read_text())["body"]
    del body["result"], body["msg"]
    assert msgspec.to_builtins(msgspec.convert(body, RegisterResult)) == body
    assert msgspec.json.decode(json.dumps(body).encode(), type=RegisterResult) == msgspec.convert(body, RegisterResult)


def test_a_queue_without_state_is_small() -> None:
    result = RegisterResult(
        queue_id="q", last_event_id=-1, zulip_version="10.2", zulip_feature_level=372, zulip_merge_base=""
    )
    assert msgspec.to_builtins(result) == {
        "queue_id": "q",
        "last_event_id": -1,
        "zulip_version": "10.2",
        "zulip_feature_level": 372,
        "zulip_merge_base": "",
    }
    assert result.realm_users is UNSET


def test_every_field_is_in_one_section_or_always_there() -> None:
    names = [name for section in SECTIONS.values() for name in section]
    assert len(names) == len(set(names))
    assert {field.name for field in msgspec.structs.fields(RegisterResult)} - set(names) == {
        "aloha_feature_level",
        "aloha_version",
        "last_event_id",
        "queue_id",
        "receives_typing_notifications",
        "zulip_feature_level",
        "zulip_merge_base",
        "zulip_version",
    }


def test_capabilities_default_to_none() -> None:
    capabilities = ClientCapabilities()
    assert not any(getattr(capabilities, field.name) for field in msgspec.structs.fields(ClientCapabilities))


def test_unknown_capabilities_are_tolerated() -> None:
    raw = {"bulk_message_deletion": True, "individual_emoji_changes": True}
    assert msgspec.convert(raw, ClientCapabilities) == ClientCapabilities(bulk_message_deletion=True)
