"""`aloha-server`: serve, and what an operator does beside a running server.

Bad input is one line on stderr and exit code 2; a failure of the machine is one line and exit code 1.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from aloha.config import write_aloharc
from aloha.contract import VERSION
from aloha.contract.errors import ApiError

from .access.keys import KeyRing
from .access.realm import Realm, load_realms
from .access.users import Role, load_all_users
from .actions.realm_activity import reactivate_realm
from .actions.realms import create_realm
from .app import Server
from .demo import make_demo, show_demo
from .people import ROLES, make_user
from .populate import Size, populate
from .settings import Setting, SettingError, Settings, describe_settings, load_settings
from .store import Store, StoreError

EXAMPLES = """examples:
  aloha-server serve --demo                        try it: a demo organization on http://127.0.0.1:9991
  aloha-server realm create --name "Analytical Engines"
  aloha-server user create ada@example.com --name "Ada" --role owner --aloharc ada.aloharc
  aloha-server serve --host 0.0.0.0 --ssl-certfile cert.pem --ssl-keyfile key.pem
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    try:
        settings = load_settings(vars(options))
        code: int = options.run(settings, options)
        return code
    except (SettingError, StoreError, UsageError) as error:
        return _complain(str(error), 2)
    except ApiError as error:
        return _complain(error.msg, 2)
    except OSError as error:
        return _complain(f"{error.filename or 'the system'}: {error.strerror or error}", 1)


class UsageError(Exception):
    """What was asked for cannot be done: one line."""


def _complain(text: str, code: int) -> int:
    print(f"aloha-server: {text.splitlines()[0]}", file=sys.stderr)
    return code


