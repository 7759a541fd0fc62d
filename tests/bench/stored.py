"""What a turn costs with many stored conversations: `python -m tests.bench.store 1000 1000000`."""

from statistics import median

from bot.content import Content
from bot.store import Store

DAY_MS = 86_400_000
SESSION = '{"v":1,"answers":{"standing":["own"],"employees":["6-20"],"prefecture":["東京都"]}}'
_NUMBERS = {
    True: "SELECT n FROM generate_series(1, {count}::bigint) AS n",
    False: "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {count})"
    " SELECT n FROM c",
}
_KEY = {
    # Spread like the HMAC of an address is: neighbours in time are none in the tree.
    True: "decode(md5(n::text) || md5((n + 7)::text), 'hex')",
    False: "randomblob(32)",
}


def fill(store: Store, count: int) -> None:
    """So many conversations, each with three events and three replies sent, and a timer."""
    at = int(store.now().timestamp() * 1000)
    numbers = _NUMBERS[store.postgres].format(count=count)
    empty = "''::bytea" if store.postgres else "x''"
    age = f"{at} - (n - n / 80 * 80) * {DAY_MS}"
    said = (
        "INSERT INTO conversation (conv_key, session, platform, applied_at, heard_at, seq, events)"
        f" SELECT {_KEY[store.postgres]}, '{SESSION}', 'plain', {age}, {age}, 3, 3"
        f" FROM ({numbers}) AS numbers",
        "INSERT INTO event (conv_key, event, at, taken_at)"
        " SELECT conv_key, 'filled' || x, heard_at, heard_at"
        " FROM conversation, (SELECT 1 AS x UNION SELECT 2 UNION SELECT 3) AS three",
        "INSERT INTO outbox (conv_key, seq, event_id, platform, way, body, state, created_at,"
        f" done_at) SELECT conv_key, x, 'filled' || x, 'plain', 'reply', {empty}, 'sent', heard_at,"
        " heard_at FROM conversation, (SELECT 1 AS x UNION SELECT 2 UNION SELECT 3) AS three",
        "INSERT INTO timer (conv_key, kind, due_at)"
        f" SELECT conv_key, 'forget', heard_at + {90 * DAY_MS} FROM conversation",
    )
    # What filling left behind is tidied and written before anything is measured.
    last = ("VACUUM ANALYZE", "CHECKPOINT") if store.postgres else ()
    with store.engine.connect() as kept:
        connection = kept.execution_options(isolation_level="AUTOCOMMIT")
        if store.postgres:
            connection.exec_driver_sql("SET statement_timeout = 0")
        for each in (*said, *last):
            connection.exec_driver_sql(each)


def report(counts: list[int], content: Content) -> list[str]:
    """Lines to print: medians of alternating runs over stores of each size."""
    from tests.bench.store import RUNS, stores, writer  # noqa: PLC0415 - they call each other

    lines, found = [], {}
    with stores() as few, stores() as many:
        sizes = dict(zip(counts, (few, many), strict=True))
        for count, there in sizes.items():
            for store in there.values():
                fill(store, count)
        for run in range(RUNS + 1):
            for count, there in sizes.items():
                for name, store in there.items():
                    each = writer(store, content, f"run{run}-")
                    found.setdefault((name, count), []).extend([each] if run else [])
    for (name, count), runs in found.items():
        wall, cpu = (median(column) for column in zip(*runs, strict=True))
        base = median(run[0] for run in found[name, counts[0]])
        lines.append(
            f"{name:10s}  {count:9,d} conversations  {wall * 1e6:6.0f} µs = {1 / wall:6.0f} turns/s"
            f"  = {wall / base:.2f} × the cost with {counts[0]:,d}   (own CPU {cpu * 1e6:.0f} µs)"
        )
    return lines
