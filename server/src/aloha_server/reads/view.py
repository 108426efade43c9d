"""What a section of the initial state is made from: one reader's view of the realm in one transaction."""

from functools import cached_property
from typing import Any

import msgspec

from aloha.contract.register import ClientCapabilities

from ..access.presence import HISTORY_DAYS, Presences, RealmPresence
from ..access.realm import Realm, load_realm, realm_settings, system_groups
from ..access.streams import Stream, load_all_streams
from ..access.users import User, load_all_users
from ..access.visibility import visible_user_ids
from ..settings import Settings
from ..store import Tx


class StateRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What the client asked for, as far as it shapes the state."""

    capabilities: ClientCapabilities = ClientCapabilities()
    client_gravatar: bool = True
    include_subscribers: bool = False
    slim_presence: bool = False
    presence_history_days: int = HISTORY_DAYS
    apply_markdown: bool = False
    unread: bool = True  # without the events of flags, what is unread would go stale


class View:
    """Look-ups are made when first asked for, and once."""

    def __init__(
        self,
        tx: Tx,
        user: User,
        request: StateRequest,
        base_url: str,
        server: Settings | None = None,
        *,
        presences: Presences | None = None,
    ) -> None:
        """Without a process's `presences`, presence is what the table has."""
        self.tx = tx
        self.user = user
        self.request = request
        self.base_url = base_url
        self.server = server or Settings()
        self._presences = presences or Presences()

    @cached_property
    def realm(self) -> Realm:
        return load_realm(self.tx)

    @cached_property
    def presence(self) -> RealmPresence:
        return self._presences.of(self.tx)

    @cached_property
    def settings(self) -> dict[str, Any]:
        return realm_settings(self.tx, self.realm)

    @cached_property
    def groups(self) -> dict[str, int]:
        return system_groups(self.tx)

    @cached_property
    def users(self) -> list[User]:
        """Everybody, built-in bots and deactivated accounts included."""
        return load_all_users(self.tx)

    @cached_property
    def visible_user_ids(self) -> set[int] | None:
        """None: all."""
        return visible_user_ids(self.tx, self.user)

    @cached_property
    def streams(self) -> list[Stream]:
        """All streams, whether the user may know of them or not."""
        return load_all_streams(self.tx)
