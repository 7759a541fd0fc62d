"""Whole numbers in Japanese words: 「３０」「三十五」「1億2千万」「2、3」「百弱」「10から15」."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from dialogs.understand.text import even

_SMALL, _BIG = {"十": 10, "百": 100, "千": 1_000}, {"万": 10**4, "億": 10**8, "兆": 10**12}
_KANJI = "〇一二三四五六七八九"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?"
# 「従業員数十人」 is ten or some tens: its run makes no number.
_START = rf"員数(?=[十百千])|{_DIGITS}|[{_KANJI}十百千]|数(?=[十百千万億人名])"
_RUN = rf"(?:{_START})(?:{_DIGITS}|[{_KANJI}数何十百千万億兆])*+"
_PART = re.compile(rf"(?P<digits>{_DIGITS})|(?P<kanji>[{_KANJI}]+)|(?P<unit>.)")
_MISLEADS = re.compile(r"0\d|[\d,]+\.\d{3}")  # A telephone number, or a point for a comma.
_SIMPLE = re.compile(r"[1-9][0-9]{0,17}|0")
"""A number as a machine writes it: most are, and need no more reading."""
_FIGURES = {ord(","): None, **{ord(kanji): str(i) for i, kanji in enumerate(_KANJI)}}
_FORMAL = str.maketrans("壱壹弐貳参參肆伍拾佰仟阡萬零○◯", "一一二二三三四五十百千千万〇〇〇")
_TABLE = (
    "いち一 いっ一 に二 さん三 よん四 よ四 ご五 ろく六 ろっ六 なな七 しち七 し四 はち八 はっ八 く九"
    " きゅう九 じゅう十 じゅっ十 ひゃく百 びゃく百 ぴゃく百 せん千 ぜん千 まん万 おく億"
)
_KANA = {each[:-1]: each[-1] for each in _TABLE.split()}
_SPOKEN = "|".join(_KANA)
_COUNTER = r"にん|めい|人|名|えん|円"
# One syllable is a number only beside a counter, and not at the end of another word.
_SAID = re.compile(
    rf"(?:{_SPOKEN}){{2,12}}(?=\s*(?:{_COUNTER}|[くぐ]らい|ほど|です|[だやかので、。,!?]|\s|$))"
    rf"|(?:(?<![ぁ-をァ-ヴー])|(?<=[はがもとでのてん]))(?:{_SPOKEN})(?={_COUNTER})"
    rf"|(?<=[\d{_KANJI}十百千万億])(?:ひゃく|[せぜ]ん|まん|おく)+"
)
_ALL_KATAKANA = re.compile(
    r"[ァ-ヴー\s、。]+|(?=.*(?:メイ|ニン|シャイン|ギョウ|デス|ヤク))[ァ-ヴー\s、。\d]+"
)
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_NEXT = "一二|二三|三四|四五|五六|六七|七八|八九"
_BARE_OKU = re.compile(  # 「億いかない」
    rf"(?<![\d{_KANJI}十百千万兆数何])億(?=(?:[はもをに]|まで)*(?:[いな超越届達未近弱]|こえ|オーバー|単位で?は?な))"
)
_TYPED_MAN = re.compile(r"(?<=[\d十百千])満(?![たちの員席足室月点年])")
_KATAKANA_MAN, _APART = re.compile(r"(?<=[\d千百])マン"), re.compile(r"(?<=\d) (?=[万億])")
_LARGE = re.compile("[億満万]|マン")
"""Without one of these there is no large number to mend."""
_AND = re.compile(r"\s*(?:と|飛んで|とんで)\s*")
_TWO = re.compile(rf"(?<![{_KANJI}])(?:{_NEXT})(?![{_KANJI}])")
_SOME = re.compile(r"(?<=\d)0[数何]|(?<=[十百千])[数何]|^数")
_MORE = r"多(?:くても?|い(?:時|とき))(?:は|で|には|でも)*\s*"
_TO = re.compile(
    r"\s*(?:[~〜～\-ー–—−→]|から|より|ないし|又は|または|もしくは|か|or|以上|[はも]?超え?[てと]?い?る?(?:が|けど)?、?)\s*"
    rf"(?:[、,]?{_MORE})?|[、,]?\s*{_MORE}"
)
_NO = r"(?:ない|ません|らん|へん|らず|ひん|らへん|りません)"
_CHANGED = re.compile(r"(?:[くぐ]らい|まで)*に(?:[増減ふへな落変上下]|し[たてま])")
_TAIL = re.compile(
    r"\s*(?:[くぐ]らい|程度|ほど|位|か?そこら|そこそこ|ばかり|ばかし|ばっか)?"
    r"(?:(?P<decade>(?<=[人名万円])台)|(?P<around>前後|内外|を?(?:[いお行][るく]|超える|越える|切る)か(?:どうか|[いお行超越切].{1,3}か))"
    r"|(?P<almost>弱|足らず|近[くい]|ちか[くい]|手前|(?:に|を)?(?:ちょっと|少し|すこし)(?:欠け|切|足り|いか))"
    r"|(?P<little>強|余り?(?!裕)|あまり(?!い|お)|(?:と|を|の)?(?:ちょい|ちょっと|ちょこっと|少々|少し|すこし)(?!と?前|だけ|超|こえ|越|オー|上|下|減|切|欠|足り|い[かけ]|届|手前)(?:過ぎ|すぎ)?|を?(?:過ぎ|すぎ)(?:た|てる|ている)?(?!な|ま))"
    rf"|(?P<within>[をは]?超え?(?:て|と|は)*[いお]?(?:{_NO}|ん)|以上は?[いおあ]?{_NO}|以下|いか(?![なん])|以内|まで(?!に|[はも]?(?:[い行届達足]|なら)))"
    r"|(?P<barely>[をはも]?(?:ちょい|ちょっと|少し)(?:だけ)?(?:超|こえ|越え|オーバー|上回|上)|を?(?:超え|こえ|越え)[るた][くぐ]らい)"
    r"|(?P<over>[をはも]?(?:超え?|こえ|越え|オーバー|上回)(?:て?い?る(?=$|[。、]|ん|の|で|く)|てい?ます|と(?:る|りま?す?|んね?ん?))?(?!.{0,9}(?:な|ん(?:よ|わ|で|$)|ず))|より(?:も)?[多上])"
    r"|(?P<least>以上|いじょう|[~〜～]|(?<![いど度位])は(?=い[るま]|お[るり]|あ[るり]))"
    r"|(?P<below>未満|みまん|を?下回|より(?:少な[いく]?|下)|[をは]?(?:(?:割|切)っ?[てる]|きって(?!も))"
    r"|に?(?:まで)?(?:も|は)?(?:満た|届[かい]|足り|達し)(?:て|ま)?(?:な|せ|ん|ず)"
    r"|(?:も|は|とか|なんて|まで)*+(?:[いお居あ]|なら|[い行](?:って|て|か|き)|(?<=[もでかて]))"
    rf"(?:{_NO}|ねえ)|[い行]かん|は?ない)"
    r"|(?P<doubt>[をはも]?(?:超|こえ|越|オーバー|上回)|どころ|(?:じゃ|では?)きか|は下ら|よりは))?"
)
_HEAD = re.compile(
    r"(?:(?P<within>多くても?|最大|max|せいぜい|最高|(?<!\d)[~〜～])|(?P<least>最低|少なくと?も|少なくて))[でも]*\s*約?$"
)
_DENIED = re.compile(
    r"\s*(?:では|じゃ|や|とは|と)?(?:なく|ない(?!の?(?:です)?か)|ありません|あらへん|ちゃう(?!か)|ちが|違)"
)
_BOUNDS: dict[str, Callable[[int, int, bool], tuple[int, int | None]]] = {
    "": lambda a, b, _: (a, b),
    "around": lambda a, b, _: (min(a - 1, a * 9 // 10), max(b + 1, -(-b * 11 // 10))),
    "decade": lambda a, b, _: (a, b - 1 + 10 ** (len(str(b)) - len(str(b).rstrip("0")))),
    "almost": lambda a, b, _: (min(a - 1, -(-a * 9 // 10)), b - 1),
    "little": lambda a, b, _: (a, max(b + 1, b * 11 // 10)),
    "barely": lambda _, b, __: (b + 1, max(b + 1, b * 11 // 10)),
    "within": lambda a, b, ranged: (a if ranged else 0, b),
    "over": lambda _, b, __: (b + 1, None),
    "least": lambda a, b, ranged: (a, b if ranged else None),
    "below": lambda a, b, ranged: (a if ranged else 0, b - 1),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number or range of a text, from `start` to `end` with its unit and 「以上」「弱」."""

    start: int
    end: int
    low: int
    high: int | None
    unit: str  # Empty when none was written.
    tail: str  # The digits as written, without the unit; of a range its end.
    bound: str = ""  # The key of `_BOUNDS` that was heard.
    sound: bool = True  # The digits make a number.
    denied: bool = False  # 「30人ではなく」
    ranged: bool = False
    written: tuple[int, int] = (0, 0)  # Both ends before the bound.


