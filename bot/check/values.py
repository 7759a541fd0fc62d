"""The values of the content: facts that rules read, their periods, and how they are worded."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from bot.check.longest import Longest
from bot.check.sheets import CASES, Sheets
from bot.check.texts import FIGURE, too_long
from bot.check.wording import wrong_words
from bot.content import Content
from dialogs.intervals import PEOPLE, YEN, Interval
from dialogs.rules.size import INDUSTRIES
from knowledge.book import NAME, Book
from knowledge.errors import Fault
from knowledge.facts import Fact, amount, day_of, span

SCALES: dict[str, dict[str, Interval]] = {"employees": PEOPLE, "capital": YEN}
LIMITS = {f"limit_{kind}_{each}": scale for kind, scale in SCALES.items() for each in INDUSTRIES}
ALWAYS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(LIMITS, amount),
    "investment_capital": amount,
    "gbiz_wait": span,
    "processing_days": span,
}
"""What rules and dates read on any day, and how."""
IN_TIME: dict[str, Callable[[str], Any]] = {
    "tax_capital_limit": amount,
    "tax_employee_limit": amount,
    "tax_cert_until": day_of,
}
"""What they read only while it holds."""
LONGEST = 110
_OLD_FIGURE = re.compile(r"[0-9][0-9,.]*(?:%|割|倍|万|億|円|件|人|社|者|回)")
_URL = re.compile(r"https://[!-~]+")
_PHONE = re.compile(r"0\d{1,4}-\d{1,4}-\d{3,4}")


def check_needed(sheets: Sheets, content: Content) -> list[Fault]:
    """Facts that rules read: without them no situation can be walked."""
    found = []
    facts = content.book.facts
    for id, read in (ALWAYS | IN_TIME).items():
        if id not in facts:
            found.append(sheets.fact(id, f"「{id}」がありません。決まりが読む事実です。"))
        elif id in ALWAYS and (len(facts[id]) > 1 or facts[id][0].start or facts[id][0].end):
            found.append(sheets.fact(id, f"「{id}」は、いつの日も値が要ります。"))
        texts = [_unread(fact, read) for fact in facts.get(id, ())]
        found += [sheets.fact(id, text) for text in texts if text]
    return found


def _unread(fact: Fact, read: Callable[[str], Any]) -> str | None:
    try:
        value = read(fact.value)
    except ValueError:
        return f"「{fact.id}」の「{fact.value}」は、数や日として読めません。"
    if fact.id in LIMITS and value not in {band.high for band in LIMITS[fact.id].values()}:
        return f"「{fact.id}」の{fact.value}は、人数や資本金の区切りに合いません。"
    return None


def check_values(sheets: Sheets, content: Content) -> list[Fault]:
    """Every fact: its words, its length, its period, and what may not stand in a fact."""
    longest, found = Longest(content), list[Fault]()
    for id, periods in content.book.facts.items():
        for fact in periods:
            texts = (*_faults_of(fact, longest), *_period_faults(fact, content.book))
            found += [sheets.fact(id, text) for text in texts]
    return found


def _faults_of(fact: Fact, longest: Longest) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", NAME.sub("", fact.value))
    yield from wrong_words(fact.value)
    if "{" in plain or "}" in plain:
        yield "「{」と「}」は、名前を引くときだけ使えます。"
    if "http" in plain and not _URL.fullmatch(fact.value):
        yield f"「{fact.value}」は https:// の形で書いてください。"
    if fact.id.startswith("url_") and "http" not in plain:
        yield f"「{fact.value}」は https:// の形で書いてください。"
    if _PHONE.search(plain):
        yield "電話番号は knowledge/offices.yaml に書いてください。"
    if fact.source == "S4" and _OLD_FIGURE.search(plain):
        yield "出典S4（古い資料）の数字は使えません。"
    if plain in {"~", "null", "なし"}:
        yield f"「{fact.value}」は値ではありません。"
    if fact.value.endswith("。"):
        yield from prose_faults(fact.value, longest.fill(fact.value))


def prose_faults(text: str, shown: str) -> Iterator[str]:
    """A sentence of a fact or a case: no figure typed in, and not too long."""
    if found := FIGURE.search(unicodedata.normalize("NFKC", NAME.sub("", text))):
        yield f"数字「{found[0]}」は、別の事実にして{{名前}}で引いてください。"
    if len(shown) > LONGEST:
        yield f"{len(shown)}字です。{LONGEST}字までにしてください。"
    else:
        yield from too_long(shown)


def _period_faults(fact: Fact, book: Book) -> Iterator[str]:
    """A text may not hold on a day on which a fact it names does not."""
    for name in NAME.findall(fact.value):
        named = book.facts.get(name, ())
        after = [each.end + timedelta(days=1) for each in named if each.end]
        days = [fact.start or date.min, fact.end or date.max, *filter(fact.holds, after)]
        if not all(any(each.holds(day) for each in named) for day in days):
            yield f"「{fact.id}」の期間が、引いている「{name}」の期間からはみ出しています。"


def check_cases(sheets: Sheets, content: Content) -> None:
    """Every case: its words and length, and that its worries, industry and place are known."""
    sheet, concern = sheets[CASES], content.flow.questions["concern"]
    choices = (*concern.forms[-1].choices, *concern.typed)
    worries = {value for choice in choices for value in choice.values}
    for id, case in content.book.cases.items():
        for fault in (*wrong_words(case.text), *prose_faults(case.text, case.text)):
            sheet.fault((id, "text"), fault)
        if "{" in case.name + case.text:
            sheet.fault((id, "text"), "事例では{名前}を使えません。そのまま画面に出ます。")
        for worry in case.concerns:
            if worry not in worries:
                sheet.fault((id, "concerns"), f"「{worry}」という心配ごとはありません。")
        if case.industry not in (*INDUSTRIES, "cooperative"):
            sheet.fault((id, "industry"), f"「{case.industry}」という業種はありません。")
        if case.prefecture and case.prefecture not in content.book.offices.prefectures:
            sheet.fault((id, "prefecture"), f"「{case.prefecture}」という都道府県はありません。")
