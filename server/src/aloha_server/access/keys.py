"""API keys and how they are kept: the database holds a digest, to find the account of a key, and the key sealed, to
show it to those who may have it.

The key that seals lies in a file beside the database and never in it, so neither a copy of the database nor a backup
of it opens anything. What stands sealed in an entry of the log or in a section of the initial state is opened where
it leaves the server, by `reveal`; if that is forgotten, a client sees the sealed text and not somebody's key.
"""

import base64
import hmac
import os
import secrets
import string
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..store import StoreError

KEY_FILE = "keys.bin"
KEY_BYTES = 32
NONCE_BYTES = 12
API_KEY_CHARS = 32
ALPHABET = string.ascii_letters + string.digits


def new_api_key() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(API_KEY_CHARS))


class KeyRing:
    """Seals and opens. The file is made at the first use of the data folder, readable by its owner alone."""

    def __init__(self, data: Path) -> None:
        key = _load_or_make(data / KEY_FILE)
        self._cipher = AESGCM(key)
        self._signing_key = hmac.digest(key, b"signatures", "sha256")

    def seal(self, api_key: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, api_key.encode(), None)

    def open(self, sealed: bytes) -> str:
        """Raises StoreError where another server's key file sealed it."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None).decode()
        except InvalidTag:
            raise StoreError(f"the API keys in the database were not sealed with this {KEY_FILE}") from None

    def sign(self, text: str) -> str:
        """A proof that this server wrote the text, of letters, digits and `_-`."""
        digest = hmac.digest(self._signing_key, text.encode(), "sha256")
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def is_signed(self, text: str, signature: str) -> bool:
        return hmac.compare_digest(self.sign(text).encode(), signature.encode())

    def reveal(self, bot: dict[str, Any]) -> dict[str, Any]:
        """A bot of the wire with its key opened, where it has one."""
        if "api_key" not in bot:
            return bot
        return {**bot, "api_key": self.open(base64.b64decode(bot["api_key"]))}

    def reveal_state(self, state: dict[str, Any]) -> dict[str, Any]:
        """The initial state with the keys of `realm_bots` opened."""
        if "realm_bots" not in state:
            return state
        return {**state, "realm_bots": [self.reveal(bot) for bot in state["realm_bots"]]}


def sealed_text(sealed: bytes | None) -> str:
    """How a sealed key stands in entries and sections until `KeyRing.reveal`."""
    return base64.b64encode(sealed or b"").decode()


def _load_or_make(path: Path) -> bytes:
    """Two processes that start at once agree: only one can make the file, and it appears whole."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # the other process was first: its key is the key
        finally:
            fresh.unlink()
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise StoreError(f"{path} is damaged: it has {len(key)} bytes, not {KEY_BYTES}")
    return key
