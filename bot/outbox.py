"""The outbox as delivery reads it: what waits, how old it is, whom to push to, and the time."""

import time
from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from bot.leases import waiting
from bot.outbox_row import OutboxRow
from bot.sending import PATIENCE_MS
from bot.store import Store
from bot.tables import OPEN, conversation, outbox

# Of the column itself the first in the index of all rows would be looked for, done ones too.
OLDEST = select(func.min(outbox.c.created_at + 0)).where(OPEN)


class Outbox:
    """Reads only; any thread. `look` keeps the clock right without asking for it every time."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._ahead = 0.0
        self._set_clock()

    def now_ms(self) -> int:
        """The store's time, from the local clock and the difference last seen."""
        return int((time.time() + self._ahead + self.store.offset.total_seconds()) * 1000)

    def look(self) -> tuple[Sequence[tuple[bytes, int]], float]:
        """The rows anybody may take, and the age in seconds of the oldest open one."""
        self._set_clock()
        now = self.now_ms()
        with self.store.read() as connection:
            rows = [(row.conv_key, row.seq) for row in connection.execute(waiting(now))]
            oldest = connection.scalar(OLDEST)
        return rows, (now - oldest) / 1000 if oldest else 0.0

    def held(self, row: OutboxRow, ended: Collection[int]) -> bool:
        """Does an earlier row still hold this one back? `ended` are only not yet marked."""
        earlier = select(outbox.c.seq).where(
            outbox.c.conv_key == row.conv_key,
            outbox.c.seq < row.seq,
            OPEN,
            outbox.c.created_at > self.now_ms() - PATIENCE_MS,
        )
        with self.store.read() as connection:
            return any(seq not in ended for seq in connection.scalars(earlier))

    def ours(self, row: OutboxRow) -> bool:
        """Is this row still to be sent, and by this process? Erased and unsent ones are not."""
        this = outbox.c.conv_key == row.conv_key, outbox.c.seq == row.seq
        found = select(outbox.c.seq).where(*this, OPEN, outbox.c.lease_by == row.lease_by)
        with self.store.read() as connection:
            return connection.scalar(found) is not None

    def address(self, conv_key: bytes) -> bytes:
        """The sealed address of a person; empty where nobody may be written to."""
        found = select(conversation.c.address).where(conversation.c.conv_key == conv_key)
        with self.store.read() as connection:
            return bytes(connection.scalar(found.where(conversation.c.blocked == 0)) or b"")

    def _set_clock(self) -> None:
        now = self.store.now() - self.store.offset
        self._ahead = now.timestamp() - time.time()
