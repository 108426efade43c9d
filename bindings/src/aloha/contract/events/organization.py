"""Events about the organization as a whole, and about the server."""

from typing import Annotated, Literal

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field
from aloha.contract.objects import (
    CustomProfileField,
    Linkifier,
    Playground,
    RealmDomain,
    RealmEmoji,
    RealmExport,
)

from .base import Event
from .realm_change import RealmChange


class RealmUpdateEvent(Event, kw_only=True, tag="realm"):
    """One setting of the organization changed."""

    op: Annotated[Literal["update"], Field("Always `update`.")] = "update"
    property: Annotated[str, Field("The setting; the initial state shows it as `realm_` and this name.")]
    value: Annotated[str | bool | int | None, Field("Its new value.")]


class RealmUpdateDictEvent(Event, kw_only=True, tag="realm"):
    """Settings of the organization changed together, permissions for example."""

    op: Annotated[Literal["update_dict"], Field("Always `update_dict`.")] = "update_dict"
    property: Annotated[
        str, Field("`default`, `icon`, `logo` or `night_logo`; says nothing that `data` does not.", deprecated=True)
    ]
    data: Annotated[RealmChange, Field("The new values.")]


class RealmDeactivatedEvent(Event, kw_only=True, tag="realm"):
    """The organization was deactivated: the next request will be refused."""

    op: Annotated[Literal["deactivated"], Field("Always `deactivated`.")] = "deactivated"
    realm_id: Annotated[int, Field("The organization's id.")]


class RealmUserSettingsDefaultsUpdateEvent(Event, kw_only=True, tag="realm_user_settings_defaults"):
    """What new users begin with changed in one setting."""

    op: Annotated[Literal["update"], Field("Always `update`.")] = "update"
    property: Annotated[str, Field("The setting.")]
    value: Annotated[bool | int | str, Field("The new default.")]


class RealmEmojiUpdateEvent(Event, kw_only=True, tag="realm_emoji"):
    """A custom emoji was added or deactivated."""

    op: Annotated[Literal["update"], Field("Always `update`.")] = "update"
    realm_emoji: Annotated[dict[str, RealmEmoji], Field("All of them now, by id.")]


class RealmDomainsAddEvent(Event, kw_only=True, tag="realm_domains"):
    """A mail domain was allowed to join."""

    op: Annotated[Literal["add"], Field("Always `add`.")] = "add"
    realm_domain: Annotated[RealmDomain, Field("The domain.")]


class RealmDomainsChangeEvent(Event, kw_only=True, tag="realm_domains"):
    """Whether an allowed domain's subdomains may join changed."""

    op: Annotated[Literal["change"], Field("Always `change`.")] = "change"
    realm_domain: Annotated[RealmDomain, Field("The domain as it is now.")]


class RealmDomainsRemoveEvent(Event, kw_only=True, tag="realm_domains"):
    """A mail domain is no longer allowed to join."""

    op: Annotated[Literal["remove"], Field("Always `remove`.")] = "remove"
    domain: Annotated[str, Field("The domain.")]


class RealmLinkifiersEvent(Event, kw_only=True, tag="realm_linkifiers"):
    """The rules that make links changed, or their order."""

    realm_linkifiers: Annotated[list[Linkifier], Field("All of them now, in the order in which they apply.")]


class RealmFiltersEvent(Event, kw_only=True, tag="realm_filters"):
    """The same as `realm_linkifiers`, for clients without `linkifier_url_template`; nothing is in it any more."""

    realm_filters: Annotated[
        list[list[int | str]], Field("Pattern, old-style URL format and id of each; always empty today.")
    ]


class RealmPlaygroundsEvent(Event, kw_only=True, tag="realm_playgrounds"):
    """The sites where code can be run changed."""

    realm_playgrounds: Annotated[list[Playground], Field("All of them now.")]


class CustomProfileFieldsEvent(Event, kw_only=True, tag="custom_profile_fields"):
    """The profile fields that the organization adds changed."""

    fields: Annotated[list[CustomProfileField], Field("All of them now, in order.")]


class RealmExportEvent(Event, kw_only=True, tag="realm_export"):
    """An export of the organization's data began, ended, failed or was deleted. Sent to administrators."""

    exports: Annotated[list[RealmExport], Field("All exports now.")]


class RealmExportConsentEvent(Event, kw_only=True, tag="realm_export_consent"):
    """Somebody gave or withdrew their consent to an export of private data. Sent to administrators."""

    user_id: Annotated[int, Field("Who.")]
    consented: Annotated[bool, Field("Whether they consent now.")]


class HeartbeatEvent(Event, kw_only=True, tag="heartbeat"):
    """Nothing happened for a while: the answer to a poll that waited long, so that no proxy cuts it off.

    Its id counts as read like any other's.
    """


class RestartEvent(Event, kw_only=True, tag="restart"):
    """The server was restarted, with a new version perhaps. Queues live on."""

    zulip_version: Annotated[str, Field("The version of the wire's reference server.")]
    zulip_merge_base: Annotated[str, Field("The same, for older clients.")]
    zulip_feature_level: Annotated[int, Field("The level of the wire.")]
    server_generation: Annotated[int, Field("Rises with each start of the server.")]
    aloha_version: Annotated[str | UnsetType, Field("Aloha's own version.")] = UNSET
    aloha_feature_level: Annotated[int | UnsetType, Field("The level of what only Aloha has.")] = UNSET


class WebReloadClientEvent(Event, kw_only=True, tag="web_reload_client"):
    """The web app is asked to load itself anew."""

    immediate: Annotated[bool, Field("Whether at once, rather than when the user is idle.")]
