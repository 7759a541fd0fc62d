"""Is someone in a disaster right now? Then no question is answered first.

Read from kinds of words, not from whole utterances: what harms, that it happens, and what takes
it back (fear, plans, the past).
"""

import re

from dialogs.understand.text import bare


def _any(*ways: str) -> re.Pattern[str]:
    return re.compile("|".join(ways))


_CRY = _any(
    r"(助|たす)けて(くれ(?![るたま])|ください|下さい|ほしい|お願い|[えぇや]|$)",
    r"救助して|救急車|(?<![a-z])sos",
    r"生き埋め|下敷きに|閉じ込められ|とじこめられ|逃げ遅れ|おぼれそう|溺れ",
    r"意識が(ない|無い|ありません)|血が(出|止ま)|死にそう",
)
"""Words of someone in danger, whatever the cause."""
_GOING_ON = _any(
    r"(被災|ひさい|浸水|しんすい|冠水|水没|倒壊|氾濫|はんらん|避難|ひなん)し?"
    r"(てい|て[るまもし]|と[るっ]|よ[るっ]|ちゃ|ました|た([わんでけ]|$)|中(です|や|$))",
    r"(水[浸び]|みずび)たし(や|だ|で|に|じゃ|たい|なん|$)",
    r"(水|川|泥|津波|つなみ|みず)[がはも].{0,8}(入|はい|あふれ|溢れ|来|き|迫|上が|あが)[っり]?[てた]",
    r"[水ず]に(つ|浸)か[っり]",
    r"(山|崖|がけ|土砂)[がはも]?.{0,4}(崩れ|くずれ)[てたとよ]",
    r"(火事|かじ|火災)(です|だ(?!け)|じゃ|なん|が起き|になっ|発生|や$)",
    r"(燃え|もえ)[てと]|火が(出|つい|回)|煙が.{0,6}(出|で|充満)",
    r"(屋根|天井|建物|工場|会社|店|家|棚|機械)[がはも]?.{0,6}"
    r"(倒れ|潰れ|つぶれ|崩れ|くずれ|落ち|飛ばされ|流され|壊れ)([てとよ]|た(?!ら))",
    r"(停電|断水)(中|し(て(る|い|おり|仕事|動|何)|と[るっ]))",
    r"(地震|じしん|揺れ|津波|台風|大雨|豪雨|洪水|噴火).{0,10}"
    r"(けが|怪我|負傷|動けな|逃げられ|帰れな|出られな)",
    r"(けが|怪我|負傷)(人|した|して|しと|者)",
)
"""Harm that is said to happen, or to have just happened."""
_NOW = _any(
    r"(いま|たった今|さっき|現在|今(?![年月度日回後]|の|まで|から|すぐ))"
    r".{0,10}(地震|じしん|揺れ|ゆれ|津波|洪水|噴火|土砂|火|停電|雨|水|被災).{0,8}"
    r"(起き[てたと]|来[てた]|き[てた]|あった|揺れて|ゆれて|止まっ|とまっ|やられ|被害|て[るい])"
)
"""Harm beside a word for this moment."""
_NOT_NOW = _any(
    r"心配|不安|備え|そなえ|対策|恐れ|おそれ|想定|予想|想像|かも|もし|万一|万が一|そうなの",
    r"(?<!どう)(?<!どうし)(?<!どない)(?<!どないし)(?<!どげんし)たら(?!ええ|いい|よ)",
    r"れば|とき|時[のにはども]|場合|ことが?(ある|あり|な|無)",
    r"去年|昨年|おととし|以前|昔|むかし|年前|前に|次は|通り|[てと](い?な[いか]|らん|へん)",
    r"例|会社$|補助|融資|保険|訓練|マップ|リスク|書[くけいき]|計画|対象|防[ぐげい止]|統計|地域",
    r"[後あ]との|連携先",
)
"""Fear, plans, the past and questions on the scheme: by saying these nobody is in danger."""


def is_emergency(text: str) -> bool:
    """「いま店が浸水している」「助けて」: yes. 「地震が心配」「浸水したらどうする」: no."""
    words = bare(text)
    if _NOT_NOW.search(words):
        return False
    return any(each.search(words) for each in (_CRY, _GOING_ON, _NOW))
