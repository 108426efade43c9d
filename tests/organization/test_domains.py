"""The mail domains whose addresses may join."""

from typing import Any

import pytest
from tests.world import Person, World

from aloha.contract.errors import ApiError


def code_of(person: Person, method: str, path: str, **params: Any) -> str:
    with pytest.raises(ApiError) as caught:
        person.call(method, path, **params)
    return caught.value.code


def told(person: Person) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in event.items() if name not in ("id", "type")}
        for event in person.events()
        if event["type"] in ("realm_domains", "realm")
    ]


def test_domains_are_added_changed_and_removed(world: World) -> None:
    answer = world.owner.post("/realm/domains", domain=" Acme.COM ", allow_subdomains=True)
    assert answer["new_domain"][1] == "acme.com"
    acme = {"domain": "acme.com", "allow_subdomains": True}
    assert told(world.guest) == [{"op": "add", "realm_domain": acme}]
    assert world.guest.get("/realm/domains")["domains"] == [acme]
    world.owner.post("/realm/domains", domain="example.com")
    world.check()
    head = world.head()
    for person in (world.admin, world.member):
        assert code_of(person, "POST", "/realm/domains", domain="x.com") == "UNAUTHORIZED_PRINCIPAL"
        assert code_of(person, "DELETE", "/realm/domains/acme.com") == "UNAUTHORIZED_PRINCIPAL"
        change = {"allow_subdomains": False}
        assert code_of(person, "PATCH", "/realm/domains/acme.com", **change) == "UNAUTHORIZED_PRINCIPAL"
    for wrong in ("", "acme", ".acme.com", "acme.com.", "a..com", "a b.com", "-a.com", "acme.com", "x" * 80 + ".com"):
        assert code_of(world.owner, "POST", "/realm/domains", domain=wrong) == "BAD_REQUEST"
    assert code_of(world.owner, "PATCH", "/realm/domains/none.com", allow_subdomains=True) == "BAD_REQUEST"
    assert code_of(world.owner, "DELETE", "/realm/domains/none.com") == "BAD_REQUEST"
    world.owner.patch("/realm/domains/acme.com", allow_subdomains=True)  # as it is
    assert world.head() == head
    world.member.events()
    world.owner.patch("/realm/domains/ACME.com", allow_subdomains=False)
    assert told(world.member) == [{"op": "change", "realm_domain": {**acme, "allow_subdomains": False}}]
    world.check()


def test_only_addresses_of_listed_domains_join_while_that_is_asked_for(world: World) -> None:
    world.owner.post("/realm/domains", domain="acme.com")
    world.owner.patch("/realm", emails_restricted_to_domains=True)
    new = {"password": "midsummer", "full_name": "New"}
    for email in ("a@elsewhere.com", "a@sub.acme.com", "a@notacme.com"):
        assert code_of(world.owner, "POST", "/users", email=email, **new) == "BAD_REQUEST"
    elsewhere = {"new_email": "m@elsewhere.com"}
    assert code_of(world.owner, "PATCH", f"/users/{world.member.user_id}", **elsewhere) == "BAD_REQUEST"
    world.owner.post("/users", email="a@ACME.com", **new)
    world.owner.patch("/realm/domains/acme.com", allow_subdomains=True)
    world.owner.post("/users", email="b@sub.acme.com", **new)
    world.member.events()
    world.owner.delete("/realm/domains/acme.com")
    off = {"op": "update", "property": "emails_restricted_to_domains", "value": False}
    assert told(world.member) == [{"op": "remove", "domain": "acme.com"}, off]
    world.owner.post("/users", email="c@elsewhere.com", **new)
    world.check()
