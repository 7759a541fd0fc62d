"""Metrics: the counters and gauges of the protocol, in the text form Prometheus reads.

Labels hold words of this program only, never anything a person or a platform wrote.
"""

import math
from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
COUNTERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "accepted": ("Events taken in", ("channel",)),
    "duplicate": ("Events that had come before", ("channel",)),
    "answered": ("Replies the platform took", ("how",)),
    "ignored": ("Events ignored by rule", ("channel", "reason")),
    "refused": ("Requests not answered with 200", ("status",)),
    "handed_off": ("Conversations handed to a person", ()),
    "parked": ("Events and replies put aside: somebody should look", ()),
    "uncertain": ("Replies of which nobody knows whether they arrived", ()),
    "token_expired": ("Reply tokens that ran out before the reply was sent", ()),
    "platform_errors": ("Answers of a platform other than success", ("channel", "status")),
}
GAUGES = {
    "line_quota_remaining": "Pushes left this month on LINE",
    "oldest_waiting_seconds": "Age of the oldest reply not yet sent",
}
AGES = (0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 40, 60, 300, 3600)
"""Edges in seconds of the ages of replies."""


class Metrics:
    """The numbers of one process. Any thread may count."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._counters = {
            name: Counter(f"jigyokei_{name}", says, labels, registry=self.registry)
            for name, (says, labels) in COUNTERS.items()
        }
        self._gauges = {
            name: Gauge(f"jigyokei_{name}", says, registry=self.registry)
            for name, says in GAUGES.items()
        }
        self._ages = Histogram(
            "jigyokei_reply_age_seconds",
            "From the event's arrival to the platform's word that the reply was taken",
            buckets=AGES,
            registry=self.registry,
        )
        self._answered = False
        # Unknown until the platform has told it; 0 would read as used up.
        self._gauges["line_quota_remaining"].set(math.nan)
        # Shown from the first moment on, so that a rate can be taken of them.
        for how in ("reply", "push"):
            self.count("answered", 0, how=how)

    def open_channel(self, channel: str) -> None:
        """Show the channel's counters from the first moment on."""
        for name in ("accepted", "duplicate"):
            self.count(name, 0, channel=channel)

    def count(self, name: str, n: int = 1, /, **labels: str) -> None:
        """Add to a counter, by its name without `jigyokei_` and `_total`. KeyError if unknown."""
        counter = self._counters[name]
        (counter.labels(**labels) if labels else counter).inc(n)

    def set(self, name: str, value: float) -> None:
        """Set a gauge, by its name without `jigyokei_`. KeyError for an unknown one."""
        self._gauges[name].set(value)

    def reply_age(self, seconds: float) -> None:
        """One reply was taken by the platform, so long after its event was accepted."""
        self._ages.observe(max(seconds, 0.0))
        self._answered = True

    def has_answered(self) -> bool:
        """Was a reply taken by a platform since the start?"""
        return self._answered

    def text(self) -> bytes:
        """All of it, in the text form, version 0.0.4."""
        return generate_latest(self.registry)
