"""What of the wire's facts is missing, as `scripts/contract` finds it: a list that only gets shorter."""

import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

MISSING = {
    "endpoints": {
        # Phones are not woken yet, organizations are not exported, and no BigBlueButton server is asked for rooms.
        "DELETE /users/me/android_gcm_reg_id",
        "DELETE /users/me/apns_device_token",
        "GET /calls/bigbluebutton/create",
        "GET /export/realm",
        "GET /export/realm/consents",
        "POST /export/realm",
        "POST /mobile_push/test_notification",
        "POST /users/me/android_gcm_reg_id",
        "POST /users/me/apns_device_token",
    },
    "event kinds": {
        "has_zoom_token",
        "realm_bot / remove",  # a bot that is deactivated is told as an update, as the recordings show
        "realm_export",
        "realm_filters",  # the old form of linkifiers is always empty
        "web_reload_client",
    },
    "register fields": {
        "always.receives_typing_notifications",  # no recording has it; it stands in user_settings
        "realm.demo_organization_scheduled_deletion_date",  # of organizations that end by themselves
    },
}


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    found = runpy.run_path(str(ROOT / "scripts" / "contract"))
    if not found["FACTS"].is_dir():
        pytest.skip("../shared/contract is not here: nothing to compare with")
    return found


def test_what_is_missing_of_the_facts_only_gets_less(script: dict[str, Any]) -> None:
    found = script["summary"]()
    assert {name: set(one["missing"]) for name, one in found.items()} == MISSING
    assert [difference for one in found.values() for difference in one["different"]] == []
