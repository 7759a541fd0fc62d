"""`jigyokei diff`: an edit is counted in situations, and shown in a few of them."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.check import situations as walked
from bot.check.situations import Situation, situations, worry_groups
from bot.commands import diff
from bot.commands.diff import EXAMPLES, compare
from bot.content import Content, load_content
from knowledge.book import DayBook
from tests.conftest import ROOT

SHIKOKU = {"徳島県", "香川県", "愛媛県", "高知県"}
FACT = "\nprocessing_days:\n"
TODAY = date(2026, 11, 22)
Edit = Callable[[str, str, str], None]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A copy of the content, as it was before the edit."""
    for name in ("knowledge", "dialogs"):
        skipped = shutil.ignore_patterns("*.py", "*.md", "__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=skipped)
    return tmp_path


@pytest.fixture
def edit(old: Path) -> Edit:
    """Makes one place of the old content another than it is today."""

    def replace(file: str, find: str, put: str) -> None:
        text = (old / file).read_text(encoding="utf-8")
        assert text.count(find) == 1, f"{find!r} stands {text.count(find)} times in {file}"
        (old / file).write_text(text.replace(find, put), encoding="utf-8")

    return replace


@pytest.fixture
def few(content: Content, monkeypatch: pytest.MonkeyPatch) -> list[Situation]:
    """The first situation of each row; only these are compared, each in every prefecture."""
    first = dict[str, Situation]()
    for situation in situations(content, content.book.on(TODAY)):
        first.setdefault(row_of(content, situation), situation)

    def shown(content: Content, book: DayBook) -> Iterator[Situation]:
        yield from first.values()

    monkeypatch.setattr(walked, "situations", shown)
    assert len(first) == len(content.flow.rows)
    return list(first.values())


def places(few: list[Situation]) -> int:
    """How many rows are asked for a place; each of them is compared in every prefecture."""
    return sum("prefecture" in situation.answers for situation in few)


class Alike(dict[tuple[str, ...], int]):
    """How many situations stand behind the worries of one: each worry alone of its group."""

    def behind(self, *situations: Situation) -> int:
        return sum(self.get(s.answers.get("concern", ()), 1) for s in situations)


@pytest.fixture(scope="module")
def alike(content: Content) -> Alike:
    groups = worry_groups(content.flow, content.book.on(TODAY))
    return Alike({group[0]: sum(len(each) == 1 for each in group) for group in groups})


def row_of(content: Content, situation: Situation) -> str:
    return content.flow.decide(situation.answers, content.book.on(TODAY)).id


def test_the_same_content_differs_in_no_situation(
    content: Content, old: Path, few: list[Situation], alike: Alike
):
    compared = compare(load_content(old), content, TODAY)
    assert (compared.changed, compared.examples) == (0, ())
    assert compared.total == alike.behind(*few) + 46 * places(few)


def test_every_situation_there_is_is_compared(
    content: Content,
    alike: Alike,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(diff, "told", lambda content, answers, day: ())
    every = list(situations(content, content.book.on(TODAY)))
    rows = {row_of(content, each): each for each in every}
    expected = alike.behind(*every) + 46 * places([*rows.values()])
    assert compare(content, content, TODAY).total == expected


def test_another_phone_changes_what_the_prefectures_of_that_office_are_told(
    content: Content, old: Path, edit: Edit, few: list[Situation]
):
    edit("knowledge/offices.yaml", "phone: 087-823-3220", "phone: 087-823-0000")
    compared = compare(load_content(old), content, TODAY)
    assert compared.changed == len(SHIKOKU) * places(few)
    assert len(compared.examples) == EXAMPLES
    for example in compared.examples:
        assert any(place in example for place in SHIKOKU)
        assert "  前：中小機構 四国本部 087-823-0000" in example
        assert "  後：中小機構 四国本部 087-823-3220" in example


def test_another_sentence_changes_what_its_row_says(
    content: Content,
    old: Path,
    edit: Edit,
    few: list[Situation],
    alike: Alike,
):
    edit("dialogs/consultation.yaml", "title: 単独型が合いそうです。", "title: 単独型です。")
    compared = compare(load_content(old), content, TODAY)
    (single,) = (each for each in few if row_of(content, each) == "R12")
    assert compared.changed == alike.behind(single) + 46
    (example,) = compared.examples
    assert example.startswith("例：")
    assert "  前：R12 単独型です。" in example
    assert "  後：R12 単独型が合いそうです。" in example
    assert "静岡県" in example.splitlines()[0]


def test_a_sentence_nobody_is_told_changes_nothing(
    content: Content, old: Path, edit: Edit, few: list[Situation]
):
    edit("dialogs/consultation.yaml", "title: 心配なこと", "title: ご心配")
    assert compare(load_content(old), content, TODAY).changed == 0


def test_another_way_is_shown_as_another_row(
    content: Content, old: Path, edit: Edit, few: list[Situation]
):
    edit("dialogs/consultation.yaml", "    if: is_support_plan\n", "    if: is_supporter\n")
    compared = compare(load_content(old), content, TODAY)
    assert compared.changed
    assert any("後：G3 " in example for example in compared.examples)


def test_a_fact_that_holds_no_more_is_told_as_no_advice(
    content: Content, old: Path, edit: Edit, few: list[Situation]
):
    (file,) = [f for f in (old / "knowledge" / "facts").iterdir() if FACT in f.read_text("utf-8")]
    before, _, entry = file.read_text(encoding="utf-8").partition(FACT)
    day = "  checked_on: 2026-11-22\n"
    ended = entry.replace(day, f"{day}  until: 2026-11-01\n  ends_for: みなさま\n", 1)
    file.write_text(before + FACT + ended, encoding="utf-8")
    compared = compare(load_content(old), content, TODAY)
    assert compared.changed
    assert any("  前：（ご案内なし） processing_days" in example for example in compared.examples)


# -- the command ----------------------------------------------------------------------------------


def test_the_command_counts_and_shows_in_words(
    old: Path, edit: Edit, few: list[Situation], capsys: Captured
):
    edit("knowledge/offices.yaml", "phone: 087-823-3220", "phone: 087-823-0000")
    assert main(["diff", str(old), "--on", "2026-11-22"]) == 0
    said = capsys.readouterr().out
    assert "前の内容と比べています…\n" in said
    found = re.search(r"^([\d,]+)とおりのうち、([\d,]+)とおりでご案内が変わります。$", said, re.M)
    assert found
    assert int(found[2]) == len(SHIKOKU) * places(few)
    assert said.count("例：") == EXAMPLES
    assert not re.search(r"\bown\b|\bemployees\b|Situation|\(\('", said)


def test_the_command_says_that_nothing_changed(old: Path, few: list[Situation], capsys: Captured):
    assert main(["diff", str(old), "--on", "2026-11-22"]) == 0
    said = capsys.readouterr().out
    assert "とおりのうち、0とおりでご案内が変わります。" in said
    assert "例：" not in said


@pytest.mark.parametrize("broken", ["dialogs/words.yaml", "knowledge/offices.yaml"])
def test_old_content_that_cannot_be_read_is_exit_1(old: Path, broken: str, capsys: Captured):
    (old / broken).write_text("- これは表ではありません\n", encoding="utf-8")
    assert main(["diff", str(old)]) == 1
    said, wrong = capsys.readouterr()
    assert said == ""
    assert broken in wrong


def test_a_folder_without_content_is_exit_1(tmp_path: Path, capsys: Captured):
    assert main(["diff", str(tmp_path / "nowhere")]) == 1
    said, wrong = capsys.readouterr()
    assert said == ""
    assert re.search("[ぁ-ん]", wrong)
