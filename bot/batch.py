"""A Batch: the one transaction that takes events, in the order of locks of the design.

Conversations first, in key order; only then the event ids; then the turns; then what they led to.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select

from bot.entry import Chore, Entry, Taken
from bot.erase import erase_message, erase_person
from bot.person import COLUMNS, Person
from bot.retention import Retention
from bot.store import Store
from bot.tables import OPEN, conversation, event, ms, outbox
from bot.taking import Effect, Erased, Taking
from bot.writing import Work, taken_of, write

TURNS_SECONDS = 0.05
"""Turns of one transaction; what is left when they are over comes with the next."""
_UNDO = delete(event).where(
    event.c.conv_key == bindparam("b_key"), event.c.event == bindparam("b_event")
)


class VanishedError(Exception):
    """A conversation was erased between its insert and its lock: the batch is to be repeated."""


@dataclass(slots=True)
class Done:
    """What came of a batch. `left` were not reached; `told` are the results of the chores."""

    taken: list[tuple[Entry, Taken]] = field(default_factory=list)
    left: list[Entry] = field(default_factory=list)
    told: list[tuple[Chore, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Batches:
    """Runs transactions for one process. `watch` is called at each durable step, by its name."""

    store: Store
    taking: Taking
    retention: Retention
    watch: Callable[[str], None]

    def run(
        self, connection: Connection, entries: Iterable[Entry], chores: Sequence[Chore]
    ) -> Done:
        """Take all of them and commit. Raises what is wrong; nothing is written then."""
        ordered = sorted(entries, key=lambda entry: entry.order)
        with connection.begin():
            self.watch("begun")
            now = self.store.now(connection)
            work = self._lock(connection, ordered, chores, now)
            self.watch("locked")
            done = self._turns(connection, work, ordered)
            self.watch("turned")
            write(self.store, self.retention, connection, work)
            done.told = [(chore, chore.change.run(connection)) for chore in chores]
            self.watch("written")
        self.watch("committed")
        return done

    def park(self, connection: Connection, entry: Entry, effect: Callable[..., Effect]) -> Done:
        """One event alone, which `effect` puts aside instead of taking it."""
        with connection.begin():
            now = self.store.now(connection)
            work, done = self._lock(connection, [entry], (), now), Done()
            if self._note(connection, [entry], now):
                self._took(connection, work, entry, effect(work.people[entry.conv_key], entry, now))
                write(self.store, self.retention, connection, work)
                done.taken = taken_of(work)
            else:
                done.taken = [(entry, Taken(entry.conv_key, entry.event, "duplicate"))]
        return done

    def _lock(
        self,
        connection: Connection,
        entries: Sequence[Entry],
        chores: Sequence[Chore],
        now: datetime,
    ) -> Work:
        """Make the conversations there are not yet, then lock all of them; both in key order."""
        said = sorted({entry.conv_key for entry in entries})
        keys = sorted({*said, *(key for chore in chores for key in chore.change.conv_keys)})
        if said:
            make = self.store.insert(conversation).on_conflict_do_nothing()
            connection.execute(make, [{"conv_key": key} for key in said])
            self.watch("opened")
        if not keys:
            return Work({}, now)
        among = self.store.among(conversation.c.conv_key, keys)
        order = conversation.c.conv_key
        locked = select(*COLUMNS).where(among).order_by(order).with_for_update()
        rows = {row["conv_key"]: row for row in connection.execute(locked).mappings()}
        if not rows.keys() >= set(said):
            raise VanishedError
        waiting = self._open(connection, said)
        people = {key: Person.read(rows[key], waiting.get(key, 0)) for key in said}
        fresh = {key for key, person in people.items() if not person.heard_at}
        return Work(people, now, fresh=fresh, behind=set(waiting))

    def _open(self, connection: Connection, keys: Sequence[bytes]) -> dict[bytes, int]:
        """How many replies of each are not yet sent; none is left out of the dict."""
        if not keys:
            return {}
        theirs = self.store.among(outbox.c.conv_key, keys), OPEN
        count = (
            select(outbox.c.conv_key, func.count().label("waiting"))
            .where(*theirs)
            .group_by(outbox.c.conv_key)
        )
        return {row.conv_key: row.waiting for row in connection.execute(count)}

    def _note(
        self, connection: Connection, entries: Sequence[Entry], now: datetime
    ) -> set[tuple[bytes, str]]:
        """Note the event ids; those that come back are new."""
        if not entries:
            return set()
        note = self.store.insert(event).on_conflict_do_nothing()
        rows = [
            {
                "conv_key": entry.conv_key,
                "event": entry.event,
                "message": entry.message,
                "at": entry.at,
                "taken_at": ms(now),
            }
            for entry in entries
        ]
        came = connection.execute(note.returning(event.c.conv_key, event.c.event), rows)
        return {(key, id) for key, id in came}

    def _turns(self, connection: Connection, work: Work, entries: Sequence[Entry]) -> Done:
        """Take each new event, until the time is over; the rest is as if it had not come yet."""
        new, done, started = self._note(connection, entries, work.now), Done(), monotonic()
        for number, entry in enumerate(entries):
            if number and monotonic() - started > TURNS_SECONDS:
                done.left = list(entries[number:])
                break
            if (entry.conv_key, entry.event) not in new:
                done.taken.append((entry, Taken(entry.conv_key, entry.event, "duplicate")))
                continue
            new.discard((entry.conv_key, entry.event))
            person = work.people[entry.conv_key]
            self._took(connection, work, entry, self.taking.take(person, entry, work.now))
        if undone := [e for e in done.left if (e.conv_key, e.event) in new]:
            connection.execute(_UNDO, [{"b_key": e.conv_key, "b_event": e.event} for e in undone])
        done.taken += taken_of(work)
        return done

    def _took(self, connection: Connection, work: Work, entry: Entry, effect: Effect) -> None:
        work.changed.add(entry.conv_key)
        work.people[entry.conv_key].events += 1
        if effect.erased:
            self._erase(connection, work, entry, effect.erased)
        work.effects.append((entry, effect))

    def _erase(self, connection: Connection, work: Work, entry: Entry, erased: Erased) -> None:
        """Erase what is stored, and what this batch was about to store."""
        key, now = entry.conv_key, ms(work.now)
        if erased.cause == "unsent":
            erase_message(connection, key, erased.message, now)
        else:
            erase_person(connection, key, erased.cause, erased.number, now)
        for number, (other, effect) in enumerate(work.effects):
            all_of_it = erased.cause != "unsent" or other.message == erased.message
            if other.conv_key == key and all_of_it:
                work.effects[number] = other, Effect(effect.outcome)
