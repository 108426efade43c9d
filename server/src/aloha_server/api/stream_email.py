"""Addresses of channels over the API."""

import secrets

from aloha.contract.endpoint import UNSET
from aloha.contract.endpoints.stream_email import (
    GetStreamEmailAddress,
    GetStreamEmailAddressResult,
    get_stream_email_address,
)

from ..access import stream_email
from ..access.stream_email import TOKEN_BYTES, SealedToken
from ..access.users import acting_user
from ..actions.stream_email import keep_token
from ..store import Tx, WriteTx
from .context import Context, Services
from .routing import Routes

routes = Routes()


@routes.handles(get_stream_email_address)
async def read_address(ctx: Context[Services], params: GetStreamEmailAddress) -> GetStreamEmailAddressResult:
    """Made when it is first asked for."""
    sender_id = None if params.sender_id is UNSET else params.sender_id

    def find(tx: Tx) -> SealedToken | None:
        return stream_email.find_token(tx, acting_user(tx, ctx.user.user_id), params.stream_id, sender_id)

    found = await ctx.read(find)
    if found is None:
        token = secrets.token_hex(TOKEN_BYTES)
        sealed, digest = ctx.services.keys.seal(token), stream_email.digest_token(token)

        def keep(tx: WriteTx) -> SealedToken:
            user = acting_user(tx, ctx.user.user_id)
            return keep_token(tx, user, params.stream_id, sender_id, sealed=sealed, digest=digest)

        found = await ctx.write(keep)
    address = stream_email.make_address(found.stream_name, ctx.services.keys.open(found.sealed), ctx.realm)
    return GetStreamEmailAddressResult(email=address)
