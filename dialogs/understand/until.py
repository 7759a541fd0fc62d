"""Until when a plan runs: a date in words put as the time left, as the patterns read it."""

import re
from datetime import date

from dialogs.understand.text import even

_YEAR = (
    r"(?:(?P<year>20\d\d)年?[./]?|令和(?P<reiwa>\d+)年?|r(?P<r>\d+)[./年]"
    r"|(?P<word>再来年|来年|今年|年明け|翌年|来春))"
)
_MONTH = r"の?(?P<month>1[0-2]|[1-9])(?:月|(?=[./末まで]))"
_DATE = re.compile(
    rf"(?:{_YEAR}(?:{_MONTH})?|(?<!\d)(?P<only>1[0-2]|[1-9])月)(?:[./]?\d{{1,2}}日?|の?末|中|いっぱい|頃|ごろ)?"
)
_ENDS_AFTER = re.compile(
    r"まで|で(?:切|期限|満了|終|おわ)|に(?:切|期限|満了|終)|が?期限|末|いっぱい|満了|切れ"
)
_ENDS_BEFORE = re.compile(r"(?:期限|期間|有効|満了)[^。、]{0,8}$")
_AHEAD = {"来年": 1, "年明け": 1, "翌年": 1, "来春": 1, "再来年": 2, "今年": 0}


def months_left(found: re.Match[str], today: date) -> int | None:
    """Whole months from this month to the one named; None where the words leave it open."""
    month = int(found["month"] or found["only"] or 0)
    year = _year(found, today)
    if year is None:
        return (month - today.month) % 12
    if not month:
        first = (year - today.year) * 12 + 1 - today.month
        return first if first > 12 else None
    return (year - today.year) * 12 + month - today.month


def _year(found: re.Match[str], today: date) -> int | None:
    if found["word"]:
        return today.year + _AHEAD[found["word"]]
    reiwa = found["reiwa"] or found["r"]
    if reiwa:
        return 2018 + int(reiwa)
    return int(found["year"]) if found["year"] else None


def until(text: str, today: date) -> str:
    """「2028年3月まで」 → 「あと16か月まで」; other dates, such as when it was got, stay."""

    def left(found: re.Match[str]) -> str:
        before, after = words[: found.start()], words[found.end() :]
        ends = _ENDS_AFTER.match(after.lstrip(" の")) or re.search("末|いっぱい", found[0])
        if not (ends or _ENDS_BEFORE.search(before)):
            return found[0]
        months = months_left(found, today)
        if months is None:
            return found[0]
        if months < 0:
            return " 期限切れ "
        return " あと2年 " if months > 12 else f" あと{months or 1}か月 "

    words = even(text)
    return _DATE.sub(left, words)
