"""The talk in the terminal: how it goes on, how wide it gets, and how one leaves."""

import io
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.channels import terminal
from bot.channels.terminal import Terminal, talk
from bot.content import Content
from dialogs.heard import Heard, Text
from dialogs.reply import Copy
from dialogs.turn import take_turn
from knowledge.errors import FactError

NOON = datetime(2026, 11, 23, 3, tzinfo=UTC)
ESCAPE = "\x1b"
WHOLE = ("", "ほげほげ", *("根拠", "くらべる", "連絡先", "確認", "ヘルプ", "1") * 6)
MENU = [str(number) for number in range(1, 10)]
Consult = Callable[..., str]


@pytest.fixture(scope="module")
def head_office(content: Content) -> str:
    """The phone everybody can be sent to."""
    return content.book.offices.headquarters.phone or ""


@pytest.fixture
def consult(content: Content, monkeypatch: pytest.MonkeyPatch) -> Consult:
    """Types these lines into `talk` and gives back what was drawn, at this width."""
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("TTY_COMPATIBLE", raising=False)

    def run(*lines: str, width: int = 80) -> str:
        paper = io.StringIO()
        monkeypatch.setattr(terminal, "Console", partial(Console, file=paper, width=width))
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        assert talk(content, NOON) == 0
        return paper.getvalue()

    return run


def test_a_whole_consultation_reaches_a_result_with_phones(consult: Consult) -> None:
    before, frame, after = consult(*WHOLE).partition("┏")
    assert before.count(f"{terminal.PROMPT}根拠") == 6
    assert frame
    assert re.search(r"0\d+-\d+-\d{4}", after)


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_screen(consult: Consult, width: int) -> None:
    shown = consult(*WHOLE, *MENU, width=width)
    assert [line for line in shown.splitlines() if cell_len(line) > width] == []


def test_a_very_wide_screen_is_not_filled(consult: Consult) -> None:
    assert max(map(cell_len, consult(*WHOLE, width=200).splitlines())) <= 80


def test_without_a_terminal_there_are_no_control_codes(consult: Consult) -> None:
    assert ESCAPE not in consult(*WHOLE, *MENU, f"{ESCAPE}[31m赤", "\x07")


def test_the_end_of_input_is_a_polite_end_with_a_phone(consult: Consult, head_office: str) -> None:
    assert head_office in consult().splitlines()[-2]


def test_ctrl_c_is_a_polite_end_too(
    consult: Consult, head_office: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: str = "") -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    assert head_office in consult()


def test_stop_shows_phones_asks_nothing_and_ends(consult: Consult) -> None:
    shown = consult("やめる", "1")
    last = shown.partition("> やめる")[2]
    assert "03-" in last
    assert "1. " not in last
    assert "> 1" not in last


def test_an_empty_line_is_passed_over(consult: Consult) -> None:
    assert consult("", "  ").count("どなたのご相談ですか。") == 1


def test_an_answer_on_the_card_is_changed_by_typing_its_button(
    consult: Consult, content: Content
) -> None:
    title = content.flow.questions[content.flow.start].title
    shown = consult("1", "確認", f"{title}を変更")
    assert "もう一度" in shown.rpartition("を変更")[2]


def test_a_missing_fact_names_the_head_office_and_the_talk_goes_on(
    content: Content, head_office: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*given: Any) -> Any:
        raise FactError("x")

    console = Console(file=io.StringIO(), width=80, record=True)
    talking = Terminal(content, NOON, console)
    assert talking.take(Text("1"))
    before = talking.session
    monkeypatch.setattr(terminal, "take_turn", failing)
    assert talking.take(Text("2"))
    assert talking.session is before
    monkeypatch.setattr(terminal, "take_turn", take_turn)
    assert talking.take(Text("30人"))
    shown = console.export_text()
    assert terminal.NOT_SURE in shown
    assert head_office in shown


def test_the_time_goes_on_from_the_start_by_what_really_passed(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Heard] = []

    def watched(flow: Any, book: Any, session: Any, said: Heard, now: datetime) -> Any:
        heard.append(said)
        assert now == said.at
        return take_turn(flow, book, session, said, now)

    passed = iter((100.0, 100.0, 190.5))
    monkeypatch.setattr(terminal, "monotonic", lambda: next(passed))
    monkeypatch.setattr(terminal, "take_turn", watched)
    talking = Terminal(content, NOON, Console(file=io.StringIO()), started=next(passed))
    talking.take(Text("1"))
    talking.take(Text("2"))
    assert [each.at - NOON for each in heard] == [timedelta(0), timedelta(seconds=90.5)]
    assert len({each.event for each in heard}) == 2


def test_in_a_real_terminal_a_text_to_copy_keeps_its_sentences_whole(content: Content) -> None:
    long = "とても長い文なので、狭い画面では「途中」で折り返すことになります。"
    console = Console(file=io.StringIO(), width=40, force_terminal=True, color_system=None)
    with console.capture() as captured:
        Terminal(content, NOON, console)._show((Copy("メモ", long),))
    assert long in captured.get().splitlines()


def test_talking_json_does_not_import_rich() -> None:
    code = "import bot.commands.talk, bot.channels.json_lines, sys; print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
