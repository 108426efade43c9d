"""Uploaded files: their rows, their places on the wire and in the store of files, and who may read them.

A file is read by its owner and by whoever can read a message that carries it; one that a reader may not read is
answered like one that does not exist. Its owner is told of those messages that the owner can read, and of no others.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable

import msgspec

from aloha.contract.errors import ApiError
from aloha.contract.objects import Attachment, AttachmentMessage
from aloha_server.markup import Image

from ..files.pictures import THUMBNAIL_NAME
from ..store import Tx
from .messages import READABLE, reader
from .realm import realm_settings
from .users import User

NAME_CHARS_MAX = 255
PATH_NAME_CHARS_MAX = 100
EXTENSION_CHARS_MAX = 16
UNNAMED = "uploaded-file"
RANDOM_BYTES = 18

COLUMNS = """a.attachment_id, a.owner_id, a.name, a.path_id, a.content_type, a.size, a.created_at, a.width, a.height"""
CARRIED = """exists (
    select 1 from attachment_message am
    join message m on m.realm_id = am.realm_id and m.message_id = am.message_id
    where am.realm_id = a.realm_id and am.attachment_id = a.attachment_id and {condition}
)"""
MAY_READ = f"(a.owner_id = :user_id or {CARRIED.format(condition=READABLE)})"
WEB_PUBLIC = "m.stream_id in (select stream_id from stream where realm_id = :realm_id and is_web_public = 1)"
BY_PATH = f"select {COLUMNS} from attachment a where a.realm_id = :realm_id and a.path_id = :path_id"
READABLE_BY_PATH = f"""
    select {COLUMNS} from attachment a
    where a.realm_id = :realm_id and a.path_id = any(:path_ids) and {MAY_READ} order by a.attachment_id
"""
PUBLIC_BY_PATH = f"""
    select {COLUMNS} from attachment a
    where a.realm_id = :realm_id and a.path_id = :path_id and {CARRIED.format(condition=WEB_PUBLIC)}
"""
OWN = f"""
    select {COLUMNS} from attachment a
    where a.realm_id = :realm_id and a.owner_id = :user_id order by a.attachment_id desc limit :count
"""
ONE_OWN = f"""
    select {COLUMNS} from attachment a
    where a.realm_id = :realm_id and a.owner_id = :user_id and a.attachment_id = :attachment_id
"""
CARRIERS = f"""
    select am.attachment_id, m.message_id, m.sent_at from attachment_message am
    join message m on m.realm_id = am.realm_id and m.message_id = am.message_id
    where am.realm_id = :realm_id and am.attachment_id = any(:attachment_ids) and {READABLE} order by m.message_id
"""
SPACE_USED = "select bytes from upload_usage where realm_id = :realm_id"

LISTED_MAX = 10_000

_REFUSED = re.compile(r"[^\w.~-]+")
_DOTS = re.compile(r"\.{2,}")
_FILE_KEY = re.compile(r"[0-9]+/[0-9a-f]{2}/[A-Za-z0-9_-]{24}")


class Upload(msgspec.Struct, frozen=True):
    """A row of `attachment`. Width and height are those of a picture that has a thumbnail."""

    attachment_id: int
    owner_id: int
    name: str
    path_id: str
    content_type: str
    size: int
    created_at: int
    width: int | None
    height: int | None

    @property
    def key(self) -> str:
        """Of its content in the store of files."""
        return file_key(self.path_id)

    @property
    def keys(self) -> list[str]:
        """Of all that is kept of it."""
        return [self.key] if self.width is None else [self.key, thumbnail_key(self.path_id)]


def clean_name(name: str) -> str:
    """What the client calls the file, without folders and what does not print, cut where it is too long."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(character for character in name if character.isprintable()).strip()
    return _cut(name, NAME_CHARS_MAX) if name.strip(".") else UNNAMED


