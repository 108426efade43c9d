"""Linkifiers and playgrounds over the API: who changes them, who is told, and the links of topics."""

from typing import Any

import pytest
from tests.world import MODERN, Person, World

from aloha.contract.errors import ApiError
from aloha.replica import Replica

PATTERN, TEMPLATE = "#(?P<id>[0-9]+)", "https://bugs.example.com/ticket/{id}"
LEGACY = {name: known for name, known in MODERN.items() if name != "linkifier_url_template"}


def refused(person: Person, method: str, path: str, **params: Any) -> tuple[str, str]:
    with pytest.raises(ApiError) as error:
        person.call(method, path, **params)
    return error.value.code, error.value.msg


def add(person: Person, pattern: str = PATTERN, url_template: str = TEMPLATE) -> int:
    return int(person.post("/realm/filters", pattern=pattern, url_template=url_template)["id"])


def test_everybody_is_told_of_every_change_of_the_linkifiers(world: World) -> None:
    legacy = Replica(world.member.register(client_capabilities=LEGACY))
    first = add(world.admin)
    second = add(world.owner, "GH(?P<n>[0-9]+)", "https://git.example.com/{n}")
    rule = {"id": first, "pattern": PATTERN, "url_template": TEMPLATE}
    other = {"id": second, "pattern": "GH(?P<n>[0-9]+)", "url_template": "https://git.example.com/{n}"}
    for person in world.people.values():
        assert [event["realm_linkifiers"] for event in person.events()] == [[rule], [rule, other]]
    world.admin.patch("/realm/linkifiers", ordered_linkifier_ids=[second, first])
    assert world.guest.get("/realm/linkifiers")["linkifiers"] == [other, rule]
    world.check()
    world.admin.patch(f"/realm/filters/{first}", pattern="T(?P<id>[0-9]+)", url_template=TEMPLATE)
    world.check()
    world.admin.delete(f"/realm/filters/{second}")
    world.check()
    assert world.guest.replica.state["realm_linkifiers"] == [{**rule, "pattern": "T(?P<id>[0-9]+)"}]
    head = world.head()
    world.admin.patch(f"/realm/filters/{first}", pattern="T(?P<id>[0-9]+)", url_template=TEMPLATE)
    world.admin.patch("/realm/linkifiers", ordered_linkifier_ids=[first])
    assert world.head() == head, "what changes nothing is not told"
    # Without the capability there are none, and no events of them.
    assert legacy.state["realm_linkifiers"] == legacy.state["realm_filters"] == []
    events = world.member.poll(legacy.queue_id, legacy.position)
    assert [event["type"] for event in events if event["type"].startswith("realm_")] == []
    assert world.member.register(client_capabilities=LEGACY)["realm_linkifiers"] == []


def test_what_is_no_linkifier_is_refused_and_changes_nothing(world: World) -> None:
    linkifier_id = add(world.admin)
    head = world.head()
    bad = [
        ("", TEMPLATE, "characters"),
        ("x" * 501, TEMPLATE, "characters"),
        ("#(?P<id>[0-9]+", TEMPLATE, "regular expression"),
        ("#(?P<id>[0-9])(?=x)", TEMPLATE, "regular expression"),
        ("a)(?P<id>b", TEMPLATE, "regular expression"),
        ("#(?P<id>[0-9]+)", "https://x.org/{id", "URL template"),
        ("#(?P<id>[0-9]+)", "https://x.org/{id}" + "x" * 2000, "URL template"),
        ("#(?P<id>[0-9]+)", "https://x.org/{no}", "'no'"),
        ("#(?P<id>[0-9]+)(?P<more>x)", TEMPLATE, "'more'"),
        (PATTERN, TEMPLATE, "already"),
    ]
    for pattern, template, part in bad:
        code, message = refused(world.admin, "POST", "/realm/filters", pattern=pattern, url_template=template)
        assert code == "BAD_REQUEST"
        assert part in message
    for person in (world.moderator, world.member, world.guest, world.bot):
        asked = {"pattern": "x(?P<id>y)", "url_template": TEMPLATE}
        assert refused(person, "POST", "/realm/filters", **asked)[0] == "UNAUTHORIZED_PRINCIPAL"
        assert refused(person, "PATCH", f"/realm/filters/{linkifier_id}", **asked)[0] == "UNAUTHORIZED_PRINCIPAL"
        assert refused(person, "DELETE", f"/realm/filters/{linkifier_id}")[0] == "UNAUTHORIZED_PRINCIPAL"
        assert refused(person, "PATCH", "/realm/linkifiers", ordered_linkifier_ids=[])[0] == "UNAUTHORIZED_PRINCIPAL"
    for order in ([], [linkifier_id, linkifier_id], [linkifier_id, 99]):
        assert refused(world.admin, "PATCH", "/realm/linkifiers", ordered_linkifier_ids=order)[0] == "BAD_REQUEST"
    assert refused(world.admin, "DELETE", "/realm/filters/99")[0] == "BAD_REQUEST"
    unknown = refused(world.admin, "PATCH", "/realm/filters/99", pattern="x(?P<id>y)", url_template=TEMPLATE)
    assert unknown[0] == "BAD_REQUEST"
    assert world.head() == head


