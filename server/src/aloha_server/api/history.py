"""Reading messages: the history and its narrows, single ones, and who has read them. Some of it without an account."""

from aloha.contract.endpoint import UNSET
from aloha.contract.endpoints.messages import (
    GetMessage,
    GetMessageResult,
    GetMessages,
    GetMessagesResult,
    get_message,
    get_messages,
)
from aloha.contract.endpoints.reading import (
    GetReadReceipts,
    GetReadReceiptsResult,
    MatchesNarrow,
    MatchesNarrowResult,
    check_messages_match_narrow,
    get_read_receipts,
)
from aloha.contract.errors import ApiError
from aloha.contract.narrow import parse_narrow
from aloha.contract.objects import FetchedMessage, NarrowTerm

from ..access.messages import Message, access_message, access_messages
from ..access.users import User, acting_user
from ..events.log import read_head
from ..reads.history import (
    MESSAGES_MAX,
    check_counts,
    find_anchor,
    find_window,
    match_among,
    parse_date,
    require_anchor,
)
from ..reads.narrow import Narrowed, resolve_narrow
from ..reads.readers import read_readers
from ..reads.search import add_matches, match_messages
from ..reads.spectators import (
    SPECTATOR,
    check_spectator_message,
    check_spectator_narrow,
    check_spectators_allowed,
    confine,
    unauthorized,
)
from ..reads.wire_messages import ShowAs, show_messages
from ..store import Tx
from .context import Context, Services
from .routing import Routes

routes = Routes()


@routes.handles(get_messages)
async def get_many(ctx: Context[Services], params: GetMessages) -> GetMessagesResult:
    show_as = ShowAs(
        apply_markdown=params.apply_markdown,
        client_gravatar=params.client_gravatar and ctx.account is not None,  # made from an address
        allow_empty_topic_name=params.allow_empty_topic_name,
    )
    if params.message_ids is not UNSET:
        return await _get_by_ids(ctx, params, params.message_ids, show_as)
    terms = parse_narrow(params.narrow)
    num_before, num_after = check_counts(params.num_before, params.num_after)
    sent_at = None if params.anchor != "date" else parse_date(params.anchor_date)

    def read(tx: Tx) -> GetMessagesResult:
        user, narrowed = _narrow(tx, ctx, terms)
        named = require_anchor(params.anchor, narrowed, first_unread=params.use_first_unread_anchor)
        anchor = find_anchor(tx, user, named, narrowed, sent_at=sent_at)
        window = find_window(tx, narrowed, anchor, num_before, num_after, include_anchor=params.include_anchor)
        messages = access_messages(tx, user, window.message_ids)
        shown = _show(tx, user, messages, show_as)
        if narrowed.search is not None:
            add_matches(shown, messages, narrowed.search.phrases, show_as)
        return GetMessagesResult(
            messages=shown,
            last_event_id=read_head(tx).position,
            anchor=window.anchor,
            found_anchor=window.found_anchor,
            found_oldest=window.found_oldest,
            found_newest=window.found_newest,
            history_limited=False,
        )

    return await ctx.read(read)


def _narrow(tx: Tx, ctx: Context[Services], terms: tuple[NarrowTerm, ...]) -> tuple[User, Narrowed]:
    """Who reads, and what they may read of the narrow."""
    if ctx.account is not None:
        user = acting_user(tx, ctx.user.user_id)
        return user, resolve_narrow(tx, user, terms)
    check_spectators_allowed(tx)
    check_spectator_narrow(tx, terms)
    return SPECTATOR, confine(resolve_narrow(tx, SPECTATOR, terms))


def _show(tx: Tx, user: User, messages: list[Message], show_as: ShowAs) -> list[FetchedMessage]:
    shown = show_messages(tx, user, messages, show_as)
    if user is SPECTATOR:
        for message in shown:
            message.flags = ["read"]
    return shown


async def _get_by_ids(
    ctx: Context[Services], params: GetMessages, message_ids: list[int], show_as: ShowAs
) -> GetMessagesResult:
    """Those of the messages that the user can read."""
    others = (params.anchor, params.num_before, params.num_after)
    if params.narrow or params.use_first_unread_anchor or any(value is not UNSET for value in others):
        raise ApiError("message_ids does not go together with an anchor, counts or a narrow")
    if len(message_ids) > MESSAGES_MAX:
        raise ApiError(f"Too many messages requested (maximum {MESSAGES_MAX}).")
    if ctx.account is None:
        raise unauthorized()

    def read(tx: Tx) -> GetMessagesResult:
        user = acting_user(tx, ctx.user.user_id)
        return GetMessagesResult(
            messages=show_messages(tx, user, access_messages(tx, user, message_ids), show_as),
            last_event_id=read_head(tx).position,
            found_anchor=False,
            found_oldest=False,
            found_newest=False,
            history_limited=False,
        )

    return await ctx.read(read)


@routes.handles(get_message)
async def get_one(ctx: Context[Services], params: GetMessage) -> GetMessageResult:
    show_as = ShowAs(apply_markdown=params.apply_markdown, allow_empty_topic_name=params.allow_empty_topic_name)

    def read(tx: Tx) -> GetMessageResult:
        if ctx.account is not None:
            user = acting_user(tx, ctx.user.user_id)
            message = access_message(tx, user, params.message_id)
        else:
            user, message = SPECTATOR, _spectate(tx, params.message_id)
        [shown] = _show(tx, user, [message], show_as)
        return GetMessageResult(message=shown, raw_content=message.content)

    return await ctx.read(read)


def _spectate(tx: Tx, message_id: int) -> Message:
    """One that spectators may not read and one that does not exist are refused alike."""
    check_spectators_allowed(tx)
    found = access_messages(tx, SPECTATOR, [message_id])
    if not found:
        raise unauthorized()
    check_spectator_message(tx, found[0])
    return found[0]


@routes.handles(check_messages_match_narrow)
async def get_matches(ctx: Context[Services], params: MatchesNarrow) -> MatchesNarrowResult:
    if len(params.msg_ids) > MESSAGES_MAX:
        raise ApiError(f"Too many messages requested (maximum {MESSAGES_MAX}).")
    terms = parse_narrow(params.narrow)

    def read(tx: Tx) -> MatchesNarrowResult:
        user = acting_user(tx, ctx.user.user_id)
        narrowed = resolve_narrow(tx, user, terms)
        messages = access_messages(tx, user, match_among(tx, narrowed, params.msg_ids))
        phrases = () if narrowed.search is None else narrowed.search.phrases
        return MatchesNarrowResult(messages=match_messages(messages, phrases, ShowAs(allow_empty_topic_name=True)))

    return await ctx.read(read)


@routes.handles(get_read_receipts)
async def get_readers(ctx: Context[Services], params: GetReadReceipts) -> GetReadReceiptsResult:
    def read(tx: Tx) -> GetReadReceiptsResult:
        user = acting_user(tx, ctx.user.user_id)
        return GetReadReceiptsResult(user_ids=read_readers(tx, user, access_message(tx, user, params.message_id)))

    return await ctx.read(read)
