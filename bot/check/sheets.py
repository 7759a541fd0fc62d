"""The content files of a folder, read once for the checks that look at them as they stand."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from knowledge.errors import Fault
from knowledge.strict_yaml import Path_, Sheet, load_sheet

TALK = "dialogs/consultation.yaml"
ADVICE = "dialogs/advice.yaml"
WORDS = "dialogs/words.yaml"
COMMANDS = "dialogs/commands.yaml"
TOPICS = "knowledge/topics"
"""The file or the folder of topics."""
CASES = "knowledge/cases.yaml"
OFFICES = "knowledge/offices.yaml"
FOLDERS = ("dialogs", "dialogs/understand", "knowledge", "knowledge/facts", "knowledge/topics")


class Sheets:
    """Every content file by name. Faults are put into the sheet they belong to."""

    def __init__(self, root: Path) -> None:
        paths = [path for folder in FOLDERS for path in sorted((root / folder).glob("*.yaml"))]
        names = [path.relative_to(root).as_posix() for path in paths]
        self._sheets = {n: load_sheet(p, n) for n, p in zip(names, paths, strict=True)}

    def __getitem__(self, name: str) -> Sheet:
        return self._sheets[name]

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self._sheets.values())

    @property
    def facts(self) -> tuple[Sheet, ...]:
        """The files of facts."""
        return tuple(sheet for sheet in self if sheet.name.startswith("knowledge/facts/"))

    @property
    def topics(self) -> tuple[Sheet, ...]:
        """The files of topics."""
        return tuple(sheet for sheet in self if sheet.name.startswith(TOPICS))

    @property
    def faults(self) -> list[Fault]:
        """All faults found so far."""
        return [fault for sheet in self for fault in sheet.faults]

    def fact(self, id: str, text: str) -> Fault:
        """This text at the fact; where there is no such fact, at the one named most like it."""
        places = {known: sheet for sheet in self.facts for known in sheet.data}
        (near,) = get_close_matches(id, places, 1, 0)
        return Fault(places[near].name, places[near].line((near,)), text)


def leaves(data: dict[str, Any]) -> Iterator[tuple[Path_, str]]:
    """Every text of a sheet's data, with its path; in no order."""
    todo: list[tuple[Path_, Any]] = [((), data)]
    while todo:
        at, value = todo.pop()
        if isinstance(value, str):
            yield at, value
        elif isinstance(value, dict):
            todo += [((*at, key), each) for key, each in value.items()]
        else:
            todo += [((*at, i), each) for i, each in enumerate(value)]


def value_at(data: Any, at: Path_) -> Any:
    """What stands at this path of a sheet's data."""
    for key in at:
        data = data[key]
    return data


def unread(root: Path) -> list[Fault]:
    """Files that look like content and are never read: `.yml`, or in a folder too deep."""
    found = [path for folder in ("dialogs", "knowledge") for path in (root / folder).rglob("*.yml")]
    found += [path for folder in ("facts", "topics")
              for path in (root / "knowledge" / folder).glob("*/**/*.yaml")]  # fmt: skip
    text = "このファイルは読まれません。名前を .yaml にして、決まった場所に置いてください。"
    return [Fault(path.relative_to(root).as_posix(), 0, text) for path in found]