def new_path_id(realm_id: int, name: str) -> str:
    """A place that nobody can guess. The name at its end is for people to read, and nothing is found by it alone."""
    plain = _DOTS.sub(".", _REFUSED.sub("-", unicodedata.normalize("NFKC", name))).strip("-.")
    shown = _cut(plain, PATH_NAME_CHARS_MAX)
    return f"{realm_id}/{secrets.token_hex(1)}/{secrets.token_urlsafe(RANDOM_BYTES)}/{shown or UNNAMED}"


def _cut(name: str, length: int) -> str:
    """Keeps the name's end, which says what it is."""
    stem, dot, extension = name.rpartition(".")
    if len(name) <= length or not stem or len(extension) > EXTENSION_CHARS_MAX:
        return name[:length]
    return stem[: length - len(extension) - 1] + dot + extension


def file_key(path_id: str) -> str:
    """Nothing that a user wrote is part of it."""
    place = path_id.rpartition("/")[0]
    assert _FILE_KEY.fullmatch(place), f"{path_id!r} is no path of an upload"
    return f"uploads/{place}"


def thumbnail_key(path_id: str) -> str:
    return f"{file_key(path_id)}.{THUMBNAIL_NAME}"


def readable_uploads(tx: Tx, user: User, path_ids: Iterable[str]) -> list[Upload]:
    """Those that the user may read, in one query."""
    ids = list(path_ids)
    return tx.all(Upload, READABLE_BY_PATH, path_ids=ids, **reader(user)) if ids else []


def load_images(tx: Tx, user: User, path_ids: Iterable[str]) -> dict[str, Image]:
    """Of the uploads that the user may read, the pictures, for previews."""
    return {
        upload.path_id: Image(upload.width, upload.height, upload.content_type, THUMBNAIL_NAME)
        for upload in readable_uploads(tx, user, path_ids)
        if upload.width is not None and upload.height is not None
    }


def access_upload(tx: Tx, user: User | None, path_id: str) -> Upload:
    """None is anybody: who has no account reads what web-public streams carry, where the organization allows that."""
    if user is not None:
        found = readable_uploads(tx, user, [path_id])
        upload = found[0] if found else None
    else:
        spectators = realm_settings(tx)["enable_spectator_access"]
        upload = tx.one(Upload, PUBLIC_BY_PATH, path_id=path_id) if spectators else None
    if upload is None:
        raise ApiError("There is no such file", code="NOT_FOUND")
    return upload


def find_upload(tx: Tx, path_id: str) -> Upload | None:
    """Nobody's permission is asked."""
    return tx.one(Upload, BY_PATH, path_id=path_id)


def access_own_upload(tx: Tx, owner: User, attachment_id: int) -> Upload:
    upload = tx.one(Upload, ONE_OWN, user_id=owner.user_id, attachment_id=attachment_id)
    if upload is None:
        raise ApiError("Invalid attachment")
    return upload


def list_own_uploads(tx: Tx, owner: User) -> list[Attachment]:
    """The newest LISTED_MAX, newest first."""
    uploads = tx.all(Upload, OWN, user_id=owner.user_id, count=LISTED_MAX)
    return wire_uploads(tx, owner, uploads)


def wire_uploads(tx: Tx, owner: User, uploads: list[Upload]) -> list[Attachment]:
    """Uploads of one owner, as they are shown to the owner; in one query."""
    ids = [upload.attachment_id for upload in uploads]
    carriers: dict[int, list[AttachmentMessage]] = {id_: [] for id_ in ids}
    for attachment_id, message_id, sent_at in tx.rows(CARRIERS, attachment_ids=ids, **reader(owner)) if ids else ():
        carriers[attachment_id].append(AttachmentMessage(id=message_id, date_sent=sent_at * 1000))
    return [
        Attachment(
            id=upload.attachment_id,
            name=upload.name,
            path_id=upload.path_id,
            size=upload.size,
            create_time=upload.created_at * 1000,
            messages=carriers[upload.attachment_id],
        )
        for upload in uploads
    ]


def space_used(tx: Tx) -> int:
    """Bytes of all the organization's uploads."""
    return int(tx.value(SPACE_USED) or 0)
