"""Aloha's Python bindings: bots and clients of an Aloha server.

    import aloha

    client = aloha.Client(config_file="~/aloharc")
    client.call_on_each_message(print)

The names below are the public ones. They are loaded at first use: importing this package costs a few
milliseconds, the HTTP library is imported when the first request is made.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aloha.bot import Bot, BotMessage
    from aloha.client import (
        AsyncClient,
        Client,
        FilePosition,
        Gap,
        NetworkError,
        Position,
        PositionStore,
        ProtocolError,
    )
    from aloha.config import Config, ConfigError, load_config, write_aloharc
    from aloha.contract.errors import AlohaError, ApiError

__all__ = [
    "AlohaError",
    "ApiError",
    "AsyncClient",
    "Bot",
    "BotMessage",
    "Client",
    "Config",
    "ConfigError",
    "FilePosition",
    "Gap",
    "NetworkError",
    "Position",
    "PositionStore",
    "ProtocolError",
    "load_config",
    "write_aloharc",
]

_HOMES = {
    "AlohaError": "aloha.contract.errors",
    "ApiError": "aloha.contract.errors",
    "AsyncClient": "aloha.client",
    "Bot": "aloha.bot",
    "BotMessage": "aloha.bot",
    "Client": "aloha.client",
    "Config": "aloha.config",
    "ConfigError": "aloha.config",
    "FilePosition": "aloha.client",
    "Gap": "aloha.client",
    "NetworkError": "aloha.client",
    "Position": "aloha.client",
    "PositionStore": "aloha.client",
    "ProtocolError": "aloha.client",
    "load_config": "aloha.config",
    "write_aloharc": "aloha.config",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'aloha' has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
