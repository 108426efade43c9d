"""The schema, for both backends: a module per part of the domain, one value per table.

Conventions. `realm_id` leads every key. Truth values are integers 0 and 1, so that one SQL text serves SQLite
and PostgreSQL. Times are seconds since the epoch: integers where the wire shows them, floats for our own
bookkeeping. JSON is text, written and read by msgspec. Tables without big columns are clustered by their key
on SQLite (WITHOUT ROWID).
"""

from . import invites, links, log, messages, organization, people, personal, search, streams, topics, uploads
from .columns import metadata

PARTS = (log, organization, people, streams, messages, personal, invites, links, topics, search, uploads)

__all__ = ["PARTS", "metadata"]
