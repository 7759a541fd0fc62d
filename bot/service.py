"""The service: everything one process runs beside its front doors, started and stopped together.

`serve` adds the web app; `worker` runs it as it is.
"""

import asyncio
import gc
import logging
import time
from collections.abc import Sequence

from bot.channels.channel import Arrived, Channel, Unreadable
from bot.channels.line import Line
from bot.content import Content
from bot.delivery import Delivery
from bot.entry import Taken
from bot.keys import Keys
from bot.logs import loop_failed
from bot.mapped import release
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.readiness import Readiness
from bot.reception import Reception
from bot.retention import load_retention
from bot.sending import Platform
from bot.settings import Settings
from bot.store import Store
from bot.sweeper import Sweeper
from bot.timers import Timers
from dialogs.heard import Text

DRAIN_SECONDS = 18.0
"""In all, so that a host that kills after 20 s never has to."""
GIVE_BACK_SECONDS = 1.0
COLLECT = (20_000, 20, 20)
"""A turn makes few cycles, and many objects that die at once."""
log = logging.getLogger(__name__)


def keys_of(settings: Settings) -> Keys:
    """The keys given, or those kept beside SQLite. Raises SettingsError."""
    if settings.id_key or settings.data_key or settings.on_postgres:
        return Keys.from_text(settings.id_key, settings.data_key)
    return Keys.kept_in(settings.data_dir)


class Service:
    """One process. `open` may fail (SettingsError); `start` and `stop` belong to one loop."""

    def __init__(self, settings: Settings, store: Store, keys: Keys, content: Content) -> None:
        self.settings, self.store, self.metrics = settings, store, Metrics()
        self.line = Line(settings.line) if settings.line else None
        channels: dict[str, Channel] = {"line": self.line} if self.line else {}
        for name in channels:
            self.metrics.open_channel(name)
        self._keys = keys
        self.reception = Reception(
            store, keys, lambda: content, channels, settings.operator_phone, self.metrics
        )
        self._readiness = Readiness(store, self.reception)
        self._content, self._warm = content, asyncio.Event()
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.stopping = False

    @classmethod
    def open(cls, settings: Settings, content: Content) -> "Service":
        """Raises SettingsError for keys or a database that cannot be used."""
        keys = keys_of(settings)
        return cls(settings, Store.open(settings.database_url), keys, content)

    async def start(self) -> None:
        """Start the writer, the sender, the sweeper and the timers. No platform is called."""
        _freeze()
        asyncio.get_running_loop().set_exception_handler(loop_failed)
        self.reception.start()
        self._platforms = await _platforms(self.settings)
        outbox = await asyncio.to_thread(Outbox, self.store)
        self.delivery = Delivery(outbox, self._keys, self.reception, self._platforms, self.metrics)
        sweeper = Sweeper(self.delivery, self.reception, self.metrics)
        timers = Timers(self.store, self.reception.change, load_retention())
        for run in (sweeper.run, timers.run, _give_back):
            self._tasks.append(asyncio.create_task(run(self._stop)))
        log.info("started database=%s", "postgresql" if self.store.postgres else "sqlite")

    async def accept(self, arrived: Sequence[Arrived | Unreadable]) -> list[Taken]:
        """Take these in; see `Reception`. Right after the start typed words wait outside."""
        if not self._warm.is_set() and any(map(_typed, arrived)):
            await self._warm.wait()
        return await self.reception.accept(arrived)

    def send(self, taken: list[Taken]) -> None:
        """Have delivery send what was just accepted."""
        self.delivery.take(taken)

    async def stop(self, seconds: float = DRAIN_SECONDS) -> None:
        """Finish what was accepted, as far as the time goes; what is left stays in the outbox."""
        self.stopping = True
        end = time.monotonic() + seconds
        self._stop.set()
        self._readiness.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.delivery.drain(max(end - time.monotonic() - 4, 1))
        await asyncio.to_thread(self.reception.stop, max(end - time.monotonic(), 1))
        for platform in self._platforms.values():
            await platform.close()
        self.store.close()
        log.info("stopped")

    async def ready(self) -> bool:
        """Can it take something in just now? Asks the database."""
        return not self.stopping and await self._readiness.now()

    def warm_up(self) -> None:
        """Begin to load what typed words need. For a process that takes them in."""
        self._tasks.append(asyncio.create_task(self._load()))

    async def _load(self) -> None:
        """Make the index of topics beside the loop, so that no transaction waits for it."""
        try:
            await asyncio.to_thread(lambda: self._content.flow.readers.index)
        except Exception as error:
            log.error("index_failed error=%s", type(error).__name__)
        finally:
            self._warm.set()
        _freeze()


def _typed(arrived: Arrived | Unreadable) -> bool:
    return isinstance(arrived, Arrived) and isinstance(arrived.said, Text)


async def _give_back(stop: asyncio.Event) -> None:
    """Every second: the dictionary's pages, which would else be counted as this process's."""
    while not stop.is_set():
        await asyncio.sleep(GIVE_BACK_SECONDS)
        release()


def _freeze() -> None:
    """What was loaded stays for good: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)


async def _platforms(settings: Settings) -> dict[str, Platform]:
    """A client for each channel that is on."""
    from bot.channels.line_api import LineApi  # noqa: PLC0415 - slow to import

    return {"line": LineApi(settings.line)} if settings.line else {}
