"""How many employees the typed words state: 「30人」「正社員10人パート5人」「役員だけ」.

Officers and owners are no 常時使用する従業員; part-timers may be and widen the span. 出典: S2 P1
"""

import re
from dataclasses import dataclass

from dialogs.understand.money import is_asked
from dialogs.understand.numbers import Figure, figures, plain
from dialogs.understand.reading import Span

_MOST = 10_000_000
_UNIT = r"(?:人|名|にん|めい)(?!前(?!後)|組|[席乗目称様月形物口工気暮分]|古屋)"
_HIRED = r"従業[員者]|[業店工務職社]員|スタッフ|職人|弟子|じゅうぎょういん|しゃいん"
_STAFF = rf"{_HIRED}|正規|常勤|人数|人員|人手|働き手|技術者|すたっふ|雇用"
_PART = r"非正規|パート|ぱーと|バイト|ばいと|派遣|契約社員|嘱託|非常勤|臨時|季節|内職|シルバー"
_SELF = r"自分|私|わし|俺|おれ|僕|ぼく|わたし|(?<!日)本人"
_KIN = (
    r"嫁|妻|女房|奥さん|かみさん|旦那|主人|(?<!丈)夫|息子|せがれ|娘|親子|兄弟|[父母弟兄姉妹]|おやじ"
    rf"|家族|身内|家内|(?:とう|かあ|ばあ|じい)ちゃん|おかん|おとん|むすこ|むすめ|よめ|{_SELF}"
)
_BOSS = r"役員|社長|代表|専務|取締役|理事|経営者|事業主"
_SHARED = r"含|ふく|入れ|いれ|込|ひっくるめ|全[部員体]|合[計わ]|あわせ|総勢|計|トータル|みんな"
_PLACES = (
    r"[男女]|本[社店]|工場|支[店社]|営業|事務|現場|配送|製造|[内外]勤|ホール|職人|[工店業]員|運転手"
)
_ROLES = re.compile(
    rf"(?P<part>{_PART})|(?P<place>{_PLACES})|(?P<hired>{_STAFF})|(?P<kin>{_KIN})|(?P<boss>{_BOSS})|(?P<all>{_SHARED})|(?P<less>除|抜き|別に|以外)"
)
_OTHERS = re.compile(
    r"子ども|子供|孫|客|利用者|患者|生徒|園児|会員|組合員|定員|株主|応募|募集|退職|辞め|やめ|新人|採用|のうち"
    r"|取引先|仕入先|得意先|元請|下請|親会社|子会社|関連会社|グループ|隣|知り合い|友達|知人|他社|よそ|業界"
    r"|地域|町内|人口|商店街|入居|観光|議員|けが|怪我|死|亡|被災|平均|各|毎|あたり|目標|予定|将来|担当|窓口|責任者|後継|資格|補助金|対象|[要条]件|基準|制度|小規模事|中小企業|[の延]べ|来[年月春]|もうすぐ|ピーク"
    rf"|^(?:店舗|[店班組台])に?$|うち、?(?=正|{_PART}|{_STAFF}|{_PLACES})"
)
_PAST = re.compile(r"去年|昨年|昔|以前|前は|前まで|もとは|元は|かつて|当時|最盛|創業時|先[月週日]")
_BREAKDOWN = re.compile(r"[人名\d][、\s(]*うち$|[人名\d]\([^)]*$")
_INCLUDING = re.compile(rf"[\s(、]*(?:{_BOSS}|{_KIN})[もを]?(?:込|含|入れ|いれ)")
_UNCOUNTED = re.compile(
    rf"(?:[+、\s。とにで]|ほか|他|あと|プラス|(?:だ|や|です)?けど|です)*+(?:アル)?(?:{_PART})(?![^、。]*?(?:含|込|入|除|抜|な[しい]|無|いませ|おら|以外))"
)
_MORE = re.compile(r"(?:他|ほか|あと|プラス|\+)[にで]?$")
_OURS = re.compile(r"うち(?:の|は|も|で|、|:)|当社|弊社|わが社|我が社|自社|[。!]")
_NOW = re.compile(
    r"今(?:[はで]|$)|現在|いまは|やっぱ|やはり|(?:^|、)いや|訂正|間違|(?:じゃ|では)なくて?"
)
_NEAR = (
    r"数|さん|たち|達|等|など|の|は|が|も|を|含めて?|ふくめて?|入れて|いれて|込みで?|除いて|で|と|や|[、:=\s]"
    r"|約|だいたい|大体|およそ|ざっと|合計|全部|合わせて|今|現在|いま|たぶん|多分"
)
_WORK = re.compile(rf"{_STAFF}|{_PART}")
_NAMED = re.compile(rf"(?:{_STAFF}|{_PART})(?:{_NEAR})*+$")
_LEAD = re.compile(
    r"(?:はい|えー?っ?と|ええと|そうです|そう|ね|まあ|おおよそ|おそらく|うち|会社|総勢|計|トータル|みんな|全員|やっぱり|やはり"
    rf"|いや|多くて|最大|せいぜい|最低|少なくとも|でも|[,。!~〜]|{_NEAR})*+"
)
_BARE = re.compile(
    rf"$|[\s、。,.!?)~〜…]|(?:[にとで+]|プラス)?(?:{_PART}|{_STAFF})|です|でし|けど|が、|だ|や|じゃ|か(?:な|も|$)|で(?:$|いい|お願|す)|いる|いま|お[るり]|と思|ちょうど|[よねわ]"
)
_FIRM = r"工場|所帯|企業|体制|規模|スタッフ|パート|バイト|あいだ|[会店事小零町従正社職間製建]"
_AWAY = re.compile(
    rf"の(?!(?:(?![客子孫])\S){{0,6}}?(?:{_FIRM}|[屋業院園館組])|うち|はず|み|[\d計合])"
    r"|[がをに](?!働|はたら|勤|在籍|雇|い[るま]|お[るり]|所属|従事|居|な[っり]|増|減|訂|正|社|パート|バイト)"
    rf"|で(?:は|旅|相談|会|出|飲|集|来|行|参|話|訪|や(?:る(?:わ|よ|つ|$)|り[たま]|ろう))|と(?!思|おも|少|ちょ|\d|{_PART}|{_PLACES}|社|正|従)|ずつ|(?![雇居在働勤位程規体正社従全常所抱現男女本工支営事配製])[々一-龠]"
)
_LEFT = re.compile(
    r"[がをもは]?(?:辞め|やめ|退職|採用|募集|応募|入社|亡|死|怪我|来|増|減|足り)|も(?:雇|やと|使)"
    r"|(?:だった|でした|やった|いた|いました|おった|おりました)(?:けど|んや|んだ|が|のが|時|頃)"
)
_ALONE = re.compile(r"親方|社長|会社|法人|企業|事業|だけ|で(?:や[っと]|全|き|切|経|営|し|店|こ|頑)")
_NO = r"(?:ない|ません|らん|りません|へん|ねえ)"
_NOBODY = re.compile(
    rf"(?:^|うち[はにも]?|[、。\s]|ので|やから|だから)(?:正|の)?(?:{_HIRED})(?:さん|は|が|も|なんて|とか|\s|、|:|数|誰も)*"
    rf"(?:(?:い|居|お|いて){_NO}|な[しい]|無[しい]|ゼロ|ぜろ)|(?:誰|だれ|一人|1人)も(?:い|お|居){_NO}"
    rf"|(?:雇|やと)(?:って|っと|用)?(?:は|し|い)*(?:て)?(?:い)?{_NO}"
)
_NONE_ALONE = re.compile(
    rf"(?:うち|は|誰も|だれも|特に|、|\s)*(?:(?:い|居|お){_NO}|なし|無し|ゼロ|ぜろ|ない(?=です|よ|わ|ね|。|$))"
)
_ONLY = r"(?:ちゃん|さん|[者ら達])?(?:[^。、]{0,3}[人名])?(?:だけ|のみ|しか|オンリー)"
_END = r"(?=$|[、。\s!だや]|じゃ|で(?:[やすき切回営店従]|して|$)|の[会店]|い[なま]|お[らり]|[居経])"
_ONLY_BOSS = re.compile(rf"(?:{_BOSS}|{_SELF}){_ONLY}{_END}")
_ONLY_KIN = re.compile(
    rf"(?:(?:{_KIN}|親族){_ONLY}|家族|親子|兄弟|(?P<pair>夫婦(?:だけ|のみ)?)){_END}"
)


