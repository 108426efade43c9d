"""What belongs to an organization (realm) as a whole: emoji, linkifiers, profile fields, bots, exports."""

from typing import Annotated

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field

from .base import WireObject


class RealmEmoji(WireObject, kw_only=True):
    """A custom emoji."""

    id: Annotated[str, Field("The emoji's id, which is its `emoji_code` too.")]
    name: Annotated[str, Field("Its name.")]
    source_url: Annotated[str, Field("The picture, relative to the server or absolute.")]
    still_url: Annotated[str | None, Field("The picture without animation; null if it has none.")]
    deactivated: Annotated[bool, Field("Whether it can no longer be used; old messages still show it.")]
    author_id: Annotated[int | None, Field("Who uploaded it; null if that is not known.")]


class Linkifier(WireObject, kw_only=True):
    """A rule that makes links of a pattern in messages and topics."""

    id: Annotated[int, Field("The rule's id.")]
    pattern: Annotated[str, Field("The regular expression, with named groups.")]
    url_template: Annotated[str, Field("The RFC 6570 template that the groups are put into.")]


class Playground(WireObject, kw_only=True):
    """A site where code blocks of one language can be run."""

    id: Annotated[int, Field("The playground's id.")]
    name: Annotated[str, Field("Its name.")]
    pygments_language: Annotated[str, Field("The language, by its Pygments name.")]
    url_template: Annotated[str, Field("The RFC 6570 template that takes the code as `code`.")]


class RealmDomain(WireObject, kw_only=True):
    """A mail domain whose addresses may join."""

    domain: Annotated[str, Field("The domain.")]
    allow_subdomains: Annotated[bool, Field("Whether domains below it are allowed too.")]


class CustomProfileField(WireObject, kw_only=True):
    """A field that the organization adds to its users' profiles."""

    id: Annotated[int, Field("The field's id.")]
    type: Annotated[
        int,
        Field("1 short text, 2 long text, 3 choice, 4 date, 5 link, 6 users, 7 external account, 8 pronouns."),
    ]
    order: Annotated[int, Field("Where it stands among the fields.")]
    name: Annotated[str, Field("Its label.")]
    hint: Annotated[str, Field("A line of help below the label.")]
    required: Annotated[bool, Field("Whether users are asked to fill it in.")]
    editable_by_user: Annotated[bool, Field("Whether users may change it themselves.")]
    field_data: Annotated[
        str | UnsetType, Field("What the type needs more, as JSON: the choices, or the external site.")
    ] = UNSET
    display_in_profile_summary: Annotated[bool | UnsetType, Field("Whether the short form of a profile shows it.")] = (
        UNSET
    )


class CustomProfileFieldType(WireObject, kw_only=True):
    """A type that a custom profile field can have."""

    id: Annotated[int, Field("The number that stands in `type`.")]
    name: Annotated[str, Field("What people call it.")]


class OnboardingStep(WireObject, kw_only=True):
    """A hint for new users that this user has not dismissed yet."""

    type: Annotated[str, Field("The kind of hint; `one_time_notice` today.")]
    name: Annotated[str, Field("Which hint it is.")]


class BotService(WireObject, kw_only=True):
    """What an outgoing webhook or an embedded bot is connected to: the fields of one of the two."""

    base_url: Annotated[str | UnsetType, Field("Outgoing webhook: where messages are posted to.")] = UNSET
    token: Annotated[str | UnsetType, Field("Outgoing webhook: what proves to the receiver who posts.")] = UNSET
    interface: Annotated[int | UnsetType, Field("Outgoing webhook: 1 our own format, 2 Slack's.")] = UNSET
    service_name: Annotated[str | UnsetType, Field("Embedded bot: its program.")] = UNSET
    config_data: Annotated[dict[str, str] | UnsetType, Field("Embedded bot: its settings.")] = UNSET


class Bot(WireObject, kw_only=True):
    """A bot with what only its owner and administrators may know."""

    user_id: Annotated[int, Field("The bot's user id.")]
    full_name: Annotated[str, Field("Its name.")]
    email: Annotated[str, Field("Its address.")]
    api_key: Annotated[str, Field("Its API key.")]
    avatar_url: Annotated[str, Field("Its avatar.")]
    owner_id: Annotated[int | None, Field("Who owns it; null if nobody does.")]
    bot_type: Annotated[int | None, Field("1 generic, 2 incoming webhook, 3 outgoing webhook, 4 embedded.")]
    is_active: Annotated[bool, Field("False once it is deactivated.")]
    default_sending_stream: Annotated[str | None, Field("Where it sends unless it says; null if not set.")]
    default_events_register_stream: Annotated[
        str | None, Field("Which channel its queues watch unless it says; null if not set.")
    ]
    default_all_public_streams: Annotated[bool, Field("Whether its queues watch all public channels.")]
    services: Annotated[list[BotService], Field("What it is connected to; one at most.")]


class BotChange(WireObject, kw_only=True):
    """What changed of a bot; the rest is absent."""

    user_id: Annotated[int, Field("The bot's user id.")]
    full_name: Annotated[str | UnsetType, Field("The new name.")] = UNSET
    api_key: Annotated[str | UnsetType, Field("The new API key.")] = UNSET
    avatar_url: Annotated[str | UnsetType, Field("The new avatar.")] = UNSET
    owner_id: Annotated[int | UnsetType | None, Field("The new owner.")] = UNSET
    is_active: Annotated[bool | UnsetType, Field("Whether it is now active.")] = UNSET
    default_sending_stream: Annotated[str | UnsetType | None, Field("The new channel to send to.")] = UNSET
    default_events_register_stream: Annotated[str | UnsetType | None, Field("The new channel to watch.")] = UNSET
    default_all_public_streams: Annotated[
        bool | UnsetType, Field("Whether its queues now watch all public channels.")
    ] = UNSET
    services: Annotated[list[BotService] | UnsetType, Field("The new connections.")] = UNSET


