"""Making an organization."""

from collections.abc import Callable

import pytest

from aloha.contract.errors import ApiError
from aloha_server.access.groups import SYSTEM_GROUPS
from aloha_server.access.realm import load_realm, load_realms, realm_settings, system_groups
from aloha_server.access.users import load_all_users
from aloha_server.actions.realms import create_realm
from aloha_server.store import LogRow, Store

OpenStore = Callable[[], Store]


def test_an_organization_begins_with_groups_and_bots_and_without_people(open_store: OpenStore) -> None:
    store = open_store()
    realm_id = create_realm(store, " Aloha.Example ", "Aloha")
    realm = store.read(realm_id, load_realm)
    assert (realm.host, realm.name, realm.is_active) == ("aloha.example", "Aloha", 1)
    groups = store.read(realm_id, system_groups)
    assert sorted(groups, key=lambda name: groups[name]) == list(SYSTEM_GROUPS)
    bots = store.read(realm_id, load_all_users)
    assert {bot.email for bot in bots} == {"notification-bot@aloha.example", "emailgateway@aloha.example"}
    assert all(bot.is_system and bot.is_bot for bot in bots)
    assert store.read(realm_id, realm_settings)["can_create_public_channel_group"] == groups["role:members"]


def test_organizations_have_logs_and_ids_of_their_own(open_store: OpenStore) -> None:
    store = open_store()
    one, two = create_realm(store, "one.example", "One"), create_realm(store, "two.example", "Two")
    assert [realm.realm_id for realm in store.read(0, load_realms)] == [one, two]
    users = [[user.user_id for user in store.read(realm_id, load_all_users)] for realm_id in (one, two)]
    assert users[0] == users[1]
    epochs = store.read(0, lambda tx: tx.values("select epoch from log_head"))
    assert len(set(epochs)) == 2


def test_a_host_is_taken_once_and_a_refusal_leaves_nothing(open_store: OpenStore) -> None:
    store = open_store()
    create_realm(store, "one.example", "One")
    for host, name in [("ONE.example", "Again"), ("two.example", ""), ("two.example", "x" * 41)]:
        with pytest.raises(ApiError):
            create_realm(store, host, name)
    assert len(store.read(0, load_realms)) == 1


def test_processes_are_told(open_store: OpenStore) -> None:
    store = open_store()
    told: list[LogRow] = []
    store.deliver = lambda jobs, rows: told.extend(rows)
    create_realm(store, "one.example", "One")
    assert [(row.kind, row.audience_id) for row in told] == [("_realm", 0)]
