"""Users whom a request names, by id or by an address that the one who asks can see."""

from collections.abc import Iterable

from aloha.contract.errors import ApiError

from ..store import Tx
from .realm import Realm, load_realm
from .users import COLUMNS, User, email_visibility, load_users, may_see_email
from .visibility import visible_user_ids

BY_EMAILS = f"select {COLUMNS} from account where realm_id = :realm_id and email_key = any(:keys)"


def find_principals(tx: Tx, actor: User, principals: Iterable[int | str]) -> dict[int, User]:
    """The active people meant, by id, in a constant number of queries. Raises ApiError if there is one without."""
    names = list(dict.fromkeys(principals))
    named = find_named(tx, actor, names)
    found: dict[int, User] = {}
    for name in names:
        user = named.get(name)
        if user is None or not user.is_active or user.is_system:
            raise ApiError(f"No such user: {name}", code="UNAUTHORIZED_PRINCIPAL", principal=name)
        found[user.user_id] = user
    return found


def find_named(tx: Tx, actor: User, names: Iterable[int | str]) -> dict[int | str, User]:
    """Those whom the actor sees, active or not, by the names given, in a constant number of queries."""
    realm = load_realm(tx)
    names = list(names)
    ids: dict[int | str, int] = {name: name for name in names if isinstance(name, int)}
    ids |= {name: id_ for name in names if isinstance(name, str) and (id_ := _shown_id(name, realm)) is not None}
    ids |= _addressed_ids(tx, actor, realm, [name for name in names if isinstance(name, str) and name not in ids])
    users = load_users(tx, set(ids.values()))
    visible = visible_user_ids(tx, actor)
    return {
        name: users[user_id]
        for name, user_id in ids.items()
        if user_id in users and (visible is None or user_id in visible)
    }


def _shown_id(email: str, realm: Realm) -> int | None:
    """Of an address that stands for a hidden one."""
    local, _, domain = email.casefold().partition("@")
    digits = local.removeprefix("user")
    return int(digits) if domain == realm.mail_domain and local != digits and digits.isdecimal() else None


def _addressed_ids(tx: Tx, actor: User, realm: Realm, emails: list[str]) -> dict[int | str, int]:
    """Of delivery addresses that the actor can see."""
    if not emails:
        return {}
    users = {user.email.casefold(): user for user in tx.all(User, BY_EMAILS, keys=[name.casefold() for name in emails])}
    return {
        email: user.user_id
        for email in emails
        if (user := users.get(email.casefold())) is not None
        and (user.user_id == actor.user_id or may_see_email(email_visibility(user, realm), actor.role))
    }