def plain(text: str) -> str:
    """Evened, with 大字 and spoken numbers as common kanji; empty when too long to be an answer."""
    words = even(text) if len(text) <= 500 else ""  # Nobody states a size in a longer one.
    words = words.replace("ひとり", "一人").replace("ふたり", "二人").replace("零細", "小企業")
    if _LARGE.search(words):
        words = _TYPED_MAN.sub("万", _BARE_OKU.sub("一億", words))
        words = _APART.sub("", _KATAKANA_MAN.sub("万", words))
    words = words.translate(_HIRAGANA) if _ALL_KATAKANA.fullmatch(words) else words
    return _SAID.sub(_written, words).translate(_FORMAL)


def _written(match: re.Match[str]) -> str:
    """「さんじゅう」 → 「三十」; as it was where 「に」 may be a particle or digits just follow."""
    kanji = re.sub(_SPOKEN, lambda m: _KANA[m[0]], match[0])
    digits = max(re.split(r"[十百千万億]", kanji), key=len)
    clear = digits in _NEXT.split("|") and not match.string[: match.start()][-1:].isalnum()
    return kanji if len(digits) < 2 or clear else match[0]


def whole(run: str) -> int | None:
    """The whole number that digits and units write; None when they write none."""
    total = section = Decimal(0)
    figure: Decimal | None = None
    small, big = 10**18, 10**18
    for part in _PART.finditer(run):
        unit = part["unit"]
        if unit in _SMALL and _SMALL[unit] < small:
            small = _SMALL[unit]
            section, figure = section + (1 if figure is None else figure) * small, None
        elif unit in _BIG and _BIG[unit] < big and (section or figure is not None):
            big, small = _BIG[unit], 10**18
            total, section, figure = total + (section + (figure or 0)) * big, Decimal(0), None
        elif unit or figure is not None or len(part[0]) > 19 or _MISLEADS.match(part[0]):
            return None
        else:
            figure = Decimal(part[0].translate(_FIGURES))
    if (figure or 0) >= small or section + (figure or 0) >= big:
        return None
    total += section + (figure or 0)
    return int(total) if total == int(total) else None


