"""Typed words made even: full width, spaces, kana and case do not matter after this."""

import re
import unicodedata

_NOISE = re.compile(r"[\s。．.、,！!？?「」『』（）()〜～・\-ー_/／]+")
_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_OPENING = re.compile(r"^(まだ|いまは|今は|とくに|特に|たぶん)")
_ENDING = re.compile(r"(です|でございます|だ|でお願いします|をお願いします|お願いします)$")


def even(text: str) -> str:
    """NFKC, lower case, no control characters or lone surrogates; spaces kept as one."""
    clean = "".join(c for c in text if unicodedata.category(c) not in {"Cs", "Cc"} or c in "\n\t")
    return " ".join(unicodedata.normalize("NFKC", clean).lower().split())


def bare(text: str) -> str:
    """For comparing with a label: evened, without marks, spaces and kana difference."""
    return _NOISE.sub("", even(text)).translate(_KATAKANA)


def bare_ending(text: str) -> str:
    """`bare`, without small words around it: 「まだ受けていないです」 → 「受けていない」."""
    return _OPENING.sub("", _ENDING.sub("", bare(text)))
