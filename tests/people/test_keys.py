"""API keys: what a copy of the database alone does not open."""

from pathlib import Path
from threading import Barrier, Thread

import pytest

from aloha_server.access.keys import KEY_FILE, KeyRing, new_api_key, sealed_text
from aloha_server.access.passwords import check_password, hash_password, is_password
from aloha_server.store import StoreError


def test_a_sealed_key_is_opened_with_the_same_file_alone(tmp_path: Path) -> None:
    api_key = new_api_key()
    sealed = KeyRing(tmp_path / "one").seal(api_key)
    assert KeyRing(tmp_path / "one").open(sealed) == api_key
    assert api_key.encode() not in sealed
    with pytest.raises(StoreError, match="not sealed with this"):
        KeyRing(tmp_path / "two").open(sealed)


def test_a_key_is_never_sealed_the_same_way_twice(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    assert ring.seal("key") != ring.seal("key")


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    KeyRing(tmp_path)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_a_damaged_file_is_told_of(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_bytes(b"short")
    with pytest.raises(StoreError, match="damaged"):
        KeyRing(tmp_path)


def test_rings_that_begin_at_once_agree(tmp_path: Path) -> None:
    barrier, rings = Barrier(8), []

    def begin() -> None:
        barrier.wait()
        rings.append(KeyRing(tmp_path))

    threads = [Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {ring.open(rings[0].seal("key")) for ring in rings} == {"key"}


def test_a_key_has_32_letters_and_digits_and_is_not_made_twice() -> None:
    keys = {new_api_key() for _ in range(100)}
    assert len(keys) == 100
    assert all(len(key) == 32 and key.isalnum() and key.isascii() for key in keys)


def test_what_stands_sealed_is_opened_where_it_leaves(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    bot = {"user_id": 7, "api_key": sealed_text(ring.seal("secret"))}
    assert ring.reveal(bot) == {"user_id": 7, "api_key": "secret"}
    assert ring.reveal({"user_id": 7}) == {"user_id": 7}
    assert ring.reveal_state({"realm_bots": [bot]})["realm_bots"][0]["api_key"] == "secret"
    assert ring.reveal_state({"user_id": 1}) == {"user_id": 1}


def test_a_password_is_known_by_its_hash_and_an_account_without_one_has_none() -> None:
    hashed = hash_password("midsummer")
    assert is_password(hashed, "midsummer")
    assert not is_password(hashed, "Midsummer")
    assert not is_password(None, "nobody has this password")
    assert not is_password("no hash", "midsummer")
    assert check_password("midsummer") == "midsummer"
