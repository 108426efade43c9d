"""The hints for new users that clients of the wire know, and which of them somebody has not dismissed."""

from aloha.contract.objects import OnboardingStep

from ..store import Tx

# In the order in which they are listed.
STEPS = (
    "visibility_policy_banner",
    "intro_inbox_view_modal",
    "intro_recent_view_modal",
    "first_stream_created_banner",
    "jump_to_conversation_banner",
    "non_interleaved_view_messages_fading",
    "interleaved_view_messages_fading",
    "intro_resolve_topic",
)
DISMISSED = "select name from onboarding_step where realm_id = :realm_id and user_id = :user_id"


def onboarding_steps_left(tx: Tx, user_id: int) -> list[OnboardingStep]:
    dismissed = set(tx.values(DISMISSED, user_id=user_id))
    return [OnboardingStep(type="one_time_notice", name=name) for name in STEPS if name not in dismissed]
