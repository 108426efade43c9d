"""The command line: `aloha login`, `events`, `tail`, `send`, `bot new`.

A mistake is told in one line on stderr with exit status 2; a refusal of the server or a lost network with status 1.
"""

import argparse
import difflib
import getpass
import json
import logging
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import aloha
from aloha.config import DEFAULT_FILE, normalize_site
from aloha.contract import VERSION
from aloha.contract.errors import AlohaError

EPILOG = """examples:
  aloha login https://chat.example.com ada@example.com      asks for the password, writes ~/.aloharc
  aloha send --stream general --topic lunch "Soup at noon?"
  aloha send --to bob@example.com < report.txt
  aloha tail                                                messages as people read them
  aloha tail --narrow '[["channel", "general"], ["is", "mentioned"]]'
  aloha events --types message,reaction --json | jq .
  aloha bot new deploybot                                   makes a bot and its deploybot.aloharc
"""


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; its exit status."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    try:
        options.command(options)
    except aloha.ConfigError as error:
        return fail(str(error), 2)
    except AlohaError as error:
        return fail(str(error), 1)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def fail(message: str, status: int) -> int:
    print(f"aloha: {message}", file=sys.stderr)
    return status


class Parser(argparse.ArgumentParser):
    """Tells a mistake in one line, and the word that was probably meant."""

    def error(self, message: str) -> NoReturn:
        found = re.search(r"invalid choice: '([^']*)' \(choose from (.*)\)", message)
        if found:
            choices = re.findall(r"[\w-]+", found[2])
            near = difflib.get_close_matches(found[1], choices, 1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(choices)}"
            message = f"no command {found[1]}: {hint}"
        print(f"{self.prog}: {message}; see {self.prog} --help", file=sys.stderr)
        sys.exit(2)


def make_parser() -> Parser:
    parser = Parser(
        prog="aloha",
        description="Talks to an Aloha server.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"aloha {VERSION}")
    parser.add_argument(
        "--config", metavar="FILE", help=f"the aloharc to use (otherwise ALOHA_CONFIG or {DEFAULT_FILE})"
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser)

    def add(name: str, command: Callable[[argparse.Namespace], None], help_: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_, description=help_)
        added.set_defaults(command=command)
        return added

    login_ = add("login", login, "Get an API key with a password and write it into an aloharc that only you can read.")
    login_.add_argument("site", help="the server's address, like https://chat.example.com")
    login_.add_argument("email", help="your address there")
    add_filters(add("events", events, "Print each event as it comes."), types=True)
    add_filters(add("tail", tail, "Print messages as they come, as people read them."), types=False)
    send_ = add("send", send, "Send a message.")
    place = send_.add_mutually_exclusive_group(required=True)
    place.add_argument("--stream", metavar="NAME", help="the channel to send to")
    place.add_argument("--to", metavar="PEOPLE", help="whom to write to directly: addresses or user ids, by commas")
    send_.add_argument("--topic", default="", help="the channel's topic")
    send_.add_argument("content", nargs="?", help="the message; without it, standard input")
    bot = commands.add_parser("bot", help="Work with bots.", description="Work with bots.")
    new = bot.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser).add_parser(
        "new", help="Make a bot and write its aloharc.", description="Make a bot and write its aloharc."
    )
    new.add_argument("name", help="the bot's name, also the beginning of its address")
    new.add_argument("--output", metavar="FILE", help="where to write its aloharc (otherwise NAME.aloharc)")
    new.set_defaults(command=new_bot)
    return parser


def add_filters(parser: argparse.ArgumentParser, *, types: bool) -> None:
    if types:
        parser.add_argument("--types", metavar="LIST", type=lambda text: text.split(","), help="event types, by commas")
        parser.add_argument("--json", action="store_true", help="one JSON object a line, nothing else")
    parser.add_argument("--narrow", type=parse_narrow, metavar="JSON", help="""such as '[["channel", "general"]]'""")
    parser.add_argument("--resume", metavar="FILE", help="keep the position here and go on from it the next time")


