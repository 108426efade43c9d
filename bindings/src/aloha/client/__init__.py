"""Clients of an Aloha server: the sync and the async one, and the pure flow that both follow."""

from aloha.client.async_client import AsyncClient
from aloha.client.errors import NetworkError, ProtocolError
from aloha.client.flow import Gap, Position
from aloha.client.position import FilePosition, PositionStore
from aloha.client.sync_client import Client

__all__ = [
    "AsyncClient",
    "Client",
    "FilePosition",
    "Gap",
    "NetworkError",
    "Position",
    "PositionStore",
    "ProtocolError",
]
