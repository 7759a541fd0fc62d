"""Reads typed words at any point of the talk: a command, an answer, several, or a side question."""

import re
from functools import lru_cache

from dialogs.answers import Values
from dialogs.flow import Choice, Question
from dialogs.heard import Place
from dialogs.intervals import PEOPLE, bands
from dialogs.rules.size import size
from dialogs.scene import Scene
from dialogs.session import Clarify
from dialogs.understand.emergency import is_emergency
from dialogs.understand.meaning import Doubt, Meaning
from dialogs.understand.readers import SLOTS
from dialogs.understand.reading import Reading
from dialogs.understand.text import bare, bare_ending, even

_YES = frozenset(map(bare, ("はい", "うん", "ええ", "そう", "そうです", "yes")))
_NO = frozenset(map(bare, ("いいえ", "いや", "ちがう", "違う", "ちがいます", "違います", "no")))
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
_PARTS = re.compile(r"[・、（）()「」/／]")
_WORDLESS = re.compile(r"[\d\W_]*番?目?")
_LIST = re.compile(r"[1-9]\d?(?:(?: *[,、と・] *| )[1-9]\d?)*番?")
_CORRECTS = re.compile(
    r"やっぱ|やはり|じゃなく|ではなく|でなく|間違|まちが|訂正|直し|なおし|実は|ほんとは|本当は"
)
_ASKS = re.compile(
    r"[?？]|(?:です|ます|でしょう|ません|ない|る|た|の|だ)(?:ん)?か(?:ね|な|い|のう)?[。!]?$"
    r"|って(?:何|なに|なん|どう)|とは$|教えて|おしえて|知りたい|いくら|どこ|いつ|なんで|どうして|どうやって"
    r"|(?:よね|んや|と[?？]|は)[。]?$|ますよね|ですよね"
)
SEVERAL = 3


def read_text(text: str, scene: Scene) -> Meaning:
    """The meaning of typed words at this point of the talk; an empty one if none was found."""
    words, doubt = bare(text), scene.session.clarify
    for command, known in scene.flow.commands.items():
        if words in map(_known, known):
            return Meaning(command=command)
    if doubt and (meaning := _settled(words, even(text), scene, doubt)):
        return meaning
    if meaning := _named(words, scene):
        return meaning
    if scene.question and (meaning := _exact(scene.question, text, scene)):
        return meaning
    return _elsewhere({words, bare_ending(text)}, scene) or _free(text, scene)


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


@lru_cache(maxsize=1_024)
def _known(word: str) -> str:
    """A word of the content as it is compared with; never what a person typed."""
    return bare(word)


def _settled(words: str, text: str, scene: Scene, doubt: Clarify) -> Meaning | None:
    """The open doubt settled by yes, no, number or label."""
    number = int(text.rstrip("番")[:3]) if re.fullmatch(r"\d+番?", text) else 0
    if doubt.question == "topic":
        chosen = 1 <= number <= len(doubt.options)
        return Meaning(topic=doubt.options[number - 1][0]) if chosen else None
    question = scene.flow.questions[doubt.question]
    if 1 <= number <= len(doubt.options):
        return Meaning({doubt.question: doubt.options[number - 1]})
    single = len(doubt.options) == 1
    if single and words in _YES:
        return Meaning({doubt.question: doubt.options[0]})
    if words in _NO or (single and number == 2):
        reopens = doubt.question in scene.answers
        return Meaning(command="change" if reopens else "help", argument=doubt.question)
    labels = {bare(question.label(v, scene.answers, scene.book)): v for v in doubt.options}
    found = labels.get(words)
    return Meaning({doubt.question: found}) if found else None


