"""The words of the content, one by one: figures, lengths, promises and what YAML does to a text.

Names in braces are measured at the longest they can become, so that no person, place or day
makes a sentence too long later.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.channels.plain import MOST_CHARACTERS, MOST_LINES
from bot.check.longest import Longest
from bot.check.sheets import ADVICE, TALK, TOPICS, WORDS, Sheets, leaves, value_at
from bot.check.wording import wrong_in_talk
from bot.content import Content
from dialogs.load_text import Reader
from knowledge.book import NAME
from knowledge.strict_yaml import Path_, Sheet

SENTENCE = 40
LABEL = 20
PREFECTURES = "prefectures"
"""The one word under `choices:` that nobody reads: it stands for the 47."""
WHOLE = frozenset({"ask", "why", "help", "text", "step", "policy"})
"""Texts that are whole sentences."""
LABELS = frozenset({"choices", "typed", "yes_no"})
FIXED = LABELS | {"plans", "selves", "title"}
"""Texts that are shown as they stand: a name in braces would be shown as braces."""
SPOKEN = WHOLE | FIXED | {"answer", "lines"}
"""The keys whose texts people read; `words.yaml` is read whole."""

FIGURE = re.compile(
    r"[0-9]|[一二三四五六七八九十百千万億〇]+"
    r"(?:人|円|年|か月|ヶ月|月|日|週間|時間|%|割|倍|社|件|回|か所|種類)"
)
_ORDINAL = re.compile(r"[0-9]+(?:回目|つ目|番目)|第[0-9]+|質問は(?:ふつう)?[0-9]+つ|一人")
_LINK = re.compile(r"https?:|www\.|[a-z]\.(?:jp|com|org|net)\b|\w@\w", re.IGNORECASE)
_LETTER = re.compile(r"[ぁ-んァ-ヶー一-龠々]")
_GAP = re.compile(r"[ぁ-ん、。」] +[ぁ-んァ-ヶー一-龠々「]|[ァ-ヶー一-龠々] +[ぁ-ん]")
_PERSONAL = re.compile(
    "お名前|氏名|会社名|電話番号|メールアドレス|住所|番地|生年月日|年齢|性別|法人番号|口座|パスワード|マイナンバー"
)
_NOT_ASKED = re.compile(r"書かない|お書きにならない")
_END = re.compile(r"[。！？」]$|\}$")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One text people read, and where it stands."""

    sheet: Sheet
    at: Path_
    text: str

    @property
    def keys(self) -> set[str]:
        return {str(key) for key in self.at}

    @property
    def label(self) -> bool:
        """Is it the words of a button?"""
        name = str(self.at[0])
        menu = self.sheet.name == WORDS and (
            name.startswith("menu_") or name in {"change_button", "place_no"}
        )
        return menu or not LABELS.isdisjoint(self.keys)

    @property
    def quotes(self) -> str | None:
        """The answer this text may quote: the question its entry rests on."""
        entry = value_at(self.sheet.data, self.at[:-1])
        return entry.get("question") if isinstance(entry, dict) and self.at[:-1] else None


def spoken_texts(sheets: Sheets) -> Iterator[Spoken]:
    """Every text of the content that people read, facts and cases apart."""
    for sheet in (sheets[TALK], sheets[ADVICE], sheets[WORDS], *sheets.topics):
        for at, text in leaves(sheet.data):
            spoken = Spoken(sheet, at, text)
            read = sheet.name == WORDS or not SPOKEN.isdisjoint(spoken.keys)
            if read and text != PREFECTURES:
                yield spoken


def check_texts(sheets: Sheets, content: Content) -> None:
    """Read every text once; the faults are put where it stands."""
    longest = Longest(content)
    for spoken in spoken_texts(sheets):
        if spoken.sheet.name.startswith(TOPICS):
            Reader(spoken.sheet, content.book).say(spoken.at, spoken.text)
        for fault in faults_of(spoken, longest):
            spoken.sheet.fault(spoken.at, fault)


