"""The settings of users and organizations, each declared once."""

from .permissions import (
    GROUP_GROUP_SETTINGS,
    REALM_GROUP_SETTINGS,
    STREAM_GROUP_SETTINGS,
    RealmGroupSetting,
    supported_permission_settings,
)
from .realm import REALM_SETTINGS, RealmEventOp, RealmSetting, realm
from .user import (
    USER_SETTINGS,
    Legacy,
    Personal,
    RealmUserSettingsDefaults,
    Setting,
    SharedSettings,
    UserSettings,
    personal,
)

__all__ = [
    "GROUP_GROUP_SETTINGS",
    "REALM_GROUP_SETTINGS",
    "REALM_SETTINGS",
    "STREAM_GROUP_SETTINGS",
    "USER_SETTINGS",
    "Legacy",
    "Personal",
    "RealmEventOp",
    "RealmGroupSetting",
    "RealmSetting",
    "RealmUserSettingsDefaults",
    "Setting",
    "SharedSettings",
    "UserSettings",
    "personal",
    "realm",
    "supported_permission_settings",
]
