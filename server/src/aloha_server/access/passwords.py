"""Passwords, kept as argon2id hashes. Hashing takes tens of milliseconds by design: never under a realm's lock and
never on the loop."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from aloha.contract.errors import ApiError

PASSWORD_CHARS_MIN = 6
PASSWORD_CHARS_MAX = 100

# 19 MiB, two passes, one lane: the second of the profiles that OWASP's password storage cheat sheet recommends.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Of no password: an unknown user costs as much time as a wrong password.
_NOBODY = _HASHER.hash("nobody has this password")


def check_password(password: str) -> str:
    """Whether it may be somebody's password; raises ApiError."""
    if not PASSWORD_CHARS_MIN <= len(password) <= PASSWORD_CHARS_MAX:
        raise ApiError(f"A password has {PASSWORD_CHARS_MIN} to {PASSWORD_CHARS_MAX} characters")
    return password


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


def is_password(password_hash: str | None, password: str) -> bool:
    """Whether the hash is of this password; an account without one has none. Takes the same time either way."""
    try:
        return _HASHER.verify(password_hash or _NOBODY, password) and password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False
