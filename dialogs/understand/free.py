"""Reads free words: a call for help, answers, corrections, a side question; or several of them."""

import re

from dialogs.answers import Values
from dialogs.intervals import PEOPLE, bands
from dialogs.scene import Scene
from dialogs.understand.clauses import Asks
from dialogs.understand.corrections import halves
from dialogs.understand.emergency import is_emergency
from dialogs.understand.meaning import Meaning
from dialogs.understand.people import read_people
from dialogs.understand.readers import SLOTS
from dialogs.understand.reading import NOTHING
from dialogs.understand.text import bare, even
from dialogs.understand.told import CRIES, DISASTER, Told
from dialogs.understand.vocabulary import vocabulary

YES = frozenset(map(bare, ("はい", "うん", "ええ", "そう", "そうです", "yes")))
NO = frozenset(map(bare, ("いいえ", "いや", "ちがう", "違う", "ちがいます", "違います", "no")))
UNSURE_LETTERS = 20
"""In more letters than these 「わからない」 is said of something else."""
SHORT = 3
SAYS_WHETHER = frozenset({"partner", "plan"})
"""Questions that はい and いいえ answer, はい not wholly."""
POOR = 7
"""A question of so few letters hangs on what was told: 「大丈夫ですか」."""
"""So few letters name no topic, but where the search is sure."""
WHAT_FIRST = frozenset({"first_response", "where_to_start"})
"""Worries that are put as a question: 「何から始めたらいいのか」."""
_WORDLESS = re.compile(r"[\d\W_]*番?目?")
_ONLY_PHONE = re.compile(
    r"(?:電話|番号|連絡先|問い?合わせ先|窓口|相談先)(?:番号)?(?:だけ|のみ)|とりあえず.{0,3}電話"
)
_CLAIM = re.compile(
    r"\d|必ず|確実|ゼロ|絶対|(?:でき|取れ|もらえ|出せ|使え)(?:な|ん|ま|へ)|いかん|いけな"
)
_FIRST = re.compile(
    r"(?:何|なに|なん|どう|どこ|だれ|誰).{0,8}(?:から|[しや](?:た|っ)|すれ|動|する|やれ|始|はじ|手|逃げ)"
)
"""A worry put as a question; politely asked it is one."""
_UNSAID = re.compile(
    r"(?:わか|分か)(?:ら(?:ん|な|ず|へ|ぬ|ね)|り(?:ませ|まへ)|ん(?:な|ね))|わがん[なね]|わがらね|知ら(?:ん|な|へ)|しらん"
    r"|不明|言いたくな|答えたくな|いいたくな|内緒|ないしょ|秘密|パス(?!ワ)|飛ばし|とばし|スキップ|聞かな|聞かんと|聞いてみ"
)
"""The person does not know, or would rather not say."""
_WHY = re.compile(
    r"(?:なぜ|なんで|何で|どうして|なして|なにして|なんのため|何のため).{0,10}(?:聞[かきくぐけい]|き[くぐ]|尋ね|たずね|質問)"
)
"""The person asks what a question is for."""
_HELLO = re.compile(
    r"おはよう|こんにち[はわ]|こんばん[はわ]|はじめまして|初めまして|申します|よろしく|お世話に|ありがと|おおきに|了解"
)
_HURRY = re.compile(
    r"急[いぎ]|いそ(?:いで|ぎ)|間に合|早[くう].{0,6}(?:認定|ほし|取り)|[か月ヶ]月以内|締め?切"
)


def read_free(text: str, scene: Scene) -> Meaning:
    """Free words: help in a disaster first, then answers and side questions."""
    if _means_nothing_here(bare(text), scene):
        return Meaning()
    told = Told(text, scene)
    stated = told.readings["standing"]
    # Where all is stated, the reading has already looked for a call for help.
    more = bare(told.stated) != bare(text)
    if stated == CRIES[0] or (more and is_emergency(text)):
        return Meaning({"standing": DISASTER})
    if _WHY.search(even(text)):
        return Meaning(command="why")
    if (offer := _offered(told)) or (offer := _phone_only(told)):
        return offer
    answers = told.answers()
    doubt = told.doubt(answers)
    if told.asked:
        return _with_question(told, answers, told.asked)
    if any(each.asks for each in told.clauses) and (meaning := _soft(told, answers)):
        return meaning
    if answers or doubt:
        return Meaning(answers, doubt=doubt)
    found = _topic(told, sure_only=len(bare(text)) <= SHORT)
    return found if found.topic else _unsaid(told) or found


