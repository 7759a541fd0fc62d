"""`make crash`: the long form, 200 kills, on SQLite and on PostgreSQL; the histories are kept.

Options: the kills in each of the four runs, and the seed. Exit code 1 where anything is wrong.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.bot.postgres import Cluster, database, newest
from tests.crash.database import Database
from tests.crash.run import Plan, crash_serve

KILLS, SEED = 50, 1


def main(arguments: list[str]) -> int:
    kills = int(arguments[0]) if arguments else KILLS
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    kept = Path(tempfile.mkdtemp(prefix="crash-"))
    print(f"seed {seed}, histories in {kept}")
    wrong = False
    for count in (1, 2):
        folder = kept / f"sqlite-{count}"
        folder.mkdir()
        wrong |= _run(folder, Database.in_folder(folder), Plan(seed, kills), count)
    given, cluster = os.environ.get("TEST_DATABASE_URL", ""), None
    if not given and (programs := newest()):
        cluster = Cluster(programs)
    for count in (2, 3):
        folder = kept / f"postgres-{count}"
        folder.mkdir()
        with database(given or (cluster.url() if cluster else "")) as url:
            wrong |= _run(folder, Database.on_server(url), Plan(seed, kills), count)
    if cluster:
        cluster.remove()
    return int(wrong)


def _run(folder: Path, where: Database, plan: Plan, count: int) -> bool:
    found = crash_serve(folder, where, plan, count)
    print(f"{folder.name}: {plan.kills} kills, {len(found)} wrong", flush=True)
    for each in found:
        print(f"  {each}", flush=True)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