class RemovedBot(WireObject, kw_only=True):
    """A bot that is gone from the list."""

    user_id: Annotated[int, Field("The bot's user id.")]
    full_name: Annotated[str | UnsetType, Field("The name that it had.")] = UNSET


class EmbeddedBot(WireObject, kw_only=True):
    """A bot program that the server can run itself."""

    name: Annotated[str, Field("The program's name.")]
    config: Annotated[dict[str, str], Field("Its settings with their default values.")]


class WebhookOption(WireObject, kw_only=True):
    """A setting in the URL of an incoming webhook."""

    key: Annotated[str, Field("The setting's name.")]
    label: Annotated[str, Field("What people call it.")]
    validator: Annotated[str, Field("How a value is checked.")]


class IncomingWebhook(WireObject, kw_only=True):
    """A service whose webhooks the server understands."""

    name: Annotated[str, Field("The service, as it stands in the URL.")]
    display_name: Annotated[str, Field("What people call it.")]
    all_event_types: Annotated[list[str] | None, Field("The kinds of events that it can filter; null if it cannot.")]
    config_options: Annotated[list[WebhookOption] | UnsetType, Field("The settings that its URL takes.")] = UNSET


class RealmExport(WireObject, kw_only=True):
    """An export of the organization's data."""

    id: Annotated[int, Field("The export's id.")]
    acting_user_id: Annotated[int, Field("Who asked for it.")]
    export_time: Annotated[float, Field("When it was asked for, in UNIX seconds.")]
    deleted_timestamp: Annotated[float | None, Field("When it was deleted; null if it was not.")]
    failed_timestamp: Annotated[float | None, Field("When it failed; null if it did not.")]
    export_url: Annotated[str | None, Field("Where it can be fetched; null until it is ready.")]
    pending: Annotated[bool, Field("Whether it is still being made.")]
    export_type: Annotated[int, Field("1 public data, 2 full with the consent of those it tells of.")]


class AuthenticationMethod(WireObject, kw_only=True):
    """A way to sign in."""

    enabled: Annotated[bool, Field("Whether the organization allows it.")]
    available: Annotated[bool, Field("Whether this server could offer it.")]
    unavailable_reason: Annotated[str | UnsetType, Field("Why not, if it could not.")] = UNSET


class NamedOption(WireObject, kw_only=True):
    """A choice of an organization setting: the number on the wire and what people call it."""

    name: Annotated[str, Field("What people call it.")]
    id: Annotated[int, Field("The setting's value for it.")]


class ExternalAccount(WireObject, kw_only=True):
    """A site that a profile field of type external account can point to."""

    name: Annotated[str, Field("A label for the field.")]
    text: Annotated[str, Field("The site's name.")]
    hint: Annotated[str, Field("A line of help.")]
    url_pattern: Annotated[str, Field("The user's page, with `%(username)s` for what they entered.")]


class ThumbnailFormat(WireObject, kw_only=True):
    """A size and kind of thumbnail that the server makes."""

    name: Annotated[str, Field("The last part of the thumbnail's path.")]
    max_width: Annotated[int, Field("Its width at most, in pixels.")]
    max_height: Annotated[int, Field("Its height at most, in pixels.")]
    format: Annotated[str, Field("Its file format.")]
    animated: Annotated[bool, Field("Whether it keeps an animation.")]


class EmojisetChoice(WireObject, kw_only=True):
    """A set of emoji pictures that users can choose."""

    key: Annotated[str, Field("The value of the `emojiset` setting.")]
    text: Annotated[str, Field("What people call it.")]


class Billing(WireObject, kw_only=True):
    """What administrators are told of paying; nothing is ever pending on a self-hosted server."""

    has_pending_sponsorship_request: Annotated[bool, Field("Whether a request for sponsorship is open.")]


class PermissionConfig(WireObject, kw_only=True):
    """Which groups may be chosen for a permission, and which holds it at first."""

    require_system_group: Annotated[bool, Field("Whether only the groups of the roles may be chosen.")]
    allow_internet_group: Annotated[bool, Field("Whether `role:internet` may be chosen.")]
    allow_nobody_group: Annotated[bool, Field("Whether `role:nobody` may be chosen.")]
    allow_everyone_group: Annotated[bool, Field("Whether `role:everyone`, and so guests, may be chosen.")]
    default_group_name: Annotated[
        str,
        Field("Who holds it at first: a group's name, or `group_creator` or `stream_creator_or_nobody`."),
    ]
    default_for_system_groups: Annotated[
        str | None, Field("Who holds it for the groups of the roles; null where that has no meaning.")
    ]
    allowed_system_groups: Annotated[
        list[str], Field("The only groups of roles that may be chosen; empty if the rest does not narrow it.")
    ]


class PermissionSettings(WireObject, kw_only=True):
    """The permissions that there are, by setting name."""

    realm: Annotated[dict[str, PermissionConfig], Field("Those of the organization.")]
    stream: Annotated[dict[str, PermissionConfig], Field("Those of a channel.")]
    group: Annotated[dict[str, PermissionConfig], Field("Those of a user group.")]
