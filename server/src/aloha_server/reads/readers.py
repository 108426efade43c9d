"""Who has read a message, as far as they let others know.

Reading is what `access.read_state` keeps: the message reaches somebody who marked it. The database hands out only who
has a floor above the message or a block of marks that may hold it; each of these costs one look into a bitmap.
"""

from typing import Any

import msgspec
from pyroaring import BitMap

from aloha.contract.errors import ApiError
from aloha.contract.settings import USER_SETTINGS

from ..access.messages import Message, people_of
from ..access.muting import muted_ids, muters_of
from ..access.read_state import BLOCK_BITS, LOW_BITS
from ..access.realm import load_realm, realm_settings
from ..access.users import User
from ..access.visibility import visible_user_ids
from ..store import Tx

SETTING = "send_read_receipts"
MARKED = f"""
    select a.user_id, case when a.settings like '%"{SETTING}"%' then a.settings end, b.bitmap from account a
    left join read_block b on b.realm_id = a.realm_id and b.user_id = a.user_id and b.block = :block
        and a.read_floor < :message_id
    where a.realm_id = :realm_id and a.is_active = 1 and (a.read_floor >= :message_id or b.bitmap is not null)
"""
AMONG_PEOPLE = f"{MARKED} and a.user_id = any(:user_ids)"
AMONG_SUBSCRIBERS = f"""{MARKED} and a.user_id in (
        select s.user_id from subscription s
        join subscription_window w on w.realm_id = s.realm_id and w.user_id = s.user_id and w.stream_id = s.stream_id
            and w.last_message_id is null and w.first_message_id <= :message_id
        where s.realm_id = :realm_id and s.stream_id = :stream_id and s.is_active = 1
    )
"""


def read_readers(tx: Tx, viewer: User, message: Message) -> list[int]:
    """Rising; without the sender, people whom the viewer may not see, those who keep it to themselves, and whom muting
    sets apart from the viewer or the sender."""
    realm = load_realm(tx)
    if not realm_settings(tx, realm)["enable_read_receipts"]:
        raise ApiError("Read receipts are disabled in this organization.")
    shares: Any = realm.user_defaults.get(SETTING, USER_SETTINGS[SETTING].default)
    visible = visible_user_ids(tx, viewer)
    apart = muters_of(tx, viewer.user_id) | muters_of(tx, message.sender_id) | muted_ids(tx, viewer.user_id)
    apart.add(message.sender_id)
    low = message.message_id & LOW_BITS
    readers = [
        user_id
        for user_id, settings, bitmap in _marked(tx, message)
        if (bitmap is None or low in BitMap.deserialize(bitmap))
        and (shares if settings is None else msgspec.json.decode(settings)[SETTING])
        and user_id not in apart
        and (visible is None or user_id in visible)
    ]
    return sorted(readers)


def _marked(tx: Tx, message: Message) -> list[tuple[Any, ...]]:
    """Who may have marked it, the settings that differ, and the marks to look into."""
    asked = {"message_id": message.message_id, "block": message.message_id >> BLOCK_BITS}
    if message.stream_id is not None:
        return tx.rows(AMONG_SUBSCRIBERS, **asked, stream_id=message.stream_id)
    return tx.rows(AMONG_PEOPLE, **asked, user_ids=people_of(tx, [message.recipient_id])[message.recipient_id])
