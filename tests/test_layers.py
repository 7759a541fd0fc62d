"""What may import what, what touches the world, and what lies where: read from the sources."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

LAYERS = ("knowledge", "dialogs", "bot")
"""Each may import those before it."""
PURE = ("knowledge", "dialogs")
READERS = re.compile(r"load(_\w+)?|strict_yaml")
"""The modules and functions of the pure layers that may read files."""
WORLD = {
    "asyncio", "builtins", "concurrent", "ctypes", "email", "fileinput", "ftplib", "getpass",
    "glob", "http", "imaplib", "importlib", "io", "locale", "logging", "mmap", "multiprocessing",
    "os", "pickle", "pkgutil", "platform", "queue", "random", "runpy", "sched", "secrets",
    "select", "shelve", "shutil", "signal", "smtplib", "socket", "socketserver", "sqlite3", "ssl",
    "subprocess", "sys", "syslog", "tempfile", "threading", "time", "urllib", "uuid", "warnings",
    "zoneinfo",
}  # fmt: skip
"""Clock, chance, network, environment, logging, processes and imports by name."""
FILES = {"open", ".open", ".read_text", ".read_bytes", ".write_text", ".iterdir", ".glob"}
CLOCK = {f"{of}.{now}" for of in ("date", "datetime") for now in ("now", "today", "utcnow")}
BY_NAME = {"eval", "exec", "compile", "__import__", "input", "print", "breakpoint"}
VENDORS = {
    "linebot": "bot/channels/line_sdk.py",
    "PIL": "bot/tools/richmenu.py",
    "slack_bolt": "bot/channels/slack.py",
}
THIRD_PARTY = {
    "yaml": "knowledge/strict_yaml.py",
    "transitions": "dialogs/",
    "sudachipy": "dialogs/understand/tokens.py",
}
"""Where the packages of the pure layers may be imported."""
TOP = {
    "bot", "dialogs", "knowledge", "tests", "Procfile", "pyproject.toml", "README.md",
    "requirements.lock", "Makefile", "CHANGELOG.md",
}  # fmt: skip
LONGEST_FUNCTION, LONGEST_FILE = 35, 260
LONGER = {
    "bot/channels/json_out.py:_outcome": "the shape of the protocol, key by key",
    "dialogs/load.py:load_flow": "every part of the flow read in the order they need each other",
}
"""The functions that may be longer, and why."""
CALLBACKS = {"conditions", "unless", "before", "after", "prepare", "on_enter", "on_exit"}


@cache
def sources(*folders: str) -> dict[str, ast.Module]:
    """Every module of these folders by its path in the checkout."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    read = {str(p.relative_to(ROOT)): p.read_text(encoding="utf-8") for p in paths}
    return {name: ast.parse(text, name) for name, text in read.items()}


@cache
def tracked() -> tuple[str, ...]:
    """Every file of the project, those not yet committed included, ignored ones not."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return tuple(name for name in listed.split("\0") if name and (ROOT / name).exists())


def imported(tree: ast.AST) -> Iterator[str]:
    """The dotted names a module imports, also inside its functions; nothing for a relative one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "" if node.level else str(node.module)


def packages(tree: ast.AST) -> set[str]:
    return {name.partition(".")[0] for name in imported(tree)}


