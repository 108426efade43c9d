"""The demo organization of `serve --demo`: an owner, a member, a guest and a bot, some streams, and their keys."""

from pathlib import Path

from aloha.config import write_aloharc

from .access.realm import load_realms
from .access.users import Role, acting_user
from .actions.realms import create_realm
from .actions.streams import NewStream
from .actions.subscriptions import SubscribeRequest, subscribe
from .people import MadeUser, make_user
from .settings import Settings
from .store import Store, WriteTx

# name: address, full name, role
PEOPLE = {
    "owner": ("olive@aloha.example", "Olive Owner", Role.OWNER),
    "member": ("max@aloha.example", "Max Member", Role.MEMBER),
    "guest": ("gus@aloha.example", "Gus Guest", Role.GUEST),
    "bot": ("echo-bot@aloha.example", "Echo Bot", Role.MEMBER),
}
STREAMS = ("general", "random", "lounge")

SNIPPET = """import aloha
client = aloha.Client(config_file="{path}")
client.call_on_each_event(print)"""


def make_demo(store: Store, settings: Settings) -> None:
    """Makes the organization where there is none; the files with the keys then too."""
    if store.read(0, load_realms):
        return
    create_realm(store, "", "Aloha Demo")
    made: dict[str, MadeUser] = {}
    for name, (email, full_name, role) in PEOPLE.items():
        owner_id = made["member"].user_id if name == "bot" else None
        made[name] = make_user(store, settings, email, full_name, role, bot_owner_id=owner_id)
        site = settings.external_url or f"http://{settings.host}:{settings.port}"
        write_aloharc(aloharc(settings, name), email=email, key=made[name].api_key, site=site)

    def fill(tx: WriteTx) -> None:
        owner = acting_user(tx, made["owner"].user_id)
        everybody: list[int | str] = [made[name].user_id for name in ("owner", "member", "bot")]
        for name in STREAMS:
            people = [*everybody, made["guest"].user_id] if name == "general" else everybody
            subscribe(tx, owner, SubscribeRequest(streams=[NewStream(name)], principals=people))

    store.write(1, fill)


def aloharc(settings: Settings, name: str) -> Path:
    return settings.data / f"aloharc-{name}"


def show_demo(settings: Settings, url: str) -> None:
    """What to do next."""
    print(f"Aloha listens on {url}\n\nThe demo organization's keys:")
    for name, (_, full_name, _) in PEOPLE.items():
        print(f"  {name:<8}{aloharc(settings, name)}   {full_name}")
    print("\nTo print events as they happen, in another terminal: .venv/bin/python, then paste\n")
    print(SNIPPET.format(path=aloharc(settings, "member").resolve()))
    print("\nand send something from a third:\n")
    sender = aloharc(settings, "owner").resolve()
    print(f'import aloha\naloha.Client(config_file="{sender}").send_message(')
    print('    type="channel", to="general", topic="hello", content="Aloha!")\n', flush=True)
