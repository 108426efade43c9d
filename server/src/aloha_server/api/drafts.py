"""Drafts over the API."""

from collections.abc import Iterable

import msgspec

from aloha.contract.endpoint import UNSET, Empty
from aloha.contract.endpoints.drafts import (
    CreateDrafts,
    CreateDraftsResult,
    DeleteDraft,
    EditDraft,
    GetDrafts,
    GetDraftsResult,
    create_drafts,
    delete_draft,
    edit_draft,
    get_drafts,
)
from aloha.contract.objects import Draft

from ..access.drafts import load_drafts
from ..access.users import acting_user
from ..actions import drafts as actions
from ..store import Tx
from .context import Context, Services
from .routing import Routes
from .send import clean_content

routes = Routes()


@routes.handles(get_drafts)
async def show(ctx: Context[Services], params: GetDrafts) -> GetDraftsResult:
    del params

    def read(tx: Tx) -> list[Draft]:
        user = acting_user(tx, ctx.user.user_id)
        actions.check_synchronized(tx, user)
        return load_drafts(tx, user.user_id)

    found = await ctx.read(read)
    return GetDraftsResult(count=len(found), drafts=found)


@routes.handles(create_drafts)
async def create(ctx: Context[Services], params: CreateDrafts) -> CreateDraftsResult:
    drafts = [] if params.drafts is UNSET else clean_drafts(params.drafts)
    ids = await ctx.write(lambda tx: actions.create_drafts(tx, acting_user(tx, ctx.user.user_id), drafts))
    return CreateDraftsResult(ids=ids)


@routes.handles(edit_draft)
async def edit(ctx: Context[Services], params: EditDraft) -> Empty:
    [draft] = clean_drafts([params.draft])
    await ctx.write(lambda tx: actions.edit_draft(tx, acting_user(tx, ctx.user.user_id), params.draft_id, draft))
    return Empty()


@routes.handles(delete_draft)
async def delete(ctx: Context[Services], params: DeleteDraft) -> Empty:
    await ctx.write(lambda tx: actions.delete_draft(tx, acting_user(tx, ctx.user.user_id), params.draft_id))
    return Empty()


def clean_drafts(drafts: Iterable[Draft]) -> list[Draft]:
    return [msgspec.structs.replace(draft, content=clean_content(draft.content)) for draft in drafts]
