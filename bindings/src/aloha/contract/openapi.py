"""`docs/aloha.yaml`: the declarations as an OpenAPI 3.1 document.

The document is a function of the declarations alone: the same release always writes the same text.
"""

from http import HTTPStatus
from typing import Any

import msgspec

from .endpoint import UNSET, BoundParam, Empty, Endpoint
from .endpoints import ENDPOINTS
from .errors import ERROR_CODES, ApiError
from .events import EVENT_KINDS
from .schemas import REF, Schema, make_schemas
from .version import VERSION
from .yaml import to_yaml

SECURITY: list[dict[str, list[str]]] = [{"basic": []}]

AREAS: dict[str, str] = {
    "authentication": "How a client comes by its API key.",
    "real_time_events": "A snapshot of the state, and then every change to it, in order, once.",
    "messages": "Sending, reading, editing and marking messages.",
    "drafts": "Messages that were begun, and texts kept for later.",
    "scheduled_messages": "Messages to be sent later, and reminders of messages.",
    "channels": "Channels, their topics and who is subscribed.",
    "users": "People and bots, and each one's own settings.",
    "invites": "Inviting people.",
    "server_and_organizations": "The server, and the organization that it serves.",
}

_INFO = {
    "title": "Aloha",
    "version": VERSION,
    "description": (
        "The REST API of Aloha, a self-hosted team chat server.\n\n"
        "Requests are authenticated with HTTP Basic: the user's email address and API key. Parameters travel in the "
        "query string or in a form; values that are neither text nor plain numbers and booleans are JSON inside it. "
        "Every answer is a JSON object with `result` and `msg`; parameters that an endpoint does not know come back in "
        "`ignored_parameters_unsupported`."
    ),
}

_ERROR_FIELDS: dict[str, dict[str, Any]] = {
    "REQUEST_VARIABLE_MISSING": {"var_name": "content"},
    "BAD_EVENT_QUEUE_ID": {"queue_id": "0d4f8a52-7c3e-4f5b-9f0e-2f6f1f2b7a11"},
    "BAD_NARROW": {"desc": "unknown operator bogus"},
    "MOVE_MESSAGES_TIME_LIMIT_EXCEEDED": {
        "first_message_id_allowed_to_move": 880,
        "total_messages_in_topic": 12,
        "total_messages_allowed_to_move": 3,
    },
    "CANNOT_DEACTIVATE_LAST_USER": {"is_last_owner": True, "entity": "organization owner"},
    "CANNOT_DEACTIVATE_GROUP_IN_USE": {"objections": [{"type": "realm", "settings": ["can_create_groups"]}]},
    "INVITATION_FAILED": {"errors": [["puck@aloha", "Invalid address."]], "sent_invitations": False},
    "RATE_LIMIT_HIT": {"retry-after": 28.7},
    "SERVER_BUSY": {"retry-after": 1.0},
}

_SUCCESS: Schema = {
    "type": "object",
    "description": "What every success has.",
    "properties": {
        "result": {"const": "success"},
        "msg": {"type": "string", "description": "Empty."},
        "ignored_parameters_unsupported": {
            "type": "array",
            "items": {"type": "string"},
            "description": "The names of parameters that the endpoint does not know.",
        },
    },
    "required": ["result", "msg"],
}
_ERROR: Schema = {
    "type": "object",
    "description": "What every refusal has; a code may add fields of its own.",
    "properties": {
        "result": {"const": "error"},
        "msg": {"type": "string", "description": "A sentence for people."},
        "code": {"type": "string", "description": "What programs go by."},
    },
    "required": ["result", "msg", "code"],
}


def make_openapi() -> dict[str, Any]:
    """The document: every endpoint, the objects that they exchange, every kind of event, every error."""
    bound = {endpoint.name: endpoint.bound_params() for endpoint in ENDPOINTS}
    params = [param for endpoint in ENDPOINTS for param in bound[endpoint.name]]
    results = [endpoint.result for endpoint in ENDPOINTS]
    events = list(dict.fromkeys(kind.struct for kind in EVENT_KINDS.values()))
    schemas, components = make_schemas([*(param.type for param in params), *results, *events])
    param_schemas, event_refs = iter(schemas[: len(params)]), schemas[len(params) + len(results) :]
    components.pop(Empty.__name__, None)
    _type_events(components, event_refs)

    paths: dict[str, Any] = {}
    for endpoint in ENDPOINTS:
        with_schemas = [(param, next(param_schemas)) for param in bound[endpoint.name]]
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, with_schemas)
    return {
        "openapi": "3.1.0",
        "info": _INFO,
        "servers": [{"url": "/api/v1"}],
        "security": SECURITY,
        "tags": [{"name": name, "description": about} for name, about in AREAS.items()],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic", "description": "Email address and API key."}
            },
            "schemas": {"Success": _SUCCESS, "Error": _ERROR, **components},
            "examples": {code: _error_example(code) for code in ERROR_CODES},
        },
    }


def openapi_yaml() -> str:
    """The document as the text of `docs/aloha.yaml`."""
    head = "# Made from the declarations in aloha.contract by scripts/generate; not to be edited.\n"
    return head + to_yaml(make_openapi())


