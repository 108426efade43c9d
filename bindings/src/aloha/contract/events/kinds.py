"""Every kind of event there is, and how one is read."""

from typing import Any, TypeAlias, get_args, get_type_hints

import msgspec
from msgspec import UNSET, UnsetType

from .base import Event, UnknownEvent
from .messages import (
    AttachmentAddEvent,
    AttachmentRemoveEvent,
    AttachmentUpdateEvent,
    DeleteMessageEvent,
    DraftsAddEvent,
    DraftsRemoveEvent,
    DraftsUpdateEvent,
    MessageEvent,
    ReactionAddEvent,
    ReactionRemoveEvent,
    SavedSnippetsAddEvent,
    SavedSnippetsRemoveEvent,
    SavedSnippetsUpdateEvent,
    ScheduledMessagesAddEvent,
    ScheduledMessagesRemoveEvent,
    ScheduledMessagesUpdateEvent,
    SubmessageEvent,
    TypingEditMessageStartEvent,
    TypingEditMessageStopEvent,
    TypingStartEvent,
    TypingStopEvent,
    UpdateMessageEvent,
    UpdateMessageFlagsAddEvent,
    UpdateMessageFlagsRemoveEvent,
)
from .organization import (
    CustomProfileFieldsEvent,
    HeartbeatEvent,
    RealmDeactivatedEvent,
    RealmDomainsAddEvent,
    RealmDomainsChangeEvent,
    RealmDomainsRemoveEvent,
    RealmEmojiUpdateEvent,
    RealmExportConsentEvent,
    RealmExportEvent,
    RealmFiltersEvent,
    RealmLinkifiersEvent,
    RealmPlaygroundsEvent,
    RealmUpdateDictEvent,
    RealmUpdateEvent,
    RealmUserSettingsDefaultsUpdateEvent,
    RestartEvent,
    WebReloadClientEvent,
)
from .personal import (
    AlertWordsEvent,
    HasZoomTokenEvent,
    InvitesChangedEvent,
    MutedUsersEvent,
    OnboardingStepsEvent,
    RemindersAddEvent,
    RemindersRemoveEvent,
    UpdateDisplaySettingsEvent,
    UpdateGlobalNotificationsEvent,
    UserSettingsUpdateEvent,
)
from .streams import (
    DefaultStreamGroupsEvent,
    DefaultStreamsEvent,
    MutedTopicsEvent,
    StreamCreateEvent,
    StreamDeleteEvent,
    StreamUpdateEvent,
    SubscriptionAddEvent,
    SubscriptionPeerAddEvent,
    SubscriptionPeerRemoveEvent,
    SubscriptionRemoveEvent,
    SubscriptionUpdateEvent,
    UserTopicEvent,
)
from .users import (
    PresenceEvent,
    RealmBotAddEvent,
    RealmBotDeleteEvent,
    RealmBotRemoveEvent,
    RealmBotUpdateEvent,
    RealmUserAddEvent,
    RealmUserRemoveEvent,
    RealmUserUpdateEvent,
    UserGroupAddEvent,
    UserGroupAddMembersEvent,
    UserGroupAddSubgroupsEvent,
    UserGroupRemoveEvent,
    UserGroupRemoveMembersEvent,
    UserGroupRemoveSubgroupsEvent,
    UserGroupUpdateEvent,
    UserStatusEvent,
)

