"""Reads the prefecture out of words that name a place: 「熊谷で鋳物」「大阪市の中央区です」.

A name counts only where sensible words stand around it; names that lean on each other are one spot
(広島の府中). Of several spots the head office wins. In doubt: the candidates, never a guess.
"""

import re
from dataclasses import dataclass

from dialogs.understand.reading import NOTHING, Reading
from dialogs.understand.romaji import in_kanji
from dialogs.understand.text import bare, bare_ending, even
from knowledge.places import Level, Name, Places, fold, sound

MOST = 500  # letters that are read, so that a pasted book costs no time
_KANJI = r"一-鿿々"
_HEAD = "本社|本店|登記|主たる(?:事業|事務)所"
_SITE = "工場|倉庫|名前|担当|代表|社長|店主|屋号|社名"  # beside these: perhaps, perhaps not
_ELSE = (
    "支店|支社|営業所|出張所|出身|生まれ|育ち|実家|自宅|取引先|得意先|仕入先"
    "|親会社|子会社|組合員|下請|孫請|協力会社|系列|特約店|加盟店"
)
_BEFORE = re.compile(
    rf"(?:(?P<head>{_HEAD})|(?P<site>{_SITE})|(?:{_ELSE}))[上簿]*(?:して?い?る|されてい?る)?の?"
    r"(?:所在地|住所|場所|登記)?(?:だけ|のみ)?(?:(?:が?ある|な)?の?[はもが]|つて|[:=、,\s])*$"
)
_AFTER = re.compile(
    rf"(?:の?(?:方|ほう)?[にがは]|の|を|で)(?P<head>{_HEAD})|(?P<at>{_HEAD})(?![はがも:])"
    rf"|(?P<site>[にがは](?:{_SITE})|(?:{_SITE})(?![はがも:]))|(?:{_ELSE})(?![はがも:])"
    rf"|[にがはの](?:{_ELSE})|[のに]?(?:隣|となり|近[くい]|ちかく|そば|寄り|より)|[にで]も(?![うの])"
    r"|の(?:会社|企業|メーカー|工場|問屋|大手|元請け?|商社|本社)の(?:下請|孫請|仕事|協力)|に住[んみ]|と?の?(?:県境|境目|さかい目)"
    r"|の[^、。\sはがで]{1,8}を[^、。]{0,8}(?:売|卸|販売|扱|仕入|買|取り寄|輸入)|(?:から|で)[^、。]{0,4}(?:仕入|取り寄)|から引つ?越"
    r"|(?:の[^、。はがで]{1,6})?(?:に|へ|まで)[^、。はが]{0,4}(?:納め|納品|卸し|出荷|配達|輸出|出張|通っ)|(?:沿い|べり|の?土手|の?河川敷|流域)"
)
_DONE = "(?:し|やつ)?(?:て(?:い)?る|とる)(?:の|ん|場所|とこ|ところ|所)"
_REAL = re.compile(
    rf"(?:実際|実質|ほんとう?|本当|現実)(?:に|の)?(?:(?:仕事|作業|営業|稼働|活動)?を?{_DONE})?(?:は|が)?[、\s]*$"
    rf"|(?:仕事|作業|営業|活動|稼働|商売)を?{_DONE}(?:は|が)[、\s]*$"
)
_PAST = re.compile(rf"(?<![{_KANJI}])(?:以?前|昔|元|もと)(?:々|もと)?は[、\s]*$")
_NOT = re.compile(
    rf"[県府市]?(?:の(?:方|ほう))?(?:[はにが]?は?(?:{_HEAD}|{_SITE}|{_ELSE}))?"
    r"(?:以外|は?関係(?:な[いくし]|あり?ま)|(?:じや|では)あり?ま|や?(?:あら|おま)へん"
    r"|(?:で|や|じや|では|でも)あ?(?:な[くいかし]|無|の[うおー]|ね[えーく])"
    r"|(?:と|とは|では|じや)?(?:ちや[うい]|違[うい]|ちが[うい]|ちご)|[はも](?:な[いくし]|無|あり?ま))"
)
_LINK = re.compile(r"[\s、,・]*の?[\s、,]*|[県府都道市]?内の|の中の|にある")
_DOUBT = re.compile(r"(?:と|つて)(?:言|い[いう]|申|もう)|[駅場外境区]|市(?![内役])|方面")
_NEVER = "さ[んま]|くん|ちゃん|うどん|せん|あ[^た]|ま[^で]|[おりらめきみそひふほむゆれろすぐげび]"
_NEXT = re.compile(
    rf"$|(?!{_NEVER})[^{_KANJI}ァ-ヺー]|デス|サービス|製造|卸|小売|建設業|飲食|従業員|社員|資本金"
    r"|[県府都市区]内|市街|温泉|[市区駅]|本[社店]|支[社店]|工場|営業所|在[住勤]|出身|生まれ|育ち"
    r"|近[郊辺]|周辺|方面|地[区方域]|[東西南北中]部|個人|法人"
)
_KANA_NEXT = re.compile(
    rf"$|[^ぁ-んー{_KANJI}]|[のでにはがやだともへねべ]|じや|ばい|けん|から|つ[すて]|[よか]$"
)
_SHORT_NEXT = re.compile(rf"$|[^ぁ-んー{_KANJI}]|[のでにはだ]|や[でねん]")
_PARTICLE = re.compile(r"$|[の、。\s]|です|で(?!き)|や(?!す)|だ|に(?![しす])|から|ば[いつ]|じや")
_OPENING = re.compile(
    r"(?:^|[\s、。])(?:(?:うち|うちとこ|ここ|わたし|わし|ぼく|おれ|かいしや|ほんしや|いま)[はの]?"
    rf"|え+つ?と|えーと|あのう?|はい)$|[{_KANJI}][はのも]$"
)
_LED = re.compile("(?:本社|本店|会社|弊社|当社|住所|所在地|登記|現在|場所|地元)$")
_LETTER, _WORD = (re.compile(rf"[{_KANJI}{each}ァ-ヺー]$") for each in ("", "ぁ-ん"))
_PART = re.compile("[区市][域分別画間切場]")
_KANA, _KATAKANA = re.compile("[ぁ-んァ-ヺー]"), re.compile("[ァ-ヺー]")
_WRITTEN = (Level.PREFECTURE, Level.FULL)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place named from `start` to `end`; its name `sure` only if meant as a place for certain."""

    start: int
    end: int
    name: Name


def read_place_names(text: str, places: Places) -> Reading:
    """The prefecture the words place the head office in, by its full name."""
    scan = _Scan(in_kanji(even(text[:MOST])), places)
    spots = [spot for spot in scan.spots() if not _NOT.match(scan.folded, spot.end)]
    roles: dict[str, list[Name]] = {
        each: [] for each in ("head", "plain", "doubtful", "other", "real")
    }
    before, last = "", 0
    for spot in spots:
        role, last = scan.role(spot, before, last)
        roles[role].append(spot.name)
        before = role if last == spot.end else ""
    head, plain, doubtful, other, real = roles.values()
    if head:
        return _reading([*head, *real], sure=all(name.sure for name in [*head, *real]))
    plain = [*plain, *real]
    known = {each for name in plain for each in name.prefectures}
    doubtful = [name for name in doubtful if not known & set(name.anywhere)]
    if any(name.level <= Level.FULL and name.sure for name in plain):
        doubtful = [name for name in doubtful if name.sure or name.level <= Level.GREAT]
    return _reading([*plain, *doubtful] or other, sure=bool(plain) and not doubtful)


def _reading(names: list[Name], sure: bool) -> Reading:
    """One prefecture named as such settles every name that may lie in it."""
    firm = {n.prefectures[0] for n in names if n.level <= Level.FULL and n.sure}
    found = dict.fromkeys(firm if len(firm) == 1 else ())
    for name in names:
        if len(firm) != 1 or not firm & set(name.prefectures):
            found.update(dict.fromkeys(name.prefectures))
    return Reading(tuple((each,) for each in found), sure and len(found) == 1) if found else NOTHING


class _Scan:
    """One message, letter by letter: evened (`words`), and with one form of kana (`folded`)."""

    def __init__(self, words: str, places: Places) -> None:
        self.words, self.folded, self.places = words, fold(words), places
        self.whole = bare_ending(words)

    def spots(self) -> list[_Spot]:
        found: list[_Spot] = []
        for start in range(len(self.folded)):
            last = found[-1].end if found else -1
            if start >= last and (spot := self.spot(start, last)):
                joined = self.joined(found[-1], spot) if found else None
                found[-1:] = [joined] if joined else [*found[-1:], spot]
        return found

    def spot(self, start: int, last: int) -> _Spot | None:
        """The name that begins here, if the words around let it be one. `last`: an earlier end."""
        if (longest := self.places.longest(self.folded, start)) is None:
            return None
        end, name = longest
        kana = _KANA.match(self.words, start) is not None
        whole = bare(self.words[start:end]) == self.whole
        least = 4 if name.level == Level.FULL or name.level > Level.GREAT else 3
        short = kana and self.words[end - 1] < "一" and end - start < least and not whole
        begins, ends = (self.begins_kana, self.ends_kana) if kana else (self.begins, self.ends)
        sure = start == last or begins(start, end, name, last)
        led = _SHORT_NEXT.match(self.folded, end) if short else whole or ends(start, end, name)
        if sure is False or not (led or self.goes_on(end, name)):
            return None
        known = self.meanings(start, end, name)
        sure = bool(sure and name.sure and not short and not _DOUBT.match(self.folded, end))
        return _Spot(start, end, Name(known, name.anywhere, name.level, sure and len(known) == 1))

    def begins(self, start: int, end: int, name: Name, last: int) -> bool | None:
        """May a name in kanji begin here? None: perhaps."""
        before = self.words[max(0, start - 5) : start]
        if end - start == 1 and before[-1:] in tuple("がヶケ"):  # 霞が関
            return False
        if not _LETTER.search(before) or _LED.search(before) or name.level == Level.PREFECTURE:
            return True
        side = before[-1] in "東西南北新" and name.level <= Level.GREAT
        return None if side or (name.level == Level.FULL and end - start > 2) else False

    def begins_kana(self, start: int, end: int, name: Name, last: int) -> bool | None:
        """May a name in kana begin here? Only where a word begins for certain. None: perhaps."""
        before = self.words[max(0, start - 10) : start]
        if not _WORD.search(before) or self.folded[last:start] == "の":
            return True
        if _KATAKANA.match(self.words, start):
            return not _LETTER.search(before)
        return (end - start > 2 or None) if _OPENING.search(fold(before)) else False

    def ends(self, start: int, end: int, name: Name) -> bool:
        """May a name in kanji end here?"""
        if name.level in _WRITTEN:
            return not _PART.match(self.words, end - 1)
        if end - start == 1 or self.words[start:end] == "大分":  # 大分 is also だいぶ
            known = end - start > 1 or self.words[start] in "堺柏蕨呉灘津萩関"
            return known and bool(_PARTICLE.match(self.folded, end))
        return bool(_NEXT.match(self.words, end))

    def ends_kana(self, start: int, end: int, name: Name) -> bool:
        """May a name in kana end here? A change from katakana to hiragana is an end."""
        if not _KANA.match(self.words, end - 1):
            return True
        turns = _KATAKANA.match(self.words, end - 1)
        if _KATAKANA.match(self.words, end):
            return bool(turns and _PARTICLE.match(self.folded, end))
        return bool(_KANA_NEXT.match(self.folded, end) or (turns and _KANA.match(self.words, end)))

    def goes_on(self, end: int, name: Name) -> bool:
        """Does a name that lies in this one follow at once? 「埼玉熊谷」"""
        after = self.places.longest(self.folded, end) if end < len(self.folded) else None
        return bool(after and after[0] > end + 1 and set(after[1].anywhere) & set(name.anywhere))

    def meanings(self, start: int, end: int, name: Name) -> tuple[str, ...]:
        """さかいで is 坂出, or 堺 and で; but なごや is hardly 名護 and や."""
        form = sound(self.folded[start : end - 1])
        particle = self.folded[end - 1] in "のでにはがやとも" and form in self.places.bearers
        other = self.places.name(form) if particle else name
        more = other.prefectures if other.level <= max(name.level, Level.GREAT) else ()
        return tuple(dict.fromkeys((*name.prefectures, *more)))

    def joined(self, spot: _Spot, more: _Spot) -> _Spot | None:
        """Both as one if they lean on each other: 「神奈川の金沢」; 「神奈川、金沢」 may be two."""
        if not _LINK.fullmatch(gap := self.folded[spot.end : more.start]):
            return None
        name, other = spot.name, more.name
        there = other.anywhere if gap in ("", "の") else other.prefectures
        known = tuple(each for each in name.prefectures if each in there)
        if known and (len(name.prefectures) == 1 or "の" in gap or (not gap and len(known) == 1)):
            name = Name(known, name.anywhere, min(name.level, other.level), len(known) == 1)
            return _Spot(spot.start, more.end, name)
        inside = name.level == Level.FULL and self.words[more.end - 1] != "市"
        apart = gap or not (inside or other.level > Level.FULL)
        return None if apart else _Spot(spot.start, more.end, name)

    def role(self, spot: _Spot, before: str, last: int) -> tuple[str, int]:
        """What the words beside it say it is, and where they end; in a row: as `before`."""
        after = _AFTER.match(self.folded, spot.end)
        end = after.end() if after and not after.lastgroup else spot.end
        ahead = self.folded[max(last, spot.start - 20) : spot.start]
        if found := after or _BEFORE.search(ahead):
            return {"site": "doubtful", None: "other"}.get(found.lastgroup, "head"), end
        if _PAST.search(ahead):
            return "other", end
        if _REAL.search(ahead) and spot.name.sure:
            return "real", end
        if before in ("head", "other") and ahead in tuple("とや、,・"):
            return before, end
        plain = spot.name.sure or len(spot.name.prefectures) > 1
        return "plain" if plain else "doubtful", end
