"""How long to wait before a request is tried again. Pure: randomness is an argument.

Full jitter: a wait is drawn evenly between zero and a ceiling that doubles with each failure. Thousands of
clients that lost one server at one moment come back spread out, and the first of them at once. What the
server asked for with Retry-After is waited in full, and the jitter comes on top of it.
Source: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
"""

from collections.abc import Callable

BASE_S = 1.0
CAP_S = 30.0
_DOUBLINGS_MAX = 30  # far past any cap; keeps the power from growing without bound


class Backoff:
    """Counts failures in a row. `random` returns a number in [0, 1)."""

    def __init__(self, random: Callable[[], float], base_s: float = BASE_S, cap_s: float = CAP_S) -> None:
        self._random = random
        self._base_s = base_s
        self._cap_s = cap_s
        self._failures = 0

    def next_s(self, at_least_s: float = 0.0) -> float:
        """Count one more failure and return the seconds to wait, never fewer than `at_least_s`."""
        ceiling_s = min(self._cap_s, self._base_s * 2.0 ** min(self._failures, _DOUBLINGS_MAX))
        self._failures += 1
        return at_least_s + self._random() * ceiling_s

    def reset(self) -> None:
        """The server is well again."""
        self._failures = 0
