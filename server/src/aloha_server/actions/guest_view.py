"""Guests who see only people whom they share something with, kept told of whom they see.

    view = GuestView(tx, user_ids)      # all whose view the change may touch; those who see everybody cost nothing
    ... the change ...
    view.emit_gains(tx)                 # before the first event that names one of the people
    ... the change's own events ...
    view.emit_losses(tx)                # after the last one

Both compare what was seen before with what is seen now; an event goes to exactly those for whom it is news. The
number of queries does not grow with guests or people.
"""

from collections import defaultdict
from collections.abc import Iterable

from pyroaring import BitMap

from ..access.guests import seen_by_limited_guests
from ..access.people import wire_user
from ..access.realm import load_realm
from ..access.users import load_users
from ..events.emit import emit
from ..store import WriteTx
from .audiences import AudienceCache
from .guest_groups import emit_gained_memberships

EVERY_ID = "select user_id from account where realm_id = :realm_id"


class GuestView:
    """Taken under the lock, before the change."""

    def __init__(self, tx: WriteTx, user_ids: Iterable[int]) -> None:
        self._user_ids = sorted(set(user_ids))
        self._before = seen_by_limited_guests(tx, self._user_ids)
        self._everybody: BitMap | None = None

    def emit_changes(self, tx: WriteTx) -> None:
        """For changes whose own events name nobody."""
        self.emit_gains(tx)
        self.emit_losses(tx)

    def emit_gains(self, tx: WriteTx) -> None:
        """`realm_user/add` of each person who came into view, to the guests to whom they did."""
        now = seen_by_limited_guests(tx, self._user_ids)
        gained = self._compare(tx, now, self._before)
        if not gained:
            return
        audiences = AudienceCache(tx)
        realm = load_realm(tx)
        # Those who gain somebody are shown the same of them, but nobody is shown what only that person may see.
        users = load_users(tx, {*gained, *(guests[0] for guests in gained.values())})
        for user_id, guests in sorted(gained.items()):
            person = wire_user(users[user_id], realm, users[guests[0]])
            emit(tx, {"type": "realm_user", "op": "add", "person": person}, audiences.of(guests))
        by_guest: dict[int, BitMap] = defaultdict(BitMap)
        for user_id, guests in gained.items():
            for guest_id in guests:
                by_guest[guest_id].add(user_id)
        emit_gained_memberships(tx, by_guest, lambda guest_id: self._seen(tx, now, guest_id))

    def emit_losses(self, tx: WriteTx) -> None:
        """`realm_user/remove` of each person who went out of view."""
        lost = self._compare(tx, self._before, seen_by_limited_guests(tx, self._user_ids))
        if not lost:
            return
        audiences = AudienceCache(tx)
        users = load_users(tx, lost)
        for user_id, guests in sorted(lost.items()):
            person = {"user_id": user_id, "full_name": users[user_id].full_name}
            emit(tx, {"type": "realm_user", "op": "remove", "person": person}, audiences.of(guests))

    def _compare(self, tx: WriteTx, more: dict[int, BitMap], less: dict[int, BitMap]) -> dict[int, BitMap]:
        """By person: the guests who see them in `more` and not in `less`. Who is missing in either sees everybody."""
        news: dict[int, BitMap] = defaultdict(BitMap)
        for guest_id in {*more, *less}:
            for user_id in self._seen(tx, more, guest_id) - self._seen(tx, less, guest_id):
                news[user_id].add(guest_id)
        return news

    def _seen(self, tx: WriteTx, seen: dict[int, BitMap], guest_id: int) -> BitMap:
        found = seen.get(guest_id)
        if found is not None:
            return found
        if self._everybody is None:
            self._everybody = BitMap(tx.values(EVERY_ID))
        return self._everybody
