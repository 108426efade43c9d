"""Steps in widgets: votes in polls, tasks in to-do lists."""

from typing import Annotated, Literal

from aloha.contract.endpoint import Empty, Endpoint, Param, Request


class AddSubmessage(Request, frozen=True, kw_only=True):
    message_id: Annotated[int, Param("The message that holds the widget.", json=True, example=901)]
    msg_type: Annotated[Literal["widget"], Param("The kind of submessage.", example="widget")]
    content: Annotated[
        str,
        Param(
            "What is done, as JSON: in a poll a `vote`, a `new_option` or, by its author, a new `question`; in a "
            "to-do list a `new_task`, a `strike` or, by its author, a `new_task_list_title`.",
            example='{"type":"vote","key":"canned,0","vote":1}',
        ),
    ]


add_submessage = Endpoint(
    name="add_submessage",
    method="POST",
    path="/submessage",
    area="messages",
    summary="Take a step in a widget",
    doc=(
        "Votes in a poll, adds to a to-do list and the like. A message that begins with `/poll` or `/todo` is such a "
        "widget; whoever can read it may take part, and hears of every step by a `submessage` event."
    ),
    params=AddSubmessage,
    result=Empty,
    errors=("BAD_REQUEST",),
)
