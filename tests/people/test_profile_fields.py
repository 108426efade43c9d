"""Custom profile fields: what may be asked and entered, who may change it, and that everybody's copy stays true."""

from typing import Any

from tests.people.kit import EVERYBODY, join, limit_guests, refused, told, with_legacy
from tests.world import World

FIELDS = "/realm/profile_fields"
DATA = "/users/me/profile_data"
OPTIONS = {"vim": {"text": "Vim", "order": "1"}, "emacs": {"text": "Emacs", "order": "2"}}
SHORT, LONG, CHOICE, DATE, LINK, USERS, ACCOUNT, PRONOUNS = range(1, 9)


def make(world: World, type_: int, name: str, **more: Any) -> int:
    return int(world.admin.post(FIELDS, field_type=type_, name=name, **more)["id"])


def make_each(world: World) -> dict[int, int]:
    """A field of every type, by type."""
    data: dict[int, Any] = {CHOICE: OPTIONS, ACCOUNT: {"subtype": "github"}}
    return {
        type_: make(world, type_, f"Field {type_}", **({"field_data": data[type_]} if type_ in data else {}))
        for type_ in range(1, 9)
    }


def test_fields_are_told_to_all_and_go_with_what_was_entered(world: World) -> None:
    with with_legacy(world):
        first = make(world, SHORT, " Phone ", hint="with prefix", display_in_profile_summary=True)
        events = told(world, "custom_profile_fields")
        assert events.keys() == EVERYBODY
        shown = {
            "id": first, "type": SHORT, "order": first, "name": "Phone", "hint": "with prefix", "field_data": "",
            "required": False, "editable_by_user": True, "display_in_profile_summary": True,
        }  # fmt: skip
        assert events["guest"] == [{"type": "custom_profile_fields", "fields": [shown]}]
        editor = make(world, CHOICE, "Editor", field_data=OPTIONS)
        world.member.patch(DATA, data=[{"id": first, "value": "123"}, {"id": editor, "value": "vim"}])
        world.guest.patch(DATA, data=[{"id": editor, "value": "emacs"}])
        world.check()
        world.admin.patch(FIELDS, order=[editor, first])
        assert [field["id"] for field in world.bot.get(FIELDS)["custom_fields"]] == [editor, first]
        world.admin.patch(f"{FIELDS}/{first}", name="Telephone", hint="", display_in_profile_summary=False)
        world.check()
        told(world)
        world.admin.patch(f"{FIELDS}/{first}", name="Telephone")
        assert told(world, "custom_profile_fields") == {}
        world.admin.patch(f"{FIELDS}/{editor}", field_data={"vim": OPTIONS["vim"]})
        world.check()
        assert world.guest.get("/users/me")["profile_data"] == {}
        world.admin.delete(f"{FIELDS}/{first}")
        world.check()
        profile = world.member.get("/users/me")["profile_data"]
        assert profile == {str(editor): {"value": "vim"}}
        assert "profile_data" not in world.bot.get("/users/me")


def test_values_of_every_type_are_kept_and_told_to_all(world: World) -> None:
    ids = make_each(world)
    values: dict[int, tuple[Any, str]] = {
        SHORT: ("*bold*", "*bold*"),
        LONG: ("a " * 100, ("a " * 100).strip()),
        CHOICE: ("vim", "vim"),
        DATE: ("1909-04-05", "1909-04-05"),
        LINK: ("https://example.com/me", "https://example.com/me"),
        USERS: ([world.admin.user_id], f"[{world.admin.user_id}]"),
        ACCOUNT: ("octocat", "octocat"),
        PRONOUNS: ("they/them", "they/them"),
    }
    told(world)
    world.member.patch(DATA, data=[{"id": ids[type_], "value": value} for type_, (value, _) in values.items()])
    changes = {name: [event["person"] for event in events] for name, events in told(world, "realm_user").items()}
    assert changes.keys() == EVERYBODY - {"legacy"}
    assert [person["custom_profile_field"]["value"] for person in changes["guest"]] == [
        kept for _, kept in values.values()
    ]
    assert changes["guest"][0] == {
        "user_id": world.member.user_id,
        "custom_profile_field": {"id": ids[SHORT], "value": "*bold*", "rendered_value": "<p><em>bold</em></p>"},
    }
    assert {
        type_
        for type_, person in zip(values, changes["guest"], strict=True)
        if "rendered_value" in person["custom_profile_field"]
    } == {SHORT, LONG}
    world.check()
    path = f"/users/{world.member.user_id}"
    shown = world.guest.get(path, include_custom_profile_fields=True)["user"]["profile_data"]
    assert {id_: field["value"] for id_, field in shown.items()} == {
        str(ids[type_]): kept for type_, (_, kept) in values.items()
    }
    assert "profile_data" not in world.guest.get(path)["user"]
    members = world.guest.get("/users", include_custom_profile_fields=True, user_ids=[world.member.user_id, 999])[
        "members"
    ]
    assert [member["profile_data"] for member in members] == [shown]
    world.member.delete(DATA, data=[ids[SHORT], ids[DATE]])
    cleared = told(world, "realm_user")["bot"]
    assert [event["person"]["custom_profile_field"] for event in cleared] == [
        {"id": ids[SHORT], "value": None},
        {"id": ids[DATE], "value": None},
    ]
    world.admin.patch(path, profile_data=[{"id": ids[LONG], "value": None}, {"id": ids[CHOICE], "value": "emacs"}])
    world.check()
    world.owner.delete(path)
    del world.people["member"], world.people["bot"]
    world.check()


