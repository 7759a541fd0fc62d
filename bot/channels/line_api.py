"""LINE's HTTP interface as delivery needs it: reply, push, the quota; one pooled client.

Every call has a time limit, no proxy is taken from the environment, and what comes back is one of
a few words. Source: LINE's API reference, "Status codes", "Retry key", "Send reply message".
"""

import asyncio
import json
import math
from typing import Any

import aiohttp
from yarl import URL

from bot.errors import NotSent
from bot.sending import Answer
from bot.settings import LineSettings

CONNECT_SECONDS, WHOLE_SECONDS, IDLE_SECONDS = 2.0, 5.0, 30.0
CONNECTIONS = 100
LONGEST_ANSWER = 16 * 1024
INVALID_TOKEN = "Invalid reply token"
MONTHLY_LIMIT = "monthly limit"
_QUOTA = "/v2/bot/message/quota"


class LineApi:
    """The client. Made inside the running loop; `close` ends it."""

    def __init__(self, settings: LineSettings) -> None:
        # Read once: taking a URL apart costs as much as half a call.
        self._reply = URL(f"{settings.api_url}/v2/bot/message/reply")
        self._push = URL(f"{settings.api_url}/v2/bot/message/push")
        self._quota = URL(f"{settings.api_url}{_QUOTA}")
        self._used = URL(f"{settings.api_url}{_QUOTA}/consumption")
        self._info = URL(f"{settings.api_url}/v2/bot/info")
        self._webhook = URL(f"{settings.api_url}/v2/bot/channel/webhook/endpoint")
        self._client = aiohttp.ClientSession(
            headers={
                "Authorization": f"Bearer {settings.token}",
                "Content-Type": "application/json",
            },
            skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),
            connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=IDLE_SECONDS),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
        )

    async def reply(self, token: str, messages: bytes) -> Answer:
        """Answer an event. `messages` is a JSON array."""
        body = b'{"replyToken":%b,"messages":%b}' % (json.dumps(token).encode(), messages)
        return await self._post(self._reply, body, None)

    async def push(self, user: str, messages: bytes, retry_key: str) -> Answer:
        """Write to somebody. The same retry key never shows twice."""
        body = b'{"to":%b,"messages":%b}' % (json.dumps(user).encode(), messages)
        return await self._post(self._push, body, {"X-Line-Retry-Key": retry_key})

    async def quota_left(self) -> float:
        """Pushes left this month, infinite where there is no limit. Raises NotSent."""
        quota = await self._get(self._quota)
        if quota.get("type") != "limited":
            return math.inf
        used = await self._get(self._used)
        return float(int(quota.get("value", 0)) - int(used.get("totalUsage", 0)))

    async def info(self) -> dict[str, Any]:
        """The bot's own account: `userId`, `displayName`. Raises NotSent (401: wrong token)."""
        return await self._get(self._info)

    async def webhook(self) -> dict[str, Any]:
        """The webhook as LINE has it: `endpoint`, `active`. Raises NotSent (404: none)."""
        return await self._get(self._webhook)

    async def close(self) -> None:
        await self._client.close()

    async def _post(self, url: URL, body: bytes, headers: dict[str, str] | None) -> Answer:
        try:
            async with (
                asyncio.timeout(WHOLE_SECONDS),
                self._client.post(url, data=body, headers=headers) as response,
            ):
                if response.status == 200:
                    await response.read()
                    return _TAKEN
                said = await response.content.read(LONGEST_ANSWER)
                return judge(response.status, said, response.headers.get("Retry-After", ""))
        except aiohttp.ClientConnectorError:
            return Answer("unreached")
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            # A connection that was never there carried nothing.
            never = isinstance(error, aiohttp.ConnectionTimeoutError)
            return Answer("unreached" if never else "unknown")

    async def _get(self, url: URL) -> dict[str, Any]:
        try:
            async with asyncio.timeout(WHOLE_SECONDS), self._client.get(url) as response:
                if response.status != 200:
                    raise NotSent(response.status)
                found = json.loads(await response.content.read(LONGEST_ANSWER))
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError):
            raise NotSent(0) from None
        return found if isinstance(found, dict) else {}


_TAKEN = Answer("taken", 200)


def judge(status: int, said: bytes, retry_after: str) -> Answer:
    """What an answer other than 200 means for the message."""
    if status == 409:
        return Answer("taken", status)
    if status == 429 and MONTHLY_LIMIT.encode() in said:
        return Answer("refused", status, "monthly limit")
    if status == 429:
        return Answer("later", status, wait=_seconds(retry_after))
    if status in (401, 403):
        # The token is being changed, or wrong: the operator mends it, the person waits.
        return Answer("later", status)
    if status == 400 and INVALID_TOKEN.encode() in said:
        return Answer("invalid_token", status, INVALID_TOKEN)
    return Answer("refused" if 400 <= status < 500 else "unknown", status)


def _seconds(text: str) -> float:
    return float(min(int(text), 60)) if text.isascii() and text.isdigit() and len(text) < 6 else 0.0
