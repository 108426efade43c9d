"""What a client can tell of itself when it registers a queue."""

from typing import Annotated

import msgspec

from aloha.contract.endpoint import Field


class ClientCapabilities(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the client understands. A queue without a capability gets the older form that the capability replaced."""

    notification_settings_null: Annotated[
        bool, Field("Notification settings of a channel may be null, for the user's general one. Without: the value.")
    ] = False
    bulk_message_deletion: Annotated[
        bool, Field("One `delete_message` event may tell of many messages. Without: an event for each.")
    ] = False
    user_avatar_url_field_optional: Annotated[
        bool, Field("The server may leave out `avatar_url` of users; the client fetches avatars by user id.")
    ] = False
    stream_typing_notifications: Annotated[
        bool, Field("`typing` events of channels are wanted. Without: those of direct messages only.")
    ] = False
    user_settings_object: Annotated[
        bool,
        Field(
            "Settings come as `user_settings`. Without: also as fields of their own, and as "
            "`update_display_settings` and `update_global_notifications` events."
        ),
    ] = False
    linkifier_url_template: Annotated[
        bool, Field("Linkifiers may have URL templates. Without: there are none, and `realm_filters` is empty.")
    ] = False
    user_list_incomplete: Annotated[
        bool, Field("Users may be missing from `realm_users`. Without: unknown ones stand in for them.")
    ] = False
    include_deactivated_groups: Annotated[
        bool, Field("Deactivated user groups are wanted. Without: deactivating looks like removing.")
    ] = False
    archived_channels: Annotated[
        bool, Field("Archived channels are wanted. Without: archiving looks like deleting.")
    ] = False
    empty_topic_name: Annotated[
        bool, Field("A topic's name may be empty. Without: `realm_empty_topic_display_name` stands in its place.")
    ] = False
    simplified_presence_events: Annotated[
        bool, Field("Presence events may tell of several users at once, in the form of `presences`.")
    ] = False
