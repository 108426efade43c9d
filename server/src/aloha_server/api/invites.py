"""Invitations over the API. Links are shown to those who may see the invitation; nothing is mailed yet."""

from aloha.contract.endpoint import UNSET, Empty
from aloha.contract.endpoints import invites as contract
from aloha.contract.errors import ApiError

from ..access.accounts import digest_api_key
from ..access.invites import Invite, pending_invites
from ..access.keys import new_api_key
from ..access.users import acting_user
from ..actions import invites as actions
from ..actions.invites import NewInvite, Token
from .context import Context, Services
from .routing import Routes

routes = Routes()

LIFESPAN_MINUTES_DEFAULT = 10 * 24 * 60
LIFESPAN_MINUTES_MAX = 10 * 365 * 24 * 60
MINUTE_S = 60


def _new_invite(params: contract.SendInvites | contract.CreateInviteLink, *, notify_referrer: bool) -> NewInvite:
    minutes = params.invite_expires_in_minutes
    if minutes is UNSET:
        minutes = LIFESPAN_MINUTES_DEFAULT
    if minutes is not None and not 0 < minutes <= LIFESPAN_MINUTES_MAX:
        raise ApiError("Invalid invite_expires_in_minutes")
    return NewInvite(
        invite_as=params.invite_as,
        stream_ids=list(params.stream_ids),
        group_ids=[] if params.group_ids is UNSET else list(params.group_ids),
        include_defaults=params.include_realm_default_subscriptions,
        notify_referrer=notify_referrer,
        lifespan_s=None if minutes is None else minutes * MINUTE_S,
    )


def _new_token(ctx: Context[Services]) -> tuple[str, Token]:
    token = new_api_key()
    return token, Token(digest_api_key(token), ctx.services.keys.seal(token))


def _link(ctx: Context[Services], token: str) -> str:
    return f"{ctx.base_url}/join/{token}/"


@routes.handles(contract.send_invites)
async def send(ctx: Context[Services], params: contract.SendInvites) -> Empty:
    new = _new_invite(params, notify_referrer=params.notify_referrer_on_join)
    emails = actions.split_addresses(params.invitee_emails)
    tokens = [_new_token(ctx)[1] for _ in emails]
    skipped = await ctx.write(
        lambda tx: actions.invite_by_mail(tx, acting_user(tx, ctx.user.user_id), new, emails, tokens)
    )
    if skipped:
        msg = "Some of those addresses already have an account. We did send invitations to everyone else!"
        raise actions.invitation_failed(msg, skipped, sent=True)
    return Empty()


@routes.handles(contract.create_invite_link)
async def make_link(ctx: Context[Services], params: contract.CreateInviteLink) -> contract.CreateInviteLinkResult:
    new = _new_invite(params, notify_referrer=False)
    secret, token = _new_token(ctx)
    await ctx.write(lambda tx: actions.invite_by_link(tx, acting_user(tx, ctx.user.user_id), new, token))
    return contract.CreateInviteLinkResult(invite_link=_link(ctx, secret))


@routes.handles(contract.get_invites)
async def list_invites(ctx: Context[Services], params: contract.GetInvites) -> contract.GetInvitesResult:
    del params
    invites = await ctx.read(lambda tx: pending_invites(tx, acting_user(tx, ctx.user.user_id)))
    return contract.GetInvitesResult(invites=[_show(ctx, invite) for invite in invites])


def _show(ctx: Context[Services], invite: Invite) -> contract.PendingInvite:
    shown = contract.PendingInvite(
        id=invite.invite_id,
        invited_by_user_id=invite.referrer_id,
        invited=invite.invited_at,
        expiry_date=invite.expires_at,
        invited_as=invite.invite_as,  # type: ignore[arg-type]  # a role, as the wire lists them
        is_multiuse=bool(invite.is_multiuse),
    )
    if invite.email is None:
        shown.link_url = _link(ctx, ctx.services.keys.open(invite.token_sealed))
    else:
        shown.email, shown.notify_referrer_on_join = invite.email, bool(invite.notify_referrer)
    return shown


@routes.handles(contract.revoke_email_invite)
async def revoke(ctx: Context[Services], params: contract.RevokeEmailInvite) -> Empty:
    return await _revoke(ctx, params.invite_id, multiuse=False)


@routes.handles(contract.revoke_invite_link)
async def revoke_link(ctx: Context[Services], params: contract.RevokeInviteLink) -> Empty:
    return await _revoke(ctx, params.invite_id, multiuse=True)


async def _revoke(ctx: Context[Services], invite_id: int, *, multiuse: bool) -> Empty:
    await ctx.write(
        lambda tx: actions.revoke_invite(tx, acting_user(tx, ctx.user.user_id), invite_id, multiuse=multiuse)
    )
    return Empty()


@routes.handles(contract.resend_email_invite)
async def resend(ctx: Context[Services], params: contract.ResendEmailInvite) -> Empty:
    await ctx.write(lambda tx: actions.resend_invite(tx, acting_user(tx, ctx.user.user_id), params.invite_id))
    return Empty()