def faults_of(spoken: Spoken, longest: Longest) -> Iterator[str]:
    """What is wrong with one text, a sentence each."""
    yield from _typed_in(spoken)
    yield from wrong_in_talk(spoken.text)
    yield from _names(spoken)
    yield from _broken(spoken)
    yield from _asked(spoken)
    yield from too_long(longest.fill(spoken.text), LABEL if spoken.label else None)


def _typed_in(spoken: Spoken) -> Iterator[str]:
    """Figures and addresses that belong into a fact (design, decision 5)."""
    plain = unicodedata.normalize("NFKC", NAME.sub("", spoken.text))
    choice = not LABELS.isdisjoint(spoken.keys)
    if not choice and (found := FIGURE.search(_ORDINAL.sub("", plain))):
        yield f"数字「{found[0]}」は、{{事実の名前}}で引いてください。"
    if re.search(r"\d{2,}-\d{2,}-\d{3,}", plain):
        yield "電話番号は、{office.窓口.phone}で引いてください。"
    if _LINK.search(plain):
        yield "URLやメールは、{事実の名前}で引いてください。"


def _names(spoken: Spoken) -> Iterator[str]:
    """Names in braces where they are never filled, or filled from an answer never given."""
    fixed = not FIXED.isdisjoint(spoken.keys) and spoken.at[0] not in {"outcomes", "leave"}
    if fixed and "{" in spoken.text:
        yield "ここでは{名前}を使えません。そのまま画面に出ます。"
    if "｛" in spoken.text or "｝" in spoken.text:
        yield "「｛」「｝」は半角の { } で書いてください。"
    for name in NAME.findall(spoken.text):
        asked = "concern" if name == "worry" else name.removeprefix("answer.")
        if asked not in {name, spoken.quotes}:
            yield f"「{{{name}}}」は、同じ行に「question: {asked}」があるときだけ使えます。"


def _broken(spoken: Spoken) -> Iterator[str]:
    """Texts that YAML has cut or glued: `#` starts a comment, a new line becomes a space."""
    if not _LETTER.search(spoken.text) and not NAME.search(spoken.text):
        yield f"「{spoken.text}」は日本語の言葉ではありません。"
    if _GAP.search(spoken.text):
        yield "言葉のあいだに空白があります。行を分けるときは「|-」を使ってください。"
    if str(spoken.at[-1]) in WHOLE and spoken.sheet.name != WORDS and not _END.search(spoken.text):
        yield "文が「。」で終わっていません。「#」から後ろは消えます。"


def _asked(spoken: Spoken) -> Iterator[str]:
    """No question and no set phrase asks who somebody is (design, decision 6)."""
    if spoken.sheet.name != WORDS and spoken.at[0] != "questions":
        return
    for sentence in re.split(r"(?<=[。！？])|\n", spoken.text):
        if (found := _PERSONAL.search(sentence)) and not _NOT_ASKED.search(sentence):
            yield f"「{found[0]}」は聞けません（個人や会社を特定することは聞きません）。"


def too_long(shown: str, label: int | None = None) -> Iterator[str]:
    """Buttons, sentences and bubbles beyond their length (style 13)."""
    if label and len(shown) > label:
        yield f"ボタンの言葉が{len(shown)}字です。{label}字までにしてください。"
    for sentence in re.split(r"(?<=[。！？])|\n", shown):
        if sentence.endswith(("。", "！", "？")) and len(sentence) > SENTENCE:
            yield f"1文が{len(sentence)}字です。{SENTENCE}字までにしてください。「{sentence}」"
    if len(shown) > MOST_CHARACTERS or shown.count("\n") >= MOST_LINES:
        size = f"{len(shown)}字{shown.count(chr(10)) + 1}行"
        yield f"1つの吹き出しが{size}です。{MOST_CHARACTERS}字{MOST_LINES}行までにしてください。"
