"""The meaning of the bits in `message.traits`, `message_flag.flags` and `log_entry.public`."""

from typing import Final

# message.traits: what a message is, the same for everybody.
STREAM_WILDCARD: Final = 1  # mentions everybody in the stream
TOPIC_WILDCARD: Final = 2  # mentions everybody in the topic
HAS_LINK: Final = 4
HAS_IMAGE: Final = 8
HAS_ATTACHMENT: Final = 16

# message_flag.flags: the wire's names, in the order in which lists show them.
FLAG_BITS: Final[dict[str, int]] = {
    "starred": 1,
    "collapsed": 2,
    "mentioned": 4,
    "stream_wildcard_mentioned": 8,
    "topic_wildcard_mentioned": 16,
    "has_alert_word": 32,
    "historical": 64,
}

# log_entry.public: who beyond the audience may read the entry.
AUDIENCE_ONLY: Final = 0
PUBLIC: Final = 1  # every member, not guests
WEB_PUBLIC: Final = 2  # everybody
