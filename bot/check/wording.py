"""The words nobody may hear: promises, claims that are not ours to make, and misreadings."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from knowledge.book import NAME

BLUNT = ("必ず", "かならず", "絶対", "確実に")
"""Never in the talk; a fact may quote a duty."""
PROMISES = (
    "間違いなく", "認定されます", "認定が下ります", "通ります", "もらえます", "保証します",
    "採択されます", "安くなります", "割引されます", "節税", "借りられます", "融資が受けられます",
    "融資を受けられます", "優先採択", "優先的に採択", "お約束", "約束します",
)  # fmt: skip
"""出典: domain §5 の1〜3、6"""
BANNED = (
    "4種類", "3種類", "四種類", "三種類", "IT導入補助金", "デジタル化・AI導入", "事業再構築",
    "公認", "公式ボット", "公式のボットです", "公式アカウント", "中小機構のボット",
    "経済産業省のボット", "経済産業局のボット", "中小企業庁のボット", "パスワードを",
    "ワンタイムコードを", "マイナンバーを", "口座番号を", "代行", "同時に持てます",
    "同時に持てません", "更新できます", "6か月前から", "六か月前から", "手数料は無料",
    "手数料は不要", "手数料はかかりません", "受付時間は平日", "上乗せ", "簡易版", "である。",
    "TODO", "○○", "〇〇", "要確認",
)  # fmt: skip
"""出典: domain §5 の7〜14、16。 The last ones are what an unfinished text looks like."""
MISREAD = {
    "加算": "加点",
    "認証マーク": "認定ロゴマーク",
    "防火シャッター": "防水シャッター",
    "排煙": "防水シャッターなど、S2の一覧",
    "損保ジャパン日本興亜": "損害保険ジャパン",
    "事業継続強化計画": "事業継続力強化計画",
    "事業継続強化支援": "事業継続力強化支援",
    "キューピクル": "キュービクル",
    "スタンダードバイ": "スタンドバイ",
    "警視庁": "警察庁",
    "強靭": "強靱",
    "smri.go.jp": "smrj.go.jp",
    "service.smrj": "kyoujinnka.smrj.go.jp",
    "keizokuryoku.htm#": "keizokuryoku.html#",
}
"""Readings of the sources that are wrong, and what is right. 出典: domain §2"""
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words; 「認定されますか」 only asks and is none."""
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})(?!か)")


_IN_FACTS = _any_of((*PROMISES, *BANNED))
_IN_TALK = _any_of((*BLUNT, *PROMISES, *BANNED))
_MISREAD = _any_of(MISREAD)


def wrong_words(text: str, words: re.Pattern[str] = _IN_FACTS) -> Iterator[str]:
    """What in this text may not be said, a sentence each."""
    plain = unicodedata.normalize("NFKC", NAME.sub("", text))
    for found in words.findall(plain):
        yield f"「{found}」は言わない約束の言葉です。"
    for found in _MISREAD.findall(plain):
        yield f"「{found}」ではなく「{MISREAD[found]}」です。"
    if _HIDDEN.search(text):
        yield "目に見えない文字か、文字化けがあります。打ち直してください。"


def wrong_in_talk(text: str) -> Iterator[str]:
    """The same for a text of the talk, where nothing blunt is said either."""
    return wrong_words(text, _IN_TALK)
