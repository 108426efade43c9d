"""Files over the API: taken in, carried by messages, read by whoever reads those, deleted."""

from typing import Any

import pytest
from tests.files.s3_server import ACCESS_KEY_ID, SECRET, run_s3
from tests.spine.test_costs import counting
from tests.uploads.kit import (
    Shelf,
    attachment_events,
    fetch,
    files_of,
    keep,
    part,
    picture,
    post_form,
    request,
    send,
    upload,
)
from tests.world import Person, World, run_world

from aloha.contract.errors import ApiError


def api(url: str) -> str:
    return f"/api/v1{url}"


def say(person: Person, content: str, **where: Any) -> int:
    return int(person.post("/messages", content=content, **where)["id"])


def direct(person: Person, *people: Person, content: str) -> int:
    return say(person, content, type="direct", to=[other.user_id for other in people])


def readers(world: World, url: str) -> str:
    """Who can read the file, by name."""
    seen = []
    for name, person in world.people.items():
        status, _, _ = fetch(person, url)
        assert send(person, "GET", api(url))[0] == status, "the page and the API agree"
        assert status in (200, 404)
        if status == 200:
            seen.append(name)
    return " ".join(seen)


@pytest.fixture
def streams(world: World) -> World:
    """`open` for all, `closed` for owner and member, `guarded` with protected history; the guest is in `open`."""
    join = world.owner.post
    options = {
        "open": {},
        "closed": {"invite_only": True, "history_public_to_subscribers": True},
        "guarded": {"invite_only": True, "history_public_to_subscribers": False},
    }
    for name, given in options.items():
        join("/users/me/subscriptions", subscriptions=[{"name": name}], **given)
        others = [world.member.user_id, *([world.guest.user_id] if name == "open" else [])]
        join("/users/me/subscriptions", subscriptions=[{"name": name}], principals=others)
    for person in world.people.values():
        person.events()
    return world


def test_an_upload_is_its_owners_until_a_message_carries_it(streams: World) -> None:
    world = streams
    member = world.member
    shelves = [Shelf(person) for person in world.people.values()]
    url = upload(member, b"golden words", "gold.txt")
    [event] = attachment_events(member)
    assert (event["op"], event["upload_space_used"], event["attachment"]["messages"]) == ("add", 12, [])
    assert (event["attachment"]["name"], f"/user_uploads/{event['attachment']['path_id']}") == ("gold.txt", url)
    assert readers(world, url) == "member"
    assert fetch(member, url, anonymous=True)[0] == 404

    message_id = direct(member, world.guest, content=f"[gold.txt]({url})")
    types = [(event["type"], event.get("op")) for event in member.events()]
    assert types.index(("attachment", "update")) < types.index(("message", None))
    assert not attachment_events(world.guest)
    assert readers(world, url) == "member guest"
    [attachment] = member.get("/attachments")["attachments"]
    assert [message["id"] for message in attachment["messages"]] == [message_id]

    # Who can read it can pass it on; the owner hears only of messages that the owner can read.
    say(world.guest, f"see {url} and [it]({url})", type="stream", to="open", topic="x")
    assert readers(world, url) == "owner admin moderator member guest bot"
    [event] = attachment_events(member)
    assert len(event["attachment"]["messages"]) == 2
    direct(world.guest, world.owner, content=f"[mine]({url})")
    [event] = attachment_events(member)
    assert len(event["attachment"]["messages"]) == 2
    for shelf in shelves:
        shelf.check()
    world.check()


def test_a_link_to_what_one_cannot_read_carries_nothing(streams: World) -> None:
    url = upload(streams.member, b"secret", "s.txt")
    say(streams.admin, f"[mine]({url}) [none](/user_uploads/1/aa/none/x)", type="stream", to="open", topic="x")
    assert readers(streams, url) == "member"
    assert [event["op"] for event in attachment_events(streams.member)] == ["add"]
    found = streams.admin.get("/messages", narrow=[["has", "attachment"]], anchor="newest", num_before=9, num_after=0)
    assert found["messages"] == []


def test_edits_and_deletions_change_what_is_carried(streams: World) -> None:
    world, member = streams, streams.member
    shelf = Shelf(member)
    one, other = upload(member, b"1", "one.txt"), upload(member, b"2", "other.txt")
    message_id = say(member, f"[a]({one})", type="stream", to="open", topic="x")
    narrow = {"narrow": [["has", "attachment"]], "anchor": "newest", "num_before": 9, "num_after": 0}
    assert [message["id"] for message in world.guest.get("/messages", **narrow)["messages"]] == [message_id]

    member.events()
    assert member.patch(f"/messages/{message_id}", content=f"[a]({one}) [b]({other})")["detached_uploads"] == []
    assert [event["attachment"]["name"] for event in attachment_events(member)] == ["other.txt"]
    [detached] = member.patch(f"/messages/{message_id}", content=f"now [b]({other})")["detached_uploads"]
    assert (detached["name"], detached["messages"]) == ("one.txt", [])
    assert (readers(world, one), readers(world, other)[:12]) == ("member", "owner admin ")
    shelf.check()
    [detached] = member.patch(f"/messages/{message_id}", content="no more file")["detached_uploads"]
    assert detached["name"] == "other.txt"
    assert world.guest.get("/messages", **narrow)["messages"] == []

    # A copy elsewhere keeps it; a deletion gives it back to its owner alone.
    copy = direct(member, world.owner, content=f"[a]({one})")
    again = say(member, f"[a]({one})", type="stream", to="open", topic="x")
    assert member.patch(f"/messages/{again}", content="-")["detached_uploads"] == []
    assert readers(world, one) == "owner member"
    member.events()
    world.owner.delete(f"/messages/{copy}")
    [event] = attachment_events(member)
    assert (event["op"], event["attachment"]["messages"]) == ("update", [])
    assert readers(world, one) == "member"
    shelf.check()
    world.check()


