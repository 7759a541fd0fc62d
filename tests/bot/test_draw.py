"""`jigyokei draw`: the diagram is the flow as it runs, and the guide holds the present one."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands import draw as command
from bot.commands.draw import FENCE, draw, replaced
from bot.content import Content
from dialogs.flow import OUTCOME
from tests.conftest import ROOT

GUIDE = Path("dialogs") / "README.md"


@pytest.fixture(scope="module")
def diagram(content: Content) -> str:
    return draw(content)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of the guide, which `--write` takes for the checkout."""
    (tmp_path / GUIDE).parent.mkdir()
    shutil.copy(ROOT / GUIDE, tmp_path / GUIDE)
    monkeypatch.setattr(command, "ROOT", tmp_path)
    return tmp_path


def test_the_guide_holds_the_present_diagram(diagram: str):
    stored = (ROOT / GUIDE).read_text(encoding="utf-8")
    assert stored.count(FENCE) == 1
    assert stored.partition(FENCE)[2].partition("```")[0] == diagram


def test_it_prints_the_diagram(diagram: str, capsys: pytest.CaptureFixture[str]):
    assert main(["draw"]) == 0
    assert capsys.readouterr().out == diagram


def test_every_question_and_its_title_is_drawn(diagram: str, content: Content):
    drawn = dict(re.findall(r"^  (\w+): (.+)$", diagram, re.M))
    asked = {id: q.title for id, q in content.flow.questions.items() if q.asked}
    assert drawn == {**asked, OUTCOME: "ご案内"}


def test_every_arrow_is_a_route_of_the_flow_under_its_rule(diagram: str, content: Content):
    arrows = re.findall(r"^  (\w+) --> (\w+)(?:: (\w+))?$", diagram, re.M)
    routes = [
        (id, route.to, route.when.name if route.when else "")
        for id, question in content.flow.questions.items()
        for route in question.routes
    ]
    assert sorted(arrows) == sorted(routes)


def test_every_row_is_named_in_its_order_with_its_rule(diagram: str, content: Content):
    rows = re.findall(r"^    (\w+) (\w+): (.+)$", diagram, re.M)
    assert [(id, rule) for id, rule, _ in rows] == [(r.id, r.when.name) for r in content.flow.rows]


def test_writing_a_present_guide_changes_nothing(folder: Path):
    before = (folder / GUIDE).read_bytes()
    for _ in range(2):
        assert main(["draw", "--write"]) == 0
        assert (folder / GUIDE).read_bytes() == before


def test_writing_replaces_an_old_diagram_and_nothing_else(folder: Path, diagram: str):
    good = (folder / GUIDE).read_text(encoding="utf-8")
    (folder / GUIDE).write_text(good.replace(diagram, "stateDiagram-v2\n"), encoding="utf-8")
    assert main(["draw", "--write"]) == 0
    assert (folder / GUIDE).read_text(encoding="utf-8") == good


def test_writing_prints_nothing(folder: Path, capsys: pytest.CaptureFixture[str]):
    main(["draw", "--write"])
    assert capsys.readouterr() == ("", "")


def test_only_the_diagram_is_replaced():
    before = "# 題\n```\n他\n```\n" + FENCE + "古い\n```\n後\n```\n他\n```\n"
    after = "# 題\n```\n他\n```\n" + FENCE + "新しい\n```\n後\n```\n他\n```\n"
    assert replaced(before, "新しい\n") == after


@pytest.mark.parametrize("text", ["", "# 題\n", "```yaml\na: 1\n```\n", FENCE + "閉じない\n"])
def test_a_guide_without_a_diagram_is_refused(text: str):
    with pytest.raises(ValueError, match="mermaid"):
        replaced(text, "新しい\n")


def test_faulty_content_is_exit_1_with_the_place_and_the_guide_stays(tmp_path: Path):
    for name in ("bot", "dialogs", "knowledge"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "dialogs" / "consultation.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{go: plan}", "{go: plam}"), "utf-8")
    before = (tmp_path / GUIDE).read_bytes()
    done = subprocess.run(
        (sys.executable, "-m", "bot", "draw", "--write"),
        cwd=tmp_path, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith("dialogs/consultation.yaml:")
    assert (tmp_path / GUIDE).read_bytes() == before
