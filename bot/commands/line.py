"""`jigyokei line setup`: the rich menu and the webhook of the LINE account, shown before done."""

import argparse
import os
import sys
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from bot.errors import NotSent, SettingsError
from knowledge.errors import FileError

if TYPE_CHECKING:
    from bot.channels.line_sdk import LineAccount
    from bot.settings import LineSettings

WEBHOOK = "/line/webhook"
NO_URL = "PUBLIC_URL（https:// ではじまる、このサーバーのURL）を設定してください。"
NOT_SENT = {
    0: "LINEにつながりません。ネットワークを確かめて、もう一度お試しください。",
    401: "LINEがトークンを受けつけません。LINE_CHANNEL_ACCESS_TOKEN を確かめてください。",
    403: "このトークンではできません。チャネルの権限を確かめてください。",
    429: "LINEへの頼みごとが多すぎます。1時間ほど待って、もう一度お試しください。",
}
"""What to do, by the status LINE answers with."""
AFTERWARDS = "Webhookの利用と再送は、LINE Developers の画面でオンにしてください。"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["setup"], help="setup: LINEの画面を整えます")
    parser.add_argument("--yes", action="store_true", help="見せるだけでなく、実際に行います")


def run(options: argparse.Namespace) -> int:
    """Exit 0 done or shown, 1 LINE refused or the menu's file is faulty, 2 settings missing."""
    from bot.settings import Settings

    try:
        settings = Settings.read(os.environ, {})
        if settings.line is None or not settings.public_url:
            raise SettingsError([NO_URL])
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        steps = SetUp(settings.line, f"{settings.public_url}{WEBHOOK}").steps()
    except FileError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"LINE（{settings.line.api_url}）に、次のことを行います。")
    for number, (words, _) in enumerate(steps, 1):
        print(f"  {number}. {words}")
    if not options.yes:
        print("まだ何もしていません。行うときは --yes を付けてください。")
        return 0
    return _do(steps)


def _do(steps: list[tuple[str, Callable[[], None]]]) -> int:
    """Each step in turn; the first that fails ends it, and all can be done again."""
    for number, (_, do) in enumerate(steps, 1):
        try:
            do()
        except NotSent as error:
            why = NOT_SENT.get(error.status, f"LINEが断りました（{error.status}）。")
            print(f"  {number}. できませんでした。{why}", file=sys.stderr)
            return 1
        print(f"  {number}. できました。", flush=True)
    print(AFTERWARDS)
    return 0


class SetUp:
    """What is done to the account. Menus of before go last, so that there is always one."""

    def __init__(self, line: "LineSettings", webhook: str) -> None:
        from bot.channels.richmenu import load_menu

        self._line, self._webhook, self._menu, self._made = line, webhook, load_menu(), ""

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        """Each step in words, and the call that does it. Nothing is asked of LINE before."""
        name = self._menu.name
        titles = "・".join(area.title for area in self._menu.areas)
        return [
            (f"リッチメニュー「{name}」を作ります（{titles}）。", self._add),
            ("そのメニューを、すべての人に表示します。", self._show),
            (f"前に作った「{name}」という名前のメニューを消します。", self._drop),
            (f"Webhook URLを {self._webhook} にします。", self._hook),
        ]

    @cached_property
    def _account(self) -> "LineAccount":
        from bot.channels.line_sdk import LineAccount

        return LineAccount(self._line.token, self._line.api_url, self._line.data_api_url)

    def _add(self) -> None:
        from bot.channels.richmenu import IMAGE

        self._made = self._account.add_menu(self._menu.request(), IMAGE.read_bytes())

    def _show(self) -> None:
        self._account.show_menu(self._made)

    def _drop(self) -> None:
        for id in self._account.menus(self._menu.name):
            if id != self._made:
                self._account.drop_menu(id)

    def _hook(self) -> None:
        self._account.set_webhook(self._webhook)
