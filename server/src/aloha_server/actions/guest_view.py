"""Guests who see only people whom they share something with, kept told of whom they see.

    view = GuestView(tx, user_ids)      # all whose view the change may touch; those who see everybody cost nothing
    ... the change ...
    view.emit_gains(tx)                 # before the first event that names one of the people
    ... the change's own events ...
    view.emit_losses(tx)                # after the last one

Both compare what was seen before with what is seen now; an event goes to exactly those for whom it is news. When 1,000
guests join a stream a million pairs of people come to see each other: guests whose view changed alike share a set, and
an entry holds many people, so neither queries nor rows grow with the pairs.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import msgspec
from pyroaring import BitMap

from aloha.contract.objects import User as WireUser

from ..access.guests import seen_by_limited_guests
from ..access.people import wire_user
from ..access.profile_fields import load_profiles
from ..access.realm import load_realm
from ..access.user_status import load_statuses, status_fields
from ..access.users import User, load_users
from ..events.bodies import GuestViewBody
from ..events.emit import emit, emit_body, to_users
from ..store import WriteTx
from .guest_groups import emit_gained_memberships

EVERY_ID = "select user_id from account where realm_id = :realm_id"
PEOPLE_PER_ENTRY_MAX = 500


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
        """`realm_user/add` of each person who came into view, to the guests to whom they did; then their groups and
        statuses."""
        now = seen_by_limited_guests(tx, self._user_ids)
        gained = self._compare(tx, now, self._before)
        if not gained:
            return
        realm, viewers = load_realm(tx), load_users(tx, gained)
        people = BitMap.union(BitMap(), *gained.values())
        profiles = load_profiles(tx, list(people))

        def show(user: User, viewer: User | None) -> WireUser:
            return wire_user(user, realm, viewer, profile=profiles.get(user.user_id, {}))

        # Guests are shown the same of a person. Somebody who is no guest any more is shown what their role may see.
        promoted = {id_ for id_, viewer in viewers.items() if not viewer.is_guest}
        for id_ in promoted:
            _emit(tx, "add", {id_: gained[id_]}, partial(show, viewer=viewers[id_]))
        guests = {id_: people for id_, people in gained.items() if id_ not in promoted}
        _emit(tx, "add", guests, partial(show, viewer=None))
        emit_gained_memberships(tx, gained, lambda guest_id: self._seen(tx, now, guest_id))
        for user_id, status in load_statuses(tx, list(people)).items():
            event = {"type": "user_status", "user_id": user_id, **status_fields(status)}
            emit(tx, event, to_users(tx, [guest_id for guest_id, own in gained.items() if user_id in own]))

    def emit_losses(self, tx: WriteTx) -> None:
        """`realm_user/remove` of each person who went out of view."""
        lost = self._compare(tx, self._before, seen_by_limited_guests(tx, self._user_ids))
        _emit(tx, "remove", lost, lambda user: {"user_id": user.user_id, "full_name": user.full_name})

    def _compare(self, tx: WriteTx, more: Mapping[int, BitMap], less: Mapping[int, BitMap]) -> dict[int, BitMap]:
        """By guest: whom they see in `more` and not in `less`. Who is missing in either sees everybody."""
        news = {id_: self._seen(tx, more, id_) - self._seen(tx, less, id_) for id_ in {*more, *less}}
        return {guest_id: people for guest_id, people in news.items() if people}

    def _seen(self, tx: WriteTx, seen: Mapping[int, BitMap], guest_id: int) -> BitMap:
        found = seen.get(guest_id)
        if found is not None:
            return found
        if self._everybody is None:
            self._everybody = BitMap(tx.values(EVERY_ID))
        return self._everybody


def _emit(tx: WriteTx, op: str, news: Mapping[int, BitMap], show: Callable[[User], Any]) -> None:
    """Of the people by guest. Guests who join a stream together gain each other: with oneself added, the same set."""
    people = BitMap.union(BitMap(), *news.values())
    users = load_users(tx, people)
    alike: dict[bytes, BitMap] = {}
    for guest_id, own in news.items():
        alike.setdefault((own | BitMap([guest_id])).serialize(), BitMap()).add(guest_id)
    for start in range(0, len(people), PEOPLE_PER_ENTRY_MAX):
        chunk = BitMap(people[start : start + PEOPLE_PER_ENTRY_MAX])
        views = {view: guests for view, guests in alike.items() if BitMap.deserialize(view) & chunk}
        body = GuestViewBody(
            views=list(views),
            view_of={guest_id: index for index, guests in enumerate(views.values()) for guest_id in guests},
            op=op,
            people=[msgspec.to_builtins(show(users[user_id])) for user_id in chunk],
        )
        emit_body(tx, "realm_user", body, to_users(tx, BitMap.union(*views.values())))
