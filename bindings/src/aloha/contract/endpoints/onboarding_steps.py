"""The hints that clients show to new users, each until it is dismissed."""

from typing import Annotated

from aloha.contract.endpoint import Empty, Endpoint, Param, Request


class MarkOnboardingStep(Request, frozen=True, kw_only=True):
    onboarding_step: Annotated[str, Param("The hint's name, as register lists it.", example="intro_inbox_view_modal")]


mark_onboarding_step = Endpoint(
    name="mark_onboarding_step",
    method="POST",
    path="/users/me/onboarding_steps",
    area="users",
    summary="Dismiss a hint for new users",
    doc="Marks a hint as seen; the user's clients are told which are left. Doing it again changes nothing.",
    params=MarkOnboardingStep,
    result=Empty,
    errors=("BAD_REQUEST",),
)
