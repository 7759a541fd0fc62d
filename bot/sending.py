"""Sending: what came of one try to send one reply, and what is done then (decision 9).

Pure: the time is an argument, in milliseconds of the store's clock.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

from bot.outbox_row import OutboxRow

HEARD_OF = ("taken", "refused", "invalid_token", "later", "unreached")
PATIENCE_MS = 20_000
"""How long a row may hold back the next of its conversation."""
LEASE_MS = 6_000
"""How long a row lies with its process; renewed while that lives. Short beside the patience: the
row of a process that died is sent by another before a later one may overtake it."""
OLDEST_MS = 23 * 3_600_000
"""Retry keys are kept for 24 hours: what is older is not tried any more."""
FIRST_WAIT_MS, LONGEST_WAIT_MS = 500, 15_000
Word = Literal["taken", "refused", "invalid_token", "later", "unreached", "unknown"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a platform said. `taken`: it is shown (perhaps by an earlier try). `refused`: never.
    `invalid_token`: the token is used up. `later`, `unreached`: not shown, to be tried again.
    `unknown`: nobody knows. `status` 0 where there was none; `wait` in seconds.
    """

    word: Word
    status: int = 0
    says: str = ""
    wait: float = 0.0


class Platform(Protocol):
    """What delivery needs of a platform's client."""

    async def reply(self, token: str, messages: bytes) -> Answer: ...

    async def push(self, user: str, messages: bytes, retry_key: str) -> Answer: ...

    async def quota_left(self) -> float: ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Next:
    """What is to be done with a row: `try` it, `push` it instead of replying, or end it as
    `sent`, `uncertain` or `parked`; `wait` and try again after `wait_ms`."""

    deed: Literal["try", "push", "sent", "uncertain", "parked", "wait"]
    wait_ms: int = 0


def before(row: OutboxRow, doubtful: bool, now: int) -> Next:
    """Before a try. `doubtful`: an earlier try may have been shown."""
    if now - row.created_at > OLDEST_MS:
        return Next("uncertain" if doubtful else "parked")
    if row.way == "push":
        return Next("try")
    if row.reply_token and now < row.token_until:
        return Next("try")
    return Next("uncertain" if doubtful else "push")


def after(row: OutboxRow, answer: Answer, doubtful: bool, tries: int) -> Next:
    """After a try. `doubtful`: this or an earlier one may have been shown; `tries` in a row."""
    match answer.word:
        case "taken":
            return Next("sent")
        case "invalid_token":
            # Used up by an earlier try of ours; at the first one it was no good from the start.
            return Next("sent" if doubtful else "parked")
        case "refused":
            return Next("parked")
        case _:
            wait = min(FIRST_WAIT_MS << min(tries, 5), LONGEST_WAIT_MS)
            return Next("wait", max(wait, int(answer.wait * 1000)))