def test_links_of_topics_and_contents_follow_the_linkifiers(world: World) -> None:
    linkifier_id = add(world.admin)
    everybody = [person.user_id for person in world.people.values()]
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "general"}], principals=everybody)
    for person in world.people.values():
        person.events()
    sent = world.member.post(
        "/messages", type="stream", to="general", topic="see #7 on example.com", content="#7 `#8` [#9](/x)"
    )
    links = [
        {"text": "#7", "url": "https://bugs.example.com/ticket/7"},
        {"text": "example.com", "url": "https://example.com"},
    ]
    [event] = [event for event in world.guest.events() if event["type"] == "message"]
    assert event["message"]["topic_links"] == links
    assert event["message"]["content"] == (
        '<p><a href="https://bugs.example.com/ticket/7">#7</a> <code>#8</code> <a href="/x">#9</a></p>'
    )
    assert world.guest.get("/messages", message_ids=[sent["id"]])["messages"][0]["topic_links"] == links
    preview = world.member.post("/messages/render", content="#5")["rendered"]
    assert preview == '<p><a href="https://bugs.example.com/ticket/5">#5</a></p>'
    world.admin.patch(f"/messages/{sent['id']}", topic="now #8")
    [moved] = [event for event in world.guest.events() if event["type"] == "update_message"]
    assert moved["topic_links"] == [{"text": "#8", "url": "https://bugs.example.com/ticket/8"}]
    # Topics follow the rules of the day, contents keep what they were given.
    world.admin.delete(f"/realm/filters/{linkifier_id}")
    found = world.guest.get("/messages", message_ids=[sent["id"]])["messages"][0]
    assert found["topic_links"] == []
    assert "ticket/7" in found["content"]
    world.check()


def test_playgrounds_are_told_to_everybody(world: World) -> None:
    legacy = Replica(world.member.register(client_capabilities={}))
    asked = {"name": "P", "pygments_language": "Python", "url_template": "https://p.example.com/?code={code}"}
    playground_id = world.admin.post("/realm/playgrounds", **asked)["id"]
    for person in world.people.values():
        assert [event["realm_playgrounds"] for event in person.events()] == [[{"id": playground_id, **asked}]]
    world.check()
    for event in world.member.poll(legacy.queue_id, legacy.position):
        legacy.apply(event)
    assert legacy.state["realm_playgrounds"] == [{"id": playground_id, **asked}]
    head = world.head()
    bad = [
        {"name": ""},
        {"pygments_language": "a\nb"},
        {"pygments_language": "x" * 41},
        {"url_template": "https://p.example.com/"},
        {"url_template": "https://p.example.com/{code}{more}"},
        {"url_template": "{code"},
        {},
    ]
    for change in bad:
        assert refused(world.admin, "POST", "/realm/playgrounds", **{**asked, **change})[0] == "BAD_REQUEST"
    assert refused(world.moderator, "POST", "/realm/playgrounds", **asked)[0] == "UNAUTHORIZED_PRINCIPAL"
    assert refused(world.bot, "DELETE", f"/realm/playgrounds/{playground_id}")[0] == "UNAUTHORIZED_PRINCIPAL"
    assert refused(world.admin, "DELETE", "/realm/playgrounds/99")[0] == "BAD_REQUEST"
    assert world.head() == head
    world.admin.delete(f"/realm/playgrounds/{playground_id}")
    assert world.guest.events()[0]["realm_playgrounds"] == []
    world.check()
