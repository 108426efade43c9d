"""Hints for new users over the API."""

from aloha.contract.endpoint import Empty
from aloha.contract.endpoints.onboarding_steps import MarkOnboardingStep, mark_onboarding_step

from ..access.users import acting_user
from ..actions.onboarding import dismiss_step
from .context import Context, Services
from .routing import Routes

routes = Routes()


@routes.handles(mark_onboarding_step)
async def dismiss(ctx: Context[Services], params: MarkOnboardingStep) -> Empty:
    await ctx.write(lambda tx: dismiss_step(tx, acting_user(tx, ctx.user.user_id), params.onboarding_step))
    return Empty()
