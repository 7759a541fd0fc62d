"""Places: the names of prefectures, municipalities and wards, and which prefectures bear them."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from operator import itemgetter
from pathlib import Path
from typing import Any

from knowledge.errors import Fault, FileError


class Level(IntEnum):
    """How a name names a place, the most telling first."""

    PREFECTURE = 0  # 埼玉県
    PREFECTURE_STEM = 1  # 埼玉
    FULL = 2  # 熊谷市, 中央区, 京都郡
    GREAT = 3  # 川崎: the stem of a great city, of a ward of Tokyo, or in kana by law: つくば
    CITY = 4  # 掛川; and names of no municipality: 銀座, 信州
    WARD = 5  # 博多
    TOWN = 6  # 軽井沢


@dataclass(frozen=True, slots=True)
class Name:
    """What one written form can mean.

    `prefectures`: what it means standing alone, best first. `anywhere`: all that have it at all,
    for 「三重の川越」. `sure`: alone it means its one prefecture, and hardly anything but a place.
    """

    prefectures: tuple[str, ...]
    anywhere: tuple[str, ...]
    level: Level
    sure: bool


_LARGE = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖぢづ", "あいうえおつやゆよわかけじず")
_FORMS = str.maketrans(
    "埼嵜﨑渇瀉泻阪龍鰺檜瀧嶋濱澤廣國條髙冨竃釜驒櫻邉鹽枥繩",
    "崎崎崎潟潟潟坂竜鯵桧滝島浜沢広国条高富竈竈騨桜辺塩栃縄",
)
_KATAKANA = {code: chr(code - 0x60).translate(_LARGE) for code in range(ord("ァ"), ord("ヶ") + 1)}
_FOLD: dict[int, str | int] = {**_KATAKANA, **_LARGE, **_FORMS}
_LONG_O = re.compile(r"(?<=[おこそとのほもよろをごぞどぼぽ])[おー]")
_LONG_E = re.compile(r"(?<=[えけせてねへめれげぜでべ])ー")
_ENDS = {
    "市": ("し",), "区": ("く",), "町": ("ちよう", "まち"), "村": ("むら", "そん"),
    "郡": ("ぐん",), "島": ("じま",), "県": ("けん",), "府": ("ふ",), "都": ("と",),
}  # fmt: skip
_GREAT = 203
"""The cities of a prefecture are numbered from 201 in the order they became one, the designated
ones below: up to here a city is known all over the country."""


def fold(text: str) -> str:
    """Kana as large hiragana, old and mistaken characters as the right one; the length stays."""
    return text.translate(_FOLD)


def sound(text: str) -> str:
    """Folded text with its long vowels written one way: おおさか, おうさか, おーさか."""
    if "お" not in text and "ー" not in text:
        return text
    return _LONG_E.sub("い", _LONG_O.sub("う", text))


_Entry = tuple[str, Level, str]
"""A folded form, how it names the prefecture, and the prefecture."""


@dataclass(frozen=True, slots=True)
class Places:
    """Who bears a folded form; the lengths of forms by first letter; those that are never sure."""

    bearers: Mapping[str, Sequence[_Entry]]
    lengths: Mapping[str, tuple[int, ...]]
    hardly: Collection[str]

    def longest(self, folded: str, start: int) -> tuple[int, Name] | None:
        """Where the longest name beginning here ends, and what it means, whatever stands around."""
        lengths = self.lengths.get(folded[start])
        if lengths is None:
            return None
        ahead = sound(folded[start : start + lengths[0]])
        for length in lengths:
            if length <= len(ahead) and ahead[:length] in self.bearers:
                return start + length, self.name(ahead[:length])
        return None

    def name(self, form: str) -> Name:
        """What a form that has bearers means."""
        bearers = sorted(self.bearers[form], key=itemgetter(1))
        level = bearers[0][1]
        anywhere = tuple(dict.fromkeys(prefecture for _, _, prefecture in bearers))
        known = anywhere
        if level in (Level.PREFECTURE_STEM, Level.GREAT) and len(form) > 1:
            # いばらき is also 茨木市. Wards and small towns are not thought of beside a great name.
            known = tuple(dict.fromkeys(each for _, of, each in bearers if of <= Level.CITY))
        short = level == Level.TOWN and len(form) <= (4 if form[0] < "一" else 2)
        sure = len(known) == 1 and not short and form not in self.hardly
        return Name(known, anywhere, level, sure)


def load_places(path: Path) -> Places:
    """Read `municipalities.json`. Raises FileError when it is not what the script writes."""
    try:
        return _places(_Listed(json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        again = "読めません。bot/tools/municipalities.py で作り直してください。"
        raise FileError([Fault(f"{path.parent.name}/{path.name}", 0, again)]) from error


class _Listed:
    """The file, and the entries it leads to.

    By hand: `aliases` are slips for a prefecture, `also` names of no municipality. `words` and
    `spoken` are everyday words, in kanji and kana, before they are places: never read as one.
    `hardly` are as often a surname or a word: never sure.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        words, hardly = " ".join(data["words"] + data["spoken"]), " ".join(data["hardly"])
        self.unsaid = {sound(fold(each)) for each in words.split()}
        self.hardly = {sound(fold(each)) for each in hardly.split()}

    def entries(self) -> Iterator[_Entry]:
        for prefecture, alias in self.data["aliases"]:
            yield fold(alias), Level.PREFECTURE, prefecture
        for name, kana in self.data["prefectures"]:
            if name[-1] == "道":
                yield from ((form, Level.PREFECTURE, name) for form in (name, fold(kana)))
            else:
                yield from self.forms(name, kana, name, Level.PREFECTURE, Level.PREFECTURE_STEM)
        yield from self.municipalities(self.data["municipalities"] + self.data["wards"])
        for name, kana, prefecture in self.data["also"]:
            yield from ((fold(form), Level.CITY, prefecture) for form in (name, kana))

    def municipalities(self, rows: list[list[str]]) -> Iterator[_Entry]:
        """A city is also known by other readings of its stem: 大田市 by おおたし, as 大田区."""
        readings: dict[str, dict[str, None]] = {}
        for code, prefecture, within, within_kana, name, kana in rows:
            level = _level(code, within, name)
            yield from self.forms(name, kana, prefecture, Level.FULL, level)
            readings.setdefault(name[:-1], {})[_stem(name, fold(kana))] = None
            if within and level == Level.TOWN:
                yield from self.forms(within, within_kana, prefecture, Level.FULL, None)
        for _, prefecture, _, _, name, _ in rows:
            if name[-1] == "市" and len(readings[name[:-1]]) > 1:
                for stem in readings[name[:-1]]:
                    yield from ((stem + end, Level.FULL, prefecture) for end in ("し", "市"))

    def forms(
        self, name: str, kana: str, prefecture: str, full: Level, short: Level | None
    ) -> Iterator[_Entry]:
        """A name with its suffix in kanji, in kana and in both; and without."""
        name, end, kana = fold(name), name[-1], fold(kana)
        stem = _stem(name, kana)
        # 鎌ケ谷 is also written 鎌が谷.
        written = {name[:-1]: None, name[:-1].replace("け", "が"): None}
        for form in (*written, stem):
            yield form + end, full, prefecture
            if short is not None:
                yield form, short, prefecture
        for each in _ENDS[end]:
            yield stem + each, full, prefecture


def _stem(name: str, kana: str) -> str:
    """The reading without that of the suffix: くまがやし → くまがや. Both folded."""
    end = next(each for each in _ENDS[name[-1]] if kana.endswith(each))
    return kana[: -len(end)]


def _level(code: str, within: str, name: str) -> Level:
    """Of the stem of this municipality or ward."""
    if name[-1] in "町村":
        return Level.TOWN
    if within:
        return Level.WARD
    # つくば is how everybody writes it; くまがや is a reading only.
    great = name[-1] == "区" or int(code[2:]) <= _GREAT or name[:-1] == fold(name[:-1]) < "一"
    return Level.GREAT if great else Level.CITY


def _places(listed: _Listed) -> Places:
    bearers: dict[str, list[_Entry]] = {}
    for entry in listed.entries():
        form = sound(entry[0])
        if form not in listed.unsaid:
            bearers.setdefault(form, []).append(entry)
    lengths: dict[str, set[int]] = {}
    for form in bearers:
        lengths.setdefault(form[0], set()).add(len(form))
    by_letter = {letter: tuple(sorted(each, reverse=True)) for letter, each in lengths.items()}
    return Places(bearers, by_letter, listed.hardly)