_STRUCTS: tuple[type[Event], ...] = (
    MessageEvent,
    UpdateMessageEvent,
    DeleteMessageEvent,
    ReactionAddEvent,
    ReactionRemoveEvent,
    SubmessageEvent,
    UpdateMessageFlagsAddEvent,
    UpdateMessageFlagsRemoveEvent,
    TypingStartEvent,
    TypingStopEvent,
    TypingEditMessageStartEvent,
    TypingEditMessageStopEvent,
    AttachmentAddEvent,
    AttachmentUpdateEvent,
    AttachmentRemoveEvent,
    DraftsAddEvent,
    DraftsUpdateEvent,
    DraftsRemoveEvent,
    SavedSnippetsAddEvent,
    SavedSnippetsUpdateEvent,
    SavedSnippetsRemoveEvent,
    ScheduledMessagesAddEvent,
    ScheduledMessagesUpdateEvent,
    ScheduledMessagesRemoveEvent,
    RealmUpdateEvent,
    RealmUpdateDictEvent,
    RealmDeactivatedEvent,
    RealmUserSettingsDefaultsUpdateEvent,
    RealmEmojiUpdateEvent,
    RealmDomainsAddEvent,
    RealmDomainsChangeEvent,
    RealmDomainsRemoveEvent,
    RealmLinkifiersEvent,
    RealmFiltersEvent,
    RealmPlaygroundsEvent,
    CustomProfileFieldsEvent,
    RealmExportEvent,
    RealmExportConsentEvent,
    HeartbeatEvent,
    RestartEvent,
    WebReloadClientEvent,
    AlertWordsEvent,
    UserSettingsUpdateEvent,
    UpdateDisplaySettingsEvent,
    UpdateGlobalNotificationsEvent,
    MutedUsersEvent,
    OnboardingStepsEvent,
    RemindersAddEvent,
    RemindersRemoveEvent,
    HasZoomTokenEvent,
    InvitesChangedEvent,
    StreamCreateEvent,
    StreamDeleteEvent,
    StreamUpdateEvent,
    SubscriptionAddEvent,
    SubscriptionRemoveEvent,
    SubscriptionUpdateEvent,
    SubscriptionPeerAddEvent,
    SubscriptionPeerRemoveEvent,
    DefaultStreamsEvent,
    DefaultStreamGroupsEvent,
    UserTopicEvent,
    MutedTopicsEvent,
    RealmUserAddEvent,
    RealmUserUpdateEvent,
    RealmUserRemoveEvent,
    RealmBotAddEvent,
    RealmBotUpdateEvent,
    RealmBotRemoveEvent,
    RealmBotDeleteEvent,
    PresenceEvent,
    UserStatusEvent,
    UserGroupAddEvent,
    UserGroupUpdateEvent,
    UserGroupAddMembersEvent,
    UserGroupRemoveMembersEvent,
    UserGroupAddSubgroupsEvent,
    UserGroupRemoveSubgroupsEvent,
    UserGroupRemoveEvent,
)

EventClass: TypeAlias = type[Event]

_EPHEMERAL = frozenset({"heartbeat", "presence", "typing", "typing_edit_message"})


class EventKind(msgspec.Struct, frozen=True, kw_only=True):
    """One pair of type and op. What is `ephemeral` tells of a moment: it may be dropped when it comes too late."""

    type: str
    op: str | None
    struct: EventClass
    doc: str
    ephemeral: bool

    @property
    def name(self) -> str:
        """The type, with the op after a slash where there is one."""
        return self.type if self.op is None else f"{self.type}/{self.op}"


def _kind(struct: type[Event]) -> EventKind:
    type_ = str(struct.__struct_config__.tag)
    op = None
    if "op" in struct.__struct_fields__:
        (op,) = get_args(get_type_hints(struct)["op"])
    doc = " ".join((struct.__doc__ or "").split())
    return EventKind(type=type_, op=op, struct=struct, doc=doc, ephemeral=type_ in _EPHEMERAL)


EVENT_KINDS: dict[tuple[str, str | None], EventKind] = {(kind.type, kind.op): kind for kind in map(_kind, _STRUCTS)}


class _Head(msgspec.Struct):
    id: int
    type: str
    op: str | UnsetType | None = UNSET


def decode_event(raw: dict[str, Any] | bytes) -> Event:
    """The event as its own class, or as an `UnknownEvent` that holds all of it.

    Raises msgspec.DecodeError for what is no event at all: no JSON object with an `id` and a `type`.
    """
    head = msgspec.json.decode(raw, type=_Head) if isinstance(raw, bytes) else msgspec.convert(raw, _Head)
    op = head.op or None
    kind = EVENT_KINDS.get((head.type, op))
    if kind is None:
        return _unknown(head, op, raw, "unknown type or op")
    try:
        if isinstance(raw, bytes):
            return msgspec.json.decode(raw, type=kind.struct)
        return msgspec.convert(raw, kind.struct)
    except msgspec.ValidationError as error:
        return _unknown(head, op, raw, str(error))


def _unknown(head: _Head, op: str | None, raw: dict[str, Any] | bytes, problem: str) -> UnknownEvent:
    whole = msgspec.json.decode(raw, type=dict[str, Any]) if isinstance(raw, bytes) else raw
    return UnknownEvent(id=head.id, type=head.type, op=op, raw=whole, problem=problem)
