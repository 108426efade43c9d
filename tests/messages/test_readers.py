"""Who has read a message, and who is told."""

import json
from typing import Any

import pytest
from tests.messages.kit import Desk
from tests.messages.test_api import call
from tests.people.test_costs import count_statements

from aloha.contract.endpoints.reading import GetReadReceipts
from aloha.contract.errors import ApiError
from aloha_server.access.read_state import mark_all_read, mark_read
from aloha_server.access.users import acting_user
from aloha_server.actions.muting import mute_user
from aloha_server.api import history

SETTINGS = "update realm set settings = :settings where realm_id = :realm_id"
PERSONAL = "update account set settings = :settings where realm_id = :realm_id and user_id = :user_id"
DEFAULTS = "update realm set user_defaults = :defaults where realm_id = :realm_id"


def readers(desk: Desk, who: str, message_id: int) -> list[str]:
    names = {user_id: name for name, user_id in desk.ids.items()}
    answer = call(desk, who, history.get_readers, GetReadReceipts(message_id=message_id))
    return sorted(names[user_id] for user_id in answer["user_ids"])


def write(desk: Desk, sql: str, **parameters: Any) -> None:
    desk.store.write(1, lambda tx: tx.execute(sql, **parameters))


def test_readers_are_those_whom_it_reached_and_who_marked_it(desk: Desk) -> None:
    sent, direct = desk.send("ann", "general"), desk.write("ann", "bob", "owner")
    assert readers(desk, "ann", sent) == readers(desk, "ann", direct) == []
    desk.flag("bob", "add", "read", sent, direct)
    desk.store.write(1, lambda tx: mark_all_read(tx, desk.ids["admin"]))  # by the floor, without a mark
    desk.store.write(1, lambda tx: mark_read(tx, desk.ids["visitor"], [sent]))  # whom it did not reach
    assert readers(desk, "bob", sent) == ["admin", "bob"]
    assert readers(desk, "ann", direct) == ["bob"]
    desk.flag("bob", "remove", "read", sent)
    assert readers(desk, "guest", sent) == ["admin"]
    with pytest.raises(ApiError, match=r"Invalid message\(s\)"):
        readers(desk, "visitor", sent)
    desk.subscribe("owner", "general", people=["visitor"])
    assert readers(desk, "ann", sent) == ["admin"]  # who came later did not receive it


def test_who_keeps_it_to_themselves_is_not_named(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    for name in ("bob", "owner", "admin"):
        desk.flag(name, "add", "read", sent)
    hides, shows = (json.dumps({"send_read_receipts": value}) for value in (False, True))
    write(desk, PERSONAL, user_id=desk.ids["bob"], settings=hides)
    assert readers(desk, "ann", sent) == ["admin", "owner"]
    write(desk, DEFAULTS, defaults=hides)
    write(desk, PERSONAL, user_id=desk.ids["owner"], settings=shows)
    assert readers(desk, "ann", sent) == ["owner"]
    write(desk, SETTINGS, settings=json.dumps({"enable_read_receipts": False}))
    with pytest.raises(ApiError, match="disabled"):
        readers(desk, "ann", sent)


def test_muting_sets_readers_apart_in_either_direction(desk: Desk) -> None:
    sent = desk.send("ann", "general")
    for name in ("bob", "owner", "admin"):
        desk.flag(name, "add", "read", sent)
    desk.act("bob", lambda tx, actor: mute_user(tx, actor, acting_user(tx, desk.ids["owner"])))
    assert readers(desk, "owner", sent) == ["admin", "owner"]  # not bob, who mutes the one who asks
    assert readers(desk, "bob", sent) == ["admin", "bob"]  # not whom bob mutes
    assert readers(desk, "admin", sent) == ["admin", "bob", "owner"]
    desk.act("admin", lambda tx, actor: mute_user(tx, actor, acting_user(tx, desk.ids["ann"])))
    assert readers(desk, "bob", sent) == ["bob"]  # what its sender's muters have read tells nobody anything


def test_readers_take_as_many_statements_for_many_as_for_few(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = desk.send("ann", "general")
    few = count_statements(monkeypatch, lambda: readers(desk, "ann", sent))
    for name in ("bob", "owner", "admin", "guest", "bot"):
        desk.flag(name, "add", "read", sent)
    assert count_statements(monkeypatch, lambda: readers(desk, "ann", sent)) == few
    assert len(readers(desk, "ann", sent)) == 5
