"""Where the configuration comes from, and what is said when it is wrong."""

import stat
from pathlib import Path

import pytest

import aloha
from aloha.config import Config, ConfigError, load_config, normalize_site, write_aloharc

KEY = "abcdefghijklmnopqrstuvwxyz012345"
FILE = f"[api]\nemail=file@x.example\nkey={KEY}\nsite=https://file.example\n"
ENVIRON = {"ALOHA_EMAIL": "env@x.example", "ALOHA_API_KEY": "e" * 32, "ALOHA_SITE": "https://env.example"}


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(0o600)
    return path


def test_a_file_is_enough(tmp_path: Path) -> None:
    path = write(tmp_path / "aloharc", FILE)
    expected = Config(email="file@x.example", api_key=KEY, site="https://file.example")
    assert load_config(path, environ={}) == expected
    assert load_config(environ={"ALOHA_CONFIG": str(path)}) == expected


def test_arguments_come_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "aloharc", FILE)
    config = load_config(path, email="arg@x.example", environ={"ALOHA_SITE": "https://env.example"})
    assert (config.email, config.site, config.api_key) == ("arg@x.example", "https://env.example", KEY)


def test_the_environment_alone_is_enough() -> None:
    assert load_config(environ=ENVIRON).email == "env@x.example"


def test_the_file_in_the_home_folder_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    write(tmp_path / ".aloharc", FILE)
    assert load_config(environ={}).email == "file@x.example"
    write(tmp_path / "other", FILE.replace("file@", "other@"))
    assert load_config("~/other", environ={}).email == "other@x.example"


def test_tls_options_are_read_from_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "aloharc", FILE + "insecure=yes\ncert_bundle=/ca.pem\nclient_cert=/me.pem\n")
    config = load_config(path, environ={})
    assert (config.insecure, config.cert_bundle, config.client_cert) == (True, "/ca.pem", "/me.pem")
    assert load_config(path, insecure=False, environ={}).insecure is False


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("email=x\n", ", line 1: write [api] above"),
        ("[api]\nemail=x\nsomething else\n", ", line 3: write NAME=VALUE"),
        ("[api]\nemail=x\nemail=y\n", ", line 3: is there twice"),
        ("[zulip]\nemail=x\n", "has no section [api]"),
        (FILE.replace("key=", "kye="), "no api_key was given: write key=... under [api] in "),
        (FILE.replace("https://file.example", ""), "no site was given: write site=... under [api] in "),
        (FILE + "insecure=perhaps\n", "insecure is 'perhaps': write true or false"),
        (FILE + "client_cert_key=/k.pem\n", "without client_cert"),
        (FILE.replace("https:", "ftp:"), "write the server's address"),
    ],
)
def test_a_broken_file_is_told_with_what_to_write(tmp_path: Path, text: str, words: str) -> None:
    path = write(tmp_path / "aloharc", text)
    with pytest.raises(ConfigError) as caught:
        load_config(path, environ={})
    assert words in str(caught.value)
    assert KEY not in str(caught.value)


def test_a_missing_file_is_told_with_an_example(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no such file(.|\n)*\[api\]"):
        load_config(tmp_path / "nothing", environ={})


def test_nothing_at_all_is_told_with_all_three_ways() -> None:
    with pytest.raises(ConfigError, match=r"under \[api\] in .*\.aloharc, set ALOHA_EMAIL, or pass email="):
        load_config(environ={})


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "aloharc"
    path.write_bytes(b"[api]\nemail=\xff\n")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(path, environ={})


def test_a_file_that_others_can_read_draws_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = write(tmp_path / "aloharc", FILE)
    load_config(path, environ={})
    assert not caplog.text
    path.chmod(0o644)
    load_config(path, environ={})
    assert "chmod 600" in caplog.text


def test_a_written_file_is_private_and_read_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "aloharc"
    write(path, "old")
    path.chmod(0o644)
    write_aloharc(path, "a%b@x.example", KEY, "https://x.example/")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_config(path, environ={}) == Config(email="a%b@x.example", api_key=KEY, site="https://x.example")
    assert [entry.name for entry in tmp_path.iterdir()] == ["aloharc"]


def test_a_value_cannot_add_lines_to_a_written_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="line break"):
        write_aloharc(tmp_path / "aloharc", "a@x.example\ninsecure=yes", KEY, "https://x.example")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("site", "normal"),
    [
        ("chat.example.com", "https://chat.example.com"),
        ("localhost:9991", "http://localhost:9991"),
        ("127.0.0.1:9991", "http://127.0.0.1:9991"),
        ("https://x.example/", "https://x.example"),
        ("https://x.example/api", "https://x.example"),
        ("https://x.example/chat/", "https://x.example/chat"),
    ],
)
def test_a_site_is_brought_into_one_form(site: str, normal: str) -> None:
    assert normalize_site(site) == normal


@pytest.mark.parametrize("site", ["https://", "mailto:x", "https://me:pw@x.example", "https://x.example/?a"])
def test_what_is_no_site_is_refused(site: str) -> None:
    with pytest.raises(ConfigError):
        normalize_site(site)


def test_the_key_is_in_no_repr() -> None:
    config = load_config(environ=ENVIRON)
    client = aloha.Client(email="a@x.example", api_key=KEY, site="x.example")
    assert ENVIRON["ALOHA_API_KEY"] not in repr(config)
    assert KEY not in repr(client)
