"""Reads YAML as plain text values, refuses duplicates, and remembers the line of every entry.

YAML's own typing is a trap (`0120` becomes 80, `12:30` becomes 750), so every scalar stays text
and is converted where it is used. Parsing runs at C speed; only the shape is ours.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import Fault

Path_ = tuple[str | int, ...]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class Sheet:
    """One content file: its name, its data, where each entry stands, and the faults found so far.

    A `broken` one could not be read at all; its one fault says why, and it reads as empty.
    `data` is made of dict, list and str only. `lines` maps a path such as
    `("tax_rate", "value")` to its line, counted from 1.
    """

    name: str
    data: dict[str, Any]
    lines: dict[Path_, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    broken: bool = False

    def line(self, at: Path_) -> int:
        """The line of the entry at this path, or of the nearest entry above it."""
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 0)

    def fault(self, at: Path_, text: str) -> None:
        self.faults.append(Fault(self.name, self.line(at), text))

    def table(self, at: Path_, value: object) -> dict[str, Any]:
        """The value as a mapping; anything else is a fault and reads as empty."""
        if isinstance(value, dict):
            return value
        self.fault(at, f"「{_name(at)}」は「名前: 値」の組で書いてください。")
        return {}

    def items(self, at: Path_, value: object) -> list[Any]:
        """The value as a list; anything else is a fault and reads as empty."""
        if isinstance(value, list):
            return value
        self.fault(at, f"「{_name(at)}」は「- 」で始まる並びで書いてください。")
        return []

    def text(self, at: Path_, value: object) -> str:
        """The value as text; anything else, and empty text, is a fault and reads as empty."""
        if isinstance(value, str) and value.strip():
            return value
        self.fault(at, f"「{_name(at)}」には言葉が1つ要ります。")
        return ""

    def maybe(self, at: Path_, table: dict[str, Any], key: str) -> str | None:
        """The text under this key of the table, or None where the key is absent."""
        return self.text((*at, key), table[key]) if key in table else None

    def texts(self, at: Path_, value: object) -> tuple[str, ...]:
        """One text or a list of texts, as a tuple."""
        if isinstance(value, list):
            return tuple(self.text((*at, i), each) for i, each in enumerate(value))
        return (self.text(at, value),)

    def one_of(self, at: Path_, value: object, known: Collection[str]) -> str:
        """The value as one of the known words; another word is a fault, and read as it stands."""
        text = self.text(at, value)
        if text and text not in known:
            hint = f"{'、'.join(known)} のどれかにしてください。"
            self.fault(at, f"「{text}」は使えません。{hint}")
        return text

    def day(self, at: Path_, value: object) -> date:
        """The value as a day written 2026-11-22; else a fault, read as the first day there is."""
        text = self.text(at, value)
        if not text:
            return date.min
        try:
            if not _DAY.fullmatch(text):
                raise ValueError(text)
            return date.fromisoformat(text)
        except ValueError:
            self.fault(at, f"「{text}」という日はありません。例 2026-11-22")
            return date.min

    def fields(
        self, at: Path_, value: object, required: str, optional: str = ""
    ) -> dict[str, Any] | None:
        """The value as a mapping with these keys (space separated), or None after naming faults."""
        if self.broken:
            return None
        table = self.table(at, value)
        before = len(self.faults)
        for key in table:
            if key not in required.split() and key not in optional.split():
                known = "、".join([*required.split(), *optional.split()])
                hint = f"使えるのは {known} です。"
                self.fault((*at, key), f"「{key}」という項目はありません。{hint}")
        for key in required.split():
            if key not in table:
                self.fault(at, f"「{_name(at)}」に「{key}」がありません。")
        return table if len(self.faults) == before and table else None


def _name(at: Path_) -> str:
    return str(at[-1]) if at else "ファイル全体"


def load_sheet(path: Path, name: str) -> Sheet:
    """Read one file. Faults are kept in the sheet, never raised; a broken file reads as empty."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except OSError:
        return _broken(name, 0, "ファイルが読めません。あるかどうか確かめてください。")
    except UnicodeDecodeError:
        return _broken(name, 0, "文字コードをUTF-8にしてください。")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return _broken(name, line, f"YAMLの書き方が違います（{error.problem}）。")
    except yaml.YAMLError:
        return _broken(name, 0, "使えない文字が入っています。")
    if node is None:
        return _broken(name, 0, "ファイルが空です。")
    sheet = Sheet(name, {})
    sheet.data = sheet.table((), _plain(node, (), sheet, ()))
    return sheet


def _broken(name: str, line: int, text: str) -> Sheet:
    return Sheet(name, {}, faults=[Fault(name, line, text)], broken=True)


def _plain(node: yaml.Node, at: Path_, sheet: Sheet, above: tuple[int, ...]) -> Any:
    """The node as dict, list or str. An alias to a node above itself would never end: refused."""
    sheet.lines.setdefault(at, node.start_mark.line + 1)
    if id(node) in above:
        sheet.fault(at, "自分自身を指す「*」は使えません。")
        return ""
    above = (*above, id(node))
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, (*at, i), sheet, above) for i, each in enumerate(node.value)]
    return _mapping(node, at, sheet, above)


def _mapping(node: yaml.Node, at: Path_, sheet: Sheet, above: tuple[int, ...]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value
        if not isinstance(key, str):
            sheet.faults.append(Fault(sheet.name, line, "項目の名前は1つの言葉にしてください。"))
            continue
        if key in table:
            first = sheet.lines[(*at, key)]
            sheet.faults.append(Fault(sheet.name, line, f"「{key}」は{first}行目にもあります。"))
            continue
        sheet.lines[(*at, key)] = line
        table[key] = _plain(value_node, (*at, key), sheet, above)
    return table
