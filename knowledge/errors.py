"""The errors of the pure layers: one class for each thing someone has to do.

- `FileError`: an editor mends the content files; it lists every fault found.
- `FactError`: the person is sent to an office, because no value holds on that day.
"""

from dataclasses import dataclass


class BotError(Exception):
    """The root of every error this project raises on purpose."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a content file. `line` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


class FileError(BotError):
    """The content was refused. `faults` holds every fault, in the order of files and lines."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


class FactError(BotError):
    """No value holds for this name on this day."""
