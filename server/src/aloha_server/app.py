"""The composition root: the only place where the parts are put together.

`Server` owns, in the order of their making: store, data (hub, caches, long polls), routes, edge. It stops in the
reverse order: whoever waits is answered, the listener closes, what is in memory is written, the store closes last.
"""

import time
from collections.abc import Callable

from .access.avatars import AVATAR_MIB_MAX
from .api.routes import ROUTES
from .data import Data
from .file_pages import make_file_pages
from .http.app import Parts, make_asgi
from .http.limits import Limits
from .http.patience import Edge
from .http.ratelimit import RateLimits, RateLimitSettings
from .http.server import EdgeServer, Hooks, ServerSettings
from .pages import make_pages
from .settings import Settings
from .store import Store
from .store.sqlite import DataFolderLock


class Server:
    """`with server.edge.in_thread(): ...`, `async with server.edge: ...` or `server.edge.run()`."""

    def __init__(self, settings: Settings, *, clock: Callable[[], float] = time.time) -> None:
        """Opens the store; raises StoreError."""
        self.settings = settings
        self.store = Store.open(settings.data, settings.database_url, clock=clock)
        self._lock = None if settings.database_url else DataFolderLock(settings.data)
        limits = RateLimits(
            RateLimitSettings(requests_max=settings.rate_limit_requests, polls_max=settings.rate_limit_polls), clock
        )
        self.data = Data(self.store, settings, limits, clock)
        parts = Parts(
            services=self.data,
            long_polls=self.data.polls,
            realms=self.data.realms,
            authenticator=self.data,
            check_health=self.data.check_health,
            limits=Limits(upload_bytes_max=upload_bytes_max(settings)),
            rate_limits=limits,
            external_url=settings.external_url.rstrip("/") or None,
            cors_origins=tuple(origin.strip() for origin in settings.cors_origins.split(",") if origin.strip()),
        )
        self.edge = EdgeServer(
            make_asgi(ROUTES, parts, [*make_pages(self.data), *make_file_pages(self.data)]),
            Edge(long_polls=self.data.polls),
            ServerSettings(
                host=settings.host,
                port=settings.port,
                ssl_certfile=settings.ssl_certfile or None,
                ssl_keyfile=settings.ssl_keyfile or None,
                trusted_proxies=tuple(filter(None, settings.trusted_proxies.split(","))),
            ),
            Hooks(startup=[self.data.start], drain=[self.data.drain], shutdown=[self.data.stop, self._release]),
        )

    async def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()


def upload_bytes_max(settings: Settings) -> int:
    """Of a whole request with a file in it: what it may be, and a MiB for all around it."""
    return (max(settings.max_file_upload_size_mib, AVATAR_MIB_MAX) + 1) * 1024 * 1024
