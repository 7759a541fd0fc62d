"""A folder to break in one place, a sheet read from a few lines, and every text of the content."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import FileError
from knowledge.load import load_book
from knowledge.strict_yaml import Sheet, load_sheet
from tests.conftest import ROOT
from tests.knowledge.small import write_small

TYPED = "also"
"""The entry of a topic that lists how people ask for it, wrong as they may be."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small knowledge folder, sound as it stands."""
    return write_small(tmp_path)


@pytest.fixture
def edited(folder: Path) -> Callable[[str, str, str], list[str]]:
    """Replace the one `old` in a file by `new`, and give the faults that loading then names."""

    def edit(file: str, old: str, new: str) -> list[str]:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(FileError) as refused:
            load_book(folder)
        return [str(fault) for fault in refused.value.faults]

    return edit


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str | bytes], Sheet]:
    """Read this text as if it were `consultation.yaml`."""

    def load(text: str | bytes) -> Sheet:
        path = tmp_path / "consultation.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return load_sheet(path, "consultation.yaml")

    return load


def leaves(value: Any) -> Iterator[str]:
    """Every text in the value, the names of its entries too, but not what only people type."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            if key != TYPED:
                yield from leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield value


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """Every text of the content, with its file before it."""
    found = []
    for path in sorted([*ROOT.glob("knowledge/**/*.yaml"), *ROOT.glob("dialogs/*.yaml")]):
        sheet = load_sheet(path, path.name)
        assert sheet.faults == []
        found += [f"{path.name}: {text}" for text in leaves(sheet.data)]
    for path in ROOT.glob("knowledge/**/*.json"):
        found += [f"{path.name}: {line}" for line in path.read_text("utf-8").splitlines()]
    return found


@pytest.fixture(scope="session")
def find(texts: list[str]) -> Callable[[str], list[str]]:
    """The texts in which this pattern stands."""
    return lambda pattern: [text for text in texts if re.search(pattern, text)]
