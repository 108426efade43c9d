"""Personal settings and the organization's defaults for them. The parameters come from the settings' declarations."""

from typing import Annotated, Any, cast

import msgspec

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Param, Request, UnsetType
from aloha.contract.settings import USER_SETTINGS, Setting


class _UpdateSettings(Request, frozen=True, kw_only=True):
    full_name: Annotated[str | UnsetType, Param("The user's name.", example="Iago of Venice")] = UNSET
    email: Annotated[
        str | UnsetType,
        Param(
            "A new address: it changes once the user has followed the link that is mailed there.",
            example="i@aloha.example",
        ),
    ] = UNSET
    old_password: Annotated[
        str | UnsetType, Param("The password so far; required to change it.", example="correct horse")
    ] = UNSET
    new_password: Annotated[str | UnsetType, Param("The new password.", example="battery staple")] = UNSET


# Not among what administrators choose for others, though the defaults have a value for some of them.
_PERSONAL_ONLY = frozenset(
    {"allow_private_data_export", "default_language", "enable_login_emails", "enable_marketing_emails", "timezone"}
)


def _field(setting: Setting) -> tuple[str, Any, Any]:
    is_text = isinstance(setting.default, str)
    param = Param(setting.doc, json=not is_text, example=setting.default)
    return setting.name, Annotated[setting.type | UnsetType, param], UNSET


def _request(name: str, base: type[Request], settings: list[Setting]) -> type[Request]:
    struct = msgspec.defstruct(
        name,
        [_field(setting) for setting in settings],
        bases=(base,),
        module=__name__,
        frozen=True,
        kw_only=True,
        omit_defaults=True,
    )
    return cast("type[Request]", struct)


UpdateSettings = _request("UpdateSettings", _UpdateSettings, list(USER_SETTINGS.values()))

UpdateRealmUserSettingsDefaults = _request(
    "UpdateRealmUserSettingsDefaults",
    Request,
    [one for one in USER_SETTINGS.values() if one.in_realm_defaults and one.name not in _PERSONAL_ONLY],
)

update_settings = Endpoint(
    name="update_settings",
    method="PATCH",
    path="/settings",
    area="users",
    summary="Change your settings",
    doc=(
        "Changes the user's own settings; what is not given stays. Each change comes to the user's clients as a "
        "`user_settings` event.\n\n"
        "A new password needs the old one. A new password leaves the API key as it is."
    ),
    params=UpdateSettings,
    result=Empty,
    errors=("BAD_REQUEST",),
)

update_display_settings = Endpoint(
    name="update_display_settings",
    method="PATCH",
    path="/settings/display",
    area="users",
    summary="Change your display settings",
    doc="The same as `PATCH /settings`, for older clients.",
    params=UpdateSettings,
    result=Empty,
    errors=("BAD_REQUEST",),
    deprecated=True,
)

update_notification_settings = Endpoint(
    name="update_notification_settings",
    method="PATCH",
    path="/settings/notifications",
    area="users",
    summary="Change your notification settings",
    doc="The same as `PATCH /settings`, for older clients.",
    params=UpdateSettings,
    result=Empty,
    errors=("BAD_REQUEST",),
    deprecated=True,
)

update_realm_user_settings_defaults = Endpoint(
    name="update_realm_user_settings_defaults",
    method="PATCH",
    path="/realm/user_settings_defaults",
    area="server_and_organizations",
    summary="Change the defaults of new users' settings",
    doc="Changes with which settings new users begin; those who are there keep theirs. For administrators.",
    params=UpdateRealmUserSettingsDefaults,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
)
