"""The sites where code blocks can be run."""

from typing import Annotated

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType


class AddCodePlayground(Request, frozen=True, kw_only=True):
    name: Annotated[str, Param("The name that people are shown.", example="Rust playground")]
    pygments_language: Annotated[
        str, Param("The language by its Pygments name, or one that Pygments does not know.", example="Rust")
    ]
    url_template: Annotated[
        str,
        Param("An RFC 6570 template whose one variable is `code`.", example="https://play.example.com/?code={code}"),
    ]


class AddCodePlaygroundResult(Result, kw_only=True):
    id: Annotated[int | UnsetType, Field("The new playground's id.")] = UNSET


add_code_playground = Endpoint(
    name="add_code_playground",
    method="POST",
    path="/realm/playgrounds",
    area="server_and_organizations",
    summary="Add a code playground",
    doc=(
        "Adds a site to which clients offer to take code blocks of a language. One language may have several. For "
        "administrators."
    ),
    params=AddCodePlayground,
    result=AddCodePlaygroundResult,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
    example_result={"id": 1},
)


class RemoveCodePlayground(Request, frozen=True, kw_only=True):
    playground_id: Annotated[int, Param("The playground's id.", example=1)]


remove_code_playground = Endpoint(
    name="remove_code_playground",
    method="DELETE",
    path="/realm/playgrounds/{playground_id}",
    area="server_and_organizations",
    summary="Remove a code playground",
    doc="Removes a site where code can be run. For administrators.",
    params=RemoveCodePlayground,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
)
