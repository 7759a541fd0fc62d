"""Reads typed words at a question: command, number, label, or a value in free words."""

import re

from dialogs.answers import Values
from dialogs.flow import Choice, Question
from dialogs.heard import Place
from dialogs.intervals import PEOPLE, YEN, bands
from dialogs.rules.size import NO_CAPITAL
from dialogs.scene import Scene
from dialogs.session import Clarify
from dialogs.understand.meaning import Doubt, Meaning
from dialogs.understand.people import MOST, people_alone, people_in
from dialogs.understand.text import bare, bare_ending, even
from knowledge.book import DayBook
from knowledge.facts import amount

_YES = ("はい", "うん", "ええ", "そう", "そうです", "yes")
_NO = ("いいえ", "いや", "ちがう", "違う", "ちがいます", "違います", "no")
_UNSURE = (
    "わからない",
    "わからん",
    "分からん",
    "わかんない",
    "しらん",
    "さあ",
    "分からない",
    "わかりません",
    "分かりません",
    "不明",
    "知らない",
    "未定",
)
_LIST = re.compile(r"[1-9]\d?(?:(?: *[,、と・] *| )[1-9]\d?)*番?")
_NOT = re.compile(r"ない|なし|ません|じゃ|では")
"""A part of a label beside a no is no answer: 「まだまとまっていない」 is not いない."""
_BOUND = re.compile(r"未満|以上|以下|超|から|より|[~〜～\-]\s*\d")
"""A bound or a range is more than one band: not read here."""
_YEN = re.compile(r"[\d,.千万億]+円?|[\d,]+円")
_SPLIT = re.compile(r"[・、（）()「」/／]|または|又は")


def read_text(text: str, scene: Scene) -> Meaning:
    """The meaning of typed words at this point of the talk; an empty one if none was found."""
    words, doubt = bare(text), scene.session.clarify
    for command, known in scene.flow.commands.items():
        if words in {bare(word) for word in known}:
            return Meaning(command=command)
    for topic in scene.book.book.topics.values():
        if words == bare(topic.title):
            return Meaning(topic=topic.id)
    for question in scene.flow.questions.values():
        if words == bare(scene.voice.word("change_button", title=question.title)):
            return Meaning(command="change", argument=question.id)
    if doubt and (values := _settle(words, even(text), scene, doubt)):
        return Meaning({doubt.question: values})
    if doubt and words in _noes(scene, doubt):
        return Meaning(command="help")
    if scene.question:
        if words in _UNSURE:
            return _unsure(scene.question, scene)
        meaning = _at(scene.question, text, scene)
        if meaning.doubt:
            return meaning
        if meaning:
            return Meaning({**_anywhere(text, scene.book), **meaning.answers})
    return Meaning(_anywhere(text, scene.book) or _label_elsewhere(text, scene))


def read_typed(text: str, question: Question, scene: Scene) -> Values | None:
    """The values of a known question in typed words or as they stand; None when unusable."""
    values = tuple(part.strip() for part in text.split(","))
    if question.allows(values, scene.answers, scene.book):
        return values
    meaning = _at(question, text, scene)
    return meaning.answers.get(question.id)


def read_place(place: Place, book: DayBook) -> Meaning:
    """A location is where they are now, not their head office: it is asked (domain §4.1)."""
    found = _prefecture(place.address or "", book)
    if found is None:
        return Meaning()
    given = {"place": found}
    return Meaning(doubt=Doubt("prefecture", ((found,),), "place_is_head_office", given))


def _settle(words: str, text: str, scene: Scene, doubt: Clarify) -> Values | None:
    """Which option of the open doubt was meant, by yes, number or label."""
    if words in {bare(yes) for yes in _YES} and len(doubt.options) == 1:
        return doubt.options[0]
    if text.rstrip("番").isascii() and text.rstrip("番").isdigit():
        number = int(text.rstrip("番")[:3])
        return doubt.options[number - 1] if 1 <= number <= len(doubt.options) else None
    question = scene.flow.questions[doubt.question]
    labels = {bare(question.label(v, scene.answers, scene.book)): v for v in doubt.options}
    return labels.get(words)


def _noes(scene: Scene, doubt: Clarify) -> set[str]:
    """Every way to say no; beside a single option also the second button's number and label."""
    second = ("2", "2番", scene.voice.word("place_no")) if len(doubt.options) == 1 else ()
    return {bare(no) for no in (*_NO, *second)}


def _unsure(question: Question, scene: Scene) -> Meaning:
    """「わからない」 is an answer wherever the question offers it; elsewhere it asks for help."""
    for choice in question.choices(scene.answers, scene.book):
        if choice.values in {("unknown",), ("undecided",)}:
            return Meaning({question.id: choice.values})
    return Meaning(command="help")


