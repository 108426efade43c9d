"""Saved snippets: texts that a user keeps; only the user's own clients are told."""

import msgspec

from aloha.contract.errors import ApiError
from aloha.contract.objects import SavedSnippet

from ..access.snippets import find_snippet
from ..access.users import User
from ..events.emit import emit, to_users
from ..store import WriteTx

SNIPPETS_MAX = 1000  # of one user

COUNT = "select count(*) from saved_snippet where realm_id = :realm_id and user_id = :user_id"
INSERT = """
    insert into saved_snippet (realm_id, user_id, snippet_id, title, content, created_at)
    values (:realm_id, :user_id, :snippet_id, :title, :content, :created_at)
"""
UPDATE = """
    update saved_snippet set title = :title, content = :content
    where realm_id = :realm_id and user_id = :user_id and snippet_id = :snippet_id
"""
DELETE = "delete from saved_snippet where realm_id = :realm_id and user_id = :user_id and snippet_id = :snippet_id"


def create_snippet(tx: WriteTx, user: User, title: str, content: str) -> int:
    if tx.value(COUNT, user_id=user.user_id) >= SNIPPETS_MAX:
        raise ApiError(f"There can be at most {SNIPPETS_MAX} saved snippets")
    snippet = SavedSnippet(id=tx.next_id("saved_snippet"), title=title, content=content, date_created=int(tx.now))
    tx.execute(
        INSERT,
        user_id=user.user_id,
        snippet_id=snippet.id,
        title=title,
        content=content,
        created_at=snippet.date_created,
    )
    _emit(tx, user, "add", saved_snippet=snippet)
    return snippet.id


def edit_snippet(tx: WriteTx, user: User, snippet_id: int, title: str | None, content: str | None) -> None:
    """What is None stays."""
    before = find_snippet(tx, user.user_id, snippet_id)
    if before is None:
        raise no_such_snippet()
    if title is None and content is None:
        raise ApiError("No new data is supplied")
    snippet = msgspec.structs.replace(
        before,
        title=before.title if title is None else title,
        content=before.content if content is None else content,
    )
    if snippet != before:
        tx.execute(UPDATE, user_id=user.user_id, snippet_id=snippet_id, title=snippet.title, content=snippet.content)
        _emit(tx, user, "update", saved_snippet=snippet)


def delete_snippet(tx: WriteTx, user: User, snippet_id: int) -> None:
    if not tx.execute(DELETE, user_id=user.user_id, snippet_id=snippet_id):
        raise no_such_snippet()
    _emit(tx, user, "remove", saved_snippet_id=snippet_id)


def no_such_snippet() -> ApiError:
    """The same for somebody else's."""
    return ApiError("Saved snippet does not exist.", status=404)


def _emit(tx: WriteTx, user: User, op: str, **fields: SavedSnippet | int) -> None:
    emit(tx, {"type": "saved_snippets", "op": op, **fields}, to_users(tx, [user.user_id]))
