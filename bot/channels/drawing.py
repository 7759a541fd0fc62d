"""The drawing of every part of a Reply for the terminal; with it, lines broken as Japanese is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from rich import box
from rich.cells import cell_len
from rich.columns import Columns
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, OverflowMethod
from rich.console import RenderableType as Drawing
from rich.console import RenderResult as Drawn
from rich.constrain import Constrain
from rich.containers import Lines
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Words

from dialogs import reply
from dialogs.reply import Ask, Button, Card, Copy, Item, Listing, Menu, Offices, Result, Say

FEW, MANY = 6, 20
"""Up to FEW choices stand one a line, up to MANY in two columns, more in as many as fit."""
GAP = 2
TYPED = ("もどる", "根拠", "くらべる", "連絡先", "確認", "やめる", "ヘルプ")
TYPED_LEAD = "入力できる言葉："
MENU_LEAD = "くわしく見るには、番号か言葉を入力してください。"
CHANGE_HINT = "直すには「{label}」のように入力してください。"
_PHONE = r"(?<!\d)0\d{1,4}-\d{1,4}-\d{3,4}(?!\d)"
_KANA = r"(?:(?![おご][一-龠])[ぁ-ん])*"
_TOGETHER = re.compile(
    r"[「『（【〔]*(?:[おご](?=[一-龠]))?(?:[一-龠][きしちみりぎびいえけせめれ](?=[一-龠]))?"
    rf"(?:[!-~〜一-龠々ァ-ヶー]+|.){_KANA}(?:[」』）】〕…・]{_KANA})*[、。，．：；？！」』）】〕]*\s*"
)
"""About one phrase: a word with its honorific, its endings and the marks that close it.

It only chooses places to break: where it is wrong a line is a little shorter or less pretty.
"""


def draw(part: reply.Part, width: int) -> Drawing:
    """The drawing of one part, at most `width` cells wide; nothing of it is cut."""
    match part:
        case Say(text=text):
            return Bubble(_words(text), "cyan")
        case Ask():
            return _ask(part, width)
        case Menu():
            return Group(*_lead(MENU_LEAD), _numbered(part.choices, width), _foot())
        case Listing():
            return Group(*_lead(part.lead), _items(part.items))
        case Offices(text=text):
            return Bubble(_words(text), "green")
        case Result():
            return Group(*_lead(part.lead), _recommendation(part))
        case Card():
            return _card(part)
        case Copy():
            return Group(Japanese(f"{part.title}\n", style="bold"), Japanese(part.text))
        case _:
            assert_never(part)


def _lead(text: str) -> tuple[Drawing, ...]:
    return (Bubble(_words(text), "cyan"), Words()) if text else ()


def _ask(part: Ask, width: int) -> Drawing:
    at = f"{part.progress.at}/{part.progress.of}  " if part.progress else ""
    words = Japanese(f"{at}{part.text}", style="bold")
    words.stylize("not bold", 0, len(at))
    return Group(
        Bubble(words, "yellow"), Words(), _numbered(part.choices, width), _foot(part.extra)
    )


def _numbered(choices: tuple[Button, ...], width: int) -> Drawing:
    """The choices with their numbers from 1, in columns where there are many of them."""
    if len(choices) > MANY:
        labels = [Words(f"{n:>2} {button.label}") for n, button in enumerate(choices, 1)]
        return Columns(labels, padding=(0, GAP), column_first=True)
    labels = [Words(f"{n:>2}. {button.label}") for n, button in enumerate(choices, 1)]
    both = 2 * max((label.cell_len for label in labels), default=0) + GAP
    if len(choices) <= FEW or both > width - GAP:
        return _rows((f"{n:>4}. ", Japanese(b.label)) for n, b in enumerate(choices, 1))
    columns = Columns(labels, padding=(0, GAP), equal=True, column_first=True)
    return Padding(Constrain(columns, both), (0, 0, 0, GAP))


def _foot(extra: tuple[Button, ...] = ()) -> Drawing:
    """What can be typed beside the choices, the ways out of this question included."""
    typed = dict.fromkeys((*TYPED, *(button.label for button in extra)))
    return Japanese(f"\n{TYPED_LEAD}{'・'.join(typed)}", style="dim")


def _rows(rows: Iterable[tuple[str, Drawing]]) -> Table:
    """Entries with a mark in front, their lines aligned behind it."""
    table = Table.grid()
    table.add_column(no_wrap=True)
    for mark, drawing in rows:
        table.add_row(mark, drawing)
    return table


def _items(items: tuple[Item, ...]) -> Table:
    def entry(item: Item) -> Drawing:
        lines = [Japanese(item.title, style="bold")] if item.title else []
        origin = [Japanese(f"出典：{item.origin}", style="dim")] if item.origin else []
        return Group(*lines, _words(item.text), *origin)

    return _rows(("・", entry(item)) for item in items)


def _recommendation(part: Result) -> Panel:
    title = Japanese(part.title, style="bold")
    rest = [_words(f"\n{text}") for text in (part.reason, part.step) if text]
    return Panel(Group(title, *rest), box=box.HEAVY, border_style="cyan")


def _card(part: Card) -> Drawing:
    table = Table("質問", "答え", box=box.ROUNDED)
    for row in part.rows:
        table.add_row(Japanese(row.title), Japanese(row.text, style="bold"))
    hint = [CHANGE_HINT.format(label=row.change.label) for row in part.rows[-1:]]
    return Group(*_lead(part.lead), table, *(Japanese(text, style="dim") for text in hint))


def _words(text: str) -> "Japanese":
    """The text, its phone numbers standing out."""
    words = Japanese(text)
    words.highlight_regex(_PHONE, "bold green")
    return words


@dataclass
class Bubble:
    """What the bot says: text behind a bar, without a frame that wide characters could break."""

    words: "Japanese"
    style: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Drawn:
        for line in self.words.wrap(console, options.max_width - 2):
            yield Words.assemble(("│ ", self.style), line)


class Japanese(Words):
    """Text that breaks between phrases: never before 「。」, nor within a word or a number."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        whole = self.split(allow_blank=True)
        if no_wrap:
            return whole
        broken = Lines(part for line in whole for part in line.divide(breaks(line.plain, width)))
        for line in broken:
            line.rstrip()
        return broken


def breaks(text: str, width: int) -> list[int]:
    """Where a line of `text` has to be broken, so that none takes more than `width` cells."""
    found, used = [], 0
    for start, piece in _pieces(text, width):
        if used and used + cell_len(piece.rstrip()) > width:
            found.append(start)
            used = 0
        used += cell_len(piece)
    return found


def _pieces(text: str, width: int) -> Iterator[tuple[int, str]]:
    """The pieces to be kept whole, with their places; one too wide for a line is taken apart."""
    for match in _TOGETHER.finditer(text):
        if cell_len(match[0].rstrip()) <= width:
            yield match.start(), match[0]
        else:
            yield from enumerate(match[0], match.start())