@dataclass(frozen=True, slots=True)
class _Count:
    """One figure of the firm's people; `kind`: main, part, all (a total), kin, place, doubt."""

    kind: str
    low: int
    high: int | None
    now: bool


def read_people(text: str, alone: bool) -> Span | None:
    """The employees these words state; None when none or in doubt.

    `alone`: employees are the standing question, so that a bare number counts.
    """
    words, done, counts = plain(text), 0, []
    for figure in figures(words, _UNIT):
        counts.append(_count(words, words[done : figure.start], figure, alone))
        done = figure.end
    known = [count for count in counts if count]
    if any(count.kind == "doubt" for count in known) or _UNCOUNTED.match(words, done):
        return None
    span = _together(known) if known else _nobody(words, alone)
    return span if span and (span.high or span.low) <= _MOST else None


def _count(words: str, before: str, figure: Figure, alone: bool) -> _Count | None:
    """What one figure counts of the firm; None when it is not about its people."""
    now = _NOW.search(before) is not None
    resets = [*_OURS.finditer(before), *_NOW.finditer(before)]
    before = before[max((reset.end() for reset in resets), default=0) :]
    after, named = words[figure.end :], _NAMED.search(before)
    more = not figure.unit and _MORE.search(before)
    bare = named or more or (alone and _LEAD.fullmatch(before) and _BARE.match(after))
    away = not named and not _ALONE.match(after) and _AWAY.match(after)
    if not (figure.unit or bare) or (away and _WORK.search(words)):
        return None
    if figure.denied or _is_other(words, before, figure):
        return None
    unread = away or more or not (figure.unit or ("万" not in figure.tail and _BARE.match(after)))
    if unread or not figure.sound or is_asked(words, figure.end, alone):
        return _Count("doubt", 0, 0, now)
    return _as_role(figure, before, after, now)


