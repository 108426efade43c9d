"""What names and addresses may be."""

import pytest

from aloha.contract.errors import ApiError
from aloha_server.access.profile import check_email, check_full_name
from aloha_server.access.realm import Realm

REALM = Realm(1, "aloha.example")


@pytest.mark.parametrize("name", ["Puck", " Puck ", "Puck 二", "O'Neil, Jr.", "x" * 100])
def test_a_name_is_kept_without_the_space_around_it(name: str) -> None:
    assert check_full_name(name) == name.strip()


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a*b", "a`b", "a>b", 'a"b', "a@b", "a\nb", "a\u0000b"])
def test_names_that_would_break_mentions_are_refused(name: str) -> None:
    with pytest.raises(ApiError):
        check_full_name(name)


@pytest.mark.parametrize("email", ["puck@aloha.example", "P.U-c+k@sub.example.com", "user7@elsewhere.example", "a@b"])
def test_addresses_are_kept_as_they_are_written(email: str) -> None:
    assert check_email(email, REALM) == email


@pytest.mark.parametrize(
    "email", ["", "puck", "@b.c", "a@", "a b@c.d", "a@b@c.d", "a@-b.c", "<a@b.c>", "a@b.c\n.d", "user7@aloha.example"]
)
def test_what_is_no_address_or_stands_for_a_hidden_one_is_refused(email: str) -> None:
    with pytest.raises(ApiError):
        check_email(email, REALM)
