"""Dismissing hints for new users."""

from aloha.contract.errors import ApiError

from ..access.onboarding import STEPS, onboarding_steps_left
from ..access.users import User
from ..events.emit import emit, to_users
from ..store import WriteTx

INSERT = """
    insert into onboarding_step (realm_id, user_id, name) values (:realm_id, :user_id, :name)
    on conflict (realm_id, user_id, name) do nothing
"""


def dismiss_step(tx: WriteTx, user: User, name: str) -> None:
    if name not in STEPS:
        raise ApiError(f"Unknown onboarding_step: {name}")
    if tx.execute(INSERT, user_id=user.user_id, name=name):
        left = onboarding_steps_left(tx, user.user_id)
        emit(tx, {"type": "onboarding_steps", "onboarding_steps": left}, to_users(tx, [user.user_id]))
