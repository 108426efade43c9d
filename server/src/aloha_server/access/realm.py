"""The organization: its row, its settings over their defaults, its built-in groups."""

from typing import Any

import msgspec

from aloha.contract.settings import REALM_SETTINGS

from ..store import Tx

COLUMNS = "realm_id, host, name, created_at, is_active, settings, user_defaults, promoted_at"
FIND = f"select {COLUMNS} from realm where realm_id = :realm_id"
ALL = f"select {COLUMNS} from realm order by realm_id"
DAY_S = 24 * 3600
NAMES_OF_GROUPS = "select name, group_id from user_group where realm_id = :realm_id and is_system = 1"


class Realm(msgspec.Struct, frozen=True):
    """An organization. `host` is lower case without a port; '' answers any host."""

    realm_id: int
    host: str
    name: str = ""
    created_at: int = 0
    is_active: int = 1
    settings_json: str = "{}"
    user_defaults_json: str = "{}"
    promoted_at: int = 0

    @property
    def changed_settings(self) -> dict[str, Any]:
        """What differs from the defaults."""
        settings: dict[str, Any] = msgspec.json.decode(self.settings_json)
        return settings

    @property
    def user_defaults(self) -> dict[str, Any]:
        """Personal settings of new users, where they differ."""
        defaults: dict[str, Any] = msgspec.json.decode(self.user_defaults_json)
        return defaults

    @property
    def mail_domain(self) -> str:
        """Of the addresses shown in place of hidden ones."""
        return self.host or "aloha.invalid"


def load_realm(tx: Tx) -> Realm:
    realm = tx.one(Realm, FIND)
    assert realm is not None, f"realm {tx.realm_id} is gone"
    return realm


def load_realms(tx: Tx) -> list[Realm]:
    """All organizations of the server."""
    return tx.all(Realm, ALL)


def system_groups(tx: Tx) -> dict[str, int]:
    """The built-in groups' ids by name, such as `role:members`."""
    return dict(tx.rows(NAMES_OF_GROUPS))


def realm_settings(tx: Tx, realm: Realm | None = None) -> dict[str, Any]:
    """Every organization setting; permissions as group ids or lists of members."""
    realm = realm or load_realm(tx)
    groups = system_groups(tx)
    settings = {
        name: groups[setting.default] if setting.group else setting.default for name, setting in REALM_SETTINGS.items()
    }
    return {**settings, "name": realm.name, **realm.changed_settings}


def settled_by(realm: Realm, settings: dict[str, Any]) -> float:
    """Members who joined by then are full members. Time alone moves it by `actions.promotions`, which tells of it."""
    days = settings["waiting_period_threshold"]
    return realm.promoted_at - days * DAY_S if days else float("inf")


def load_settled_by(tx: Tx) -> float:
    realm = load_realm(tx)
    return settled_by(realm, realm_settings(tx, realm))


class Realms:
    """The organizations of a process, by host. Belongs to the loop's thread; replaced as a whole."""

    def __init__(self) -> None:
        self._by_host: dict[str, Realm] = {}
        self._only: Realm | None = None

    def replace(self, realms: list[Realm]) -> None:
        self._by_host = {realm.host: realm for realm in realms}
        self._only = realms[0] if len(realms) == 1 else self._by_host.get("")

    def find(self, host: str) -> Realm | None:
        """By a host name in lower case without a port; a single realm answers any host."""
        return self._by_host.get(host) or self._only
