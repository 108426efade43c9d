"""Uploading and fetching over HTTP, and pictures to upload."""

import asyncio
import base64
import http.client
import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from urllib.parse import quote

from PIL import Image
from tests.world import Person, World

from aloha.replica.attachments import apply_attachment

BOUNDARY = "line"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(file, kind, **options)
    return file.getvalue()


def part(content: bytes, name: str = "x.txt", field: str = "filename", type_: str = "") -> bytes:
    head = f'Content-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    head += f"Content-Type: {type_}\r\n" if type_ else ""
    return b"--line\r\n" + head.encode() + b"\r\n" + content + b"\r\n"


def post_form(person: Person, path: str, *parts: bytes, raw: bytes | None = None) -> tuple[int, dict[str, Any]]:
    """Status and answer of a multipart request."""
    body = b"".join(parts) + b"--line--\r\n" if raw is None else raw
    return send(person, "POST", f"/api/v1{path}", body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})


def upload(person: Person, content: bytes, name: str = "x.txt", **options: str) -> str:
    """The URL of a file that was taken in."""
    status, answer = post_form(person, "/user_uploads", part(content, name, **options))
    assert status == 200, answer
    assert answer["uri"] == answer["url"]
    return str(answer["url"])


def send(
    person: Person, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}
) -> tuple[int, dict[str, Any]]:
    status, _, content = request(person, method, path, body, headers)
    return status, json.loads(content)


def fetch(person: Person, path: str, *, anonymous: bool = False, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and content of a file's page; underscores in header names are hyphens."""
    return request(person, "GET", path, headers=headers, anonymous=anonymous)


def request(
    person: Person,
    method: str,
    path: str,
    body: bytes = b"",
    headers: Mapping[str, str] = {},
    *,
    anonymous: bool = False,
) -> tuple[int, dict[str, str], bytes]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if not anonymous:
        token = base64.b64encode(f"{person.email}:{person.api_key}".encode()).decode()
        sent["Authorization"] = f"Basic {token}"
    connection = http.client.HTTPConnection("127.0.0.1", person.port, timeout=30)
    connection.request(method, quote(path, safe="/%?=&"), body, sent)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content


def keep(world: World) -> None:
    """Lets the server do what it does once a minute."""
    data = world.server.data
    asyncio.run_coroutine_threadsafe(data._keep(), data._loop).result(20)


def files_of(world: World) -> list[str]:
    """All files in the server's folder, by key."""
    folder = world.server.settings.data / "files"
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def attachment_events(person: Person) -> list[dict[str, Any]]:
    return [event for event in person.events() if event["type"] == "attachment"]


class Shelf:
    """A person's list of uploads, kept true by events: `GET /attachments` and the events since equal a fresh one."""

    def __init__(self, person: Person) -> None:
        person.events()
        self.person = person
        self.taken = len(person.seen)
        self.state: dict[str, Any] = person.get("/attachments")

    def check(self) -> None:
        self.person.events()
        for event in self.person.seen[self.taken :]:
            if event["type"] == "attachment":
                apply_attachment(self.state, event)
        self.taken = len(self.person.seen)
        self.state["attachments"].sort(key=lambda attachment: -attachment["id"])
        assert self.state["attachments"] == self.person.get("/attachments")["attachments"]
