"""The words of the content, one by one: figures, lengths, promises and banned claims.

Names in braces are measured at the longest they can become, so that no person, place or day
makes a sentence too long later.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.channels.plain import MOST_CHARACTERS, MOST_LINES
from bot.content import Content
from knowledge.book import NAME
from knowledge.strict_yaml import Path_, Sheet, load_sheet

SENTENCE = 40
LABEL = 20
FILES = (
    "dialogs/consultation.yaml",
    "dialogs/advice.yaml",
    "dialogs/words.yaml",
    "knowledge/topics.yaml",
)
SPOKEN = frozenset(
    "ask why help title text step policy answer lines typed choices yes_no plans selves".split()
)
"""The keys whose texts people read; `words.yaml` is read whole."""
LABELS = frozenset({"choices", "typed", "yes_no"})

_FIGURE = re.compile(
    r"[0-9]|[一二三四五六七八九十百千万億]+(?:人|円|年|か月|日|%|割|社|件|回|種類)"
)
_ORDINAL = re.compile(r"[0-9]+(?:回目|つ目|番目)|第[0-9]+|質問は(?:ふつう)?[0-9]+つ|一人")
_PROMISES = (
    "必ず", "絶対", "確実に", "間違いなく", "認定されます", "通ります", "もらえます", "保証します",
    "採択されます", "安くなります", "割引されます", "節税でき", "借りられます", "優先採択", "お約束",
)  # fmt: skip
_BANNED = (
    "加算", "4種類", "3種類", "四種類", "三種類", "IT導入補助金", "事業再構築", "認証マーク",
    "公式ボット", "公式のボット", "公認", "防火シャッター", "排煙設備", "損保ジャパン日本興亜",
    "パスワードを入力", "マイナンバーを", "口座番号を", "代行します", "同時に持てます", "更新できます",
    "6か月前から", "六か月前から",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoken:
    """One text people read: where it stands, and whether it is a button's label."""

    sheet: Sheet
    at: Path_
    text: str
    label: bool


def spoken_texts(root: Path) -> Iterator[Spoken]:
    """Every text of the content that people read, facts apart: those are values."""
    for name in FILES:
        sheet = load_sheet(root / name, name)
        whole = name.endswith("words.yaml")
        for at, text in _leaves((), sheet.data):
            keys = {str(key) for key in at}
            if whole or not SPOKEN.isdisjoint(keys):
                yield Spoken(sheet, at, text, not LABELS.isdisjoint(keys))


def _leaves(at: Path_, value: object) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, str):
        yield at, value
        return
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves((*at, key), each)
    if isinstance(value, list):
        for i, each in enumerate(value):
            yield from _leaves((*at, i), each)


def check_texts(root: Path, content: Content) -> list[Sheet]:
    """Read every text once; the sheets come back with the faults found."""
    longest = Longest(content)
    sheets: dict[str, Sheet] = {}
    for spoken in spoken_texts(root):
        sheet = sheets.setdefault(spoken.sheet.name, spoken.sheet)
        for fault in faults_of(spoken, longest):
            sheet.fault(spoken.at, fault)
    return list(sheets.values())


def faults_of(spoken: Spoken, longest: "Longest") -> Iterator[str]:
    """What is wrong with one text, a sentence each."""
    plain = unicodedata.normalize("NFKC", NAME.sub("", spoken.text))
    if not spoken.label and (found := _FIGURE.search(_ORDINAL.sub("", plain))):
        yield f"数字「{found[0]}」は、{{事実の名前}}で引いてください。"
    for word in (*_PROMISES, *_BANNED):
        if unicodedata.normalize("NFKC", word) in plain:
            yield f"「{word}」は言わない約束の言葉です。"
    if spoken.label and len(spoken.text) > LABEL:
        yield f"ボタンの言葉が{len(spoken.text)}字です。{LABEL}字までにしてください。"
    shown = longest.fill(spoken.text)
    for sentence in re.split(r"(?<=[。！？])|\n", shown):
        if sentence.endswith(("。", "！", "？")) and len(sentence) > SENTENCE:
            yield f"1文が{len(sentence)}字です。{SENTENCE}字までにしてください。「{sentence}」"
    if len(shown) > MOST_CHARACTERS or shown.count("\n") >= MOST_LINES:
        size = f"{len(shown)}字{shown.count(chr(10)) + 1}行"
        yield f"1つの吹き出しが{size}です。{MOST_CHARACTERS}字{MOST_LINES}行までにしてください。"


class Longest:
    """Fills a text with the longest value each name can have."""

    def __init__(self, content: Content) -> None:
        self.content, self.known = content, dict[str, str]()

    def fill(self, text: str) -> str:
        return NAME.sub(lambda match: self.value(match[1]), text)

    def value(self, name: str) -> str:
        if name not in self.known:
            self.known[name] = max(self._values(name), key=len, default="")
        return self.known[name]

    def _values(self, name: str) -> Iterator[str]:
        flow, book = self.content.flow, self.content.book
        for fact in book.facts.get(name, ()):
            yield self.fill(fact.value)
        if name.startswith("office."):
            yield book.on(book.end_days()[0]).value(name)
        asked = "concern" if name == "worry" else name.removeprefix("answer.")
        if asked != name:
            question = flow.questions[asked]
            choices = (c for form in question.forms for c in form.choices)
            yield from (choice.label for choice in (*choices, *question.typed))
        yield from self._own(name)

    def _own(self, name: str) -> Iterator[str]:
        book, flow = self.content.book, self.content.flow
        if name == "advice":
            yield from (f"{o.name} {o.phone}" for o in book.offices.by_id.values()
                        if o.kind in {"advice", "headquarters"})  # fmt: skip
        if name == "self":
            yield from flow.advice.selves.values()
        if name == "operator":
            yield flow.operator.name
        if name == "limit":
            yield from (
                f.value for id, p in book.facts.items() if id.startswith("limit_") for f in p
            )
        if name == "by":
            yield "令和10年12月31日"
