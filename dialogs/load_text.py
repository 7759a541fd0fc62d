"""Reads the texts and rule names of a content file, checking every name they use."""

from collections.abc import Collection
from typing import Any

from dialogs.dates import DAYS
from dialogs.flow import Line
from dialogs.rules import RULES, Rule
from dialogs.voice import OWN_NAMES
from knowledge.book import NAME, Book
from knowledge.strict_yaml import Path_, Sheet

QUESTIONS = (
    "standing", "employees", "industry", "capital", "prefecture", "partner", "plan", "hurry",
    "concern",
)  # fmt: skip
"""The questions of the protocol. Rules, presses and the outside faces know them by name."""


SCREENS = ("why", "steps", "benefits", "contacts")
"""Where a note can be shown."""


class Reader:
    """One content file and the book its texts draw on."""

    def __init__(self, sheet: Sheet, book: Book) -> None:
        self.sheet, self.book = sheet, book

    def rule(self, at: Path_, name: object) -> Rule | None:
        """The rule of this name; another name is a fault."""
        known = RULES.get(name) if isinstance(name, str) else None
        if known is None:
            self.sheet.fault(at, f"「{name}」という決まりは dialogs/rules/ にありません。")
        return known

    def rule_of(self, at: Path_, table: dict[str, Any], key: str) -> Rule | None:
        return self.rule((*at, key), table[key]) if key in table else None

    def say(self, at: Path_, value: object, given: Collection[str] = ()) -> str:
        """A text whose every `{name}` is a fact, an office's field or a known word."""
        text = self.sheet.text(at, value)
        for name in NAME.findall(text):
            if not self._known(name, given):
                self.sheet.fault(at, f"「{{{name}}}」という事実や言葉はありません。")
        if NAME.sub("", text).count("{") or NAME.sub("", text).count("}"):
            self.sheet.fault(at, "「{」と「}」は、名前を引くときだけ使えます。")
        return text

    def _known(self, name: str, given: Collection[str]) -> bool:
        if name in given or name in OWN_NAMES or name in self.book.facts:
            return True
        kind, _, rest = name.partition(".")
        if kind == "answer":
            return rest in QUESTIONS
        office = self.book.offices.by_id.get(rest.partition(".")[0])
        return kind == "office" and isinstance(getattr(office, name.rpartition(".")[2], 0), str)

    def line(self, at: Path_, value: object, more: str = "") -> Line | None:
        """A line of advice: text, source, place; `if` and `by` where it needs them."""
        sheet = self.sheet
        table = sheet.fields(at, value, f"text source place {more}", "if by screen")
        if table is None:
            return None
        by = table.get("by", "")
        if by and by not in DAYS:
            sheet.fault((*at, "by"), f"「{by}」という日の数え方はありません。")
        return Line(
            text=self.say((*at, "text"), table["text"], ("by",) if by else ()),
            source=sheet.one_of((*at, "source"), table["source"], self.book.sources),
            place=sheet.text((*at, "place"), table["place"]),
            when=self.rule_of(at, table, "if"),
            question=self._question(at, table),
            by=by,
            screen=self.maybe(at, table, "screen", SCREENS) or "",
        )

    def _question(self, at: Path_, table: dict[str, Any]) -> str:
        if "question" not in table:
            return ""
        return self.sheet.one_of((*at, "question"), table["question"], QUESTIONS)

    def plain_line(self, at: Path_, value: object) -> Line:
        """A text alone, for everybody."""
        return Line(self.say(at, value), "", "")

    def lines_if(self, at: Path_, value: object) -> tuple[Line, ...]:
        """A text for those whose rule says yes; or nothing."""
        if value is None:
            return ()
        table = self.sheet.fields(at, value, "if text")
        if table is None:
            return ()
        return (
            Line(self.say((*at, "text"), table["text"]), "", "", self.rule_of(at, table, "if")),
        )

    def maybe(
        self, at: Path_, table: dict[str, Any], key: str, known: Collection[str]
    ) -> str | None:
        """One of the known words, or None where the entry has no such key."""
        return self.sheet.one_of((*at, key), table[key], known) if key in table else None

    def names(self, at: Path_, value: object, known: Collection[str]) -> tuple[str, ...]:
        """A list of known names."""
        items = self.sheet.items(at, value)
        return tuple(self.sheet.one_of((*at, i), each, known) for i, each in enumerate(items))
