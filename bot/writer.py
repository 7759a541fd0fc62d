"""The Writer: the one thread of a process that writes, a batch at a time, and loses nothing."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from threading import Thread
from time import monotonic
from typing import Any

from sqlalchemy import Connection

from bot.batch import Batches, Done, VanishedError
from bot.entry import Chore, Entry, Taken, Ticket, wake
from bot.errors import Away
from bot.logs import AWAY
from bot.shape import fault
from bot.store import failing
from bot.taking import Effect
from bot.waiting import Waiting

REPEATS = 3
"""After a deadlock or the like; a lost connection is tried once anew."""
LONGEST_PAUSE = 2.0
LAST_TRIES = 8
"""While stopping, of what the database will not have; then all that waits is told Away."""
log = logging.getLogger("jigyokei.writer")


class Writer:
    """Takes what waits and writes it. `seen` is told each Taken, from the writer's thread.

    `away`: the database cannot be used now. What waits goes on waiting; nothing new is let in.
    """

    def __init__(self, batches: Batches, waiting: Waiting, seen: Callable[[Entry, Taken], None]):
        self.away = False
        self._batches, self._waiting, self._seen = batches, waiting, seen
        self._connection: Connection | None = None
        self._deadline: float | None = None
        self._last_tries = LAST_TRIES
        self._pause = 0.0
        self._thread = Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float) -> None:
        """Take what waits, for so many seconds; who then still waits is told Away."""
        self._deadline = monotonic() + timeout
        self._waiting.close()
        if self._thread.ident:
            self._thread.join(timeout + 1)
        entries, chores = self._waiting.drop()
        self._refuse([*entries, *chores])

    def _run(self) -> None:
        while (jobs := self._waiting.take()) is not None:
            if self._over():
                self._waiting.put_back(*jobs)
                break
            self._batches.watch("taken")
            try:
                self._write(*jobs)
            except Exception as error:
                log.error("writer: %s", fault(error))
                self._refuse([*jobs[0], *jobs[1]])
        self._disconnect()

    def _over(self) -> bool:
        """Is it stopping, and the time or the tries over?"""
        end = self._deadline
        return end is not None and (monotonic() > end or self._last_tries <= 0)

    def _write(self, entries: Sequence[Entry], chores: Sequence[Chore]) -> None:
        """One batch, whole; or each of it alone where something in it is wrong."""
        try:
            try:
                done = self._try(lambda c: self._batches.run(c, entries, chores))
            except Away:
                raise
            except Exception as error:
                log.warning("batch retaken one by one: %s", fault(error))
                self._one_by_one(entries, chores)
                return
            self._tell(done)
        except Away:
            self._wait_for_the_database(entries, chores)

    def _one_by_one(self, entries: Sequence[Entry], chores: Sequence[Chore]) -> None:
        for number, entry in enumerate(sorted(entries, key=lambda e: e.order)):
            try:
                self._tell(self._alone(entry))
            except Away:
                rest = sorted(entries, key=lambda e: e.order)[number:]
                self._wait_for_the_database(rest, chores)
                return
        for number, chore in enumerate(chores):
            try:
                self._tell(self._try(partial(self._batches.run, entries=[], chores=[chore])))
            except Away:
                self._wait_for_the_database([], chores[number:])
                return
            except Exception as error:
                log.error("change refused: %s", fault(error))
                chore.ticket.failed(error)
                wake([chore.ticket])

    def _alone(self, entry: Entry) -> Done:
        """One event by itself; the one that fails again is parked. Raises Away."""
        try:
            return self._try(lambda c: self._batches.run(c, [entry], []))
        except Away:
            raise
        except Exception as error:
            bad = entry.unreadable(fault(error))
            log.error("parked: %s %s", bad.kind, bad.error)
        park = self._batches.taking.park
        try:
            return self._try(
                lambda c: self._batches.park(c, entry, lambda p, e, now: park(p, e, bad, now))
            )
        except Away:
            raise
        except Exception as error:
            log.error("no apology: %s", fault(error))
        only = Effect("parked", parked=bad)
        try:
            return self._try(lambda c: self._batches.park(c, entry, lambda *_: only))
        except Away:
            raise
        except Exception as error:
            # Nothing can be done with it here: the platform may bring it again.
            log.error("not even parked: %s", fault(error))
            entry.ticket.failed(Away())
            wake([entry.ticket])
            return Done()

    def _try(self, work: Callable[[Connection], Done]) -> Done:
        """Do it; a deadlock is repeated. Raises Away, or what is wrong with the work itself."""
        for left in range(REPEATS, -1, -1):
            try:
                done = work(self._connect())
            except Exception as error:
                asks = "again" if isinstance(error, VanishedError) else failing(error)
                if asks == "wrong":
                    raise
                log.warning("%s: %s", asks, fault(error), extra=AWAY if asks == "away" else None)
                self._disconnect()
                if left == 0 or (asks == "away" and left < REPEATS):
                    raise Away from None
                self._waiting.pause((REPEATS - left) * 0.02)
            else:
                self.away, self._pause = False, 0.0
                return done
        raise Away

    def _wait_for_the_database(self, entries: Sequence[Entry], chores: Sequence[Chore]) -> None:
        """Everything stays queued; whoever waits for an answer to an event hears Away now."""
        self.away = True
        self._refuse(entries)
        self._waiting.put_back(entries, chores)
        self._pause = min(self._pause * 2 or 0.1, LONGEST_PAUSE)
        self._last_tries -= self._deadline is not None
        left = self._deadline - monotonic() if self._deadline else LONGEST_PAUSE
        self._waiting.pause(min(self._pause, left))

    def _refuse(self, jobs: Sequence[Entry | Chore]) -> None:
        tickets = {id(job.ticket): job.ticket for job in jobs}
        for ticket in tickets.values():
            ticket.failed(Away())
        wake(tickets.values())

    def _tell(self, done: Done) -> None:
        """Put back what was not reached, and wake whoever has all their answers."""
        self._waiting.put_back(done.left)
        told: list[tuple[Entry | Chore, Any]] = [*done.taken, *done.told]
        ready: list[Ticket] = []
        for job, result in told:
            if isinstance(job, Entry):
                self._seen(job, result)
            if job.ticket.done(job.place, result):
                ready.append(job.ticket)
        self._batches.watch("tell")
        wake(ready)

    def _connect(self) -> Connection:
        if self._connection is None:
            self._connection = self._batches.store.engine.connect()
        return self._connection

    def _disconnect(self) -> None:
        """A new connection next time; this one may hold whatever went wrong."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            try:
                connection.invalidate()
                connection.close()
            except Exception as error:
                log.warning("closing: %s", fault(error), extra=AWAY)