def errors_of(endpoint: Endpoint[Any, Any]) -> tuple[str, ...]:
    """Every code that the endpoint itself may answer with: its own, and those that its declaration brings along."""
    codes = [*endpoint.errors]
    params = endpoint.bound_params()
    if any(param.required and param.where != "path" for param in params):
        codes.append("REQUEST_VARIABLE_MISSING")
    if any(param.type is not str for param in params):
        codes.append("BAD_REQUEST")
    if endpoint.auth:
        codes.append("UNAUTHORIZED")
    codes.append("RATE_LIMIT_HIT")
    return tuple(code for code in ERROR_CODES if code in codes)


def _type_events(components: dict[str, Schema], refs: list[Schema]) -> None:
    """The result of `GET /events` is a list of any events to a client's decoder; here each kind is named.

    A kind is known by `type` and `op` together, so `op` always travels, though its struct fills it in.
    """
    for ref in refs:
        event = components[ref["$ref"].removeprefix(REF)]
        if "op" in event["properties"] and "op" not in event["required"]:
            event["required"].insert(1, "op")
    components["AnyEvent"] = {"description": "One of the kinds of events.", "oneOf": refs}
    components["GetEventsResult"]["properties"]["events"]["items"] = {"$ref": f"{REF}AnyEvent"}


def _operation(endpoint: Endpoint[Any, Any], params: list[tuple[BoundParam, Schema]]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "description": endpoint.doc,
        "tags": [endpoint.area],
    }
    if endpoint.deprecated:
        operation["deprecated"] = True
    if endpoint.long_poll:
        operation["x-long-poll"] = True
    if not endpoint.auth:
        operation["security"] = []
    elif endpoint.anonymous:
        operation["security"] = [*SECURITY, {}]
    if outside := [_parameter(*pair) for pair in params if pair[0].where in ("path", "query")]:
        operation["parameters"] = outside
    if inside := [pair for pair in params if pair[0].where in ("form", "file")]:
        operation["requestBody"] = _body(inside)
    operation["responses"] = _responses(endpoint)
    return operation


def _parameter(param: BoundParam, schema: Schema) -> dict[str, Any]:
    """A parameter of path or query."""
    parameter: dict[str, Any] = {
        "name": param.name,
        "in": param.where,
        "description": param.param.doc,
        "required": param.required,
    }
    if param.param.deprecated:
        parameter["deprecated"] = True
    value = {"schema": _with_default(param, schema)}
    if param.param.example is not UNSET:
        value["example"] = param.param.example
    return parameter | ({"content": {"application/json": value}} if param.param.json else value)


def _body(params: list[tuple[BoundParam, Schema]]) -> dict[str, Any]:
    """The form. Some values in it are JSON; a file needs the form's other encoding."""
    has_file = any(param.where == "file" for param, _ in params)
    required = [param.name for param, _ in params if param.required]
    form: dict[str, Any] = {
        "schema": {"type": "object", "properties": {pair[0].name: _form_value(*pair) for pair in params}}
        | ({"required": required} if required else {})
    }
    if encoding := {param.name: {"contentType": "application/json"} for param, _ in params if param.param.json}:
        form["encoding"] = encoding
    media = "multipart/form-data" if has_file else "application/x-www-form-urlencoded"
    return {"required": bool(required), "content": {media: form}}


def _form_value(param: BoundParam, schema: Schema) -> Schema:
    if param.where == "file":
        schema = {"type": "string", "format": "binary"}
    value = _with_default(param, schema) | {"description": param.param.doc}
    if param.param.deprecated:
        value["deprecated"] = True
    if param.param.example is not UNSET:
        value["examples"] = [param.param.example]
    return value


def _with_default(param: BoundParam, schema: Schema) -> Schema:
    default = param.default
    if default is UNSET or default is msgspec.NODEFAULT:
        return dict(schema)
    return schema | {"default": default}


def _responses(endpoint: Endpoint[Any, Any]) -> dict[str, Any]:
    success: Schema = {"$ref": f"{REF}Success"}
    if endpoint.result is not Empty:
        success = {"allOf": [success, {"$ref": f"{REF}{endpoint.result.__name__}"}]}
    example = {"result": "success", "msg": "", **endpoint.example_result}
    responses = {"200": _response("Done.", success, {"example": example})}
    by_status: dict[int, list[str]] = {}
    for code in errors_of(endpoint):
        by_status.setdefault(ERROR_CODES[code][0], []).append(code)
    for status, codes in sorted(by_status.items()):
        examples = {code: {"$ref": f"#/components/examples/{code}"} for code in codes}
        about = f"{HTTPStatus(status).phrase}: {', '.join(codes)}."
        responses[str(status)] = _response(about, {"$ref": f"{REF}Error"}, {"examples": examples})
    return responses


def _response(description: str, schema: Schema, example: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema, **example}}}


def _error_example(code: str) -> dict[str, Any]:
    about = ERROR_CODES[code][1]
    msg = about.split(";")[0].split(". ")[0].rstrip(".") + "."
    return {"summary": about, "value": ApiError(msg, code=code, **_ERROR_FIELDS.get(code, {})).envelope()}


__all__ = ["AREAS", "errors_of", "make_openapi", "openapi_yaml"]
