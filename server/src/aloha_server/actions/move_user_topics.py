"""What people chose for a topic goes with it when all of it moves.

Where it is merged into another topic, the more visible of the two choices stays. Who cannot read the stream that it
goes to loses the choice, as they lose the messages.
"""

from collections import defaultdict

from pyroaring import BitMap

from ..access.roster import load_roster
from ..access.sight import load_subscribers, readers_unsubscribed
from ..access.streams import Stream
from ..access.topics import is_empty_topic
from ..access.user_topics import Visibility, policies_of_topic
from ..store import Tx, WriteTx
from .user_topics import tell_muted, tell_policy, write_policy

_BY_VISIBILITY = (Visibility.MUTED, Visibility.INHERIT, Visibility.UNMUTED, Visibility.FOLLOWED)


def carry_choices(tx: WriteTx, source: Stream, topic: str, target: Stream, new_topic: str) -> None:
    """Called before the messages move."""
    if source.stream_id == target.stream_id and topic.casefold() == new_topic.casefold():
        return
    were, there = policies_of_topic(tx, source.stream_id, topic), policies_of_topic(tx, target.stream_id, new_topic)
    if not were and not there:
        return
    merges = not is_empty_topic(tx, target, new_topic)
    choices: dict[Visibility, list[int]] = defaultdict(list)
    for user_id in _readers(tx, target, BitMap([*were, *there])):
        before, now = Visibility(were.get(user_id, 0)), Visibility(there.get(user_id, 0))
        choices[max(before, now, key=_BY_VISIBILITY.index) if merges else before].append(user_id)
    removed = write_policy(tx, were, source.stream_id, topic, Visibility.INHERIT)
    tell_policy(tx, removed, source.stream_id, topic, Visibility.INHERIT)
    changes = {
        policy: write_policy(tx, users, target.stream_id, new_topic, policy) for policy, users in choices.items()
    }
    tell_muted(tx, sorted({*removed, *(user_id for users in changes.values() for user_id in users)}))
    for policy, users in changes.items():
        tell_policy(tx, users, target.stream_id, new_topic, policy)


def _readers(tx: Tx, stream: Stream, users: BitMap) -> BitMap:
    """Of these people, who may read the stream."""
    subscribers = load_subscribers(tx, [stream.stream_id]).get(stream.stream_id, BitMap())
    return users & (subscribers | readers_unsubscribed(stream, load_roster(tx, users)))