def _named(words: str, scene: Scene) -> Meaning | None:
    """A topic by its title, or a card's 「…を変更」."""
    topics = scene.book.book.topics.values()
    if topic := next((topic for topic in topics if words == _known(topic.title)), None):
        return Meaning(topic=topic.id)
    for question in scene.flow.questions.values():
        if words == bare(scene.voice.word("change_button", title=question.title)):
            return Meaning(command="change", argument=question.id)
    return None


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
        if _known(choice.label) in words:
            return Meaning({question.id: choice.values})
    parts = [c.values for c in choices if not words.isdisjoint(map(_known, _PARTS.split(c.label)))]
    if len(parts) == 1:
        return Meaning({question.id: parts[0]})
    options = tuple(parts[:SEVERAL])
    return Meaning(doubt=Doubt(question.id, options, "did_you_mean") if parts else None)


def _elsewhere(words: set[str], scene: Scene) -> Meaning:
    """The whole label of a choice of another question, where only one question has it."""
    found = {
        question.id: choice.values
        for question in scene.flow.questions.values()
        for choice in question.form(scene.answers, scene.book).choices
        if _known(choice.label) in words
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


# -- free words -----------------------------------------------------------------------------------


def _free(text: str, scene: Scene) -> Meaning:
    """Free words: help in a disaster first, then a side question, then answers."""
    if bare(text) in _YES | _NO | _limit_labels(scene):
        return Meaning()
    readings = {slot: _read(slot, text, scene) for slot in SLOTS}
    if is_emergency(text) or readings["standing"] == Reading((("disaster",),), sure=True):
        return Meaning({"standing": ("disaster",)})
    asks = _ASKS.search(even(text)) is not None
    answers = {} if asks else _answers(readings, text, scene) or _any_industry(readings, scene)
    if answers:
        return Meaning(answers, doubt=_doubt(readings, scene, answers))
    if _WORDLESS.fullmatch(even(text)):
        return Meaning()
    if not asks and (doubt := _doubt(readings, scene, {})):
        return Meaning(doubt=doubt)
    hit = scene.flow.readers.index.search(text)
    if hit.topic:
        return Meaning(topic=hit.topic)
    return Meaning(candidates=hit.candidates, outside=hit.outside and asks)


def _limit_labels(scene: Scene) -> set[str]:
    """「はい」「いいえ、超えます」: they mean something only at the limit that was asked."""
    asked = scene.flow.questions.values()
    return {bare(label) for question in asked for label in question.under_over or ()}


def _read(slot: str, text: str, scene: Scene) -> Reading:
    return scene.flow.readers.read(slot, text, alone=slot == scene.state)


def _answers(readings: dict[str, Reading], text: str, scene: Scene) -> dict[str, Values]:
    """What was surely said; an answer given before changes only where it is plainly corrected."""
    corrects = _CORRECTS.search(text) is not None
    found: dict[str, Values] = {}
    for slot, reading in readings.items():
        open_ = slot == scene.state or slot not in scene.answers
        if reading.sure and (open_ or corrects or slot in {"employees", "prefecture"}):
            values = reading.candidates[0]
            later = {**scene.answers, **found}
            if scene.flow.questions[slot].allows(values, later, scene.book):
                found[slot] = values
    return found


def _doubt(readings: dict[str, Reading], scene: Scene, answers: dict[str, Values]) -> Doubt | None:
    """What the open question, or else the place, could mean: to be asked with buttons."""
    for slot in ("prefecture",) if answers else (scene.state, "prefecture"):
        reading = readings.get(slot)
        if reading is None or reading.sure or not reading.candidates or slot in answers:
            continue
        question, told = scene.flow.questions[slot], {**scene.answers, **answers}
        options = [v for v in reading.candidates if question.allows(v, told, scene.book)]
        if len(options) > 1:
            shown = options if slot == "prefecture" else options[:SEVERAL]
            return Doubt(slot, tuple(shown), "did_you_mean")
    return None


def _any_industry(readings: dict[str, Reading], scene: Scene) -> dict[str, Values]:
    """The nearest industry, where it was asked and every candidate gives the same verdict."""
    options = readings["industry"].candidates if scene.state == "industry" else ()
    told = [{**scene.answers, "industry": values} for values in options]
    same = len({size(each, scene.book) for each in told}) == 1
    return {"industry": options[0]} if same else {}
