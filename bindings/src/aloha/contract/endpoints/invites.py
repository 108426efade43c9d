"""Inviting people to the organization."""

from collections.abc import Sequence
from typing import Annotated

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import Role, WireObject

InviteId = Annotated[int, Param("The invitation's id.", example=7)]
ExpiresIn = Annotated[
    int | UnsetType | None,
    Param("After how many minutes it ends; null never. Ten days, if absent.", json=True, example=1440),
]
InviteAs = Annotated[Role, Param("The role of who comes by it.", example=400)]
IncludeDefaults = Annotated[bool, Param("Whether who comes by it is also subscribed to the default channels.")]
GROUPS_DOC = "The ids of user groups that who comes by it is added to."


class PendingInvite(WireObject, kw_only=True):
    """An invitation that nobody has taken up, or a link."""

    id: Annotated[int, Field("The invitation's id; links and invitations by mail are numbered apart.")]
    invited_by_user_id: Annotated[int, Field("Who invites.")]
    invited: Annotated[int, Field("When it was sent last, in UNIX seconds.")]
    expiry_date: Annotated[int | None, Field("When it ends, in UNIX seconds; null never.")]
    invited_as: Annotated[Role, Field("The role of who comes by it.")]
    email: Annotated[str | UnsetType, Field("Who is invited; absent from links.")] = UNSET
    notify_referrer_on_join: Annotated[
        bool | UnsetType, Field("Whether who invites is told when it is taken up; absent from links.")
    ] = UNSET
    link_url: Annotated[str | UnsetType, Field("The link; absent from invitations by mail.")] = UNSET
    is_multiuse: Annotated[bool, Field("Whether it is a link that many may follow.")]


class GetInvites(Request, frozen=True, kw_only=True):
    pass


class GetInvitesResult(Result, kw_only=True):
    invites: Annotated[list[PendingInvite], Field("The invitations by mail, then the links.")]


get_invites = Endpoint(
    name="get_invites",
    method="GET",
    path="/invites",
    area="invites",
    summary="Get the open invitations",
    doc="Lists invitations that wait to be taken up: all of them for administrators, for others their own.",
    params=GetInvites,
    result=GetInvitesResult,
    example_result={
        "invites": [
            {
                "id": 7,
                "invited_by_user_id": 9,
                "invited": 1792000000,
                "expiry_date": 1792864000,
                "invited_as": 400,
                "email": "polonius@aloha.example",
                "notify_referrer_on_join": True,
                "is_multiuse": False,
            }
        ]
    },
)


class SendInvites(Request, frozen=True, kw_only=True):
    invitee_emails: Annotated[
        str, Param("Addresses, with commas or line breaks between them.", example="polonius@aloha.example")
    ]
    invite_expires_in_minutes: ExpiresIn = UNSET
    invite_as: InviteAs = 400
    stream_ids: Annotated[
        list[int], Param("The ids of channels that who comes is subscribed to.", json=True, example=[12])
    ]
    group_ids: Annotated[list[int] | UnsetType, Param(GROUPS_DOC, json=True, example=[60])] = UNSET
    include_realm_default_subscriptions: IncludeDefaults = False
    notify_referrer_on_join: Annotated[bool, Param("Whether you are told when it is taken up.")] = True


send_invites = Endpoint(
    name="send_invites",
    method="POST",
    path="/invites",
    area="invites",
    summary="Invite people by mail",
    doc=(
        "Invites the owners of the addresses. For those whom the organization's `can_invite_users_group` names; to "
        "roles above member for administrators.\n\n"
        "An address that cannot be refuses the whole request. Addresses with an account are left out: the answer is "
        "then INVITATION_FAILED with those in `errors`, and `sent_invitations` says whether the rest was invited."
    ),
    params=SendInvites,
    result=Empty,
    errors=("BAD_REQUEST", "INVITATION_FAILED"),
)


class CreateInviteLink(Request, frozen=True, kw_only=True):
    invite_expires_in_minutes: ExpiresIn = UNSET
    invite_as: InviteAs = 400
    stream_ids: Annotated[
        Sequence[int], Param("The ids of channels that who comes is subscribed to.", json=True, example=[12])
    ] = ()
    group_ids: Annotated[Sequence[int], Param(GROUPS_DOC, json=True, example=[60])] = ()
    include_realm_default_subscriptions: IncludeDefaults = False


class CreateInviteLinkResult(Result, kw_only=True):
    invite_link: Annotated[str, Field("The link to pass on.")]


create_invite_link = Endpoint(
    name="create_invite_link",
    method="POST",
    path="/invites/multiuse",
    area="invites",
    summary="Make an invitation link",
    doc=(
        "Makes a link by which any number of people may come. For those whom the organization's "
        "`create_multiuse_invite_group` names; to roles above member for administrators."
    ),
    params=CreateInviteLink,
    result=CreateInviteLinkResult,
    errors=("BAD_REQUEST",),
    example_result={"invite_link": "https://aloha.example/join/yddhtzk4jgl7rsmazc5fyyyy/"},
)


class RevokeEmailInvite(Request, frozen=True, kw_only=True):
    invite_id: InviteId


revoke_email_invite = Endpoint(
    name="revoke_email_invite",
    method="DELETE",
    path="/invites/{invite_id}",
    area="invites",
    summary="Revoke an invitation by mail",
    doc="Ends an invitation. For the one who invited and for administrators.",
    params=RevokeEmailInvite,
    result=Empty,
    errors=("BAD_REQUEST",),
)


class RevokeInviteLink(Request, frozen=True, kw_only=True):
    invite_id: InviteId


revoke_invite_link = Endpoint(
    name="revoke_invite_link",
    method="DELETE",
    path="/invites/multiuse/{invite_id}",
    area="invites",
    summary="Revoke an invitation link",
    doc="Ends a link. For the one who made it and for administrators.",
    params=RevokeInviteLink,
    result=Empty,
    errors=("BAD_REQUEST",),
)


class ResendEmailInvite(Request, frozen=True, kw_only=True):
    invite_id: InviteId


resend_email_invite = Endpoint(
    name="resend_email_invite",
    method="POST",
    path="/invites/{invite_id}/resend",
    area="invites",
    summary="Send an invitation again",
    doc="Sends an invitation again; it lives as long again as it did. For the one who invited and for administrators.",
    params=ResendEmailInvite,
    result=Empty,
    errors=("BAD_REQUEST",),
)