def figures(text: str, unit: str) -> list[Figure]:
    """The figures of a `plain` text, in order; `unit` is the pattern of what they count."""
    found: list[Figure] = []
    for match in _counted(unit).finditer(text):
        figure = _raw(match)
        both = _joined(found[-1], figure, text) if found else None
        found[-1:] = [both] if both else [*found[-1:], figure]
    return [_bounded(figure, text) for figure in found]


@lru_cache(maxsize=8)
def _counted(unit: str) -> re.Pattern[str]:
    return re.compile(rf"({_RUN})(?:\s*({unit}))?")


def _raw(match: re.Match[str]) -> Figure:
    if _SIMPLE.fullmatch(match[1]):
        return Figure(*match.span(), int(match[1]), int(match[1]), match[2] or "", match[1])
    a, b = (whole(_one(match[1], high)) for high in (False, True))
    return Figure(*match.span(), a or 0, b or 0, match[2] or "", match[1], sound=None not in (a, b))


def _one(run: str, high: bool) -> str:
    """One end of a run that says two: 「二三十」 「十数」 「4.5」."""
    point = re.fullmatch(r"(\d)\.(\d)", run)
    if point and int(point[1]) + 1 == int(point[2]):
        return point[1 + high]
    run = _SOME.sub(lambda m: ("19" if "0" in m[0] else "一九" if m.start() else "二六")[high], run)
    return _TWO.sub(lambda m: m[0][high], run)


