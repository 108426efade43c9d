"""What a text names, looked up for rendering: people whom the writer sees, streams that the writer may know of."""

from aloha_server.markup import Directory, References, Rendered, find_references, render

from ..store import Tx
from .realm import realm_settings
from .streams import find_streams_named, is_subscribed, may_know
from .uploads import load_images
from .users import User
from .visibility import visible_user_ids

USERS = """
    select user_id, full_name from account where realm_id = :realm_id and is_active = 1
        and (user_id = any(:ids) or name_key = any(:names))
"""
EMOJI = """
    select name, emoji_id, file_name from realm_emoji
    where realm_id = :realm_id and is_active = 1 and name = any(:names)
"""


def load_directory(tx: Tx, references: References, writer: User) -> Directory:
    """At most one query for each kind of thing that is named."""
    directory = Directory(users_by_id={}, users_by_name={}, streams={}, groups={}, realm_emoji={})
    if references.user_ids or references.user_names:
        visible = visible_user_ids(tx, writer)
        names = list(references.user_names)
        for user_id, full_name in tx.rows(USERS, ids=list(references.user_ids), names=names):
            if visible is None or user_id in visible:
                directory.users_by_id[user_id] = full_name
                directory.users_by_name.setdefault(full_name.casefold(), []).append(user_id)
    for key, stream in find_streams_named(tx, references.stream_names).items():
        if may_know(tx, writer, stream, subscribed=is_subscribed(tx, writer.user_id, stream.stream_id)):
            directory.streams[key] = (stream.stream_id, stream.name)
    if references.emoji_names:
        for name, emoji_id, file_name in tx.rows(EMOJI, names=list(references.emoji_names)):
            directory.realm_emoji[name] = (emoji_id, emoji_url(tx.realm_id, file_name))
    if references.upload_paths and realm_settings(tx)["inline_image_preview"]:
        directory.images = load_images(tx, writer, references.upload_paths)
    return directory


def emoji_url(realm_id: int, file_name: str) -> str:
    """Relative to the server."""
    return f"/user_avatars/{realm_id}/emoji/images/{file_name}"


def render_content(tx: Tx, content: str, writer: User) -> Rendered:
    """The content as HTML, with what it mentions. Slow: for reads, before the lock."""
    directory = load_directory(tx, find_references(content), writer)
    return render(content, directory, code_language=str(realm_settings(tx)["default_code_block_language"]))