def test_whoever_reads_the_message_reads_the_file_and_nobody_else(streams: World) -> None:
    world = streams
    closed, guarded = upload(world.member, b"1"), upload(world.member, b"2")
    say(world.member, f"[a]({closed})", type="stream", to="closed", topic="x")
    say(world.member, f"[a]({guarded})", type="stream", to="guarded", topic="x")
    assert readers(world, closed) == readers(world, guarded) == "owner member"
    for name in ("closed", "guarded"):
        world.owner.post("/users/me/subscriptions", subscriptions=[{"name": name}], principals=[world.guest.user_id])
    assert (readers(world, closed), readers(world, guarded)) == ("owner member guest", "owner member")
    world.owner.delete("/users/me/subscriptions", subscriptions=["closed"], principals=[world.guest.user_id])
    assert readers(world, closed) == "owner member"


def test_what_the_web_may_see_needs_no_account(streams: World) -> None:
    world = streams
    world.owner.patch("/realm", enable_spectator_access=True)
    group = world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "web"}], is_web_public=True)
    assert group["subscribed"]
    url, image = upload(world.owner, b"for all"), upload(world.owner, picture(), "p.png")
    say(world.owner, f"[a]({url}) [p]({image})", type="stream", to="web", topic="x")
    thumbnail = image.replace("/user_uploads/", "/user_uploads/thumbnail/") + "/840x560.webp"
    for path in (url, thumbnail):
        assert fetch(world.owner, path, anonymous=True)[0] == 200
    world.owner.patch("/realm", enable_spectator_access=False)
    for path in (url, thumbnail):
        assert fetch(world.owner, path, anonymous=True)[0] == 404


def test_a_temporary_url_needs_no_account_and_lasts_a_minute(world: World) -> None:
    url = upload(world.member, b"short", "näh & so.txt")
    status, answer = send(world.member, "GET", api(url))
    assert status == 200
    temporary = answer["url"]
    assert temporary.startswith("/user_uploads/temporary/")
    status, headers, content = fetch(world.guest, temporary, anonymous=True)
    assert (status, content, headers["content-type"]) == (200, b"short", "text/plain; charset=utf-8")
    head, token, name = temporary.rsplit("/", 2)
    expires, path, signature = token.split(".")
    for forged in (
        f"{int(expires) + 1}.{path}.{signature}",
        f"{expires}.{path}.{signature[:-2]}AA",
        "x",
        "9.9.9",
        "..",
        "ü",
    ):
        assert fetch(world.guest, f"{head}/{forged}/{name}", anonymous=True)[0] == 404
    clock = world.server.data.clock
    world.server.data.clock = lambda: clock() + 61
    assert fetch(world.guest, temporary, anonymous=True)[0] == 404


def test_a_deleted_file_is_gone_for_everybody_and_from_the_disk(streams: World) -> None:
    world, member = streams, streams.member
    shelf = Shelf(member)
    url, image = upload(member, b"12345"), upload(member, picture(), "p.png")
    say(member, f"[a]({url})", type="stream", to="open", topic="x")
    assert len(files_of(world)) == 3
    [second, first] = member.get("/attachments")["attachments"]
    with pytest.raises(ApiError, match="Invalid attachment"):
        world.owner.delete(f"/attachments/{first['id']}")
    with pytest.raises(ApiError, match="Invalid attachment"):
        member.delete("/attachments/999999")
    member.events()
    for attachment in (first, second):
        member.delete(f"/attachments/{attachment['id']}")
    events = attachment_events(member)
    assert [event["attachment"] for event in events] == [{"id": first["id"]}, {"id": second["id"]}]
    assert [event["upload_space_used"] for event in events] == [second["size"], 0]
    assert (readers(world, url), readers(world, image)) == ("", "")
    keep(world)
    assert files_of(world) == []
    shelf.check()
    world.check()


