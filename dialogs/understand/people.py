"""Numbers of people in typed words: 「30人」「三十名くらい」「役員だけ」."""

import re

_KANJI = str.maketrans("〇一二三四五六七八九", "0123456789")
_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}
_NUMBER = r"[0-9,〇一二三四五六七八九十百千万]+"
# Looking back keeps a long row of digits from being tried again at each of them.
_PEOPLE = re.compile(rf"(?<![0-9,〇一二三四五六七八九十百千万])({_NUMBER})\s*(?:人|名)")
_ALONE = re.compile(
    rf"(?:約|だいたい|およそ)?\s*({_NUMBER})\s*(?:人|名)?(?:くらい|ぐらい|ほど|程度)?"
)
MOST = 10_000_000


def whole(text: str) -> int | None:
    """The whole number these digits write, kanji or not; None when they write none."""
    digits = text.replace(",", "").translate(_KANJI)
    if digits.isascii() and digits.isdigit():
        return int(digits[:9])
    total, part, figure = 0, 0, ""
    for char in digits:
        if char.isascii():
            figure = (figure + char)[:9]
        elif char == "万":
            total, part, figure = (total + part + int(figure or 0)) * 10_000, 0, ""
        else:
            part, figure = part + int(figure or 1) * _UNITS[char], ""
    return total + part + int(figure or 0) if digits else None


def people_in(text: str) -> int | None:
    """The one number of people named with its unit anywhere in the text; None for none or two."""
    found = {whole(match[1]) for match in _PEOPLE.finditer(text)}
    return found.pop() if len(found) == 1 else None


def people_alone(text: str) -> int | None:
    """The number when it is all that was typed, unit or not."""
    match = _ALONE.fullmatch(text)
    return whole(match[1]) if match else None
