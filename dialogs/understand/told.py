"""Told: one message in free words, taken apart at this point of the talk; what it answers."""

import re
from dataclasses import dataclass
from functools import cached_property

from dialogs.answers import Values
from dialogs.rules.size import size
from dialogs.scene import Scene
from dialogs.understand.clauses import Asks, Clause, cut
from dialogs.understand.corrections import (
    PLAIN,
    after_mark,
    again,
    corrected,
    halves,
    names,
    takes_back,
)
from dialogs.understand.emergency import is_paperwork
from dialogs.understand.meaning import Doubt
from dialogs.understand.readers import SLOTS
from dialogs.understand.reading import NOTHING, Reading
from dialogs.understand.text import bare, even

SEVERAL = 3
DISASTER = ("disaster",)
CRIES = (Reading((DISASTER,), sure=True), Reading((DISASTER,)))
TWINS: dict[Values, Values] = {
    ("candidate",): ("undecided",),
    ("undecided",): ("candidate",),
    ("unknown",): ("undecided",),
    ("other_associations",): ("agreed",),
}
"""A partner as a firm says it, and as an association does; and the reverse."""
BRIEF = 12
"""Beside a question so few letters still answer what stands open: 「いませんけど」."""
IN_WORDS = frozenset({"standing", "partner", "plan", "concern"})
_TRADE = re.compile(
    r"[一-龥ァ-ヶー](?:屋|業|店|所|館|場|商)(?:です|や|だ|で|を|の|、|。|$)|や[っり](?:て|と)|営[んみ]|経営"
    r"|うち[はのがもや]|当社|弊社|わが社|\d+[人名]|して(?:ます|いま|おり|る)|し(?:と|ちょ|よ)(?:る|り)"
)
"""A person telling their trade: beside another question a mere word like 「発電機」 is none."""
_SCHEME = re.compile(
    r"補助金|認定|申請|税(?!理士)|償却|融資|住所|計画|加点|ビズ|bcp|保険|書類|なく[しな]|設備"
)


@dataclass(frozen=True)
class Told:
    """One message in free words, taken apart, at this point of the talk."""

    text: str
    scene: Scene

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return cut(self.text)

    @cached_property
    def asked(self) -> str:
        """The clauses that surely ask."""
        return self._joined(Asks.SURELY)

    @cached_property
    def stated(self) -> str:
        """The clauses that tell something."""
        return self._joined(Asks.NOT)

    @cached_property
    def words(self) -> str:
        """What is stated, evened."""
        return even(self.stated)

    @cached_property
    def halves(self) -> tuple[str, str] | None:
        """What was wrong and what is right, where the person says so."""
        return halves(self.stated)

    @cached_property
    def back(self) -> bool:
        return takes_back(self.stated)

    def _joined(self, how: Asks) -> str:
        return "。".join(each.text for each in self.clauses if each.asks is how)

    def read(self, slot: str, text: str, alone: bool) -> Reading:
        if not text:
            return NOTHING
        return self.scene.flow.readers.read(slot, text, alone, self.scene.book.day)

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """What was told, for each question; the open one may be answered in any way."""
        return {slot: self._reading(slot) for slot in SLOTS}

    @cached_property
    def brief(self) -> bool:
        """Are the words few, and none asked before: do they answer what stands open?"""
        first = next((i for i, each in enumerate(self.clauses) if each.asks), len(self.clauses))
        said = self.clauses[first:]
        after = any(each.asks is Asks.NOT for each in said)
        return not self.asked or (len(bare(self.stated)) <= BRIEF and not after)

    def _reading(self, slot: str) -> Reading:
        open_ = slot == self.scene.state and self.brief
        parts = None if slot in IN_WORDS else self.halves
        right = self.read(slot, parts[1], open_) if parts else NOTHING
        found = right if right.sure else self.read(slot, self.stated, open_)
        return NOTHING if found in CRIES and is_paperwork(self.text) else found

    def answers(self) -> dict[str, Values]:
        """What was surely told; an answer given before changes only where it is plainly meant."""
        told, back = self.scene.answers, self.back
        found = corrected(self.stated, told, self.read) if back else {}
        for slot, reading in self.readings.items():
            if reading.candidates and slot not in found and self._counts(slot, back):
                self._add(found, slot, reading)
        if back and not found:
            known = [q for q in reversed(self.scene.way.answered) if q in told]
            found = again(self.stated, known, told, self.read)
        return found or ({} if self.asked else self._any_industry())

    def _add(self, found: dict[str, Values], slot: str, reading: Reading) -> None:
        """Take what was surely said, or the only one of several this asker can have meant."""
        question, book = self.scene.flow.questions[slot], self.scene.book
        later = {**self.scene.answers, **found}
        twins = [TWINS.get(values, values) for values in reading.candidates if slot == "partner"]
        could = [each for each in reading.candidates if question.allows(each, later, book)]
        if not could and reading.sure:
            could = [each for each in twins if question.allows(each, later, book)]
        if len({*could}) == 1 and (reading.sure or slot == self.scene.state):
            found[slot] = could[0]

    def _counts(self, slot: str, back: bool) -> bool:
        """May what was read for this question be taken, beside the open one?"""
        words = self.words
        alone = slot == self.scene.state and self.brief
        if slot == "industry" and not _tells_trade(words):
            return alone and not self.asked and not _SCHEME.search(words)
        if slot == self.scene.state:
            return True
        if slot not in self.scene.answers:
            return True
        brief = slot == "employees" and bool(re.fullmatch(r"\D{0,4}\d+[人名]\D{0,4}", words))
        return back or brief or (slot in PLAIN and names(slot, words))

    def _any_industry(self) -> dict[str, Values]:
        """The nearest industry, where it was asked and every candidate gives the same verdict."""
        open_ = self.scene.state == "industry" and not _SCHEME.search(self.words)
        options = self.readings["industry"].candidates if open_ else ()
        told = [{**self.scene.answers, "industry": values} for values in options]
        same = len({size(each, self.scene.book) for each in told}) == 1
        return {"industry": options[0]} if same else {}

    def doubt(self, answers: dict[str, Values]) -> Doubt | None:
        """What the open question, or else the place, could mean: to be asked with buttons."""
        scene = self.scene
        if not answers and self.back and (found := self._taken_back()):
            return found
        for slot in ("prefecture",) if answers else (scene.state, "prefecture"):
            reading = self.readings.get(slot, NOTHING)
            if reading.sure or not reading.candidates or slot in answers:
                continue
            if slot in scene.answers and not names(slot, self.stated):
                continue
            if found := self._choice(slot, reading, answers):
                return found
        return None

    def _choice(self, slot: str, reading: Reading, answers: dict[str, Values]) -> Doubt | None:
        """The question what was meant, where this asker could have meant several."""
        scene = self.scene
        question, told = scene.flow.questions[slot], {**scene.answers, **answers}
        options = [v for v in reading.candidates if question.allows(v, told, scene.book)]
        if len(options) < 2:
            return None
        shown = options if slot == "prefecture" else options[:SEVERAL]
        return Doubt(slot, tuple(shown), "did_you_mean")

    def _taken_back(self) -> Doubt | None:
        """「やっぱり相手はいます」: of a question that is named and was answered before."""
        words = after_mark(self.stated)
        for slot in (q for q in self.scene.way.answered if q in IN_WORDS and names(q, words)):
            reading = self.read(slot, words, alone=True)
            if not reading.sure and (found := self._choice(slot, reading, {})):
                return found
        return None


def _tells_trade(words: str) -> bool:
    return bool(_TRADE.search(words)) and not _SCHEME.search(words)
