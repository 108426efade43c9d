"""An S3 service of one bucket, in memory: PUT, GET with ranges, DELETE, each refused unless its signature is right.

The signature is computed here from the documentation of AWS Signature Version 4, so that what signs is tested too.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, quote, urlsplit

ACCESS_KEY_ID = "key-id"
SECRET = "secret-of-the-bucket"
REGION = "eu-test-1"
BUCKET = "attic"


class S3Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.objects: dict[str, bytes] = {}
        self.refused = 0

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error of ours."""

    @property
    def url(self) -> str:
        return f"s3://{BUCKET}/kept?endpoint=http://127.0.0.1:{self.server_port}&region={REGION}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: S3Server

    def do_PUT(self) -> None:
        body = self._body()
        if self._admit(body):
            self.server.objects[self._key()] = body
            self._answer(200, headers={"ETag": '"1"'})

    def do_GET(self) -> None:
        if not self._admit(b""):
            return
        content = self.server.objects.get(self._key())
        if content is None:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
            return
        headers = {"ETag": '"1"', "Last-Modified": "Tue, 14 Nov 2023 22:13:20 GMT"}
        span = re.fullmatch(r"bytes=([0-9]+)-([0-9]+)", self.headers.get("Range", ""))
        if span is None:
            self._answer(200, content, headers)
            return
        start, end = int(span[1]), min(int(span[2]) + 1, len(content))
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(content)}"
        self._answer(206, content[start:end], headers)

    def do_DELETE(self) -> None:
        if self._admit(b""):
            self.server.objects.pop(self._key(), None)
            self._answer(204)

    def do_POST(self) -> None:
        """The deletion of several at once."""
        body = self._body()
        if self._admit(body):
            keys = re.findall(r"<Key>([^<]+)</Key>", body.decode())
            for key in keys:
                self.server.objects.pop(key, None)
            done = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            self._answer(200, f"<DeleteResult>{done}</DeleteResult>".encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet."""

    def _key(self) -> str:
        return urlsplit(self.path).path.removeprefix(f"/{BUCKET}/")

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _admit(self, body: bytes) -> bool:
        if self._is_signed(body):
            return True
        self.server.refused += 1
        self._answer(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
        return False

    def _is_signed(self, body: bytes) -> bool:
        given = re.fullmatch(
            r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d+)/([^/]+)/s3/aws4_request, "
            r"SignedHeaders=([^,]+), Signature=([0-9a-f]+)",
            self.headers.get("Authorization", ""),
        )
        if given is None or (given[1], given[3]) != (ACCESS_KEY_ID, REGION):
            return False
        digest = self.headers["x-amz-content-sha256"]
        if digest not in ("UNSIGNED-PAYLOAD", hashlib.sha256(body).hexdigest()):
            return False
        url = urlsplit(self.path)
        pairs = sorted(parse_qsl(url.query, keep_blank_values=True))
        request = "\n".join(
            [
                self.command,
                url.path,
                "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs),
                *(f"{name}:{' '.join(self.headers[name].split())}" for name in given[4].split(";")),
                "",
                given[4],
                digest,
            ]
        )
        scope = f"{given[2]}/{REGION}/s3/aws4_request"
        hashed = hashlib.sha256(request.encode()).hexdigest()
        text = f"AWS4-HMAC-SHA256\n{self.headers['x-amz-date']}\n{scope}\n{hashed}"
        key = f"AWS4{SECRET}".encode()
        for part in (given[2], REGION, "s3", "aws4_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        return hmac.compare_digest(hmac.digest(key, text.encode(), "sha256").hex(), given[5])

    def _answer(self, status: int, content: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def run_s3() -> Iterator[S3Server]:
    server = S3Server()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
