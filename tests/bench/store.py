"""Turns a second of the writer in batches of 64, on both databases, beside a bare insert loop.

Alternating runs in one process: what the machine does meanwhile hits all of them alike.
`python -m tests.bench.store 1000 1000000`: the same with so many conversations stored.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from statistics import median
from time import perf_counter, process_time

from cryptography.fernet import Fernet
from sqlalchemy import bindparam, create_engine, insert, update

from bot.content import Content, load_content
from bot.keys import Keys
from bot.migrations.upgrade import upgrade
from bot.reception import Reception
from bot.store import Store, engine_url
from bot.tables import conversation, outbox
from dialogs.heard import Heard, Press
from dialogs.session import Session
from dialogs.turn import JAPAN, take_turn
from tests.bench import stored
from tests.bot.plain_channel import PHONE, Counted, People, PlainChannel
from tests.bot.postgres import Cluster, database, newest

BATCH, BATCHES, RUNS = 64, 20, 5
ANSWERS = ("standing=own", "employees=6-20", "prefecture=東京都", "partner=none", "employees=21-50")


@contextmanager
def stores() -> Iterator[dict[str, Store]]:
    """An empty store on each database there is."""
    with tempfile.TemporaryDirectory() as folder:
        found = {"SQLite": Store.open(f"sqlite:///{folder}/bot.db")}
        programs = newest()
        if programs is None:
            yield found
            return
        cluster = Cluster(programs)
        try:
            with database(cluster.url()) as url:
                _migrate(url)
                found["PostgreSQL"] = Store.open(url)
                yield found
                found["PostgreSQL"].close()
        finally:
            cluster.remove()


def _migrate(url: str) -> None:
    engine = create_engine(engine_url(url))
    upgrade(engine)
    engine.dispose()


def report() -> list[str]:
    """Lines to print: medians of alternating runs."""
    content, lines = load_content(), []
    turn = _core(content)
    lines.append(f"take_turn and drawing alone         {turn * 1e6:7.0f} µs a turn")
    with stores() as found:
        timed: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for _ in range(RUNS):
            for name, store in found.items():
                timed.setdefault((name, "writer"), []).append(writer(store, content))
                timed.setdefault((name, "bare, batches of 64"), []).append(_bare(store, BATCH))
                timed.setdefault((name, "bare, one a commit"), []).append(_bare(store, 1))
    for (name, what), found_times in timed.items():
        each, cpu = (median(column) for column in zip(*found_times, strict=True))
        lines.append(
            f"{name:10s}  {what:20s}    {each * 1e6:7.0f} µs = {1 / each:7.0f} turns/s"
            f"   (CPU of this process {cpu * 1e6:5.0f} µs)"
        )
    for name in found:
        ours, bare, alone = (
            median(wall for wall, _ in timed[name, what])
            for what in ("writer", "bare, batches of 64", "bare, one a commit")
        )
        lines.append(
            f"{name:10s}  the writer without the turns {(ours - turn) * 1e6:5.0f} µs"
            f" = {(ours - turn) / bare:.2f} × bare batches, {alone / ours:.2f} × as many turns as"
            " one bare commit each"
        )
    return lines


def _core(content: Content) -> float:
    """Seconds of one press in the core, drawn."""
    channel, session, count = PlainChannel(), Session(), 0
    started = perf_counter()
    now = datetime(2026, 11, 22, 12, tzinfo=JAPAN)
    for number in range(BATCH * len(ANSWERS)):
        heard = Heard("bench", str(number), now, Press(ANSWERS[number % len(ANSWERS)]))
        turn = take_turn(content.flow, content.book, session, heard, now)
        channel.draw(turn.reply, turn.session)
        session = Session() if number % len(ANSWERS) == len(ANSWERS) - 1 else turn.session
        count += 1
    return (perf_counter() - started) / count


def writer(store: Store, content: Content, who: str = "") -> tuple[float, float]:
    """Seconds and CPU seconds a turn: BATCH people press at once, BATCHES times."""
    keys = Keys.from_text("k" * 32, Fernet.generate_key().decode())
    reception = Reception(store, keys, lambda: content, {"plain": PlainChannel()}, PHONE, Counted())
    reception.start()
    people = People(store.now())
    rounds = [
        [people.presses(f"{who}{n}", ANSWERS[r % len(ANSWERS)], r) for n in range(BATCH)]
        for r in range(BATCHES + 1)
    ]

    async def run() -> tuple[float, float]:
        await reception.accept(rounds[0])
        started, cpu = perf_counter(), process_time()
        for arrived in rounds[1:]:
            await reception.accept(arrived)
        return perf_counter() - started, process_time() - cpu

    took, cpu = asyncio.run(run())
    reception.stop(5)
    return took / (BATCH * BATCHES), cpu / (BATCH * BATCHES)


def _bare(store: Store, batch: int) -> tuple[float, float]:
    """The same of the least there can be: insert a reply, update a session, commit."""
    total = BATCH * (BATCHES if batch > 1 else 2)
    session, body = json.dumps(Session().to_json()), b"x" * 600
    keys = [f"bare{n:028d}".encode() for n in range(batch)]
    change = update(conversation).where(conversation.c.conv_key == bindparam("k"))
    with store.engine.begin() as connection:
        made = store.insert(conversation).on_conflict_do_nothing()
        connection.execute(made, [{"conv_key": key} for key in keys])
        connection.execute(outbox.delete().where(outbox.c.conv_key.in_(keys)))
    started, cpu = perf_counter(), process_time()
    for number in range(total // batch):
        rows = [
            {"conv_key": k, "seq": number, "body": body, "way": "reply", "state": "sent"}
            for k in keys
        ]
        with store.engine.begin() as connection:
            connection.execute(insert(outbox), rows)
            connection.execute(change, [{"k": key, "session": session} for key in keys])
    return (perf_counter() - started) / total, (process_time() - cpu) / total


if __name__ == "__main__":
    counts = [int(each) for each in sys.argv[1:]]
    print(*(stored.report(counts, load_content()) if counts else report()), sep="\n")
