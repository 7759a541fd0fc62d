"""Names of prefectures and their capitals in Latin letters: 「kobe」「Osaka-fu」."""

import re

_TABLE = """
hokkaido=北海道 sapporo=札幌 aomori=青森 iwate=岩手 morioka=盛岡 miyagi=宮城県
sendai=仙台 akita=秋田 yamagata=山形 fukushima=福島 ibaraki=茨城 mito=水戸 tochigi=栃木
utsunomiya=宇都宮 gunma=群馬 gumma=群馬 maebashi=前橋 saitama=埼玉 chiba=千葉 tokyo=東京
kanagawa=神奈川 yokohama=横浜 niigata=新潟 toyama=富山 ishikawa=石川県 kanazawa=金沢
fukui=福井 yamanashi=山梨 kofu=甲府 nagano=長野 gifu=岐阜 shizuoka=静岡 aichi=愛知
nagoya=名古屋 mie=三重 shiga=滋賀 otsu=大津 kyoto=京都 osaka=大阪 oosaka=大阪 hyogo=兵庫
kobe=神戸 nara=奈良 wakayama=和歌山 tottori=鳥取 shimane=島根 matsue=松江 okayama=岡山
hiroshima=広島 yamaguchi=山口県 tokushima=徳島 kagawa=香川 takamatsu=高松 ehime=愛媛
matsuyama=松山 kochi=高知 fukuoka=福岡 saga=佐賀 nagasaki=長崎 kumamoto=熊本 oita=大分県
miyazaki=宮崎 kagoshima=鹿児島 okinawa=沖縄 naha=那覇
"""
_NAMES = {each.partition("=")[0]: each.partition("=")[2] for each in _TABLE.split()}
_LATIN = re.compile(
    rf"(?<![a-z])({'|'.join(_NAMES)})"
    r"(?:[- ]?(?:shi|ken|fu|to|city|pref(?:ecture)?)(?![a-z]))?(?![a-z@.])"
)


def in_kanji(words: str) -> str:
    """Evened words with these names as they are in Japanese."""
    return _LATIN.sub(lambda name: _NAMES[name[1]], words)
