"""The groups of people who come into a guest's view: whom a guest does not see stands in none that the guest is shown.

To name somebody whom a guest sees already is no news and does no harm, and neither is to name the guest. So guests who
come to see people together share the events, however many they are.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping

from pyroaring import BitMap

from ..access.user_groups import memberships_of
from ..access.users import load_users
from ..events.emit import to_users
from ..store import WriteTx
from .group_events import emit_memberships


def emit_gained_memberships(tx: WriteTx, gained: Mapping[int, BitMap], seen: Callable[[int], BitMap]) -> None:
    """`gained` are the people by guest; `seen` is whom a guest sees now, these included."""
    people = BitMap.union(BitMap(), *gained.values())
    memberships = memberships_of(tx, load_users(tx, people).values())
    alike: dict[bytes, BitMap] = defaultdict(BitMap)
    for guest_id, own in gained.items():
        own_too = own | BitMap([guest_id]) if guest_id in people else own
        alike[(people if people <= seen(guest_id) else own_too).serialize()].add(guest_id)
    for view, guests in alike.items():
        named = BitMap.deserialize(view)
        own_memberships = [one for one in memberships if one.user_id in named]
        emit_memberships(tx, "add_members", own_memberships, to_users(tx, guests))
