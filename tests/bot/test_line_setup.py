"""`jigyokei line setup`: shows first, does it with `--yes`, and can be run again."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.__main__ import main
from bot.channels.line_sdk import LineAccount
from bot.channels.richmenu import IMAGE, load_menu
from bot.errors import NotSent

TOKEN = "a-token-nobody-may-see"
URL = "https://bot.example.jp"


class Account:
    """LINE's side: the menus and webhook of one account, and everything it was asked."""

    def __init__(self) -> None:
        self.menus: dict[str, Any] = {"old": {**load_menu().request(), "richMenuId": "old"}}
        self.menus["other"] = {**load_menu().request(), "richMenuId": "other", "name": "別のもの"}
        self.images: dict[str, bytes] = {}
        self.shown, self.webhook = "old", ""
        self.asked: list[str] = []
        self.tokens = set[str | None]()
        self.status = 0

    def answer(self, method: str, path: str, body: bytes) -> Any:
        """What LINE answers: a JSON object."""
        self.asked.append(f"{method} {path}")
        match method, path.strip("/").split("/")[2:]:
            case "POST", ["richmenu"]:
                self.menus["new"] = {**json.loads(body), "richMenuId": "new"}
                return {"richMenuId": "new"}
            case "POST", ["richmenu", id, "content"]:
                self.images[id] = body
            case "POST", ["user", "all", "richmenu", id]:
                self.shown = id
            case "GET", ["richmenu", "list"]:
                return {"richmenus": [*self.menus.values()]}
            case "DELETE", ["richmenu", id]:
                del self.menus[id]
            case "PUT", ["channel", "webhook", "endpoint"]:
                self.webhook = json.loads(body)["endpoint"]
        return {}


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """An account to set up, on this machine, with the variables that lead to it."""
    account = Account()

    class Handler(BaseHTTPRequestHandler):
        def handle_one(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            account.tokens.add(self.headers.get("Authorization"))
            answer = json.dumps(account.answer(self.command, self.path, body)).encode()
            self.send_response(account.status or 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = do_PUT = do_DELETE = handle_one  # noqa: N815 - names of http.server

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the console."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    here = f"http://127.0.0.1:{server.server_port}"
    for name, value in {
        "OPERATOR_NAME": "試験協同組合", "OPERATOR_PHONE": "03-1234-5678",
        "LINE_CHANNEL_SECRET": "secret", "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        "LINE_API_URL": here, "LINE_DATA_API_URL": here, "PUBLIC_URL": URL,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    yield account
    server.shutdown()
    thread.join()
    server.server_close()


def test_without_yes_it_only_shows(line: Account, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["line", "setup"]) == 0
    said = capsys.readouterr().out
    assert f"{URL}/line/webhook" in said
    assert "答えの確認" in said
    assert "--yes" in said
    assert line.asked == []


def test_with_yes_the_menu_is_shown_and_the_webhook_set(
    line: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["line", "setup", "--yes"]) == 0
    assert line.shown == "new"
    assert line.images == {"new": IMAGE.read_bytes()}
    assert line.webhook == f"{URL}/line/webhook"
    assert line.tokens == {f"Bearer {TOKEN}"}
    sent = {key: value for key, value in line.menus["new"].items() if key != "richMenuId"}
    assert sent == load_menu().request()
    shown = capsys.readouterr()
    assert TOKEN not in shown.out + shown.err


def test_the_menu_of_before_goes_last_and_those_of_others_stay(line: Account) -> None:
    assert main(["line", "setup", "--yes"]) == 0
    assert set(line.menus) == {"new", "other"}
    dropped = line.asked.index("DELETE /v2/bot/richmenu/old")
    assert dropped > line.asked.index("POST /v2/bot/user/all/richmenu/new")


@pytest.mark.parametrize(
    ("status", "says"),
    [(401, "LINE_CHANNEL_ACCESS_TOKEN"), (403, "権限"), (429, "1時間"), (500, "500")],
)
def test_a_refusal_is_said_with_what_to_do_and_nothing_more_is_done(
    line: Account, capsys: pytest.CaptureFixture[str], status: int, says: str
) -> None:
    line.status = status
    assert main(["line", "setup", "--yes"]) == 1
    said = capsys.readouterr()
    assert says in said.err
    assert TOKEN not in said.out + said.err
    assert line.asked == ["POST /v2/bot/richmenu"]
    assert line.shown == "old"


def test_a_network_that_is_away_is_said(
    line: Account, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINE_API_URL", "http://127.0.0.1:9")
    assert main(["line", "setup", "--yes"]) == 1
    assert "つながりません" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["PUBLIC_URL", "LINE_CHANNEL_ACCESS_TOKEN"])
def test_a_missing_setting_is_named_before_anything_is_done(
    line: Account, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.delenv(name)
    assert main(["line", "setup", "--yes"]) == 2
    assert name in capsys.readouterr().err
    assert line.asked == []


def test_an_error_of_line_never_carries_the_token() -> None:
    url = "http://127.0.0.1:9"
    with pytest.raises(NotSent) as refused:
        LineAccount(TOKEN, url, url).set_webhook("https://bot.example.jp/line/webhook")
    assert TOKEN not in repr(refused.value)
    assert refused.value.__cause__ is None
