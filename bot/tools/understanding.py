"""The report on what typed words are taken for: counts on the labelled sets, and every failure.

Each reader is asked as `understand --slot` is. How its line is judged:
- right: the value is the labelled one or one in `also`; of a labelled span also what lies inside.
  Where the label says nothing or says to ask, right is that no value is taken.
- rightly asked: no value is taken, and a right one is among the candidates.
- asked amiss: no value is taken, and the candidates hold no right one.
- not read: nothing is taken and nothing offered.
- silently wrong: every value that is not right.
An industry is counted by its candidates too: the right one first, and within three. Where the
label says to ask, a candidate left out is listed but not counted. Questions: see `scoring.Score`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from bot.commands.understand import SHOWN, Read, reader
from bot.content import ROOT, Content, load_content
from bot.tools.labelled import Utterance, load_labelled, load_utterances
from bot.tools.scoring import Score, score
from dialogs.understand.readers import SLOTS

FOLDER = ROOT / "tests" / "understanding"
HALVES = ("fit", "test")


class Verdict(Enum):
    """What became of one utterance."""

    RIGHT = "正しい"
    ASKED = "正しく聞いた"
    AMISS = "的外れに聞いた"
    UNREAD = "読めない"
    WRONG = "黙って誤り"


GOOD = (Verdict.RIGHT, Verdict.ASKED)


@dataclass(frozen=True, slots=True)
class Judged:
    """An utterance, and the value and the candidates its reader gave."""

    each: Utterance
    value: Any
    candidates: tuple[Any, ...]

    @property
    def verdict(self) -> Verdict:
        if self.each.allows(self.value):
            return Verdict.RIGHT
        if self.value not in (None, []):
            return Verdict.WRONG
        if any(map(self.each.allows, self.candidates)):
            return Verdict.ASKED
        return Verdict.AMISS if self.candidates else Verdict.UNREAD

    @property
    def short(self) -> bool:
        """Was it asked with fewer of the labelled candidates than could be shown?"""
        among = self.each.among
        room = len(among) if self.each.slot == "prefecture" else min(len(among), SHOWN)
        return self.value is None and sum(one in self.candidates for one in among) < room

    @property
    def named(self) -> bool:
        """Is there one right value, so that a first candidate can be right or wrong?"""
        return self.each.value is not None

    def within(self, count: int) -> bool:
        """Is a right value among the first candidates?"""
        return any(map(self.each.allows, self.candidates[:count]))

    def __str__(self) -> str:
        """The failure as a line, or nothing."""
        said = self.value if self.value is not None else f"候補{_listed(self.candidates)}"
        asked = f"候補{_listed(self.each.among)}" if self.each.among else "何も取らない"
        wanted = self.each.value if self.named else asked
        second = self.each.slot == "industry" and self.named and not self.within(1)
        why = [self.verdict.value] if self.verdict not in GOOD else []
        why += ["1番目が違う"] if second and not why else []
        why += ["候補が足りない"] if self.short else []
        line = f"{self.each.slot} {'、'.join(why)} 「{self.each.says}」 → {said}、正解 {wanted}"
        return line if why else ""


def _listed(values: Sequence[Any]) -> str:
    return " " + "、".join(map(str, values)) if values else "なし"


def judge(each: Utterance, read: Read) -> Judged:
    """Ask the reader of the slot."""
    line = read(each.says)
    return Judged(each, _bare(line["value"]), tuple(map(_bare, line["candidates"])))


def _bare(value: Any) -> Any:
    """An industry is given as id and name."""
    return value["id"] if isinstance(value, dict) else value


def judge_all(content: Content, path: Path) -> tuple[Judged, ...]:
    """Every utterance of a labelled set, asked of its reader."""
    readers = {slot: reader(content, slot) for slot in SLOTS}
    return tuple(judge(each, readers[each.slot]) for each in load_utterances(path))


def score_questions(content: Content, path: Path) -> Score:
    """The labelled questions, asked of the search of topics."""
    index = content.flow.readers.index
    return score([(each, index.search(each.says)) for each in load_labelled(path, content.book)])


def report(content: Content, folder: Path) -> Iterator[str]:
    """The counts of every set in this folder, then the failures; a missing set is left out."""
    failures: list[str] = []
    for path in _there(folder, "slots"):
        judged = judge_all(content, path)
        yield from (f"{path.name}（{len(judged)}件）", *_counts(judged), "")
        lost = [str(each) for each in judged if str(each)]
        failures += [f"{path.name} の失敗（{len(lost)}件）", *lost, ""]
    for path in _there(folder, "question"):
        result = score_questions(content, path)
        yield from (path.name, f"  {result}", "")
        failures += [f"{path.name} の失敗（{len(result.misses)}件）", *result.misses, ""]
    yield from failures


def _there(folder: Path, name: str) -> list[Path]:
    paths = [folder / f"{name}_{half}.yaml" for half in HALVES]
    return [path for path in paths if path.exists()]


def _counts(judged: Sequence[Judged]) -> Iterator[str]:
    for slot in SLOTS:
        own = [one for one in judged if one.each.slot == slot]
        if own:
            yield _line(slot, own)
    yield _line("合計", judged)
    trades = [one for one in judged if one.each.slot == "industry" and one.named]
    if trades:
        first, three = (sum(one.within(count) for one in trades) for count in (1, SHOWN))
        yield f"  業種が一つに決まるもの {len(trades)}: 1番目 {first}、3つの中 {three}"


def _line(name: str, judged: Sequence[Judged]) -> str:
    found = Counter(one.verdict for one in judged)
    counts = "、".join(f"{verdict.value} {found[verdict]}" for verdict in Verdict)
    return f"  {name} {len(judged)}: {counts}"


def main() -> None:
    """Print the report on the labelled sets of this checkout."""
    print(*report(load_content(), FOLDER), sep="\n")


if __name__ == "__main__":
    main()
