"""Files to delete: after the COMMIT that said so, at once or when their time has come; never before."""

from collections.abc import Sequence

from aloha.contract.errors import ApiError

from ..store import Tx, WriteTx

WRITING_S_MAX = 3600  # a file that is not referred to by then was given up
SWEPT_MAX = 100

DISCARD = """
    insert into discarded_file (realm_id, file_key, due_at) values (:realm_id, :file_key, :due_at)
    on conflict (realm_id, file_key) do update set due_at = :due_at
"""
KEEP = "delete from discarded_file where realm_id = :realm_id and file_key = any(:file_keys)"
DUE = "select file_key from discarded_file where realm_id = :realm_id and due_at <= :now order by due_at limit :count"


def expect_files(tx: WriteTx, file_keys: Sequence[str]) -> None:
    """They are about to be written; `keep_files` follows, or they are deleted in an hour."""
    _discard(tx, file_keys, int(tx.now) + WRITING_S_MAX)


def keep_files(tx: WriteTx, file_keys: Sequence[str]) -> None:
    """Something refers to them now. Raises ApiError where writing them took so long that they may be gone."""
    if tx.execute(KEEP, file_keys=list(file_keys)) != len(file_keys):
        raise ApiError("The upload took too long", code="REQUEST_TIMEOUT")


def discard(tx: WriteTx, file_keys: Sequence[str]) -> None:
    """Nothing refers to them any more."""
    _discard(tx, file_keys, int(tx.now))


def find_due_files(tx: Tx) -> list[str]:
    """Files whose time has come, SWEPT_MAX at most."""
    return tx.values(DUE, now=int(tx.now), count=SWEPT_MAX)


def forget_files(tx: WriteTx, file_keys: Sequence[str]) -> None:
    """They are deleted."""
    tx.execute(KEEP, file_keys=list(file_keys))


def _discard(tx: WriteTx, file_keys: Sequence[str], due_at: int) -> None:
    tx.execute_many(DISCARD, [{"file_key": key, "due_at": due_at} for key in file_keys])
