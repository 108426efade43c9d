"""A live copy of what a client can see: the answer of `POST /register`, kept true by events.

    import aloha
    from aloha.replica import Replica

    client = aloha.Client()
    replica = Replica(client.call("POST", "/register"))
    position = {"queue_id": replica.queue_id, "last_event_id": replica.position}
    for event in client.call("GET", "/events", position)["events"]:
        replica.apply(event)
    print(replica.state)

*Snapshot + events == fresh snapshot*, except for what time alone changes (`VOLATILE`). Events of unknown types are
passed over, and so are sections that the registration did not ask for.
"""

from typing import Any

from . import attachments, messages, organization, personal, settings, streams, topics, users

State = dict[str, Any]

TABLES = (
    users.APPLY,
    settings.APPLY,
    organization.APPLY,
    streams.APPLY,
    messages.APPLY,
    topics.APPLY,
    attachments.APPLY,
    personal.APPLY,
)

# What changes without an event, by the passing of time.
VOLATILE = frozenset(
    {
        "presence_last_update_id",
        "presences",
        "server_generation",
        "server_timestamp",
    }
)


class Replica:
    """Belongs to one queue. `position` is the id of the last event applied, what the next poll acknowledges."""

    def __init__(self, answer: State) -> None:
        self.state = {name: value for name, value in answer.items() if name not in ("result", "msg")}
        self.queue_id: str = self.state.pop("queue_id")
        self.position: int = self.state.pop("last_event_id")

    def apply(self, event: dict[str, Any]) -> None:
        """Takes the next event of the queue. Events that share an id are applied one after the other."""
        for table in TABLES:
            apply = table.get(event["type"])
            if apply is not None:
                apply(self.state, event)
        self.position = max(self.position, event["id"])
