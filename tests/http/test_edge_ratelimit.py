import pytest

from aloha.contract.errors import RateLimitError
from aloha_server.http.ratelimit import RateLimits, RateLimitSettings, WindowLimiter


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def make_limiter(count_max: int = 2, keys_max: int = 100) -> tuple[WindowLimiter[str], Clock]:
    clock = Clock()
    return WindowLimiter[str](count_max, 60.0, keys_max, clock), clock


def test_a_window_counts_down_and_then_refuses_until_its_end() -> None:
    limiter, clock = make_limiter()
    assert [limiter.hit("a").remaining for _ in range(2)] == [1, 0]
    clock.now += 20
    with pytest.raises(RateLimitError) as caught:
        limiter.hit("a")
    assert caught.value.envelope()["retry-after"] == 40.0
    assert caught.value.headers["x-ratelimit-remaining"] == "0"
    clock.now += 40
    assert limiter.hit("a").remaining == 1


def test_keys_do_not_share_a_window() -> None:
    limiter, _ = make_limiter(count_max=1)
    limiter.hit("a")
    assert limiter.hit("b").remaining == 0


def test_ended_windows_are_forgotten() -> None:
    limiter, clock = make_limiter()
    for key in "abc":
        limiter.hit(key)
    clock.now += 60
    limiter.hit("d")
    assert len(limiter) == 1


def test_memory_is_bounded_by_dropping_the_oldest_window() -> None:
    limiter, _ = make_limiter(count_max=1, keys_max=2)
    for key in "abc":
        limiter.hit(key)
    assert len(limiter) == 2
    assert limiter.hit("a").remaining == 0
    with pytest.raises(RateLimitError):
        limiter.hit("c")


def test_a_clock_set_back_begins_a_new_window() -> None:
    limiter, clock = make_limiter(count_max=1)
    limiter.hit("a")
    clock.now -= 500
    assert limiter.hit("a").reset_s == clock.now + 60


def test_polls_and_requests_are_counted_apart() -> None:
    limits = RateLimits(RateLimitSettings(requests_max=1, polls_max=2), Clock())
    limits.hit_user(1, 7)
    assert limits.hit_poll(1, 7).remaining == 1
    assert limits.hit_user(2, 7).remaining == 0
    with pytest.raises(RateLimitError):
        limits.hit_user(1, 7)
