"""What an operator can set: each a command-line option of `serve` and an `ALOHA_...` variable; options win."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import msgspec

UPLOAD_MIB_MAX = 1024  # an upload is in memory while it is written


class Setting(msgspec.Struct, frozen=True):
    """What the type of a setting does not tell; this is its documentation."""

    doc: str


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    host: Annotated[str, Setting("The address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Setting("The port to listen on; 0 takes a free one.")] = 9991
    data: Annotated[Path, Setting("The folder that holds the database, uploads and the server's keys.")] = Path("var")
    database_url: Annotated[
        str,
        Setting(
            "A PostgreSQL database, `postgresql://user:password@host/name`. Without it: SQLite in the data folder."
        ),
    ] = ""
    uploads_url: Annotated[
        str,
        Setting(
            "An S3 bucket for uploads, `s3://bucket/prefix?endpoint=https://host&region=name`, its credentials in "
            "`AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`. Without it: the data folder."
        ),
    ] = ""
    max_file_upload_size_mib: Annotated[
        int, Setting("How large an uploaded file may be, in MiB, at most 1024; 0 forbids uploads.")
    ] = 25
    upload_quota_mib: Annotated[
        int, Setting("How much the uploads of an organization may take together, in MiB; 0 is no limit.")
    ] = 0
    external_url: Annotated[
        str, Setting("The URL that clients are told. Without it: the scheme and host of each request.")
    ] = ""
    demo: Annotated[
        bool,
        Setting("Makes a demo organization and lets anybody log in by `POST /dev_fetch_api_key`. Never in production."),
    ] = False
    ssl_certfile: Annotated[str, Setting("A TLS certificate with its chain (PEM). Without it: plain HTTP.")] = ""
    ssl_keyfile: Annotated[str, Setting("The private key of the TLS certificate (PEM).")] = ""
    trusted_proxies: Annotated[
        str, Setting("Addresses of reverse proxies whose X-Forwarded-* headers are believed, separated by commas.")
    ] = "127.0.0.1,::1"
    cors_origins: Annotated[
        str,
        Setting(
            "Origins of web pages of other sites that may call the API, such as `https://app.example.com`, separated "
            "by commas; `*` is any. Without it: none."
        ),
    ] = ""
    rate_limit_requests: Annotated[int, Setting("How many requests a user may make in a minute.")] = 200
    rate_limit_polls: Annotated[int, Setting("How many long polls a user may make in a minute.")] = 1200
    log_retention_s: Annotated[
        int, Setting("How many seconds of events are kept for queues to catch up with; at least 3600.")
    ] = 24 * 3600


def describe_settings() -> dict[str, Setting]:
    """Every setting's documentation, by name."""
    hints = get_type_hints(Settings, include_extras=True)
    return {
        name: next(note for note in hints[name].__metadata__ if isinstance(note, Setting))
        for name in Settings.__struct_fields__
    }


class SettingError(Exception):
    """A setting that cannot be: one line that says which and why."""


def load_settings(options: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Settings:
    """Options that are not None, else the environment, else the defaults."""
    values: dict[str, Any] = {}
    hints = get_type_hints(Settings)
    for name in Settings.__struct_fields__:
        variable = f"ALOHA_{name.upper()}"
        given = options.get(name)
        if given is None and environment.get(variable):
            given = environment[variable]
            if hints[name] is bool:
                given = given.lower() in ("1", "true", "yes", "on")
        if given is None:
            continue
        try:
            values[name] = Path(given) if hints[name] is Path else msgspec.convert(given, hints[name], strict=False)
        except msgspec.ValidationError as error:
            raise SettingError(f"{variable} (--{name.replace('_', '-')}) cannot be {given!r}: {error}") from error
    settings = Settings(**values)
    if bool(settings.ssl_certfile) != bool(settings.ssl_keyfile):
        raise SettingError("--ssl-certfile and --ssl-keyfile go together")
    if not 0 <= settings.port <= 65535:
        raise SettingError(f"--port {settings.port} is no port: 0 to 65535")
    if settings.log_retention_s < 3600:
        raise SettingError("--log-retention-s is at least 3600")
    if not 0 <= settings.max_file_upload_size_mib <= UPLOAD_MIB_MAX:
        raise SettingError(f"--max-file-upload-size-mib is 0 to {UPLOAD_MIB_MAX}")
    if settings.upload_quota_mib < 0:
        raise SettingError("--upload-quota-mib is 0 or more")
    return settings
