"""`jigyokei talk --json` as a process: what goes through the pipes, whatever the machine."""

import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

TALK = (sys.executable, "-m", "bot", "talk", "--json")
PATIENCE = 20
"""Seconds until a line that does not come counts as missing."""
WHOLE = ("1", "6人", "埼玉県", "4", "1", "1", "根拠")


def run(given: bytes, *options: str, env: dict[str, str] | None = None) -> bytes:
    """What comes out for these bytes on 22 November 2026. It ends well, and quietly."""
    command = (*TALK, "--on", "2026-11-22", *options)
    done = subprocess.run(
        command, cwd=ROOT, input=given, capture_output=True, env=env, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def read(out: bytes) -> list[dict[str, Any]]:
    assert out.endswith(b"\n")
    return [json.loads(line) for line in out[:-1].split(b"\n")]


def typed(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


@pytest.fixture(scope="module")
def usual() -> bytes:
    """A whole talk through the pipes."""
    return run(typed(*WHOLE))


class Pipes:
    """A talk whose two pipes stay open; no variable of this machine may unbuffer them."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            (*TALK, "--on", "2026-11-22"),
            cwd=ROOT,
            env={},
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def line(self) -> bytes:
        """The next line; one that stays in a buffer never comes."""
        assert self.process.stdout
        got = b""
        while not got.endswith(b"\n"):
            ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
            assert ready, f"no line after {PATIENCE} s, only {got!r}"
            more = os.read(self.process.stdout.fileno(), 65536)
            assert more, "the talk has ended"
            got += more
        return got

    def send(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{line}\n".encode())

    def end(self) -> tuple[int, bytes]:
        """Closes both pipes: the exit code, and what was said on stderr."""
        process = self.process
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.close()
        said = process.stderr.read()
        process.stderr.close()
        return process.wait(PATIENCE), said


@pytest.fixture
def pipes() -> Iterator[Pipes]:
    talk = Pipes()
    yield talk
    if talk.process.poll() is None:
        talk.process.kill()
        talk.end()


# -- lines ----------------------------------------------------------------------------------------


def test_the_greeting_comes_before_anything_is_sent(pipes: Pipes):
    (greeting,) = read(pipes.line())
    assert (greeting["kind"], greeting["state"]) == ("question", "standing")


def test_each_line_is_answered_before_the_next_is_sent(pipes: Pipes):
    pipes.line()
    states = []
    for line in ("1", "6人", "埼玉県", "4", "1", "1"):
        pipes.send(line)
        (answer,) = read(pipes.line())
        states.append(answer["state"])
    assert states == ["employees", "prefecture", "partner", "plan", "concern", "outcome"]


def test_as_many_lines_come_out_as_went_in_and_one(usual: bytes):
    assert len(read(usual)) == len(WHOLE) + 1
    many = read(run(typed(*["ほげ", "", "{", '{"new":true}'] * 50)))
    assert len(many) == 201
    assert [line.get("error", {}).get("code") for line in many[1:5]] == [
        None, "blank", "bad_json", None,
    ]  # fmt: skip


def test_nothing_in_gives_the_greeting_alone(usual: bytes):
    assert run(b"") == usual[: usual.index(b"\n") + 1]


def test_a_last_line_without_an_end_is_answered_too(usual: bytes):
    assert run(typed(*WHOLE)[:-1]) == usual


def test_the_same_lines_on_the_same_day_give_the_same_bytes(usual: bytes):
    assert run(typed(*WHOLE)) == usual


def test_the_day_given_is_the_day_of_the_talk():
    asked = {"standing": "own", "employees": "6-20", "prefecture": "埼玉県"}
    asked |= {"partner": "none", "plan": "none", "concern": "support_tax"}
    given = json.dumps({"new": True, "answers": asked}).encode() + b"\n"
    _, today = read(run(given))
    _, later = read(run(given, "--on", "2027-04-01"))
    assert any("tax" in benefit["id"] for benefit in today["outcome"]["benefits"])
    assert not any("tax" in benefit["id"] for benefit in later["outcome"]["benefits"])


# -- bytes ----------------------------------------------------------------------------------------


def test_lines_out_are_plain_utf_8_ended_by_lf(usual: bytes):
    assert "どなたのご相談ですか。" in usual.decode("utf-8")
    for never in (b"\\u", b"\r", b"\x1b", b"\xef\xbb\xbf", b"\x00"):
        assert never not in usual


@pytest.mark.parametrize(
    "env",
    [
        {},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii:strict"},
        {"LC_ALL": "ja_JP.eucJP", "LANG": "ja_JP.eucJP", "TZ": "America/New_York"},
    ],
    ids=["none", "C", "ascii", "euc"],
)
def test_the_bytes_are_the_same_whatever_the_locale(usual: bytes, env: dict[str, str]):
    assert run(typed(*WHOLE), env=env) == usual


def test_no_variable_is_read_and_no_file_is_made(usual: bytes, tmp_path: Path):
    env = {
        "OPERATOR_NAME": "悪い会社",
        "OPERATOR_PHONE": "000-000-0000",
        "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
        "DATA_DIR": str(tmp_path),
        "LINE_CHANNEL_SECRET": "x",
        "FORCE_COLOR": "1",
        "LOG_LEVEL": "debug",
        "HOME": str(tmp_path),
    }
    out = run(typed(*WHOLE), env=env)
    assert out == usual
    assert "お試しのボットです。" in out.decode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "as_text"),
    [
        ("埼玉県\r\n".encode(), "埼玉県\n"),
        (b"\xef\xbb\xbf1\n", "1\n"),
        ("埼玉県\x00\n".encode(), "埼玉県\x00\n"),
        (b"\xff\xfe\xe5\x9f\n", "\ufffd\ufffd\ufffd\n"),
        ("1\r1\u2028\x85\x0b\x0c1\n".encode(), "1\r1\u2028\x85\x0b\x0c1\n"),
    ],
    ids=["crlf", "bom", "nul", "not utf-8", "other line ends"],
)
def test_odd_bytes_are_one_line_like_any_other(given: bytes, as_text: str):
    out = read(run(given + b"1\n"))
    assert len(out) == 3
    assert out == read(run(as_text.encode() + b"1\n"))
    assert not any("error" in line for line in out)


def test_windows_line_ends_are_no_part_of_what_was_said(usual: bytes):
    assert run(typed(*WHOLE).replace(b"\n", b"\r\n")) == usual


def test_a_blank_line_is_an_error_on_its_line_and_the_talk_goes_on(usual: bytes):
    lines = read(run(b"\n \n\r\n" + typed(*WHOLE)))
    assert [line["error"]["code"] for line in lines[1:4]] == ["blank"] * 3
    assert [lines[0], *lines[4:]] == read(usual)


def test_a_lone_surrogate_comes_back_replaced():
    given = rb'{"new":true,"answers":{"\ud83d":"x"}}' + b"\n"
    assert "「\ufffd」という質問はありません。" in run(given).decode("utf-8")


def test_a_line_of_a_million_letters_is_answered():
    (_, long, brace) = read(run(b"a" * 1_000_000 + b"\n" + b"{" * 1_000_000 + b"\n"))
    assert (long["kind"], brace["error"]["code"]) == ("unknown", "bad_json")


# -- ends -----------------------------------------------------------------------------------------


def test_the_end_of_input_ends_the_talk_well(pipes: Pipes):
    pipes.line()
    assert pipes.process.stdin
    pipes.process.stdin.close()
    assert pipes.process.wait(PATIENCE) == 0
    assert pipes.end() == (0, b"")


def test_nobody_reading_any_more_ends_the_talk_well(pipes: Pipes):
    pipes.line()
    assert pipes.process.stdout
    pipes.process.stdout.close()
    pipes.send("1")
    assert pipes.process.wait(PATIENCE) == 0
    assert pipes.end() == (0, b"")


@pytest.mark.parametrize(
    "wrong",
    [
        ["--color"], ["extra"], ["--on"], ["--on", "あした"], ["--on", "2026-1-1"],
        ["--on", "2018-12-31"], ["--on", "2101-01-01"], ["--on", "2026-02-29"], ["--on", ""],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_wrong_option_is_exit_2_and_one_line_on_stderr(wrong: list[str]):
    done = subprocess.run((*TALK, *wrong), cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("jigyokei")
    assert "使い方が違います" in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the code and the content, to be broken."""
    for name in ("bot", "dialogs", "knowledge"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.mark.parametrize(
    ("command", "file", "find", "put"),
    [
        ("talk --json", "dialogs/words.yaml", "disclaimer:", "disclaimers:"),
        ("talk --json", "dialogs/consultation.yaml", "if: always", "if: nobody_knows"),
        ("talk --json", "knowledge/offices.yaml", "phone: 03-5470-1606", "phone: 03-5470"),
        ("flow --json", "dialogs/consultation.yaml", "if: always", "if: nobody_knows"),
        ("talk", "dialogs/words.yaml", "disclaimer:", "disclaimers:"),
    ],
)
def test_faulty_content_is_exit_1_and_nothing_on_stdout(
    checkout: Path, command: str, file: str, find: str, put: str
):
    text = (checkout / file).read_text(encoding="utf-8")
    assert find in text
    (checkout / file).write_text(text.replace(find, put), encoding="utf-8")
    done = subprocess.run(
        (sys.executable, "-m", "bot", *command.split()),
        cwd=checkout,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith(f"{file}:")
    assert b"Traceback" not in done.stderr
