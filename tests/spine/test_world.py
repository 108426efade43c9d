"""The harness itself: everybody's copy is true at the start and after a message."""

from tests.world import World


def test_everybodys_copy_is_true_after_the_first_messages(world: World) -> None:
    world.check()
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "Rome"}], principals=[world.member.user_id])
    world.check()
    world.owner.post("/messages", type="channel", to="Rome", topic="t", content="hi @**Member**")
    world.member.post("/messages", type="direct", to=[world.guest.user_id], content="hi")
    world.check()