class Parser(argparse.ArgumentParser):
    """One line for a bad command line, in place of the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def make_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="aloha-server",
        description="Aloha, a team chat server whose heart is its real-time events API.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"aloha-server {VERSION}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)
    serve_ = _command(commands, "serve", serve, "Serve the API until SIGINT or SIGTERM.")
    for name, setting in describe_settings().items():
        if name not in SHARED:
            _add_setting(serve_, name, setting)
    _add_realm(commands)
    _add_user(commands)
    _add_populate(commands)
    return parser


SHARED = ("data", "database_url")


def _command(commands: Any, name: str, run: Any, description: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=description, description=description)
    parser.set_defaults(run=run)
    for shared in SHARED:
        _add_setting(parser, shared, describe_settings()[shared])
    return parser


def _add_setting(parser: argparse.ArgumentParser, name: str, setting: Setting) -> None:
    flag = f"--{name.replace('_', '-')}"
    text = f"{setting.doc} [{f'ALOHA_{name.upper()}'}]".replace("%", "%%")
    if isinstance(getattr(Settings(), name), bool):
        parser.add_argument(flag, action="store_true", default=None, help=text)
    else:
        parser.add_argument(flag, help=text)


def _add_realm(commands: Any) -> None:
    realm = commands.add_parser("realm", help="Make organizations.").add_subparsers(
        required=True, metavar="COMMAND", parser_class=Parser
    )
    create = _command(realm, "create", realm_create, "Make an organization.")
    create.add_argument("--name", required=True, help="Its name, as people see it.")
    create.add_argument("--host", dest="realm_host", default="", help="Its host name, if the server has several.")
    _add_realm_choice(_command(realm, "reactivate", realm_reactivate, "Open an organization that an owner closed."))


def _add_user(commands: Any) -> None:
    user = commands.add_parser("user", help="Make and list people.").add_subparsers(
        required=True, metavar="COMMAND", parser_class=Parser
    )
    create = _command(user, "create", user_create, "Make an account, and a file with its key.")
    create.add_argument("email", help="The address, with which they sign in.")
    create.add_argument("--name", required=True, help="Their name.")
    create.add_argument("--role", choices=sorted(ROLES), default="member", help="What they may do (member).")
    create.add_argument("--aloharc", type=Path, metavar="FILE", help="Where to write address, key and site.")
    create.add_argument("--site", default="", help="The server's URL for that file (http://127.0.0.1:9991).")
    _add_realm_choice(create)
    list_ = _command(user, "list", user_list, "List the people of an organization.")
    _add_realm_choice(list_)


def _add_realm_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--realm", default="", metavar="HOST", help="The organization, if the server has several.")


def _add_populate(commands: Any) -> None:
    parser = _command(
        commands, "populate", populate_realm, "Fill an organization in bulk, for benchmarks and development."
    )
    for name, what in (
        ("users", "people"),
        ("streams", "streams"),
        ("subscribers-per-stream", "subscribers of each stream"),
        ("messages", "messages in all"),
    ):
        parser.add_argument(f"--{name}", type=_count, default=0, metavar="N", help=f"How many {what} (0).")
    parser.add_argument("--keys", type=Path, metavar="FILE", help='Where to write "user_id email api_key" lines.')
    _add_realm_choice(parser)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of things")
    return int(text)


def serve(settings: Settings, options: argparse.Namespace) -> int:
    del options
    server = Server(settings)
    if settings.demo:
        make_demo(server.store, settings)
    server.edge.run(
        lambda url: show_demo(settings, url) if settings.demo else print(f"Aloha listens on {url}", flush=True)
    )
    return 0


def realm_create(settings: Settings, options: argparse.Namespace) -> int:
    store = Store.open(settings.data, settings.database_url)
    realm_id = create_realm(store, options.realm_host.lower(), options.name)
    store.close()
    print(f"Made organization {realm_id}. Next: aloha-server user create EMAIL --name NAME --role owner --aloharc FILE")
    return 0


def realm_reactivate(settings: Settings, options: argparse.Namespace) -> int:
    store = Store.open(settings.data, settings.database_url)
    realm = _choose_realm(store, options.realm)
    store.write(realm.realm_id, reactivate_realm)
    store.close()
    print(f"Organization {realm.realm_id} is open.")
    return 0


def user_create(settings: Settings, options: argparse.Namespace) -> int:
    if options.aloharc is not None and options.aloharc.exists():
        raise UsageError(f"{options.aloharc} exists already: choose another file")
    store = Store.open(settings.data, settings.database_url)
    realm = _choose_realm(store, options.realm)
    user = make_user(store, settings, options.email, options.name, ROLES[options.role], realm_id=realm.realm_id)
    store.close()
    if options.aloharc is not None:
        site = options.site or settings.external_url or f"http://{settings.host}:{settings.port}"
        write_aloharc(options.aloharc, email=user.email, key=user.api_key, site=site)
        print(f"Made user {user.user_id}; the key is in {options.aloharc}")
    else:
        print(f"Made user {user.user_id} with the API key {user.api_key}")
    return 0


def user_list(settings: Settings, options: argparse.Namespace) -> int:
    store = Store.open(settings.data, settings.database_url)
    realm = _choose_realm(store, options.realm)
    names = {role: name for name, role in ROLES.items()}
    for user in store.read(realm.realm_id, load_all_users):
        kind = "bot" if user.is_bot else names.get(Role(user.role), str(user.role))
        state = "" if user.is_active else " (deactivated)"
        print(f"{user.user_id:>6}  {kind:<10} {user.email:<40} {user.full_name}{state}")
    store.close()
    return 0


def populate_realm(settings: Settings, options: argparse.Namespace) -> int:
    store = Store.open(settings.data, settings.database_url)
    if not store.read(0, load_realms):
        create_realm(store, "", "Populated")
    realm = _choose_realm(store, options.realm)
    size = Size(options.users, options.streams, options.subscribers_per_stream, options.messages)
    people = populate(
        store, KeyRing(settings.data), realm.realm_id, size, lambda text: print(text, file=sys.stderr, flush=True)
    )
    store.close()
    if options.keys is not None:
        options.keys.touch(mode=0o600)
        options.keys.write_text("".join(f"{p.user_id} {p.email} {p.api_key}\n" for p in people))
    return 0


def _choose_realm(store: Store, host: str) -> Realm:
    realms = store.read(0, load_realms)
    chosen = [realm for realm in realms if realm.host == host.lower()] if host else realms
    if not realms:
        raise UsageError("there is no organization yet: run aloha-server realm create --name NAME first")
    if not chosen:
        raise UsageError(f"no organization has the host {host}: {', '.join(realm.host for realm in realms)}")
    if len(chosen) > 1:
        raise UsageError(f"there are several organizations: choose one with --realm {chosen[0].host}")
    return chosen[0]


if __name__ == "__main__":
    sys.exit(main())