def test_a_file_whose_upload_was_broken_off_is_deleted_after_an_hour(world: World, monkeypatch: Any) -> None:
    """The process may die between the file and its row: the row that expects the file is committed first."""

    def fail(*_: object) -> None:
        raise RuntimeError("planted")

    head = world.head()
    monkeypatch.setattr("aloha_server.api.uploads.add_upload", fail)
    assert post_form(world.member, "/user_uploads", part(picture(), "p.png"))[0] == 500
    assert world.head() == head
    keep(world)
    assert len(files_of(world)) == 2
    clock = world.store.clock
    world.store.clock = world.store.batch.clock = lambda: clock() + 3601  # type: ignore[attr-defined]
    keep(world)
    assert files_of(world) == []


def test_parts_of_a_file_and_files_that_the_client_has(world: World) -> None:
    url = upload(world.member, b"0123456789", "digits.bin")
    status, headers, content = fetch(world.member, url)
    assert (status, content, headers["accept-ranges"]) == (200, b"0123456789", "bytes")
    for asked, range_, part_ in [
        ("bytes=2-4", "2-4", b"234"),
        ("bytes=7-", "7-9", b"789"),
        ("bytes=-3", "7-9", b"789"),
        ("bytes=-99", "0-9", b"0123456789"),
        ("bytes=8-99", "8-9", b"89"),
    ]:
        status, more, content = fetch(world.member, url, Range=asked)
        assert (status, more["content-range"], content) == (206, f"bytes {range_}/10", part_)
    assert fetch(world.member, url, Range="bytes=10-")[:2][0] == 416
    for ignored in ("bytes=4-2", "bytes=-", "lines=1-2", "bytes=0-1,4-5", "bytes=x-y"):
        assert fetch(world.member, url, Range=ignored)[0] == 200
    assert fetch(world.member, url, Range="bytes=2-4", If_Range='"other"')[0] == 200
    assert fetch(world.member, url, If_None_Match=headers["etag"])[::2] == (304, b"")
    assert request(world.member, "HEAD", url)[::2] == (200, b"")
    assert fetch(world.guest, url, If_None_Match=headers["etag"])[0] == 404, "access is checked first"


def test_a_file_of_many_chunks_arrives_whole(world: World) -> None:
    content = bytes(range(256)) * 12_000  # 3 MB
    url = upload(world.member, content, "large.bin")
    assert fetch(world.member, url)[2] == content
    assert fetch(world.member, url, Range="bytes=1000000-2000000")[2] == content[1_000_000:2_000_001]


def test_what_an_uploading_message_costs_does_not_grow_with_its_files(streams: World) -> None:
    urls = [upload(streams.member, picture(), f"{number}.png") for number in range(12)]
    counts = []
    for taken in (urls[:2], urls[2:]):
        with counting() as statements:
            sent = say(streams.member, " ".join(f"[a]({url})" for url in taken), type="stream", to="open", topic="x")
            streams.member.patch(f"/messages/{sent}", content=f"[a]({taken[0]})")
            streams.member.delete(f"/messages/{sent}")
        counts.append(len(statements.texts))
    assert counts[1] <= counts[0], "the first time stores the set of those who hear of it"


def test_a_bucket_serves_the_same(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    with run_s3() as s3, run_world(tmp_path / "var", uploads_url=s3.url) as world:
        content = picture(size=(300, 200))
        url = upload(world.member, content, "p.png")
        assert fetch(world.member, url)[2] == content
        assert fetch(world.member, url, Range="bytes=3-9")[2] == content[3:10]
        thumbnail = url.replace("/user_uploads/", "/user_uploads/thumbnail/") + "/840x560.webp"
        assert fetch(world.member, thumbnail)[0] == 200
        assert sorted(key.count(".") for key in s3.objects) == [0, 2]
        world.member.delete(f"/attachments/{world.member.get('/attachments')['attachments'][0]['id']}")
        keep(world)
        assert s3.objects == {}


def test_the_room_of_an_organization_and_of_a_file_is_bounded(tmp_path: Any) -> None:
    with run_world(tmp_path / "var", max_file_upload_size_mib=2, upload_quota_mib=3) as world:
        state = world.member.post("/register", fetch_event_types=["realm"])
        assert (state["max_file_upload_size_mib"], state["realm_upload_quota_mib"]) == (2, 3)
        mib = bytes(1024 * 1024)
        head = world.head()
        status, answer = post_form(world.member, "/user_uploads", part(mib * 2 + b"x"))
        assert (status, answer["code"]) == (413, "REQUEST_TOO_LARGE")
        assert world.head() == head
        upload(world.member, mib * 2)
        status, answer = post_form(world.member, "/user_uploads", part(mib + b"x"))
        assert (status, answer["code"]) == (400, "REALM_UPLOAD_QUOTA")
        upload(world.owner, mib)
        assert world.guest.get("/attachments") == {
            "result": "success", "msg": "", "attachments": [], "upload_space_used": 3 * len(mib),
        }  # fmt: skip
        assert len(files_of(world)) == 2
    with run_world(tmp_path / "none", max_file_upload_size_mib=0) as world:
        assert post_form(world.member, "/user_uploads", part(b""))[0] == 400
