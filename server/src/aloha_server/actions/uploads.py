"""Uploads: made, carried by messages and no more, deleted. Their owners are told.

A file's content is written before the transaction that makes it an upload, and deleted after the one that ends it.
Until then it stands among the discarded files, with a time at which it goes unless it became an upload.
"""

from collections.abc import Iterable

import msgspec

from aloha.contract.errors import ApiError
from aloha.contract.objects import Attachment

from ..access.uploads import Upload, access_own_upload, readable_uploads, space_used, wire_uploads
from ..access.users import User, load_users
from ..events.emit import emit, to_users
from ..store import Tx, WriteTx
from .discarded import discard, keep_files

INSERT = """
    insert into attachment (realm_id, attachment_id, owner_id, name, path_id, content_type, size, created_at, width,
        height)
    values (:realm_id, :attachment_id, :owner_id, :name, :path_id, :content_type, :size, :created_at, :width, :height)
"""
DELETE = "delete from attachment where realm_id = :realm_id and attachment_id = :attachment_id"
DELETE_CARRIERS = "delete from attachment_message where realm_id = :realm_id and attachment_id = :attachment_id"
USE_SPACE = """
    insert into upload_usage (realm_id, bytes) values (:realm_id, :bytes)
    on conflict (realm_id) do update set bytes = upload_usage.bytes + :bytes
"""
CARRIED_BY = f"""
    select {", ".join(f"a.{name}" for name in Upload.__struct_fields__)} from attachment a
    join attachment_message am on am.realm_id = a.realm_id and am.attachment_id = a.attachment_id
    where a.realm_id = :realm_id and am.message_id = any(:message_ids) order by a.attachment_id
"""
CARRY = """
    insert into attachment_message (realm_id, message_id, attachment_id)
    values (:realm_id, :message_id, :attachment_id)
"""
DROP = """
    delete from attachment_message
    where realm_id = :realm_id and message_id = any(:message_ids) and attachment_id = any(:attachment_ids)
"""

STILL_CARRIED = """
    select distinct attachment_id from attachment_message
    where realm_id = :realm_id and attachment_id = any(:attachment_ids)
"""


class NewUpload(msgspec.Struct, frozen=True, kw_only=True):
    """A file to take in. Width and height are given where a thumbnail was made."""

    name: str
    path_id: str
    content_type: str
    size: int
    width: int | None = None
    height: int | None = None


def check_room(tx: Tx, size: int, quota_bytes: int) -> None:
    """Raises ApiError where the organization's uploads would take more than it may; 0 is no limit."""
    if quota_bytes and space_used(tx) + size > quota_bytes:
        raise ApiError("Upload would exceed your organization's upload quota.", code="REALM_UPLOAD_QUOTA")


def add_upload(tx: WriteTx, owner: User, new: NewUpload, quota_bytes: int) -> None:
    """Its files are written already."""
    check_room(tx, new.size, quota_bytes)
    values = msgspec.structs.asdict(new)
    upload = Upload(attachment_id=tx.next_id("attachment"), owner_id=owner.user_id, created_at=int(tx.now), **values)
    keep_files(tx, upload.keys)
    tx.execute(INSERT, **msgspec.structs.asdict(upload))
    tx.execute(USE_SPACE, bytes=upload.size)
    _tell(tx, owner, "add", [upload])


def delete_upload(tx: WriteTx, owner: User, attachment_id: int) -> None:
    """Messages keep their links, which lead nowhere from here on."""
    upload = access_own_upload(tx, owner, attachment_id)
    tx.execute(DELETE_CARRIERS, attachment_id=attachment_id)
    tx.execute(DELETE, attachment_id=attachment_id)
    tx.execute(USE_SPACE, bytes=-upload.size)
    discard(tx, upload.keys)
    event = {"type": "attachment", "op": "remove", "attachment": {"id": attachment_id}}
    emit(tx, {**event, "upload_space_used": space_used(tx)}, to_users(tx, [owner.user_id]))


def find_carried(tx: Tx, writer: User, path_ids: Iterable[str]) -> list[Upload]:
    """The uploads that a message of the writer carries: of those that it links to, the ones that they may read."""
    return readable_uploads(tx, writer, path_ids)


def carry(tx: WriteTx, message_id: int, uploads: list[Upload]) -> None:
    """The message, which is stored, carries these uploads too."""
    if uploads:
        rows = [{"message_id": message_id, "attachment_id": upload.attachment_id} for upload in uploads]
        tx.execute_many(CARRY, rows)
        tell_owners(tx, uploads)


def change_carried(tx: WriteTx, author: User, message_id: int, uploads: list[Upload]) -> list[Attachment]:
    """The message carries exactly these uploads; those of its author's that no message carries any more."""
    before = tx.all(Upload, CARRIED_BY, message_ids=[message_id])
    known, wanted = {one.attachment_id for one in before}, {one.attachment_id for one in uploads}
    dropped = [upload for upload in before if upload.attachment_id not in wanted]
    if dropped:
        tx.execute(DROP, message_ids=[message_id], attachment_ids=[upload.attachment_id for upload in dropped])
        tell_owners(tx, dropped)
    carry(tx, message_id, [upload for upload in uploads if upload.attachment_id not in known])
    own = [upload for upload in dropped if upload.owner_id == author.user_id]
    still = set(tx.values(STILL_CARRIED, attachment_ids=[upload.attachment_id for upload in own])) if own else set()
    return wire_uploads(tx, author, [upload for upload in own if upload.attachment_id not in still])


def drop_all_carried(tx: WriteTx, message_ids: list[int]) -> list[Upload]:
    """The messages, which are about to go, carry nothing any more; what they carried, for `tell_owners` after."""
    uploads = {upload.attachment_id: upload for upload in tx.all(Upload, CARRIED_BY, message_ids=message_ids)}
    if uploads:
        tx.execute(DROP, message_ids=message_ids, attachment_ids=list(uploads))
    return list(uploads.values())


def tell_owners(tx: WriteTx, uploads: list[Upload]) -> None:
    """`attachment/update` to the owner of each: other messages than before carry it."""
    owners = load_users(tx, {upload.owner_id for upload in uploads}) if uploads else {}
    for owner in owners.values():
        _tell(tx, owner, "update", [upload for upload in uploads if upload.owner_id == owner.user_id])


def _tell(tx: WriteTx, owner: User, op: str, uploads: list[Upload]) -> None:
    audience, used = to_users(tx, [owner.user_id]), space_used(tx)
    for shown in wire_uploads(tx, owner, uploads):
        emit(tx, {"type": "attachment", "op": op, "attachment": shown, "upload_space_used": used}, audience)
