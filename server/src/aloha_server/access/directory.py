"""What a text names, looked up for rendering: people whom the writer sees, streams that the writer may know of."""

from aloha_server.markup import Directory, References, Rendered, find_references, render

from ..store import Tx
from .group_mentions import mentionable_groups
from .linkifiers import load_rules
from .realm import load_realm, realm_settings
from .streams import Stream, find_streams_named, may_know, may_read
from .uploads import load_images
from .users import User
from .visibility import visible_user_ids

TOPICS_MAX = 10  # links to so many topics of a text survive a move of the topic
USERS = """
    select user_id, full_name, is_active from account where realm_id = :realm_id
        and (user_id = any(:ids) or name_key = any(:names))
"""
EMOJI = """
    select name, emoji_id, file_name from realm_emoji
    where realm_id = :realm_id and is_active = 1 and name = any(:names)
"""
SUBSCRIBED = """
    select stream_id from subscription
    where realm_id = :realm_id and user_id = :user_id and is_active = 1 and stream_id = any(:ids)
"""
LAST_OF_TOPIC = """
    select max(message_id) from message
    where realm_id = :realm_id and recipient_id = :recipient_id and topic_key = :topic_key
"""


def load_directory(tx: Tx, references: References, writer: User) -> Directory:
    """At most one query for each kind of thing that is named, and one for each of a few topics."""
    groups = mentionable_groups(tx, references.group_names)
    directory = Directory(users_by_id={}, users_by_name={}, streams={}, groups=groups, realm_emoji={}, topics={})
    directory.rules = load_rules(tx)
    if references.user_ids or references.user_names:
        _add_users(tx, directory, references, writer)
    _add_streams(tx, directory, references, writer)
    if references.emoji_names:
        for name, emoji_id, file_name in tx.rows(EMOJI, names=list(references.emoji_names)):
            directory.realm_emoji[name] = (emoji_id, emoji_url(tx.realm_id, file_name))
    if references.upload_paths and realm_settings(tx)["inline_image_preview"]:
        directory.images = load_images(tx, writer, references.upload_paths)
    return directory


def _add_users(tx: Tx, directory: Directory, references: References, writer: User) -> None:
    visible, inactive = visible_user_ids(tx, writer), set()
    found = tx.rows(USERS, ids=list(references.user_ids), names=list(references.user_names))
    for user_id, full_name, is_active in found:
        if visible is None or user_id in visible:
            directory.users_by_id[user_id] = full_name
            directory.users_by_name.setdefault(full_name.casefold(), []).append(user_id)
            if not is_active:
                inactive.add(user_id)
    directory.inactive_user_ids = frozenset(inactive)


def _add_streams(tx: Tx, directory: Directory, references: References, writer: User) -> None:
    if not references.stream_names:
        return
    named, readable = find_streams_named(tx, references.stream_names), dict[str, Stream]()
    ids = [stream.stream_id for stream in named.values()]
    subscribed_ids = set(tx.values(SUBSCRIBED, user_id=writer.user_id, ids=ids))
    for key, stream in named.items():
        subscribed = stream.stream_id in subscribed_ids
        if may_know(tx, writer, stream, subscribed=subscribed):
            directory.streams[key] = (stream.stream_id, stream.name)
        if may_read(writer, stream, subscribed=subscribed):
            readable[key] = stream
    for key, topic in sorted(references.topics)[:TOPICS_MAX]:
        if key in readable:
            where = {"recipient_id": readable[key].recipient_id, "topic_key": topic.casefold()}
            last = tx.value(LAST_OF_TOPIC, **where)
            if last is not None:
                directory.topics[(readable[key].stream_id, topic)] = last


def emoji_url(realm_id: int, file_name: str) -> str:
    """Relative to the server."""
    return f"/user_avatars/{realm_id}/emoji/images/{file_name}"


def render_content(tx: Tx, content: str, writer: User, realm_url: str = "") -> Rendered:
    """The content as HTML, with what it mentions. Slow: for reads, before the lock.

    `realm_url` is the organization's address as the writer's client knows it: links below it become relative ones.
    """
    realm = load_realm(tx)
    settings = realm_settings(tx, realm)
    return render(
        content,
        load_directory(tx, find_references(content), writer),
        code_language=str(settings["default_code_block_language"]),
        realm_url=realm_url,
        emoticons=bool(writer.setting("translate_emoticons", realm)),
    )
