"""The guides: what they show can be typed, what they link to is there, what they quote is said."""

import dataclasses
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

import pytest
import yaml

from bot.__main__ import COMMANDS, build, main
from bot.channels.json_lines import Talk
from bot.check import report, situations
from bot.check.walk import Walked
from bot.commands import draw
from bot.content import Content, load_content
from bot.metrics import Metrics
from bot.retention import load_retention
from bot.settings import Settings
from dialogs.load_questions import DATA
from dialogs.session import Session
from dialogs.turn import JAPAN
from dialogs.voice import OWN_NAMES
from knowledge.facts import EVIDENCE
from tests.conftest import ROOT

OPERATORS = "bot/README.md"
GUIDES = (
    "README.md", OPERATORS, "dialogs/README.md", "knowledge/README.md",
    "tests/transcripts/README.md",
)  # fmt: skip
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in GUIDES}
TARGETS = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
SET_UP = {
    "OPERATOR_NAME": "試験協同組合",
    "OPERATOR_PHONE": "03-1234-5678",
    "LINE_CHANNEL_SECRET": "secret",
    "LINE_CHANNEL_ACCESS_TOKEN": "token",
    "LINE_API_URL": "http://127.0.0.1:9",
    "LINE_DATA_API_URL": "http://127.0.0.1:9",
    "PUBLIC_URL": "https://bot.example.jp",
}
"""An operator whose LINE is out of reach: commands that only show need no more."""
OF_THE_WORLD = ("serve", "worker", "doctor", "line setup --yes")
"""Commands that stay, or ask LINE: their own tests run them, here they need only be understood."""
LEFT_OUT = ("埼玉県", "3", "1", "1")
"""Typed where the README's talk says 「…」: place, 組合に入っている, no plan, earthquake."""


def shown_commands() -> Iterator[tuple[str, str]]:
    """Every `jigyokei …` of the guides; in the table of commands also with the options it names."""
    for guide, text in TEXTS.items():
        for line in text.splitlines():
            commands = re.findall(r"`jigyokei ([^`]+)`", line)
            yield from ((guide, command) for command in commands)
            if commands and line.startswith("|"):
                yield from ((guide, f"{commands[0]} {o}") for o in re.findall(r"`(--[^`]+)`", line))


