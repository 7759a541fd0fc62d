"""Typed words made even: full width, spaces, kana and case do not matter after this."""

import re
import unicodedata

_NOISE = re.compile(r"[\s。．.、,！!？?「」『』（）()〜～・\-ー_/／]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""The control characters but line break and tab, and lone surrogates."""
_KATAKANA = re.compile("[ァ-ヶ]+")
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_OPENING = re.compile(r"^(まだ|いまは|今は|とくに|特に|たぶん)")
_ENDING = re.compile(r"(です|でございます|だ|でお願いします|をお願いします|お願いします)$")


def even(text: str) -> str:
    """NFKC, lower case, no control characters or lone surrogates; spaces kept as one."""
    return " ".join(unicodedata.normalize("NFKC", _CONTROL.sub("", text)).lower().split())


def bare(text: str) -> str:
    """For comparing with a label: evened, without marks, spaces and kana difference."""
    return _KATAKANA.sub(_as_hiragana, _NOISE.sub("", even(text)))


def bare_ending(text: str) -> str:
    """`bare`, without small words around it: 「まだ受けていないです」 → 「受けていない」."""
    return _OPENING.sub("", _ENDING.sub("", bare(text)))


def _as_hiragana(found: re.Match[str]) -> str:
    return found[0].translate(_HIRAGANA)
