"""Addresses by which mail becomes messages of a channel."""

from typing import Annotated

from aloha.contract.endpoint import UNSET, Endpoint, Field, Param, Request, Result, UnsetType

from ._params import StreamId


class GetStreamEmailAddress(Request, frozen=True, kw_only=True):
    stream_id: StreamId
    sender_id: Annotated[
        int | UnsetType,
        Param(
            "In whose name the mail is posted: the caller's (absent), one of their bots', or that of the built-in "
            "e-mail gateway bot.",
            example=31,
        ),
    ] = UNSET


class GetStreamEmailAddressResult(Result, kw_only=True):
    email: Annotated[str, Field("The address. It is a secret: whoever has it can post.")]


get_stream_email_address = Endpoint(
    name="get_stream_email_address",
    method="GET",
    path="/streams/{stream_id}/email_address",
    area="channels",
    summary="Get a channel's e-mail address",
    doc=(
        "Returns the address that belongs to the caller, the channel and the sender. It stays the same; another user "
        "gets another one. The caller must be allowed to post in the channel."
    ),
    params=GetStreamEmailAddress,
    result=GetStreamEmailAddressResult,
    errors=("BAD_REQUEST", "STREAM_DOES_NOT_EXIST"),
    example_result={"email": "general.5bac94ef880360228d6d2cf2939342fd.show-sender@chat.example"},
)