def _at(question: Question, text: str, scene: Scene) -> Meaning:
    """The answer to this one question: by number, by label, or as its kind of value."""
    choices = question.choices(scene.answers, scene.book)
    even_text = even(text)
    if _LIST.fullmatch(even_text):
        numbers = [int(number) for number in re.findall(r"\d+", even_text)]
        picked = [choices[n - 1].values for n in numbers if n <= len(choices)]
        if question.id == "employees" and len(numbers) == 1 and not even_text.endswith("番"):
            return _number_or_people(numbers[0], [c.values for c in choices])
        if len(picked) == len(numbers) and (question.multi or len(picked) == 1):
            return Meaning({question.id: tuple(v for values in picked for v in values)})
    words = {bare(text), bare_ending(text)}
    for choice in choices:
        if bare(choice.label) in words:
            return Meaning({question.id: choice.values})
    found = _value(question, even_text, scene.book)
    return Meaning({question.id: found}) if found else _fragment(question, words, choices)


def _number_or_people(number: int, choices: list[Values]) -> Meaning:
    """「6」 is the sixth button or six people: asked when the two differ. Never silently wrong."""
    people = bands(PEOPLE, number, number)
    if number > len(choices) or choices[number - 1] == people:
        return Meaning({"employees": people})
    given = {"number": str(number)}
    options = (people, choices[number - 1])
    return Meaning(doubt=Doubt("employees", options, "number_or_people", given))


def _fragment(question: Question, words: set[str], choices: tuple[Choice, ...]) -> Meaning:
    """A label by a part of it that no other label has: 「飲食店」「旅館」; several if multi."""
    picked = []
    if any(_NOT.search(word) for word in words):
        return Meaning()
    for choice in (*choices, *question.typed):
        parts = {bare(part) for part in _SPLIT.split(choice.label)}
        if any(part and _names(part, words, question.multi) for part in parts):
            picked.append(choice.values)
    if picked and (question.multi or len(picked) == 1):
        return Meaning({question.id: tuple(v for values in picked for v in values)})
    if len(picked) > 1:
        return Meaning(doubt=Doubt(question.id, tuple(picked[:3]), "did_you_mean"))
    return Meaning()


def _names(part: str, words: set[str], multi: bool) -> bool:
    """Is this part of a label what was typed, or where several can be given, among it?"""
    return any(part in word for word in words) if multi else part in words


def _value(question: Question, text: str, book: DayBook) -> Values | None:
    if _NOT.search(text) or _BOUND.search(text):
        return _no_capital(question, text)
    if question.id == "capital":
        return _capital(text)
    if question.id == "employees":
        number = people_alone(text) if people_alone(text) is not None else people_in(text)
        if number is not None and number <= MOST:
            return bands(PEOPLE, number, number)
    if question.id == "prefecture" and (found := _prefecture(text, book)):
        return (found,)
    return None


def _no_capital(question: Question, text: str) -> Values | None:
    """「資本金なし」「個人事業なのでありません」: no capital, where capital is asked."""
    said = question.id == "capital" and re.search(r"個人|資本金(は|が)?(なし|ない|無)|^なし$", text)
    return NO_CAPITAL if said else None


def _capital(text: str) -> Values | None:
    """An amount with its unit: 「5000万円」「1億」. A bare number is not read: 円か万円か."""
    if bare(text) in {"0", "0円", "個人", "個人事業", "個人事業主"}:
        return NO_CAPITAL
    if not _YEN.fullmatch(text) or not re.search("[千万億円]", text):
        return None
    try:
        yen = amount(text)
    except (ValueError, ArithmeticError):
        return None
    return bands(YEN, yen, yen) if yen else NO_CAPITAL


def _anywhere(text: str, book: DayBook) -> dict[str, Values]:
    """Answers to any question that say themselves what they are: 「埼玉県で30人です」."""
    found: dict[str, Values] = {}
    if _NOT.search(text) or _BOUND.search(text):
        return found
    people = people_in(even(text))
    if people is not None and people <= MOST:
        found["employees"] = bands(PEOPLE, people, people)
    if place := _prefecture(text, book):
        found["prefecture"] = (place,)
    return found


def _label_elsewhere(text: str, scene: Scene) -> dict[str, Values]:
    """The whole label of a choice of another question, where only one question has it."""
    found: dict[str, Values] = {}
    words = {bare(text), bare_ending(text)}
    # 「はい」 answers only the question it is put to.
    others = [each for each in scene.flow.questions.values() if each.under_over is None]
    for question in others:
        for choice in question.choices(scene.answers, scene.book):
            if bare(choice.label) in words:
                found[question.id] = choice.values
    return found if len(found) == 1 else {}


def _prefecture(text: str, book: DayBook) -> str | None:
    """The one prefecture named in full; or by its stem when the text is nothing else."""
    named = set(re.findall("|".join(book.offices.prefectures), text))
    if len(named) == 1:
        return str(named.pop())
    stem = bare_ending(text)
    known = {
        bare(name[:-1] if name != "北海道" else name): name for name in book.offices.prefectures
    }
    return known.get(stem)
