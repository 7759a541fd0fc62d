"""`jigyokei doctor`: each thing that is wrong is named with what to do about it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.__main__ import main
from bot.doctor import Doctor, Finding
from bot.keys import Keys
from bot.settings import Settings
from bot.store import Store
from bot.tables import conversation
from bot.trial.faults import Faults
from bot.trial.line_server import LineServer
from tests.bot.serving import variables

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def line() -> Iterator[LineServer]:
    with LineServer(Faults(1)) as server:
        server.line.account.webhook = "https://bot.example.jp/line/webhook"
        yield server


def look(given: dict[str, str]) -> dict[str, Finding]:
    found = asyncio.run(Doctor(*Settings.look(given, {})).look())
    return {finding.name: finding for finding in found}


def test_where_all_is_well_every_finding_is_good(line: LineServer, tmp_path: Path):
    found = look(variables(line, tmp_path))
    assert {name: f.says for name, f in found.items() if f.good is False} == {}
    assert {"設定", "内容", "データベース", "LINEのトークン", "LINEのWebhook", "LINEの再送"} == set(
        found
    )


def test_it_reminds_of_redelivery_which_it_cannot_see(line: LineServer, tmp_path: Path):
    finding = look(variables(line, tmp_path))["LINEの再送"]
    assert "Webhookの再送" in finding.says
    assert finding.good is None
    assert str(finding).startswith("・ ")


def test_a_bad_token_is_what_has_to_be_mended_first(line: LineServer, tmp_path: Path):
    found = look(variables(line, tmp_path) | {"LINE_CHANNEL_ACCESS_TOKEN": "wrong"})
    wrong = [finding.says for finding in found.values() if finding.good is False]
    assert len(wrong) == 2
    assert all("LINE_CHANNEL_ACCESS_TOKEN" in says for says in wrong)


def test_an_address_that_no_key_opens_is_seen(line: LineServer, tmp_path: Path):
    given = variables(line, tmp_path)
    keys = Keys.from_text(given["ID_KEY"], given["DATA_KEY"])
    assert "鍵" not in look(given)
    store = Store.open(f"sqlite:///{tmp_path / 'bot.db'}")
    with store.engine.begin() as connection:
        row = {"conv_key": b"k" * 32, "address": keys.seal("Uann")}
        connection.execute(conversation.insert(), [row])
    store.close()
    assert look(given)["鍵"].good
    new = Fernet.generate_key().decode()
    assert look({**given, "DATA_KEY": f"{new},{given['DATA_KEY']}"})["鍵"].good
    lost = look({**given, "DATA_KEY": new})["鍵"]
    assert lost.good is False
    assert "DATA_KEY" in lost.says


@pytest.mark.parametrize(
    ("given", "name", "fix"),
    [
        ({"LINE_CHANNEL_ACCESS_TOKEN": "wrong"}, "LINEのトークン", "LINE_CHANNEL_ACCESS_TOKEN"),
        ({"LINE_BOT_USER_ID": "U" + "0" * 32}, "LINEのトークン", "LINE_BOT_USER_ID"),
        ({"LINE_API_URL": "http://127.0.0.1:1"}, "LINEのトークン", "LINE_API_URL"),
        ({"PUBLIC_URL": "https://other.example.jp"}, "LINEのWebhook", "jigyokei line setup"),
        ({"DATABASE_URL": "sqlite:////dev/null/bot.db"}, "データベース", "DATABASE_URL"),
        ({"OPERATOR_NAME": ""}, "設定", "OPERATOR_NAME"),
    ],
)
def test_each_failure_names_its_fix(
    line: LineServer, tmp_path: Path, given: dict[str, str], name: str, fix: str
):
    finding = look(variables(line, tmp_path) | given)[name]
    assert not finding.good
    assert fix in finding.says


def test_a_webhook_that_is_off_or_elsewhere_is_seen(line: LineServer, tmp_path: Path):
    line.line.account.webhook_active = False
    assert "オン" in look(variables(line, tmp_path))["LINEのWebhook"].says
    line.line.account.webhook = "https://bot.example.jp/callback"
    assert "/line/webhook" in look(variables(line, tmp_path))["LINEのWebhook"].says


def test_the_exit_code_tells_settings_from_other_faults(
    line: LineServer, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
):
    for name in ("PORT", "HOST"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables(line, tmp_path).items():
        monkeypatch.setenv(name, value)
    assert main(["doctor"]) == 0
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", "wrong")
    assert main(["doctor"]) == 1
    monkeypatch.setenv("PORT", "x")
    assert main(["doctor"]) == 2
    assert line.line.account.secret not in capsys.readouterr().out
