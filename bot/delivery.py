"""Delivery: sends what was just accepted, and, through the sweeper, what was left over.

Strict order in a conversation; what became of a row is noted through the one writing thread.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.exc import SQLAlchemyError

from bot.entry import Taken
from bot.errors import Away, SettingsError
from bot.keeper import Keeper
from bot.keys import Keys
from bot.leases import Id
from bot.lines import Held, Lines
from bot.logs import AWAY
from bot.marks import Ended, Later, ToPush
from bot.metrics import Metrics
from bot.notes import Notes
from bot.outbox import Outbox
from bot.outbox_row import OutboxRow
from bot.reception import Reception
from bot.sending import LONGEST_WAIT_MS, PATIENCE_MS, Answer, Platform, after, before
from bot.shape import fault

AT_ONCE = 100
"""Calls under way at a time."""
MARKING_SECONDS = 3.0
LOOK_SECONDS = 0.25
SURE_MS = 1_000
"""So long a row that waits for nothing is ours without a look into the store."""
log = logging.getLogger(__name__)


class Delivery:
    """One per process; lives in the event loop that made it."""

    def __init__(
        self,
        outbox: Outbox,
        keys: Keys,
        reception: Reception,
        platforms: Mapping[str, Platform],
        metrics: Metrics,
    ) -> None:
        self.outbox, self.metrics, self.platforms = outbox, metrics, platforms
        self._keys, self._reception = keys, reception
        self._lines = Lines()
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._notes = Notes(reception, self._lines)
        self._keeper = Keeper(outbox, reception, self._lines)

    def take(self, taken: Sequence[Taken]) -> None:
        """Send what these events put in the outbox. Returns at once."""
        for each in taken:
            for row in each.rows:
                self.add(row, each.behind)

    def add(self, row: OutboxRow, behind: bool = False) -> None:
        """Send one row that is leased to this process, in the order of its conversation.

        `behind`: an earlier one may lie with another process, or with none.
        """
        if not self._lines.add(row, behind):
            return
        task = asyncio.create_task(self._serve(row.conv_key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._keeper.start()

    def holds(self, row: Id) -> bool:
        """Is this row to be sent here?"""
        return self._lines.has(row)

    async def drain(self, seconds: float) -> None:
        """Finish what is under way, as far as the time goes; others take the rest."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self._keeper.stop()
        await self._notes.written(MARKING_SECONDS)

    async def _serve(self, key: bytes) -> None:
        """Send the rows of a line in their order; what is left when that fails is swept later."""
        line = self._lines.of(key)
        try:
            while line:
                held = line[0]
                if held.behind:
                    await self._wait_for_earlier(held, line)
                    held.waited = True
                if line[0] is not held:
                    continue
                ended = await self._deliver(held)
                line.remove(held)
                if line and not ended:
                    line[0].behind = True
        except (SQLAlchemyError, Away) as error:
            log.warning("line_left error=%s", type(error).__name__, extra=AWAY)
        except Exception as error:
            log.error("line_left error=%s", fault(error))
        finally:
            self._lines.close(key)

    async def _wait_for_earlier(self, held: Held, line: Sequence[Held]) -> None:
        """Until no earlier row is open, or old enough to be passed by, or one comes here."""
        look, ended = self.outbox.held, self._lines.ended
        while line[0] is held and await asyncio.to_thread(look, held.row, ended(held.row.conv_key)):
            await asyncio.sleep(LOOK_SECONDS)

    async def _deliver(self, held: Held) -> bool:
        """Try until something is known (True), or until it is somebody else's turn to try."""
        doubtful, tries = held.row.tries > 0, 0
        while await self._still_ours(held, tries):
            row = held.row
            step = before(row, doubtful, self.outbox.now_ms())
            if step.deed == "push":
                held.gone = not await self._as_push(held)
                continue
            if step.deed != "try":
                return self._end(row, step.deed)
            answer = await self._send(row)
            doubtful = doubtful or answer.word == "unknown"
            step = after(row, answer, doubtful, tries)
            if step.deed != "wait":
                return self._end(row, step.deed, answer)
            tries += 1
            now = self.outbox.now_ms()
            if now + step.wait_ms > row.created_at + PATIENCE_MS:
                until = now + max(step.wait_ms, LONGEST_WAIT_MS)
                self._notes.add(Later(row, until, row.tries + doubtful))
                return False
            await asyncio.sleep(step.wait_ms / 1000)
        return False

    async def _still_ours(self, held: Held, tries: int) -> bool:
        """May it be tried now? Of a row that has only just come nobody is asked."""
        now = self.outbox.now_ms()
        if held.until <= now:
            await self._keeper.renew([held.row.conv_key])
        if held.gone or not (tries or held.waited or now > held.came + SURE_MS):
            return not held.gone
        return await asyncio.to_thread(self.outbox.ours, held.row)

    async def _send(self, row: OutboxRow) -> Answer:
        platform = self.platforms.get(row.platform)
        if platform is None:
            return Answer("later")
        async with self._room:
            if row.way == "reply":
                answer = await platform.reply(row.reply_token, row.body)
            else:
                answer = await self._push(platform, row)
        if answer.status != 200:
            status = str(answer.status or "none")
            self.metrics.count("platform_errors", channel=row.platform, status=status)
        return answer

    async def _push(self, platform: Platform, row: OutboxRow) -> Answer:
        sealed = await asyncio.to_thread(self.outbox.address, row.conv_key)
        if not sealed:
            return Answer("refused", 200, "nobody")
        try:
            user = self._keys.unseal(sealed)
        except SettingsError:
            # No key opens it any more: no later try would end otherwise.
            log.error("parked: reply no_key")
            return Answer("refused", 200, "no_key")
        return await platform.push(user, row.body, row.retry_key)

    async def _as_push(self, held: Held) -> bool:
        """Tells whether it was still ours."""
        self.metrics.count("token_expired")
        done: bool = await self._reception.change(ToPush(held.row))
        held.row = replace(held.row, way="push", reply_token="")
        return done

    def _end(self, row: OutboxRow, state: str, answer: Answer | None = None) -> bool:
        if answer and answer.says == "nobody":
            state = "dropped"
        if answer and answer.word == "invalid_token" and state == "parked":
            self.metrics.count("token_expired")
        now = self.outbox.now_ms()
        if state == "sent":
            self.metrics.count("answered", how=row.way)
            self.metrics.reply_age((now - row.created_at) / 1000)
        elif state in ("parked", "uncertain"):
            self.metrics.count(state)
        self._notes.add(Ended(row, state, now))
        return True
