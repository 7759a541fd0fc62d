"""Reads an owner's words for his work into its class: what is done, to what, not for whom."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from dialogs.understand.reading import NOTHING, Reading
from dialogs.understand.text import even

CLASSES = ("manufacturing_other", "wholesale", "retail", "service", "ryokan", "software", "rubber")
ACTS = ("make", "factory", "wholesale", "shop", "counter", "sell", "serve", "build", "carry")
SHOWN = 3
NEAR = 0.55
"""From this share of a word's bigrams, weighed by how rare they are, it is offered."""

Classes = tuple[str, ...]
_HEADS = frozenset({"trades", "things", "make", "factory", "wholesale", "build"})
"""What decides when it follows a trade at once: 「ラーメン製造」 makes."""
KANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_BOTH = re.compile("と|や|も|、|兼")
_FOR = re.compile(
    "(さん?|様|現場|業者)?(に(?!な|属|入る|入り|あた|当|該当|分類|含|近い|し[てま])|へ|向け|むけ|相手)|から|用の|の(近く|隣|横|下請|そば)"
)
_DENIED = re.compile(
    "(の?ほう|の?方|業|屋|店)?((では?|じゃ|や|とは?|とか)?(な[くいか]|ありま|ちが|違|ちゃう)"
    "|(は|を)?(やめ|辞め|閉め|たたん|廃業))"
)
_ONCE = re.compile("(昔|以前|前は|元々|もともと|元は|もとは).*?(今|いま|現在)")
_SIDE = re.compile(
    "(も|は|を|とか|なんか)*、?(少し|すこし|ちょ|たまに|ときどき|時々|頼まれ|ついで|片手間|おまけ)"
)
"""What is done beside the trade, and no trade of its own: 「修理も少し」."""
_ALSO = re.compile("(の?ほう|と?か|なんか)?も")
_MAIN = re.compile("本業|めいん|主に|主力|主な|おもに")
_MAINLY = re.compile("(が|を)?(本業|めいん|中心|主力|主や|主で|ほとんど|大半)")
_BEFORE, _AFTER = (
    frozenset("のとやではがをもにお"),
    frozenset("でやをのにがもはとっだじなさよねつばけ"),
)
"""What may stand beside a short word in kana, so that 「そば」 is not read from 「そばだて」."""
_SCRIPTS = (
    ("hiragana", "ぁ", "ゖ"),
    ("katakana", "ァ", "ー"),
    ("latin", "a", "z"),
    ("kanji", "一", "鿿"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """What one word says. `kind`: a part of the file, or the name of an act.

    `could` holds the classes under `could` and, for a thing, under the act done to it.
    """

    kind: str
    could: Mapping[str, Classes]


@dataclass(frozen=True, slots=True)
class Hit:
    """A known word found in the text, from `start` up to `end`."""

    word: Word
    start: int
    end: int

    @property
    def could(self) -> Classes:
        return self.word.could["could"]


@dataclass(frozen=True, slots=True)
class Industries:
    """Every known word, and by bigram the words it stands in, for what is misspelt."""

    words: Mapping[str, Word]
    grams: Mapping[str, list[tuple[str, float]]]
    longest: int

    def read(self, text: str) -> Reading:
        """The class of the work named, or the classes it could be, at most three."""
        typed = even(text)
        line = typed.translate(KANA)
        found = self._hits(typed, line)
        hits = [hit for hit in found if hit.word.kind != "ignore"]
        own = _own(hits, line)
        classes = _decide(own, line) if hits else self._near(line)
        shown = tuple((each,) for each in classes[:SHOWN])
        named = any(not _FOR.match(line, hit.end) for hit in own)  # Not customers only.
        return Reading(shown, named and len(classes) == 1) if shown else NOTHING

    def _hits(self, typed: str, line: str) -> list[Hit]:
        """Known words from left to right, at each place the longest."""
        hits: list[Hit] = []
        at = 0
        while at < len(line):
            ends = range(min(len(line), at + self.longest), at, -1)
            end = next((e for e in ends if self._stands(typed, line, at, e)), None)
            if end:
                hits.append(Hit(self.words[line[at:end]], at, end))
            at = end or at + 1
        return hits

    def _stands(self, typed: str, line: str, start: int, end: int) -> bool:
        """Is this a known word of its own? A short one is not read out of a longer one."""
        word = self.words.get(line[start:end])
        if word is None or word.kind == "ignore":
            return word is not None
        scripts = {_script(letter) for letter in typed[start:end]}
        if end - start > 3 and scripts != {"hiragana"}:
            return True
        before, after = typed[start - 1 : start], typed[end : end + 1]
        beside = _script(before), _script(after)
        if scripts == {"hiragana"}:
            ends = word.kind in ACTS or beside[1] != "hiragana" or after in _AFTER
            return ends and (beside[0] != "hiragana" or before in _BEFORE)
        if scripts == {"kanji"}:
            return end - start > 1 or word.kind in ACTS or beside[0] != "kanji"
        return "kanji" in scripts or not scripts & {*beside}

    def _near(self, line: str) -> Classes:
        """The classes of the words that share most of their bigrams with the text."""
        shares: dict[str, float] = defaultdict(float)
        for gram in bigrams(line):
            for word, share in self.grams.get(gram, ()):
                shares[word] += share
        best = sorted((word for word in shares if shares[word] >= NEAR), key=lambda w: -shares[w])
        return _once(each for word in best[:SHOWN] for each in self.words[word].could["could"])


def bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _once(classes: Iterable[str]) -> Classes:
    return tuple(dict.fromkeys(classes))


def _script(letter: str) -> str:
    return next((name for name, low, high in _SCRIPTS if low <= letter <= high), "")


def _own(hits: list[Hit], line: str) -> list[Hit]:
    """The hits that say what is done here and now: not denied, not past, not a customer's."""
    past, main = _ONCE.search(line), _MAIN.search(line)
    kept = [
        hit
        for hit in hits
        if not (_DENIED.match(line, hit.end) or (past and hit.start < past.end()))
    ]
    if any(hit.word.kind in {"trades", "things"} for hit in kept):
        kept = [hit for hit in kept if hit.word.kind != "vague"]
    if main_work := [hit for hit in kept if not _SIDE.match(line, hit.end)]:
        kept = main_work if any(hit.word.kind == "trades" for hit in main_work) else kept
    if mainly := [h for h in kept if h.word.kind == "trades" and _MAINLY.match(line, h.end)]:
        return mainly
    if main and (after := [hit for hit in kept if hit.start >= main.end()]):
        kept = after
    pairs = pairwise(kept)
    own = [hit for hit, later in pairs if not _yields(hit, later, line)]
    return [*own, *(hit for hit in kept[-1:] if not own or not _FOR.match(line, hit.end))]


def _yields(hit: Hit, later: Hit, line: str) -> bool:
    """Does this hit only say for whom or where, or the first half of a longer word?"""
    if _FOR.match(line, hit.end):
        return True
    makes = later.word.kind in {"make", "factory"}
    if hit.word.kind == "things" or (makes and "retail" not in hit.could):
        return False
    if hit.end == later.start:
        return hit.word.kind == "trades" and later.word.kind in _HEADS
    return line.startswith("の", hit.end) and later.word.kind in _HEADS | {"serve"}


def _decide(hits: list[Hit], line: str) -> Classes:
    """The classes the hits leave, best first."""
    trades = [hit.could for hit in hits if hit.word.kind == "trades"]
    trades = trades or [hit.could for hit in hits if hit.word.kind == "vague"][:1]
    acts = {hit.word.kind: hit.could for hit in hits if hit.word.kind in ACTS}
    if {"make", "factory"} & acts.keys():
        if "wholesale" in acts and {"counter", "sell"} & acts.keys():
            return ("manufacturing_other", "wholesale", "retail")
        acts.pop("wholesale", None)
    if not trades:
        return _done([hit.word.could for hit in hits if hit.word.kind == "things"], acts)
    several = _once(each for could in trades for each in could)
    said = _once(could[0] for could in acts.values() if len(could) == 1)
    common = tuple(each for each in several if all(each in could for could in trades))
    alike = not acts and len(common) == 1 and {could[0] for could in trades} == {*common}
    also = len(trades) > 1 and hits[-1].word.kind == "trades" and _ALSO.match(line, hits[-1].end)
    if (also or any(_BOTH.match(line, hit.end) for hit in hits[:-1])) and not alike:
        return _once([*several, *said])
    classes = common or several
    if classes == ("retail",) and "wholesale" in acts:
        return (*classes, "wholesale")
    if classes == ("rubber",) and "sell" in acts and not {"make", "factory"} & acts.keys():
        return ("wholesale", "retail", "rubber")
    if "manufacturing_other" in said:
        said = (*said, "rubber")  # Rubber is made too.
    return tuple(each for each in classes if each in said) or classes


def _done(things: list[Mapping[str, Classes]], acts: Mapping[str, Classes]) -> Classes:
    """What is done to the last thing named; a thing alone, or an act alone."""
    thing = things[-1] if things else {}
    named = {act: thing.get("make" if act == "factory" else act, acts[act]) for act in acts}
    done = _once(each for could in named.values() for each in could)
    likely = thing.get("could", ())
    if {"make", "factory"} & acts.keys() and likely[:1] == ("retail",) and "retail" in done:
        return _once(["retail", *done])  # Made and sold by the same hands: 製造小売.
    if "factory" in named and "shop" in named:
        return _once([*named["factory"], *done])
    return done or likely
