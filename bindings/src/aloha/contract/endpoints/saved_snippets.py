"""Saved snippets: pieces of text that a user keeps for later messages."""

from typing import Annotated

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import SavedSnippet

SnippetId = Annotated[int, Param("The snippet's id.", example=3)]
_TITLE = "Its title, of 1 to 60 characters."
_CONTENT = "Its text, as Markdown, of at most as many characters as a message."


class GetSavedSnippets(Request, frozen=True, kw_only=True):
    pass


class GetSavedSnippetsResult(Result, kw_only=True):
    saved_snippets: Annotated[list[SavedSnippet] | UnsetType, Field("The snippets, oldest first.")] = UNSET


class CreateSavedSnippet(Request, frozen=True, kw_only=True):
    title: Annotated[str, Param(_TITLE, example="Welcome")]
    content: Annotated[str, Param(_CONTENT, example="**Welcome** aboard!")]


class CreateSavedSnippetResult(Result, kw_only=True):
    saved_snippet_id: Annotated[int | UnsetType, Field("The new snippet's id.")] = UNSET


class EditSavedSnippet(Request, frozen=True, kw_only=True):
    saved_snippet_id: SnippetId
    title: Annotated[str | UnsetType, Param(_TITLE, example="Welcome")] = UNSET
    content: Annotated[str | UnsetType, Param(_CONTENT, example="**Welcome** aboard!")] = UNSET


class DeleteSavedSnippet(Request, frozen=True, kw_only=True):
    saved_snippet_id: SnippetId


get_saved_snippets = Endpoint(
    name="get_saved_snippets",
    method="GET",
    path="/saved_snippets",
    area="drafts",
    summary="Get your saved snippets",
    doc="Lists the texts that the user has saved.",
    params=GetSavedSnippets,
    result=GetSavedSnippetsResult,
    example_result={
        "saved_snippets": [
            {"id": 3, "title": "Welcome", "content": "**Welcome** aboard!", "date_created": 1767225600},
        ]
    },
)

create_saved_snippet = Endpoint(
    name="create_saved_snippet",
    method="POST",
    path="/saved_snippets",
    area="drafts",
    summary="Save a snippet",
    doc="Saves a text for later messages.",
    params=CreateSavedSnippet,
    result=CreateSavedSnippetResult,
    errors=("BAD_REQUEST",),
    example_result={"saved_snippet_id": 3},
)

edit_saved_snippet = Endpoint(
    name="edit_saved_snippet",
    method="PATCH",
    path="/saved_snippets/{saved_snippet_id}",
    area="drafts",
    summary="Edit a saved snippet",
    doc=(
        "Changes a snippet's title, its text or both; what is not given stays. One that is not there, or is somebody "
        "else's, is answered with HTTP 404."
    ),
    params=EditSavedSnippet,
    result=Empty,
    errors=("BAD_REQUEST",),
)

delete_saved_snippet = Endpoint(
    name="delete_saved_snippet",
    method="DELETE",
    path="/saved_snippets/{saved_snippet_id}",
    area="drafts",
    summary="Delete a saved snippet",
    doc="Deletes a snippet. One that is not there, or is somebody else's, is answered with HTTP 404.",
    params=DeleteSavedSnippet,
    result=Empty,
    errors=("BAD_REQUEST",),
)
