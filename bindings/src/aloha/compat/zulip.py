"""The face of the `zulip` package over Aloha's client: an existing bot changes one import.

    from aloha.compat import zulip

    client = zulip.Client(config_file="~/zuliprc")
    client.call_on_each_message(lambda message: print(message["content"]))

Every method takes and returns what the package's takes and returns: plain dicts, in which a refusal is an answer with
`"result": "error"`. What is better than there: waits grow with jitter and honour Retry-After, a retried send arrives
once, an exception in a callback is logged and does not end the loop, and `resume=` keeps the position in a file. The
narrow of `call_on_each_message` works.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Literal

import aloha
from aloha.contract.errors import AlohaError, ApiError

Answer = dict[str, Any]
Request = dict[str, Any]
EditPropagateMode = Literal["change_one", "change_all", "change_later"]

DEFAULT_FILE = "~/.zuliprc"
LONG_POLL_S = 90.0


class ZulipError(Exception):
    """The package's own errors; here for those who catch it."""


class Client:
    """`retry_on_errors` and `verbose` are taken for the signature's sake: what may be repeated always is, and what
    happens is logged by the logger `aloha`."""

    def __init__(
        self,
        email: str | None = None,
        api_key: str | None = None,
        config_file: str | None = None,
        verbose: bool = False,
        retry_on_errors: bool = True,
        site: str | None = None,
        client: str | None = None,
        cert_bundle: str | None = None,
        insecure: bool | None = None,
        client_cert: str | None = None,
        client_cert_key: str | None = None,
    ) -> None:
        self.verbose = verbose
        self.retry_on_errors = retry_on_errors
        self._client = aloha.Client(
            config_file or find_config_file(),
            email=email or os.environ.get("ZULIP_EMAIL"),
            api_key=api_key or os.environ.get("ZULIP_API_KEY"),
            site=site or os.environ.get("ZULIP_SITE"),
            client=client,
            insecure=insecure,
            cert_bundle=cert_bundle or os.environ.get("ZULIP_CERT_BUNDLE"),
            client_cert=client_cert or os.environ.get("ZULIP_CERT"),
            client_cert_key=client_cert_key or os.environ.get("ZULIP_CERT_KEY"),
        )
        self.email = self._client.config.email
        self.api_key = self._client.config.api_key
        self.base_url = f"{self._client.config.site}/api/"
        self.client_name = client or "AlohaPython"

    # Calls.

    def call_endpoint(
        self,
        url: str | None = None,
        method: str = "POST",
        request: Request | None = None,
        longpolling: bool = False,
        files: list[IO[Any]] | None = None,
        timeout: float | None = None,
    ) -> Answer:
        return self.do_api_query(request or {}, f"v1/{url}", method, longpolling, files, timeout)

    def do_api_query(
        self,
        orig_request: Mapping[str, Any],
        url: str,
        method: str = "POST",
        longpolling: bool = False,
        files: list[IO[Any]] | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Never raises for what a server or a network does."""
        path = url.removeprefix("/").removeprefix("api/").removeprefix("v1/")
        wait_s = LONG_POLL_S if longpolling and timeout is None else timeout
        try:
            return self._client.call(method, path, orig_request, files=list[Any](files or ()), timeout_s=wait_s)
        except ApiError as error:
            return error.envelope()
        except AlohaError as error:
            return {"result": "connection-error", "msg": str(error)}

    def ensure_session(self) -> None:
        """Connections are opened by themselves."""

    def get_user_agent(self) -> str:
        return self._client.user_agent

    # Events.

    def call_on_each_event(
        self,
        callback: Callable[[dict[str, Any]], None],
        event_types: list[str] | None = None,
        narrow: list[list[str]] | None = None,
        **kwargs: object,
    ) -> None:
        """`kwargs` may also be those of `aloha.Client.call_on_each_event`, such as `resume`."""
        self._client.call_on_each_event(callback, event_types, narrow, **kwargs)  # type: ignore[arg-type]

    def call_on_each_message(self, callback: Callable[[dict[str, Any]], None], **kwargs: object) -> None:
        self._client.call_on_each_message(callback, **kwargs)  # type: ignore[arg-type]

    def stop(self) -> None:
        """Ends the loops; the package has no way to."""
        self._client.stop()

    def register(
        self,
        event_types: Iterable[str] | None = None,
        narrow: list[list[str]] | None = None,
        **kwargs: object,
    ) -> Answer:
        types = None if event_types is None else list(event_types)
        return self.call_endpoint("register", request={"event_types": types, "narrow": narrow or [], **kwargs})

    def deregister(self, queue_id: str, timeout: float | None = None) -> Answer:
        return self.call_endpoint("events", "DELETE", {"queue_id": queue_id}, timeout=timeout)

    def get_events(self, **request: Any) -> Answer:
        return self.call_endpoint("events", "GET", request, longpolling=True)

    # Messages.

    def get_messages(self, message_filters: Request) -> Answer:
        return self.call_endpoint("messages", "GET", message_filters)

    def check_messages_match_narrow(self, **request: dict[str, Any]) -> Answer:
        return self.call_endpoint("messages/matches_narrow", "GET", request)

    def get_raw_message(self, message_id: int) -> Answer:
        return self.call_endpoint(f"messages/{message_id}", "GET")

    def send_message(self, message_data: Request) -> Answer:
        return self.call_endpoint("messages", request=message_data)

    def upload_file(self, file: IO[Any]) -> Answer:
        return self.call_endpoint("user_uploads", files=[file])

    def get_attachments(self) -> Answer:
        return self.call_endpoint("attachments", "GET")

    def update_message(self, message_data: Request) -> Answer:
        return self.call_endpoint(f"messages/{message_data['message_id']}", "PATCH", message_data)

    def delete_message(self, message_id: int) -> Answer:
        return self.call_endpoint(f"messages/{message_id}", "DELETE")

    def update_message_flags(self, update_data: Request) -> Answer:
        return self.call_endpoint("messages/flags", request=update_data)

    def mark_all_as_read(self) -> Answer:
        return self.call_endpoint("mark_all_as_read")

    def mark_stream_as_read(self, stream_id: int) -> Answer:
        return self.call_endpoint("mark_stream_as_read", request={"stream_id": stream_id})

    def mark_topic_as_read(self, stream_id: int, topic_name: str) -> Answer:
        return self.call_endpoint("mark_topic_as_read", request={"stream_id": stream_id, "topic_name": topic_name})

    def get_message_history(self, message_id: int) -> Answer:
        return self.call_endpoint(f"messages/{message_id}/history", "GET")

    def add_reaction(self, reaction_data: Request) -> Answer:
        return self.call_endpoint(f"messages/{reaction_data['message_id']}/reactions", request=reaction_data)

    def remove_reaction(self, reaction_data: Request) -> Answer:
        return self.call_endpoint(f"messages/{reaction_data['message_id']}/reactions", "DELETE", reaction_data)

    def render_message(self, request: Request | None = None) -> Answer:
        return self.call_endpoint("messages/render", request=request)

    def move_topic(
        self,
        stream: str,
        new_stream: str,
        topic: str,
        new_topic: str | None = None,
        message_id: int | None = None,
        propagate_mode: EditPropagateMode = "change_all",
        notify_old_topic: bool = True,
        notify_new_topic: bool = True,
    ) -> Answer:
        """Without `message_id`, the newest message of the topic says what is moved."""
        target = self.get_stream_id(new_stream)
        if target["result"] != "success":
            return target
        if message_id is None:
            narrow = [["stream", stream], ["topic", topic]]
            found = self.get_messages({"anchor": "newest", "num_before": 1, "num_after": 0, "narrow": narrow})
            if found["result"] != "success":
                return found
            if not found["messages"]:
                return {"result": "error", "msg": f'No messages found in topic: "{topic}"', "code": "BAD_REQUEST"}
            message_id = found["messages"][-1]["id"]
        request = {
            "stream_id": target["stream_id"],
            "propagate_mode": propagate_mode,
            "topic": topic if new_topic is None else new_topic,
            "send_notification_to_old_thread": notify_old_topic,
            "send_notification_to_new_thread": notify_new_topic,
        }
        return self.call_endpoint(f"messages/{message_id}", "PATCH", request)

    # Channels.

    def get_streams(self, **request: Any) -> Answer:
        return self.call_endpoint("streams", "GET", request)

    def update_stream(self, stream_data: Request) -> Answer:
        return self.call_endpoint(f"streams/{stream_data['stream_id']}", "PATCH", stream_data)

    def delete_stream(self, stream_id: int) -> Answer:
        return self.call_endpoint(f"streams/{stream_id}", "DELETE")

    def get_stream_id(self, stream: str) -> Answer:
        return self.call_endpoint("get_stream_id", "GET", {"stream": stream})

    def get_stream_topics(self, stream_id: int) -> Answer:
        return self.call_endpoint(f"users/me/{stream_id}/topics", "GET")

    def get_stream_email_address(self, stream_id: int) -> Answer:
        return self.call_endpoint(f"streams/{stream_id}/email_address", "GET")

    def add_default_stream(self, stream_id: int) -> Answer:
        return self.call_endpoint("default_streams", request={"stream_id": stream_id})

    def get_subscribers(self, **request: Any) -> Answer:
        """By the channel's name, as `stream`."""
        found = self.get_stream_id(request["stream"])
        if found["result"] != "success":
            return found
        return self.call_endpoint(f"streams/{found['stream_id']}/members", "GET")

    def get_subscriptions(self, request: Request | None = None) -> Answer:
        return self.call_endpoint("users/me/subscriptions", "GET", request)

    def list_subscriptions(self, request: Request | None = None) -> Answer:
        return self.get_subscriptions(request)

    def add_subscriptions(self, streams: Iterable[dict[str, Any]], **kwargs: Any) -> Answer:
        return self.call_endpoint("users/me/subscriptions", request={"subscriptions": list(streams), **kwargs})

    def remove_subscriptions(
        self, streams: Iterable[str], principals: Sequence[str] | Sequence[int] | None = None
    ) -> Answer:
        request = {"subscriptions": list(streams), "principals": principals}
        return self.call_endpoint("users/me/subscriptions", "DELETE", request)

    def get_subscription_status(self, user_id: int, stream_id: int) -> Answer:
        return self.call_endpoint(f"users/{user_id}/subscriptions/{stream_id}", "GET")

    def update_subscription_settings(self, subscription_data: list[dict[str, Any]]) -> Answer:
        request = {"subscription_data": subscription_data}
        return self.call_endpoint("users/me/subscriptions/properties", request=request)

    def mute_topic(self, request: Request) -> Answer:
        return self.call_endpoint("users/me/subscriptions/muted_topics", "PATCH", request)

    # People.

    def get_profile(self, request: Request | None = None) -> Answer:
        return self.call_endpoint("users/me", "GET", request)

    def get_users(self, request: Request | None = None) -> Answer:
        return self.call_endpoint("users", "GET", request)

    def get_members(self, request: Request | None = None) -> Answer:
        return self.get_users(request)

    def get_user_by_id(self, user_id: int, **request: Any) -> Answer:
        return self.call_endpoint(f"users/{user_id}", "GET", request)

    def create_user(self, request: Request | None = None) -> Answer:
        return self.call_endpoint("users", request=request)

    def update_user_by_id(self, user_id: int, **request: Any) -> Answer:
        return self.call_endpoint(f"users/{user_id}", "PATCH", request)

    def deactivate_user_by_id(self, user_id: int) -> Answer:
        return self.call_endpoint(f"users/{user_id}", "DELETE")

    def reactivate_user_by_id(self, user_id: int) -> Answer:
        return self.call_endpoint(f"users/{user_id}/reactivate")

    def get_user_presence(self, email: str) -> Answer:
        return self.call_endpoint(f"users/{email}/presence", "GET")

    def get_realm_presence(self) -> Answer:
        return self.call_endpoint("realm/presence", "GET")

    def update_presence(self, request: Request) -> Answer:
        return self.call_endpoint("users/me/presence", request=request)

    def set_typing_status(self, request: Request) -> Answer:
        return self.call_endpoint("typing", request=request)

    def get_alert_words(self) -> Answer:
        return self.call_endpoint("users/me/alert_words", "GET")

    def add_alert_words(self, alert_words: list[str]) -> Answer:
        return self.call_endpoint("users/me/alert_words", request={"alert_words": alert_words})

    def remove_alert_words(self, alert_words: list[str]) -> Answer:
        return self.call_endpoint("users/me/alert_words", "DELETE", {"alert_words": alert_words})

    def update_notification_settings(self, notification_settings: Request) -> Answer:
        return self.call_endpoint("settings", "PATCH", notification_settings)

    # Groups of people.

    def get_user_groups(self) -> Answer:
        return self.call_endpoint("user_groups", "GET")

    def create_user_group(self, group_data: Request) -> Answer:
        return self.call_endpoint("user_groups/create", request=group_data)

    def update_user_group(self, group_data: Request) -> Answer:
        return self.call_endpoint(f"user_groups/{group_data['group_id']}", "PATCH", group_data)

    def remove_user_group(self, group_id: int) -> Answer:
        return self.call_endpoint(f"user_groups/{group_id}", "DELETE")

    def update_user_group_members(self, user_group_id: int, group_data: Request) -> Answer:
        return self.call_endpoint(f"user_groups/{user_group_id}/members", request=group_data)

    # The organization and the server.

    def get_server_settings(self) -> Answer:
        return self.call_endpoint("server_settings", "GET")

    def get_realm_emoji(self) -> Answer:
        return self.call_endpoint("realm/emoji", "GET")

    def upload_custom_emoji(self, emoji_name: str, file_obj: IO[Any]) -> Answer:
        return self.call_endpoint(f"realm/emoji/{emoji_name}", files=[file_obj])

    def delete_custom_emoji(self, emoji_name: str) -> Answer:
        return self.call_endpoint(f"realm/emoji/{emoji_name}", "DELETE")

    def get_realm_linkifiers(self) -> Answer:
        return self.call_endpoint("realm/linkifiers", "GET")

    def add_realm_filter(self, pattern: str, url_template: str) -> Answer:
        return self.call_endpoint("realm/filters", request={"pattern": pattern, "url_template": url_template})

    def remove_realm_filter(self, filter_id: int) -> Answer:
        return self.call_endpoint(f"realm/filters/{filter_id}", "DELETE")

    def get_realm_profile_fields(self) -> Answer:
        return self.call_endpoint("realm/profile_fields", "GET")

    def create_realm_profile_field(self, **request: Any) -> Answer:
        return self.call_endpoint("realm/profile_fields", request=request)

    def remove_realm_profile_field(self, field_id: int) -> Answer:
        return self.call_endpoint(f"realm/profile_fields/{field_id}", "DELETE")

    def reorder_realm_profile_fields(self, **request: Any) -> Answer:
        return self.call_endpoint("realm/profile_fields", "PATCH", request)

    def update_realm_profile_field(self, field_id: int, **request: Any) -> Answer:
        return self.call_endpoint(f"realm/profile_fields/{field_id}", "PATCH", request)

    def get_storage(self, request: Request | None = None) -> Answer:
        return self.call_endpoint("bot_storage", "GET", request)

    def update_storage(self, request: Request) -> Answer:
        return self.call_endpoint("bot_storage", "PUT", request)


def find_config_file() -> str | None:
    """The package's own file, where there is one and nothing says otherwise."""
    named = os.environ.get("ZULIP_CONFIG")
    if named or os.environ.get("ALOHA_CONFIG"):
        return named
    return DEFAULT_FILE if Path(DEFAULT_FILE).expanduser().exists() else None
