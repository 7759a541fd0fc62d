"""The Score of a search on labelled questions, and every question it missed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.tools.labelled import Labelled
from dialogs.understand.topics import Hit


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over labelled questions, and the lines that list what went wrong."""

    inside: int
    right: int
    shown: int
    wrong: int
    corrects: int
    corrected: int
    outside: int
    answered: int
    declined: int
    misses: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"in scope {self.inside}: right at once {self.right} ({self.right / self.inside:.1%}), "
            f"within buttons {self.shown} ({self.shown / self.inside:.1%}), "
            f"wrong but sure {self.wrong} ({self.wrong / self.inside:.1%}); "
            f"corrected {self.corrected} of {self.corrects}; "
            f"outside {self.outside}: declined {self.declined}, answered {self.answered}"
        )


def score(asked: Sequence[tuple[Labelled, Hit]]) -> Score:
    """How the hits meet the labels. A question no topic answers yet counts as missed."""
    inside = [(each, hit) for each, hit in asked if each.inside]
    right = [each for each, hit in inside if hit.topic in each.right]
    shown = [e for e, hit in inside if e.right & {hit.topic, *hit.candidates}]
    outside = [hit for each, hit in asked if not each.inside]
    return Score(
        inside=len(inside),
        right=len(right),
        shown=len(shown),
        wrong=sum(hit.topic is not None and hit.topic not in each.right for each, hit in inside),
        corrects=sum(each.corrects for each, _ in inside),
        corrected=sum(each.corrects for each in right),
        outside=len(outside),
        answered=sum(hit.topic is not None for hit in outside),
        declined=sum(hit.outside for hit in outside),
        misses=tuple(_miss(each, hit) for each, hit in asked if _missed(each, hit)),
    )


def _missed(each: Labelled, hit: Hit) -> bool:
    return hit.topic not in each.right if each.inside else not hit.outside


def _miss(each: Labelled, hit: Hit) -> str:
    said = hit.topic or ("outside" if hit.outside else " / ".join(hit.candidates))
    near = "sure " if hit.topic else "near " if each.right & set(hit.candidates) else "     "
    wanted = "|".join(sorted(each.right)[:4]) or "(none)" if each.inside else "outside"
    return f"{near} 「{each.says}」 {each.label} → {said}; wanted {wanted}"
