"""What each part of a Reply looks like in the terminal, and where its lines are broken."""

import io
import re
from itertools import pairwise
from typing import get_args

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.channels.drawing import breaks, draw
from dialogs.reply import (
    Answered,
    Ask,
    Button,
    Card,
    Contact,
    Copy,
    Item,
    Listing,
    Menu,
    Offices,
    Part,
    Progress,
    Result,
    Say,
)
from knowledge.book import Book

LONG = "とても長い文なので、狭い画面では「途中」で折り返すことになります。電話は03-1234-5678です。"
BUTTONS = tuple(Button(f"選ぶ{n}番の言葉", f"a={n}") for n in range(1, 10))
CONTACT = Contact("advice", "x", "窓口の名", "03-1234-5678", None, None, False, "S0", "P1")
SAMPLES: dict[type[Part], tuple[Part, tuple[str, ...]]] = {
    Say: (Say(LONG), (LONG,)),
    Ask: (
        Ask("a", LONG, BUTTONS, progress=Progress(3, 6), extra=(Button("抜け道", "b=1"),)),
        (LONG, "3/6", "抜け道", *(f"{n}. 選ぶ{n}番の言葉" for n in range(1, 10))),
    ),
    Menu: (Menu(BUTTONS), tuple(f"{n}. 選ぶ{n}番の言葉" for n in range(1, 10))),
    Listing: (
        Listing(LONG, (Item("題", LONG, "手引き P3"), Item("", "二つめ", ""))),
        (LONG, "題", "手引き P3", "二つめ"),
    ),
    Offices: (Offices((CONTACT,), "窓口の名 03-1234-5678"), ("窓口の名", "03-1234-5678")),
    Result: (
        Result("R1", "連携型です。", LONG, "まず電話を。", "「5人」ですね。"),
        ("連携型です。", LONG, "まず電話を。", "「5人」ですね。"),
    ),
    Card: (
        Card(LONG, (Answered("a", "人数", "5人以下", Button("人数を変更", "change=a")),)),
        (LONG, "人数", "5人以下", "人数を変更"),
    ),
    Copy: (Copy("読むメモ", LONG), ("読むメモ", LONG)),
}


def drawn(part: Part, width: int) -> str:
    console = Console(file=io.StringIO(), width=width, record=True, highlight=False)
    console.print(draw(part, width))
    return console.export_text()


def squeezed(text: str) -> str:
    """Without frames, bars, blanks and line breaks."""
    return "".join(each for each in text if not each.isspace() and each not in "│┃┏┓┗┛━╭╮╰╯─├┤┬┴┼")


# -- the parts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("kind", get_args(Part))
def test_every_kind_of_part_is_drawn_in_full(kind: type[Part], width: int) -> None:
    part, words = SAMPLES[kind]
    shown = drawn(part, width)
    assert [word for word in words if squeezed(word) not in squeezed(shown)] == []
    assert max(map(cell_len, shown.splitlines())) <= width


def test_a_long_list_is_not_cut() -> None:
    items = tuple(Item(f"題{n}。", LONG, f"資料{n}。") for n in range(40))
    shown = squeezed(drawn(Listing("", items), 40))
    assert all(f"題{n}。" in shown and f"資料{n}。" in shown for n in range(40))


def test_47_prefectures_do_not_fill_the_screen(book: Book) -> None:
    names = book.offices.prefectures
    choices = (*(Button(name, f"p={name}") for name in names), Button("わからない", "p=unknown"))
    for width, most in ((40, 16), (80, 8)):
        lines = drawn(Menu(choices), width).splitlines()
        assert sum("県" in line for line in lines) <= most
        assert "47 沖縄県" in "".join(lines)


def test_progress_is_shown_only_where_the_count_is_right() -> None:
    assert "/" not in drawn(Ask("a", "何人ですか。", BUTTONS), 80)


def test_phones_stand_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    console = Console(file=io.StringIO(), force_terminal=True, color_system="standard")
    with console.capture() as captured:
        console.print(draw(Offices((CONTACT,), "ご相談：窓口の名 03-1234-5678"), 80))
    assert "\x1b[1;32m03-1234-5678\x1b[0m" in captured.get()


# -- lines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", range(24, 60))
def test_no_line_starts_with_a_closing_mark_and_no_phone_is_torn(width: int) -> None:
    edges = [0, *breaks(LONG, width), len(LONG)]
    lines = [LONG[a:b] for a, b in pairwise(edges)]
    assert max(map(cell_len, lines)) <= width
    assert not [line for line in lines if line[0] in "。、」）"]
    assert any("03-1234-5678" in line for line in lines)


def test_a_word_wider_than_the_screen_is_taken_apart() -> None:
    assert breaks("a" * 25, 10) == [10, 20]
    assert breaks("", 10) == []


# -- without colour -------------------------------------------------------------------------------


def test_no_color_means_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    console = Console(file=io.StringIO(), force_terminal=True, width=40)
    with console.capture() as captured:
        for part, _ in SAMPLES.values():
            console.print(draw(part, 40))
    assert not re.search(r"\x1b\[[\d;]*(?:3|4|9|10)\d[\d;]*m", captured.get())


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_dumb_terminal_gets_no_control_codes(term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", term)
    console = Console(file=io.StringIO(), force_terminal=True, width=40)
    with console.capture() as captured:
        for part, _ in SAMPLES.values():
            console.print(draw(part, 40))
    assert "\x1b" not in captured.get()