SHOWN = sorted(set(shown_commands()))
MADE = sorted({name for text in TEXTS.values() for name in re.findall(r"\bmake ([a-z]+)", text)})


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the content: the folder that is compared with, and the one that is written to."""
    for name in ("knowledge", "dialogs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.py*"))
    return tmp_path


@pytest.fixture
def quick(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands on a copy, without walking everything: what takes long has its own tests."""
    unwalked = partial(report.check_content, walk=lambda content, day: Walked())
    few = situations.situations
    monkeypatch.setattr(report, "check_content", unwalked)
    monkeypatch.setattr(situations, "situations", lambda *given: islice(few(*given), 9))
    monkeypatch.setattr(draw, "ROOT", copy)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{copy / 'bot.db'}")
    for name, value in SET_UP.items():
        monkeypatch.setenv(name, value)
    typed = io.TextIOWrapper(io.BytesIO("1\n6人\nやめる\n".encode()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", typed)


# -- commands -------------------------------------------------------------------------------------


def test_the_guides_show_commands():
    assert {"README.md", OPERATORS, "dialogs/README.md"} <= {guide for guide, _ in SHOWN}
    assert ("README.md", "talk --on 2027-04-01") in SHOWN


@pytest.mark.parametrize(("guide", "command"), SHOWN)
def test_a_command_that_is_shown_is_understood(guide: str, command: str):
    assert build().parse_args(command.split()).command in COMMANDS


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("guide", "command"), [each for each in SHOWN if not each[1].startswith(OF_THE_WORLD)]
)
def test_a_command_that_is_shown_runs(
    guide: str, command: str, copy: Path, capsys: pytest.CaptureFixture[str]
):
    words = [
        str(copy) if word in {"OLD_DIR", "前のフォルダー"} else word for word in command.split()
    ]
    assert main(words) == 0
    said, wrong = capsys.readouterr()
    assert wrong == ""
    assert said or "--write" in words


def test_every_command_there_is_stands_in_the_readme():
    table = re.findall(r"^\| `jigyokei (\w+)", TEXTS["README.md"], re.M)
    assert set(table) == set(COMMANDS)


def test_the_readme_names_the_place_of_the_command():
    assert "`.venv/bin/jigyokei`" in TEXTS["README.md"]
    assert re.search(r"^VENV := \.venv$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize("target", MADE)
def test_a_make_target_that_is_shown_is_one(target: str):
    assert target in TARGETS
    env = {
        key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))
    }
    done = subprocess.run(
        ["make", "-n", target], cwd=ROOT, env=env, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


def test_the_readme_shows_how_to_run_and_to_test():
    assert set(TARGETS) - {"help", "clean", "lock", "format", "check"} <= set(MADE)


def test_every_make_target_is_one_of_no_file():
    phony = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert set(" ".join(phony).split()) == set(TARGETS)


# -- links and files ------------------------------------------------------------------------------


@pytest.mark.parametrize("guide", GUIDES)
def test_every_link_leads_to_a_file(guide: str):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", TEXTS[guide])
    assert [link for link in links if not (ROOT / guide).parent.joinpath(link).exists()] == []


def test_the_readme_links_to_the_guides_of_the_editors():
    links = set(re.findall(r"\]\(([^)]+)\)", TEXTS["README.md"]))
    assert links >= {"knowledge/README.md", "dialogs/README.md", OPERATORS}


@pytest.mark.parametrize("guide", GUIDES)
def test_every_file_and_folder_that_is_named_is_there(guide: str):
    named = re.findall(r"`((?:[\w*-]+/)+|(?:[\w*-]+/)*[\w*-]+\.(?:yaml|md|py|json))`", TEXTS[guide])
    places = ((ROOT / guide).parent, ROOT)
    lost = [name for name in named if not any([*place.glob(name)] for place in places)]
    assert lost == []


def test_every_folder_the_readme_draws_is_there():
    drawn = re.findall(r"^(\w+)/ +\S", TEXTS["README.md"], re.M)
    assert drawn == ["knowledge", "dialogs", "bot", "tests"]
    assert all((ROOT / name).is_dir() for name in drawn)


def test_every_file_of_the_dialogue_is_in_its_guide():
    files = {path.name for path in (ROOT / "dialogs").glob("*.yaml")}
    assert set(re.findall(r"^\| `(\w+\.yaml)`", TEXTS["dialogs/README.md"], re.M)) == files


def test_every_file_of_facts_is_in_its_guide_once():
    part = TEXTS["knowledge/README.md"].partition("`facts/` の分け方")[2].partition("##")[0]
    named = [name for line in re.findall(r"^- .+$", part, re.M) for name in _names(line)]
    assert sorted(named) == sorted(path.stem for path in (ROOT / "knowledge/facts").glob("*.yaml"))


# -- the talk on the first screen -----------------------------------------------------------------


def first_block() -> list[str]:
    return TEXTS["README.md"].split("```")[1].strip().splitlines()


def test_the_talk_of_the_readme_goes_as_it_is_shown(content: Content):
    first, *lines = first_block()
    assert first == "$ make run"
    talk = Talk(content.flow, content.book, datetime(2026, 11, 22, 12, tzinfo=JAPAN))
    answer, compared = talk.greet(), 0
    for line in filter(None, (line.strip() for line in lines)):
        typed = line.removeprefix("> ")
        if typed != line or line == "…":
            for words in LEFT_OUT if line == "…" else (typed,):
                answer = talk.answer(words)
        elif choices := re.findall(r"(\d) (\S+)", line) if line[0].isdigit() else []:
            labels = [choice["label"] for choice in answer["choices"]]
            assert [(str(n), label) for n, label in enumerate(labels, 1)][: len(choices)] == choices
        else:
            assert line in "\n".join(answer["texts"]).splitlines()
            compared += 1
    assert answer["outcome"]["rule"] == "R10"
    assert compared >= 6


def test_the_words_the_readme_quotes_can_be_chosen(content: Content):
    labels = {
        choice.label
        for question in content.flow.questions.values()
        for form in question.forms
        for choice in form.choices
    }
    who = TEXTS["README.md"].partition("## For whom")[2].partition("##")[0]
    quoted = re.findall("「([^」]+)」", who)
    assert quoted
    assert set(quoted) <= labels


# -- names ----------------------------------------------------------------------------------------


def rows(guide: str, heading: str) -> list[str]:
    """The names in the first column of the table under this heading."""
    _, found, rest = TEXTS[guide].partition(heading)
    assert found, heading
    table = rest.partition("\n#")[0]
    return [name for cell in re.findall(r"^\| (`[^|]+) \|", table, re.M) for name in _names(cell)]


def _names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_names_in_texts_are_those_there_are(content: Content):
    named = [name.strip("{}") for name in rows("dialogs/README.md", "## 文の中で使える名前")]
    patterns = {"事実の名前", "office.窓口.phone", "answer.質問"}
    assert set(named) - patterns == {*OWN_NAMES, "by"}
    assert patterns < set(named)


def test_the_fields_of_the_session_are_all_explained():
    fields = [field.name for field in dataclasses.fields(Session)]
    assert rows("dialogs/README.md", "## Session") == fields


def test_what_a_question_may_ask_for_is_what_the_guide_says():
    line = re.search(r"`data:` は ([\w・]+) のどれか", TEXTS["dialogs/README.md"])
    assert line
    assert tuple(line[1].split("・")) == DATA


def test_the_example_of_a_fact_is_the_fact(content: Content):
    example = yaml.safe_load(TEXTS["knowledge/README.md"].split("```yaml")[1].partition("```")[0])
    stored = yaml.safe_load((ROOT / "knowledge/facts/tax.yaml").read_text(encoding="utf-8"))
    for name, keys in example.items():
        assert name in content.book.facts
        entry = stored[name][-1] if isinstance(stored[name], list) else stored[name]
        assert {key: entry.get(key, value) for key, value in keys.items()} == keys


def test_the_classes_of_evidence_are_all_explained():
    table = TEXTS["knowledge/README.md"].partition("| `evidence` |")[2].partition("\n\n")[0]
    named = [name for row in re.findall(r"^\| (`[^|]+) \|", table, re.M) for name in _names(row)]
    assert sorted(named) == sorted(EVIDENCE)


@pytest.mark.parametrize("guide", GUIDES)
def test_every_fact_a_guide_names_in_braces_is_one(guide: str, content: Content):
    named = re.findall(r"`\{([a-z][a-z0-9_]*)\}`", TEXTS[guide])
    assert [n for n in named if n not in content.book.facts and n not in {*OWN_NAMES, "by"}] == []


def test_the_dates_of_a_text_that_the_guide_names_are_facts(content: Content):
    (line,) = [line for line in TEXTS["knowledge/README.md"].splitlines() if "文に出る日付" in line]
    named = [name for name in _names(line) if "_" in name]
    assert named
    assert all(name in content.book.facts for name in named)


def test_the_renames_the_guide_shows_are_read(content: Content, copy: Path):
    (shown,) = re.findall(r"`(\"partner=[^`]+)`", TEXTS["dialogs/README.md"])
    path = copy / "dialogs" / "consultation.yaml"
    text = path.read_text(encoding="utf-8")
    renames = f"renames: {{{shown}}}".replace("partner=new", "partner=agreed")
    assert "renames: {}" in text
    path.write_text(text.replace("renames: {}", renames), encoding="utf-8")
    assert load_content(copy).flow.renames == {"partner=old": "partner=agreed"}


def test_the_keys_of_a_transcript_are_all_explained():
    named = rows("tests/transcripts/README.md", "# 会話の見本")
    used: set[str] = set()
    for path in (ROOT / "tests" / "transcripts").glob("*.yaml"):
        whole = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        used |= set(whole) | set(whole["ends"]) - {"rule"}
        used |= {key for step in whole["talk"] for key in step}
    assert used == set(named)


# -- the operators' guide -------------------------------------------------------------------------


class Asked(dict[str, str]):
    """An environment that notes which variables are asked for."""

    def __init__(self, given: dict[str, str]) -> None:
        super().__init__(given)
        self.names: set[str] = set()

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        self.names.add(name)
        return super().get(name, default)


def variables() -> set[str]:
    """Every variable the settings read, whatever is set."""
    found: set[str] = set()
    for given in ({}, SET_UP, {"DATABASE_URL": "postgresql://h/d"}):
        asked = Asked(given)
        Settings.look(asked, {})
        found |= asked.names
    return found


def section(heading: str) -> str:
    """The part of the operators' guide under this heading."""
    _, found, rest = TEXTS[OPERATORS].partition(f"\n## {heading}\n")
    assert found, heading
    return rest.partition("\n## ")[0]


def test_every_variable_of_the_settings_is_in_the_operators_guide_and_no_other():
    told = re.findall(r"^\| `([A-Z_]+)` \|", section("2. 設定"), re.M)
    assert sorted(told) == sorted(variables())


@pytest.mark.parametrize("guide", GUIDES)
def test_what_a_guide_writes_like_a_variable_is_one(guide: str):
    named = re.findall(r"`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`", TEXTS[guide])
    assert set(named) <= variables() | {"OLD_DIR", "TEST_DATABASE_URL"}


def test_the_defaults_in_the_operators_guide_are_those_of_the_settings():
    told = dict(re.findall(r"^\| `([A-Z_]+)` \| `([^`]+)` \|", section("2. 設定"), re.M))
    line = {name: SET_UP[name] for name in ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN")}
    settings, _ = Settings.look(line, {})
    assert settings.line
    assert told == {
        "LINE_API_URL": settings.line.api_url,
        "LINE_DATA_API_URL": settings.line.data_api_url,
        "DATA_DIR": str(settings.data_dir),
        "PORT": str(settings.port),
        "HOST": settings.host,
        "LOG_LEVEL": settings.log_level,
    }


def test_every_number_at_metrics_is_in_the_operators_guide_and_no_other():
    shown = re.findall(r"^# TYPE (\w+) ", Metrics().text().decode(), re.M)
    assert re.findall(r"^\| `(jigyokei_\w+)` \|", section("7. 見守る"), re.M)
    assert sorted(re.findall(r"^\| `(jigyokei_\w+)` \|", TEXTS[OPERATORS], re.M)) == sorted(shown)


def test_the_days_in_the_operators_guide_are_those_things_are_kept():
    told = re.findall(r"^\| `(\w+)` \| (\d+) \|", section("9. 消す、残す"), re.M)
    assert {kind: int(days) for kind, days in told} == load_retention().days


def test_the_words_of_the_log_in_the_operators_guide_are_logged():
    words = re.findall(r"`([^`]+)`", re.sub(r"(?m) \|[^|]+\|$", "", section("11. ログ")))
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").glob("*.py"))
    assert len(words) > 5
    # These two are the words `failing` gives, logged as they are.
    assert 'log.warning("%s: %s", asks' in code
    assert [w for w in words if f'"{w}' not in code and w not in {"again:", "away:"}] == []


def test_the_roles_in_the_operators_guide_are_those_of_the_procfile():
    told = re.findall(r"^\| (\w+) \| `([^`]+)` \|", section("4. Heroku型のところで動かす"), re.M)
    stored = (ROOT / "Procfile").read_text(encoding="utf-8")
    roles = re.findall(r"^(\w+): (.+)$", stored, re.M)
    assert told == roles
    # No shell stands between the host and the process, to keep its signals from it.
    assert all(command.startswith("exec ") for _, command in roles)
