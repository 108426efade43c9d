"""Who was last seen when: a process's memory of it, and the table in which it is kept.

Theory. A ping changes memory alone; what changed is written to the table in batches, by background work and when the
server stops. Reading is from memory too. Each change gets an update id that is larger than all before, and people
stand in the order of their last change, so a client that names the last id it knows costs what changed since, not
what there is. The same holds for people: a ping of somebody who is known to be there changes nothing until
`REFRESH_S` have passed, so that of two pings a minute apart one is news. What others see is then at most 180 s old,
where clients wait for `OFFLINE_S` before they call somebody gone.

Ids are milliseconds of the clock, or one more than the last: they rise over restarts without being kept anywhere,
and the ids of two processes are about the same at the same time. A process takes what others wrote from the table,
under ids of its own.

Bots are not here, nor are accounts that are deactivated.
"""

import threading
from collections.abc import Iterable

import msgspec

from aloha.contract.objects import PresenceEntry

from ..store import Tx, WriteTx

OFFLINE_S = 200
REFRESH_S = 90
HISTORY_DAYS = 14
DAY_S = 24 * 3600
OVERLAP_S = 30  # how far back another process's writes are looked for again, for clocks that differ
NOTHING = -1  # the update id before the first

LOAD = """
    select p.user_id, p.update_id, p.active_at, p.connected_at from presence p
    join account a on a.realm_id = p.realm_id and a.user_id = p.user_id and a.is_active = 1
    where p.realm_id = :realm_id and p.written_at >= :since order by p.update_id
"""
SAVE = """
    insert into presence (realm_id, user_id, update_id, active_at, connected_at, written_at)
    values (:realm_id, :user_id, :update_id, :active_at, :connected_at, :written_at)
    on conflict (realm_id, user_id) do update set update_id = :update_id, active_at = :active_at,
        connected_at = :connected_at, written_at = :written_at
"""
FORGET = "delete from presence where realm_id = :realm_id and user_id = any(:user_ids)"


class Seen(msgspec.Struct, frozen=True, gc=False):
    """When somebody was last seen to use a client (`active_at`) and to run one, in seconds."""

    user_id: int
    update_id: int
    active_at: int | None
    connected_at: int

    @property
    def newest(self) -> int:
        return max(self.active_at or 0, self.connected_at)

    def slim(self) -> dict[str, int]:
        """The modern form."""
        active = {} if self.active_at is None else {"active_timestamp": self.active_at}
        return {**active, "idle_timestamp": self.connected_at}

    def legacy(self) -> PresenceEntry:
        """The older form, in which there is one kind of client."""
        is_active = self.active_at is not None and self.active_at >= self.connected_at
        return PresenceEntry(
            client="website", status="active" if is_active else "idle", timestamp=self.newest, pushable=False
        )


class RealmPresence:
    """One realm's. May be called from any thread."""

    def __init__(self, seen: Iterable[Seen] = ()) -> None:
        self._lock = threading.Lock()
        self._seen = {one.user_id: one for one in seen}  # in the order of their update ids
        self._last = max((one.update_id for one in self._seen.values()), default=NOTHING)
        self._unwritten: set[int] = set()
        self._unannounced: set[int] = set()

    def touch(self, user_id: int, *, active: bool, now: float) -> Seen | None:
        """A ping. What is known of somebody now, if they were away and are active from now on."""
        at = int(now)
        with self._lock:
            known = self._seen.get(user_id)
            active_at = None if known is None else known.active_at
            since_active = OFFLINE_S + 1 if active_at is None else at - active_at
            is_fresh = known is not None and at - known.connected_at < REFRESH_S
            if is_fresh and not (active and since_active >= REFRESH_S):
                return None
            seen = self._put(user_id, at if active else active_at, at, now)
        return seen if active and since_active > OFFLINE_S else None

    def replace(self, user_id: int, active_at: int | None, connected_at: int, now: float) -> Seen:
        """Whatever was known before."""
        with self._lock:
            return self._put(user_id, active_at, connected_at, now)

    def find(self, user_id: int) -> Seen | None:
        with self._lock:
            return self._seen.get(user_id)

    def changed_since(self, update_id: int, oldest: int) -> tuple[list[Seen], int]:
        """Who changed after an update, and was seen since a time; and the last update."""
        found = []
        with self._lock:
            for seen in reversed(self._seen.values()):
                if seen.update_id <= update_id:
                    break
                if seen.newest >= oldest:
                    found.append(seen)
            return found, self._last

    def forget(self, user_id: int) -> None:
        with self._lock:
            self._seen.pop(user_id, None)

    def announce_later(self, user_id: int) -> None:
        with self._lock:
            self._unannounced.add(user_id)

    def take_unannounced(self) -> list[Seen]:
        with self._lock:
            taken = [self._seen[id_] for id_ in self._unannounced if id_ in self._seen]
            self._unannounced.clear()
            return taken

    def take_unwritten(self) -> list[Seen]:
        with self._lock:
            taken = [self._seen[id_] for id_ in self._unwritten if id_ in self._seen]
            self._unwritten.clear()
            return taken

    def give_back(self, unwritten: Iterable[Seen]) -> None:
        """They could not be written."""
        with self._lock:
            self._unwritten.update(seen.user_id for seen in unwritten)

    def merge(self, written: Iterable[Seen], now: float) -> None:
        """What another process wrote, where it is newer than what this one knows."""
        with self._lock:
            for other in written:
                known = self._seen.get(other.user_id)
                if known is None or other.update_id > known.update_id:
                    self._put(other.user_id, other.active_at, other.connected_at, now)
                    self._unwritten.discard(other.user_id)

    def _put(self, user_id: int, active_at: int | None, connected_at: int, now: float) -> Seen:
        self._last = max(self._last + 1, int(now * 1000))
        self._seen.pop(user_id, None)
        seen = self._seen[user_id] = Seen(user_id, self._last, active_at, connected_at)
        self._unwritten.add(user_id)
        return seen


class Presences:
    """A process's. A realm's is read from the table when it is first asked for."""

    def __init__(self) -> None:
        self._realms: dict[int, RealmPresence] = {}
        self._lock = threading.Lock()

    def of(self, tx: Tx) -> RealmPresence:
        realm = self._realms.get(tx.realm_id)
        if realm is None:
            loaded = RealmPresence(load_presence(tx))
            with self._lock:  # of two threads that loaded it, the first one's stays
                realm = self._realms.setdefault(tx.realm_id, loaded)
        return realm

    def loaded(self) -> dict[int, RealmPresence]:
        with self._lock:
            return dict(self._realms)

    def forget(self, realm_id: int, user_id: int) -> None:
        """The account is deactivated."""
        realm = self._realms.get(realm_id)
        if realm is not None:
            realm.forget(user_id)


def load_presence(tx: Tx, since: float = 0.0) -> list[Seen]:
    """What was written to the table since then, in the order of update ids."""
    return tx.all(Seen, LOAD, since=since)


def save_presence(tx: WriteTx, seen: Iterable[Seen]) -> None:
    """In one statement for all."""
    tx.execute_many(SAVE, [{**msgspec.structs.asdict(one), "written_at": tx.now} for one in seen])


def forget_presence(tx: WriteTx, user_ids: list[int]) -> None:
    tx.execute(FORGET, user_ids=user_ids)
