"""From the operator's settings to the store of files."""

import os
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from ..settings import SettingError, Settings
from .local import LocalFiles
from .storage import Files

FOLDER = "files"  # of the data folder
OPTIONS = frozenset({"endpoint", "region"})


def open_files(settings: Settings, environment: Mapping[str, str] = os.environ) -> Files:
    """Raises SettingError. The library that speaks S3 is loaded only where it is used."""
    if not settings.uploads_url:
        return LocalFiles(settings.data / FOLDER)
    from .s3 import Bucket, S3Files

    url = urlsplit(settings.uploads_url)
    options = parse_qs(url.query)
    if url.scheme != "s3" or not url.hostname or not OPTIONS.issuperset(options):
        raise SettingError("--uploads-url is like s3://bucket/prefix?endpoint=https://storage.example&region=eu-1")
    key = environment.get("AWS_ACCESS_KEY_ID", ""), environment.get("AWS_SECRET_ACCESS_KEY", "")
    if not all(key):
        raise SettingError("--uploads-url needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment")
    return S3Files(
        Bucket(
            name=url.netloc,
            prefix=url.path.strip("/"),
            endpoint=options.get("endpoint", [""])[0],
            region=options.get("region", ["us-east-1"])[0],
            access_key_id=key[0],
            secret_access_key=key[1],
        )
    )
