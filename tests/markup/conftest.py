"""The people and places that the texts of these tests name."""

import pytest

from aloha_server.markup import Directory, Rule


@pytest.fixture
def directory() -> Directory:
    return Directory(
        users_by_id={28: "King Hamlet", 29: "Iago", 5: "Al", 6: "Al", 7: "<b>&", 8: "Gone", 9: "Twin", 10: "Twin"},
        users_by_name={"king hamlet": [28], "iago": [29], "al": [5, 6], "<b>&": [7], "gone": [8], "twin": [9, 10]},
        streams={"denmark": (12, "Denmark"), "a & b": (13, "a & b")},
        groups={"gold": (60, "gold")},
        realm_emoji={"party_parrot": ("3", "/user_avatars/2/emoji/3.png")},
        topics={(12, "moved"): 102},
        inactive_user_ids=frozenset({8, 10}),
        rules=[Rule("T(?P<id>[0-9]+)", "https://t/{id}")],
    )
