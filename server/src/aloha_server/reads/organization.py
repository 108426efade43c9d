"""The organization: its settings, its emoji, and what it has none of yet."""

import hashlib
from collections.abc import Callable
from typing import Any

from aloha.contract.endpoints.organization import ServerSettings
from aloha.contract.objects import Billing
from aloha.contract.settings import REALM_SETTINGS
from aloha.contract.version import ALOHA_FEATURE_LEVEL, FEATURE_LEVEL, VERSION, ZULIP_VERSION
from aloha_server.markup import Directory, render_description

from ..access.avatars import GRAVATAR
from ..access.domains import wire_domains
from ..access.emoji import wire_realm_emoji
from ..access.linkifiers import wire_linkifiers
from ..access.organization import older_policies, wire_authentication_methods
from ..access.playgrounds import wire_playgrounds
from ..access.profile_fields import load_fields, wire_fields
from ..access.realm import Realm, load_realm, realm_settings
from ..store import Tx
from .server import PROFILE_FIELD_TYPES, server_fields
from .view import View

IMAGE = """
    select image, image_type from realm_emoji where realm_id = :realm_id and file_name = :file_name
"""


def get_server_settings(tx: Tx, *, base_url: str, demo: bool) -> ServerSettings:
    """What a log-in page needs, for anybody."""
    realm = load_realm(tx)
    settings = realm_settings(tx, realm)
    email = bool(settings["authentication_methods"].get("Email"))
    return ServerSettings(
        authentication_methods={"password": email, "email": email, "dev": demo},
        external_authentication_methods=[],
        zulip_version=ZULIP_VERSION,
        zulip_feature_level=FEATURE_LEVEL,
        zulip_merge_base="",
        aloha_version=VERSION,
        aloha_feature_level=ALOHA_FEATURE_LEVEL,
        push_notifications_enabled=False,
        is_incompatible=False,
        email_auth_enabled=email,
        require_email_format_usernames=True,
        realm_url=base_url,
        realm_uri=base_url,
        realm_name=realm.name,
        realm_icon=icon_url(realm),
        realm_description=render_description(
            settings["description"], Directory(users_by_id={}, users_by_name={}, streams={}, groups={}, realm_emoji={})
        ),
        realm_web_public_access_enabled=settings["enable_spectator_access"],
    )


def icon_url(realm: Realm) -> str:
    """A picture made from the organization's address; it cannot be uploaded yet."""
    digest = hashlib.md5(f"realm{realm.realm_id}@{realm.mail_domain}".encode(), usedforsecurity=False).hexdigest()
    return f"{GRAVATAR}/{digest}?d=identicon"


def find_emoji_image(tx: Tx, file_name: str) -> tuple[bytes, str] | None:
    """The picture of `/user_avatars/{realm_id}/emoji/images/{file_name}` and its type."""
    row = tx.row(IMAGE, file_name=file_name)
    return None if row is None else (bytes(row[0]), row[1])


def section_realm(view: View) -> dict[str, Any]:
    realm, settings = view.realm, view.settings
    icon = icon_url(realm)
    email = bool(settings["authentication_methods"].get("Email"))
    shown = {setting.register_field: settings[name] for name, setting in REALM_SETTINGS.items()}
    return {
        **server_fields(view.base_url, view.server),
        **shown,
        **older_policies(settings, view.groups),
        "realm_authentication_methods": wire_authentication_methods(settings["authentication_methods"]),
        "realm_email_auth_enabled": email,
        "realm_password_auth_enabled": email,
        "realm_allow_edit_history": settings["message_edit_history_visibility_policy"] != "none",
        "realm_date_created": realm.created_at,
        "realm_url": view.base_url,
        "realm_uri": view.base_url,
        "realm_bot_domain": realm.mail_domain,
        "realm_icon_url": icon,
        "realm_icon_source": "G",
        "realm_logo_url": icon,
        "realm_logo_source": "D",
        "realm_night_logo_url": icon,
        "realm_night_logo_source": "D",
    }


def section_realm_emoji(view: View) -> dict[str, Any]:
    return {"realm_emoji": wire_realm_emoji(view.tx)}


def section_realm_linkifiers(view: View) -> dict[str, Any]:
    """Clients that do not know URL templates have none."""
    known = view.request.capabilities.linkifier_url_template
    return {"realm_linkifiers": wire_linkifiers(view.tx) if known else []}


def section_realm_playgrounds(view: View) -> dict[str, Any]:
    return {"realm_playgrounds": wire_playgrounds(view.tx)}


def section_custom_profile_fields(view: View) -> dict[str, Any]:
    fields = wire_fields(load_fields(view.tx))
    return {"custom_profile_fields": fields, "custom_profile_field_types": PROFILE_FIELD_TYPES}


def _always(fields: dict[str, Any]) -> Callable[[View], dict[str, Any]]:
    """What nobody can have anything in yet."""
    return lambda view: dict(fields)  # noqa: ARG005


SECTIONS: dict[str, Callable[[View], dict[str, Any]]] = {
    "realm": section_realm,
    "realm_domains": lambda view: {"realm_domains": wire_domains(view.tx)},
    "realm_emoji": section_realm_emoji,
    "custom_profile_fields": section_custom_profile_fields,
    "giphy": _always({"giphy_api_key": ""}),
    "realm_billing": _always({"realm_billing": Billing(has_pending_sponsorship_request=False)}),
    "realm_embedded_bots": _always({"realm_embedded_bots": []}),
    "realm_filters": _always({"realm_filters": []}),
    "realm_incoming_webhook_bots": _always({"realm_incoming_webhook_bots": []}),
    "realm_linkifiers": section_realm_linkifiers,
    "realm_playgrounds": section_realm_playgrounds,
    "stop_words": _always({"stop_words": []}),
    "video_calls": _always({"has_zoom_token": False}),
}
