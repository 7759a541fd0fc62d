"""Clauses: a typed message cut where one thing said ends, each a statement or a question."""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

from dialogs.understand.text import even


def _any(*ways: str) -> re.Pattern[str]:
    return re.compile("|".join(ways))


class Asks(IntEnum):
    """Does a clause want to know something? SOFTLY: 「らしいね」「消えるの」 could be either."""

    NOT = 0
    SOFTLY = 1
    SURELY = 2


_SENTENCE = re.compile(r"(?<=[。!?])|(?<=\.\.\.)|\n")
_JOINT = _any(
    r"(?<=けど)|(?<=けれど)|(?<=けんど)|(?<=ばってん)|(?<=だども)|(?<=んじゃが)|(?<=ですが)|(?<=ますが)",
    r"(?<=(?:です|ます|でし|まし|やし|ない|けん|から|ろう|しょ)[、,])|(?<=[^んの][ただやるんねよなわろ][、,])",
)
_ENDS = _any(
    r"\?$",
    r"(?:です|ます|でした|ました|でしょう|ません|だ|や|じゃ)ろ?か(?:ね|な|のう|いな)?$",
    r"[るたうくすむつぶぬ](?:ん|の|だろう|やろう?)か(?:え|い|な|ね|のう)?$|(?:いい|ええ)か(?:な|ね|のう)?$",
    r"[んの](?:かな|かね|かのう|かい|け)$|がけ$|[がと]か[えい]$|[てる]け$|(?:いい|ええ|(?<!か)どう|す|なに)の?か$",
    r"(?:いい|ええ|どう|なん)(?:の|ん|のん|とね|なの|ばい)$|(?:違う|ちゃう|何|なん|すん|なる|なん)(?:の|ん)$",
    r"(?:だめ|大丈夫|無料|有料|対象|必要|無理|義務|本当)(?:なの|なん|かな|かね|か)$|[一-龥]は$",
    r"(?<!の)(?:条件|限度額|上限額?|必要書類|手順|流れ|(?:[しきびちみりい]|やり)方|違い|ちがい"
    r"|ひな形|様式|url|tel|電話|でんわ|番号|連絡先|メリット|デメリット)$",
    r"の(?:条件|限度額|上限|金額|書類|手順|流れ|方法|違い|意味|様式|電話|でんわ|番号|期間|仕組み|ほうは)$",
    r"(?<!か)(?:どう|何|なに|いくら|いつ)(?:したら|すれば|やれば)?$",
)
"""How a question ends."""
_WISH = _any(
    r"教え|おしえ|おせ[ーえ]て|おせて|知りた[いか]|しりたい|聞きた[いか]|ききたい|聞かせ|ご教示|見せて|みせて"
    r"|ちょうだい|頂戴|プリーズ|説明し|言うて$|(?:形|様式|資料|書類|url)[がを]?(?:欲し|ほし)",
    r"(?<!やり)(?:方|かた|意味|違い)[がはも]?(?:よく|よう|いまいち)?(?:わか[らん]|分か[らん]|わがん|知ら[なん])",
)
_WHICH = _any(
    r"いくら(?!でも|か)|なんぼ(?!でも|か)|何(?:パー|%|回|年|日|円|か月|ヶ月|カ月|割|通|枚|番|件|歳)(?!か|も)",
    r"(?:ど[れの]|どん)(?:くらい|ぐらい|だけ)|どっち(?!も|でも|か)|どちら(?!も|でも|か|様)|どんな",
    r"どこ(?![もまか、,]|にも|とも|へも)|どこで(?!も)|いつ(?!も|でも|か(?!ら)|ごろか|来|どこ)",
    r"(?:^|[、 ])なんで|なぜ|どう(?:して|やっ|なる|なり)|どげん|どない|どのよう|だれが|誰が(?!い)",
    r"って(?:何|なに|なん|どう|どげ)|とは$|とは何|何(?:が|の|を|です|なの|なん)(?!か$)|なにが|なにを",
)
_INSIDE = re.compile(
    r"わか|分か|わがん|決ま|きま|決め|未定|知ら|不明|忘れ|わすれ|覚え|迷|悩|心配|不安|怖|こわ|困|かどうか"
)
"""After these a question word only stands inside a statement: 「いつまでか忘れた」."""
_TAG = _any(
    r"(?:でしょう?|っしょ|[やだじゃ]ろう?|がやろ|よな|よね|よのう|やんな|じゃん|もんね|らしい[ねでよわ]?"
    r"|そうな|そうだ|んだって|んやて|んて|だって|やし|[いう]か)$",
    r"(?:て|と|って|ち)(?:.{0,4})(?:聞い|きい|聞き|きき|言われ|言うと|書いて)",
    r"た(?:い|か)(?:です|ん|の|と|っちゃ)*(?:だ|や|じゃ)?(?:が|けど|けれど|けんど)$|[るた]の?か$",
    r"(?:もらえ|でき|使え|受けら|借りら|なれ|出せ|入れ)(?:れ)?る$",
)
"""Ends that ask for a nod, hearsay, wishes: of our scheme they are questions."""
_PLAIN = re.compile(r"[るた](?:の|ん)$|[んの]か$")
_SCHEME = _any(
    r"補助|助成|税(?!理士)|償却|融資|利子|利率|金利|保証|保険料|掛金|申請|認定|認証|制度|届け?出|書類"
    r"|様式|手続|書[かきくいけ]|紙で|電子|gビズ|ジービズ|変更|更新|追加|対象|枠|条件|上乗せ|加点|連携型"
    r"|単独型|連携は|計画|ジギョケイ|じぎょけい|専門家|支店|取れ|もらえ|大丈夫|審査|公開|有効期|支援頼|通[るら]|義務|基準"
)
_HEDGED = _any(
    r"(?:くらい|ぐらい|ほど|名|人|円|万|[一-龥ァ-ヶー])"
    r"(?:(?:です)?か(?:な[あぁ]?|ね|のう|しら|いな)|(?:でしょう|だろう|やろう?|じゃろう?)か(?:な|ね)?)$",
    r"(?:ない|いません|おらん|おりません|ありません)(?:です)?か(?:な[あぁ]?|ね|のう|しら)$",
    r"^\D{0,4}[\d一二三四五六七八九十百千万億]+[^\d]{0,5}\?$",
)
"""An answer its speaker is not quite sure of: 「20人くらいかな」."""
_POSSIBLE = re.compile(
    r"対象|大丈夫|でき|使え|もらえ|なれ|受けられ|必要|要る|無理|可能|有料|無料|義務|本当|上限|条件|いい|何"
    r"|まで|以上|以下|いる|不利|有利|危"
)
_EDGES = " 。、,!.…~〜ーぁあ"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message, and whether the person wants to know something by it."""

    text: str
    asks: Asks


def cut(text: str) -> tuple[Clause, ...]:
    """The clauses of a message in their order; what follows a question in its sentence is its."""
    found: list[Clause] = []
    for sentence in _SENTENCE.split(unicodedata.normalize("NFKC", text)):
        most = Asks.NOT
        for clause in _JOINT.split(sentence):
            if words := clause.strip(" 、,!"):
                most = max(most, asks(words))
                found.append(Clause(words, most))
    return tuple(found)


def asks(clause: str) -> Asks:
    """Does this clause want to know something? 「いないかな」 is an answer, softly put."""
    words = _without_pictures(even(clause)).strip(_EDGES)
    if _HEDGED.search(words) and not _POSSIBLE.search(words):
        return Asks.NOT
    which = _WHICH.search(words)
    inside = _INSIDE.search(words, which.end() if which else 0)
    if _ENDS.search(words) or _WISH.search(words) or (which and not inside):
        return Asks.SURELY
    if _PLAIN.search(words) or (_TAG.search(words) and _SCHEME.search(words)):
        return Asks.SOFTLY
    return Asks.NOT


def _without_pictures(words: str) -> str:
    """Without emoji: 「できますか✂️」."""
    return "".join(c for c in words if unicodedata.category(c) not in {"So", "Mn", "Sk", "Cf"})
