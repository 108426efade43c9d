"""Inviting people: by mail, and by links that many may follow. Nothing is mailed yet.

Administrators are told that the invitations changed, and so is whose they are; what changed they ask for.
"""

import re
from collections.abc import Iterable

import msgspec

from aloha.contract.errors import ApiError

from ..access.domains import check_email_allowed
from ..access.invites import Invite, access_invite, check_may_invite, check_places
from ..access.profile import check_email
from ..access.realm import Realm, load_realm
from ..access.users import Role, User
from ..events.emit import emit, to_users
from ..store import Tx, WriteTx

INVITES_MAX = 10_000  # that wait at a time, of an organization
ADDRESSES_MAX = 1_000  # of one request

COUNT = """
    select count(*) from invite where realm_id = :realm_id and (expires_at is null or expires_at > :now)
"""
TAKEN = "select email_key, is_active from account where realm_id = :realm_id and email_key = any(:keys)"
INSERT = """
    insert into invite (realm_id, is_multiuse, invite_id, email, email_key, referrer_id, invited_at, expires_at,
        invite_as, stream_ids, group_ids, include_defaults, notify_referrer, token_digest, token_sealed)
    values (:realm_id, :is_multiuse, :invite_id, :email, :email_key, :referrer_id, :invited_at, :expires_at,
        :invite_as, :stream_ids, :group_ids, :include_defaults, :notify_referrer, :token_digest, :token_sealed)
"""
EXPIRED = "delete from invite where realm_id = :realm_id and expires_at is not null and expires_at <= :now"
REVOKE = """
    delete from invite where realm_id = :realm_id and is_multiuse = :is_multiuse and invite_id = :invite_id
"""
RENEW = """
    update invite set invited_at = :now, expires_at = :expires_at
    where realm_id = :realm_id and is_multiuse = 0 and invite_id = :invite_id
"""
OF_ADDRESS = "delete from invite where realm_id = :realm_id and email_key = :email_key"
OF_REFERRER = "delete from invite where realm_id = :realm_id and referrer_id = any(:ids)"
REFERRERS_OF = "select distinct referrer_id from invite where realm_id = :realm_id and email_key = :email_key"
ADMINS = "select user_id from account where realm_id = :realm_id and role <= 200 and is_active = 1 and is_system = 0"


class Token(msgspec.Struct, frozen=True):
    """The secret in an invitation's link, as it is kept."""

    digest: bytes
    sealed: bytes


class NewInvite(msgspec.Struct, frozen=True, kw_only=True):
    """What those who come by it begin with."""

    invite_as: int = Role.MEMBER
    stream_ids: list[int] = []
    group_ids: list[int] = []
    include_defaults: bool = False
    notify_referrer: bool = False
    lifespan_s: int | None = None


class Skipped(msgspec.Struct, frozen=True):
    """An address that was not invited: the account is there already."""

    email: str
    reason: str
    is_deactivated: bool


def invite_by_link(tx: WriteTx, actor: User, new: NewInvite, token: Token) -> None:
    check_may_invite(tx, actor, multiuse=True, invite_as=new.invite_as)
    check_places(tx, actor, new.stream_ids, new.group_ids)
    _check_room(tx, 1)
    tx.execute(INSERT, **_row(tx, actor, new, token, tx.next_id("invite_link"), None))
    _emit(tx, [actor.user_id])


def invite_by_mail(
    tx: WriteTx, actor: User, new: NewInvite, emails: list[str], tokens: Iterable[Token]
) -> list[Skipped]:
    """Those who have an account are left out and returned. One address that cannot be: nobody is invited."""
    check_may_invite(tx, actor, multiuse=False, invite_as=new.invite_as)
    check_places(tx, actor, new.stream_ids, new.group_ids)
    realm = load_realm(tx)
    _check_addresses(tx, realm, emails)
    taken: dict[str, int] = dict(tx.rows(TAKEN, keys=[email.casefold() for email in emails]))
    skipped = [
        Skipped(email, "Account has been deactivated." if is_active == 0 else "Already has an account.", not is_active)
        for email in emails
        if (is_active := taken.get(email.casefold())) is not None
    ]
    invited = [email for email in emails if email.casefold() not in taken]
    if not invited:
        raise invitation_failed("We weren't able to invite anyone.", skipped, sent=False)
    _check_room(tx, len(invited))
    last = tx.next_id("invite", len(invited))
    first = last - len(invited) + 1
    rows = zip(invited, tokens, strict=False)
    tx.execute_many(INSERT, [_row(tx, actor, new, token, first + n, email) for n, (email, token) in enumerate(rows)])
    _emit(tx, [actor.user_id])
    return skipped


