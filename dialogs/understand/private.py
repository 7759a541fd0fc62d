"""Personal data typed though nobody asked for it: hidden before anything reads or keeps it."""

import re
import unicodedata

HIDDEN = "＊＊＊"
_GAP = r"[-\s()ー‐−–—.・]{0,2}"
_KANJI = "〇零一二三四五六七八九"
_MAIL = r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}"
"""Bounded, and tried only where a word begins: a line of a million letters takes no longer."""
_PHONE = rf"(?<!\d)(?:\+81{_GAP}\(?0?|\(?0)[1-9](?:{_GAP}\d){{8,9}}(?!\d)"
_KANJI_PHONE = rf"(?<![{_KANJI}])[〇零][{_KANJI}]{{9,10}}(?![{_KANJI}])"
_CARD = r"(?<!\d)(?:\d[- ]?)?\d{4}(?:[- ]?\d{4}){2,3}(?!\d)(?! *円)"
"""My Number has 12 digits, a company's number 13, a payment card 16: in fours or in one."""
_LONG = r"(?<!\d)\d{12,16}(?!\d)(?! *円)"
_PRIVATE = re.compile("|".join((_MAIL, _PHONE, _KANJI_PHONE, _CARD, _LONG)), re.IGNORECASE)


def hide(text: str) -> str:
    """The text with mail addresses, phone numbers and long numbers hidden; else as it came.

    Names and addresses cannot be told from other words: nothing asks for them.
    """
    hidden, count = _PRIVATE.subn(HIDDEN, unicodedata.normalize("NFKC", text))
    return hidden if count else text
