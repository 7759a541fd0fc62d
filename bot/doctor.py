"""The Doctor: looks at what a bot needs to work; each Finding that is bad names its fix."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.content import load_content
from bot.errors import NotSent, SettingsError
from bot.migrations import HEAD
from bot.settings import Settings
from bot.tables import conversation
from knowledge.errors import FileError

if TYPE_CHECKING:
    from bot.keys import Keys
    from bot.store import Store

WEBHOOK_PATH = "/line/webhook"
REDELIVERY = (
    "LINEの「Webhookの再送」がオンか、LINE Developers の Messaging API設定で確かめてください。"
    "オンにしないと、障害のあいだのメッセージが失われます（この設定はAPIでは読めません）。"
)

TOKEN = "LINE_CHANNEL_ACCESS_TOKEN を発行し直してください。"
MOST_ADDRESSES = 1_000
"""Sealed addresses that are tried, in no order that has to do with their age."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `says` is what was found, or what to do. Never a secret.

    `good` is None for what cannot be seen from here: somebody has to look.
    """

    good: bool | None
    name: str
    says: str

    def __str__(self) -> str:
        return f"{_MARKS[self.good]} {self.name}: {self.says}"


_MARKS = {True: "○", False: "×", None: "・"}


class Doctor:
    """`faults` are those of the settings, found while they were read."""

    def __init__(self, settings: Settings, faults: tuple[str, ...]) -> None:
        self._settings, self._faults = settings, faults

    async def look(self) -> list[Finding]:
        """Everything, in order, however much of it is wrong."""
        found = [Finding(False, "設定", fault) for fault in self._faults]
        found = found or [Finding(True, "設定", "すべてそろっています。")]
        found.append(self._content())
        if not any("DATABASE_URL" in f or "_KEY" in f for f in self._faults):
            found += await asyncio.to_thread(self._database)
        line = self._settings.line
        if line and line.token and not any("LINE_" in fault for fault in self._faults):
            found += await self._line()
        return found

    def _content(self) -> Finding:
        try:
            load_content(operator=self._settings.operator)
        except FileError as error:
            lines = len(error.faults)
            return Finding(
                False, "内容", f"{lines}件の誤りがあります。jigyokei check をご覧ください。"
            )
        return Finding(True, "内容", "読めました。")

    def _database(self) -> list[Finding]:
        from bot.service import keys_of  # noqa: PLC0415 - brings everything along
        from bot.store import Store  # noqa: PLC0415

        try:
            keys = keys_of(self._settings)
            store = Store.open(self._settings.database_url)
            revision, lost = store.revision(), _unopened(store, keys)
            store.close()
        except SettingsError as error:
            return [Finding(False, "データベース", line) for line in error.faults]
        except (SQLAlchemyError, OSError):
            fix = "つながりません。DATABASE_URL（SQLiteは DATA_DIR）を確かめてください。"
            return [Finding(False, "データベース", fix)]
        if revision != HEAD:
            return [Finding(False, "データベース", "jigyokei migrate を実行してください。")]
        kind = "PostgreSQL" if self._settings.on_postgres else "SQLite"
        return [Finding(True, "データベース", f"{kind} に書けます。"), *_keys(lost)]

    async def _line(self) -> list[Finding]:
        """The token, whose bot it is, the webhook. Asks LINE, and changes nothing there."""
        from bot.channels.line_api import LineApi  # noqa: PLC0415

        assert self._settings.line
        api = LineApi(self._settings.line)
        try:
            return [await self._token(api.info), await self._hook(api.webhook), *self._hint()]
        finally:
            await api.close()

    async def _token(self, info: Callable[..., object]) -> Finding:
        line = self._settings.line
        assert line
        try:
            own = await info()  # type: ignore[misc]
        except NotSent as error:
            return _refused("LINEのトークン", error, TOKEN)
        if line.bot_user_id and own.get("userId") != line.bot_user_id:
            fix = "LINE_BOT_USER_ID がこのトークンのボットと違います。どちらかを直してください。"
            return Finding(False, "LINEのトークン", fix)
        return Finding(True, "LINEのトークン", "使えます。")

    async def _hook(self, webhook: Callable[..., object]) -> Finding:
        name = "LINEのWebhook"
        fix = "jigyokei line setup で設定してください。"
        try:
            hook = await webhook()  # type: ignore[misc]
        except NotSent as error:
            return _refused(name, error, TOKEN if error.status in (401, 403) else fix)
        endpoint, public = str(hook.get("endpoint", "")), self._settings.public_url
        if not endpoint.endswith(WEBHOOK_PATH) or (public and not endpoint.startswith(public)):
            return Finding(False, name, f"URLが {WEBHOOK_PATH} を指していません。{fix}")
        if not hook.get("active"):
            return Finding(
                False, name, "オフです。LINE Developers で「Webhookの利用」をオンにしてください。"
            )
        return Finding(True, name, "オンです。")

    def _hint(self) -> list[Finding]:
        return [Finding(None, "LINEの再送", REDELIVERY)]


def _unopened(store: "Store", keys: "Keys") -> int | None:
    """How many sealed addresses no key opens any more; None where there are none to open."""
    sealed = select(conversation.c.address).where(conversation.c.address.is_not(None))
    with store.read() as connection:
        found = list(connection.scalars(sealed.limit(MOST_ADDRESSES)))
    return sum(not _opens(keys, bytes(each)) for each in found) if found else None


def _opens(keys: "Keys", sealed: bytes) -> bool:
    try:
        keys.unseal(sealed)
    except SettingsError:
        return False
    return True


def _keys(lost: int | None) -> list[Finding]:
    """What is said of them; nothing where nobody was met yet."""
    if lost is None:
        return []
    fix = f"開けないLINEのIDが{lost}件あります。前の DATA_KEY を、うしろに足してください。"
    return [Finding(not lost, "鍵", fix if lost else "しまったLINEのIDを開けます。")]


def _refused(name: str, error: NotSent, fix: str) -> Finding:
    if error.status in (401, 403, 404):
        return Finding(False, name, fix)
    return Finding(
        False, name, "LINEにつながりません。ネットワークと LINE_API_URL を確かめてください。"
    )
