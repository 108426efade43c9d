"""Events about the user's own settings and lists; only the user gets them."""

from typing import Annotated, Literal

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field
from aloha.contract.objects import MutedUser, OnboardingStep, Reminder

from .base import Event


class AlertWordsEvent(Event, kw_only=True, tag="alert_words"):
    """The words that alert the user changed."""

    alert_words: Annotated[list[str], Field("All of them now.")]


class UserSettingsUpdateEvent(Event, kw_only=True, tag="user_settings"):
    """One of the user's settings changed."""

    op: Annotated[Literal["update"], Field("Always `update`.")] = "update"
    property: Annotated[str, Field("The setting.")]
    value: Annotated[bool | int | str, Field("Its new value.")]
    language_name: Annotated[str | UnsetType, Field("The language's own name; only for `default_language`.")] = UNSET


class UpdateDisplaySettingsEvent(Event, kw_only=True, tag="update_display_settings"):
    """One of the older display settings changed; only for clients without `user_settings_object`."""

    user: Annotated[str, Field("The user's address.")]
    setting_name: Annotated[str, Field("The setting.")]
    setting: Annotated[bool | int | str, Field("Its new value.")]
    language_name: Annotated[str | UnsetType, Field("The language's own name; only for `default_language`.")] = UNSET


class UpdateGlobalNotificationsEvent(Event, kw_only=True, tag="update_global_notifications"):
    """One of the older notification settings changed; only for clients without `user_settings_object`."""

    user: Annotated[str, Field("The user's address.")]
    notification_name: Annotated[str, Field("The setting.")]
    setting: Annotated[bool | int | str, Field("Its new value.")]


class MutedUsersEvent(Event, kw_only=True, tag="muted_users"):
    """The user muted or unmuted somebody."""

    muted_users: Annotated[list[MutedUser], Field("All whom they mute now.")]


class OnboardingStepsEvent(Event, kw_only=True, tag="onboarding_steps"):
    """The user dismissed a hint for new users."""

    onboarding_steps: Annotated[list[OnboardingStep], Field("The hints that are left.")]


class RemindersAddEvent(Event, kw_only=True, tag="reminders"):
    """The user set reminders; newer than feature level 372."""

    op: Annotated[Literal["add"], Field("Always `add`.")] = "add"
    reminders: Annotated[list[Reminder], Field("The new ones.")]


class RemindersRemoveEvent(Event, kw_only=True, tag="reminders"):
    """A reminder was sent or given up; newer than feature level 372."""

    op: Annotated[Literal["remove"], Field("Always `remove`.")] = "remove"
    reminder_id: Annotated[int, Field("The id that it had.")]


class HasZoomTokenEvent(Event, kw_only=True, tag="has_zoom_token"):
    """The user connected their account with Zoom, or the connection ended."""

    value: Annotated[bool, Field("Whether it is connected.")]


class InvitesChangedEvent(Event, kw_only=True, tag="invites_changed"):
    """An invitation that the user may see was made, used or taken back; `GET /invites` has the list."""
