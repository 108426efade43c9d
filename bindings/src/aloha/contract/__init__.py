"""The wire, declared once: endpoints, events, objects, settings and errors.

From these declarations come the server's routes, the client's methods, `docs/aloha.yaml`, the guide and the
contract tests. Nothing here does input or output, and nothing here knows a server or a client.
"""

from .endpoint import UNSET, BoundParam, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from .endpoints import ENDPOINTS
from .errors import ERROR_CODES, AlohaError, ApiError
from .version import ALOHA_FEATURE_LEVEL, FEATURE_LEVEL, VERSION, ZULIP_VERSION

__all__ = [
    "ALOHA_FEATURE_LEVEL",
    "ENDPOINTS",
    "ERROR_CODES",
    "FEATURE_LEVEL",
    "UNSET",
    "VERSION",
    "ZULIP_VERSION",
    "AlohaError",
    "ApiError",
    "BoundParam",
    "Empty",
    "Endpoint",
    "Field",
    "Param",
    "Request",
    "Result",
    "UnsetType",
]
