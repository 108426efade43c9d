"""Uploads that mean harm: nothing a browser runs is shown, nothing on the disk is named by a user, nothing breaks."""

import re
from urllib.parse import unquote

import pytest
from tests.uploads.kit import fetch, files_of, part, picture, post_form, request, upload
from tests.world import World

from aloha_server.access.uploads import NAME_CHARS_MAX, PATH_NAME_CHARS_MAX, clean_name, new_path_id

KEYS = re.compile(r"uploads/1/[0-9a-f]{2}/[A-Za-z0-9_-]{24}(\.840x560\.webp)?")
NAMES = {
    "../../../etc/passwd": "passwd",
    "..\\..\\boot.ini": "boot.ini",
    "..": "uploaded-file",
    "": "uploaded-file",
    " . ": "uploaded-file",
    "a\x00b\x1f\u202egnp.exe": "abgnp.exe",
    "näh & so.txt": "näh & so.txt",
    "日本語.txt": "日本語.txt",
    "<b>.html": "<b>.html",
    "x" * 10_000 + ".tar": "x" * (NAME_CHARS_MAX - 4) + ".tar",
    "y." + "z" * 10_000: "y." + "z" * (NAME_CHARS_MAX - 2),
}


@pytest.mark.parametrize(("name", "kept"), NAMES.items())
def test_a_name_is_cleaned_and_cut(name: str, kept: str) -> None:
    assert clean_name(name) == kept
    last = new_path_id(3, clean_name(name)).split("/")[3:]
    assert len(last) == 1
    assert re.fullmatch(r"[\w~-][\w.~-]*", last[0])
    assert ".." not in last[0]
    assert len(last[0]) <= PATH_NAME_CHARS_MAX


def test_what_could_run_in_a_browser_is_never_shown_in_it(world: World) -> None:
    for name, content, type_ in [
        ("x.svg", b"<svg onload='alert(1)'/>", "image/png"),
        ("x.html", b"<script>", "text/plain"),
        ("x.xhtml", b"<html/>", ""),
        ("x.png", b"<script>", "image/png"),
        ("x.js", b"alert(1)", "application/pdf"),
    ]:
        _, headers, _ = fetch(world.member, upload(world.member, content, name, type_=type_))
        assert headers["content-disposition"].startswith("attachment;")
        assert headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]
    _, headers, _ = fetch(world.member, upload(world.member, picture(), 'näh".html'))
    assert headers["content-type"] == "image/png"
    assert headers["content-disposition"] == "inline; filename*=UTF-8''n%C3%A4h%22.html"
    url = upload(world.member, b"text", "x.txt")
    assert fetch(world.member, url)[1]["content-disposition"].startswith("inline;")
    downloaded = url.replace("/user_uploads/", "/user_uploads/download/")
    assert fetch(world.member, downloaded)[1]["content-disposition"].startswith("attachment;")


def test_any_name_is_taken_and_none_reaches_the_disk(world: World) -> None:
    for name in NAMES:
        if "\x00" in name or "\\" in name:
            continue  # not in a multipart head
        if len(name) > 4000:
            assert post_form(world.member, "/user_uploads", part(b"x", name))[1]["code"] == "BAD_REQUEST"
            name = name[:3000]
        url = upload(world.member, b"x", name)
        assert fetch(world.member, url)[::2] == (200, b"x")
    for content in (b"", picture(), picture()[:60]):
        url = upload(world.member, content, "p.png")
        assert fetch(world.member, url)[::2] == (200, content)
    assert all(KEYS.fullmatch(key) for key in files_of(world))
    assert sum(key.endswith(".webp") for key in files_of(world)) == 1


def test_a_path_leads_nowhere_else(world: World) -> None:
    url = upload(world.member, b"x", "x.txt")
    place = url.rpartition("/")[0]
    for path in (
        "/user_uploads/../../etc/passwd",
        "/user_uploads/..%2f..%2fkeys.bin",
        f"{place}/other.txt",
        f"{place}",
        f"{url}/",
        f"{url}%00",
        url.replace("/user_uploads/1/", "/user_uploads/2/"),
        "/user_uploads/thumbnail/840x560.webp",
        f"/user_uploads/thumbnail{url.removeprefix('/user_uploads')}/840x560.webp",
        "/user_avatars/1/../../keys.bin",
        "/user_avatars/1/..%2f..%2fkeys.bin",
        "/user_avatars/1/AAAAAAAAAAAAAAAAAAAAAA.png",
        "/user_avatars/99/AAAAAAAAAAAAAAAAAAAAAA.png",
    ):
        status, _, content = fetch(world.member, path)
        assert (status, b'"code":"NOT_FOUND"' in content) == (404, True), path
        assert fetch(world.member, path, anonymous=True)[0] == 404
    assert request(world.member, "POST", url)[0] == 405
    status, _, _ = request(world.member, "GET", url, headers={"Authorization": "Bearer x"}, anonymous=True)
    assert status == 401


def test_a_malformed_request_is_refused_and_changes_nothing(world: World) -> None:
    head = world.head()
    whole = part(b"x")
    for raw, code in [
        (b"", "REQUEST_VARIABLE_MISSING"),
        (b"--line--\r\n", "REQUEST_VARIABLE_MISSING"),
        (b"no multipart at all", "BAD_REQUEST"),
        (whole[:40], "REQUEST_VARIABLE_MISSING"),
        (b'--line\r\nContent-Disposition: form-data; name="a"\r\n\r\ntext\r\n--line--\r\n', "REQUEST_VARIABLE_MISSING"),
        (b"--line\r\n\r\nx\r\n--line--\r\n", "BAD_REQUEST"),
        (whole + part(b"y", field="other") + b"--line--\r\n", "BAD_REQUEST"),
        (b"".join(part(b"", field=str(number)) for number in range(9)) + b"--line--\r\n", "BAD_REQUEST"),
    ]:
        status, answer = post_form(world.member, "/user_uploads", raw=raw)
        assert (status, answer.get("code")) == (400, code), raw
    assert world.head() == head
    assert files_of(world) == []


def test_names_on_the_wire_are_found_however_they_are_encoded(world: World) -> None:
    url = upload(world.member, picture(), "日本 語.png")
    assert unquote(url).endswith("/日本-語.png")
    sent = world.member.post("/messages", type="direct", to=[world.guest.user_id], content=f"[x]({url})")
    content = world.guest.get(f"/messages/{sent['id']}")["message"]["content"]
    source = re.findall(r'src="([^"]+)"', content)[0]
    assert fetch(world.guest, source)[0] == 200
    assert fetch(world.guest, url)[0] == 200