def _is_other(words: str, before: str, figure: Figure) -> bool:
    """Is it other people's, of the past, of those who left, or part of the figure before it?"""
    clause = before.rpartition("、")[2]
    other = _OTHERS.search(clause if _NAMED.search(clause) else before) or _PAST.search(before)
    left = _LEFT.match(words, figure.end)
    return bool(other or left or _BREAKDOWN.search(words, 0, figure.start))


def _as_role(figure: Figure, before: str, after: str, now: bool) -> _Count | None:
    """Officers are no employees; the owner and the family are counted in 「嫁と二人」."""
    near = before.rpartition("、")[2] if not re.search(_STAFF, before) else before
    with_boss = _INCLUDING.match(after)
    near += with_boss[0] if with_boss else ""
    kinds = [str(match.lastgroup) for match in _ROLES.finditer(near)]
    kind = kinds[-1] if kinds else "main"
    low, high = figure.low, figure.high
    if kind == "boss":
        return None
    if kind == "all" and kinds[-2:-1] in (["kin"], ["boss"]):
        most = 5 if "役員" in near else 1
        return _Count("main", max(0, low - most), high, now)
    if (kind == "kin") or (kind == "main" and high == 1 and _ALONE.match(after)):
        return _Count("kin", max(0, low - 1), high, now)
    if kind in {"main", "hired", "less"} and re.match(rf"[がはの](?:{_PART})", after):
        kind = "part"
    return _Count(kind if kind in {"part", "all", "place", "hired"} else "main", low, high, now)


def _together(counts: list[_Count]) -> Span | None:
    """One span of all figures: a correction and a total win, part-timers widen."""
    counts = counts[max((i for i, count in enumerate(counts) if count.now), default=0) :]
    if total := _total(counts):
        return total
    kinds = ("main", "hired", "place", "part", "kin")
    mains, hired, places, parts, kin = ([c for c in counts if c.kind == k] for k in kinds)
    groups = {(c.low, c.high) for c in mains + hired}
    if len({(c.low, c.high) for c in mains}) > 1:
        return None
    if places:
        groups.add((sum(c.low for c in places), _sum([c.high for c in places])))
    if not groups:
        return Span(sum(c.low for c in parts or kin), _sum([c.high for c in parts + kin]))
    highs = [*(high for _, high in groups), *(c.high for c in parts + kin)]
    return Span(max(low for low, _ in groups), _sum(highs))


def _total(counts: list[_Count]) -> Span | None:
    """A figure said to be the total, or that is the sum of all the others."""
    for each in counts:
        rest = _sum([count.high for count in counts if count is not each])
        if each.kind == "all" or (len(counts) > 2 and each.low == each.high == rest):
            return Span(each.low, each.high)
    return None


def _sum(highs: list[int | None]) -> int | None:
    return None if None in highs else sum(high or 0 for high in highs)


def _nobody(words: str, alone: bool) -> Span | None:
    """「従業員なし」「役員だけ」 is 0; 「家族だけ」 is a few at most."""
    no = _NOBODY.search(words) or (_NONE_ALONE.match(words) if alone else None)
    no = no or _ONLY_BOSS.search(words)
    found = no or _ONLY_KIN.search(words)
    if not found or is_asked(words, found.end(), alone) or re.search(_PART, words):
        return None
    return Span(0, 0) if no else Span(1, 2) if found["pair"] else Span(0, 5)
