"""Tokens: what typed words are searched by: words, their meanings, pieces of their sound."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from sudachipy import Dictionary, SplitMode, Tokenizer

from dialogs.understand.text import bare, even

_LONGEST = 300
"""Characters read of one message: a question is said in fewer, and the time stays bounded."""
_SHORTEST_SOUND = 4
"""A shorter sound is found inside other words: きん in ちんぎん."""
_HEAD = 2
"""Characters by which a way is looked up; a way of one character by that one."""
_MARKS = {"補助記号", "空白"}
_EMPTY = {"助詞", "助動詞", "感動詞", "接続詞"}
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_LENGTHS = (2, 3)
_MUTE = re.compile(r"[^a-z0-9%ぁ-ゖ一-鿿]+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The kinds a text is searched by.

    `words`: normalised forms. `small`: those that carry little, は and です among them.
    `meanings`: the left-hand words of synonyms.yaml.
    `sounds`: two and three characters of the reading, so that kana and wrong kanji still meet.
    """

    words: tuple[str, ...]
    small: tuple[str, ...]
    meanings: tuple[str, ...]
    sounds: tuple[str, ...]


class Cutter:
    """Cuts texts into Tokens. One thread at a time, as SudachiPy's tokenizer is."""

    __slots__ = ("_meanings", "_sizes", "_tokenizer")

    def __init__(self, tokenizer: Tokenizer, synonyms: Mapping[str, Iterable[str]]) -> None:
        self._tokenizer = tokenizer
        self._meanings: dict[str, str] = {}
        for meaning, ways in synonyms.items():
            for way in (meaning, *ways):
                self._meanings.setdefault(bare(way) or way, meaning)
                sound = self._heard(even(way))[2]
                if len(sound) >= _SHORTEST_SOUND:
                    self._meanings.setdefault(sound, meaning)
        self._sizes: dict[str, list[int]] = {}
        for way in sorted(self._meanings, key=len, reverse=True):
            sizes = self._sizes.setdefault(way[:_HEAD], [])
            sizes += [len(way)] if len(way) not in sizes else []

    def cut(self, text: str) -> Tokens:
        """The Tokens of a text; all empty when it holds no word."""
        plain = even(text[:_LONGEST])
        words, small, sound = self._heard(plain)
        return Tokens(words, small, self._meant(bare(plain), sound), _pieces(sound))

    def _heard(self, plain: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """The words and the small words in their normalised form, and the sound in hiragana."""
        words: list[str] = []
        small: list[str] = []
        sound: list[str] = []
        for each in self._tokenizer.tokenize(plain):
            kind = each.part_of_speech()[0]
            if kind not in _MARKS:
                (small if kind in _EMPTY else words).append(each.normalized_form())
                sound.append(each.reading_form() or each.surface())
        return tuple(words), tuple(small), _MUTE.sub("", "".join(sound).translate(_HIRAGANA))

    def _meant(self, written: str, sound: str) -> tuple[str, ...]:
        """Every meaning found in the letters or in the sound, each once."""
        found = [*self._ways_in(written, 1), *self._ways_in(sound, _SHORTEST_SOUND)]
        return tuple(dict.fromkeys(self._meanings[way] for way in found))

    def _ways_in(self, text: str, shortest: int) -> Iterator[str]:
        """The ways found in a text, at each place the longest, none inside another."""
        at = 0
        while at < len(text):
            step = 1
            heads = text[at : at + _HEAD], text[at]
            for size in chain.from_iterable(self._sizes.get(head, ()) for head in heads):
                whole = at + size <= len(text)
                if size >= shortest and whole and text[at : at + size] in self._meanings:
                    yield text[at : at + size]
                    step = size
                    break
            at += step


def load_cutter(synonyms: Mapping[str, Iterable[str]]) -> Cutter:
    """A Cutter over sudachidict-small: maps 112 MB of file, of which queries touch a part."""
    return Cutter(Dictionary(dict="small").tokenizer(mode=SplitMode.A), synonyms)


def _pieces(sound: str) -> tuple[str, ...]:
    ends = ((size, len(sound) - size + 1) for size in _LENGTHS)
    return tuple(sound[at : at + size] for size, end in ends for at in range(end))
