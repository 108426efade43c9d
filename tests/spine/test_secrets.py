"""No API key and no password stands in the database or its log, and nobody is shown one that is not theirs."""

import base64
import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from tests.world import Http, World

from aloha.config import write_aloharc
from aloha_server.people import make_user

PASSWORD = "correct horse battery staple"
TABLES = "select table_name from information_schema.tables where table_schema = 'public' order by table_name"


def everything_stored(world: World) -> Iterator[tuple[str, bytes]]:
    """Where, and the bytes: the files of SQLite, or every value of every table of PostgreSQL."""
    url = world.server.settings.database_url
    if not url:
        for path in sorted(world.server.settings.data.rglob("*")):
            if path.is_file():
                yield path.name, path.read_bytes()
        return
    with psycopg.connect(url) as connection:
        for [table] in connection.execute(TABLES).fetchall():
            for row in connection.execute(f'select * from "{table}"'):
                yield table, b"\0".join(value if isinstance(value, bytes) else str(value).encode() for value in row)


def forms_of(secret: str) -> list[bytes]:
    """A secret as it is, and as somebody might have hidden it badly."""
    plain = secret.encode()
    return [plain, base64.b64encode(plain).rstrip(b"="), plain.hex().encode(), hashlib.md5(plain).hexdigest().encode()]  # noqa: S324


def log_in(world: World, password: str) -> tuple[int, dict[str, Any]]:
    client = Http(world.owner.port)
    params = {"username": "new@example.com", "password": password}
    status, _, body = client.request("POST", "/fetch_api_key", params)
    client.close()
    return status, body


def keys_told(events: list[dict[str, Any]]) -> list[str]:
    return [event["bot"]["api_key"] for event in events if event["type"] == "realm_bot" and "api_key" in event["bot"]]


def test_no_key_and_no_password_is_stored_or_told_to_others(world: World) -> None:
    old = {person.api_key for person in world.people.values()}
    world.owner.post("/users", email="new@example.com", full_name="New", password=PASSWORD)
    status, body = log_in(world, PASSWORD)
    assert status == 200
    fetched = body["api_key"]
    assert log_in(world, f"{PASSWORD}!")[0] == 401
    made = make_user(
        world.store, world.server.settings, "bot2@example.com", "Two", 400, bot_owner_id=world.member.user_id
    )
    for person in world.people.values():
        person.events()
    for person in (world.bot, world.member):
        person.api_key = person.post("/users/me/api_key/regenerate")["api_key"]
    world.member.post("/messages", type="direct", to=[world.bot.user_id], content="hello")
    world.check()

    keys = {*old, made.api_key, fetched, *(person.api_key for person in world.people.values())}
    assert len(keys) == 10
    secrets = {form for secret in (*keys, PASSWORD) for form in forms_of(secret)}
    stored = list(everything_stored(world))
    assert any(b"new@example.com" in content for _, content in stored), "the scan sees what is stored"
    assert [where for where, content in stored for secret in secrets if secret in content] == []

    told = {name: set(keys_told(person.seen)) for name, person in world.people.items()}
    shown = {"member", "owner", "admin"}  # the bot's owner, and those who administer bots
    assert {name for name, found in told.items() if found} == shown
    assert told["member"] == {made.api_key, world.bot.api_key}
    for name, person in world.people.items():
        answer = person.register()
        bots = {bot["user_id"]: bot.get("api_key") for bot in answer["realm_bots"]}
        expected = {world.bot.user_id: world.bot.api_key, made.user_id: made.api_key}
        assert bots == (expected if name in shown else {}), name
        others = [key for key in keys if name not in shown and key in str(answer)]
        assert others == [], f"{name} is shown a key"
    for key in old & {*keys} - {person.api_key for person in world.people.values()}:
        client = Http(world.owner.port, world.member.email, key)
        assert client.request("GET", "/users/me")[0] == 401, "a replaced key is worth nothing"
        client.close()


def test_files_with_secrets_are_their_owners_alone(world: World, tmp_path: Path) -> None:
    data = world.server.settings.data
    write_aloharc(tmp_path / "aloharc", email="a@example.com", key="k" * 32, site="http://127.0.0.1")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [data, tmp_path / "aloharc", *data.iterdir()]}
    assert modes.pop(data.name) == 0o700
    assert set(modes) >= {"keys.bin", "aloharc"}
    assert modes.pop("files") == 0o700
    if not world.server.settings.database_url:
        assert set(modes) >= {"aloha.db", "aloha.db-wal"}
    assert {name: oct(mode) for name, mode in modes.items() if mode != 0o600} == {}
