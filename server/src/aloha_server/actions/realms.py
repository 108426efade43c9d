"""Making an organization: its row and log, the built-in groups, the bots that the server brings along.

It is the one change that is not made under a realm's lock, for there is none to lock yet.
"""

import secrets
from typing import Any

from aloha.contract.errors import ApiError

from ..access.groups import SYSTEM_GROUPS
from ..access.realm import Realm
from ..access.users import Role
from ..events.emit import emit_internal
from ..store import Store, WriteTx
from ..store.engine import WriteConnection

NAME_CHARS_MAX = 40
BOT_TYPE_GENERIC = 1
SYSTEM_BOTS = {"notification-bot": "Notification Bot", "emailgateway": "Email Gateway"}

TAKEN = "select 1 from realm where host = :host"
LAST_ID = "select coalesce(max(realm_id), 0) from realm"
INSERT = """
    insert into realm (realm_id, host, name, created_at, is_active, settings, user_defaults)
    values (:realm_id, :host, :name, :created_at, 1, '{}', '{}')
"""
INSERT_HEAD = """
    insert into log_head (realm_id, position, last_message_id, pruned, epoch) values (:realm_id, 0, 0, 0, :epoch)
"""
INSERT_GROUP = """
    insert into user_group (realm_id, group_id, name, name_key, description, is_system)
    values (:realm_id, :group_id, :name, :name, :description, 1)
"""
INSERT_BOT = """
    insert into account (realm_id, user_id, email, email_key, full_name, name_key, role, bot_type, is_system,
        joined_at, settings)
    values (:realm_id, :user_id, :email, :email, :full_name, :name_key, :role, :bot_type, 1, :joined_at, '{}')
"""


def create_realm(store: Store, host: str, name: str) -> int:
    """The id of a new organization that answers at `host`; '' answers any host. Raises ApiError."""
    host, name = host.strip().lower(), name.strip()
    if not 1 <= len(name) <= NAME_CHARS_MAX:
        raise ApiError(f"An organization's name has 1 to {NAME_CHARS_MAX} characters")
    with store.engine.writing() as connection:
        if _value(store, connection, TAKEN, host=host) is not None:
            raise ApiError(f"There is already an organization at '{host}'")
        realm_id = int(_value(store, connection, LAST_ID)) + 1
        now = store.clock()
        _run(store, connection, INSERT, realm_id=realm_id, host=host, name=name, created_at=int(now))
        _run(store, connection, INSERT_HEAD, realm_id=realm_id, epoch=secrets.token_hex(8))
        tx = WriteTx(connection, store.engine.dialect, realm_id, now)
        _furnish(tx, Realm(realm_id, host, name))
        tx.write_entries()
        tx.write_head()
        connection.commit()
    store.deliver([], tx.appended)
    return realm_id


def _furnish(tx: WriteTx, realm: Realm) -> None:
    last = tx.next_id("group", len(SYSTEM_GROUPS))
    first = last - len(SYSTEM_GROUPS) + 1
    groups = [
        {"group_id": first + place, "name": group, "description": description}
        for place, (group, (_, description)) in enumerate(SYSTEM_GROUPS.items())
    ]
    tx.execute_many(INSERT_GROUP, groups)
    bots = [
        {
            "user_id": tx.next_id("user"),
            "email": f"{local}@{realm.mail_domain}",
            "full_name": full_name,
            "name_key": full_name.casefold(),
            "role": int(Role.MEMBER),
            "bot_type": BOT_TYPE_GENERIC,
            "joined_at": int(tx.now),
        }
        for local, full_name in SYSTEM_BOTS.items()
    ]
    tx.execute_many(INSERT_BOT, bots)
    emit_internal(tx, "_realm", {})


def _run(store: Store, connection: WriteConnection, sql: str, **parameters: Any) -> Any:
    dialect = store.engine.dialect
    statement = dialect.statement(sql)
    return connection.execute(statement.text, dialect.bind(statement, parameters))


def _value(store: Store, connection: WriteConnection, sql: str, **parameters: Any) -> Any:
    row = _run(store, connection, sql, **parameters).fetchone()
    return None if row is None else row[0]
