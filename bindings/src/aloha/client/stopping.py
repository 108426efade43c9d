"""A flag that ends waits, safe to set from any thread and from a signal handler.

`threading.Event` is not: a handler that sets it while the same thread is on its way into `wait` deadlocks on
the event's own lock. `queue.SimpleQueue.put` is documented to be reentrant, which is what a handler needs.
"""

import queue


class StopFlag:
    """Once set it stays set."""

    def __init__(self) -> None:
        self._is_set = False
        self._wakes: queue.SimpleQueue[None] = queue.SimpleQueue()

    def is_set(self) -> bool:
        return self._is_set

    def set(self) -> None:
        self._is_set = True
        self._wakes.put(None)

    def wait(self, seconds: float) -> None:
        """Return when the flag is set, at the latest after `seconds`."""
        try:
            self._wakes.get(timeout=seconds)
        except queue.Empty:
            return
        self._wakes.put(None)  # for the next who waits
