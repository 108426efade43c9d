"""Mentions of groups: whom they mean, and who may mention which."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.messages.kit import Desk

from aloha.contract.errors import ApiError
from aloha.contract.objects import GroupSettingMembers
from aloha_server.actions.group_members import change_members
from aloha_server.actions.user_groups import NewGroup, create_group, deactivate_group
from aloha_server.store import Store


@pytest.fixture
def desk(open_store: Callable[[], Store], tmp_path: Path) -> Desk:
    desk = Desk(open_store(), tmp_path)
    desk.subscribe("ann", "kitchen", people=["ann", "bob", "guest", "bot"])
    return desk


def make(desk: Desk, name: str, *members: str, **more: Any) -> int:
    new = NewGroup(name=name, members=[desk.ids[member] for member in members], **more)
    return int(desk.act("owner", lambda tx, actor: create_group(tx, actor, new)))


def test_a_mention_flags_the_members_who_receive_the_message(desk: Desk) -> None:
    """However deep in the group; not who does not get it."""
    inner = make(desk, "Inner", "guest", "visitor", subgroups=[desk.groups["role:administrators"]])
    group_id = make(desk, "Cooks", "ann", "admin", subgroups=[inner])
    desk.subscribe("owner", "kitchen", people=["owner"])
    desk.start()
    message_id = desk.send("ann", "kitchen", content="hey @*cooks*, @_*Inner* and @*none*")
    [shown] = desk.show("bob", message_id)
    assert f'<span class="user-group-mention" data-user-group-id="{group_id}">@Cooks</span>' in shown.content
    assert f'<span class="user-group-mention silent" data-user-group-id="{inner}">Inner</span>' in shown.content
    assert "@<em>none</em>" in shown.content
    mentioned = {name for name in desk.ids if name != "visitor" and "mentioned" in desk.flags(name, message_id)}
    assert mentioned == {"ann", "guest", "owner"}
    [event] = [event for event in desk.readers["guest"].events() if event["type"] == "message"]
    assert event["flags"] == ["mentioned"]
    desk.check()
    assert desk.find("guest", ("is", "mentioned")) == [message_id]
    direct = desk.write("bob", "guest", "ann", content="@*Inner*")
    assert desk.flags("guest", direct) == ["mentioned"]
    assert desk.flags("ann", direct) == []
    desk.check()


def test_an_edit_mentions_who_is_in_the_group_then(desk: Desk) -> None:
    group_id = make(desk, "cooks", "guest")
    message_id = desk.send("ann", "kitchen", content="hey")
    desk.act(
        "owner",
        lambda tx, actor: change_members(
            tx, actor, group_id, add=[desk.ids["bob"], desk.ids["visitor"]], remove=[desk.ids["guest"]]
        ),
    )
    desk.edit("ann", message_id, "hey @*cooks*")
    assert {name for name in ("bob", "guest") if "mentioned" in desk.flags(name, message_id)} == {"bob"}
    desk.check()
    desk.edit("ann", message_id, "hey @_*cooks*")
    assert "mentioned" not in desk.flags("bob", message_id)
    desk.check()


def test_who_may_not_mention_a_group_is_refused_unless_silent(desk: Desk) -> None:
    bob_alone = GroupSettingMembers(direct_members=[desk.ids["bob"]], direct_subgroups=[])
    make(desk, "cooks", "guest", settings={"can_mention_group": bob_alone})
    head = desk.head()
    for content in ("@*cooks*", "@*role:members*"):
        with pytest.raises(ApiError, match="not allowed to mention"):
            desk.send("ann", "kitchen", content=content)
        with pytest.raises(ApiError, match="not allowed to mention"):
            desk.write("ann", "bob", content=content)
    assert desk.head() == head
    desk.send("bob", "kitchen", content="@*cooks*")
    for content in ("@_*cooks*", "@_*role:members*", "`@*cooks*`", "> @*cooks*"):
        desk.send("ann", "kitchen", content=content)
    message_id = desk.send("ann", "kitchen", content="hey")
    with pytest.raises(ApiError, match="not allowed to mention"):
        desk.edit("ann", message_id, "@*cooks*")
    assert desk.show("ann", message_id, apply_markdown=False)[0].content == "hey"


def test_a_deactivated_group_is_text(desk: Desk) -> None:
    group_id = make(desk, "cooks", "guest")
    desk.act("owner", lambda tx, actor: deactivate_group(tx, actor, group_id))
    message_id = desk.send("ann", "kitchen", content="@*cooks*")
    assert desk.flags("guest", message_id) == []
    assert "user-group-mention" not in desk.show("ann", message_id)[0].content
