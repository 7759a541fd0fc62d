"""Reads `industries.yaml` into Industries, or refuses it with every fault and its line."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from math import log
from pathlib import Path

from dialogs.understand.industry import ACTS, CLASSES, KANA, Classes, Industries, Word, bigrams
from dialogs.understand.text import even
from knowledge.errors import FileError
from knowledge.strict_yaml import Path_, Sheet, load_sheet

_COMPOUND = re.compile(
    "(ごむ)([^印の].+)|(?!ごむ)([^の]{2,})"
    "(修理|工事|製造|販売|卸|加工|設置|栽培|養殖|清掃|れんたる|りーす|教室|経営|管理|開発|制作|設計|整備|塗装|取付|点検)"
)
_LISTS = ("words", "kana")
_SHAPES = {
    "ignore": "words",
    "trades": "could words",
    "vague": "could words",
    "things": "could make shop sell words",
    "acts": "act could words",
}


def load_industries(path: Path) -> Industries:
    """Read `industries.yaml`. Raises FileError naming every fault with its line."""
    sheet = load_sheet(path, f"{path.parent.name}/{path.name}")
    words: dict[str, Word] = {}
    lines: dict[str, int] = {}
    for at, value, word in _groups(sheet):
        for i, text in enumerate(sheet.texts(at, value)):
            known = even(text).translate(KANA)
            if known in words:
                sheet.fault((*at, i), f"「{text}」は{lines[known]}行目にもあります。")
            words[known], lines[known] = word, sheet.line((*at, i))
    if sheet.faults:
        raise FileError(sheet.faults)
    every = {**_apart(words), **words}
    return Industries(every, _grams(words), max(map(len, every)))


def _groups(sheet: Sheet) -> Iterator[tuple[Path_, object, Word]]:
    """Every list of words, where it stands, and what its words say."""
    parts = sheet.fields((), sheet.data, " ".join(_SHAPES)) or {}
    for part, value in parts.items():
        for i, each in enumerate(sheet.items((part,), value)):
            table = sheet.fields((part, i), each, _SHAPES[part], "kana")
            if table is None:
                continue
            kind = sheet.one_of((part, i, "act"), table["act"], ACTS) if "act" in table else part
            could = {
                deed: _classes(sheet, (part, i, deed), classes)
                for deed, classes in table.items()
                if deed not in {"act", *_LISTS}
            }
            word = Word(kind, could or {"could": ()})
            yield from (((part, i, key), table[key], word) for key in _LISTS if key in table)


def _classes(sheet: Sheet, at: Path_, value: object) -> Classes:
    return tuple(sheet.one_of(at, each, CLASSES) for each in sheet.texts(at, value))


def _apart(words: Mapping[str, Word]) -> dict[str, Word]:
    """「水道修理」 is also typed 「水道の修理」, 「ゴムホース」 also 「ゴムのホース」."""
    found: dict[str, Word] = {}
    for known, word in words.items():
        if word.kind == "trades" and (parts := _COMPOUND.fullmatch(known)):
            first, second = [part for part in parts.groups() if part]
            found.setdefault(f"{first}の{second}", word)
    return found


def _grams(words: Mapping[str, Word]) -> dict[str, list[tuple[str, float]]]:
    """By bigram the words that hold it, each with the share of the word it makes up."""
    known = [w for w, word in words.items() if word.kind in {"trades", "things"} and len(w) > 3]
    counts = Counter(gram for word in known for gram in bigrams(word))
    rare = {gram: log(1 + len(known) / count) for gram, count in counts.items()}
    grams: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for word in known:
        total = sum(rare[gram] for gram in bigrams(word))
        for gram in bigrams(word):
            grams[gram].append((word, rare[gram] / total))
    return dict(grams)
