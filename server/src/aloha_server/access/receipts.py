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
    select message_id, visibility_policy, request_digest from send_receipt
    where realm_id = :realm_id and user_id = :user_id and key = :key and sent_at > :since
"""
KEEP = """
    insert into send_receipt (realm_id, user_id, key, request_digest, message_id, visibility_policy, sent_at)
    values (:realm_id, :user_id, :key, :digest, :message_id, :policy, :now)
    on conflict (realm_id, user_id, key) do update set
        request_digest = :digest, message_id = :message_id, visibility_policy = :policy, sent_at = :now
"""
FORGET = "delete from send_receipt where realm_id = :realm_id and sent_at < :before"


class ReceiptKey(msgspec.Struct, frozen=True):
    """`strict`: another request under the same key is an error, not a new send."""

    key: str
    strict: bool
    digest: bytes


class Sent(msgspec.Struct, frozen=True):
    """The answer of a send. `visibility_policy` is the sender's new one for the topic, where sending changed it."""

    message_id: int
    visibility_policy: int | None = None


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


def find_receipt(tx: Tx, user_id: int, key: ReceiptKey) -> Sent | None:
    """The first send's answer; raises IDEMPOTENCY_KEY_REUSED."""
    row = tx.row(FIND, user_id=user_id, key=key.key, since=tx.now - KEPT_S)
    if row is None:
        return None
    message_id, policy, digest = row
    if bytes(digest) == key.digest:
        return Sent(message_id, policy)
    if key.strict:
        raise ApiError("This Idempotency-Key came with a different request", code="IDEMPOTENCY_KEY_REUSED")
    return None


def keep_receipt(tx: WriteTx, user_id: int, key: ReceiptKey, sent: Sent) -> None:
    answer = {"message_id": sent.message_id, "policy": sent.visibility_policy}
    tx.execute(KEEP, user_id=user_id, key=key.key, digest=key.digest, now=tx.now, **answer)


def forget_old_receipts(tx: WriteTx) -> int:
    return tx.execute(FORGET, before=tx.now - KEPT_S)
