"""Saved snippets as they are kept and shown. They are the user's own: nobody else reads them."""

from aloha.contract.objects import SavedSnippet

from ..store import Tx

COLUMNS = "snippet_id, title, content, created_at"
ALL = f"select {COLUMNS} from saved_snippet where realm_id = :realm_id and user_id = :user_id order by snippet_id"
ONE = f"""
    select {COLUMNS} from saved_snippet
    where realm_id = :realm_id and user_id = :user_id and snippet_id = :snippet_id
"""


def load_snippets(tx: Tx, user_id: int) -> list[SavedSnippet]:
    """Oldest first."""
    return [_shown(*row) for row in tx.rows(ALL, user_id=user_id)]


def find_snippet(tx: Tx, user_id: int, snippet_id: int) -> SavedSnippet | None:
    row = tx.row(ONE, user_id=user_id, snippet_id=snippet_id)
    return None if row is None else _shown(*row)


def _shown(snippet_id: int, title: str, content: str, created_at: int) -> SavedSnippet:
    return SavedSnippet(id=snippet_id, title=title, content=content, date_created=created_at)
