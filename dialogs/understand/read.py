"""Reads typed words at any point of the talk: a command, an answer, several, or a side question."""

import re

from dialogs.answers import Values
from dialogs.heard import Place
from dialogs.intervals import PEOPLE, bands
from dialogs.question import Choice, Question
from dialogs.scene import Scene
from dialogs.session import Clarify
from dialogs.understand.free import NO, YES, read_free
from dialogs.understand.meaning import NONE_OF_THESE, Doubt, Meaning
from dialogs.understand.readers import SLOTS
from dialogs.understand.text import bare, bare_ending, even
from dialogs.understand.told import SEVERAL
from dialogs.understand.vocabulary import known, parts, vocabulary

_UNSURE = frozenset(
    map(
        bare,
        (
            *("わからない", "わからん", "わかんない", "わかりません", "わからへん", "わからねえ"),
            *("分からない", "分からん", "分かりません", "よくわからない", "しらん", "知らない"),
            *("不明", "未定", "さあ"),
        ),
    )
)
_LIST = re.compile(r"[1-9]\d?(?:(?: *[,、と・] *| )[1-9]\d?)*番?")


def read_text(text: str, scene: Scene) -> Meaning:
    """The meaning of typed words at this point of the talk; an empty one if none was found."""
    words, doubt = bare(text), scene.session.clarify
    if command := vocabulary(scene.flow, scene.book).commands.get(words):
        return Meaning(command=command)
    if doubt and (meaning := _settled(words, even(text), scene, doubt)):
        return meaning
    if meaning := _named(words, scene):
        return meaning
    if scene.question and (meaning := _exact(scene.question, text, scene)):
        return meaning
    return _elsewhere({words, bare_ending(text)}, scene) or read_free(text, scene)


def read_typed(text: str, question: Question, scene: Scene) -> Values | None:
    """The values of a known question in typed words or as they stand; None when unusable."""
    values = tuple(part.strip() for part in text.split(","))
    if question.allows(values, scene.answers, scene.book):
        return values
    exact = _exact(question, text, scene).answers.get(question.id)
    if exact or question.id not in SLOTS:
        return exact
    reading = scene.flow.readers.read(question.id, text, alone=True)
    found = reading.candidates[0] if reading.sure else None
    allowed = found and question.allows(found, scene.answers, scene.book)
    return found if allowed else None


def read_place(place: Place, scene: Scene) -> Meaning:
    """A location is where they are now, not their head office: it is asked (domain §4.1)."""
    reading = scene.flow.readers.read("prefecture", place.address or "", alone=True)
    if not reading.sure:
        return Meaning()
    given = {"place": reading.candidates[0][0]}
    return Meaning(doubt=Doubt("prefecture", reading.candidates, "place_is_head_office", given))


def _settled(words: str, text: str, scene: Scene, doubt: Clarify) -> Meaning | None:
    """The open doubt settled by yes, no, number or label."""
    number = int(text.rstrip("番")[:3]) if re.fullmatch(r"\d+番?", text) else 0
    if doubt.question == "topic":
        if 1 <= number <= len(doubt.options):
            return Meaning(topic=doubt.options[number - 1][0])
        last = number == len(doubt.options) + 1
        none = last or words in NO or words == bare(scene.voice.word("topic_none"))
        return Meaning(refused=NONE_OF_THESE) if none else None
    question = scene.flow.questions[doubt.question]
    if 1 <= number <= len(doubt.options):
        return Meaning({doubt.question: doubt.options[number - 1]})
    single = len(doubt.options) == 1
    if single and words in YES:
        return Meaning({doubt.question: doubt.options[0]})
    if words in NO or (single and number == 2):
        reopens = doubt.question in scene.answers
        return Meaning(command="change" if reopens else "help", argument=doubt.question)
    labels = {bare(question.label(v, scene.answers, scene.book)): v for v in doubt.options}
    found = labels.get(words)
    return Meaning({doubt.question: found}) if found else None


def _named(words: str, scene: Scene) -> Meaning | None:
    """A topic by its title, or a card's 「…を変更」."""
    content = vocabulary(scene.flow, scene.book)
    if topic := content.topics.get(words):
        return Meaning(topic=topic)
    question = content.changes.get(words)
    return Meaning(command="change", argument=question) if question else None


def _exact(question: Question, text: str, scene: Scene) -> Meaning:
    """The answer to this one question by number, by label, or as 「わからない」."""
    choices = question.choices(scene.answers, scene.book)
    plain = even(text)
    if _LIST.fullmatch(plain):
        return _numbered(question, plain, choices)
    words = {bare(text), bare_ending(text)} - {""}
    if not _UNSURE.isdisjoint(words):
        return _unsure(question, choices)
    return _labelled(question, words, (*choices, *question.typed))


def _labelled(question: Question, words: set[str], choices: tuple[Choice, ...]) -> Meaning:
    """A whole label, or a part of one that no other label has: 「旅館」「いいえ」."""
    for choice in choices:
        if known(choice.label) in words:
            return Meaning({question.id: choice.values})
    partly = [c.values for c in choices if not words.isdisjoint(parts(c.label))]
    if len(partly) == 1:
        return Meaning({question.id: partly[0]})
    options = tuple(partly[:SEVERAL])
    return Meaning(doubt=Doubt(question.id, options, "did_you_mean") if partly else None)


def _elsewhere(words: set[str], scene: Scene) -> Meaning:
    """The whole label of a choice of another question, where only one question has it."""
    if words.isdisjoint(vocabulary(scene.flow, scene.book).labels):
        return Meaning()
    found = {
        question.id: choice.values
        for question in scene.flow.questions.values()
        for choice in question.form(scene.answers, scene.book).choices
        if known(choice.label) in words
    }
    return Meaning(found) if len(found) == 1 else Meaning()


def _numbered(question: Question, text: str, choices: tuple[Choice, ...]) -> Meaning:
    """「2」「2番」「1と3」: buttons by number; a bare number of people is asked about."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    values = [choices[number - 1].values for number in numbers if number <= len(choices)]
    if question.id == "employees" and len(numbers) == 1 and not text.endswith("番"):
        return _number_or_people(numbers[0], choices)
    if len(values) < len(numbers) or (len(values) > 1 and not question.multi):
        return Meaning()
    return Meaning({question.id: tuple(value for each in values for value in each)})


def _number_or_people(number: int, choices: tuple[Choice, ...]) -> Meaning:
    """「6」 is the sixth button or six people: asked when the two differ. Never silently wrong."""
    people = bands(PEOPLE, number, number)
    if number > len(choices) or choices[number - 1].values == people:
        return Meaning({"employees": people})
    given = {"number": str(number)}
    options = (people, choices[number - 1].values)
    return Meaning(doubt=Doubt("employees", options, "number_or_people", given))


def _unsure(question: Question, choices: tuple[Choice, ...]) -> Meaning:
    """「わからない」 is an answer wherever the question offers it; elsewhere it asks for help."""
    for choice in choices:
        if choice.values in {("unknown",), ("undecided",)}:
            return Meaning({question.id: choice.values})
    return Meaning(command="help")