BAD_FIELDS: list[dict[str, Any]] = [
    {"field_type": 9, "name": "A"},
    {"field_type": SHORT},
    {"field_type": SHORT, "name": "  "},
    {"field_type": SHORT, "name": "x" * 41},
    {"field_type": SHORT, "name": "Taken"},
    {"field_type": SHORT, "name": "A", "hint": "x" * 81},
    {"field_type": CHOICE, "name": "A"},
    {"field_type": CHOICE, "name": "A", "field_data": {"a": {"text": "A"}}},
    {"field_type": CHOICE, "name": "A", "field_data": {"a": {"text": "", "order": "1"}}},
    {"field_type": CHOICE, "name": "A", "field_data": {key: {"text": "A", "order": "1"} for key in "ab"}},
    {"field_type": ACCOUNT, "name": "A", "field_data": {"subtype": "nowhere"}},
    {"field_type": ACCOUNT, "name": "A", "field_data": {"subtype": "custom"}},
    {"field_type": ACCOUNT, "name": "A", "field_data": {"subtype": "custom", "url_pattern": "https://x.example/"}},
    {"field_type": ACCOUNT, "name": "A", "field_data": {"subtype": "custom", "url_pattern": "javascript:%(username)s"}},
    {"field_type": LONG, "name": "A", "display_in_profile_summary": True},
    {"field_type": SHORT, "name": "A", "display_in_profile_summary": True},
]  # fmt: skip


def test_bad_fields_and_orders_are_refused(world: World) -> None:
    make(world, SHORT, "Taken", display_in_profile_summary=True)
    other = make(world, PRONOUNS, "Other", display_in_profile_summary=True)
    account = make(world, ACCOUNT, "ignored", field_data={"subtype": "github"})
    assert world.owner.get(FIELDS)["custom_fields"][2]["name"] == "GitHub username"
    told(world)
    for params in BAD_FIELDS:
        assert refused(world.admin, "POST", FIELDS, **params).code == "BAD_REQUEST", params
    for person in (world.moderator, world.guest):
        for method, path in (("POST", FIELDS), ("PATCH", f"{FIELDS}/{other}"), ("DELETE", f"{FIELDS}/{other}")):
            assert refused(person, method, path, field_type=1, name="A").code == "UNAUTHORIZED_PRINCIPAL"
    for order in ([], [other], [other, other, account]):
        assert refused(world.admin, "PATCH", FIELDS, order=order).code == "BAD_REQUEST"
    assert refused(world.admin, "PATCH", f"{FIELDS}/{account}", name="Mine").code == "BAD_REQUEST"
    assert refused(world.admin, "PATCH", f"{FIELDS}/999", name="A").code == "BAD_REQUEST"
    assert refused(world.admin, "PATCH", f"{FIELDS}/{other}", name="Taken").code == "BAD_REQUEST"
    assert told(world, "custom_profile_fields") == {}
    world.admin.patch(f"{FIELDS}/{account}", required=True)
    world.check()


BAD_VALUES: list[tuple[int, Any]] = [
    (SHORT, "x" * 51),
    (SHORT, 5),
    (LONG, "x" * 501),
    (CHOICE, "nano"),
    (DATE, "5 April 1909"),
    (DATE, "2026-02-30"),
    (LINK, "example.com"),
    (LINK, "javascript:alert(1)"),
    (LINK, "https://a b"),
    (USERS, "3"),
    (USERS, [999]),
    (USERS, [True]),
    (ACCOUNT, ["x"]),
    (PRONOUNS, "x" * 51),
]


def test_bad_values_are_refused_together_with_the_good_ones(world: World) -> None:
    ids = make_each(world)
    guarded = make(world, SHORT, "Badge", editable_by_user=False)
    told(world)
    good = {"id": ids[SHORT], "value": "good"}
    for type_, value in [*BAD_VALUES, (USERS, [world.bot.user_id])]:
        bad = {"id": ids[type_], "value": value}
        assert refused(world.member, "PATCH", DATA, data=[good, bad]).code == "BAD_REQUEST", (type_, value)
    for bad in ({"id": 999, "value": "x"}, {"id": guarded, "value": "x"}, {"id": ids[SHORT]}, {"value": "x"}):
        assert refused(world.member, "PATCH", DATA, data=[good, bad]).code == "BAD_REQUEST", bad
    assert refused(world.member, "DELETE", DATA, data=[guarded]).code == "BAD_REQUEST"
    assert refused(world.bot, "PATCH", DATA, data=[good]).code == "BAD_REQUEST"
    assert (
        refused(world.moderator, "PATCH", f"/users/{world.member.user_id}", profile_data=[good]).code == "BAD_REQUEST"
    )
    assert told(world, "realm_user") == {}
    world.admin.patch(f"/users/{world.member.user_id}", profile_data=[{"id": guarded, "value": "42"}])
    world.check()


def test_guests_get_the_profiles_of_those_who_come_into_view(world: World) -> None:
    limit_guests(world)
    told(world)
    field_id = make(world, SHORT, "Phone")
    world.member.patch(DATA, data=[{"id": field_id, "value": "123"}])
    assert "guest" not in told(world, "realm_user")
    world.check()
    join(world, world.member, world.guest)
    [added] = [
        event["person"]
        for event in told(world, "realm_user")["guest"]
        if event["person"]["user_id"] == world.member.user_id
    ]
    assert added["profile_data"] == {str(field_id): {"value": "123", "rendered_value": "<p>123</p>"}}
    world.check()
