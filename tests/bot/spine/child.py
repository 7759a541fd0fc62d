"""Another process of the bot: takes events a line at a time, and can die at a named point.

Arguments: database URL, folder of the keys, the point to be killed at ("" for none). A line in is
a list of [who, press, seconds, event id], the line out the outcomes.
"""

import json
import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from bot.content import load_content
from bot.store import Store
from tests.bot.plain_channel import People, accept, spine


def main(url: str, folder: str, point: str) -> None:
    """Run until the input ends; or die at the point, as `kill -9` would have it."""

    def watch(passed: str) -> None:
        if passed == point:
            os.kill(os.getpid(), signal.SIGKILL)

    store = Store.open(url)
    reception = spine(store, Path(folder), load_content(), watch=watch)
    reception.start()
    print("ready", flush=True)
    for line in sys.stdin:
        start, *events = json.loads(line)
        people = People(datetime.fromisoformat(start))
        given = [people.presses(who, data, at, event=id) for who, data, at, id in events]
        print(json.dumps([t.outcome for t in accept(reception, *given)]), flush=True)
    reception.stop(10)


if __name__ == "__main__":
    main(*sys.argv[1:])
