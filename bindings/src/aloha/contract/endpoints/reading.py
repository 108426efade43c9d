"""Questions about messages: which of them match a narrow, and who has read one."""

from collections.abc import Sequence
from typing import Annotated

import msgspec

from aloha.contract.endpoint import Endpoint, Field, Param, Request, Result

from ._params import MessageId, NarrowInput


class MatchesNarrow(Request, frozen=True, kw_only=True):
    msg_ids: Annotated[list[int], Param("The messages to look at.", json=True, example=[901, 902])]
    narrow: Annotated[
        Sequence[NarrowInput],
        Param("Terms, all of which a message must match.", json=True, example=[{"operator": "has", "operand": "link"}]),
    ]


class MatchedMessage(msgspec.Struct, kw_only=True):
    """How a message shows what it was found by."""

    match_content: Annotated[str, Field("Its content as HTML; searched words are marked.")]
    match_subject: Annotated[str, Field("Its topic as HTML; searched words are marked.")]


class MatchesNarrowResult(Result, kw_only=True):
    messages: Annotated[
        dict[str, MatchedMessage], Field("Those of the messages that the user may read and that match, by id.")
    ]


check_messages_match_narrow = Endpoint(
    name="check_messages_match_narrow",
    method="GET",
    path="/messages/matches_narrow",
    area="messages",
    summary="Check which messages match a narrow",
    doc=(
        "Tells which of some messages belong to a narrow, for clients that got them as events and show a search or "
        "another view whose terms they cannot decide by themselves."
    ),
    params=MatchesNarrow,
    result=MatchesNarrowResult,
    errors=("BAD_REQUEST", "BAD_NARROW"),
    example_result={
        "messages": {
            "901": {
                "match_content": '<p><span class="highlight">Soup</span> at <strong>noon</strong>?</p>',
                "match_subject": "lunch",
            }
        }
    },
)


class GetReadReceipts(Request, frozen=True, kw_only=True):
    message_id: MessageId


class GetReadReceiptsResult(Result, kw_only=True):
    user_ids: Annotated[list[int], Field("The readers, rising.")]


get_read_receipts = Endpoint(
    name="get_read_receipts",
    method="GET",
    path="/messages/{message_id}/read_receipts",
    area="messages",
    summary="Get a message's readers",
    doc=(
        "Lists who has read a message that the user can see. Its sender is left out, and so is everybody who does not "
        "share what they have read (`send_read_receipts`). The organization decides whether there are receipts at all: "
        "`realm_enable_read_receipts`."
    ),
    params=GetReadReceipts,
    result=GetReadReceiptsResult,
    errors=("BAD_REQUEST",),
    example_result={"user_ids": [9, 10]},
)