def split_addresses(text: str) -> list[str]:
    """As people write them: one a line or with commas between, in angle brackets after a name or bare."""
    parts = (part.strip() for part in re.split(r"[,\n]", text))
    bare = (part.rpartition("<")[2].removesuffix(">").strip() for part in parts if part)
    emails = list({email.casefold(): email for email in bare if email}.values())
    if not emails:
        raise ApiError("You must specify at least one email address.")
    if len(emails) > ADDRESSES_MAX:
        raise ApiError(f"At most {ADDRESSES_MAX} people are invited at once.")
    return emails


def invitation_failed(msg: str, skipped: list[Skipped], *, sent: bool) -> ApiError:
    return ApiError(
        msg,
        code="INVITATION_FAILED",
        errors=[[one.email, one.reason, one.is_deactivated] for one in skipped],
        sent_invitations=sent,
        license_limit_reached=False,
        daily_limit_reached=False,
    )


def revoke_invite(tx: WriteTx, actor: User, invite_id: int, *, multiuse: bool) -> None:
    invite = access_invite(tx, actor, invite_id, multiuse=multiuse)
    tx.execute(REVOKE, is_multiuse=int(multiuse), invite_id=invite_id)
    _emit(tx, [invite.referrer_id])


def resend_invite(tx: WriteTx, actor: User, invite_id: int) -> Invite:
    """It counts as sent now, and lives as long again as it did."""
    invite = access_invite(tx, actor, invite_id, multiuse=False)
    now = int(tx.now)
    expires_at = None if invite.expires_at is None else now + invite.expires_at - invite.invited_at
    tx.execute(RENEW, invite_id=invite_id, now=now, expires_at=expires_at)
    _emit(tx, [invite.referrer_id])
    return invite


def close_invites_to(tx: WriteTx, email: str) -> None:
    """Who has an account now is invited no longer."""
    referrers = tx.values(REFERRERS_OF, email_key=email.casefold())
    if referrers:
        tx.execute(OF_ADDRESS, email_key=email.casefold())
        _emit(tx, referrers)


def close_invites_of(tx: WriteTx, user_ids: list[int]) -> None:
    """By whom is deactivated nobody comes in any more."""
    if tx.execute(OF_REFERRER, ids=user_ids):
        _emit(tx, [])


def _check_addresses(tx: Tx, realm: Realm, emails: list[str]) -> None:
    wrong = []
    for email in emails:
        try:
            check_email(email, realm)
            check_email_allowed(tx, realm, email)
        except ApiError as error:
            wrong.append(Skipped(email, error.msg, is_deactivated=False))
    if wrong:
        msg = "Some emails did not validate, so we didn't send any invitations."
        raise invitation_failed(msg, wrong, sent=False)


def _check_room(tx: WriteTx, count: int) -> None:
    tx.execute(EXPIRED, now=int(tx.now))
    if tx.value(COUNT, now=int(tx.now)) + count > INVITES_MAX:
        raise ApiError(f"At most {INVITES_MAX} invitations can be open at a time.")


def _row(
    tx: WriteTx, actor: User, new: NewInvite, token: Token, invite_id: int, email: str | None
) -> dict[str, object]:
    return {
        "is_multiuse": int(email is None),
        "invite_id": invite_id,
        "email": email,
        "email_key": None if email is None else email.casefold(),
        "referrer_id": actor.user_id,
        "invited_at": int(tx.now),
        "expires_at": None if new.lifespan_s is None else int(tx.now) + new.lifespan_s,
        "invite_as": int(new.invite_as),
        "stream_ids": msgspec.json.encode(sorted(set(new.stream_ids))).decode(),
        "group_ids": msgspec.json.encode(sorted(set(new.group_ids))).decode(),
        "include_defaults": int(new.include_defaults),
        "notify_referrer": int(new.notify_referrer),
        "token_digest": token.digest,
        "token_sealed": token.sealed,
    }


def _emit(tx: WriteTx, referrer_ids: Iterable[int]) -> None:
    emit(tx, {"type": "invites_changed"}, to_users(tx, {*tx.values(ADMINS), *referrer_ids}))
