"""What `Files` promises, of every form; then what only one of them has to show."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from tests.files.s3_server import ACCESS_KEY_ID, SECRET, S3Server, run_s3

from aloha_server.files import FileGoneError, Files, open_files
from aloha_server.files.local import TEMPORARY, LocalFiles
from aloha_server.files.storage import CHUNK_BYTES
from aloha_server.settings import SettingError, Settings

KEY = "uploads/1/4f/aB-_9"
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": ACCESS_KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}
Work = Callable[[Files], Awaitable[None]]


@pytest.fixture(scope="module")
def s3() -> Iterator[S3Server]:
    with run_s3() as server:
        yield server


@pytest.fixture(params=["local", "s3"])
def run(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Work], None]:
    """Runs some work on an empty store of files."""
    settings, environment = Settings(data=tmp_path), {}
    if request.param == "s3":
        server: S3Server = request.getfixturevalue("s3")
        server.objects.clear()
        settings, environment = Settings(data=tmp_path, uploads_url=server.url), ENVIRONMENT

    async def main(work: Work) -> None:
        files = open_files(settings, environment)
        await work(files)
        await files.close()

    return lambda work: asyncio.run(main(work))


async def read(files: Files, key: str, part: tuple[int, int] | None = None) -> bytes:
    return b"".join([chunk async for chunk in (await files.open(key, part)).chunks])


def test_what_was_put_is_read_whole_and_in_parts(run: Callable[[Work], None]) -> None:
    content = bytes(range(256)) * 5000

    async def work(files: Files) -> None:
        await files.put(KEY, content)
        assert await read(files, KEY) == content
        opened = await files.open(KEY, (3, CHUNK_BYTES + 4))
        assert opened.size == len(content)
        chunks = [chunk async for chunk in opened.chunks]
        assert b"".join(chunks) == content[3 : CHUNK_BYTES + 4]
        assert max(map(len, chunks)) < 3 * CHUNK_BYTES
        assert await read(files, KEY, (len(content) - 1, len(content))) == content[-1:]
        assert await read(files, KEY, (7, 7)) == b""
        await files.open(KEY)  # and left unread

    run(work)


def test_an_empty_file_is_a_file(run: Callable[[Work], None]) -> None:
    async def work(files: Files) -> None:
        await files.put(KEY, b"")
        assert (await files.open(KEY)).size == 0
        assert await read(files, KEY) == b""

    run(work)


def test_what_is_not_there_is_gone_for_the_reader_and_no_error_to_delete(run: Callable[[Work], None]) -> None:
    async def work(files: Files) -> None:
        await files.put(f"{KEY}.840x560.webp", b"small")
        await files.put(KEY, b"x")
        await files.delete(KEY)
        await files.delete(KEY)
        for part in (None, (0, 1)):
            with pytest.raises(FileGoneError):
                await files.open(KEY, part)
        assert await read(files, f"{KEY}.840x560.webp") == b"small"

    run(work)


@pytest.mark.parametrize(
    "key", ["", "x", "/etc/passwd", "a/../b", "a/..", "a//b", "a/b/", "a/.hidden", "a/b\0", "a\\b"]
)
def test_a_key_never_leads_out_of_the_store(run: Callable[[Work], None], key: str) -> None:
    async def work(files: Files) -> None:
        for call in (files.put(key, b""), files.open(key), files.delete(key)):
            with pytest.raises(AssertionError):
                await call

    run(work)


def test_many_at_once(run: Callable[[Work], None]) -> None:
    async def work(files: Files) -> None:
        keys = [f"uploads/1/{number:02x}/file" for number in range(20)]
        await asyncio.gather(*(files.put(key, key.encode()) for key in keys))
        assert await asyncio.gather(*(read(files, key) for key in keys)) == [key.encode() for key in keys]

    run(work)


def test_local_files_and_folders_are_the_servers_alone(tmp_path: Path) -> None:
    async def work(files: Files) -> None:
        await files.put(KEY, b"x")
        await files.close()

    asyncio.run(work(LocalFiles(tmp_path / "files")))
    made = list((tmp_path / "files").rglob("*"))
    assert {path.name for path in made if path.is_file()} == {"aB-_9"}
    for path in [tmp_path / "files", *made]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = LocalFiles(tmp_path / "files")

    def fail(descriptor: int) -> None:
        raise OSError("the disk is full")

    async def work() -> None:
        monkeypatch.setattr("os.fsync", fail)
        with pytest.raises(OSError, match="full"):
            await files.put(KEY, b"x")
        with pytest.raises(FileGoneError):
            await files.open(KEY)
        await files.close()

    asyncio.run(work())
    assert not list((tmp_path / "files" / TEMPORARY).iterdir())


def test_a_bucket_that_refuses_is_an_os_error(s3: S3Server) -> None:
    files = open_files(Settings(uploads_url=s3.url), {**ENVIRONMENT, "AWS_SECRET_ACCESS_KEY": "wrong"})

    async def work() -> None:
        for call in (files.put(KEY, b""), files.open(KEY), files.delete(KEY)):
            with pytest.raises(OSError, match="the bucket did not"):
                await call

    asyncio.run(work())
    assert s3.refused


@pytest.mark.parametrize("url", ["http://bucket", "s3:///x", "s3://bucket?endpont=http://x", "bucket"])
def test_an_address_that_cannot_be_is_refused(url: str) -> None:
    with pytest.raises(SettingError, match="--uploads-url is like"):
        open_files(Settings(uploads_url=url), ENVIRONMENT)


def test_a_bucket_needs_credentials() -> None:
    with pytest.raises(SettingError, match="AWS_ACCESS_KEY_ID"):
        open_files(Settings(uploads_url="s3://bucket"), {})
