"""Whether an answer or event of ours has the shape of a recorded one.

Ids, times, names and URLs differ from server to server; what a client's code branches on does not. So objects have
the same fields, values the same kind, and in events what stands in `EXACT` and `TEXTS` is the same; in answers only
`result` and `code` are, because what they list depends on all that was written before. Null goes with everything:
whether a value is known depends on that, too. Of lists that the recording cut, the first items are compared.
"""

import re
from typing import Any

# Fields whose values are words of the wire.
EXACT = frozenset(
    {
        "all", "code", "content_type", "default_language", "emoji_code", "emoji_name", "emojiset", "flag", "flags",
        "is_active", "is_me_message", "message_type", "msg_type", "op", "operation", "property", "propagate_mode",
        "reaction_type", "rendering_only", "result", "setting_name", "notification_name", "status", "subject", "type",
        "visibility_policy", "enable_sounds",
    }
)  # fmt: skip
# Texts that are compared whole, their numbers apart, unless the recording cut them. Notices are ours to write.
TEXTS = frozenset({"content", "rendered_content", "rendered"})
# Objects whose keys are data: any of theirs goes with any of ours.
MAPS = frozenset(
    {"authentication_methods", "presences", "realm_authentication_methods", "realm_default_external_accounts"}
    | {f"server_supported_permission_settings.{kind}" for kind in ("realm", "stream", "group")}
)
# Beyond the recorded feature level.
EXTRA = frozenset(
    {"aloha_version", "aloha_feature_level", "last_event_id", "ignored_parameters_unsupported", "reminders"}
)
# There or not as it happens: once a message was edited or moved; once somebody was active or idle.
AS_IT_HAPPENS = {
    "body.messages": frozenset({"edit_history", "last_edit_timestamp", "last_moved_timestamp"}),
    "body.presences.<key>": frozenset({"active_timestamp", "idle_timestamp"}),
}
CUT = "..."


def differences(theirs: Any, ours: Any, path: str = "") -> list[str]:
    """Where ours differs from the recorded one, as `path: what`."""
    if theirs is None or ours is None:
        return []
    if isinstance(theirs, dict) and isinstance(ours, dict):
        return _objects(theirs, ours, path)
    if isinstance(theirs, list) and isinstance(ours, list):
        return _lists(theirs, ours, path)
    name = path.rpartition(".")[2]
    if name.endswith("_group"):
        return []  # a group's id or its members
    if _kind(theirs) != _kind(ours):
        return [f"{path}: {_kind(ours)}, not {_kind(theirs)}"]
    if _is_exact(path, name) and not _same_word(theirs, ours):
        return [f"{path}: {ours!r}, not {theirs!r}"]
    if name in TEXTS and not path.startswith("body.") and not _same_text(theirs, ours):
        return [f"{path}: {ours!r}, not {theirs!r}"]
    return []


def _objects(theirs: dict[str, Any], ours: dict[str, Any], path: str) -> list[str]:
    if _is_map(theirs, path) or _is_map(ours, path):
        pairs = list(zip(theirs.values(), ours.values(), strict=False))[:1]
        return [problem for one, other in pairs for problem in differences(one, other, f"{path}.<key>")]
    may_differ = EXTRA | AS_IT_HAPPENS.get(path, frozenset())
    found = [f"{path}.{name}: missing" for name in sorted(theirs.keys() - ours.keys() - may_differ)]
    found += [f"{path}.{name}: not recorded" for name in sorted(ours.keys() - theirs.keys() - may_differ)]
    skipped = TEXTS if ours.get("client") == "Internal" else frozenset[str]()
    for name in sorted((theirs.keys() & ours.keys()) - skipped):
        found += differences(theirs[name], ours[name], f"{path}.{name}")
    return found


def _lists(theirs: list[Any], ours: list[Any], path: str) -> list[str]:
    if _is_exact(path, path.rpartition(".")[2]):
        theirs, ours = [[item for item in items if item != "read"] for items in (theirs, ours)]
        return [] if theirs == ours else [f"{path}: {ours!r}, not {theirs!r}"]
    if not theirs or not ours:
        return []
    pairs = [pair for pair in zip(theirs, ours, strict=False) if _type(pair[0]) == _type(pair[1])]
    found = [problem for one, other in pairs for problem in differences(one, other, path)]
    return list(dict.fromkeys(found))


def _type(item: Any) -> Any:
    return item.get("type") if isinstance(item, dict) else None


def _is_exact(path: str, name: str) -> bool:
    return name in EXACT if not path.startswith("body.") else path in ("body.result", "body.code")


def _is_map(value: dict[str, Any], path: str) -> bool:
    if path.endswith(tuple(MAPS)):
        return True
    return bool(value) and all(name.isdecimal() for name in value)


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else type(value).__name__


def _same_word(theirs: Any, ours: Any) -> bool:
    """Ids in the form of text differ."""
    return bool(theirs == ours) or (str(theirs).isdecimal() and str(ours).isdecimal() and isinstance(theirs, str))


def _same_text(theirs: str, ours: str) -> bool:
    theirs, ours = (re.sub(r"\d+", "0", text) for text in (theirs, ours))
    if theirs.endswith(CUT):
        return ours.startswith(theirs.removesuffix(CUT))
    return theirs == ours
