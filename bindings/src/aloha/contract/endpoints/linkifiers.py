"""The organization's rules that make links of patterns in messages and topics."""

from typing import Annotated

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import Linkifier

LinkifierId = Annotated[int, Param("The linkifier's id.", example=2)]
Pattern = Annotated[
    str,
    Param("A regular expression in RE2's syntax; its named groups go into the URL.", example="#(?P<id>[0-9]+)"),
]
UrlTemplate = Annotated[
    str,
    Param(
        "An RFC 6570 template that uses each of the pattern's groups.", example="https://bugs.example.com/ticket/{id}"
    ),
]


class GetLinkifiers(Request, frozen=True, kw_only=True):
    pass


class GetLinkifiersResult(Result, kw_only=True):
    linkifiers: Annotated[list[Linkifier] | UnsetType, Field("All linkifiers, in the order in which they apply.")] = (
        UNSET
    )


get_linkifiers = Endpoint(
    name="get_linkifiers",
    method="GET",
    path="/realm/linkifiers",
    area="server_and_organizations",
    summary="Get the linkifiers",
    doc=(
        "Lists the rules that turn text such as `#123` into links. Where two rules match the same text, the one that "
        "comes first applies."
    ),
    params=GetLinkifiers,
    result=GetLinkifiersResult,
    example_result={
        "linkifiers": [
            {"id": 2, "pattern": "#(?P<id>[0-9]+)", "url_template": "https://bugs.example.com/ticket/{id}"},
        ]
    },
)


class AddLinkifier(Request, frozen=True, kw_only=True):
    pattern: Pattern
    url_template: UrlTemplate


class AddLinkifierResult(Result, kw_only=True):
    id: Annotated[int | UnsetType, Field("The new linkifier's id.")] = UNSET


add_linkifier = Endpoint(
    name="add_linkifier",
    method="POST",
    path="/realm/filters",
    area="server_and_organizations",
    summary="Add a linkifier",
    doc=(
        "Adds a rule that makes links, after those that exist. It holds for messages from now on, and for all topics. "
        "A match begins after white space, an opening sign or nothing, and no letter or digit follows it. For "
        "administrators."
    ),
    params=AddLinkifier,
    result=AddLinkifierResult,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
    example_result={"id": 2},
)


class UpdateLinkifier(Request, frozen=True, kw_only=True):
    filter_id: LinkifierId
    pattern: Pattern
    url_template: UrlTemplate


update_linkifier = Endpoint(
    name="update_linkifier",
    method="PATCH",
    path="/realm/filters/{filter_id}",
    area="server_and_organizations",
    summary="Change a linkifier",
    doc="Replaces a linkifier's pattern and template; its place in the order stays. For administrators.",
    params=UpdateLinkifier,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
)


class RemoveLinkifier(Request, frozen=True, kw_only=True):
    filter_id: LinkifierId


remove_linkifier = Endpoint(
    name="remove_linkifier",
    method="DELETE",
    path="/realm/filters/{filter_id}",
    area="server_and_organizations",
    summary="Remove a linkifier",
    doc="Removes a rule; messages that were sent keep the links that it made. For administrators.",
    params=RemoveLinkifier,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
)


class ReorderLinkifiers(Request, frozen=True, kw_only=True):
    ordered_linkifier_ids: Annotated[
        list[int],
        Param("The ids of all linkifiers, in the order in which they shall apply.", json=True, example=[3, 2]),
    ]


reorder_linkifiers = Endpoint(
    name="reorder_linkifiers",
    method="PATCH",
    path="/realm/linkifiers",
    area="server_and_organizations",
    summary="Reorder the linkifiers",
    doc="Sets the order in which the linkifiers apply. Every one is named, once. For administrators.",
    params=ReorderLinkifiers,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
)
