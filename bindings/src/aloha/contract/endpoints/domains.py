"""The mail domains whose addresses may join the organization."""

from typing import Annotated

from aloha.contract.endpoint import Empty, Endpoint, Field, Param, Request, Result
from aloha.contract.objects import RealmDomain

Domain = Annotated[str, Param("The domain.", example="acme.example")]
AllowSubdomains = Annotated[bool, Param("Whether addresses of domains below it may join too.", json=True)]


class GetRealmDomains(Request, frozen=True, kw_only=True):
    pass


class GetRealmDomainsResult(Result, kw_only=True):
    domains: Annotated[list[RealmDomain], Field("The domains, in the order in which they were added.")]


get_realm_domains = Endpoint(
    name="get_realm_domains",
    method="GET",
    path="/realm/domains",
    area="server_and_organizations",
    summary="Get the allowed mail domains",
    doc="Lists the domains from which people may join while `emails_restricted_to_domains` is on.",
    params=GetRealmDomains,
    result=GetRealmDomainsResult,
    example_result={"domains": [{"domain": "acme.example", "allow_subdomains": True}]},
)


class AddRealmDomain(Request, frozen=True, kw_only=True):
    domain: Domain
    allow_subdomains: AllowSubdomains = False


class AddRealmDomainResult(Result, kw_only=True):
    new_domain: Annotated[tuple[int, str], Field("The entry's id and the domain in lower case.")]


add_realm_domain = Endpoint(
    name="add_realm_domain",
    method="POST",
    path="/realm/domains",
    area="server_and_organizations",
    summary="Allow a mail domain",
    doc="Adds a domain to those from which people may join. For owners.",
    params=AddRealmDomain,
    result=AddRealmDomainResult,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
    example_result={"new_domain": [3, "acme.example"]},
)


class UpdateRealmDomain(Request, frozen=True, kw_only=True):
    domain: Domain
    allow_subdomains: AllowSubdomains


update_realm_domain = Endpoint(
    name="update_realm_domain",
    method="PATCH",
    path="/realm/domains/{domain}",
    area="server_and_organizations",
    summary="Change an allowed mail domain",
    doc="Changes whether domains below an allowed one are allowed too. For owners.",
    params=UpdateRealmDomain,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
)


class RemoveRealmDomain(Request, frozen=True, kw_only=True):
    domain: Domain


remove_realm_domain = Endpoint(
    name="remove_realm_domain",
    method="DELETE",
    path="/realm/domains/{domain}",
    area="server_and_organizations",
    summary="No longer allow a mail domain",
    doc=(
        "Removes a domain from those from which people may join; who is there stays. For owners. With the last domain "
        "`emails_restricted_to_domains` is switched off."
    ),
    params=RemoveRealmDomain,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
)
