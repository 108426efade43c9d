"""Answers of sends, kept for a day so that a repeated send is answered and not repeated.

The key is the request's Idempotency-Key, or its queue and local id. Only successes are kept. The receipt is
written in the transaction of the send, so of two in flight the second, waiting in the lane, finds it.
"""

import hashlib

import msgspec

from aloha.contract.errors import ApiError

from ..store import Tx, WriteTx

KEPT_S = 24 * 3600

FIND = """
    select message_id, request_digest from send_receipt
    where realm_id = :realm_id and user_id = :user_id and key = :key and sent_at > :since
"""
KEEP = """
    insert into send_receipt (realm_id, user_id, key, request_digest, message_id, sent_at)
    values (:realm_id, :user_id, :key, :digest, :message_id, :now)
    on conflict (realm_id, user_id, key)
    do update set request_digest = :digest, message_id = :message_id, sent_at = :now
"""
FORGET = "delete from send_receipt where realm_id = :realm_id and sent_at < :before"


class ReceiptKey(msgspec.Struct, frozen=True):
    """`strict`: another request under the same key is an error, not a new send."""

    key: str
    strict: bool
    digest: bytes


def receipt_key(
    idempotency_key: str | None, queue_id: str, local_id: str, request: msgspec.Struct
) -> ReceiptKey | None:
    """The key under which a repetition of this request is known, if it has one."""
    digest = hashlib.blake2b(msgspec.json.encode(request), digest_size=16).digest()
    if idempotency_key:
        return ReceiptKey(f"k:{idempotency_key}", strict=True, digest=digest)
    if queue_id and local_id:
        return ReceiptKey(f"l:{queue_id}:{local_id}", strict=False, digest=digest)
    return None


def find_receipt(tx: Tx, user_id: int, key: ReceiptKey) -> int | None:
    """The first send's message id; raises IDEMPOTENCY_KEY_REUSED."""
    row = tx.row(FIND, user_id=user_id, key=key.key, since=tx.now - KEPT_S)
    if row is None:
        return None
    if bytes(row[1]) == key.digest:
        return int(row[0])
    if key.strict:
        raise ApiError("This Idempotency-Key came with a different request", code="IDEMPOTENCY_KEY_REUSED")
    return None


def keep_receipt(tx: WriteTx, user_id: int, key: ReceiptKey, message_id: int) -> None:
    tx.execute(KEEP, user_id=user_id, key=key.key, digest=key.digest, message_id=message_id, now=tx.now)


def forget_old_receipts(tx: WriteTx) -> int:
    return tx.execute(FORGET, before=tx.now - KEPT_S)
