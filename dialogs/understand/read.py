"""Reads typed words at a question: command, number, label, or a value in free words."""

import re

from dialogs.answers import Values
from dialogs.flow import Choice, Question
from dialogs.heard import Place
from dialogs.intervals import PEOPLE, bands
from dialogs.scene import Scene
from dialogs.session import Clarify
from dialogs.understand.meaning import Doubt, Meaning
from dialogs.understand.people import MOST, people_alone, people_in
from dialogs.understand.text import bare, bare_ending, even
from knowledge.book import DayBook

_YES = ("はい", "うん", "ええ", "そう", "そうです", "yes")
_NO = ("いいえ", "いや", "ちがう", "違う", "ちがいます", "違います", "no")
_UNSURE = ("わからない", "分からない", "わかりません", "分かりません", "不明", "知らない", "未定")
_LIST = re.compile(r"[1-9]\d?(?:(?: *[,、と・] *| )[1-9]\d?)*番?")
_SPLIT = re.compile(r"[・、（）()「」/／]|または|又は")


def read_text(text: str, scene: Scene) -> Meaning:
    """The meaning of typed words at this point of the talk; an empty one if none was found."""
    words, doubt = bare(text), scene.session.clarify
    for command, known in scene.flow.commands.items():
        if words in {bare(word) for word in known}:
            return Meaning(command=command)
    for question in scene.flow.questions.values():
        if words == bare(scene.voice.word("change_button", title=question.title)):
            return Meaning(command="change", argument=question.id)
    if doubt and (values := _settle(words, even(text), scene, doubt)):
        return Meaning({doubt.question: values})
    if doubt and words in {bare(no) for no in _NO}:
        return Meaning(command="help")
    if scene.question:
        if words in _UNSURE:
            return _unsure(scene.question, scene)
        meaning = _at(scene.question, text, scene)
        if meaning.doubt:
            return meaning
        return Meaning({**_anywhere(text, scene.book), **meaning.answers})
    return Meaning(_anywhere(text, scene.book))


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
        if question.id == "employees":
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
    options = (choices[number - 1], people)
    return Meaning(doubt=Doubt("employees", options, "number_or_people", given))


def _fragment(question: Question, words: set[str], choices: tuple[Choice, ...]) -> Meaning:
    """A label by a part of it that no other label has: 「飲食店」「旅館」; several if multi."""
    picked = []
    for choice in (*choices, *question.typed):
        parts = {bare(part) for part in _SPLIT.split(choice.label)}
        if any(part and any(part in word for word in words) for part in parts):
            picked.append(choice.values)
    if picked and (question.multi or len(picked) == 1):
        return Meaning({question.id: tuple(v for values in picked for v in values)})
    if len(picked) > 1:
        return Meaning(doubt=Doubt(question.id, tuple(picked[:3]), "did_you_mean"))
    return Meaning()


def _value(question: Question, text: str, book: DayBook) -> Values | None:
    if question.id == "employees":
        number = people_alone(text) if people_alone(text) is not None else people_in(text)
        if number is not None and number <= MOST:
            return bands(PEOPLE, number, number)
    if question.id == "prefecture" and (found := _prefecture(text, book)):
        return (found,)
    return None


def _anywhere(text: str, book: DayBook) -> dict[str, Values]:
    """Answers to any question that say themselves what they are: 「埼玉県で30人です」."""
    found: dict[str, Values] = {}
    people = people_in(even(text))
    if people is not None and people <= MOST:
        found["employees"] = bands(PEOPLE, people, people)
    if place := _prefecture(text, book):
        found["prefecture"] = (place,)
    return found


def _prefecture(text: str, book: DayBook) -> str | None:
    """The one prefecture named in full; or by its stem when the text is nothing else."""
    named = [name for name in book.offices.prefectures if name in text]
    if len(named) == 1:
        return named[0]
    stem = bare_ending(text)
    known = {
        bare(name[:-1] if name != "北海道" else name): name for name in book.offices.prefectures
    }
    return known.get(stem)
