"""A Headcount: what several figures of a firm's people come to, and who of them is an employee."""

from dataclasses import dataclass

from dialogs.understand.people_words import KIN_NAMED
from dialogs.understand.reading import Span

MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people the words state.

    `said`: in all, as the person counts them. `counted`: how many of these are employees; wider
    where that hangs on who counts as one.
    """

    said: Span
    counted: Span


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of the firm's people. `kind`: main, part, all (a total), kin, place, few, doubt.

    `low` to `high` may be employees, of the people `said`. `within`: they are part of the others.
    """

    kind: str
    low: int
    high: int | None
    now: bool
    said: Span
    within: bool = False


def add(known: list[Count], words: str) -> Headcount | None:
    """All figures together, and the family named beside them."""
    together = _together(known)
    if together is None:
        return None
    kin = _kin(together, known, words)
    counted = Span(together.low, together.high + kin if together.high is not None else None)
    return Headcount(_said(known, counted, kin), counted)


def _together(counts: list[Count]) -> Span | None:
    """One span of all figures: a correction and a total win, part-timers widen."""
    if total := _total(counts):
        return total
    kinds = ("main", "hired", "place", "part", "kin")
    mains, hired, places, parts, kin = ([c for c in counts if c.kind == k] for k in kinds)
    kin += [count for count in counts if count.kind == "few"]
    mains = _narrowest(mains)
    groups = {(c.low, c.high) for c in mains + hired}
    if len({(c.low, c.high) for c in mains}) > 1:
        return None
    if places:
        groups.add((sum(c.low for c in places), _sum([c.high for c in places])))
    if not groups or (parts and groups == {(0, 0)}):
        return Span(sum(c.low for c in parts or kin), _sum([c.high for c in parts + kin]))
    highs = [*(high for _, high in groups), *(c.high for c in parts + kin)]
    return Span(max(low for low, _ in groups), _sum(highs))


def _narrowest(mains: list[Count]) -> list[Count]:
    """「30人ちょっと、32人です」: the one that lies within all the others says it more exactly."""
    for each in mains:
        if all(o.low <= each.low and (each.high or MOST) <= (o.high or MOST) for o in mains):
            return [each]
    return mains


def _kin(span: Span, counts: list[Count], words: str) -> int:
    """「夫婦とパート3人」: so many of the family, beside those counted, may be employees too."""
    if span.high is None or any(count.kind in ("kin", "all") for count in counts):
        return 0
    return sum(2 if named["pair"] else 1 for named in KIN_NAMED.finditer(words))


def _said(counts: list[Count], counted: Span, kin: int) -> Span:
    """The natural total: of all who are named, whoever counts as employee."""
    if total := _total(counts):
        return next(each.said for each in counts if Span(each.low, each.high) == total)
    mains = _narrowest([each for each in counts if each.kind == "main"])
    others = [c for c in counts if c.kind != "main" and not c.within]
    bases = {c.said for c in mains} | {c.said for c in others if c.kind == "hired"}
    places = [c.said for c in others if c.kind == "place"]
    if len(bases) + bool(places) > 1:
        return counted
    more = [c.said for c in others if c.kind in ("part", "kin", "few")]
    return _sum_of([*bases, *places, *more, Span(kin, kin)])


def _sum_of(spans: list[Span]) -> Span:
    return Span(sum(each.low for each in spans), _sum([each.high for each in spans]))


def _total(counts: list[Count]) -> Span | None:
    """A figure said to be the total, or that is the sum of all the others."""
    for each in (counts[0], counts[-1], *counts):
        rest = _sum([count.high for count in counts if count is not each])
        if each.kind == "all" or (
            len(counts) > 2 and each in (counts[0], counts[-1]) and each.low == each.high == rest
        ):
            return Span(each.low, each.high)
    return None


def _sum(highs: list[int | None]) -> int | None:
    return None if None in highs else sum(high or 0 for high in highs)
