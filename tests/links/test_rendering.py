"""What a text names is looked up as its writer may know it, and rendered by their and the organization's settings."""

from typing import Any

import pytest
from tests.people.test_costs import count_statements
from tests.world import Person, World

from aloha_server.access.directory import TOPICS_MAX, render_content
from aloha_server.access.users import acting_user
from aloha_server.store import Tx


def html(person: Person, content: str) -> str:
    """Of one paragraph, without its tags."""
    rendered: str = person.post("/messages/render", content=content)["rendered"]
    return rendered.removeprefix("<p>").removesuffix("</p>")


def send(person: Person, content: str, topic: str = "lunch") -> int:
    return int(person.post("/messages", type="stream", to="general", topic=topic, content=content)["id"])


def message(person: Person, message_id: int) -> dict[str, Any]:
    [found] = person.get("/messages", message_ids=[message_id])["messages"]
    return dict(found)


def test_what_a_text_names_is_what_its_writer_may_know(world: World) -> None:
    world.owner.post(
        "/users/me/subscriptions",
        subscriptions=[{"name": "general"}],
        principals=[world.owner.user_id, world.member.user_id],
    )
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "secret"}], invite_only=True)
    general, secret = (world.owner.get("/get_stream_id", stream=name)["stream_id"] for name in ("general", "secret"))
    link = f'<a class="stream" data-stream-id="{general}" href="/#narrow/channel/{general}-general">#general</a>'
    assert html(world.member, "#**General**") == link
    assert html(world.guest, "#**general**") == "#<strong>general</strong>"
    assert f'data-stream-id="{secret}"' in html(world.owner, "#**secret**")
    assert html(world.member, "#**secret**") == "#<strong>secret</strong>"
    # Links to topics name their last message, so that they survive a move.
    send(world.member, "x", "soup")
    last = send(world.member, "y", "Soup")
    assert f"/topic/soup/with/{last}" in html(world.member, "#**general>soup**")
    assert html(world.member, "#**general>tea**").endswith('/topic/tea">#general &gt; tea</a>')
    assert "/with/" not in html(world.guest, "#**general>soup**")


def test_who_is_deactivated_can_be_named_but_not_notified(world: World) -> None:
    member = world.member.user_id
    mention = f'<span class="user-mention" data-user-id="{member}">@Member</span>'
    assert html(world.owner, "@**Member**") == html(world.owner, f"@**Member|{member}**") == mention
    world.owner.delete(f"/users/{member}")
    silent = f'<span class="user-mention silent" data-user-id="{member}">Member</span>'
    assert html(world.owner, "@**member**") == html(world.owner, f"@_**|{member}**") == silent


def test_groups_can_be_named(world: World) -> None:
    silent = html(world.member, "@_*Role:Members*")
    assert silent.startswith('<span class="user-group-mention silent" data-user-group-id="')
    assert silent.endswith('">role:members</span>')
    assert html(world.member, "@_*nobody*") == "@_<em>nobody</em>"


def test_settings_say_how_a_text_is_rendered(world: World) -> None:
    code = "```\nx\n```"
    assert "data-code-language" not in html(world.member, code)
    assert html(world.member, ":)") == ":)"
    world.owner.patch("/realm", default_code_block_language="python")
    world.member.patch("/settings", translate_emoticons=True)
    assert 'data-code-language="Python"' in html(world.member, code)
    assert 'class="emoji emoji-1f642"' in html(world.member, ":)")
    assert html(world.owner, ":)") == ":)"
    own = world.member.replica.state["realm_url"]
    assert html(world.member, f"[x]({own}/user_uploads/1/a/x.txt)") == '<a href="/user_uploads/1/a/x.txt">x</a>'


def test_an_edit_is_rendered_like_a_send(world: World) -> None:
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "general"}])
    world.owner.post("/realm/filters", pattern="T(?P<id>[0-9]+)", url_template="https://t.example.com/{id}")
    sent = send(world.owner, "x")
    world.owner.patch(f"/messages/{sent}", content="/me T5 $$x$$")
    found = message(world.owner, sent)
    assert found["content"].startswith('<p>/me <a href="https://t.example.com/5">T5</a> <span class="katex">')
    assert found["is_me_message"]
    world.check()


def test_a_text_that_names_much_costs_as_many_statements_as_one_that_names_little(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"s{number}" for number in range(30)]
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": name} for name in names])
    owner_id = world.owner.user_id

    def count(*streams: str) -> int:
        links = " ".join(f"#**{name}** @**{name}** @*{name}* :{name}: #**{name}>t**" for name in streams)

        def read(tx: Tx) -> None:
            assert render_content(tx, links, acting_user(tx, owner_id)).html.count("stream-topic") == len(streams)

        return count_statements(monkeypatch, lambda: world.store.read(1, read))

    assert count(*names) == count(*names[:TOPICS_MAX])
    assert count(*names) == count(names[0]) + TOPICS_MAX - 1
