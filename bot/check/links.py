"""What has to meet across files: worries and their lines, groups and rows, words and buttons."""

import re
from collections.abc import Iterable

from bot.check.sheets import ADVICE, COMMANDS, TALK, WORDS, Sheets
from bot.content import Content
from dialogs.load import PLANS
from dialogs.load_text import QUESTIONS
from dialogs.question import Form, Question
from dialogs.understand.text import bare
from dialogs.words import LAST, MENU, WAYS_OUT
from knowledge.strict_yaml import Sheet

SELVES = ("own", "proxy", "association")
MUST_SAY = {
    "notice": ("{operator}", "{retention}", "公式ではありません", "目安", "書かないで", "消せます"),
    "disclaimer": ("目安", "公式ではありません"),
    "disclaimer_source": ("目安", "約束するものではありません", "最新"),
    "third_miss": ("{advice}",),
    "held": ("{advice}",),
    "check_note": ("{office.headquarters.phone}",),
    "advice_line": ("{name}", "{phone}"),
    "filing_line": ("{name}", "{phone}"),
    "finance_line": ("{name}", "{phone}"),
    "own_line": ("{name}", "{phone}"),
    "follow_up_line": ("{name}", "{url}"),
}
"""What a set phrase may not lose: who speaks, that it is no official word, and the phones."""
_VERSION = re.compile(r"[A-Za-z0-9._-]+")


def check_links(sheets: Sheets, content: Content) -> None:
    """Every name that one file gives and another one takes."""
    _check_worries(sheets[ADVICE], content)
    _check_groups(sheets[ADVICE], content)
    _check_used(sheets[ADVICE], content)
    _check_commands(sheets, content)
    _check_words(sheets[WORDS])
    _check_versions(sheets[TALK], content)
    for question in content.flow.questions.values():
        _check_switches(sheets[TALK], question)
        for form in question.forms:
            _check_buttons(sheets[TALK], question, form)


def _same(sheet: Sheet, part: str, known: Iterable[str], needed: Iterable[str]) -> None:
    """The keys of a part are exactly the names that are needed."""
    given, wanted = set(known), set(needed)
    for name in sorted(wanted - given):
        sheet.fault((part,), f"{part} に「{name}」がありません。")
    for name in sorted(given - wanted):
        sheet.fault((part, name), f"{part} の「{name}」は、どこからも使われません。")


def _check_worries(sheet: Sheet, content: Content) -> None:
    advice, concern = content.flow.advice, content.flow.questions["concern"]
    choices = (*concern.forms[-1].choices, *concern.typed)
    named = {value for choice in choices for value in choice.values} - {"unknown"}
    _same(sheet, "worries", advice.worries, named)
    _same(sheet, "plans", advice.plans, PLANS)
    _same(sheet, "selves", advice.selves, SELVES)
    for benefit in advice.benefits:
        for worry in set(benefit.concerns) - named:
            at = ("benefits", benefit.id, "concerns")
            sheet.fault(at, f"「{worry}」という心配ごとはありません。")


def _check_groups(sheet: Sheet, content: Content) -> None:
    """A benefit for a group that no row names would never be shown."""
    asked = {row.benefits for row in content.flow.rows}
    for benefit in content.flow.advice.benefits:
        for group in benefit.serves:
            if group not in asked:
                at = ("benefits", benefit.id, "for")
                sheet.fault(at, f"「{group}」という benefits: の結果はありません。")


def _check_used(sheet: Sheet, content: Content) -> None:
    flow = content.flow
    rows = (*flow.rows, flow.leave)
    notes = {note for row in rows for note in (*row.notes, row.warn) if note}
    notes.update(flow.advice.general_notes)
    _same(sheet, "notes", flow.advice.notes, notes)
    _same(sheet, "steps", flow.advice.steps, {row.steps for row in rows if row.steps})
    _same(sheet, "letters", flow.advice.letters, {row.letter for row in rows if row.letter})


def _check_switches(sheet: Sheet, question: Question) -> None:
    """The switches of a question have one word each; another word would do the same."""
    at, asked = ("questions", question.id), sheet.data["questions"][question.id]
    if asked.get("asked", "never") != "never":
        sheet.fault((*at, "asked"), "「asked」は never だけです。聞くなら、この行を消します。")
    if asked.get("multi", "yes") != "yes":
        sheet.fault((*at, "multi"), "「multi」は yes だけです。1つだけなら、この行を消します。")
    if question.multi and question.id != "concern":
        sheet.fault((*at, "multi"), "いくつも選べるのは「concern」だけです。")
    if question.under_over and question.id != "capital":
        sheet.fault((*at, "yes_no"), "「yes_no」が使えるのは「capital」だけです。")


def _check_buttons(sheet: Sheet, question: Question, form: Form) -> None:
    """Each form has buttons, whose values a press can carry and whose labels differ."""
    at, seen = ("questions", question.id, "choices"), dict[str, str]()
    if not form.choices:
        sheet.fault(at, f"「{question.id}」に選ぶ言葉がありません。")
    for choice in (*form.choices, *question.typed):
        value = ",".join(choice.values)
        if re.search(r"[\s@~=]", value):
            sheet.fault(at, f"「{value}」に空白や @ ~ = は使えません（ボタンが働きません）。")
        if (label := bare(choice.label)) in seen:
            sheet.fault(at, f"「{choice.label}」は「{seen[label]}」と同じ言葉です。")
        seen[label] = value


def _check_commands(sheets: Sheets, content: Content) -> None:
    """A command word names one command and no choice; a button's words can be typed."""
    flow, meant = content.flow, dict[str, str]()
    labels = {bare(choice.label): choice.label for question in flow.questions.values()
              for form in question.forms for choice in form.choices}  # fmt: skip
    for name, words in flow.commands.items():
        for i, word in enumerate(words):
            if meant.setdefault(bare(word), name) != name:
                text = f"「{word}」は「{meant[bare(word)]}」の言葉と同じに読まれます。"
                sheets[COMMANDS].fault((name, i), text)
            if not bare(word) or bare(word).isdigit() or bare(word) in labels:
                sheets[COMMANDS].fault((name, i), f"「{word}」は選ぶ言葉や番号と重なります。")
    for name in (*MENU, *LAST, *WAYS_OUT):
        label = flow.words[f"menu_{name}"]
        if meant.get(bare(label)) != name:
            text = f"「{label}」と書いても「{name}」になりません。{COMMANDS} に足してください。"
            sheets[WORDS].fault((f"menu_{name}",), text)


def _check_words(sheet: Sheet) -> None:
    for key, phrases in MUST_SAY.items():
        for phrase in phrases:
            if phrase not in sheet.data[key]:
                sheet.fault((key,), f"「{key}」に「{phrase}」がありません。")


def _check_versions(sheet: Sheet, content: Content) -> None:
    """The version can ride on a button; old names lead to names there are."""
    flow = content.flow
    if not _VERSION.fullmatch(flow.version):
        sheet.fault(("version",), "「version」は英字、数字、. _ - で書いてください。")
    for old, new in flow.renames.items():
        if not isinstance(new, str) or not _known(new, content) or ("=" in old) != ("=" in new):
            sheet.fault(("renames", old), f"「{new}」という質問や答えはありません。")


def _known(name: str, content: Content) -> bool:
    question, _, value = name.partition("=")
    if question not in QUESTIONS:
        return False
    asked = content.flow.questions[question]
    choices = [choice for form in asked.forms for choice in form.choices]
    return not value or (value,) in {choice.values for choice in (*choices, *asked.typed)}
