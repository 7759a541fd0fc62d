"""The sweeper: takes up what failed, what waits, and what a dead process left behind."""

import asyncio
import logging
import math
import time
from collections.abc import Mapping

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery import Delivery
from bot.errors import Away, NotSent
from bot.leases import Lease
from bot.logs import AWAY
from bot.metrics import Metrics
from bot.reception import Reception
from bot.sending import Platform

EVERY_SECONDS = 1.0
QUOTA_SECONDS = 600.0
log = logging.getLogger(__name__)


class Sweeper:
    """A task for `serve` and for `worker`; several processes share the work by leases."""

    def __init__(self, delivery: Delivery, reception: Reception, metrics: Metrics) -> None:
        self._delivery, self._reception, self._metrics = delivery, reception, metrics
        self._quota = Quota(delivery.platforms, metrics)

    async def run(self, stop: asyncio.Event) -> None:
        """Sweep until told to stop. A database that is away is waited for."""
        while not stop.is_set():
            try:
                await self.sweep()
            except (SQLAlchemyError, Away) as error:
                log.warning("sweep_failed error=%s", type(error).__name__, extra=AWAY)
            await self._quota.look()
            try:
                await asyncio.wait_for(stop.wait(), EVERY_SECONDS)
            except TimeoutError:
                continue

    async def sweep(self) -> int:
        """Once: take what may be taken and hand it to delivery. The number of rows taken."""
        wanted, oldest = await asyncio.to_thread(self._delivery.outbox.look)
        self._metrics.set("oldest_waiting_seconds", oldest)
        keys = [row[0] for row in wanted if not self._delivery.holds(row)]
        if not keys:
            return 0
        rows = await self._reception.change(Lease(self._delivery.outbox.store, keys))
        for row in rows:
            self._delivery.add(row)
        return len(rows)


class Quota:
    """The pushes left this month. Nothing is asked before the first reply was sent."""

    def __init__(self, platforms: Mapping[str, Platform], metrics: Metrics) -> None:
        self._line, self._metrics = platforms.get("line"), metrics
        self._next = 0.0

    async def look(self) -> None:
        """Ask, if it is time; what LINE does not say leaves the number as it was."""
        if self._line is None or time.monotonic() < self._next or not self._metrics.has_answered():
            return
        self._next = time.monotonic() + QUOTA_SECONDS
        try:
            left = await self._line.quota_left()
        except NotSent as error:
            log.info("quota_unknown status=%s", error.status)
            left = math.nan
        if not math.isnan(left):
            self._metrics.set("line_quota_remaining", left)
