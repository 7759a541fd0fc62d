"""Writing: what the turns of one batch led to, put into the tables with one statement each."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, update

from bot.ceiling import keep_below
from bot.entry import Entry, Taken
from bot.person import Person
from bot.retention import ADDRESS, FORGET, Retention
from bot.store import Store
from bot.tables import conversation, ms, outbox, parked, timer, unanswered
from bot.taking import Effect

_UPDATE = update(conversation).where(conversation.c.conv_key == bindparam("b_key"))


@dataclass(slots=True)
class Work:
    """The people of a batch, and what its turns led to. `fresh` are new, `behind` wait already."""

    people: dict[bytes, Person]
    now: datetime
    effects: list[tuple[Entry, Effect]] = field(default_factory=list)
    changed: set[bytes] = field(default_factory=set)
    fresh: set[bytes] = field(default_factory=set)
    behind: set[bytes] = field(default_factory=set)


def write(store: Store, retention: Retention, connection: Connection, work: Work) -> None:
    """Write all of it, each table's rows at once."""
    if not work.changed:
        return
    rows = [effect.row.values() for _, effect in work.effects if effect.row]
    if rows:
        connection.execute(outbox.insert(), rows)
    if asked := [_question(work, entry, e.unanswered) for entry, e in work.effects if e.unanswered]:
        connection.execute(unanswered.insert(), asked)
    if bad := [_bad(work, entry, effect) for entry, effect in work.effects if effect.parked]:
        connection.execute(store.insert(parked).on_conflict_do_nothing(), bad)
    if due := _timers(work, retention):
        connection.execute(store.insert(timer).on_conflict_do_nothing(), due)
    people = [work.people[key] for key in sorted(work.changed)]
    for person in people:
        keep_below(connection, person)
    connection.execute(_UPDATE, [person.values() for person in people])


def taken_of(work: Work) -> list[tuple[Entry, Taken]]:
    """What became of each event that was taken."""
    found = []
    for entry, effect in work.effects:
        rows = (effect.row,) if effect.row and effect.row.lease_by else ()
        behind = entry.conv_key in work.behind
        taken = Taken(entry.conv_key, entry.event, effect.outcome, rows, behind)
        work.behind.update(row.conv_key for row in rows)
        found.append((entry, taken))
    return found


def _question(work: Work, entry: Entry, text: str) -> dict[str, Any]:
    return {
        "conv_key": entry.conv_key,
        "event": entry.event,
        "message": entry.message,
        "text": text,
        "at": ms(work.now),
    }


def _bad(work: Work, entry: Entry, effect: Effect) -> dict[str, Any]:
    bad = effect.parked
    assert bad
    return {
        "conv_key": entry.conv_key,
        "event": entry.event,
        "platform": bad.address.platform if bad.address else "",
        "kind": bad.kind,
        "error": bad.error,
        "shape": bad.shape,
        "at": ms(work.now),
    }


def _timers(work: Work, retention: Retention) -> list[dict[str, Any]]:
    """Who is new is to be forgotten one day; the address of an erased person very soon."""
    now = ms(work.now)
    due = [
        {"conv_key": key, "kind": FORGET, "due_at": now + retention.ms("talks")}
        for key in sorted(work.fresh & work.changed)
    ]
    asked = (entry for entry, e in work.effects if e.erased and e.erased.cause == "asked")
    soon = now + retention.ms("addresses")
    return due + [{"conv_key": e.conv_key, "kind": ADDRESS, "due_at": soon} for e in asked]
