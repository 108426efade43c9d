"""The organization's own emoji. Taken out of use, one stays visible where it stands already."""

from aloha.contract.errors import ApiError, PermissionDeniedError
from aloha_server.markup import emoji_code_for

from ..access.emoji import check_emoji_name, image_file_name, wire_realm_emoji
from ..access.groups import may
from ..access.users import User
from ..events.emit import EVERYBODY, emit
from ..store import WriteTx

IN_USE = """
    select emoji_id, author_id from realm_emoji where realm_id = :realm_id and name = :name and is_active = 1
"""
INSERT = """
    insert into realm_emoji (realm_id, emoji_id, name, file_name, author_id, is_active, image, image_type)
    values (:realm_id, :emoji_id, :name, :file_name, :author_id, 1, :image, :image_type)
"""
DEACTIVATE = "update realm_emoji set is_active = 0 where realm_id = :realm_id and emoji_id = :emoji_id"


def add_emoji(tx: WriteTx, actor: User, name: str, image: bytes, image_type: str) -> None:
    """`image_type` was found from the picture; Unicode's names can be taken over by administrators alone."""
    name = check_emoji_name(name)
    if not may(tx, actor, "can_add_custom_emoji_group"):
        raise PermissionDeniedError
    if emoji_code_for(name) is not None and not actor.is_admin:
        raise ApiError("Only administrators can override default emoji.")
    if tx.row(IN_USE, name=name) is not None:
        raise ApiError("A custom emoji with this name already exists.")
    emoji_id = tx.next_id("emoji")
    tx.execute(
        INSERT,
        emoji_id=emoji_id,
        name=name,
        file_name=image_file_name(emoji_id, image, image_type),
        author_id=actor.user_id,
        image=image,
        image_type=image_type,
    )
    _emit(tx)


def deactivate_emoji(tx: WriteTx, actor: User, name: str) -> None:
    found = tx.row(IN_USE, name=name)
    if found is None:
        raise ApiError(f"Emoji '{name}' does not exist", status=404)
    emoji_id, author_id = found
    if not actor.is_admin and (author_id != actor.user_id or not may(tx, actor, "can_add_custom_emoji_group")):
        raise ApiError("Must be an organization administrator or emoji author")
    tx.execute(DEACTIVATE, emoji_id=emoji_id)
    _emit(tx)


def _emit(tx: WriteTx) -> None:
    emit(tx, {"type": "realm_emoji", "op": "update", "realm_emoji": wire_realm_emoji(tx)}, EVERYBODY)
