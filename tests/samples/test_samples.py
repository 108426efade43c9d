"""The recorded exchanges of `../shared/contract/samples`, replayed: same status, code and shape of answer, and for
every observer the same events in the same order with the same shapes. What differs on purpose stands in `ON_PURPOSE`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.samples.purpose import NO_REPLAY, ON_PURPOSE
from tests.samples.scenes import SCENES
from tests.samples.shape import differences
from tests.samples.stage import Names, Stage, run_stage
from tests.world import MODERN

FOLDER = Path(__file__).parents[3] / "shared" / "contract" / "samples"
if not FOLDER.is_dir():
    pytest.skip("the recorded exchanges (../shared/contract/samples) are not here", allow_module_level=True)

SAMPLES: dict[str, dict[str, Any]] = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with run_stage(tmp_path_factory.mktemp("stage") / "var") as stage:
        yield stage


@pytest.mark.parametrize("name", [name for name in SAMPLES if name not in NO_REPLAY])
def test_sample_has_the_same_answer_and_events(stage: Stage, name: str) -> None:
    sample = SAMPLES[name]
    names = SCENES[name](stage) if name in SCENES else {}
    queues = stage.watch()
    status, body = stage.perform(whole(sample["request"]), names)
    expected_events = sample.get("events") or {}
    body, events = restore([body, stage.events(queues, expected_events)], names)
    found = [] if status == sample["status"] else [f"status: {status}, not {sample['status']}: {body}"]
    found += differences({**sample["body"], "msg": ""}, {**body, "msg": ""}, "body")
    found += compare_events(expected_events, events)
    expected = ON_PURPOSE.get(name, {})
    surprising = [problem for problem in found if not any(problem.startswith(place) for place in expected)]
    assert surprising == [], "\n".join(surprising)
    unneeded = [place for place in expected if not any(problem.startswith(place) for problem in found)]
    assert unneeded == [], f"no longer differs: {unneeded}"


def test_too_many_requests_are_answered_as_recorded(tmp_path: Path) -> None:
    sample = SAMPLES["err_rate_limit"]
    with run_stage(tmp_path / "var", rate_limit_requests=60) as stage:
        for _ in range(60):
            stage.prospero.request("GET", "/users/me/alert_words")
        status, headers, body = stage.prospero.request("GET", "/users/me/alert_words")
    assert status == sample["status"]
    assert differences(sample["body"], {**body, "msg": ""}, "body") == ["body.msg: not recorded"]
    assert {name.lower() for name in sample["headers"]} <= {name.lower() for name in headers}


def test_every_listed_difference_and_scene_is_of_a_sample() -> None:
    assert {*ON_PURPOSE, *NO_REPLAY, *SCENES} <= SAMPLES.keys()


def restore(ours: Any, names: Names) -> Any:
    """Ours with the recorded words in place of those that the scene gave."""
    text = json.dumps(ours)
    for word, name in names.items():
        if isinstance(name, str):
            text = text.replace(json.dumps(name)[1:-1], json.dumps(word)[1:-1])
    return json.loads(text)


def whole(request: dict[str, Any]) -> dict[str, Any]:
    """The recording cut long parameters; these are the ones that it cut."""
    params = dict(request.get("params") or {})
    if "client_capabilities" in params:
        params["client_capabilities"] = json.dumps(MODERN)
    if "subscription_data" in params:
        values = {"color": "#f00f00", "pin_to_top": True, "is_muted": True}
        data = [{"stream_id": 30, "property": name, "value": value} for name, value in values.items()]
        params["subscription_data"] = json.dumps(data)
    if request["path"] == "/drafts" and request["method"] == "POST":
        kinds = [("stream", 11, "dt", "draft"), ("private", 26, "", "pd")]
        drafts = [
            {"type": type_, "to": [to], "topic": topic, "content": content, "timestamp": 1700000000}
            for type_, to, topic, content in kinds
        ]
        params["drafts"] = json.dumps(drafts)
    return {**request, "params": params}


def compare_events(theirs: dict[str, Any], ours: dict[str, Any]) -> list[str]:
    found = []
    for observer in sorted(theirs.keys() | ours.keys()):
        recorded, seen = theirs.get(observer, []), ours.get(observer, [])
        if kinds(recorded) != kinds(seen):
            found.append(f"{observer}: {kinds(seen)}, not {kinds(recorded)}")
            continue
        for one, other in zip(recorded, seen, strict=True):
            found += differences(one, other, f"{observer}.{kinds([one])[0]}")
    return found


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [f"{event['type']}/{event['op']}" if "op" in event else event["type"] for event in events]
