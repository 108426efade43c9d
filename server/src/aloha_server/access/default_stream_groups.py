"""The sets of channels that people who join may choose."""

from aloha.contract.objects import DefaultStreamGroup

from ..store import Tx

EVERY = """
    select group_id, name, description from default_stream_group where realm_id = :realm_id order by name_key
"""
STREAMS = """
    select group_id, stream_id from default_stream_group_stream where realm_id = :realm_id order by stream_id
"""


def load_groups(tx: Tx) -> list[DefaultStreamGroup]:
    """All of them, by name, in two queries."""
    groups = {
        id_: DefaultStreamGroup(id=id_, name=name, description=text, streams=[]) for id_, name, text in tx.rows(EVERY)
    }
    for group_id, stream_id in tx.rows(STREAMS) if groups else ():
        groups[group_id].streams.append(stream_id)
    return list(groups.values())
