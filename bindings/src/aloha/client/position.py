"""Where a client keeps its position between runs.

`load` returns what the last `save` was given, or None before the first. `save` is called after the callback
came back from an id's last event, so a process that dies between the two sees those events again: at least
once across a crash of the client, exactly once in every other case.
"""

import os
from pathlib import Path
from typing import Protocol

import msgspec

from aloha.client.flow import Position
from aloha.config import ConfigError


class PositionStore(Protocol):
    def load(self) -> Position | None: ...

    def save(self, position: Position) -> None: ...


class FilePosition:
    """A position in a small JSON file, replaced as a whole: a killed process leaves the old one or the new one."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path).expanduser()
        self._temporary = self._path.with_name(f".{self._path.name}.new")

    def load(self) -> Position | None:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Position)
        except FileNotFoundError:
            return None
        except msgspec.MsgspecError as error:
            raise ConfigError(f"{self._path}: is not a saved position ({error}): delete it to start at now") from error

    def save(self, position: Position) -> None:
        self._temporary.write_bytes(msgspec.json.encode(position))
        self._temporary.replace(self._path)


def open_store(resume: str | os.PathLike[str] | PositionStore | None) -> PositionStore | None:
    """What the argument `resume` of the event loops stands for."""
    return FilePosition(resume) if isinstance(resume, str | os.PathLike) else resume
