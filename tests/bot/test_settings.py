"""Settings: what `serve` is told by variables, and what it says of those that cannot be used."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings

FULL = {
    "OPERATOR_NAME": "試験商工会", "OPERATOR_PHONE": "03-1234-5678",
    "LINE_CHANNEL_SECRET": "secret", "LINE_CHANNEL_ACCESS_TOKEN": "token",
}  # fmt: skip
POSTGRES = {"DATABASE_URL": "postgres://u:p@host/db", "ID_KEY": "i" * 32, "DATA_KEY": "d" * 44}


def faults(environ: dict[str, str], **options: object) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        Settings.read(environ, options)
    return caught.value.faults


def test_the_least_that_serves_line_gets_the_defaults_of_the_protocol():
    read = Settings.read(FULL, {})
    assert (read.host, read.port, read.log_level) == ("127.0.0.1", 8000, "info")
    assert read.data_dir == Path("data")
    assert read.database_url == "sqlite:///data/bot.db"
    assert read.line
    assert read.line.api_url == "https://api.line.me"
    assert read.line.data_api_url == "https://api-data.line.me"
    assert read.line.bot_user_id == ""


def test_a_port_set_by_the_host_is_served_to_the_outside():
    assert Settings.read({**FULL, "PORT": "5000"}, {}).host == "0.0.0.0"
    assert Settings.read({**FULL, "PORT": "5000", "HOST": "127.0.0.1"}, {}).host == "127.0.0.1"


def test_options_win_over_variables():
    read = Settings.read({**FULL, "PORT": "5000"}, {"host": "127.0.0.2", "port": "6000"})
    assert (read.host, read.port) == ("127.0.0.2", 6000)


def test_two_secrets_serve_during_a_swap_and_three_do_not():
    read = Settings.read({**FULL, "LINE_CHANNEL_SECRET": "new, old"}, {})
    assert read.line
    assert read.line.secrets == ("new", "old")
    (fault,) = faults({**FULL, "LINE_CHANNEL_SECRET": "a,b,c"})
    assert "LINE_CHANNEL_SECRET" in fault


def test_without_a_channel_it_says_what_switches_one_on():
    said = "\n".join(faults({}))
    assert "LINE_CHANNEL_SECRET" in said
    assert "LINE_CHANNEL_ACCESS_TOKEN" in said


def test_every_missing_and_garbled_variable_is_named_at_once():
    garbled = {
        "LINE_CHANNEL_SECRET": "secret", "PORT": "eighty", "LOG_LEVEL": "loud",
        "LINE_BOT_USER_ID": "U1", "LINE_API_URL": "http://example.com", "PUBLIC_URL": "example",
        "DATABASE_URL": "mysql://x", "OPERATOR_PHONE": "phone",
    }  # fmt: skip
    found = "\n".join(faults(garbled))
    for name in (*garbled, "OPERATOR_NAME", "LINE_CHANNEL_ACCESS_TOKEN"):
        assert (name in found) == (name != "LINE_CHANNEL_SECRET"), name


def test_postgresql_needs_both_keys_and_sqlite_none():
    assert Settings.read({**FULL, **POSTGRES}, {}).on_postgres
    found = faults({**FULL, "DATABASE_URL": POSTGRES["DATABASE_URL"]})
    assert [("ID_KEY" in f, "DATA_KEY" in f) for f in found] == [(True, False), (False, True)]


@pytest.mark.parametrize("port", ["", "-1", "65536", "８０", "1.5", "9" * 5000])
def test_only_a_number_that_is_a_port_is_one(port: str):
    if port:
        assert "PORT" in faults({**FULL, "PORT": port})[0]
    else:
        assert Settings.read({**FULL, "PORT": port}, {}).port == 8000


@pytest.mark.parametrize(
    "url", ["http://example.com", "http://10.0.0.1", "ftp://a", "https://", "http://[", "//a"]
)
def test_a_token_goes_only_over_https_or_to_this_machine(url: str):
    assert "LINE_API_URL" in faults({**FULL, "LINE_API_URL": url})[0]
    assert Settings.read({**FULL, "LINE_API_URL": "http://127.0.0.1:9/"}, {}).line


def test_neither_a_fault_nor_the_settings_repeat_a_secret():
    canary = "c4n4ry\x00"
    said = "\n".join(faults(dict.fromkeys((*FULL, *POSTGRES, "PORT"), canary)))
    assert "c4n4ry" not in said
    secret = {"LINE_CHANNEL_SECRET": "c4n4ry", "LINE_CHANNEL_ACCESS_TOKEN": "c4n4ry"}
    assert "c4n4ry" not in repr(Settings.read({**FULL, **POSTGRES, **secret}, {}))
