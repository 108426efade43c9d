"""Where answers and events differ from the recorded ones on purpose, each with its reason.

`ON_PURPOSE` maps a sample to the beginnings of what `differences` prints. `NO_REPLAY` are samples that no replay can
show, with what shows the same.
"""

NO_REPLAY: dict[str, str] = {
    "err_rate_limit": "test_too_many_requests_are_answered_as_recorded, with a lower limit",
    "heartbeat": "takes 45 s; tests/api/test_event_polls.py turns the clock",
    "err_404_endpoint": "an HTML page there; here the envelope with NOT_FOUND, as the contract's README asks",
    "err_wrong_subdomain": "its request was for another organization's host; tests/http/test_edge_names.py",
}

FUTURE = {
    "body.code": "an id that never was ends the queue here, where the reference lets the client ask again for ever",
    "body.queue_id": "BAD_EVENT_QUEUE_ID names the queue",
}
# Nothing that a client can see changes without an event (G4); the reference sends none for this field.
FIRST_MESSAGE = dict.fromkeys(("cordelia", "hamlet", "iago", "owner"), "stream/update tells of first_message_id")
# The older name stands for either of the two newer flags, as is documented; the reference leaves it out at times.
WILDCARD = {
    f"{observer}.message.flags": "wildcard_mentioned is there"
    for observer in ("cordelia", "hamlet", "hamlet_legacy", "hamlet_narrow", "iago", "iago_allpublic")
}
REGISTER = {"body.can_subscribe_other_users": "register.yaml lists it, the recording lacks it"}
# Their initial state has none either: a client without the capability is told of none.
LINKIFIERS = {"hamlet_legacy": "linkifiers go to clients that know URL templates"}
# Nothing carries the file any more: what GET /attachments answers has changed.
DETACHED = dict.fromkeys(("hamlet", "hamlet_legacy"), "attachment/update tells of it")
ON_PURPOSE: dict[str, dict[str, str]] = {
    "err_events_last_event_id_future": FUTURE,
    "err_events_last_event_id_pruned": FUTURE,
    "err_long_message_ok_truncated": {"hamlet": "the recording kept no events of it"},
    "linkifier_add": LINKIFIERS,
    "linkifier_remove": LINKIFIERS,
    "message_wildcard_mention": WILDCARD,
    "stream_create_public": FIRST_MESSAGE,
    "update_message_remove_attachment": DETACHED,
} | {
    f"register_{name}": REGISTER
    for name in ("default_no_capabilities", "fetch_event_types", "full_guest", "full_member")
}
