"""Drafts: messages that were begun, kept on the server for all of a user's clients."""

from typing import Annotated

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import Draft

EXAMPLE_DRAFT = {
    "id": 7,
    "type": "stream",
    "to": [12],
    "topic": "lunch",
    "content": "Soup or",
    "timestamp": 1767225600,
}
_NEW = {name: value for name, value in EXAMPLE_DRAFT.items() if name != "id"}
DraftId = Annotated[int, Param("The draft's id.", example=7)]


class GetDrafts(Request, frozen=True, kw_only=True):
    pass


class GetDraftsResult(Result, kw_only=True):
    count: Annotated[int | UnsetType, Field("How many there are.")] = UNSET
    drafts: Annotated[list[Draft] | UnsetType, Field("The drafts, by the time of their last change, oldest first.")] = (
        UNSET
    )


class CreateDrafts(Request, frozen=True, kw_only=True):
    drafts: Annotated[
        list[Draft] | UnsetType,
        Param(
            "The drafts. An `id` in one is passed over; a `timestamp` that is left out is the server's time.",
            json=True,
            example=[_NEW],
        ),
    ] = UNSET


class CreateDraftsResult(Result, kw_only=True):
    ids: Annotated[
        list[int] | UnsetType, Field("The ids of the new drafts, in the order in which they were given.")
    ] = UNSET


class EditDraft(Request, frozen=True, kw_only=True):
    draft_id: DraftId
    draft: Annotated[Draft, Param("The draft as it is to be; all of it.", json=True, example=_NEW)]


class DeleteDraft(Request, frozen=True, kw_only=True):
    draft_id: DraftId


_OFF = "An error where the user has turned the synchronization of drafts off (`enable_drafts_synchronization`)."

get_drafts = Endpoint(
    name="get_drafts",
    method="GET",
    path="/drafts",
    area="drafts",
    summary="Get your drafts",
    doc=f"Lists the user's drafts. {_OFF}",
    params=GetDrafts,
    result=GetDraftsResult,
    errors=("BAD_REQUEST",),
    example_result={"count": 1, "drafts": [EXAMPLE_DRAFT]},
)

create_drafts = Endpoint(
    name="create_drafts",
    method="POST",
    path="/drafts",
    area="drafts",
    summary="Create drafts",
    doc=(
        "Keeps drafts, all or none: an empty text, a channel or a person that the user cannot see, or a negative time "
        f"refuses them. A text past the longest message is cut. {_OFF}"
    ),
    params=CreateDrafts,
    result=CreateDraftsResult,
    errors=("BAD_REQUEST",),
    example_result={"ids": [7]},
)

edit_draft = Endpoint(
    name="edit_draft",
    method="PATCH",
    path="/drafts/{draft_id}",
    area="drafts",
    summary="Edit a draft",
    doc="Replaces a draft. One that is not there, or is somebody else's, is answered with HTTP 404.",
    params=EditDraft,
    result=Empty,
    errors=("BAD_REQUEST",),
)

delete_draft = Endpoint(
    name="delete_draft",
    method="DELETE",
    path="/drafts/{draft_id}",
    area="drafts",
    summary="Delete a draft",
    doc="Deletes a draft. One that is not there, or is somebody else's, is answered with HTTP 404.",
    params=DeleteDraft,
    result=Empty,
    errors=("BAD_REQUEST",),
)