def used(tree: ast.AST) -> Iterator[str]:
    """Every name that is used: `open` alone, `.read_text` and `datetime.now` of something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield f".{node.attr}"
            yield f"{ast.unparse(node.value).rpartition('.')[2]}.{node.attr}"


def loads(name: str, node: ast.AST) -> bool:
    """Is this where files may be read: a module or a function that says so in its name?"""
    here = node.name if isinstance(node, ast.FunctionDef) else Path(name).stem
    return bool(READERS.fullmatch(here))


# -- the judgements, each of one module -----------------------------------------------------------


def upward(name: str, tree: ast.Module) -> set[str]:
    """Layers above this one, the tests, and imports without a full name."""
    above = LAYERS[LAYERS.index(name.partition("/")[0]) + 1 :]
    return packages(tree) & {*above, "tests", ""}


def worldly(name: str, tree: ast.Module) -> set[str]:
    """What a pure module may not touch: the world, and files where it is not one that loads."""
    found = packages(tree) & WORLD | set(used(tree)) & (CLOCK | BY_NAME)
    if loads(name, tree):
        return found
    rest = [node for node in tree.body if not loads(name, node)]
    found |= {use for node in rest for use in used(node)} & FILES
    return found | (packages(tree) & {"pathlib"} if rest == tree.body else set())


def foreign(name: str, tree: ast.Module) -> set[str]:
    """Packages of others, where they may not be imported."""
    others = packages(tree) - sys.stdlib_module_names - {*LAYERS, ""}
    return {package for package in others if not name.startswith(THIRD_PARTY.get(package, "/"))}


def named_callbacks(name: str, tree: ast.Module) -> set[str]:
    """Strings handed to `transitions`, which would import and run what they name."""
    return {
        keyword.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in CALLBACKS
        and any(isinstance(n, ast.Constant) and n.value for n in ast.walk(keyword.value))
    }


def judged(judge: Callable[[str, ast.Module], set[str]], *folders: str) -> dict[str, set[str]]:
    """What is wrong, by module."""
    found = {name: judge(name, tree) for name, tree in sources(*folders).items()}
    return {name: wrong for name, wrong in found.items() if wrong}


def test_imports_go_down_only():
    assert judged(upward, *LAYERS) == {}


def test_the_pure_layers_touch_no_clock_network_environment_log_or_file():
    assert judged(worldly, *PURE) == {}


def test_the_pure_layers_use_the_packages_they_are_known_to_use():
    assert judged(foreign, *PURE) == {}


def test_no_string_reaches_the_callbacks_of_the_machine():
    assert judged(named_callbacks, *LAYERS) == {}


def test_one_file_knows_one_vendor():
    for name, tree in sources("bot", "dialogs", "knowledge").items():
        known = packages(tree) & set(VENDORS)
        assert all(VENDORS[vendor] == name for vendor in known), name


@pytest.mark.parametrize(
    ("judge", "name", "code"),
    [
        (upward, "knowledge/book.py", "from dialogs import flow"),
        (upward, "knowledge/book.py", "def f():\n    import bot.content as c"),
        (upward, "dialogs/turn.py", "if True:\n    from bot.content import ROOT"),
        (upward, "dialogs/turn.py", "from .flow import Flow"),
        (upward, "bot/content.py", "import tests.talking"),
        (worldly, "dialogs/turn.py", "from datetime import datetime\nnow = datetime.now()"),
        (worldly, "dialogs/turn.py", "from datetime import date\nday = date.today"),
        (worldly, "dialogs/turn.py", "def f():\n    from time import monotonic as m"),
        (worldly, "dialogs/load.py", "import os.path"),
        (worldly, "dialogs/load.py", "import logging"),
        (worldly, "knowledge/book.py", "from urllib.request import urlopen"),
        (worldly, "knowledge/book.py", "open('facts.yaml')"),
        (worldly, "knowledge/book.py", "from pathlib import Path"),
        (worldly, "knowledge/reload.py", "def f(p):\n    return p.read_text()"),
        (worldly, "knowledge/places.py", "def load_a(p): ...\ndef f(p):\n    return p.open()"),
        (worldly, "dialogs/turn.py", "import datetime as d\nnow = d.datetime.now"),
        (worldly, "dialogs/rules/base.py", "eval('1')"),
        (foreign, "knowledge/book.py", "import yaml"),
        (foreign, "dialogs/turn.py", "import requests"),
        (foreign, "knowledge/book.py", "from transitions import Machine"),
        (named_callbacks, "dialogs/way.py", "machine.add_transition('a', 'b', conditions='os.x')"),
        (named_callbacks, "dialogs/way.py", "Machine(before=['f', g])"),
    ],
)
def test_a_planted_breach_is_seen(
    judge: Callable[[str, ast.Module], set[str]], name: str, code: str
):
    assert judge(name, ast.parse(code))


@pytest.mark.parametrize(
    ("judge", "name", "code"),
    [
        (upward, "bot/content.py", "from dialogs import flow\nimport knowledge.book"),
        (worldly, "knowledge/load_facts.py", "def f(p):\n    return p.read_text()"),
        (worldly, "knowledge/places.py", "def load_places(path):\n    return path.read_text()"),
        (worldly, "dialogs/turn.py", "def f(now):\n    return now.date()"),
        (worldly, "dialogs/turn.py", "pattern = re.compile('a')\nfound = read_text('a')"),
        (foreign, "knowledge/strict_yaml.py", "import yaml"),
        (named_callbacks, "dialogs/way.py", "m.add_transition('a', 'b', conditions=[rule])"),
    ],
)
def test_what_is_allowed_is_not_taken_for_a_breach(
    judge: Callable[[str, ast.Module], set[str]], name: str, code: str
):
    assert judge(name, ast.parse(code)) == set()


# -- what the project consists of -----------------------------------------------------------------


def test_the_top_level_holds_only_what_is_named_in_the_design():
    top = {name.partition("/")[0] for name in tracked()}
    assert {name for name in top if not name.startswith(".")} == TOP


def test_no_file_names_a_machine_or_a_package_registry():
    machine = r"/(?:home|Users|root|work|tmp/\w+)/[\w.-]+|[A-Z]:\\\\?[A-Za-z]+\\|\\\\Users"
    registry = r"\bpypi\.|pythonhosted\.|/simple/?(?=[\s\"']|$)|registry\.npm|artifactory|devpi"
    registry += r"|(?:extra-)?index-url\s*=\s*\S|(?<!\w)--(?:extra-)?index-url[ =]\S"
    pattern = re.compile(f"{machine}|{registry}")
    own = str(Path(__file__).relative_to(ROOT))
    found = [
        f"{name}: {match[0]}"
        for name in tracked()
        if name != own
        for match in pattern.finditer((ROOT / name).read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_no_file_belongs_to_an_editor_or_a_tool():
    odd = re.compile(r"\.(pyc|swp|orig|rej|bak|log|db)$|__pycache__|\.DS_Store|\.venv|~$")
    assert [name for name in tracked() if odd.search(name)] == []


def test_secrets_and_what_the_bot_keeps_are_never_part_of_it():
    command = ["git", "check-ignore", "--no-index", ".env", "data", "data/bot.db", "data/keys.json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    assert len(done.stdout.split()) == 4
    assert not any(name.startswith(("data/", ".env")) for name in tracked())


def test_the_project_can_never_be_published():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "Private :: Do Not Upload" in project["classifiers"]


def test_the_tests_are_no_part_of_the_package():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == [
        "bot", "dialogs", "knowledge",
    ]  # fmt: skip


# -- how it is written ----------------------------------------------------------------------------


def test_every_module_says_in_its_first_line_what_a_reader_finds():
    first = {name: (ast.get_docstring(tree) or "") for name, tree in sources(*LAYERS).items()}
    lines = {name: text.partition("\n")[0] for name, text in first.items()}
    assert [name for name, line in lines.items() if len(line.split()) < 4] == []
    assert [name for name, line in lines.items() if not re.search(r"[.）?」:]$|出典", line)] == []
    assert [name for name, line in lines.items() if not re.match(r"[A-Z`]", line)] == []
    assert len(set(lines.values())) == len(lines)


def test_every_module_of_tests_says_what_a_reader_finds():
    empty = [
        name
        for name, tree in sources("tests").items()
        if tree.body and not (ast.get_docstring(tree) or "").strip()
    ]
    assert empty == []


def test_no_file_is_long():
    lines = {n: len((ROOT / n).read_text(encoding="utf-8").splitlines()) for n in sources(*LAYERS)}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_no_function_is_long_without_a_reason():
    long = {
        f"{name}:{node.name}"
        for name, tree in sources(*LAYERS).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    }
    assert long == set(LONGER)


def test_every_name_of_a_test_is_a_sentence():
    names = [
        (name, node.name)
        for name, tree in sources("tests").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert len(names) > 100
    assert [each for each in names if each[1].count("_") < 3] == []
