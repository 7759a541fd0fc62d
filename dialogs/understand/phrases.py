"""Reads standing, partner, plan and worries out of free words, by the stems of `phrases.yaml`."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from dialogs.understand.emergency import is_emergency, is_paperwork
from dialogs.understand.reading import NOTHING, Reading
from dialogs.understand.text import even

VALUES: Mapping[str, tuple[str, ...]] = {
    "standing": (
        "own", "association", "proxy", "disaster", "supporter", "support_plan", "large",
        "other_corporation", "not_started",
    ),
    "partner": (
        "agreed", "candidate", "member", "none", "unknown", "all_members", "some_members",
        "other_associations", "association_only", "undecided",
    ),
    "plan": (
        "none", "bcp", "single_active", "single_ending", "joint_active", "joint_ending", "unknown",
    ),
    "concern": (
        "earthquake", "flood", "infection", "cyber", "supply_chain", "funding", "staff",
        "shared_site", "typhoon", "tsunami", "landslide", "snow", "volcano", "outage", "fire",
        "insurance", "first_response", "time_effort", "where_to_start", "customer_request",
        "support_tax", "support_subsidy", "support_loan", "unknown",
    ),
}  # fmt: skip
URGENT = ("disaster",)
Rows = tuple[tuple[frozenset[str], tuple[str, ...]], ...]
"""From the top: where all these marks stand, these values."""

KANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_STOP = re.compile("[。．!?！？\n]")
_QUOTES = re.compile('[「」『』"]')
_ASKS = re.compile("(です|ます|でしょう|ません)か|って(何|なに)|とは[|]|教えて|おしえて|[?？]$")
_WONDERS = re.compile("どう|どげ|違|もらえ|いくら|無理|かな|よな|ん[かのね]?$|[のん](か|かな)$")
"""Beside another question such words ask something; only who is in need is heard at once."""
_SCHEME = re.compile("補助|助成|融資|税|支援|対象|申請|認定|計画|保険")
_VERB = re.compile(
    "(?:[いうえかきくけさしすせたちつてでなぬねばびぶべまみむめらりるれろわっぐげ来出見得](?<!とか))$"
)
_GAPS = frozenset("| ,、")
_AND = re.compile("(も|と|や|とか|か|、|,| |だの|の)*")


Piece = tuple[int, int]
Hit = tuple[int, int, str]
"""Where a mark stands in the line: from, up to, which."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A mark, the stem it starts with, and the pattern that must follow it.

    `alone`: only where its question stands open. `opens`: only where a clause starts.
    `after_noun`: not where a verb ends in it: 「相手はない」, but not 「来ない」.
    """

    mark: str
    stem: str
    rest: re.Pattern[str] | None
    alone: bool
    opens: bool
    after_noun: bool = False

    def pieces(self, line: str, start: int) -> tuple[Piece, ...]:
        """Where its words stand if the rule fits at its stem at `start`; the gaps are free."""
        if self.opens and start and line[start - 1] not in _GAPS:
            return ()
        if self.after_noun and _VERB.search(line, max(0, start - 2), start):
            return ()
        first = (start, start + len(self.stem))
        if self.rest is None:
            return (first,)
        found = self.rest.match(line, first[1])
        if not found:
            return ()
        more = (found.span(i) for i in range(1, (found.lastindex or 0) + 1))
        return (first, *((low, min(high, found.end())) for low, high in more if 0 <= low < high))


@dataclass(frozen=True, slots=True)
class Slot:
    """How one question is read: its rules by first letter, and the tables that decide.

    `denials` holds what takes a mark back, by mark; under `not` the usual ones.
    `weak` values give way to any other, `needs` is the mark without which nothing is
    unmistakable, `many`: several values are one answer.
    """

    values: tuple[str, ...]
    rules: Mapping[str, list[Rule]]
    denials: Mapping[str, re.Pattern[str]]
    rows: Rows
    asks: Rows
    weak: frozenset[str]
    needs: str | None
    many: bool

    def marks(self, line: str, alone: bool) -> tuple[str, ...]:
        """The marks the words leave, in their order; a denied one leaves `not`."""
        found = sorted(self._found(line, alone), key=_rank)
        kept: list[tuple[tuple[Piece, ...], str]] = []
        for pieces, mark in found:
            if not any(_overlap(pieces, other) for other, _ in kept):
                kept.append((pieces, mark))
        hits = sorted((pieces[0][0], pieces[-1][1], mark) for pieces, mark in kept)
        return tuple(dict.fromkeys(self._told(hits, line)))

    def _told(self, hits: list[Hit], line: str) -> list[str]:
        """The marks in their order. What is denied takes the words that deny it with it."""
        told: list[Hit] = []
        done = 0
        for start, end, mark in hits:
            if start < done:
                continue
            own = self.denials.get(mark)
            denied = mark != "nothing" and (own or self.denials["not"]).match(line, end)
            if denied:
                done = denied.end()
            told.append((start, end, ("nothing" if own else "not") if denied else mark))
        marks = [mark for _, _, mark in told]
        for i in range(len(told) - 2, -1, -1):
            if (
                self.many
                and marks[i + 1] == "not"
                and _AND.fullmatch(line, told[i][1], told[i + 1][0])
            ):
                marks[i] = "not"
        return marks

    def _found(self, line: str, alone: bool) -> Iterator[tuple[tuple[Piece, ...], str]]:
        for start, letter in enumerate(line):
            for rule in self.rules.get(letter, ()):
                # Of the many rules of a letter few begin here: that is looked at first.
                here = line.startswith(rule.stem, start) and (alone or not rule.alone)
                if here and (pieces := rule.pieces(line, start)):
                    whole = ((pieces[0][0], pieces[-1][1]),)
                    yield whole if rule.mark == "nothing" else pieces, rule.mark

    def decide(self, marks: Collection[str], alone: bool) -> tuple[str, ...]:
        """The values meant: a row that beats all else, the values named, or what to ask."""
        told = frozenset(marks)
        for needed, could in self.rows:
            if needed <= told:
                return could
        values = tuple(mark for mark in marks if mark in self.values)
        if strong := tuple(value for value in values if value not in self.weak):
            return strong
        if not alone:
            return values
        asks = next((could for needed, could in self.asks if needed <= told), ())
        return values or asks


def _rank(found: tuple[tuple[Piece, ...], str]) -> tuple[int, int, bool]:
    """The longest first, then the earliest; what is none of ours before what is."""
    pieces, mark = found
    start, end = pieces[0][0], pieces[-1][1]
    return start - end, start, mark != "nothing"


def _overlap(one: tuple[Piece, ...], other: tuple[Piece, ...]) -> bool:
    return any(low < upto and since < high for low, high in one for since, upto in other)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The four questions answered in free words."""

    slots: Mapping[str, Slot]

    def read(self, question: str, text: str, alone: bool) -> Reading:
        """What the words say to this question; beside another, only what is unmistakable."""
        if question == "standing" and is_emergency(text):
            return Reading((URGENT,), sure=True)
        line = even(_STOP.sub("|", _QUOTES.sub("", text))).translate(KANA)
        slot = self.slots[question]
        marks = slot.marks(line, alone)
        values = slot.decide(marks, alone)
        asked = _ASKS.search(even(text)) and (values != URGENT or _SCHEME.search(line))
        if values == URGENT and is_paperwork(text):
            return NOTHING
        if not values or (not alone and slot.needs and slot.needs not in marks):
            return NOTHING
        sure = (slot.many or len(values) == 1) and not asked
        wonders = not slot.many and values != URGENT and _WONDERS.search(line)
        if not alone and (wonders or not sure):
            return NOTHING
        return Reading((values,) if slot.many else tuple((each,) for each in values), sure)
