"""Who the client is and where its server stands: arguments, environment variables and an `aloharc` file.

Each value is taken from the first of these that has it: the argument, the variable (`ALOHA_EMAIL`,
`ALOHA_API_KEY`, `ALOHA_SITE`), the file. The file is the argument `config_file`, else what `ALOHA_CONFIG`
names, else `~/.aloharc` where it exists:

    [api]
    email=bot@example.com
    key=abcdefghijklmnopqrstuvwxyz012345
    site=https://chat.example.com

Every error names the file, where it can the line, and what to write there. No message ever shows the key.
"""

import configparser
import logging
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import msgspec

from aloha.contract.errors import AlohaError

logger = logging.getLogger("aloha.config")

DEFAULT_FILE = "~/.aloharc"
EXAMPLE = "[api]\nemail=bot@example.com\nkey=YOUR_API_KEY\nsite=https://chat.example.com"
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
OPTIONS = ("email", "key", "site", "insecure", "cert_bundle", "client_cert", "client_cert_key")
VARIABLES = {"email": "ALOHA_EMAIL", "key": "ALOHA_API_KEY", "site": "ALOHA_SITE"}


class ConfigError(AlohaError):
    """The client was not told who it is or where its server stands."""


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """A complete configuration. `site` has a scheme and no slash at its end."""

    email: str
    api_key: str
    site: str
    insecure: bool = False
    cert_bundle: str | None = None
    client_cert: str | None = None
    client_cert_key: str | None = None

    def __repr__(self) -> str:
        return f"Config(email={self.email!r}, site={self.site!r})"


def load_config(
    config_file: str | os.PathLike[str] | None = None,
    *,
    email: str | None = None,
    api_key: str | None = None,
    site: str | None = None,
    insecure: bool | None = None,
    cert_bundle: str | None = None,
    client_cert: str | None = None,
    client_cert_key: str | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Config:
    """The configuration from arguments, environment and file; `ConfigError` when it is not complete."""
    path, must_exist = _choose_file(config_file, environ)
    values = _read_file(path) if must_exist or path.exists() else {}
    values |= {option: environ[name] for option, name in VARIABLES.items() if environ.get(name)}
    given = {
        "email": email,
        "key": api_key,
        "site": site,
        "cert_bundle": cert_bundle,
        "client_cert": client_cert,
        "client_cert_key": client_cert_key,
    }
    values |= {option: value for option, value in given.items() if value}
    for option in VARIABLES:
        if not values.get(option):
            raise _missing(option, path)
    if values.get("client_cert_key") and not values.get("client_cert"):
        raise ConfigError("client_cert_key is given without client_cert: name the certificate as well")
    return Config(
        email=_one_line("email", values["email"]),
        api_key=_one_line("key", values["key"]),
        site=normalize_site(values["site"]),
        insecure=_read_flag("insecure", values.get("insecure"), path) if insecure is None else insecure,
        cert_bundle=_expand("cert_bundle", values),
        client_cert=_expand("client_cert", values),
        client_cert_key=_expand("client_cert_key", values),
    )


def normalize_site(site: str) -> str:
    """`site` with its scheme (http for this machine, else https) and without `/` or `/api` at its end."""
    text = _one_line("site", site.strip())
    if "://" not in text:
        host = _split_url(f"//{text}").hostname
        text = f"{'http' if host in LOOPBACK_HOSTS else 'https'}://{text}"
    parts = _split_url(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ConfigError(f"site is {site!r}: write the server's address, like https://chat.example.com")
    if parts.username is not None:
        raise ConfigError("site holds a user name: write the address alone, and email and key beside it")
    path = parts.path.rstrip("/").removesuffix("/api")
    return f"{parts.scheme}://{parts.netloc}{path}"


def _split_url(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises for what is no number, and is looked at by nobody else
    except ValueError as error:
        raise ConfigError(f"site is {text!r}: {error}") from error
    return parts


def write_aloharc(path: str | os.PathLike[str], email: str, key: str, site: str) -> None:
    """Write an aloharc that only its owner may read (0600). A reader sees the old file or all of the new one."""
    target = Path(path).expanduser()
    values = {"email": email, "key": key, "site": normalize_site(site)}
    lines = [f"{option}={_one_line(option, value)}" for option, value in values.items()]
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join(["[api]", *lines, ""]))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _choose_file(config_file: str | os.PathLike[str] | None, environ: Mapping[str, str]) -> tuple[Path, bool]:
    """The file to read, and whether somebody asked for it by name."""
    named = config_file or environ.get("ALOHA_CONFIG")
    return Path(named or DEFAULT_FILE).expanduser(), bool(named)


def _read_file(path: Path) -> dict[str, str]:
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(path.read_text(encoding="utf-8"), source=str(path))
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file. Write one with:\n{EXAMPLE}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    except configparser.MissingSectionHeaderError as error:
        raise ConfigError(f"{path}, line {error.lineno}: write [api] above this line") from None
    except configparser.ParsingError as error:
        raise ConfigError(f"{path}, line {error.errors[0][0]}: write NAME=VALUE, like site=...") from None
    except (configparser.DuplicateOptionError, configparser.DuplicateSectionError) as error:
        raise ConfigError(f"{path}, line {error.lineno}: is there twice, remove one of the two") from None
    if not parser.has_section("api"):
        raise ConfigError(f"{path}: has no section [api]. It should hold:\n{EXAMPLE}")
    _warn_if_readable_by_others(path)
    return {option: parser["api"][option].strip() for option in OPTIONS if option in parser["api"]}


def _warn_if_readable_by_others(path: Path) -> None:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & (stat.S_IRGRP | stat.S_IROTH):
        logger.warning("%s can be read by others and holds an API key: run chmod 600 on it", path)


def _missing(option: str, path: Path) -> ConfigError:
    argument = "api_key" if option == "key" else option
    where = f"write {option}=... under [api] in {path}"
    return ConfigError(f"no {argument} was given: {where}, set {VARIABLES[option]}, or pass {argument}=...")


def _one_line(option: str, value: str) -> str:
    if not value.isprintable():
        raise ConfigError(f"{option} holds a line break or another character that cannot be printed")
    return value


def _read_flag(option: str, value: str | None, path: Path) -> bool:
    if value is None:
        return False
    states = configparser.ConfigParser.BOOLEAN_STATES
    if value.lower() not in states:
        raise ConfigError(f"{path}: {option} is {value!r}: write true or false")
    return states[value.lower()]


def _expand(option: str, values: Mapping[str, str]) -> str | None:
    value = values.get(option)
    return str(Path(value).expanduser()) if value else None