def _joined(first: Figure, second: Figure, text: str) -> Figure | None:
    """「10人から15人」 「2、3人」 as one; None for two figures, as in a list after a unit."""
    gap = text[first.end : second.start]
    if _AND.fullmatch(gap) and first.unit in ("", "円") and _is_less(second, first.tail[-1]):
        total = (second.high or 0) + (first.high or 0)
        return replace(second, start=first.start, low=total, high=total, tail=first.tail)
    listed = not first.unit and re.fullmatch(r"[,、・]\s?", gap) is not None
    if not (listed or _TO.fullmatch(gap)) or (listed and _is_money_only(first, second)):
        return None
    second = replace(second, start=first.start, unit=second.unit or first.unit)
    if "→" in gap or _CHANGED.match(text, second.end):
        return second
    low, high = _ends(first, second, listed)
    low += "超" in gap and low < high
    step = high - low
    near = not listed or (str(step).strip("0") == "1" and low % (step or 1) == 0)
    near = near if not first.ranged else listed and first.high == second.low - 1
    sound = first.sound and second.sound and near and (step > 0 or (step == 0 and "超" in gap))
    return replace(second, low=low, high=high, sound=sound, ranged=True)


def _is_money_only(first: Figure, second: Figure) -> bool:
    """Is a list of the two one of unlike things, 「資本金300万、5人」?"""
    return first.tail[-1] in "万億" and second.tail[-1] not in "万億"


def _is_less(figure: Figure, unit: str) -> bool:
    """Can it be the rest of a number that ends in this unit, 「三百と二十」?"""
    return figure.sound and (figure.high or 0) < (_SMALL | _BIG).get(unit, 0)


def _ends(first: Figure, second: Figure, listed: bool) -> tuple[int, int]:
    """Both ends with what one lends the other: 「12、3」 「百二、三十」."""
    low, high = _scaled(first, second, listed), second.high or 0
    if listed and high < 10 and low % 10 + 1 == high:
        return low, high + low // 10 * 10
    step = 10 ** len(str(high))
    if not listed and not first.unit and 0 < low % step < high < low:
        return low, low - low % step + high
    wide = whole(first.tail + second.tail[-1]), whole(first.tail[:-1] + second.tail)
    if listed and second.tail[-1] in _SMALL and wide[0] and wide[1] and low > high:
        return wide[0], wide[1]
    return low, high


def _scaled(first: Figure, second: Figure, listed: bool) -> int:
    """The low end in the unit of the high one: 「2、3百」 「2〜3千万」 「2、30」."""
    high = second.high or 0
    units = second.tail[len(second.tail.rstrip("十百千万億兆")) :] or "十" * (
        listed or first.low > 1
    )
    for scale in (units, units.lstrip("十百千")):
        times = whole("一" + scale) or 1
        near = not scale.endswith("十") or (first.low + 1) * times == high
        if not first.unit and near and first.low * times < high:
            return first.low * times
    return first.low


def _bounded(figure: Figure, text: str) -> Figure:
    """With what is said around it: 「以上」「弱」「多くて」「ではなく」."""
    tail = _TAIL.match(text, figure.end)
    head = _HEAD.search(text[max(0, figure.start - 9) : figure.start])
    bound = (tail and tail.lastgroup) or (head and head.lastgroup) or ""
    end = tail.end() if tail and tail[0].strip() else figure.end
    moved = _BOUNDS.get(bound, _BOUNDS[""])
    low, high = moved(figure.low, figure.high or 0, figure.ranged)
    low, high = max(0, low), None if high is None else max(0, low, high)
    sound = figure.sound and bound != "doubt"
    no = _DENIED.match(text, end) is not None
    written = figure.low, figure.high or 0
    return Figure(
        figure.start, end, low, high, figure.unit, figure.tail, bound, sound, no, figure.ranged,
        written,
    )  # fmt: skip
