"""The trial LINE itself: takes the bot's calls, decides, and says what became of each.

No network here: `line_api.py` is its front, `line_courier.py` brings its events to the bot.
"""

import hashlib
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.trial.faults import Faults
from bot.trial.history import History
from bot.trial.line_checks import Fault
from bot.trial.line_ledger import Rates, RetryKeys, Tokens
from bot.trial.line_messages import LOADING, PUSH, REPLY, faults_of
from bot.trial.line_people import Chat, Ids

FREE_PLAN = 200
"""Pushes a month on the free plan."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call is answered with. `visible`: somebody sees it now; `why`: else, why not."""

    status: int
    body: Mapping[str, Any] | bytes
    visible: bool = False
    why: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Account:
    """The bot's account. `secret` may be changed at any time: the old one is dead at once."""

    secret: str = "8c570fa6dd201bb328f1c1eac23a96d8"
    access_token: str = "trial-token"
    bot: str = "U8e742f61d673b39c7fff3cecb7536ef0"
    quota: int | None = FREE_PLAN
    webhook: str = ""
    webhook_active: bool = True
    used: int = 0


class Line:
    """All that is known on the platform. Every public method may be called from any thread."""

    def __init__(
        self, seed: int, faults: Faults, account: Account | None = None, history: Path | None = None
    ) -> None:
        self.account, self.faults = account or Account(), faults
        self.offset = 0.0
        self.history = History(self.now, history)
        self.ids, self.tokens, self.retries, self.rates = Ids(seed), Tokens(), RetryKeys(), Rates()
        self.chats: dict[str, Chat] = {}
        self.contents: dict[str, bytes] = {}
        self.menus: dict[str, dict[str, Any]] = {}
        self.menu_images: dict[str, bytes] = {}
        self.default_menu = ""
        self.lock = threading.RLock()
        self.knock: Callable[[], Awaitable[tuple[int | None, str | None]]]

    def now(self) -> float:
        """The platform's clock: seconds since 1970, with an offset only tests set."""
        return time.time() + self.offset

    def reply(self, body: Any, headers: Mapping[str, str]) -> Answer:
        """`POST /v2/bot/message/reply`: right as a whole, with a live token, or refused."""
        with self.lock:
            if "x-line-retry-key" in headers:
                return refusal("The retry key cannot be used with this API")
            if found := faults_of(REPLY, body):
                return _faulty(found)
            token = self.tokens.usable(body["replyToken"], self.now())
            if token is None:
                return refusal("Invalid reply token")
            token.used = True
            return self._show(token.chat, body["messages"], "")

    def push(self, body: Any, headers: Mapping[str, str], digest: bytes) -> Answer:
        """`POST /v2/bot/message/push`: to a friend or one who wrote within a week; counted."""
        with self.lock:
            key, now = headers.get("x-line-retry-key"), self.now()
            seen = self.retries.seen(key, digest, now) if key is not None else "new"
            if seen == "same" and key is not None:
                return _again(self.retries.taken[key.lower()][1])
            if seen != "new":
                return refusal("The retry key is invalid")
            if found := faults_of(PUSH, body):
                return _faulty(found)
            chat = self.chats.get(body["to"])
            why = chat.reach(now) if chat else "stranger"
            if why == "stranger":
                return refusal("Failed to send messages")
            if self.account.quota is not None and self.account.used >= self.account.quota:
                return Answer(429, {"message": "You have reached your monthly limit."}, why="quota")
            self.account.used += not why
            answer = self._show(body["to"], body["messages"], why)
            if key is not None:
                self.retries.take(key, digest, answer.headers["x-line-request-id"], now)
            return answer

    def _show(self, chat: str, messages: list[dict[str, Any]], why: str) -> Answer:
        """Put the messages in front of the person, unless there is a reason `why` not."""
        place = self.chats.setdefault(chat, Chat(chat))
        why = why or ("blocked" if place.blocked else "")
        if not why:
            place.seen.extend(messages)
        sent = [{"id": self.ids.message(), "quoteToken": self.ids.token()} for _ in messages]
        request = {"x-line-request-id": self.ids.token()}
        return Answer(200, {"sentMessages": sent}, not why, why, request)

    def loading(self, body: Any) -> Answer:
        """`POST /v2/bot/chat/loading/start`: the dots, in a talk of two only."""
        with self.lock:
            if not self.rates.allow("loading", self.now()):
                return refusal("The API rate limit has been exceeded.", 429)
            if found := faults_of(LOADING, body):
                return _faulty(found)
            return Answer(202, {})

    def profile(self, person: str) -> Answer:
        """`GET /v2/bot/profile/{id}`: of a friend; anybody else is not found."""
        chat = self.chats.get(person)
        if chat is None or chat.blocked or not (chat.friend or chat.wrote_at):
            return refusal("Not found", 404)
        name = f"お試しの人{list(self.chats).index(person) + 1}"
        return Answer(200, {"displayName": name, "userId": person, "language": "ja"})

    def event_of(self, body: Any) -> str | None:
        """The event a call answers, by its token, also where that is dead."""
        token = self.tokens.known.get(_text(body, "replyToken"))
        return token.event if token else None

    def chat_of(self, body: Any) -> str | None:
        """The chat a call writes to, by its token or by name."""
        token = self.tokens.known.get(_text(body, "replyToken"))
        return token.chat if token else _text(body, "to") or _text(body, "chatId") or None


def _text(body: Any, name: str) -> str:
    value = body.get(name) if isinstance(body, dict) else None
    return value if isinstance(value, str) else ""


def digest_of(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()


def refusal(message: str, status: int = 400) -> Answer:
    return Answer(status, {"message": message}, why=message)


def _again(request: str) -> Answer:
    message = "The retry key is already accepted"
    return Answer(
        409, {"message": message}, False, message, {"x-line-accepted-request-id": request}
    )


def _faulty(found: list[Fault]) -> Answer:
    details = [fault._asdict() for fault in found]
    words = f"The request body has {len(found)} error(s)"
    why = "; ".join(f"{fault.property}: {fault.message}" for fault in found[:5])
    return Answer(400, {"message": words, "details": details}, why=why)
