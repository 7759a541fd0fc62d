"""The history of a run: one JSON object a line, enough for a judge who sees nothing else.

Every record has `n` (counts from 1, the order of things), `at` (seconds, the platform's clock)
and `kind`:
- `start`: `platform`, `seed`, `redelivery`, `needs` {name of a fault: least times it must happen}
- `event`: `event` (id), `type`, `mode`, `source` (`user`, `group`, `room`), `person`, `chat`,
  `event_at` (seconds), `token` (has it a reply token?), `said` {`kind`, …} and what it carries
- `try`: an attempt to hand events to the bot begins: `request`, `events`, `again` (redelivered?)
- `tried`: how it ended: `request`, `events`, `status` (int or null), `error` (null, `timeout`, …)
- `call`: a call of the bot's: `call` (`reply`, `push`, `loading`, …), `event` (of the token, or
  null), `chat`, `status` (null: no answer was given), `visible` (did the person see it?), `why`
  (what it was refused for, or why nobody saw it), `fault` (null or its name), `messages`
- `fault`: `name`: a fault of any kind really happened
- `kill`, `faults_stop`, `quiet`, `end`: marks of whoever drives the run
No signature, no access token, no reply token and no secret is ever written.
"""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

Record = dict[str, Any]


class History:
    """Records in memory, and line by line in a file where one is given. Safe from any thread."""

    def __init__(self, clock: Callable[[], float], path: Path | None = None) -> None:
        self.records: list[Record] = []
        self._clock, self._lock = clock, threading.Lock()
        self._file = path.open("w", encoding="utf-8") if path else None

    def note(self, kind: str, **what: Any) -> Record:
        with self._lock:
            record = {"n": len(self.records) + 1, "at": round(self._clock(), 4), "kind": kind}
            record |= what
            self.records.append(record)
            if self._file:
                self._file.write(json.dumps(record, ensure_ascii=False) + "\n")
                self._file.flush()
        return record

    def of(self, kind: str, **what: Any) -> list[Record]:
        """The records of a kind that have these values."""
        with self._lock:
            found = [each for each in self.records if each["kind"] == kind]
        return [each for each in found if what.items() <= each.items()]

    def close(self) -> None:
        if self._file:
            self._file.close()
            self._file = None