def parse_narrow(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"is no JSON ({error})") from error


def login(options: argparse.Namespace) -> None:
    site = normalize_site(options.site)
    password = getpass.getpass(f"Password of {options.email} at {site}: ")
    with aloha.Client(email=options.email, api_key="none", site=site, client="aloha-cli") as client:
        found = client.fetch_api_key(username=options.email, password=password)
    path = Path(options.config or os.environ.get("ALOHA_CONFIG") or DEFAULT_FILE).expanduser()
    aloha.write_aloharc(path, found.email, found.api_key, site)
    print(f"Logged in as {found.email}; the key is in {path}.")


def connect(options: argparse.Namespace) -> aloha.Client:
    return aloha.Client(options.config, client="aloha-cli")


def events(options: argparse.Namespace) -> None:
    def show(event: dict[str, Any]) -> None:
        if options.json:
            print(json.dumps(event, ensure_ascii=False), flush=True)
            return
        kind = f"{event['type']}/{event['op']}" if "op" in event else event["type"]
        rest = {name: value for name, value in event.items() if name not in ("id", "type", "op")}
        print(f"{event['id']:>8}  {kind:<28} {json.dumps(rest, ensure_ascii=False)}", flush=True)

    with connect(options) as client:
        client.call_on_each_event(show, options.types, options.narrow, resume=options.resume, raise_errors=True)


def tail(options: argparse.Namespace) -> None:
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    with connect(options) as client:
        client.call_on_each_message(
            lambda message: print(message_lines(message, colour=colour), flush=True),
            options.narrow,
            resume=options.resume,
            raise_errors=True,
            apply_markdown=False,
        )


def message_lines(message: dict[str, Any], *, colour: bool) -> str:
    """A message for a terminal: a head line, then the text. What could steer the terminal is left out."""
    place = message["display_recipient"]
    if isinstance(place, str):
        where = f"#{place} > {message['subject']}"
    else:
        where = "with " + ", ".join(person["full_name"] for person in place)
    sent = time.strftime("%H:%M", time.localtime(message["timestamp"]))
    name, where = printable(message["sender_full_name"]), printable(where)
    if colour:
        name, where = f"\033[1;36m{name}\033[0m", f"\033[33m{where}\033[0m"
    return f"{sent} {name}  {where}\n{printable(message['content'], keep=chr(10))}\n"


def printable(text: str, keep: str = "") -> str:
    return "".join(character if character.isprintable() or character in keep else "\ufffd" for character in text)


def send(options: argparse.Namespace) -> None:
    content = sys.stdin.read() if options.content is None else options.content
    with connect(options) as client:
        if options.stream:
            sent = client.send_message(type="channel", to=options.stream, topic=options.topic, content=content)
        else:
            sent = client.send_message(type="direct", to=people_named(options.to), content=content)
    print(sent.id)


def people_named(text: str) -> list[int] | list[str]:
    """Ids, or addresses."""
    named = [name.strip() for name in text.split(",") if name.strip()]
    return [int(name) for name in named] if all(name.isdecimal() for name in named) else named


def new_bot(options: argparse.Namespace) -> None:
    short_name = re.sub(r"[^a-z0-9-]+", "-", options.name.lower()).strip("-")
    path = Path(options.output or f"{short_name}.aloharc")
    if path.exists():
        raise aloha.ConfigError(f"{path} exists: choose another file with --output")
    with connect(options) as client:
        made = client.create_bot(full_name=options.name, short_name=short_name)
        bot = client.get_user(user_id=made.user_id)
        aloha.write_aloharc(path, bot.user.email, made.api_key, client.config.site)
    print(f"{options.name} is {bot.user.email}; its key is in {path}.")


if __name__ == "__main__":
    sys.exit(main())
