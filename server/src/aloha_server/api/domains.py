"""The organization's mail domains over the API."""

from aloha.contract.endpoint import Empty
from aloha.contract.endpoints import domains as contract

from ..access.domains import wire_domains
from ..access.users import acting_user
from ..actions.domains import add_domain, change_domain, remove_domain
from .context import Context, Services
from .routing import Routes

routes = Routes()


@routes.handles(contract.get_realm_domains)
async def list_domains(ctx: Context[Services], params: contract.GetRealmDomains) -> contract.GetRealmDomainsResult:
    del params
    return contract.GetRealmDomainsResult(domains=await ctx.read(wire_domains))


@routes.handles(contract.add_realm_domain)
async def add(ctx: Context[Services], params: contract.AddRealmDomain) -> contract.AddRealmDomainResult:
    new = await ctx.write(
        lambda tx: add_domain(
            tx, acting_user(tx, ctx.user.user_id), params.domain, allow_subdomains=params.allow_subdomains
        )
    )
    return contract.AddRealmDomainResult(new_domain=new)


@routes.handles(contract.update_realm_domain)
async def change(ctx: Context[Services], params: contract.UpdateRealmDomain) -> Empty:
    await ctx.write(
        lambda tx: change_domain(
            tx, acting_user(tx, ctx.user.user_id), params.domain, allow_subdomains=params.allow_subdomains
        )
    )
    return Empty()


@routes.handles(contract.remove_realm_domain)
async def remove(ctx: Context[Services], params: contract.RemoveRealmDomain) -> Empty:
    await ctx.write(lambda tx: remove_domain(tx, acting_user(tx, ctx.user.user_id), params.domain))
    return Empty()
