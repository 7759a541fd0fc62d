"""How much capital the typed words state: 「1億2千万」「資本金は三百万」「個人なので無い」."""

import re
from dataclasses import dataclass

from dialogs.understand.numbers import Figure, figures, plain
from dialogs.understand.reading import Span

_UNIT = r"円|えん|yen"
_MOST = 10**14
_MAN = 10_000
_SURELY_YEN = 1_000_000
"""A bare number from here on is yen: in 万円 it would be 100億円 and more."""
_CAPITAL = (
    r"(?<!自己)(?<!株主)資本金?(?![比提関準])|出資(?![先しす])|元手|もとで(?=[は\d])"
    r"|しほんきん|シホンキン"
)
_WORDS = (
    r"金|額|総額|に|は|が|も|でも|で|の|って|確か|たしか|約|だいたい|大体|およそ|おおよそ|ざっと|たぶん|多分|おそらく"
    r"|今|現在|一応|いちおう|登記上|多くて|最大|せいぜい|最低|少なくとも|全部|まあ|会社|法人|ちょうど|出資金|なら|登記簿?|定款|謄本|見たら|見ると|増資して|増資後|合計|なので|ですから|だから|やから|じゃけん?|んで|きっかり|ぴったり|llc|合資|合名|[()、。,:=¥\s~〜]"
)
_NAMED = re.compile(rf"(?:{_CAPITAL})(?:{_WORDS})*+$")
_LEAD = re.compile(rf"(?:と|はい|えー?っ?と|ええと|うち|株式|有限|合同|いや|設立|{_WORDS})*+")
_MONEY = re.compile(
    r"年商|売上|売り上げ|うりあげ|月商|借|しゃっきん|利益|赤字|黒字|年収|給料|給与|人件費|補助|助成|準備金|剰余"
    r"|融資|設備|機械|家賃|土地|建物|保険|被害|損害|予算|費用|経費|貯金|預金|資産|負債|投資|見積|値段|価格|税"
)
_OTHERS = re.compile(
    r"親会社|子会社|取引先|元請|隣|知り合い|友達|他社|よそ|目標|予定|来年|将来|相場|上限|基準|条件|要件|平均"
    r"|去年|昨年|昔|以前|前は|もとは|元は|かつて|当時|設立時|創業時|最初"
)
_NOW = re.compile(
    r".*(?:今[はで]|今$|現在|いまは|やっぱり?|やはり|^いや|、いや|訂正|間違えた?|(?:じゃ|では)なくて?|[増減]資して"
    r"|うち[はの]|当社|弊社|[。!])"
)
_BARE = re.compile(
    r"$|[\s、。,.!?)~〜…]|です|でし|だ|や|じゃ|か(?:な|も|$)|で(?:す|お願|いい|、)|ある|あり|いま|と思"
    r"|ちょうど|[よねわ]"
)
_FIRM = r"(?:株式|有限|合同|合資|合名)?会社|法人|企業|町工場|とこ|はず|まま|資本金|小さ|あいだ|間"
_AWAY = re.compile(
    rf"の(?!{_FIRM})|[をがは](?!ちょうど|資本|あ[るり])|に(?!な|し|増|減)|で(?![す、。\s作設始起登い]|$|お願|しょ|し[たま]|やっ|立ち)"
    r"|もする|(?:増資|減資|借|融資|投資|調達|儲|赤字|黒字|売|補助|ドル|ユーロ|元|個(?!人)|社(?!員))"
    r"|ずつ|[×x*+人名台件坪株トkmg%年月日歳]"
    r"|(?:だった|でした|やった|あった)(?:けど|んや|んだ|が|のが|時|頃)"
)
_ASKS = re.compile(
    r"(?:の[^、。]{0,12}?(?:会社|企業|工場|店|屋|業|法人|場合|とこ))?"
    r"(?:(?:だ|で|の|いる|る)?(?:なら|ったら|たら|場合)|(?:です)?よね|でも|も?対象|でない|ないと"
    r"|(?:だ|る|い)?と(?:だめ|ダメ|対象|どう|受け|使|無理|いけ)"
    r"|(?:まで)?(?:です|ます|なん|ん|の)*か(?!な|も|ら|ね|と思))"
)
_STATED = re.compile(
    r"(?:です|ます|ん|る|だ|や)(?:が|けど|けれど)|です(?=[\s、])|かな|ね[えー]べか|ちゃうか|じゃない(?:です)?か"
)
_ASKED = re.compile(r"(?:か|の|\?)\s*$")
_NO = (
    r"(?:な(?:[しい]|くて|か(?:です|よ|ばい|とよ|$))|無(?:[しいか]|くて|$)|ありません|あらへん|あらせん"
    r"|ゼロ|ぜろ|[なね]え|ねっす|ござい)"
)
_UNSURE = re.compile(r"[分わ]か|知ら|しら|不明|わけ|覚え|おぼえ|忘|教え|問題|関係な")
_NONE = re.compile(
    rf"(?:{_CAPITAL})(?:金|額|そのもの|自体|なんて|なんか|とか|って|ちゅう|いう|みたいな|もん|もの|[はがもの、:\s]|まだ|特に)*{_NO}"
)
_NONE_ALONE = re.compile(
    rf"^(?:うち|そ?ん(?:な|なん|なもん|なもの|なの)|そういうの|そげな|もん|特に|まだ|[にはもが、\s])*{_NO}"
    r"|自営|フリーランス|個人(?!の?(?:[情保資番的向意経]|お?客))(?:事業主?|経営)?[はも]?"
)
_FOUNDED = re.compile(r"法人|株式|有限|会社|npo|組合")
_NO_FIRM = re.compile(
    r"(?<![いなのたる大手場])(?:法人|会社)(?:(?:化|成り|なり)(?:を?して|は)|では|じゃ|や|に(?:は)?(?:して|しとら|なって))(?:い)?(?:な[いかく]|ん)"
)


