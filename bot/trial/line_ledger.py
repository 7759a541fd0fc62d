"""What the trial LINE keeps an eye on: reply tokens, retry keys, quota and rates.

出典: platforms.md "LINE: sending". Times are seconds of the platform's clock.
"""

import re
from collections import deque
from dataclasses import dataclass, field

TOKEN_SECONDS, TOKEN_LONGEST = 60.0, 20 * 60.0
RETRY_KEY_SECONDS = 24 * 3_600.0
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
RATES = {"loading": (100, 1.0), "menu": (100, 3_600.0), "any": (2_000, 1.0)}
"""Calls allowed in so many seconds."""


@dataclass
class Token:
    """A reply token: whom it answers, until when, and whether it was used."""

    event: str
    chat: str
    event_at: float
    until: float
    used: bool = False


@dataclass
class Tokens:
    """Reply tokens: single use, one minute; a redelivered event gives one minute more."""

    known: dict[str, Token] = field(default_factory=dict)

    def hand_out(self, token: str, event: str, chat: str, event_at: float, now: float) -> None:
        """The event leaves for the bot at `now`: the minute begins, or begins again."""
        until = min(now + TOKEN_SECONDS, event_at + TOKEN_LONGEST)
        kept = self.known.setdefault(token, Token(event, chat, event_at, until))
        kept.until = max(kept.until, until)

    def usable(self, token: str, now: float) -> Token | None:
        kept = self.known.get(token)
        return kept if kept and not kept.used and now <= kept.until else None


@dataclass
class RetryKeys:
    """Keys of pushes that were taken, for 24 hours."""

    taken: dict[str, tuple[bytes, str, float]] = field(default_factory=dict)

    def seen(self, key: str, digest: bytes, now: float) -> str:
        """ "new", "same" (taken before with this body), "other" (another body) or "bad"."""
        if not _UUID.fullmatch(key):
            return "bad"
        body, _, until = self.taken.get(key.lower(), (b"", "", 0.0))
        if now >= until:
            return "new"
        return "same" if body == digest else "other"

    def take(self, key: str, digest: bytes, request: str, now: float) -> None:
        self.taken[key.lower()] = (digest, request, now + RETRY_KEY_SECONDS)


@dataclass
class Rates:
    """How many calls came within each window."""

    came: dict[str, deque[float]] = field(default_factory=dict)

    def allow(self, name: str, now: float) -> bool:
        most, window = RATES[name]
        calls = self.came.setdefault(name, deque())
        while calls and calls[0] <= now - window:
            calls.popleft()
        if len(calls) >= most:
            return False
        calls.append(now)
        return True
