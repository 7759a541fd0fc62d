"""The errors of the shell: one class for each thing someone has to do.

- `SettingsError`: the operator sets what is missing or garbled; all of it is named. Exit 2.
- `Full`: too much waits here; the platform is asked to come again (503).
- `Away`: the database cannot be reached or written; the platform is asked to come again (503).
- `NotHeard`: a request is refused with its status, and nothing of it is stored.
- `NotSent`: a platform did not take a reply; delivery decides what becomes of it.
"""

from collections.abc import Sequence

from knowledge.errors import BotError


class SettingsError(BotError):
    """Settings that cannot be used. `faults` names every one of them, a sentence each."""

    def __init__(self, faults: Sequence[str] | str) -> None:
        self.faults = (faults,) if isinstance(faults, str) else tuple(faults)
        super().__init__("\n".join(self.faults))


class Full(BotError):  # noqa: N818 - a word of the design
    """The queue holds as much as it may."""


class Away(BotError):  # noqa: N818 - a word of the design
    """The database is away. What was queued stays queued, and is written when it is back."""


class NotHeard(BotError):  # noqa: N818 - the name the design gives it
    """A request that is not listened to: `status` 400 (shape), 401 (signature) or 413 (size)."""

    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(f"{status} {reason}")


class NotSent(BotError):  # noqa: N818 - the name the design gives it
    """A platform refused a request, or gave no answer (`status` 0)."""

    def __init__(self, status: int, reason: str = "") -> None:
        self.status, self.reason = status, reason
        super().__init__(f"{status} {reason}".rstrip())
