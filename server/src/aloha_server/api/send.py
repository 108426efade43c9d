"""`POST /messages`: renders before the lock, then sends through the realm's lane."""

from typing import Literal, cast

from aloha.contract.endpoint import UNSET
from aloha.contract.endpoints.messages import SendMessage, SendMessageResult, send_message
from aloha.contract.errors import ApiError
from aloha_server.markup import Rendered, truncate_content

from .. import actions
from ..access.directory import render_content
from ..access.receipts import receipt_key
from ..access.users import acting_user
from ..actions.messages import Outgoing
from ..store import Tx
from .context import Context, Services
from .routing import Routes

routes = Routes()

CONTENT_CHARS_MAX = 10_000
# Programs that people read in: what one sends from them one has read.
READING_CLIENTS = frozenset(
    {
        "alohaandroid", "alohadesktop", "alohaios", "alohaterminal", "alohaweb", "android", "ios", "snipe", "website",
        "zulipandroid", "zulipdesktop", "zulipelectron", "zulipflutter", "zulipios", "zulipmobile", "zulipterminal",
    }
)  # fmt: skip


@routes.handles(send_message)
async def send(ctx: Context[Services], params: SendMessage) -> SendMessageResult:
    content = clean_content(params.content)
    user_id = ctx.user.user_id

    def render(tx: Tx) -> Rendered:
        return render_content(tx, content, acting_user(tx, user_id), ctx.base_url)

    rendered = await ctx.read(render)
    outgoing = make_outgoing(ctx, params, content, rendered)
    sent = await ctx.write(lambda tx: actions.messages.send_message(tx, acting_user(tx, user_id), outgoing))
    policy = cast("Literal[2, 3] | None", sent.visibility_policy)
    return SendMessageResult(id=sent.message_id, automatic_new_visibility_policy=UNSET if policy is None else policy)


def clean_content(content: str) -> str:
    """The text as it is kept: cut at its greatest length; one without anything to see is refused."""
    content = truncate_content(content.rstrip(), CONTENT_CHARS_MAX)
    if not content.strip():
        raise ApiError("Message must not be empty")
    return content


def make_outgoing(ctx: Context[Services], params: SendMessage, content: str, rendered: Rendered) -> Outgoing:
    """The request's fields in their places; raises ApiError for a recipient of the wrong kind."""
    queue_id = params.queue_id if isinstance(params.queue_id, str) else ""
    local_id = params.local_id if isinstance(params.local_id, str) else ""
    read = params.read_by_sender
    if params.type in ("stream", "channel"):
        if not isinstance(params.topic, str):
            raise ApiError("Missing topic")
        stream, topic, people = one_stream(params.to), params.topic, None
    else:
        stream, topic, people = None, "", list_people(params.to)
    return Outgoing(
        stream=stream,
        topic=topic,
        people=people,
        content=content,
        rendered=rendered,
        client=ctx.client,
        read_by_sender=ctx.client.lower() in READING_CLIENTS if read is UNSET else bool(read),
        queue_id=queue_id,
        local_id=local_id,
        receipt=receipt_key(ctx.idempotency_key, queue_id, local_id, params),
    )


def one_stream(to: int | str | list[int | str]) -> int | str:
    """A stream by id or name; older clients send a list of one."""
    if isinstance(to, list):
        if len(to) != 1:
            raise ApiError("Expected exactly one channel")
        to = to[0]
    return to


def list_people(to: int | str | list[int | str]) -> list[int] | list[str]:
    """People by id or by address, not mixed; addresses may come as one string with commas."""
    if isinstance(to, str):
        return [address.strip() for address in to.split(",") if address.strip()]
    people = to if isinstance(to, list) else [to]
    ids = [item for item in people if isinstance(item, int)]
    if ids and len(ids) != len(people):
        raise ApiError("Recipient lists may contain emails or user IDs, but not both.")
    return ids or [item for item in people if isinstance(item, str)]
