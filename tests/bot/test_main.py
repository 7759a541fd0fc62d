"""`jigyokei`: its commands, their help in Japanese, and the exit codes."""

import argparse
import re
import subprocess
import sys
import tomllib
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from bot import __main__
from bot.__main__ import COMMANDS, main
from bot.commands.options import day
from tests.conftest import ROOT

ENGLISH = ("usage:", "options:", "positional arguments", "show this help", "optional arguments")
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help is laid out for the terminal it is read in: here it is a usual one."""
    monkeypatch.setenv("COLUMNS", "100")


def ended(*words: str) -> int | str | None:
    """The exit code of a command that ends by itself while its words are read."""
    with pytest.raises(SystemExit) as end:
        main(words)
    return end.value.code


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)], ids=str)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_in_japanese_and_exit_0(capsys: Captured, words: tuple[str, ...], option: str):
    assert ended(*words, option) == 0
    said, wrong = capsys.readouterr()
    assert said.startswith("使い方: jigyokei")
    assert "オプション:" in said
    assert [word for word in ENGLISH if word in said] == []
    assert wrong == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained_in_japanese(capsys: Captured, name: str):
    ended(name, "--help")
    _, _, explained = capsys.readouterr().out.partition("\n\n")
    lines = [line for line in explained.splitlines() if line.strip()]
    assert [line for line in lines if not re.search("[ぁ-んァ-ン一-龠]", line)] == []


def test_the_help_names_every_command_and_that_nothing_here_is_official(capsys: Captured):
    ended("--help")
    said = " ".join(capsys.readouterr().out.split())
    assert [name for name, says in COMMANDS.items() if f"{name} {says}" not in said] == []
    assert "公式ではありません" in said


def test_every_command_has_its_own_module_and_every_module_is_a_command():
    modules = {path.stem for path in (ROOT / "bot" / "commands").glob("*.py")}
    assert modules - {"__init__", "options"} == set(COMMANDS)
    for name in COMMANDS:
        module = import_module(f"bot.commands.{name}")
        assert callable(module.run)
        assert callable(module.add_options)


@pytest.mark.parametrize(
    "words",
    [
        (), ("hello",), ("Talk",), ("",), ("--version",), ("talk", "--nothing"), ("talk", "extra"),
        ("flow",), ("flow", "extra", "--json"), ("draw", "--on", "2026-11-22"), ("diff",),
        ("diff", "a", "b"), ("check", "a", "b"), ("check", "--on", "あした"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_wrong_use_is_exit_2_and_one_japanese_line(capsys: Captured, words: tuple[str, ...]):
    assert ended(*words) == 2
    said, wrong = capsys.readouterr()
    assert said == ""
    assert re.fullmatch(
        r"jigyokei( \w+)?: 使い方が違います（.+）。--help をご覧ください。\n", wrong
    )


def test_the_exit_code_is_the_one_of_the_command(monkeypatch: pytest.MonkeyPatch):
    module = import_module("bot.commands.flow")
    for code in (0, 1):
        monkeypatch.setattr(module, "run", lambda given, code=code: code)
        assert main(["flow", "--json"]) == code


def test_a_folder_without_content_is_exit_1(capsys: Captured, tmp_path: Path):
    assert main(["check", str(tmp_path)]) == 1
    assert "knowledge/ と dialogs/ がありません" in capsys.readouterr().out


def test_it_runs_as_a_module_as_well():
    command = (sys.executable, "-m", "bot", "hello")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("jigyokei: 使い方が違います")


def test_the_installed_command_is_this_one():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"jigyokei": f"{__main__.__name__}:{main.__name__}"}


@pytest.mark.parametrize("text", ["2019-01-01", "2026-11-22", "2028-02-29", "2100-12-31"])
def test_a_day_is_read_as_it_is_written(text: str):
    assert day(text) == date.fromisoformat(text)


@pytest.mark.parametrize(
    "text", ["", "20261122", "2026-1-1", "2026-02-29", "2026/11/22", "2018-12-31", "2101-01-01"]
)
def test_a_day_that_is_none_is_refused_with_the_form_to_write(text: str):
    with pytest.raises(argparse.ArgumentTypeError, match="2026-11-22 の形"):
        day(text)
