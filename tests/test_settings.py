"""Settings: options over environment over defaults, and every one documented."""

from pathlib import Path

import pytest

from aloha_server.settings import SettingError, Settings, describe_settings, load_settings

README = (Path(__file__).parent.parent / "README.md").read_text()


@pytest.mark.parametrize(("name", "setting"), describe_settings().items())
def test_every_setting_stands_in_the_readme_with_its_variable(name: str, setting: object) -> None:
    row = f"| `--{name.replace('_', '-')}` | `ALOHA_{name.upper()}` | {describe_settings()[name].doc} |"
    assert row in README, "add this row to the README's table: " + row


def test_an_option_wins_over_the_environment_and_that_over_the_default() -> None:
    environment = {"ALOHA_PORT": "1234", "ALOHA_HOST": "::1", "ALOHA_DEMO": "true"}
    assert load_settings({"port": "99", "host": None}, environment) == Settings(port=99, host="::1", demo=True)
    assert load_settings({}, {}) == Settings()


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"port": "many"}, "--port"),
        ({"port": "70000"}, "no port"),
        ({"ssl_certfile": "cert.pem"}, "go together"),
        ({"log_retention_s": "10"}, "at least 3600"),
    ],
)
def test_a_setting_that_cannot_be_is_named(options: dict[str, str], complaint: str) -> None:
    with pytest.raises(SettingError, match=complaint):
        load_settings(options, {})