def _unsaid(told: Told) -> Meaning | None:
    """「わからん、経理に聞かな」: 「わからない」, where the open question offers it."""
    question = told.scene.question
    words = even(told.stated)
    if question is None or len(words) > UNSURE_LETTERS or not _UNSAID.search(words):
        return None
    offered = {c.values for c in question.choices(told.scene.answers, told.scene.book)}
    known = (each for each in (("unknown",), ("undecided",)) if each in offered)
    return next((Meaning({question.id: each}) for each in known), Meaning(command="help"))


def _offered(told: Told) -> Meaning | None:
    """What a row offers at the outcome, in the person's own words: 「急いでます」."""
    offers = told.scene.outcome.row.offers if told.scene.outcome else None
    if offers and not told.asked and _HURRY.search(even(told.text)):
        return Meaning({offers: told.scene.flow.questions[offers].forms[-1].choices[0].values})
    return None


def _phone_only(told: Told) -> Meaning | None:
    """「電話番号だけ教えて」: the contacts, for the place if it was said."""
    if not _ONLY_PHONE.search(even(told.text)):
        return None
    return Meaning(told.answers(), command="contacts")


def _soft(told: Told, answers: dict[str, Values]) -> Meaning | None:
    """「税金が安くなるらしい」: a question where the search is sure, else what it answers."""
    asked = "。".join(each.text for each in told.clauses if each.asks is not Asks.NOT)
    hit = told.scene.flow.readers.index.search(asked)
    slot = told.scene.state if told.scene.state != "industry" else ""
    reading = told.read(slot, asked, True) if slot in SLOTS else NOTHING
    if hit.topic or slot in answers or not reading.sure or _CLAIM.search(even(asked)):
        return _with_question(told, answers, asked)
    return Meaning({**answers, slot: reading.candidates[0]})


def _with_question(told: Told, answers: dict[str, Values], asked: str) -> Meaning:
    """A side question, and what was told beside it."""
    scene = told.scene
    worry = _FIRST.search(even(told.text)) and not re.search(r"\?|(?:です|ます)か", even(told.text))
    if not answers and scene.state == "concern" and worry:
        reading = told.read("concern", told.text, True)
        if reading.candidates and WHAT_FIRST.issuperset(reading.candidates[0]):
            return Meaning({"concern": reading.candidates[0]})
    index = scene.flow.readers.index
    hit = index.search(asked if len(bare(asked)) > POOR else told.text)
    if hit.topic is None and asked != told.text:
        whole = index.search(told.text)
        hit = whole if whole.topic or hit.outside else hit
    return Meaning(answers, topic=hit.topic, candidates=hit.candidates, outside=hit.outside)


def _topic(told: Told, sure_only: bool) -> Meaning:
    if _WORDLESS.fullmatch(even(told.text)):
        return Meaning()
    hit = told.scene.flow.readers.index.search(told.text)
    if hit.topic:
        return Meaning(topic=hit.topic)
    if _HELLO.search(even(told.text)):
        return Meaning(refused="polite")
    return Meaning(candidates=() if sure_only else hit.candidates)


def _means_nothing_here(words: str, scene: Scene) -> bool:
    """「はい」「いいえ、超えます」: they mean something only where it was asked whether."""
    if words in YES or words in NO:
        return scene.state not in SAYS_WHETHER
    return words in vocabulary(scene.flow, scene.book).limits


def typed_people(text: str, values: Values, alone: bool) -> str | None:
    """「30人」 as the person put it, where these words led to this band; else None."""
    parts = halves(text)
    for words in (*(parts[1:] if parts else ()), text):
        span = read_people(words, alone)
        if span and span.low == span.high and bands(PEOPLE, span.low, span.high) == values:
            return f"{span.low}人"
    return None
