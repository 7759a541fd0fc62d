"""Variables: the environment as it is read, with everything that is wrong with it in sentences."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

LOG_LEVELS = ("debug", "info", "warning", "error", "critical")
MOST_SECRETS = 2
"""Two while a secret is being swapped."""
LONGEST_NAME = 40
NO_CHANNEL = (
    "窓口が1つも設定されていません。LINEを使うには、LINE_CHANNEL_SECRET と "
    "LINE_CHANNEL_ACCESS_TOKEN を設定してください（LINE Developers の画面にあります）。"
)
_PRINTABLE = re.compile(r"[!-~]{1,1000}")
_PHONE = re.compile(r"\+?\d[\d-]{2,18}\d")
_USER = re.compile(r"U[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class LineSettings:
    """What LINE needs. The first secret is today's; a second is accepted during a swap."""

    secrets: tuple[str, ...] = field(repr=False)
    token: str = field(repr=False)
    bot_user_id: str
    api_url: str
    data_api_url: str


class Variables:
    """Reads variables and collects what is wrong with them, one Japanese sentence each.

    A sentence names the variable and what to write, never its value.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._faults: list[str] = []
        self._missing_operator: list[str] = []
        self._half = False

    def get(self, name: str) -> str:
        return self._environ.get(name, "").strip()

    def all_faults(self, channel: bool) -> tuple[str, ...]:
        """Everything found. Who runs the bot matters only where somebody is served."""
        missing = [f"{name} を設定してください。" for name in self._missing_operator]
        if not channel and not self._half:
            return (*self._faults, NO_CHANNEL, *missing)
        return (*missing, *self._faults)

    def name(self, variable: str) -> str:
        value = self.get(variable)
        if not value:
            self._missing_operator.append(variable)
        elif len(value) > LONGEST_NAME or not value.isprintable():
            self._wrong(variable, f"{LONGEST_NAME}字までの名前")
        return value

    def phone(self, variable: str) -> str:
        value = self.get(variable)
        if not value:
            self._missing_operator.append(variable)
        elif not _PHONE.fullmatch(value):
            self._wrong(variable, "電話番号（03-1234-5678 の形）")
        return value

    def line(self) -> LineSettings | None:
        """None where LINE is off; half of it set is a fault, and so is a garbled part."""
        secrets = tuple(filter(None, map(str.strip, self.get("LINE_CHANNEL_SECRET").split(","))))
        token = self.get("LINE_CHANNEL_ACCESS_TOKEN")
        given = {"LINE_CHANNEL_SECRET": secrets, "LINE_CHANNEL_ACCESS_TOKEN": token}
        self._half = any(given.values())
        if not self._half:
            return None
        self._faults += [
            f"{name} を設定してください。" for name, value in given.items() if not value
        ]
        if len(secrets) > MOST_SECRETS or not all(map(_PRINTABLE.fullmatch, secrets)):
            self._wrong("LINE_CHANNEL_SECRET", "チャネルシークレット（コンマで区切って2つまで）")
        if token and not _PRINTABLE.fullmatch(token):
            self._wrong("LINE_CHANNEL_ACCESS_TOKEN", "チャネルアクセストークン（1行の英数字）")
        bot = self.get("LINE_BOT_USER_ID")
        if bot and not _USER.fullmatch(bot):
            self._wrong("LINE_BOT_USER_ID", "Uではじまる33字のID")
        return LineSettings(
            secrets,
            token,
            bot,
            self.url("LINE_API_URL", "https://api.line.me"),
            self.url("LINE_DATA_API_URL", "https://api-data.line.me"),
        )

    def database(self) -> str:
        """The URL as given; SQLite in the data folder where there is none."""
        url = self.get("DATABASE_URL")
        if not url:
            return f"sqlite:///{self.data_dir() / 'bot.db'}"
        if not re.match(r"(postgres|postgresql)://.|sqlite:///.", url):
            self._wrong("DATABASE_URL", "postgres://、postgresql://、sqlite:/// のどれか")
        elif url.startswith("postgres"):
            self._faults += [
                f"PostgreSQL では {name} を設定してください。"
                for name in ("ID_KEY", "DATA_KEY")
                if not self.get(name)
            ]
        return url

    def data_dir(self) -> Path:
        return Path(self.get("DATA_DIR") or "data")

    def key(self, variable: str) -> str:
        value = self.get(variable)
        if value and not _PRINTABLE.fullmatch(value):
            self._wrong(variable, "1行の英数字")
        return value

    def host(self) -> str:
        """A host that sets the port wants to reach it from outside."""
        return self.get("HOST") or ("0.0.0.0" if self.get("PORT") else "127.0.0.1")

    def port(self, option: object) -> int:
        value = str(option) if option is not None else self.get("PORT") or "8000"
        if value.isascii() and value.isdigit() and int(value[:6]) <= 65535:
            return int(value)
        self._wrong("PORT", "0〜65535 の番号")
        return 0

    def url(self, variable: str, default: str) -> str:
        """Without a slash at its end. Only https, or http on this machine."""
        value = self.get(variable) or default
        if value and not _safe(value):
            self._wrong(variable, "https:// ではじまるURL")
        return value.rstrip("/")

    def log_level(self) -> str:
        value = (self.get("LOG_LEVEL") or "info").lower()
        if value not in LOG_LEVELS:
            self._wrong("LOG_LEVEL", "、".join(LOG_LEVELS) + " のどれか")
        return value

    def _wrong(self, variable: str, wanted: str) -> None:
        self._faults.append(f"{variable} が正しくありません。{wanted}にしてください。")


def _safe(url: str) -> bool:
    """May a token be sent there?"""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    return parts.scheme == "http" and (host == "localhost" or _loopback(host))


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
