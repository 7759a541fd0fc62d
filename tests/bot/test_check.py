"""`jigyokei check`: every planted fault is named where it stands, and good content has none."""

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot.check.sheets
import dialogs.load
import knowledge.load
from bot.__main__ import main
from bot.check.report import Report, check_content
from bot.check.walk import Walked, walk_one
from bot.content import Content
from knowledge.strict_yaml import Sheet, load_sheet
from tests.conftest import ROOT

BAD_FILES = sorted((ROOT / "tests" / "bad_files").glob("*.yaml"))
TODAY = date(2026, 11, 22)
READ: dict[tuple[str, bytes], Sheet] = {}
Edit = Callable[[str, str, str], None]


def read_once(path: Path, name: str) -> Sheet:
    """As `load_sheet`, but the files that were not edited are parsed once for all tests."""
    key = name, path.read_bytes() if path.is_file() else b"no file"
    if key not in READ:
        READ[key] = load_sheet(path, name)
    return replace(READ[key], faults=list(READ[key].faults))


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (knowledge.load, dialogs.load, bot.check.sheets):
        monkeypatch.setattr(module, "load_sheet", read_once)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content, without the code beside it."""
    for name in ("knowledge", "dialogs"):
        skipped = shutil.ignore_patterns("*.py", "*.md", "__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=skipped)
    return tmp_path


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replaces the one place where a text stands in a file of the copy."""

    def put_in(file: str, find: str, put: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(find) == 1, f"{find!r} stands {text.count(find)} times in {file}"
        (folder / file).write_text(text.replace(find, put), encoding="utf-8")

    return put_in


def no_walk(content: Content, day: date) -> Walked:
    """Walks nothing: for faults that are found in the files as they stand."""
    return Walked()


def walk_on(walked: date, content: Content, day: date) -> Walked:
    """Walks one day only, in this process."""
    return walk_one(content, walked)


def still(folder: Path, day: date = TODAY) -> Report:
    """What is found without walking."""
    return check_content(folder, day, no_walk)


def line_of(path: Path, text: str) -> int:
    """The line on which this text begins; it stands there once."""
    before, found, after = path.read_text(encoding="utf-8").partition(text)
    assert found
    assert text not in after
    return before.count("\n") + 1


# -- planted faults -------------------------------------------------------------------------------


@pytest.mark.parametrize("planted", BAD_FILES, ids=lambda path: path.stem)
def test_a_planted_fault_is_named_with_its_file_and_line(planted: Path, folder: Path, edit: Edit):
    bad: dict[str, Any] = yaml.safe_load(planted.read_text(encoding="utf-8"))
    edit(bad["file"], bad["find"], bad["put"])
    walk = partial(walk_on, date.fromisoformat(bad["walk"])) if "walk" in bad else no_walk
    faults = check_content(folder, TODAY, walk).faults
    found = [fault for fault in faults if bad["says"] in str(fault)]
    assert found, "\n".join(map(str, faults)) or "no fault at all"
    assert all(fault.line > 0 and (folder / fault.file).is_file() for fault in found)
    if "line_of" in bad:
        line = line_of(folder / bad["file"], bad["line_of"])
        assert (bad["file"], line) in {(fault.file, fault.line) for fault in found}


def test_every_planted_fault_says_what_an_editor_did():
    keys = {"why", "file", "find", "put", "says"}
    read = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in BAD_FILES}
    assert len(read) >= 65
    assert [name for name, bad in read.items() if not keys <= set(bad)] == []
    assert [name for name, bad in read.items() if set(bad) - keys - {"line_of", "walk"}] == []
    edits = Counter((bad["file"], bad["find"], bad["put"]) for bad in read.values())
    assert [each for each, count in edits.items() if count > 1] == []


def test_all_faults_are_named_at_once(folder: Path, edit: Edit):
    edit("dialogs/words.yaml", "disclaimer: 目安です。", "disclaimer: 必ず役立つ目安です。")
    edit("knowledge/facts/basics.yaml", "value: 経済産業大臣", "value: 公認の大臣")
    edit("knowledge/offices.yaml", "phone: 022-716-1751", "phone: 022-716-175")
    files = {fault.file for fault in still(folder).faults}
    assert files == {"dialogs/words.yaml", "knowledge/facts/basics.yaml", "knowledge/offices.yaml"}


def test_a_file_in_another_encoding_is_refused(folder: Path):
    path = folder / "dialogs" / "words.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932", errors="replace"))
    assert "dialogs/words.yaml: 文字コードをUTF-8に" in "\n".join(map(str, still(folder).faults))


