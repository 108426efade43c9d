"""Saved snippets over the API."""

from aloha.contract.endpoint import UNSET, Empty
from aloha.contract.endpoints.saved_snippets import (
    CreateSavedSnippet,
    CreateSavedSnippetResult,
    DeleteSavedSnippet,
    EditSavedSnippet,
    GetSavedSnippets,
    GetSavedSnippetsResult,
    create_saved_snippet,
    delete_saved_snippet,
    edit_saved_snippet,
    get_saved_snippets,
)
from aloha.contract.errors import ApiError

from ..access.snippets import load_snippets
from ..access.users import acting_user
from ..actions import saved_snippets as actions
from .context import Context, Services
from .routing import Routes
from .send import CONTENT_CHARS_MAX

routes = Routes()

TITLE_CHARS_MAX = 60


@routes.handles(get_saved_snippets)
async def show(ctx: Context[Services], params: GetSavedSnippets) -> GetSavedSnippetsResult:
    del params
    found = await ctx.read(lambda tx: load_snippets(tx, ctx.user.user_id))
    return GetSavedSnippetsResult(saved_snippets=found)


@routes.handles(create_saved_snippet)
async def create(ctx: Context[Services], params: CreateSavedSnippet) -> CreateSavedSnippetResult:
    title, content = check_title(params.title), check_content(params.content)
    snippet_id = await ctx.write(
        lambda tx: actions.create_snippet(tx, acting_user(tx, ctx.user.user_id), title, content)
    )
    return CreateSavedSnippetResult(saved_snippet_id=snippet_id)


@routes.handles(edit_saved_snippet)
async def edit(ctx: Context[Services], params: EditSavedSnippet) -> Empty:
    title = None if params.title is UNSET else check_title(params.title)
    content = None if params.content is UNSET else check_content(params.content)
    await ctx.write(
        lambda tx: actions.edit_snippet(tx, acting_user(tx, ctx.user.user_id), params.saved_snippet_id, title, content)
    )
    return Empty()


@routes.handles(delete_saved_snippet)
async def delete(ctx: Context[Services], params: DeleteSavedSnippet) -> Empty:
    await ctx.write(lambda tx: actions.delete_snippet(tx, acting_user(tx, ctx.user.user_id), params.saved_snippet_id))
    return Empty()


def check_title(title: str) -> str:
    return _check("title", title, TITLE_CHARS_MAX)


def check_content(content: str) -> str:
    return _check("content", content, CONTENT_CHARS_MAX)


def _check(name: str, text: str, chars_max: int) -> str:
    """Without the space around it. A saved text is never cut: it would be sent so, later and unseen."""
    text = text.strip()
    if not text:
        raise ApiError(f"{name} cannot be blank")
    if len(text) > chars_max:
        raise ApiError(f"{name} is too long (limit: {chars_max} characters)")
    return text
