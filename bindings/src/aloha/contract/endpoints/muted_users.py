"""Muting people: their messages no longer ask for attention."""

from typing import Annotated

from aloha.contract.endpoint import Empty, Endpoint, Param, Request

MutedUserId = Annotated[int, Param("The id of the other user.", example=10)]


class MuteUser(Request, frozen=True, kw_only=True):
    muted_user_id: MutedUserId


mute_user = Endpoint(
    name="mute_user",
    method="POST",
    path="/users/me/muted_users/{muted_user_id}",
    area="users",
    summary="Mute a user",
    doc=(
        "Mutes somebody. What they wrote and will write counts as read by the user, and clients hide it. Bots can be "
        "muted too; oneself cannot."
    ),
    params=MuteUser,
    result=Empty,
    errors=("BAD_REQUEST",),
)


class UnmuteUser(Request, frozen=True, kw_only=True):
    muted_user_id: MutedUserId


unmute_user = Endpoint(
    name="unmute_user",
    method="DELETE",
    path="/users/me/muted_users/{muted_user_id}",
    area="users",
    summary="Unmute a user",
    doc="Ends the muting of somebody. What came meanwhile stays read.",
    params=UnmuteUser,
    result=Empty,
    errors=("BAD_REQUEST",),
)
