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
from ..access.profile_fields import load_profiles
from ..access.realm import load_realm
from ..access.user_status import load_statuses, status_fields
from ..access.users import load_users
from ..events.emit import emit
from ..store import WriteTx
from .audiences import AudienceCache

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
        """`realm_user/add` of each person who came into view, to the guests to whom they did, and their statuses."""
        gained = self._compare(tx, seen_by_limited_guests(tx, self._user_ids), self._before)
        if not gained:
            return
        audiences = AudienceCache(tx)
        realm = load_realm(tx)
        # Those who gain somebody are shown the same of them, but nobody is shown what only that person may see.
        users = load_users(tx, {*gained, *(guests[0] for guests in gained.values())})
        profiles = load_profiles(tx, list(gained))
        for user_id, guests in sorted(gained.items()):
            person = wire_user(users[user_id], realm, users[guests[0]], profile=profiles.get(user_id, {}))
            emit(tx, {"type": "realm_user", "op": "add", "person": person}, audiences.of(guests))
        for user_id, status in load_statuses(tx, list(gained)).items():
            event = {"type": "user_status", "user_id": user_id, **status_fields(status)}
            emit(tx, event, audiences.of(gained[user_id]))

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
