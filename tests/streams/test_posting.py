"""Who may post in a stream and begin topics there."""

from typing import Any

import pytest
from tests.streams.kit import Office

from aloha.contract.endpoints._params import GroupSettingUpdate
from aloha.contract.errors import ApiError
from aloha_server.access.directory import render_content
from aloha_server.actions.messages import Outgoing, send_message


def post(office: Office, who: str, stream: str, topic: str = "lunch") -> int:
    def send(tx: Any, actor: Any) -> int:
        rendered = render_content(tx, "hi", actor)
        message = Outgoing(stream=stream, topic=topic, content="hi", rendered=rendered, client="t")
        return send_message(tx, actor, message).message_id

    return int(office.act(who, send))


def refused(office: Office, who: str, stream: str, topic: str = "lunch") -> str:
    head = office.head()
    with pytest.raises(ApiError) as error:
        post(office, who, stream, topic)
    assert office.head() == head
    return error.value.code


def limit(office: Office, stream: str, permission: str, group: str) -> None:
    office.update("admin", stream, **{permission: GroupSettingUpdate(new=office.groups[group])})


def test_a_bot_posts_on_its_owners_behalf(office: Office) -> None:
    office.subscribe("ann", "secret", invite_only=True)
    assert post(office, "bot", "secret")
    assert refused(office, "bob", "secret") == "STREAM_DOES_NOT_EXIST"
    office.unsubscribe("ann", "secret")
    assert refused(office, "bot", "secret") == "BAD_REQUEST", "ann only administers it now"


def test_only_those_post_whom_the_setting_admits(office: Office) -> None:
    office.subscribe("ann", "plans", people=["ann", "guest"])
    limit(office, "plans", "can_send_message_group", "role:members")
    assert refused(office, "guest", "plans") == "BAD_REQUEST"
    assert post(office, "bot", "plans")
    limit(office, "plans", "can_send_message_group", "role:administrators")
    assert refused(office, "ann", "plans") == "BAD_REQUEST"
    assert refused(office, "bot", "plans") == "BAD_REQUEST"
    assert post(office, "admin", "plans")
    office.check()


def test_new_topics_take_their_own_permission(office: Office) -> None:
    office.subscribe("ann", "plans")
    post(office, "ann", "plans", "lunch")
    limit(office, "plans", "can_create_topics_group", "role:administrators")
    assert post(office, "bob", "plans", "LUNCH")
    assert refused(office, "bob", "plans", "tea") == "BAD_REQUEST"
    assert post(office, "admin", "plans", "tea")
    assert post(office, "bob", "plans", "tea")


def test_administrators_know_of_a_private_stream_and_do_not_post_there(office: Office) -> None:
    office.subscribe("ann", "secret", invite_only=True)
    assert refused(office, "admin", "secret") == "BAD_REQUEST"


def test_nobody_posts_in_the_archive(office: Office) -> None:
    office.subscribe("ann", "plans")
    office.archive("ann", "plans")
    assert refused(office, "ann", "plans") == "BAD_REQUEST"


def test_a_waiting_period_keeps_new_members_from_posting(office: Office) -> None:
    office.subscribe("ann", "plans")
    limit(office, "plans", "can_send_message_group", "role:fullmembers")
    assert post(office, "bob", "plans")
    office.set_realm(waiting_period_threshold=3)
    assert refused(office, "bob", "plans") == "BAD_REQUEST"
    assert post(office, "admin", "plans")
    office.check()
