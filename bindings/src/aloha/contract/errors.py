"""The errors of the wire: every code with its HTTP status, and the exception that carries one.

    AlohaError
      ApiError            the server refused a request: code, status, msg, fields

The server raises `ApiError` to refuse; the client raises the same class for a refusal it received, so both
sides speak of one thing. A code that this release does not know keeps its text and is still an `ApiError`.
"""

from typing import Any

# code: (HTTP status, when it is sent)
ERROR_CODES: dict[str, tuple[int, str]] = {
    "BAD_REQUEST": (400, "The request is malformed, or what it asks for is not allowed or does not exist."),
    "REQUEST_VARIABLE_MISSING": (400, "A required parameter is missing; `var_name` names it."),
    "BAD_EVENT_QUEUE_ID": (
        400,
        "The event queue `queue_id` is unknown, has expired, or cannot continue at that position. Register a new one.",
    ),
    "BAD_NARROW": (400, "A narrow uses an unknown operator or operand; `desc` says which."),
    "UNAUTHORIZED_PRINCIPAL": (400, "The user's role or permissions do not allow this."),
    "STREAM_DOES_NOT_EXIST": (400, "The channel does not exist, or the user cannot see it."),
    "REACTION_ALREADY_EXISTS": (400, "The user already reacted with this emoji."),
    "REACTION_DOES_NOT_EXIST": (400, "The user has no such reaction on the message."),
    "MOVE_MESSAGES_TIME_LIMIT_EXCEEDED": (
        400,
        "Some messages are too old to be moved; `first_message_id_allowed_to_move`, `total_messages_in_topic` and "
        "`total_messages_allowed_to_move` tell which may be.",
    ),
    "STREAM_WILDCARD_MENTION_NOT_ALLOWED": (400, "The user may not mention everyone in so large a channel."),
    "TOPIC_WILDCARD_MENTION_NOT_ALLOWED": (400, "The user may not mention everyone in so large a topic."),
    "CANNOT_DEACTIVATE_LAST_USER": (
        400,
        "The organization's last owner or last user cannot be deactivated; `is_last_owner` and `entity` tell which.",
    ),
    "CANNOT_DEACTIVATE_GROUP_IN_USE": (400, "The group is still used by a setting; `objections` lists where."),
    "REALM_UPLOAD_QUOTA": (400, "The organization's uploads would take more room than they may."),
    "BAD_IMAGE": (400, "The file is no picture that the server can read, or a too large one."),
    "INVITATION_FAILED": (400, "Some invitations could not be sent; `errors` lists them."),
    "EXPECTATION_MISMATCH": (400, "The value to replace is not what the request expected to find."),
    "IDEMPOTENCY_KEY_REUSED": (400, "The same Idempotency-Key came with a different request within 24 hours."),
    "UNAUTHORIZED": (401, "The credentials are missing or wrong."),
    "USER_DEACTIVATED": (401, "The account is deactivated."),
    "AUTHENTICATION_FAILED": (401, "The user name or password is wrong."),
    "REALM_DEACTIVATED": (401, "The organization is deactivated."),
    "NONEXISTENT_SUBDOMAIN": (404, "No organization lives at this host name."),
    "NOT_FOUND": (404, "There is no such URL."),
    "METHOD_NOT_ALLOWED": (405, "The URL exists but not with this method; the Allow header lists the methods."),
    "REQUEST_TIMEOUT": (408, "The request did not arrive in time."),
    "REQUEST_TOO_LARGE": (413, "The request's body or query is larger than the server accepts."),
    "RATE_LIMIT_HIT": (429, "Too many requests; `retry-after` says in how many seconds to try again."),
    "INTERNAL_SERVER_ERROR": (500, "The server failed; the request changed nothing."),
    "SERVER_BUSY": (503, "The server has too much waiting; `retry-after` says in how many seconds to try again."),
}


class AlohaError(Exception):
    """The root of all errors that this library raises."""


class ApiError(AlohaError):
    """The server refused a request.

    `code` is machine-readable (`ERROR_CODES`), `status` the HTTP status, `msg` a sentence for people and
    `fields` what the code adds to the envelope. `headers` travel with the answer and are not part of it.
    """

    def __init__(
        self,
        msg: str,
        *,
        code: str = "BAD_REQUEST",
        status: int | None = None,
        headers: dict[str, str] | None = None,
        **fields: Any,
    ) -> None:
        super().__init__(msg)
        self.msg = msg
        self.code = code
        self.status = ERROR_CODES[code][0] if status is None else status
        self.headers = headers or {}
        self.fields = fields

    def __str__(self) -> str:
        return f"{self.msg} ({self.code}, HTTP {self.status})"

    def envelope(self) -> dict[str, Any]:
        """The JSON object that travels."""
        return {"result": "error", "msg": self.msg, **self.fields, "code": self.code}


class BadEventQueueError(ApiError):
    """The queue cannot be continued: its client registers a new one. Never sent for a passing fault."""

    def __init__(self, queue_id: str) -> None:
        super().__init__(f"Bad event queue ID: {queue_id}", code="BAD_EVENT_QUEUE_ID", queue_id=queue_id)


class BadNarrowError(ApiError):
    def __init__(self, desc: str) -> None:
        super().__init__(f"Invalid narrow operator: {desc}", code="BAD_NARROW", desc=desc)


class MissingParameterError(ApiError):
    def __init__(self, name: str) -> None:
        super().__init__(f"Missing '{name}' argument", code="REQUEST_VARIABLE_MISSING", var_name=name)


class PermissionDeniedError(ApiError):
    """The user's role does not allow it."""

    def __init__(self, msg: str = "Insufficient permission") -> None:
        super().__init__(msg, code="UNAUTHORIZED_PRINCIPAL")


class RateLimitError(ApiError):
    """`retry_after_s` seconds are to pass first."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(
            f"API usage exceeded rate limit, try again in {retry_after_s:.1f} seconds",
            code="RATE_LIMIT_HIT",
            headers={"Retry-After": f"{retry_after_s:.3f}"},
            **{"retry-after": retry_after_s},  # type: ignore[arg-type]  # a field whose name is no identifier
        )


class UnauthorizedError(ApiError):
    """Also for an unknown user: the answer does not tell whether the user exists."""

    def __init__(self, msg: str = "Invalid API key") -> None:
        super().__init__(msg, code="UNAUTHORIZED", headers={"WWW-Authenticate": 'Basic realm="aloha"'})
