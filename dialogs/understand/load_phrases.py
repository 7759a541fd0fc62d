"""Reads `phrases.yaml` into Phrases, or refuses it with every fault and its line."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from dialogs.understand.phrases import KANA, VALUES, Phrases, Rows, Rule, Slot
from dialogs.understand.text import even
from knowledge.errors import FileError
from knowledge.strict_yaml import Path_, Sheet, load_sheet

LONGEST = 12
"""Letters of one stem: no pattern holds a whole utterance."""

_JOINS = {"…": "[^|]{0,16}?", "‥": "[^|]{0,4}?", "+": "", ">": "(?="}
_PARTS = re.compile("([…‥+>])")
_NUMBER = "0123456789一二三四五六七八九十"
_END = "(?=[| ,、]|$)"
_NO = "¬"
_DENIED = (
    "(?:いて?|おり?|り|りゃ|は|も|しま?|でき|ござい|えて)?"
    "(?:な[いくけかしっ]|無|ませ[んぬ]|まへん|[らさせ]?へん|ひん|[らせ]ん|[らせ][ずぬ]|ね[えぇー]"
    "|ね(?=[| ,、]|$)|ず|なか|まだ|未)"
)
"""「¬」: the ends that deny, in every dialect: 受けて+¬ reads 受けてない, 受けておりません."""
_SIGNS = {"。": _END, _NO: _DENIED}
_TABLES = ("rows", "asks")


def load_phrases(path: Path) -> Phrases:
    """Read `phrases.yaml`. Raises FileError naming every fault with its line."""
    sheet = load_sheet(path, f"{path.parent.name}/{path.name}")
    parts = sheet.fields((), sheet.data, " ".join(VALUES)) or {}
    slots = {question: _slot(sheet, question, value) for question, value in parts.items()}
    if sheet.faults:
        raise FileError(sheet.faults)
    return Phrases({question: slot for question, slot in slots.items() if slot})


def _slot(sheet: Sheet, question: str, value: object) -> Slot | None:
    table = sheet.fields((question,), value, "denial values", "hints rows asks weak needs many")
    if table is None:
        return None
    rules: dict[str, list[Rule]] = defaultdict(list)
    denials = {"not": _any(sheet, (question, "denial"), table["denial"])}
    names, seen = {"not"}, set[str]()
    for at, lists in _marks(sheet, question, table):
        names.add(str(at[-1]))
        if "denial" in lists:
            denials[str(at[-1])] = _any(sheet, (*at, "denial"), lists["denial"])
        for rule in _rules(sheet, at, lists, seen):
            rules[rule.stem[0]].append(rule)
    rows, asks = (_rows(sheet, (question, key), table.get(key, []), names) for key in _TABLES)
    weak = frozenset(
        sheet.one_of((question, "weak"), each, VALUES[question])
        for each in sheet.texts((question, "weak"), table.get("weak", []))
    )
    needs = sheet.one_of((question, "needs"), table["needs"], names) if "needs" in table else None
    return Slot(VALUES[question], rules, denials, rows, asks, weak, needs, "many" in table)


def _marks(
    sheet: Sheet, question: str, table: dict[str, Any]
) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Every mark, by its place, with its lists of patterns."""
    for part in ("values", "hints"):
        for mark, words in sheet.table((question, part), table.get(part, {})).items():
            at = (question, part, mark)
            if part == "values":
                sheet.one_of(at, mark, VALUES[question])
            yield at, sheet.fields(at, words, "", "clear alone denial") or {}


def _rows(sheet: Sheet, at: Path_, rows: object, names: Collection[str]) -> Rows:
    found = []
    for i, row in enumerate(sheet.items(at, rows)):
        if table := sheet.fields((*at, i), row, "marks could"):
            known = (("marks", names), ("could", VALUES[str(at[0])]))
            marks, could = (
                tuple(
                    sheet.one_of((*at, i, key), each, allowed)
                    for each in sheet.texts((*at, i, key), table[key])
                )
                for key, allowed in known
            )
            found.append((frozenset(marks), could))
    return tuple(found)


def _rules(sheet: Sheet, at: Path_, lists: dict[str, Any], seen: set[str]) -> Iterator[Rule]:
    """One rule for every stem a pattern of this mark can start with."""
    for key in lists.keys() - {"denial"}:
        for i, pattern in enumerate(sheet.texts((*at, key), lists[key])):
            if pattern in seen:
                sheet.fault((*at, key, i), f"「{pattern}」が2回あります。")
            seen.add(pattern)
            first, rest = _parts(sheet, (*at, key, i), pattern)
            for stem in filter(None, first.split("/")):
                start = stem.lstrip("^・").removesuffix("。")
                more = (_END if stem.endswith("。") else "") + rest
                after = re.compile(more) if more else None
                yield Rule(
                    str(at[-1]), start, after, key == "alone", stem[0] == "^", stem[0] == "・"
                )


def _parts(sheet: Sheet, at: Path_, pattern: str) -> tuple[str, str]:
    """The stems a pattern starts with, and the expression of what must follow."""
    pieces = _PARTS.split(pattern.replace(" ", ""))
    first, *more = (p if p in _JOINS else even(p).translate(KANA) for p in pieces)
    stems = (
        "/".join([first, *more[1::2]])
        .replace("~", "")
        .replace("^", "")
        .replace("・", "")
        .split("/")
    )
    if not all(0 < len(stem) <= LONGEST for stem in stems):
        sheet.fault(at, f"「{pattern}」の言葉は1字から{LONGEST}字までにしてください。")
    pairs = zip(more[::2], more[1::2], strict=True)
    return first, "".join(_JOINS[join] + _group(p) + ")" * (join == ">") for join, p in pairs)


def _group(words: str) -> str:
    """One of these words; 「~」 last: or nothing; 「。」: the end of a clause; 「¬」: a denial."""
    each = sorted(words.removesuffix("~").split("/"), key=len, reverse=True)
    found = [_SIGNS.get(word) or re.escape(word) for word in each]
    # 「1か月」 is not read out of 「11か月」.
    whole = [f"(?<![{_NUMBER}]){w}" if w[:1] in _NUMBER else w for w in found]
    return f"({'|'.join(whole)})" + ("?" if words.endswith("~") else "")


def _any(sheet: Sheet, at: Path_, patterns: object) -> re.Pattern[str]:
    """Any of these patterns, from where a mark ends."""
    each = (_parts(sheet, (*at, i), p) for i, p in enumerate(sheet.texts(at, patterns)))
    return re.compile("|".join(_group(first) + rest for first, rest in each))