def test_a_file_saved_by_an_editor_on_windows_is_read(folder: Path):
    path = folder / "dialogs" / "words.yaml"
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(text.encode("utf-8-sig"))
    assert still(folder).faults == ()


@pytest.mark.parametrize("name", ["knowledge/facts/new.yml", "knowledge/facts/2027/tax.yaml"])
def test_a_file_nobody_reads_is_named(folder: Path, name: str):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("tax_rate: 18%\n", encoding="utf-8")
    assert [fault.file for fault in still(folder).faults] == [name]


@pytest.mark.parametrize("name", ["dialogs/advice.yaml", "knowledge/cases.yaml"])
def test_a_missing_file_is_named(folder: Path, name: str):
    (folder / name).unlink()
    assert any(f.file == name and "読めません" in f.text for f in still(folder).faults)


def test_an_empty_file_is_named(folder: Path):
    (folder / "dialogs" / "commands.yaml").write_text("# 空\n", encoding="utf-8")
    assert any("ファイルが空です" in fault.text for fault in still(folder).faults)


# -- good content ---------------------------------------------------------------------------------


def jigyokei(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=180, check=False
    )


def test_the_content_has_no_fault_and_no_warning():
    done = jigyokei("check", "--on", "2026-11-22")
    *_, walked, total = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert total == "まちがい 0件、注意 0件。"
    assert int(walked.partition("とおり")[0].replace(",", "")) > 100_000


def test_what_ends_within_sixty_days_is_warned_of(folder: Path):
    report = still(folder, date(2027, 2, 1))
    ending = [warning for warning in report.warnings if "で終わります" in warning.text]
    assert any("「tax_rate」は2027-03-31で終わります（未認定の方）" in w.text for w in ending)
    assert all(
        warning.file.startswith("knowledge/facts/tax") and warning.line for warning in ending
    )
    assert report.faults == ()


@pytest.mark.parametrize(("day", "warned"), [(29, False), (30, True)])
def test_the_sixtieth_day_before_the_end_is_the_first_one_warned_on(
    folder: Path, day: int, warned: bool
):
    told = {warning.text for warning in still(folder, date(2027, 1, day)).warnings}
    assert any("「tax_rate」は" in text for text in told) is warned


@pytest.mark.parametrize(
    ("file", "entry"),
    [
        ("knowledge/facts/basics.yaml", "plan_nickname:"),
        ("knowledge/offices.yaml", "  smrj_hokkaido:"),
        ("knowledge/cases.yaml", "kumagaya:"),
    ],
)
@pytest.mark.parametrize(
    ("checked", "says"),
    [("2025-11-21", "1年より長く確かめていません"), ("2062-11-22", "まだ来ていません")],
)
def test_an_entry_grown_old_or_dated_ahead_is_warned_of(
    folder: Path, file: str, entry: str, checked: str, says: str
):
    path = folder / file
    before, found, after = path.read_text(encoding="utf-8").partition(entry)
    path.write_text(before + found + after.replace("2026-11-22", checked, 1), encoding="utf-8")
    report = still(folder)
    assert report.faults == ()
    (warning,) = report.warnings
    assert (warning.file, warning.line) == (file, line_of(path, entry))
    assert entry.strip(" :") in warning.text
    assert says in warning.text


def test_a_year_to_the_day_is_not_yet_old(folder: Path, edit: Edit):
    entry = "office: smrj_hokkaido, evidence: inferred, verified_on: "
    edit("knowledge/offices.yaml", f"{entry}2026-11-22", f"{entry}2025-11-22")
    assert still(folder).warnings == ()


# -- the command ----------------------------------------------------------------------------------


def test_a_fault_ends_the_command_with_one_and_its_place(
    folder: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
):
    edit("dialogs/consultation.yaml", "if: partner_agreed", "if: os.mkdir")
    assert main(["check", str(folder), "--on", "2026-11-22"]) == 1
    line = line_of(folder / "dialogs" / "consultation.yaml", "if: os.mkdir")
    said = capsys.readouterr().out
    assert f"dialogs/consultation.yaml:{line}: 「os.mkdir」という決まりは" in said
    assert "まちがい 1件" in said


@pytest.mark.parametrize("day", ["2026-13-01", "20261122", "today", ""])
def test_a_day_that_is_none_is_wrong_use(day: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(["check", "--on", day])
    assert ended.value.code == 2
    assert "使い方が違います" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["empty", "nowhere"])
def test_a_folder_without_content_is_one_clear_sentence(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "empty").mkdir()
    assert main(["check", str(tmp_path / name)]) == 1
    said = capsys.readouterr().out
    assert said.count("knowledge/ と dialogs/ がありません") == 1
    assert "まちがい 1件" in said
