"""Corrections: what a person takes back in passing, and what they say instead."""

import re
from collections.abc import Callable, Mapping

from dialogs.answers import Answers, Values
from dialogs.understand.reading import Reading
from dialogs.understand.text import even

Read = Callable[[str, str, bool], Reading]
"""Reads for a question out of words; the last says whether that question is meant alone."""

_INSTEAD = re.compile(
    r"(?:じゃ|では|や|で)(?:なく|のう|無く)(?:って|て|っ)?|(?:では|じゃ)ありません(?:でした|で)?"
    r"|ちゃうて|(?:違|ちが)(?:って|い、|います)|(?:は|が)?(?:間違い|まちがい)(?:で|だ|や)"
)
_TAKES_BACK = re.compile(
    r"やっぱ|やはり|間違|まちが|訂正|直し|なおし|実は|じつは|本当は|ほんとは|ほんまは|さっき|さきほど|先ほど"
    r"|言い直|もとい|失礼|すみません|すんません|ごめん|勘違い|正しくは|に変え|に変更|じゃなかった|ではなかった"
)
_NAMES: Mapping[str, re.Pattern[str]] = {
    "standing": re.compile("立場|相談(?:者|は)"),
    "employees": re.compile("従業員|社員|人数|スタッフ|職員数|じゅうぎょういん|人や"),
    "industry": re.compile("業種|仕事|商売|本業"),
    "capital": re.compile("資本金|出資金|しほんきん"),
    "prefecture": re.compile("県[は、がも]|都道府県|本社|所在地|場所|事務所[はが]|住所"),
    "partner": re.compile("相手|約束|助け合"),
    "plan": re.compile("認定|単独型|連携型|bcp"),
    "concern": re.compile("心配"),
}
"""Words by which a person names the question an answer belongs to."""
PLAIN = frozenset({"employees", "capital", "prefecture"})
"""What is named and said anew counts without a word that takes back."""


def takes_back(text: str) -> bool:
    """Does the message say that something said before was wrong?"""
    words = even(text)
    return bool(_TAKES_BACK.search(words) or _INSTEAD.search(words))


def names(question: str, text: str) -> bool:
    """「本社は福山でした」 names the prefecture."""
    return bool(_NAMES[question].search(even(text)))


def halves(text: str) -> tuple[str, str] | None:
    """What was wrong, what is right: 「埼玉じゃなくて群馬」; None where nothing is."""
    words = even(text)
    found = _INSTEAD.search(words)
    if not found or not words[found.end() :].strip(" 。、です"):
        return None
    return words[: found.start()], words[found.end() :].strip(" 、,。")


def corrected(text: str, known: Answers, read: Read) -> dict[str, Values]:
    """The answers set anew by 「AじゃなくてB」: A was answered, or the question is named."""
    parts = halves(text)
    if parts is None:
        return {}
    wrong, right = parts
    found = {}
    for question, old in known.items():
        if question not in _NAMES:
            continue
        new = read(question, right, True)
        if not new.sure or new.candidates[0] == old:
            continue
        before = {value for values in read(question, wrong, True).candidates for value in values}
        if before & {*old} or (before and names(question, wrong)):
            found[question] = new.candidates[0]
    return found


def again(text: str, known: list[str], answers: Answers, read: Read) -> dict[str, Values]:
    """「やっぱりいません」: the latest question these words answer otherwise than before.

    A question that is named may be answered as before.
    """
    words = after_mark(text)
    for question in known:
        new = read(question, words, True) if question in _NAMES else Reading()
        if new.sure and (new.candidates[0] != answers[question] or names(question, words)):
            return {question: new.candidates[0]}
    return {}


def after_mark(text: str) -> str:
    """The words without the one that takes back: 「やっぱり相手はいます」 → 「相手はいます」."""
    return _TAKES_BACK.sub(" ", even(text), count=1).lstrip(" りし、,。")