@dataclass(frozen=True, slots=True)
class Money:
    """What was read of the capital: a span of yen, or none at all, or amounts to choose from.

    `doubt`: the amounts a number without its unit can mean, likeliest first. `none`: there is no
    capital. All empty: nothing was said of it.
    """

    span: Span | None
    doubt: tuple[int, ...] = ()
    none: bool = False


NOT_SAID = Money(None)
NO_CAPITAL = Money(None, none=True)


def read_yen(text: str, alone: bool) -> Money:
    """The capital these words state, in yen.

    `alone`: capital is the standing question, so that an amount counts without 「資本金」.
    """
    words, done = plain(text), 0
    named: set[Money] = set()
    unnamed: set[Money] = set()
    for figure in figures(words, _UNIT):
        before = _NOW.sub("", words[done : figure.start])
        done = figure.end
        is_named = _NAMED.search(words[: figure.start]) is not None
        if (alone or is_named) and _is_capital(words, before, figure, is_named):
            asked = is_asked(words, figure.end, alone)
            (named if is_named else unnamed).add(NOT_SAID if asked else _amount(figure))
    found = named or unnamed
    if found:
        return found.pop() if len(found) == 1 else NOT_SAID
    return _no_capital(words, alone)


def _is_capital(words: str, before: str, figure: Figure, is_named: bool) -> bool:
    """Is this figure an amount of capital, and not sales, a loan or a machine?"""
    after = words[figure.end :]
    clause = re.split(r"[、\s]", before)[-1]
    away = _AWAY.match(after) and not (is_named and after.startswith("で"))
    if figure.denied or _OTHERS.search(before) or away:
        return False
    if not is_named and (_MONEY.search(before) or not _LEAD.fullmatch(clause)):
        return False
    return _has_unit(figure) or _BARE.match(after) is not None


def _has_unit(figure: Figure) -> bool:
    return figure.unit != "" or figure.tail[-1] in "万億兆"


def _amount(figure: Figure) -> Money:
    """The span in yen; a doubt where 万円 may have been left out, 「3000」「1億5000」."""
    low, high = figure.low, figure.high
    if not figure.sound or (high or low) > _MOST:
        return NOT_SAID
    if high == 0:
        return NO_CAPITAL
    large, _, _ = figure.tail.rpartition("億")
    if _has_unit(figure) or (low >= _SURELY_YEN and not large):
        return Money(Span(low, high))
    if low != high or figure.bound:
        return NOT_SAID
    small = low % 10**8 if large else low
    larger = low - small + small * _MAN
    if low < 10:
        return Money(None, (low, larger, low * _MAN**2))
    return Money(None, (larger, low) if small < 100_000 else (low, larger))


def _no_capital(words: str, alone: bool) -> Money:
    """「資本金なし」; where capital is asked also 「なし」「個人事業です」. 出典: domain §1.3 ①"""
    found = _NONE.search(words)
    own = _NO_FIRM.sub("個人", words)
    if not found and alone and not _FOUNDED.search(own):
        words, found = own, _NONE_ALONE.search(own)
    if not found or _UNSURE.search(words) or is_asked(words, found.end(), alone):
        return NOT_SAID
    return NO_CAPITAL


def is_asked(words: str, end: int, alone: bool) -> bool:
    """Is what ends here part of a question or a condition, 「30人だと対象外ですか」?"""
    after = re.split(r"[。!]", words[end:])[0]
    if alone and not after.strip("? "):
        return False
    asked = _ASKED.search(after) and not _STATED.search(after)
    return bool(_ASKS.match(after) or asked)
