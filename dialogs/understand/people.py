"""How many employees the typed words state: 「30人」「正社員10人パート5人」「役員だけ」.

Officers and owners are no 常時使用する従業員; part-timers may be and widen the span. 出典: S2 P1
"""

import re

from dialogs.understand.headcount import MOST, Count, Headcount, add
from dialogs.understand.money import is_asked
from dialogs.understand.numbers import Figure, figures, plain
from dialogs.understand.people_words import (
    ALONE,
    AWAY,
    BARE,
    BREAKDOWN,
    FEW,
    INCLUDING,
    KIN_NAMED,
    KIN_ROW,
    LEAD,
    LEFT,
    MORE,
    MUSED,
    NAMED,
    NOBODY,
    NONE_ALONE,
    NOW,
    OF_THEM,
    ONE_BOSS,
    ONE_OF_KIN,
    ONE_SELF,
    ONLY_BOSS,
    ONLY_KIN,
    OTHERS,
    OTHERWISE,
    OURS,
    PART,
    PAST,
    ROLES,
    SAID_OTHERWISE,
    SITE,
    STAFF,
    UNCOUNTED,
    UNIT,
    WORK,
)
from dialogs.understand.reading import Span

_FEW = 9
"""「ほかに季節の人がちょっと」: at most so many."""


def read_people(text: str, alone: bool) -> Span | None:
    """Of the people these words state, how many are employees."""
    found = read_headcount(text, alone)
    return found.counted if found else None


def read_headcount(text: str, alone: bool) -> Headcount | None:
    """The people these words state; None when none or in doubt.

    `alone`: employees are the standing question, so that a bare number counts.
    """
    words, done, counts = plain(text), 0, []
    for pattern, number in SAID_OTHERWISE if OTHERWISE.search(words) else ():
        words = pattern.sub(number, words)
    for figure in figures(words, UNIT):
        before = " " * (not done) + words[done : figure.start]
        counts.append(_count(words, before, figure, alone))
        done = figure.end
    known = [count for count in counts if count]
    known = known[max((i for i, count in enumerate(known) if count.now), default=0) :]
    if known and (few := FEW.match(words, done)):
        done = few.end()
        known.append(Count("few", 0, _FEW, False, Span(0, 0)))
    if any(count.kind == "doubt" for count in known) or UNCOUNTED.match(words, done):
        return None
    found = add(known, words) if known else _uncounted(words, alone)
    few_enough = found and (found.counted.high or found.counted.low) <= MOST
    return found if few_enough else None


def _count(words: str, before: str, figure: Figure, alone: bool) -> Count | None:
    """What one figure counts of the firm; None when it is not about its people."""
    now = NOW.search(before) is not None
    resets = [*OURS.finditer(before), *NOW.finditer(before)]
    before = before[max((reset.end() for reset in resets), default=0) :]
    after = words[figure.end :]
    named = NAMED.search(before) or (alone and BARE.match(after) and SITE.search(before))
    more = not figure.unit and MORE.search(before)
    bare = named or more or (alone and LEAD.fullmatch(before) and BARE.match(after))
    away = not named and not ALONE.match(after) and AWAY.match(after)
    if not (figure.unit or bare) or (away and WORK.search(words)):
        return None
    if figure.denied or _is_other(words, before, figure):
        return None
    unread = away or more or not (figure.unit or ("万" not in figure.tail and BARE.match(after)))
    stated = alone and (MUSED.match(after) or FEW.match(after))
    asked = not stated and is_asked(words, figure.end, alone)
    if unread or not figure.sound or asked:
        return Count("doubt", 0, 0, now, _written(figure))
    return _as_role(figure, before, after, now)


def _is_other(words: str, before: str, figure: Figure) -> bool:
    """Is it other people's, of the past, of those who left, or part of the figure before it?"""
    clause = before.rpartition("、")[2]
    other = OTHERS.search(clause if NAMED.search(clause) else before) or PAST.search(before)
    left = LEFT.match(words, figure.end)
    return bool(other or left or BREAKDOWN.search(words, 0, figure.start))


def _as_role(figure: Figure, before: str, after: str, now: bool) -> Count | None:
    """Officers are no employees; the owner and the family are counted in 「嫁と二人」."""
    near = before.rpartition("、")[2] if not re.search(STAFF, before) else before
    with_boss = INCLUDING.match(after)
    near += with_boss[0] if with_boss else ""
    kinds = [str(match.lastgroup) for match in ROLES.finditer(near)]
    kind = kinds[-1] if kinds else "main"
    low, high, said = figure.low, figure.high, _written(figure)
    if kind == "boss":
        return None
    if kind == "all" and kinds[-2:-1] in (["kin"], ["boss"]):
        most = 5 if "役員" in near else 1
        return Count("main", max(0, low - most), high, now, said)
    if (kind == "kin") or (kind == "main" and high == 1 and ALONE.match(after)):
        return Count("kin", max(0, low - 1), high, now, said)
    within = kind in {"main", "hired", "less"} and OF_THEM.match(after) is not None
    kind = "part" if within else kind
    kind = kind if kind in {"part", "all", "place", "hired"} else "main"
    return Count(kind, low, high, now, said, within)


def _written(figure: Figure) -> Span:
    """As it was said: 「15人前後」 and 「10人いるかいないか」 by the number named."""
    near = figure.bound == "around"
    return Span(*figure.written) if near else Span(figure.low, figure.high)


def _uncounted(words: str, alone: bool) -> Headcount | None:
    """「従業員なし」「役員だけ」 is 0; 「家族だけ」 is a few at most."""
    no = NOBODY.search(words) or (NONE_ALONE.match(words) if alone else None)
    boss = None if no or KIN_NAMED.search(words) else ONLY_BOSS.search(words)
    row = None if no or boss else KIN_ROW.search(words)
    found = no or boss or ONLY_KIN.search(words) or row
    if not found or is_asked(words, found.end(), alone) or re.search(PART, words):
        return None
    if no or boss:
        one = boss is not None and ONE_BOSS.match(boss[0]) is not None
        return Headcount(Span(int(one), int(one)), Span(0, 0))
    if found.groupdict().get("pair"):
        return Headcount(Span(2, 2), Span(1, 2))
    named = len(ONE_OF_KIN.findall(row[0])) if row and ONE_SELF.search(row[0]) else 0
    few = Span(0, 5)
    return Headcount(Span(named, named) if named else few, few)
