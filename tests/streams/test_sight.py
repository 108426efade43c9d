"""One user's knowledge of a stream, asked in two ways: for that user, and as a set of many."""

from tests.streams.kit import PEOPLE_BY_NAME, Office

from aloha.contract.endpoints._params import GroupSettingUpdate
from aloha.contract.objects import GroupSettingMembers
from aloha_server.access.roster import load_roster
from aloha_server.access.sight import OwnEyes, load_subscribers, see_streams
from aloha_server.access.streams import is_subscribed, load_all_streams, may_know, may_read
from aloha_server.access.users import acting_user
from aloha_server.store import Tx


def test_the_ways_of_asking_agree(office: Office) -> None:
    office.subscribe("ann", "open", people=["ann", "guest"])
    office.subscribe("ann", "secret", people=["ann", "guest"], invite_only=True)
    office.subscribe("owner", "world", is_web_public=True)
    for number, name in enumerate(("can_subscribe_group", "can_add_subscribers_group", "can_administer_channel_group")):
        bob_and_guest = GroupSettingMembers(
            direct_members=[office.ids["bob"], office.ids["visitor"]], direct_subgroups=[]
        )
        office.subscribe("ann", f"s{number}", invite_only=True)
        office.update("ann", f"s{number}", **{name: GroupSettingUpdate(new=bob_and_guest)})

    def read(tx: Tx) -> None:
        streams = load_all_streams(tx)
        sights = see_streams(streams, load_roster(tx), load_subscribers(tx))
        for name in ("owner", "admin", *PEOPLE_BY_NAME, "bot"):
            user = acting_user(tx, office.ids[name])
            eyes = OwnEyes(tx, user)
            for stream in streams:
                subscribed = is_subscribed(tx, user.user_id, stream.stream_id)
                knows = may_know(tx, user, stream, subscribed=subscribed)
                own = eyes.see(stream)
                assert knows == (own is not None) == (user.user_id in sights[stream.stream_id].knowers), (name, stream)
                if own is not None:
                    assert own.may_join == (user.user_id in sights[stream.stream_id].joiners)
                assert knows or not may_read(user, stream, subscribed=subscribed)

    office.store.read(1, read)
