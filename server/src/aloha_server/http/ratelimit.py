"""How often one may ask: so many requests in a window of time, per user, per polling user and per address.

A window begins with its first request and is forgotten when it ends. All windows of a limiter are equally long, so the
oldest is first in the dictionary; memory is bounded by dropping the oldest when there are too many, which forgives and
never refuses wrongly.
"""

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

import msgspec

from aloha.contract.errors import ApiError, RateLimitError

from .interfaces import Headers

K = TypeVar("K", bound=Hashable)
Clock = Callable[[], float]  # seconds since the epoch


class RateLimitSettings(msgspec.Struct, frozen=True, kw_only=True):
    window_s: float = 60.0
    requests_max: int = 200
    polls_max: int = 1200
    logins_max: int = 10
    keys_max: int = 100_000  # of each kind


class Allowance(msgspec.Struct, frozen=True):
    """What is left after a request; `reset_s` is when the window ends, in seconds since the epoch."""

    limit: int
    remaining: int
    reset_s: float

    def headers(self) -> Headers:
        return (
            (b"x-ratelimit-limit", b"%d" % self.limit),
            (b"x-ratelimit-remaining", b"%d" % self.remaining),
            (b"x-ratelimit-reset", b"%d" % self.reset_s),
        )


class WindowLimiter(Generic[K]):
    def __init__(self, count_max: int, window_s: float, keys_max: int, clock: Clock = time.time) -> None:
        self._count_max = count_max
        self._window_s = window_s
        self._keys_max = keys_max
        self._clock = clock
        self._windows: dict[K, list[float]] = {}  # [end, count]

    def __len__(self) -> int:
        return len(self._windows)

    def hit(self, key: K) -> Allowance:
        """Counts a request; raises RateLimitError, with the same headers, when the window is full."""
        now = self._clock()
        window = self._windows.get(key)
        if window is None or not now < window[0] <= now + self._window_s:
            window = self._open(key, now)
        if window[1] >= self._count_max:
            error = RateLimitError(window[0] - now)
            add_headers(error, Allowance(self._count_max, 0, window[0]).headers())
            raise error
        window[1] += 1
        return Allowance(self._count_max, self._count_max - int(window[1]), window[0])

    def _open(self, key: K, now: float) -> list[float]:
        windows = self._windows
        windows.pop(key, None)
        while windows:
            oldest = next(iter(windows))
            if windows[oldest][0] > now and len(windows) < self._keys_max:
                break
            del windows[oldest]
        windows[key] = [now + self._window_s, 0]
        return windows[key]


class RateLimits:
    """The server's limits. `hit_poll` is for `LongPolls`, whose requests do not count as the others."""

    def __init__(self, settings: RateLimitSettings | None = None, clock: Clock = time.time) -> None:
        settings = settings or RateLimitSettings()
        window_s, keys_max = settings.window_s, settings.keys_max
        self._users = WindowLimiter[tuple[int, int]](settings.requests_max, window_s, keys_max, clock)
        self._polls = WindowLimiter[tuple[int, int]](settings.polls_max, window_s, keys_max, clock)
        self._addresses = WindowLimiter[str](settings.logins_max, window_s, keys_max, clock)
        self._spectators = WindowLimiter[str](settings.requests_max, window_s, keys_max, clock)

    def hit_user(self, realm_id: int, user_id: int) -> Allowance:
        return self._users.hit((realm_id, user_id))

    def hit_poll(self, realm_id: int, user_id: int) -> Allowance:
        return self._polls.hit((realm_id, user_id))

    def hit_login(self, address: str) -> Allowance:
        """An attempt to authenticate with a password."""
        return self._addresses.hit(address)

    def hit_spectator(self, address: str) -> Allowance:
        """A request without credentials, where such are answered: as many as a user may make."""
        return self._spectators.hit(address)


def add_headers(error: ApiError, headers: Headers) -> None:
    """The limit's headers travel with an error too; those that it has already stay."""
    for name, value in headers:
        error.headers.setdefault(name.decode("latin-1"), value.decode("latin-1"))
