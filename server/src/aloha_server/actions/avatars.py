"""Avatars: an uploaded picture takes the gravatar's place, and goes again."""

from aloha.contract.errors import ApiError

from ..access.avatars import UPLOADED, avatar_keys, avatar_url
from ..access.realm import load_realm, realm_settings
from ..access.users import User, find_user
from ..store import Tx, WriteTx
from .discarded import discard, keep_files
from .people import emit_avatar, emit_bot_change, watchers_of

SET = """
    update account set avatar_source = :source, avatar_file = :file_name, avatar_version = avatar_version + 1
    where realm_id = :realm_id and user_id = :user_id
"""


def check_may_change_avatar(tx: Tx, actor: User) -> None:
    if realm_settings(tx)["avatar_changes_disabled"] and not actor.is_admin:
        raise ApiError("Avatar changes are disabled in this organization.")


def set_avatar(tx: WriteTx, user: User, file_name: str) -> str:
    """The picture, whose files are written already, becomes the user's; where it is. Nobody's permission is asked."""
    keep_files(tx, avatar_keys(tx.realm_id, file_name))
    return _change(tx, user, UPLOADED, file_name)


def remove_avatar(tx: WriteTx, user: User) -> str:
    """Back to the gravatar; where that is."""
    if user.avatar_source != UPLOADED:
        return avatar_url(user, load_realm(tx))
    return _change(tx, user, "G", "")


def _change(tx: WriteTx, before: User, source: str, file_name: str) -> str:
    if before.avatar_file:
        discard(tx, avatar_keys(tx.realm_id, before.avatar_file))
    tx.execute(SET, user_id=before.user_id, source=source, file_name=file_name)
    user, realm = find_user(tx, before.user_id), load_realm(tx)
    assert user is not None
    emit_avatar(tx, watchers_of(tx, user.user_id), user, realm)
    url = avatar_url(user, realm)
    if user.is_bot:
        emit_bot_change(tx, user, {"avatar_url": url})
    return url
