"""Direct conversations: a recipient for each set of people, made when they first write to each other."""

from collections.abc import Iterable

import msgspec

from ..events.audience import store_audience
from ..store import Tx, WriteTx

FIND = "select recipient_id, audience_id from recipient where realm_id = :realm_id and user_ids = :user_ids"
OF_STREAM = (
    "select recipient_id, audience_id from recipient where realm_id = :realm_id and recipient_id = :recipient_id"
)
INSERT = """
    insert into recipient (realm_id, recipient_id, user_ids, audience_id)
    values (:realm_id, :recipient_id, :user_ids, :audience_id)
"""
INSERT_MEMBER = """
    insert into direct_member (realm_id, user_id, recipient_id) values (:realm_id, :user_id, :recipient_id)
"""


class Recipient(msgspec.Struct, frozen=True):
    recipient_id: int
    audience_id: int


def find_conversation(tx: Tx, user_ids: Iterable[int]) -> Recipient | None:
    """The conversation of exactly these people, the writer included."""
    return tx.one(Recipient, FIND, user_ids=_key(user_ids))


def make_conversation(tx: WriteTx, user_ids: Iterable[int]) -> Recipient:
    """Only where `find_conversation` found none."""
    ids = sorted(set(user_ids))
    recipient = Recipient(tx.next_id("recipient"), store_audience(tx, ids))
    tx.execute(INSERT, recipient_id=recipient.recipient_id, user_ids=_key(ids), audience_id=recipient.audience_id)
    tx.execute_many(INSERT_MEMBER, [{"user_id": id_, "recipient_id": recipient.recipient_id} for id_ in ids])
    return recipient


def load_recipient(tx: Tx, recipient_id: int) -> Recipient:
    recipient = tx.one(Recipient, OF_STREAM, recipient_id=recipient_id)
    assert recipient is not None
    return recipient


def _key(user_ids: Iterable[int]) -> str:
    return ",".join(str(user_id) for user_id in sorted(set(user_ids)))
